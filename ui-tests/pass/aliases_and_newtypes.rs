//! The column's type comes from the trait, not from the written name.

use chx::prelude::*;
use chx::types::{ChType, TypeExpr};

type Url = String;
type Tags = Vec<LowCardinality<String>>;

#[derive(ChType, Serialize, Deserialize)]
struct SiteId(u64);

#[derive(ChType, Serialize, Deserialize)]
#[ch(low_cardinality)]
struct Country(String);

#[derive(ChType, Serialize, Deserialize)]
#[ch(type = "Enum8('new' = 1, 'old' = 2)")]
struct Kind(i8);

#[derive(ChType, Serialize, Deserialize)]
#[serde(transparent)]
struct Wrapper<T> {
    inner: T,
}

/// By hand.
#[derive(Serialize, Deserialize)]
struct Millis(i64);

impl ChType for Millis {
    const TYPE: TypeExpr = DateTime64::<3>::TYPE;
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = (site, kind))]
struct Page {
    site: SiteId,
    url: Url,
    tags: Tags,
    country: Country,
    kind: Kind,
    wrapped: Wrapper<Option<u32>>,
    at: Millis,
}

fn main() {
    let types = |declaration: chx::Declaration| match declaration {
        chx::Declaration::Table(table) => {
            table.columns.iter().map(|column| column.data_type.to_string()).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    assert_eq!(
        types(Page::DECLARATION),
        [
            "UInt64",
            "String",
            "Array(LowCardinality(String))",
            "LowCardinality(String)",
            "Enum8('new' = 1, 'old' = 2)",
            "Nullable(UInt32)",
            "DateTime64(3)",
        ]
    );
}
