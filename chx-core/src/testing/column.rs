//! Columns, their types and codecs.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::Ident;
use crate::model::{Codec, CodecStage, Column, ColumnDefault, DataType, DefaultKind, Expr};

use super::expression::expr;
use super::name::text;
use super::storage::settings;

const TYPES: [&str; 22] = [
    "UInt8",
    "UInt64",
    "Int32",
    "Float64",
    "String",
    "FixedString(16)",
    "Date",
    "DateTime",
    "DateTime('UTC')",
    "DateTime64(3)",
    "Bool",
    "UUID",
    "IPv6",
    "Decimal(18, 4)",
    "LowCardinality(String)",
    "Nullable(String)",
    "Enum8('a' = 1, 'it\\'s' = 2)",
    "Map(String, Array(UInt8))",
    "Tuple(a UInt8, `b c` String)",
    "AggregateFunction(sum, UInt64)",
    "JSON(a UInt8, SKIP b)",
    "Variant(String, UInt8)",
];

/// A type of a column.
pub fn data_type() -> BoxedStrategy<DataType> {
    let leaf =
        select(&TYPES[..]).prop_map(|sql| DataType::parse(sql).expect("the types of this file are types"));
    leaf.prop_recursive(2, 4, 1, |inner| {
        inner.prop_map(|inner| DataType::Array(Box::new(inner)))
    })
    .boxed()
}

/// A chain of codecs.
pub fn codec() -> BoxedStrategy<Codec> {
    let stage = select(vec![
        ("Delta", ""),
        ("Delta", "4"),
        ("ZSTD", ""),
        ("ZSTD", "3"),
        ("LZ4", ""),
        ("T64", "'bit'"),
        ("NONE", ""),
    ])
    .prop_map(|(name, arg)| CodecStage {
        name: name.to_owned(),
        args: Expr::parse(arg).into_iter().collect(),
    });
    vec(stage, 1..3).prop_map(|stages| Codec { stages }).boxed()
}

/// A default over these columns.
pub(super) fn default(columns: &[Ident]) -> BoxedStrategy<ColumnDefault> {
    let with_expr = (
        select(vec![
            DefaultKind::Default,
            DefaultKind::Materialized,
            DefaultKind::Alias,
            DefaultKind::Ephemeral,
        ]),
        expr(columns).prop_map(Some),
    );
    prop_oneof![
        6 => with_expr.prop_map(|(kind, expr)| ColumnDefault { kind, expr }),
        1 => Just(ColumnDefault { kind: DefaultKind::Ephemeral, expr: None }),
    ]
    .boxed()
}

/// A column of this name. Its default reads only these others.
pub fn column(name: Ident, others: &[Ident]) -> BoxedStrategy<Column> {
    let statistics = select(vec!["", "tdigest", "uniq"])
        .prop_map(|kind| Expr::parse(kind).into_iter().collect::<Vec<_>>());
    (
        data_type(),
        option::weighted(0.3, default(others)),
        option::weighted(0.3, codec()),
        statistics,
        option::weighted(0.1, expr(others)),
        settings(),
        text(),
    )
        .prop_map(
            move |(data_type, default, codec, statistics, ttl, settings, comment)| Column {
                name: name.clone(),
                data_type,
                default,
                codec,
                statistics,
                ttl,
                settings,
                comment,
            },
        )
        .boxed()
}
