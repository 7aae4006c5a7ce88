//! The schema as it is today. `src/bin/chx-migrate.rs` links it; `src/main.rs` tells how it came to be.
#![expect(
    missing_docs,
    reason = "a doc comment on a field is the column's comment in ClickHouse; not every column needs one"
)]

use chx::prelude::*;

/// Daily weather observations.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "weather",
    engine = ReplacingMergeTree,
    partition_by = "toYear(day)",
    order_by = (place, day),
    index(by_sky, expr = "sky", type = "set(16)", granularity = 1),
    insert(derive(Debug, Clone)),
)]
pub struct Observation {
    #[ch(low_cardinality)]
    pub place: String,
    pub day: Date,
    /// Rain and melted snow in millimetres.
    pub precipitation: f32,
    /// Degrees Celsius.
    pub temp_max: f32,
    /// Degrees Celsius.
    pub temp_min: f32,
    /// Metres per second.
    pub wind: f32,
    /// What the sky did.
    #[ch(low_cardinality, renamed_from = "weather")]
    pub sky: String,
    /// How far the temperature went in a day.
    #[ch(materialized = "temp_max - temp_min")]
    pub temp_range: f32,
}

/// Months in sums.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[ch(database = "weather", engine = SummingMergeTree, order_by = (place, month))]
pub struct Month {
    #[ch(low_cardinality)]
    pub place: String,
    pub month: Date,
    pub days: u64,
    pub dry_days: u64,
    pub rain: f64,
}

/// Fills the months.
#[derive(ChMaterializedView)]
#[ch(
    database = "weather",
    to = Month,
    query = "
        SELECT place, toStartOfMonth(day) AS month, count() AS days,
               countIf(precipitation = 0) AS dry_days, sum(precipitation) AS rain
        FROM weather.observation
        GROUP BY place, month"
)]
pub struct MonthMv {
    #[ch(low_cardinality)]
    pub place: String,
    pub month: Date,
    pub days: u64,
    pub dry_days: u64,
    pub rain: f64,
}

/// Years to compare.
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "weather",
    query = "
        SELECT place, toYear(month) AS year, sum(days) AS days, sum(dry_days) AS dry_days,
               round(sum(rain)) AS rain
        FROM weather.month
        GROUP BY place, year
        ORDER BY place, year"
)]
pub struct Year {
    #[ch(low_cardinality)]
    pub place: String,
    pub year: u16,
    pub days: u64,
    pub dry_days: u64,
    pub rain: f64,
}
