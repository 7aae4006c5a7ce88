//! The database `traces`.

use std::collections::HashMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    engine = ReplacingMergeTree,
    order_by = (fingerprint, "at DESC")
)]
pub struct Error {
    pub at: DateTime,
    pub fingerprint: u128,
    #[serde(with = "clickhouse::serde::uuid_vec")]
    pub group_ids: Vec<uuid::Uuid>,
    #[serde(with = "clickhouse::serde::uuid::option")]
    pub owner: Option<uuid::Uuid>,
    pub stack: Vec<Stack>,
    #[serde(with = "clickhouse::serde::ipv4::option")]
    pub host: Option<std::net::Ipv4Addr>,
    #[ch(type = "Point")]
    pub shape: (f64, f64),
    #[ch(type = "Polygon")]
    pub area: Vec<Vec<(f64, f64)>>,
    #[ch(ttl = "at + toIntervalDay(1)")]
    pub span: Option<String>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Stack {
    pub file: String,
    pub line: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    engine = MergeTree,
    partition_by = "toDate(Timestamp)",
    order_by = (service_name, span_name, "toUnixTimestamp(Timestamp)", trace_id),
    ttl = "toDateTime(Timestamp) + toIntervalDay(3)",
    settings(ttl_only_drop_parts = 1),
    index(idx_duration, expr = duration, type = "minmax"),
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
pub struct OtelTraces {
    #[ch(name = "Timestamp", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "Timestamp")]
    pub timestamp: DateTime64<9>,
    #[ch(name = "TraceId", codec = "ZSTD(1)")]
    #[serde(rename = "TraceId")]
    pub trace_id: String,
    #[ch(name = "SpanId", codec = "ZSTD(1)")]
    #[serde(rename = "SpanId")]
    pub span_id: String,
    #[ch(name = "ParentSpanId", codec = "ZSTD(1)")]
    #[serde(rename = "ParentSpanId")]
    pub parent_span_id: String,
    #[ch(name = "TraceState", codec = "ZSTD(1)")]
    #[serde(rename = "TraceState")]
    pub trace_state: String,
    #[ch(name = "SpanName", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "SpanName")]
    pub span_name: String,
    #[ch(name = "SpanKind", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "SpanKind")]
    pub span_kind: String,
    #[ch(name = "ServiceName", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(
        name = "ResourceAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "ResourceAttributes")]
    pub resource_attributes: HashMap<String, String>,
    #[ch(
        name = "SpanAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "SpanAttributes")]
    pub span_attributes: HashMap<String, String>,
    #[ch(name = "Duration", codec = "ZSTD(1)")]
    #[serde(rename = "Duration")]
    pub duration: u64,
    #[ch(name = "StatusCode", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "StatusCode")]
    pub status_code: String,
    #[ch(name = "StatusMessage", codec = "ZSTD(1)")]
    #[serde(rename = "StatusMessage")]
    pub status_message: String,
    #[ch(name = "Events.Timestamp", codec = "ZSTD(1)")]
    #[serde(rename = "Events.Timestamp")]
    pub events_timestamp: Vec<DateTime64<9>>,
    #[ch(
        name = "Events.Name",
        type = "Array(LowCardinality(String))",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "Events.Name")]
    pub events_name: Vec<String>,
    #[ch(
        name = "Events.Attributes",
        type = "Array(Map(LowCardinality(String), String))",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "Events.Attributes")]
    pub events_attributes: Vec<HashMap<String, String>>,
    #[ch(name = "Links.TraceId", codec = "ZSTD(1)")]
    #[serde(rename = "Links.TraceId")]
    pub links_trace_id: Vec<String>,
    #[ch(name = "Links.SpanId", codec = "ZSTD(1)")]
    #[serde(rename = "Links.SpanId")]
    pub links_span_id: Vec<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    engine = AggregatingMergeTree,
    order_by = (parent, child, at),
    ttl = "toDateTime(at) + toIntervalDay(10)",
    settings(allow_nullable_key = 1)
)]
pub struct ServiceEdge {
    #[ch(low_cardinality)]
    pub parent: String,
    #[ch(low_cardinality)]
    pub child: String,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub at: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64)")]
    #[serde(skip)]
    pub duration_quantiles: (),
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub calls: u64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub errors: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "traces",
    to = "traces.service_edge",
    query = "
        SELECT a.ServiceName AS parent, b.ServiceName AS child, toStartOfMinute(b.Timestamp) AS at, quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(b.Duration)) AS duration_quantiles, count() AS calls, countIf(b.StatusCode = 'Error') AS errors
        FROM traces.otel_traces AS a, traces.otel_traces AS b
        WHERE (a.ServiceName != b.ServiceName) AND (a.SpanId = b.ParentSpanId)
        GROUP BY at, parent, child
    "
)]
pub struct ServiceEdgeMv {
    #[ch(low_cardinality)]
    pub parent: String,
    #[ch(low_cardinality)]
    pub child: String,
    pub at: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64)")]
    pub duration_quantiles: (),
    pub calls: u64,
    pub errors: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    query = "
        WITH 1000000000 AS second
        SELECT TraceId, SpanName, Duration / second AS seconds, multiIf(Duration > (10 * second), 'very', 'a bit') AS how
        FROM traces.otel_traces
        WHERE Duration > second
    "
)]
pub struct Slow {
    #[ch(name = "TraceId")]
    #[serde(rename = "TraceId")]
    pub trace_id: String,
    #[ch(name = "SpanName", low_cardinality)]
    #[serde(rename = "SpanName")]
    pub span_name: String,
    pub seconds: f64,
    pub how: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    engine = MergeTree,
    partition_by = "toDate(timestamp)",
    order_by = (kind, timestamp, trace_id),
    primary_key = (kind, timestamp),
    index(
        "odd name",
        expr = "(attributes_number['a']) + 1",
        type = "minmax",
        granularity = 2
    ),
    constraint(positive, assume = "durationNano > 0")
)]
pub struct Span {
    #[ch(type = "DateTime64(9, 'Europe/Berlin')", codec = "DoubleDelta, LZ4")]
    pub timestamp: DateTime64<9>,
    #[ch(name = "traceID", codec = "ZSTD(1)")]
    #[serde(rename = "traceID")]
    pub trace_id: FixedString<32>,
    #[ch(name = "spanID")]
    #[serde(rename = "spanID")]
    pub span_id: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub flags: u32,
    #[ch(name = "durationNano", codec = "T64, ZSTD(1)")]
    #[serde(rename = "durationNano")]
    pub duration_nano: u64,
    #[ch(name = "statusCode")]
    #[serde(rename = "statusCode")]
    pub status_code: StatusCode,
    pub kind: i8,
    #[ch(type = "Map(LowCardinality(String), Float64)", codec = "ZSTD(1)")]
    pub attributes_number: HashMap<String, f64>,
    #[ch(type = "Map(LowCardinality(String), Bool)")]
    pub attributes_bool: HashMap<String, bool>,
    #[ch(codec = "ZSTD(2)")]
    pub events: Vec<String>,
    pub references: References,
    #[serde(with = "clickhouse::serde::ipv4")]
    pub ip: std::net::Ipv4Addr,
    pub peer: Option<std::net::Ipv6Addr>,
    pub cost: Decimal64<6>,
    #[ch(type = "Decimal(5, 2)", default = "0.5")]
    pub ratio: i32,
    pub big: Option<clickhouse::types::Int256>,
    #[ch(alias = "statusCode = 'STATUS_CODE_ERROR'")]
    pub has_error: bool,
    #[ch(
        name = "http.method",
        low_cardinality,
        default = r#"if((attributes_number['x']) > 1., 'GET', 'it\'s \\ "odd"')"#
    )]
    #[serde(rename = "http.method")]
    pub http_method: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatusCode {
    StatusCodeUnset = 0,
    StatusCodeOk = 1,
    StatusCodeError = 2,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct References {
    #[ch(name = "refType", low_cardinality)]
    pub ref_type: String,
    #[ch(name = "spanId")]
    pub span_id: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "traces",
    engine = MergeTree,
    order_by = (trace_id, "toUnixTimestamp(Start)"),
    ttl = "toDateTime(Start) + toIntervalDay(3)",
    index(idx_trace_id, expr = trace_id, type = "bloom_filter(0.01)")
)]
pub struct TraceIdTs {
    #[ch(name = "TraceId", codec = "ZSTD(1)")]
    #[serde(rename = "TraceId")]
    pub trace_id: String,
    #[ch(name = "Start", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "Start")]
    pub start: DateTime64<9>,
    #[ch(name = "End", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "End")]
    pub end: DateTime64<9>,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "traces",
    to = TraceIdTs,
    query = "
        SELECT TraceId, min(Timestamp) AS Start, max(Timestamp) AS End
        FROM traces.otel_traces
        WHERE TraceId != ''
        GROUP BY TraceId
    "
)]
pub struct TraceIdTsMv {
    #[ch(name = "TraceId")]
    pub trace_id: String,
    #[ch(name = "Start")]
    pub start: DateTime64<9>,
    #[ch(name = "End")]
    pub end: DateTime64<9>,
}
