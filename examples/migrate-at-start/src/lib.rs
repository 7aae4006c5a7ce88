//! The schema of the application and the queries on it. Nothing here knows of migrations: `chx-migrate`, which writes
//! them, links this and must compile while one of them is not finished.
#![expect(
    missing_docs,
    reason = "a doc comment on a field is the column's comment in ClickHouse; not every column needs one"
)]

use chx::prelude::*;
use clickhouse::Client;
use clickhouse::error::Result;

/// What the sensors measured.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[ch(
    database = "sensors",
    engine = ReplacingMergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (device, at)
)]
pub struct Reading {
    #[ch(low_cardinality)]
    pub device: String,
    pub at: DateTime,
    pub celsius: f32,
    /// Relative humidity in percent.
    pub humidity: Option<f32>,
}

/// Stores readings.
///
/// # Errors
/// What the server says.
pub async fn store(client: &Client, readings: &[Reading]) -> Result<()> {
    let mut insert = client.insert_into::<Reading>().await?;
    for reading in readings {
        insert.write(reading).await?;
    }
    insert.end().await
}

/// The warmest reading of each device, by device.
///
/// # Errors
/// What the server says.
pub async fn warmest(client: &Client) -> Result<Vec<(String, f32)>> {
    client
        .query("SELECT device, max(celsius) FROM sensors.reading FINAL GROUP BY device ORDER BY device")
        .fetch_all()
        .await
}
