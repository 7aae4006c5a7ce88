//! The database `web`.

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = Log)]
pub struct BotPattern {
    pub id: u32,
    pub pattern: String,
    pub name: String,
    #[ch(default = "0")]
    pub parent: u32,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT user_id, count() AS hits, stddevPop(toUnixTimestamp(timestamp)) AS spread
        FROM web.events_v2
        GROUP BY user_id
        HAVING (hits > 1000) AND (spread < 60)
    "
)]
pub struct Bots {
    pub user_id: u64,
    pub hits: u64,
    pub spread: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = MergeTree,
    order_by = (site_id, visitor, at)
)]
pub struct Consent {
    pub site_id: u64,
    #[serde(with = "clickhouse::serde::uuid")]
    pub visitor: uuid::Uuid,
    pub given: Vec<Given>,
    pub at: DateTime64<3>,
    #[ch(ttl = "toDateTime(at) + toIntervalDay(7)")]
    #[serde(with = "clickhouse::serde::ipv4")]
    pub ip_prefix: std::net::Ipv4Addr,
    #[ch(codec = "ZSTD(22)")]
    pub proof: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    Necessary = 0,
    Statistics = 1,
    Marketing = 2,
    #[ch(name = "external media")]
    ExternalMedia = 3,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = MergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (site_id, goal, at),
    ttl = "at + toIntervalMonth(25)"
)]
pub struct Conversion {
    pub site_id: u64,
    pub goal: u32,
    pub at: DateTime,
    pub user_id: u64,
    pub value: Option<Decimal64<3>>,
    pub touch: Vec<Touch>,
    #[ch(alias = "tupleElement((touch[1]), 'source')")]
    pub first_touch: String,
    #[ch(alias = "tupleElement((touch[-1]), 'source')")]
    pub last_touch: String,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Touch {
    pub at: DateTime,
    #[ch(low_cardinality)]
    pub source: String,
    #[ch(low_cardinality)]
    pub medium: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT session_id, multiIf(((pageviews * 2) + (least(duration, 600) / 60)) > 20, 'high', ((pageviews * 2) + (least(duration, 600) / 60)) > 5, 'some', 'low') AS level
        FROM web.session_facts
    "
)]
pub struct Engagement {
    pub session_id: u64,
    pub level: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = MergeTree,
    partition_by = "toYYYYMM(timestamp)",
    order_by = (site_id, "toDate(timestamp)", name, user_id, timestamp),
    primary_key = (site_id, "toDate(timestamp)", name, user_id),
    sample_by = user_id,
    settings(fsync_after_insert = 1),
    index(minmax_timestamp, expr = timestamp, type = "minmax")
)]
pub struct EventsV2 {
    #[ch(codec = "Delta(4), LZ4")]
    pub timestamp: DateTime,
    #[ch(low_cardinality)]
    pub name: String,
    pub site_id: u64,
    pub user_id: u64,
    pub session_id: u64,
    #[ch(codec = "ZSTD(3)")]
    pub hostname: String,
    #[ch(codec = "ZSTD(3)")]
    pub pathname: String,
    #[ch(codec = "ZSTD(3)")]
    pub referrer: String,
    #[ch(codec = "ZSTD(3)")]
    pub referrer_source: String,
    pub country_code: FixedString<2>,
    #[ch(low_cardinality)]
    pub screen_size: String,
    #[ch(low_cardinality)]
    pub operating_system: String,
    #[ch(low_cardinality)]
    pub browser: String,
    #[ch(codec = "ZSTD(3)")]
    pub utm_medium: String,
    pub utm_source: String,
    pub utm_campaign: String,
    #[ch(name = "meta.key", codec = "ZSTD(3)")]
    #[serde(rename = "meta.key")]
    pub meta_key: Vec<String>,
    #[ch(name = "meta.value", codec = "ZSTD(3)")]
    #[serde(rename = "meta.value")]
    pub meta_value: Vec<String>,
    #[ch(low_cardinality)]
    pub subdivision1_code: String,
    pub city_geoname_id: u32,
    pub revenue_reporting_amount: Option<Decimal64<3>>,
    pub revenue_reporting_currency: FixedString<3>,
    #[ch(low_cardinality)]
    pub channel: String,
    #[ch(default = "255")]
    pub scroll_depth: u8,
    pub engagement_time: u32,
    #[ch(low_cardinality)]
    pub click_id_param: String,
    /// as in GA4
    #[ch(
        low_cardinality,
        materialized = "multiIf((lower(utm_medium) IN ('cpc', 'ppc', 'paid')), 'Paid Search', utm_source != '', 'Referral', 'Direct')"
    )]
    pub acquisition_channel: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = ReplacingMergeTree,
    order_by = (site_id, flag, user_id),
    primary_key = (site_id, flag)
)]
pub struct ExperimentExposure {
    pub site_id: u64,
    #[ch(low_cardinality)]
    pub flag: String,
    #[ch(low_cardinality)]
    pub variant: String,
    pub user_id: u64,
    pub at: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = ReplacingMergeTree,
    order_by = (site_id, name)
)]
pub struct Funnel {
    pub site_id: u32,
    pub name: String,
    pub steps: Vec<Step>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Step {
    pub position: u8,
    pub goal: u32,
    #[ch(name = "max minutes")]
    pub max_minutes: Option<u16>,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT level, count() AS users
        FROM (SELECT user_id, windowFunnel(3600, 'strict_order')(timestamp, pathname = '/', pathname LIKE '/product%', name = 'add to cart', name = 'purchase') AS level FROM web.events_v2 WHERE (site_id = {site:UInt64}) AND (timestamp >= {from:DateTime}) GROUP BY user_id)
        GROUP BY level
        ORDER BY level ASC
    "
)]
pub struct FunnelReport {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = ReplacingMergeTree,
    order_by = (site_id, id),
    constraint(one_of, check = "(event IS NULL) != (page IS NULL)")
)]
pub struct Goal {
    pub site_id: u32,
    pub id: u32,
    pub name: String,
    pub event: Option<String>,
    pub page: Option<String>,
    #[ch(low_cardinality)]
    pub currency: Option<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = "Buffer('web', 'events_v2', 8, 1, 5, 1000, 50000, 100000, 10000000)"
)]
pub struct HitsBuffer {
    #[ch(codec = "Delta(4), LZ4")]
    pub timestamp: DateTime,
    #[ch(low_cardinality)]
    pub name: String,
    pub site_id: u64,
    pub user_id: u64,
    pub session_id: u64,
    #[ch(codec = "ZSTD(3)")]
    pub hostname: String,
    #[ch(codec = "ZSTD(3)")]
    pub pathname: String,
    #[ch(codec = "ZSTD(3)")]
    pub referrer: String,
    #[ch(codec = "ZSTD(3)")]
    pub referrer_source: String,
    pub country_code: FixedString<2>,
    #[ch(low_cardinality)]
    pub screen_size: String,
    #[ch(low_cardinality)]
    pub operating_system: String,
    #[ch(low_cardinality)]
    pub browser: String,
    #[ch(codec = "ZSTD(3)")]
    pub utm_medium: String,
    pub utm_source: String,
    pub utm_campaign: String,
    #[ch(name = "meta.key", codec = "ZSTD(3)")]
    #[serde(rename = "meta.key")]
    pub meta_key: Vec<String>,
    #[ch(name = "meta.value", codec = "ZSTD(3)")]
    #[serde(rename = "meta.value")]
    pub meta_value: Vec<String>,
    #[ch(low_cardinality)]
    pub subdivision1_code: String,
    pub city_geoname_id: u32,
    pub revenue_reporting_amount: Option<Decimal64<3>>,
    pub revenue_reporting_currency: FixedString<3>,
    #[ch(low_cardinality)]
    pub channel: String,
    #[ch(default = "255")]
    pub scroll_depth: u8,
    pub engagement_time: u32,
    #[ch(low_cardinality)]
    pub click_id_param: String,
    /// as in GA4
    #[ch(
        low_cardinality,
        materialized = "multiIf((lower(utm_medium) IN ('cpc', 'ppc', 'paid')), 'Paid Search', utm_source != '', 'Referral', 'Direct')"
    )]
    pub acquisition_channel: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = "Merge('web', '^imported_')")]
pub struct ImportedAll {
    pub site_id: u64,
    pub date: Date,
    pub visitors: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = MergeTree, order_by = (site_id, date))]
pub struct ImportedLocations {
    pub site_id: u64,
    pub date: Date,
    #[ch(low_cardinality)]
    pub country: String,
    pub region: String,
    pub city: u64,
    pub visitors: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = MergeTree, order_by = (site_id, date))]
pub struct ImportedPages {
    pub site_id: u64,
    #[ch(default = "0")]
    pub import_id: u64,
    pub date: Date,
    pub hostname: String,
    pub page: String,
    pub visitors: u64,
    pub pageviews: u64,
    pub exits: u64,
    #[ch(codec = "T64, LZ4")]
    pub time_on_page: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = MergeTree, order_by = (site_id, date))]
pub struct ImportedSources {
    pub site_id: u64,
    #[ch(default = "0")]
    pub import_id: u64,
    pub date: Date,
    pub source: String,
    pub utm_medium: String,
    pub utm_campaign: String,
    pub visitors: u64,
    pub visits: u64,
    pub bounces: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = SummingMergeTree(value),
    order_by = (domain, "toDate(event_timebucket)", metric, "toStartOfMinute(event_timebucket)")
)]
pub struct IngestCounters {
    pub event_timebucket: DateTime,
    #[ch(low_cardinality)]
    pub domain: String,
    pub site_id: Option<u64>,
    #[ch(low_cardinality)]
    pub metric: String,
    pub tracker_script_version: u16,
    pub value: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = MergeTree,
    order_by = ("type", id, name),
    settings(index_granularity = 128)
)]
pub struct Location {
    #[ch(low_cardinality)]
    pub r#type: String,
    pub id: String,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    primary_key = (r#type, id),
    source = "CLICKHOUSE(DB 'web' TABLE 'location')",
    layout = "COMPLEX_KEY_CACHE(SIZE_IN_CELLS 500000)",
    lifetime = 0
)]
pub struct LocationDict {
    pub r#type: String,
    pub id: String,
    pub name: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT country_code, dictGetOrDefault('web.location_dict', 'name', ('country', toString(country_code)), 'unknown') AS country, count() AS events
        FROM web.events_v2
        GROUP BY ALL
        ORDER BY events DESC
    "
)]
pub struct LocationName {
    pub country_code: FixedString<2>,
    pub country: String,
    pub events: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = AggregatingMergeTree,
    partition_by = "toYear(hour)",
    order_by = (site_id, hour, pathname)
)]
pub struct PagesDay {
    pub site_id: u64,
    pub hour: DateTime,
    pub pathname: String,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub views: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    pub visitors: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantile(0.5), UInt8)")]
    #[serde(skip)]
    pub scroll: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgOrNull, UInt32)")]
    #[serde(skip)]
    pub time: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web",
    to = "web.pages_day",
    query = "
        SELECT site_id, toStartOfDay(h.hour) AS hour, pathname, sum(h.views) AS views, uniqMergeState(h.visitors) AS visitors, quantileMergeState(0.5)(h.scroll) AS scroll, avgOrNullMergeState(h.time) AS time
        FROM web.pages_hour AS h
        GROUP BY site_id, hour, pathname
    "
)]
pub struct PagesDayMv {
    pub site_id: u64,
    pub hour: DateTime,
    pub pathname: String,
    pub views: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    pub visitors: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantile(0.5), UInt8)")]
    pub scroll: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgOrNull, UInt32)")]
    pub time: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(hour)",
    order_by = (site_id, hour, pathname),
    ttl = "hour + toIntervalDay(100)"
)]
pub struct PagesHour {
    pub site_id: u64,
    pub hour: DateTime,
    pub pathname: String,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub views: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    pub visitors: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantile(0.5), UInt8)")]
    #[serde(skip)]
    pub scroll: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgOrNull, UInt32)")]
    #[serde(skip)]
    pub time: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web",
    to = "web.pages_hour",
    query = "
        SELECT site_id, toStartOfHour(timestamp) AS hour, pathname, count() AS views, uniqState(user_id) AS visitors, quantileState(0.5)(scroll_depth) AS scroll, avgOrNullState(engagement_time) AS time
        FROM web.events_v2
        WHERE name = 'pageview'
        GROUP BY site_id, hour, pathname
    "
)]
pub struct PagesHourMv {
    pub site_id: u64,
    pub hour: DateTime,
    pub pathname: String,
    pub views: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    pub visitors: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantile(0.5), UInt8)")]
    pub scroll: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgOrNull, UInt32)")]
    pub time: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = Memory,
    settings(max_rows_to_keep = 100000, min_rows_to_keep = 1000)
)]
pub struct Realtime {
    pub site_id: u64,
    pub user_id: u64,
    pub path: String,
    pub at: DateTime,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web",
    to = Realtime,
    query = "
        SELECT site_id, user_id, pathname AS path, timestamp AS at
        FROM web.events_v2
    "
)]
pub struct RealtimeMv {
    pub site_id: u64,
    pub user_id: u64,
    pub path: String,
    pub at: DateTime,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT toMonday(first) AS cohort, dateDiff('week', first, timestamp) AS week, uniq(user_id) AS users
        FROM web.events_v2 INNER JOIN (SELECT user_id, min(timestamp) AS first FROM web.events_v2 GROUP BY user_id) AS f USING (user_id)
        GROUP BY cohort, week
    "
)]
pub struct Retention {
    pub cohort: Date,
    pub week: i64,
    pub users: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = "
        SELECT session_id, any(site_id) AS site_id, argMax(exit_page, timestamp) AS exit_page, sum(pageviews * sign) AS pageviews, max(is_bounce * sign) AS bounced, toUInt32(avg(duration)) AS duration
        FROM web.sessions_v2
        GROUP BY session_id
        HAVING sum(sign) > 0
    "
)]
pub struct SessionFacts {
    pub session_id: u64,
    pub site_id: u64,
    pub exit_page: String,
    pub pageviews: i64,
    pub bounced: i16,
    pub duration: u32,
}

/// the name that dashboards know
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "web", engine = "Alias('web', 'sessions_v2')")]
pub struct Sessions {
    pub session_id: u64,
    pub sign: i8,
    pub site_id: u64,
    pub user_id: u64,
    pub hostname: String,
    pub timestamp: DateTime,
    pub start: DateTime,
    pub is_bounce: u8,
    pub entry_page: String,
    pub exit_page: String,
    pub pageviews: i32,
    pub events: i32,
    pub duration: u32,
    #[ch(name = "entry_meta.key")]
    #[serde(rename = "entry_meta.key")]
    pub entry_meta_key: Vec<String>,
    #[ch(name = "entry_meta.value")]
    #[serde(rename = "entry_meta.value")]
    pub entry_meta_value: Vec<String>,
    pub transferred_from: String,
    pub city: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = VersionedCollapsingMergeTree(sign, events),
    partition_by = "toYYYYMM(start)",
    order_by = (site_id, "toDate(start)", user_id, session_id),
    sample_by = user_id
)]
pub struct SessionsV2 {
    pub session_id: u64,
    pub sign: i8,
    pub site_id: u64,
    pub user_id: u64,
    #[ch(codec = "ZSTD(3)")]
    pub hostname: String,
    #[ch(codec = "Delta(4), LZ4")]
    pub timestamp: DateTime,
    #[ch(codec = "Delta(4), LZ4")]
    pub start: DateTime,
    pub is_bounce: u8,
    #[ch(codec = "ZSTD(3)")]
    pub entry_page: String,
    #[ch(codec = "ZSTD(3)")]
    pub exit_page: String,
    pub pageviews: i32,
    pub events: i32,
    pub duration: u32,
    #[ch(name = "entry_meta.key")]
    #[serde(rename = "entry_meta.key")]
    pub entry_meta_key: Vec<String>,
    #[ch(name = "entry_meta.value")]
    #[serde(rename = "entry_meta.value")]
    pub entry_meta_value: Vec<String>,
    pub transferred_from: String,
    #[ch(alias = "toString(cityHash64(entry_page) % 10)")]
    pub city: String,
}

/// Sites, as the application knows them
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    engine = ReplacingMergeTree,
    order_by = id,
    settings(index_granularity = 128)
)]
pub struct Site {
    pub id: u32,
    pub domain: String,
    #[ch(low_cardinality, default = "'Europe/Berlin'")]
    pub timezone: String,
    #[ch(default = "false")]
    pub public: bool,
    pub native_stats_start_at: DateTime,
    pub allowed_event_props: Vec<String>,
    pub key: FixedString<16>,
}

/// ingest asks it for every hit
#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    primary_key = domain,
    source = "CLICKHOUSE(DB 'web' QUERY 'SELECT domain, id, timezone FROM web.site FINAL')",
    layout = "COMPLEX_KEY_HASHED(PREALLOCATE 1)",
    lifetime = (30, 60)
)]
pub struct SiteByDomain {
    pub domain: String,
    pub id: u32,
    #[ch(default = "'UTC'")]
    pub timezone: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "web",
    query = r"
        SELECT arrayStringConcat(arrayMap(p -> replaceRegexpOne(p, '\\?.*$', ''), groupArray(5)(pathname)), ' → ') AS path, count() OVER () AS n
        FROM (SELECT * FROM web.events_v2 ORDER BY user_id ASC, timestamp ASC)
        GROUP BY session_id
    "
)]
pub struct TopPaths {
    pub path: String,
    pub n: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "web",
    engine = AggregatingMergeTree,
    order_by = (site_id, month),
    settings(index_granularity = 256),
    query = "
        SELECT site_id, toStartOfMonth(timestamp) AS month, uniqCombined64State(user_id) AS visitors
        FROM web.events_v2
        GROUP BY site_id, month
    "
)]
pub struct VisitorsMonth {
    pub site_id: u64,
    pub month: Date,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined64, UInt64)")]
    pub visitors: (),
}
