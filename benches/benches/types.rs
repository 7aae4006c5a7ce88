//! How fast SQL text becomes tokens, types and canonical expressions.

use chx_core::sql::{Expr, lex};
use chx_core::types::DataType;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const TYPES: &str = include_str!("../../chx-core/testdata/types.tsv");
const QUERIES: &str = include_str!("../../chx-core/testdata/queries.sql");

fn main() {
    divan::main();
}

/// Spellings of types that parse.
fn spellings() -> Vec<&'static str> {
    let spellings = TYPES.lines().filter_map(|line| line.split('\t').next());
    spellings
        .filter(|spelling| DataType::parse(spelling).is_ok())
        .collect()
}

/// The types of an ordinary table, 20 of them.
const ORDINARY: [&str; 20] = [
    "UInt64",
    "UInt32",
    "String",
    "LowCardinality(String)",
    "DateTime64(3)",
    "DateTime('UTC')",
    "Date",
    "Nullable(String)",
    "Float64",
    "Decimal(18, 4)",
    "Bool",
    "UUID",
    "Array(String)",
    "Map(String, String)",
    "Enum8('a' = 1, 'b' = 2)",
    "Int32",
    "UInt8",
    "IPv4",
    "Tuple(a UInt32, b String)",
    "FixedString(16)",
];

#[divan::bench]
fn lex_a_megabyte(bencher: Bencher<'_, '_>) {
    // Two lines of the corpus are refused on purpose.
    let lines: Vec<&str> = QUERIES.lines().filter(|line| lex(line).is_ok()).collect();
    let text = format!("{}\n", lines.join("\n")).repeat((1 << 20) / QUERIES.len() + 1);
    assert!(lex(&text).is_ok(), "an error would end the lexer early");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lex(divan::black_box(&text)).map(|tokens| tokens.len()));
}

#[divan::bench]
fn parse_ordinary_types(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(ORDINARY.len())).bench(|| {
        for spelling in ORDINARY {
            let _ = divan::black_box(DataType::parse(divan::black_box(spelling)));
        }
    });
}

#[divan::bench]
fn parse_every_type(bencher: Bencher<'_, '_>) {
    let spellings = spellings();
    bencher.counter(ItemsCount::new(spellings.len())).bench(|| {
        for spelling in &spellings {
            let _ = divan::black_box(DataType::parse(divan::black_box(spelling)));
        }
    });
}

#[divan::bench]
fn print_every_type(bencher: Bencher<'_, '_>) {
    let types: Vec<DataType> = spellings()
        .iter()
        .filter_map(|spelling| DataType::parse(spelling).ok())
        .collect();
    bencher.counter(ItemsCount::new(types.len())).bench(|| {
        for data_type in &types {
            divan::black_box(data_type.to_string());
        }
    });
}

#[divan::bench]
fn canonical_expressions(bencher: Bencher<'_, '_>) {
    let queries: Vec<&str> = QUERIES.lines().collect();
    bencher.counter(ItemsCount::new(queries.len())).bench(|| {
        for query in &queries {
            let _ = divan::black_box(Expr::parse(divan::black_box(query)));
        }
    });
}

#[divan::bench]
fn a_short_default(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Expr::parse(divan::black_box("toDate(ts) + interval 90 day")));
}
