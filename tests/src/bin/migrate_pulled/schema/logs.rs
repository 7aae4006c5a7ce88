//! The database `logs`.

use std::collections::HashMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = ReplacingMergeTree(version, deleted),
    order_by = id,
    settings(allow_experimental_replacing_merge_with_cleanup = 1)
)]
pub struct AlertRule {
    #[ch(default = "generateUUIDv4()")]
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    pub name: String,
    pub query: String,
    #[ch(default = "0.5")]
    pub threshold: f64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "IntervalMinute", default = "toIntervalMinute(5)")]
    #[serde(skip)]
    pub window: (),
    pub labels: HashMap<String, String>,
    pub channels: Vec<Channel>,
    pub muted_until: Option<DateTime>,
    #[ch(default = "0")]
    pub deleted: u8,
    pub version: u64,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Channel {
    pub kind: ChannelKind,
    pub target: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    Mail = 1,
    Pager = 2,
    Chat = 3,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = CollapsingMergeTree(sign),
    order_by = (rule, since)
)]
pub struct AlertState {
    #[serde(with = "clickhouse::serde::uuid")]
    pub rule: uuid::Uuid,
    pub since: DateTime,
    pub state: AlertStateState,
    pub value: f64,
    pub sign: i8,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertStateState {
    #[ch(name = "no data")]
    NoData = -1,
    Ok = 0,
    Pending = 1,
    Firing = 2,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = "Merge('logs', '^(hot|cold)$')")]
pub struct AllLevels {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    pub message: String,
}

/// Kept for ever: it's the law (§ 257 HGB).
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    order_by = (action, at, id),
    settings(allow_nullable_key = 0, non_replicated_deduplication_window = 100),
    constraint(known_actor, check = "(actor.1) > 0")
)]
pub struct Audit {
    pub id: u64,
    #[ch(default = "now64(6)")]
    pub at: DateTime64<6>,
    pub actor: Actor,
    #[ch(low_cardinality)]
    pub action: String,
    pub object: String,
    #[ch(codec = "ZSTD(6)")]
    pub before: Option<String>,
    #[ch(codec = "ZSTD(6)")]
    pub after: Option<String>,
    pub ip: std::net::Ipv6Addr,
    #[ch(materialized = "SHA256(concat(action, object, ifNull(after, '')))")]
    pub checksum: FixedString<32>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Actor {
    pub id: u64,
    pub name: String,
    #[ch(type = "Array(LowCardinality(String))")]
    pub roles: Vec<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = "Set")]
pub struct BlockedTenants {
    pub tenant: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    partition_by = "toYYYYMM(day)",
    order_by = (tenant, day, service, ts),
    primary_key = (tenant, day, service),
    ttl = "day + toIntervalMonth(13)",
    settings(
        compress_marks = 1,
        index_granularity = 32768,
        index_granularity_bytes = 0,
        min_bytes_for_wide_part = 0,
        storage_policy = "default"
    ),
    projection(
        by_level,
        "SELECT tenant, level, day, count() GROUP BY tenant, level, day"
    )
)]
pub struct Cold {
    pub tenant: u32,
    pub day: Date,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(type = "DateTime64(3, 'UTC')", codec = "Delta(8), ZSTD(12)")]
    pub ts: DateTime64<3>,
    pub level: ColdLevel,
    #[ch(codec = "ZSTD(12)")]
    pub message: String,
    #[ch(codec = "ZSTD(12)")]
    pub fields: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColdLevel {
    Trace = 1,
    Debug = 5,
    Info = 9,
    Warn = 13,
    Error = 17,
    Fatal = 21,
}

/// What nobody could parse
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = StripeLog)]
pub struct DeadLetters {
    #[ch(default = "now()")]
    pub at: DateTime,
    #[ch(low_cardinality)]
    pub reason: String,
    pub raw: String,
    pub listener: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    query = "
        SELECT ts, tenant, service, message
        FROM logs.hot
        WHERE level >= 'error'
    "
)]
pub struct Errors {
    #[ch(type = "DateTime64(3, 'UTC')")]
    pub ts: DateTime64<3>,
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    pub message: String,
}

/// keeps its rows itself
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(hour)",
    order_by = (host, hour),
    ttl = "hour + toIntervalMonth(3)",
    settings(ttl_only_drop_parts = 1),
    query = "
        SELECT host, toStartOfHour(ts) AS hour, count() AS errors, anyLast(message) AS last
        FROM logs.hot
        WHERE level >= 'error'
        GROUP BY host, hour
    "
)]
pub struct ErrorsPerHost {
    #[ch(low_cardinality)]
    pub host: String,
    pub hour: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub errors: u64,
    #[ch(type = "SimpleAggregateFunction(anyLast, String)")]
    pub last: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = "File('JSONEachRow')")]
pub struct ExportFile {
    pub ts: DateTime64<3>,
    pub service: String,
    pub message: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    query = "
        SELECT service, minute, lines
        FROM (SELECT service, minute, sum(lines) AS lines FROM logs.volume_1m GROUP BY service, minute)
        ORDER BY service ASC, minute ASC WITH FILL STEP toIntervalMinute(1) INTERPOLATE (lines AS 0)
    "
)]
pub struct Gaps {
    #[ch(low_cardinality)]
    pub service: String,
    pub minute: DateTime,
    pub lines: u64,
}

/// Two weeks. Debug lines live for two days.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    partition_by = ("toStartOfInterval(ts, toIntervalHour(6))", "tenant % 8"),
    order_by = (tenant, service, "toStartOfMinute(ts)", level, ts),
    ttl = ("toDateTime(ts) + toIntervalDay(2) DELETE WHERE level <= 'debug'", "toDateTime(ts) + toIntervalDay(3) RECOMPRESS CODEC(ZSTD(9))", "toDateTime(ts) + toIntervalDay(14)"),
    settings(
        enable_block_number_column = 1,
        enable_block_offset_column = 1,
        max_bytes_to_merge_at_max_space_in_pool = 53687091200,
        merge_with_ttl_timeout = 3600,
        min_bytes_for_wide_part = "10M",
        parts_to_delay_insert = 500,
        ttl_only_drop_parts = 0
    ),
    index(
        clients,
        expr = "assumeNotNull(client)",
        type = "bloom_filter",
        granularity = 3
    ),
    index(
        grams,
        expr = "lower(message)",
        type = "ngrambf_v1(4, 1024, 2, 0)",
        granularity = 4
    ),
    index(levels, expr = level, type = "set(8)"),
    index(
        sparse,
        expr = message,
        type = "sparse_grams(3, 100, 4, 1024, 2, 0)",
        granularity = 2
    ),
    index(traces, expr = trace_id, type = "bloom_filter(0.0001)"),
    index(
        words,
        expr = message,
        type = "tokenbf_v1(10240, 3, 0)",
        granularity = 4
    ),
    constraint(has_service, check = "service != ''"),
    constraint(
        not_from_the_future,
        assume = "ts < toDateTime64('2100-01-01 00:00:00', 3)"
    )
)]
pub struct Hot {
    pub tenant: u32,
    #[ch(type = "DateTime64(3, 'UTC')", codec = "DoubleDelta, LZ4")]
    pub ts: DateTime64<3>,
    pub level: ColdLevel,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality, default = "hostName()")]
    pub host: String,
    /// As it was written, without the prefix.
    #[ch(codec = "ZSTD(3)")]
    pub message: String,
    #[ch(type = "Map(LowCardinality(String), String)", codec = "ZSTD(3)")]
    pub fields: HashMap<String, String>,
    #[ch(default = "toFixedString('', 16)")]
    pub trace_id: FixedString<16>,
    pub client: Option<std::net::Ipv6Addr>,
    #[ch(materialized = "length(message) + length(toString(fields))")]
    pub bytes: u32,
    #[ch(materialized = "toDate(ts)")]
    pub day: Date,
    #[ch(alias = "level >= 'error'")]
    pub is_error: bool,
}

/// Everything above debug is kept for a year.
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    to = Cold,
    query = "
        SELECT tenant, toDate(ts) AS day, service, ts, level, message, toJSONString(fields) AS fields
        FROM logs.hot
        WHERE level > 'debug'
    "
)]
pub struct HotToCold {
    pub tenant: u32,
    pub day: Date,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(type = "DateTime64(3, 'UTC')")]
    pub ts: DateTime64<3>,
    pub level: ColdLevel,
    pub message: String,
    pub fields: String,
}

/// Everything comes in here; the views carry it on.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = Null)]
pub struct Ingest {
    pub raw: String,
    #[ch(default = "now64(3)")]
    pub received_at: DateTime64<3>,
    #[ch(low_cardinality, default = "'otlp'")]
    pub listener: String,
    #[ch(ephemeral = "0")]
    pub tenant: u32,
    #[ch(alias = "toUInt32(length(raw))")]
    pub size: u32,
}

/// Two weeks. Debug lines live for two days.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = "Buffer('logs', 'hot', 16, 10, 100, 10000, 1000000, 10000000, 100000000)",
    constraint(has_service, check = "service != ''"),
    constraint(
        not_from_the_future,
        assume = "ts < toDateTime64('2100-01-01 00:00:00', 3)"
    )
)]
pub struct IngestBuffer {
    pub tenant: u32,
    #[ch(type = "DateTime64(3, 'UTC')", codec = "DoubleDelta, LZ4")]
    pub ts: DateTime64<3>,
    pub level: ColdLevel,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality, default = "hostName()")]
    pub host: String,
    /// As it was written, without the prefix.
    #[ch(codec = "ZSTD(3)")]
    pub message: String,
    #[ch(type = "Map(LowCardinality(String), String)", codec = "ZSTD(3)")]
    pub fields: HashMap<String, String>,
    #[ch(default = "toFixedString('', 16)")]
    pub trace_id: FixedString<16>,
    pub client: Option<std::net::Ipv6Addr>,
    #[ch(materialized = "length(message) + length(toString(fields))")]
    pub bytes: u32,
    #[ch(materialized = "toDate(ts)")]
    pub day: Date,
    #[ch(alias = "level >= 'error'")]
    pub is_error: bool,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    to = "logs.dead_letters",
    query = "
        SELECT toDateTime(received_at) AS at, 'no JSON' AS reason, raw, listener
        FROM logs.ingest
        WHERE NOT isValidJSON(raw)
    "
)]
pub struct IngestToDeadLetters {
    pub at: DateTime,
    pub reason: String,
    pub raw: String,
    #[ch(low_cardinality)]
    pub listener: String,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    to = "logs.hot",
    query = r"
        WITH JSONExtractRaw(raw, 'f') AS extra
        SELECT CAST(JSONExtractUInt(raw, 'tenant'), 'UInt32') AS tenant, received_at AS ts, CAST(multiIf((JSONExtractString(raw, 'lvl') IN ('E', 'ERR', 'error')), 'error', JSONExtractString(raw, 'lvl') = 'W', 'warn', 'info'), 'Enum8(\'trace\' = 1, \'debug\' = 5, \'info\' = 9, \'warn\' = 13, \'error\' = 17, \'fatal\' = 21)') AS level, JSONExtractString(raw, 'svc') AS service, JSONExtractString(raw, 'msg') AS message, JSONExtract(extra, 'Map(LowCardinality(String), String)') AS fields
        FROM logs.ingest
        WHERE isValidJSON(raw)
    "
)]
pub struct IngestToHot {
    pub tenant: u32,
    pub ts: DateTime64<3>,
    pub level: ColdLevel,
    pub service: String,
    pub message: String,
    #[ch(type = "Map(LowCardinality(String), String)")]
    pub fields: HashMap<String, String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = ReplacingMergeTree(last),
    partition_by = "toYYYYMM(first)",
    order_by = (metadata_namespace, metadata_uid),
    ttl = "last + toIntervalWeek(2)"
)]
pub struct K8sEvents {
    #[ch(name = "metadata.uid")]
    #[serde(rename = "metadata.uid", with = "clickhouse::serde::uuid")]
    pub metadata_uid: uuid::Uuid,
    #[ch(name = "metadata.name")]
    #[serde(rename = "metadata.name")]
    pub metadata_name: String,
    #[ch(name = "metadata.namespace", low_cardinality)]
    #[serde(rename = "metadata.namespace")]
    pub metadata_namespace: String,
    #[ch(name = "metadata.labels")]
    #[serde(rename = "metadata.labels")]
    pub metadata_labels: HashMap<String, String>,
    pub r#type: K8sEventsType,
    #[ch(low_cardinality)]
    pub reason: String,
    pub message: String,
    #[ch(default = "1")]
    pub count: u32,
    pub first: DateTime,
    pub last: DateTime,
    pub involved: Involved,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "PascalCase")]
pub enum K8sEventsType {
    Normal = 0,
    Warning = 1,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Involved {
    #[ch(low_cardinality)]
    pub kind: String,
    pub namespace: String,
    pub name: String,
    #[serde(with = "clickhouse::serde::uuid")]
    pub uid: uuid::Uuid,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = TinyLog)]
pub struct Levels {
    pub number: u8,
    pub name: String,
    #[ch(default = "'#888'")]
    pub color: String,
}

/// combined + timing, parsed by vector
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(time)",
    order_by = (tls_version, "toStartOfHour(time)", "cityHash64(remote_addr)", time),
    sample_by = "cityHash64(remote_addr)",
    ttl = "time + toIntervalDay(90)",
    index(by_status, expr = status, type = "minmax", granularity = 2)
)]
pub struct NginxAccess {
    #[ch(codec = "DoubleDelta, ZSTD(1)")]
    pub time: DateTime,
    #[serde(with = "clickhouse::serde::ipv4")]
    pub remote_addr: std::net::Ipv4Addr,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Array(IPv4)")]
    #[serde(skip)]
    pub x_forwarded_for: (),
    pub remote_user: Option<String>,
    #[ch(default = "''")]
    pub method: Method,
    #[ch(codec = "ZSTD(1)")]
    pub uri: String,
    #[ch(materialized = "cutQueryString(uri)")]
    pub path: String,
    #[ch(low_cardinality, default = "'HTTP/1.1'")]
    pub protocol: String,
    #[ch(codec = "T64, LZ4")]
    pub status: u16,
    #[ch(codec = "T64, ZSTD(1)")]
    pub body_bytes: u64,
    #[ch(codec = "Gorilla(4), LZ4")]
    pub request_time: f32,
    pub upstream_time: Option<f32>,
    #[ch(default = "'-'")]
    pub referer: String,
    #[ch(ttl = "time + toIntervalDay(30)")]
    pub user_agent: String,
    #[ch(name = "tls.version", low_cardinality)]
    #[serde(rename = "tls.version")]
    pub tls_version: String,
    #[ch(name = "tls.cipher", low_cardinality)]
    #[serde(rename = "tls.cipher")]
    pub tls_cipher: String,
    #[ch(
        name = "status class",
        alias = "concat(toString(intDiv(status, 100)), 'xx')"
    )]
    #[serde(rename = "status class")]
    pub status_class: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "UPPERCASE")]
pub enum Method {
    #[ch(name = "")]
    Empty = 0,
    Get = 1,
    Head = 2,
    Post = 3,
    Put = 4,
    Delete = 5,
    Connect = 6,
    Options = 7,
    Trace = 8,
    Patch = 9,
}

/// Who writes more than everyone else
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    query = "
        WITH totals AS (SELECT tenant, service, sum(lines) AS lines FROM logs.volume_1h WHERE hour > (now() - toIntervalDay(1)) GROUP BY tenant, service)
        SELECT tenant, service, lines, round((100 * lines) / sum(lines) OVER (PARTITION BY tenant), 2) AS percent, row_number() OVER (PARTITION BY tenant ORDER BY lines DESC) AS rank
        FROM totals
        QUALIFY rank <= 10
        ORDER BY tenant ASC, rank ASC
    "
)]
pub struct NoisyServices {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    pub lines: u64,
    pub percent: f64,
    pub rank: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    partition_by = "toDate(TimestampTime)",
    order_by = (service_name, timestamp_time, timestamp),
    primary_key = (service_name, timestamp_time),
    ttl = "TimestampTime + toIntervalDay(180)",
    settings(ttl_only_drop_parts = 1),
    index(
        idx_log_attr_key,
        expr = "mapKeys(LogAttributes)",
        type = "bloom_filter(0.01)"
    ),
    index(
        idx_log_attr_value,
        expr = "mapValues(LogAttributes)",
        type = "bloom_filter(0.01)"
    ),
    index(
        idx_lower_body,
        expr = "lower(Body)",
        type = "tokenbf_v1(32768, 3, 0)",
        granularity = 8
    ),
    index(
        idx_res_attr_key,
        expr = "mapKeys(ResourceAttributes)",
        type = "bloom_filter(0.01)"
    ),
    index(
        idx_res_attr_value,
        expr = "mapValues(ResourceAttributes)",
        type = "bloom_filter(0.01)"
    ),
    index(idx_trace_id, expr = trace_id, type = "bloom_filter(0.001)")
)]
pub struct OtelLogs {
    #[ch(name = "Timestamp", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "Timestamp")]
    pub timestamp: DateTime64<9>,
    #[ch(name = "TimestampTime", default = "toDateTime(Timestamp)")]
    #[serde(rename = "TimestampTime")]
    pub timestamp_time: DateTime,
    #[ch(name = "TraceId", codec = "ZSTD(1)")]
    #[serde(rename = "TraceId")]
    pub trace_id: String,
    #[ch(name = "SpanId", codec = "ZSTD(1)")]
    #[serde(rename = "SpanId")]
    pub span_id: String,
    #[ch(name = "TraceFlags")]
    #[serde(rename = "TraceFlags")]
    pub trace_flags: u8,
    #[ch(name = "SeverityText", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "SeverityText")]
    pub severity_text: String,
    #[ch(name = "SeverityNumber")]
    #[serde(rename = "SeverityNumber")]
    pub severity_number: u8,
    #[ch(name = "ServiceName", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "Body", codec = "ZSTD(1)")]
    #[serde(rename = "Body")]
    pub body: String,
    #[ch(name = "ResourceSchemaUrl", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "ResourceSchemaUrl")]
    pub resource_schema_url: String,
    #[ch(
        name = "ResourceAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "ResourceAttributes")]
    pub resource_attributes: HashMap<String, String>,
    #[ch(name = "ScopeName", codec = "ZSTD(1)")]
    #[serde(rename = "ScopeName")]
    pub scope_name: String,
    #[ch(
        name = "ScopeAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "ScopeAttributes")]
    pub scope_attributes: HashMap<String, String>,
    #[ch(
        name = "LogAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "LogAttributes")]
    pub log_attributes: HashMap<String, String>,
    #[ch(name = "EventName", codec = "ZSTD(1)")]
    #[serde(rename = "EventName")]
    pub event_name: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    query = "
        SELECT tenant, day, bytes, joinGet('logs.quota', 'bytes_per_day', tenant) AS allowed
        FROM (SELECT tenant, toDate(minute) AS day, sum(bytes) AS bytes FROM logs.volume_1m GROUP BY tenant, day)
        WHERE bytes > allowed
    "
)]
pub struct OverQuota {
    pub tenant: u32,
    pub day: Date,
    pub bytes: u64,
    pub allowed: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = AggregatingMergeTree,
    order_by = (tenant, fingerprint),
    settings(index_granularity = 1024)
)]
pub struct Pattern {
    pub tenant: u32,
    pub fingerprint: u64,
    #[ch(type = "SimpleAggregateFunction(anyLast, String)")]
    pub template: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(3, 'UTC'))")]
    #[serde(skip)]
    pub sample: (),
    #[ch(type = "SimpleAggregateFunction(groupUniqArrayArray, Array(String))")]
    pub services: Vec<String>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined(14), LowCardinality(String))")]
    #[serde(skip)]
    pub hosts: (),
    #[ch(type = "SimpleAggregateFunction(min, DateTime64(3, 'UTC'))")]
    pub first: DateTime64<3>,
    #[ch(type = "SimpleAggregateFunction(max, DateTime64(3, 'UTC'))")]
    pub last: DateTime64<3>,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub lines: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    to = "logs.pattern",
    query = r"
        SELECT tenant, sipHash64(replaceRegexpAll(message, '[0-9a-fA-F]{2,}|\\d+', '<*>')) AS fingerprint, anyLast(replaceRegexpAll(message, '[0-9a-fA-F]{2,}|\\d+', '<*>')) AS template, argMaxState(message, ts) AS sample, groupUniqArray(toString(service)) AS services, uniqCombinedState(14)(host) AS hosts, min(ts) AS first, max(ts) AS last, count() AS lines
        FROM logs.hot
        GROUP BY tenant, fingerprint
    "
)]
pub struct PatternMv {
    pub tenant: u32,
    pub fingerprint: u64,
    pub template: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(3, 'UTC'))")]
    pub sample: (),
    pub services: Vec<String>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined(14), String)")]
    pub hosts: (),
    #[ch(type = "DateTime64(3, 'UTC')")]
    pub first: DateTime64<3>,
    #[ch(type = "DateTime64(3, 'UTC')")]
    pub last: DateTime64<3>,
    pub lines: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = "Join(ANY, LEFT, tenant)")]
pub struct Quota {
    pub tenant: u32,
    pub bytes_per_day: u64,
    #[ch(default = "1.5")]
    pub burst: f32,
}

/// "saved" in the UI
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "logs", engine = Log)]
pub struct SavedQuery {
    pub owner: String,
    pub name: String,
    pub text: String,
    #[ch(default = "false")]
    pub shared: bool,
    #[ch(default = "now()")]
    pub at: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    engine = MergeTree,
    partition_by = "toMonday(ts)",
    order_by = (ts, id),
    settings(index_granularity = 4096),
    index(body_text, expr = body, type = "text(tokenizer = 'splitByNonAlpha')"),
    index(tags_text, expr = tags, type = "text(tokenizer = 'array')"),
    index(
        title_text,
        expr = "lower(title)",
        type = "text(tokenizer = ngrams(4))"
    )
)]
pub struct Searchable {
    pub ts: DateTime,
    #[ch(codec = "T64, LZ4HC(9)")]
    pub id: u64,
    pub body: String,
    pub tags: Vec<String>,
    pub title: String,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "logs",
    query = "
        SELECT ts, level, service, message
        FROM logs.hot
        WHERE (tenant = {tenant:UInt32}) AND (ts > (now() - toIntervalSecond({seconds:UInt32})))
        ORDER BY ts DESC
        LIMIT 100
    "
)]
pub struct Tail {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    name = "volume_1h",
    engine = SummingMergeTree,
    partition_by = "toYear(hour)",
    order_by = (tenant, service, hour),
    ttl = "hour + toIntervalYear(1) GROUP BY tenant, service SET lines = sum(lines), bytes = sum(bytes)"
)]
pub struct Volume1h {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(codec = "DoubleDelta, ZSTD(1)")]
    pub hour: DateTime,
    pub lines: u64,
    pub bytes: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    name = "volume_1h_mv",
    to = Volume1h,
    query = "
        SELECT tenant, service, toStartOfHour(minute) AS hour, sum(lines) AS lines, sum(bytes) AS bytes
        FROM logs.volume_1m
        GROUP BY tenant, service, hour
    "
)]
pub struct Volume1hMv {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    pub hour: DateTime,
    pub lines: u64,
    pub bytes: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "logs",
    name = "volume_1m",
    engine = "SummingMergeTree((lines, bytes))",
    partition_by = "toYYYYMM(minute)",
    order_by = (tenant, service, level, minute),
    ttl = "minute + toIntervalDay(30)"
)]
pub struct Volume1m {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub level: String,
    #[ch(codec = "DoubleDelta, ZSTD(1)")]
    pub minute: DateTime,
    #[ch(codec = "T64, ZSTD(1)")]
    pub lines: u64,
    #[ch(codec = "T64, ZSTD(1)")]
    pub bytes: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "logs",
    name = "volume_1m_mv",
    to = "logs.volume_1m",
    query = "
        SELECT tenant, service, toString(level) AS level, toStartOfMinute(ts) AS minute, count() AS lines, sum(length(message)) AS bytes
        FROM logs.hot
        GROUP BY tenant, service, level, minute
    "
)]
pub struct Volume1mMv {
    pub tenant: u32,
    #[ch(low_cardinality)]
    pub service: String,
    pub level: String,
    #[ch(type = "DateTime('UTC')")]
    pub minute: DateTime,
    pub lines: u64,
    pub bytes: u64,
}
