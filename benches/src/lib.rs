//! Schemas of any size for the benches: the same names, types and clauses on every run; the memory of a process; and two
//! sides that take turns.

pub mod turns;

use std::fmt::Write as _;

use chx_core::ddl::{ParseContext, parse_statement};
use chx_core::model::Schema;

/// The CREATE statements of `tables` tables with `columns` columns each, in the style of an event store. `generation`
/// changes two columns of every table: a new default and a wider type.
pub fn create_statements(tables: usize, columns: usize, generation: u8) -> Vec<String> {
    (0..tables)
        .map(|table| create_statement(table, columns, generation))
        .collect()
}

fn create_statement(table: usize, columns: usize, generation: u8) -> String {
    let mut sql = format!("CREATE TABLE bench.events_{table:05} (");
    for column in 0..columns {
        let definition = match column % 6 {
            0 => "UInt64".to_owned(),
            1 => "DateTime64(3) DEFAULT now64(3)".to_owned(),
            2 if column == 2 => {
                format!("LowCardinality(String) DEFAULT 'v{generation}' COMMENT 'where it came from'")
            }
            2 => "LowCardinality(String)".to_owned(),
            3 if column == 3 && generation > 0 => "UInt64".to_owned(),
            3 => "UInt32 CODEC(Delta(4), ZSTD(3))".to_owned(),
            4 => "Nullable(Float64)".to_owned(),
            _ => "Array(Tuple(name String, value Decimal(18, 4)))".to_owned(),
        };
        let comma = if column == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}c{column} {definition}");
    }
    sql.push_str(
        ", INDEX by_c2 c2 TYPE bloom_filter(0.01) GRANULARITY 4) ENGINE = MergeTree PARTITION BY toYYYYMM(c1) \
         ORDER BY (c0, c1) TTL toDateTime(c1) + toIntervalDay(90) SETTINGS index_granularity = 8192",
    );
    sql
}

/// The schema that the statements make.
///
/// # Panics
/// When a statement of this file is not DDL.
#[expect(
    clippy::expect_used,
    reason = "a bench that cannot read its own statements must stop"
)]
pub fn schema(tables: usize, columns: usize, generation: u8) -> Schema {
    let mut schema = Schema::default();
    for sql in create_statements(tables, columns, generation) {
        let statement = parse_statement(&sql, &ParseContext::default()).expect("the statements are DDL");
        schema.apply(&statement).expect("the names are different");
    }
    schema
}

/// The most memory that this process has taken so far, in KiB; 0 where the system does not tell.
pub fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok())
        .unwrap_or(0)
}
