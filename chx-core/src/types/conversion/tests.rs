//! Tests of type changes, against what the engine did.

use super::*;

/// What 26.7 did to columns with values at the ends of their ranges. A line is a type and, for each type of the
/// file in order, what changing into it did. M: metadata only. R: rewritten. L: rewritten, and values cast back
/// differ. ?: rewritten, and the values cannot be cast back. B: rewritten, and the column cannot be read. F: the
/// mutation failed. D: refused without a DEFAULT. X: refused.
const RECORD: &str = include_str!("../../../testdata/conversions.tsv");

#[test]
fn nothing_is_bolder_than_what_the_server_did() {
    let lines: Vec<(DataType, &str)> = RECORD
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(data_type, outcomes)| (DataType::parse(data_type).unwrap(), outcomes))
        .collect();
    let mut wrong = Vec::new();
    for (before, outcomes) in &lines {
        assert_eq!(outcomes.len(), lines.len(), "{before}");
        for ((after, _), outcome) in lines.iter().zip(outcomes.chars()) {
            let ours = conversion(before, after);
            let is_right = match outcome {
                '.' => ours == Conversion::Same,
                'M' => ours == Conversion::Metadata,
                'R' | '?' => matches!(ours, Conversion::Rewrite { .. }),
                'L' => matches!(ours, Conversion::Rewrite { lossy: true, .. }),
                'F' => matches!(
                    ours,
                    Conversion::Rewrite { may_fail: true, .. } | Conversion::Refused
                ),
                'B' | 'D' | 'X' => ours == Conversion::UNKNOWN || ours == Conversion::Refused,
                _ => false,
            };
            if !is_right {
                wrong.push(format!("{before} -> {after}: {outcome}, ours {ours:?}"));
            }
        }
    }
    assert!(lines.len() > 70);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Care alone is no use: what keeps values must be told from what does not.
#[test]
fn what_is_harmless_is_said_to_be() {
    for (before, after, expected) in [
        ("UInt8", "UInt16", Conversion::SAFE),
        ("UInt32", "Int64", Conversion::SAFE),
        ("Int64", "UInt64", Conversion::LOSSY),
        ("Int64", "Int32", Conversion::LOSSY),
        ("Int32", "Float64", Conversion::SAFE),
        ("Int64", "Float64", Conversion::LOSSY),
        ("Decimal(9, 2)", "Decimal(18, 4)", Conversion::SAFE),
        ("Decimal(18, 4)", "Decimal(18, 2)", Conversion::LOSSY),
        ("Decimal(9, 2)", "Decimal(9, 4)", Conversion::MAY_FAIL),
        ("Int32", "Decimal(18, 4)", Conversion::SAFE),
        ("Int64", "Decimal(18, 4)", Conversion::MAY_FAIL),
        ("String", "LowCardinality(String)", Conversion::SAFE),
        (
            "LowCardinality(String)",
            "LowCardinality(Nullable(String))",
            Conversion::SAFE,
        ),
        ("String", "Nullable(String)", Conversion::SAFE),
        ("Nullable(String)", "String", Conversion::UNKNOWN),
        ("String", "Int32", Conversion::MAY_FAIL),
        ("String", "Nullable(Int32)", Conversion::LOSSY),
        ("Date", "Date32", Conversion::SAFE),
        ("DateTime", "DateTime64(3)", Conversion::SAFE),
        ("DateTime64(3)", "DateTime", Conversion::LOSSY),
        ("DateTime", "DateTime('UTC')", Conversion::Metadata),
        ("Enum8('a' = 1)", "Enum8('a' = 1, 'b' = 2)", Conversion::Metadata),
        ("Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 1)", Conversion::UNKNOWN),
        ("Array(Int32)", "Array(Int64)", Conversion::SAFE),
        (
            "Array(Enum8('a' = 1))",
            "Array(Enum8('a' = 1, 'b' = 2))",
            Conversion::Metadata,
        ),
        ("Map(String, Int32)", "Map(String, Int64)", Conversion::SAFE),
        ("Tuple(a Int32)", "Tuple(a Int32, b String)", Conversion::SAFE),
        ("Tuple(a Int32, b String)", "Tuple(a Int32)", Conversion::LOSSY),
        ("Variant(Int32)", "Variant(Int32, String)", Conversion::SAFE),
        ("JSON", "JSON(max_dynamic_paths = 4)", Conversion::SAFE),
        (
            "SimpleAggregateFunction(max, Int32)",
            "Int32",
            Conversion::Metadata,
        ),
        (
            "AggregateFunction(sum, Int32)",
            "AggregateFunction(sum, Int64)",
            Conversion::Refused,
        ),
        ("UUID", "Int64", Conversion::Refused),
        ("Int64", "Array(Int64)", Conversion::Refused),
    ] {
        let types = [before, after].map(|sql| DataType::parse(sql).unwrap());
        assert_eq!(conversion(&types[0], &types[1]), expected, "{before} -> {after}");
    }
}
