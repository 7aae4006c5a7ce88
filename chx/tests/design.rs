//! The example of the design: a table and the materialized view that fills another, from structs to SQL.

#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use chx::prelude::*;
use chx_core::ddl::render_object;
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::ObjectId;

/// One page view.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[ch(
    database = "web",
    engine = ReplacingMergeTree(version),
    partition_by = "toYYYYMM(ts)",
    order_by = (site, ts, "cityHash64(user)"),
    ttl = "toDateTime(ts) + INTERVAL 90 DAY",
    settings(index_granularity = 1024, deduplicate_merge_projection_mode = "rebuild"),
    index(by_user, expr = "user", type = "bloom_filter(0.01)", granularity = 4),
    projection(per_site, "SELECT site, count() GROUP BY site"),
    constraint(sane, check = "duration >= 0"),
    renamed_from = "hits",
    insert(derive(Debug, PartialEq)),
)]
struct PageView {
    #[ch(codec = "Delta, ZSTD(3)")]
    id: u64,
    ts: DateTime64<3>,
    #[ch(low_cardinality)]
    site: String,
    #[ch(default = "'unknown'", renamed_from = "usr")]
    user: String,
    /// Seconds
    /// on the page.
    duration: f32,
    version: u32,
    #[ch(materialized = "toDate(ts)")]
    day: Date,
}

/// Visits per site and day.
#[derive(ChMaterializedView)]
#[ch(
    database = "web",
    to = SiteDay,
    query = "SELECT site, toDate(ts) AS day, count() AS views FROM web.page_view GROUP BY site, day"
)]
struct SiteDayMv {
    site: String,
    day: Date,
    views: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(database = "web", engine = SummingMergeTree, order_by = (site, day))]
struct SiteDay {
    site: String,
    day: Date,
    views: u64,
}

fn database() -> Ident {
    Ident::new("default").unwrap()
}

#[test]
fn structs_become_a_schema() {
    let registry = chx::Registry::load(&database()).unwrap();
    let sql: Vec<String> = registry.schema().objects().map(render_object).collect();
    expect_test::expect![[r#"
        CREATE DATABASE web

        CREATE TABLE web.page_view
        (
            id UInt64 CODEC(Delta(8), ZSTD(3)),
            ts DateTime64(3),
            site LowCardinality(String),
            user String DEFAULT 'unknown',
            duration Float32 COMMENT 'Seconds on the page.',
            version UInt32,
            day Date MATERIALIZED toDate(ts),
            INDEX by_user user TYPE bloom_filter(0.01) GRANULARITY 4,
            CONSTRAINT sane CHECK duration >= 0,
            PROJECTION per_site (SELECT site, count() GROUP BY site)
        )
        ENGINE = ReplacingMergeTree(version)
        PARTITION BY toYYYYMM(ts)
        ORDER BY (site, ts, cityHash64(user))
        TTL toDateTime(ts) + toIntervalDay(90)
        SETTINGS deduplicate_merge_projection_mode = 'rebuild', index_granularity = 1024
        COMMENT 'One page view.'

        CREATE TABLE web.site_day
        (
            site String,
            day Date,
            views UInt64
        )
        ENGINE = SummingMergeTree
        ORDER BY (site, day)

        CREATE MATERIALIZED VIEW web.site_day_mv TO web.site_day
        AS
        (SELECT site, toDate(ts) AS day, count() AS views
        FROM web.page_view
        GROUP BY site, day)
        COMMENT 'Visits per site and day.'"#]]
    .assert_eq(&sql.join("\n\n"));
}

#[test]
fn the_registry_knows_places_and_former_names() {
    let registry = chx::Registry::load(&database()).unwrap();
    let table = QualifiedName::new("web", "page_view").unwrap();
    let place = registry.place(&ObjectId::Relation(table.clone())).unwrap();
    let line = |text: &str| {
        let at = include_str!("design.rs")
            .lines()
            .position(|line| line.trim() == text);
        u32::try_from(at.unwrap() + 1).unwrap()
    };
    assert!(place.file.ends_with("design.rs"), "{place}");
    assert_eq!(place.line, line("struct PageView {"));
    let user = registry
        .column_place(&table, &Ident::new("user").unwrap())
        .unwrap();
    assert_eq!(user.line, line("user: String,"));

    let renames = registry.renames();
    assert_eq!(
        renames.relations[&table],
        QualifiedName::new("web", "hits").unwrap()
    );
    assert_eq!(
        renames.columns[&table][&Ident::new("user").unwrap()].as_str(),
        "usr"
    );
}

#[test]
fn rows_for_inserts_leave_out_what_the_server_computes() {
    assert_eq!(PageView::TABLE, "web.page_view");
    assert_eq!(
        PageView::COLUMNS,
        ["id", "ts", "site", "user", "duration", "version", "day"]
    );
    assert_eq!(
        PageView::SELECT,
        "SELECT id, ts, site, user, duration, version, day FROM web.page_view"
    );
    assert_eq!(
        <PageViewInsert as clickhouse::Row>::COLUMN_NAMES,
        ["id", "ts", "site", "user", "duration", "version"]
    );
    let row = PageView {
        id: 1,
        ts: DateTime64::from_ticks(2),
        site: "a".into(),
        user: "b".into(),
        duration: 0.5,
        version: 3,
        day: Date::MIN,
    };
    let insert = <PageView as ChTable>::Insert::from(row);
    let expected = PageViewInsert {
        id: 1,
        ts: DateTime64::from_ticks(2),
        site: "a".into(),
        user: "b".into(),
        duration: 0.5,
        version: 3,
    };
    assert_eq!(insert, expected);
}
