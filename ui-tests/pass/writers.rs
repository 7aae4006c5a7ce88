//! The modules of the client say the column's type.

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    #[serde(with = "clickhouse::serde::uuid")]
    id: uuid::Uuid,
    #[serde(with = "clickhouse::serde::uuid::option")]
    parent: Option<uuid::Uuid>,
    #[serde(with = "clickhouse::serde::uuid_vec")]
    children: Vec<uuid::Uuid>,
    #[serde(with = "clickhouse::serde::ipv4")]
    from: std::net::Ipv4Addr,
    #[serde(with = "clickhouse::serde::time::datetime64::millis")]
    at: time::OffsetDateTime,
    #[serde(with = "clickhouse::serde::time::date::option")]
    day: Option<time::Date>,
    #[serde(with = "clickhouse::serde::chrono::datetime")]
    then: chrono::DateTime<chrono::Utc>,
    #[serde(with = "clickhouse::serde::chrono::datetime64::nanos")]
    exactly: chrono::DateTime<chrono::Utc>,
    #[serde(with = "clickhouse::serde::chrono::date32")]
    date: chrono::NaiveDate,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    #[ch(type = "DateTime('Europe/Berlin')")]
    #[serde(with = "clickhouse::serde::time::datetime")]
    zoned: time::OffsetDateTime,
}

fn main() {
    let chx::Declaration::Table(table) = Page::DECLARATION else { return };
    let types: Vec<String> = table.columns.iter().map(|column| column.data_type.to_string()).collect();
    assert_eq!(
        types,
        [
            "UUID",
            "Nullable(UUID)",
            "Array(UUID)",
            "IPv4",
            "DateTime64(3)",
            "Nullable(Date)",
            "DateTime",
            "DateTime64(9)",
            "Date32",
            "String",
            "DateTime('Europe/Berlin')",
        ]
    );
}
