//! The schema as it was on the first day.

use chx::prelude::*;

/// Daily weather observations.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "weather",
    engine = ReplacingMergeTree,
    partition_by = "toYear(day)",
    order_by = (place, day),
)]
pub(crate) struct Observation {
    #[ch(low_cardinality)]
    pub(crate) place: String,
    pub(crate) day: Date,
    /// Rain and melted snow in millimetres.
    pub(crate) precipitation: f32,
    /// Degrees Celsius.
    pub(crate) temp_max: f32,
    /// Degrees Celsius.
    pub(crate) temp_min: f32,
    /// Metres per second.
    pub(crate) wind: f32,
    #[ch(low_cardinality)]
    pub(crate) weather: String,
}

/// Months in sums.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "weather", engine = SummingMergeTree, order_by = (place, month))]
pub(crate) struct Month {
    #[ch(low_cardinality)]
    pub(crate) place: String,
    pub(crate) month: Date,
    pub(crate) days: u64,
    pub(crate) rain: f64,
}

/// Fills the months.
#[derive(ChMaterializedView)]
#[ch(
    database = "weather",
    to = Month,
    query = "
        SELECT place, toStartOfMonth(day) AS month, count() AS days, sum(precipitation) AS rain
        FROM weather.observation
        GROUP BY place, month"
)]
pub(crate) struct MonthMv {
    #[ch(low_cardinality)]
    place: String,
    month: Date,
    days: u64,
    rain: f64,
}

/// Years to compare.
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "weather",
    query = "
        SELECT place, toYear(month) AS year, sum(days) AS days, round(sum(rain)) AS rain
        FROM weather.month
        GROUP BY place, year
        ORDER BY place, year"
)]
pub(crate) struct Year {
    #[ch(low_cardinality)]
    pub(crate) place: String,
    pub(crate) year: u16,
    pub(crate) days: u64,
    pub(crate) rain: f64,
}
