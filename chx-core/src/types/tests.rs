//! Tests of the type grammar, against what the engine stores.

use super::*;

/// Spellings with what ClickHouse 26.7 stores for a column of that type, or the code of its error; in a third
/// column the error without the settings for suspicious types. The same file is run on the engine.
const CORPUS: &str = include_str!("../../testdata/types.tsv");

/// What the server refuses and we cannot know (signatures, time zones, regular expressions, similar types of
/// a Variant), or refuse where the server shrugs.
const ONLY_THE_ENGINE_KNOWS: &[&str] = &[
    "MultiPoint", // new in 26.9
    "Object('json')",
    "Object(Nullable('json'))",
    "DateTime('Nope/Zone')",
    "DateTime('utc')",
    "DateTime64(3,'utc')",
    "JSON(SKIP REGEXP '[')",
    "JSON(a Nothing)",
    "AggregateFunction(nope, UInt8)",
    "AggregateFunction(sum)",
    "AggregateFunction(sum, String)",
    "AggregateFunction(Uniq, UInt32)",
    "AggregateFunction(Quantile(0.5), Float64)",
    "AggregateFunction(json_arrayagg, String)",
    "AggregateFunction(sumIF, UInt8, UInt8)",
    "AggregateFunction(uniqThetaIf, String, UInt8)",
    "AggregateFunction(quantile(-0.5), Float64)",
    "AggregateFunction(quantile(1/2), Float64)",
    "AggregateFunction(quantiles([0.5]), Float64)",
    "AggregateFunction(groupUniqArray(true), UInt8)",
    "AggregateFunction(groupArraySample(3, -1), Int8)",
    "SimpleAggregateFunction(sum, IntervalDay)",
    "SimpleAggregateFunction(sum, String)",
    "INT(3,)",
    // The server drops what does not fit; we ask what was meant.
    "DateTime('UTC', 3)",
    "DateTime('UTC','x')",
    "DateTime(3,3)",
    "Float32('a')",
    // The server prints version 0 as no version, and reads that back as version 1.
    "AggregateFunction(0, sumMap, Array(UInt8), Array(UInt8))",
];

fn unescape(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\\n", "\\n")
        .replace("\\\\", "\\")
}

fn column() -> crate::ident::Ident {
    crate::ident::Ident::new("c").unwrap()
}

/// The columns that a server makes of a column `c`.
fn stored(data_type: &DataType) -> String {
    match data_type.flattened(&column()) {
        None => format!("`c` {data_type}"),
        Some(fields) => {
            let columns: Vec<String> = fields
                .iter()
                .map(|(name, data_type)| format!("`{name}` {data_type}"))
                .collect();
            columns.join(", ")
        }
    }
}

#[test]
fn every_spelling_means_what_the_server_stores() {
    let mut accepted = 0;
    for line in CORPUS.lines() {
        let mut cells = line.split('\t').map(unescape);
        let (Some(spelling), Some(engine)) = (cells.next(), cells.next()) else {
            panic!("{line}")
        };
        let needs_setting = cells.next();
        let ours = DataType::parse(&spelling);
        if ONLY_THE_ENGINE_KNOWS.contains(&&*spelling) {
            assert_ne!(
                ours.as_ref().map(stored),
                Ok(engine),
                "{spelling} is no exception any more"
            );
            continue;
        }
        match ours {
            Err(error) => assert!(
                engine.starts_with('!'),
                "{spelling}: {error}, but the server stores {engine}"
            ),
            Ok(data_type) if engine == "!370" => {
                let flat = data_type
                    .flattened(&column())
                    .unwrap_or(vec![(column(), data_type)]);
                assert!(
                    flat.iter()
                        .any(|(_, data_type)| data_type.check_as_column().is_err()),
                    "{spelling}"
                );
            }
            Ok(data_type) => {
                assert_eq!(stored(&data_type), engine, "{spelling}");
                // Which types of a Variant are too similar only the engine knows.
                let is_known = needs_setting.is_some() && !spelling.starts_with("Variant");
                assert_eq!(!data_type.required_settings().is_empty(), is_known, "{spelling}");
                assert_eq!(data_type.check(), Ok(()));
                assert_eq!(DataType::parse(&data_type.to_string()).as_ref(), Ok(&data_type));
                accepted += 1;
            }
        }
    }
    assert!(accepted > 600, "{accepted}");
}

#[test]
fn errors_say_what_to_write() {
    for (sql, at, message) in [
        (
            "Array(string)",
            6,
            "ClickHouse has no type `string`; did you mean `String`?",
        ),
        (
            "Nullable(Array(UInt8))",
            0,
            "Nullable cannot hold `Array(UInt8)`; an empty array stands for no value, `Array(Nullable(UInt8))` has NULL elements",
        ),
        (
            "Nullable(LowCardinality(String))",
            0,
            "Nullable cannot hold `LowCardinality(String)`; write `LowCardinality(Nullable(String))`",
        ),
        (
            "LowCardinality(Enum8('a'))",
            0,
            "LowCardinality cannot hold `Enum8('a' = 1)`; an Enum is stored as a small number already",
        ),
        (
            "Map(Nullable(String), UInt8)",
            0,
            "the key of a Map cannot hold `Nullable(String)`; leave Nullable out",
        ),
        (
            "Decimal(77, 2)",
            8,
            "the precision of `Decimal` must be from 1 to 76, not 77",
        ),
        (
            "Decimal(5, 6)",
            11,
            "the scale of `Decimal` must be from 0 to 5, not 6",
        ),
        (
            "FixedString(0)",
            12,
            "the length of `FixedString` must be from 1 to 16777215, not 0",
        ),
        (
            "FixedString",
            0,
            "`FixedString` takes one argument, the length in bytes",
        ),
        (
            "Enum8('a' = 1, 'b' = 1)",
            0,
            "'a' and 'b' of the Enum have the same value 1",
        ),
        (
            "Enum8('a' = 128)",
            0,
            "a value of `Enum8` must be from -128 to 127, not 128 of 'a'",
        ),
        (
            "Enum8(a)",
            6,
            "the name of an element in single quotes is needed here, not `a`",
        ),
        (
            "Tuple(a UInt8, String)",
            0,
            "name all elements of the tuple or none",
        ),
        ("UInt8 UNSIGNED", 6, "`UInt8` has no `UNSIGNED` form"),
        (
            "SimpleAggregateFunction(sum, UInt32)",
            0,
            "`sum` gives `UInt64`, so SimpleAggregateFunction(sum, ...) needs that type, not `UInt32`",
        ),
        (
            "SimpleAggregateFunction(avg, UInt32)",
            0,
            "SimpleAggregateFunction does not take `avg`; use `AggregateFunction(avg, ...)`",
        ),
        ("Int8 NULL", 5, "`NULL` does not belong to the type"),
        ("Array(Int8", 10, "`,` or `)` is needed here, not the end"),
        ("", 0, "a data type is needed here, not the end"),
        (
            "Array('a",
            6,
            "this string is not closed: its last `'` is missing (a quote inside is written `\\'` or `''`)",
        ),
    ] {
        let error = DataType::parse(sql).unwrap_err();
        assert_eq!(
            (error.at, error.kind.to_string()),
            (at, message.to_owned()),
            "{sql}"
        );
    }
}

#[test]
fn depth_has_an_end() {
    let nested = |depth: usize| format!("{}Int8{}", "Array(".repeat(depth), ")".repeat(depth));
    assert!(DataType::parse(&nested(MAX_DEPTH - 1)).is_ok());
    assert_eq!(
        DataType::parse(&nested(MAX_DEPTH)).unwrap_err().kind,
        TypeErrorKind::TooDeep
    );
    assert_eq!(
        DataType::parse(&"Array(".repeat(1 << 18)).unwrap_err().kind,
        TypeErrorKind::TooDeep
    );
}

#[test]
fn null_is_added_where_it_can_be() {
    assert_eq!(DataType::Int8.nullable().unwrap().to_string(), "Nullable(Int8)");
    assert!(DataType::parse("Array(Int8)").unwrap().nullable().is_err());
    assert!(
        DataType::parse("LowCardinality(Nullable(String))")
            .unwrap()
            .accepts_null()
    );
}
