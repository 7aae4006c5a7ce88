//! The database `documents`.

use std::collections::HashMap;

use chx::prelude::*;

/// entity, attribute, value
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (entity, name, at)
)]
pub struct Attribute {
    pub entity: u64,
    #[ch(low_cardinality)]
    pub name: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Variant(Array(String), Bool, DateTime64(3), Float64, Int64, String)")]
    #[serde(skip)]
    pub value: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Dynamic(max_types = 8)")]
    #[serde(skip)]
    pub previous: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Dynamic")]
    #[serde(skip)]
    pub anything: (),
    #[ch(alias = "toString(value)")]
    pub as_text: String,
    pub at: DateTime64<3>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = AggregatingMergeTree,
    order_by = (entity, name)
)]
pub struct AttributeLatest {
    pub entity: u64,
    #[ch(low_cardinality)]
    pub name: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(3))")]
    #[serde(skip)]
    pub value: (),
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub changes: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "documents",
    to = "documents.attribute_latest",
    query = "
        SELECT entity, name, argMaxState(toString(value), at) AS value, count() AS changes
        FROM documents.attribute
        GROUP BY entity, name
    "
)]
pub struct AttributeLatestMv {
    pub entity: u64,
    #[ch(low_cardinality)]
    pub name: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(3))")]
    pub value: (),
    pub changes: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    query = "
        SELECT variantType(value) AS type, count() AS n, any(variantElement(value, 'String')) AS example
        FROM documents.attribute
        GROUP BY 1
        ORDER BY 2 DESC
    "
)]
pub struct ByType {
    pub r#type: ByTypeType,
    pub n: u64,
    pub example: Option<String>,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "PascalCase")]
pub enum ByTypeType {
    None = -1,
    #[ch(name = "Array(String)")]
    ArrayString = 0,
    Bool = 1,
    #[ch(name = "DateTime64(3)")]
    DateTime643 = 2,
    Float64 = 3,
    Int64 = 4,
    String = 5,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = ReplacingMergeTree(revision),
    partition_by = kind,
    order_by = (kind, id),
    settings(
        min_bytes_for_wide_part = 0,
        object_serialization_version = "v3",
        object_shared_data_serialization_version = "advanced"
    ),
    index(by_author, expr = author, type = "bloom_filter", granularity = 2),
    index(
        by_tags,
        expr = "doc.tags",
        type = "bloom_filter(0.05)",
        granularity = 4
    )
)]
pub struct Document {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    #[ch(low_cardinality)]
    pub kind: String,
    #[ch(
        type = r"JSON(max_dynamic_types = 16, max_dynamic_paths = 256, `meta.author` String, `meta.created` DateTime64(3), tags Array(String), SKIP internal, SKIP REGEXP '^debug\\.')"
    )]
    pub doc: String,
    pub revision: u32,
    #[ch(type = "DateTime64(3, 'UTC')", default = "now64(3, 'UTC')")]
    pub changed: DateTime64<3>,
    #[ch(materialized = "doc.`meta.author`")]
    pub author: String,
    #[ch(alias = "length(toString(doc))")]
    pub size: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    partition_by = "toYYYYMM(changed)",
    order_by = (id, revision),
    ttl = "toDateTime(changed) + toIntervalYear(5)",
    index(by_author, expr = author, type = "bloom_filter", granularity = 2),
    index(
        by_tags,
        expr = "doc.tags",
        type = "bloom_filter(0.05)",
        granularity = 4
    )
)]
pub struct DocumentHistory {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    #[ch(low_cardinality)]
    pub kind: String,
    #[ch(
        type = r"JSON(max_dynamic_types = 16, max_dynamic_paths = 256, `meta.author` String, `meta.created` DateTime64(3), tags Array(String), SKIP internal, SKIP REGEXP '^debug\\.')"
    )]
    pub doc: String,
    pub revision: u32,
    #[ch(type = "DateTime64(3, 'UTC')", default = "now64(3, 'UTC')")]
    pub changed: DateTime64<3>,
    #[ch(materialized = "doc.`meta.author`")]
    pub author: String,
    #[ch(alias = "length(toString(doc))")]
    pub size: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    order_by = (doc, chunk),
    settings(index_granularity = 1024),
    index(
        nearest,
        expr = vector,
        type = "vector_similarity('hnsw', 'cosineDistance', 384)"
    ),
    constraint(dimensions, check = "length(vector) = 384")
)]
pub struct Embedding {
    #[serde(with = "clickhouse::serde::uuid")]
    pub doc: uuid::Uuid,
    pub chunk: u16,
    #[ch(codec = "ZSTD(9)")]
    pub text: String,
    #[ch(codec = "NONE")]
    pub vector: Vec<f32>,
    #[ch(low_cardinality)]
    pub model: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "QBit(BFloat16, 64)")]
    #[serde(skip)]
    pub q: (),
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    query = "
        SELECT id, doc.`meta.author` AS author, doc.title.:String AS title, doc.items.:`Array(JSON)`.price AS prices, doc.^meta AS meta
        FROM documents.document
    "
)]
pub struct Flat {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    pub author: String,
    pub title: Option<String>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Array(Dynamic(max_types = 8))")]
    #[serde(skip)]
    pub prices: (),
    #[ch(
        type = r"JSON(max_dynamic_types = 16, max_dynamic_paths = 256, author String, created DateTime64(3), SKIP internal, SKIP REGEXP '^debug\\.')"
    )]
    pub meta: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    partition_by = "toYear(created_at)",
    order_by = ("type", repo_name, created_at)
)]
pub struct GithubEvent {
    pub id: u64,
    pub r#type: GithubEventType,
    #[ch(low_cardinality)]
    pub actor_login: String,
    #[ch(low_cardinality)]
    pub repo_name: String,
    pub created_at: DateTime,
    pub file_time: DateTime,
    pub action: Action,
    pub number: u32,
    #[ch(type = "Array(LowCardinality(String))")]
    pub labels: Vec<String>,
    #[ch(type = "Array(LowCardinality(String))")]
    pub assignees: Vec<String>,
    pub merged: bool,
    pub additions: u32,
    pub deletions: u32,
    pub body: String,
    pub path: String,
    #[ch(codec = "ZSTD(9)")]
    pub diff_hunk: String,
    pub release_tag_name: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "PascalCase")]
pub enum GithubEventType {
    PushEvent = 1,
    PullRequestEvent = 2,
    IssuesEvent = 3,
    IssueCommentEvent = 4,
    WatchEvent = 5,
    ForkEvent = 6,
    CreateEvent = 7,
    DeleteEvent = 8,
    ReleaseEvent = 9,
    GollumEvent = 10,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None = 0,
    Opened = 1,
    Closed = 2,
    Reopened = 3,
    Created = 4,
    Started = 5,
    Synchronize = 6,
}

/// put the file beside it
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = "File('LineAsString')")]
pub struct ImportFile {
    pub line: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = Null)]
pub struct Inbox {
    #[ch(type = "JSON")]
    pub doc: String,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "documents",
    to = "documents.document",
    query = "
        SELECT toUUID(ifNull(CAST(doc.id, 'Nullable(String)'), toString(generateUUIDv4()))) AS id, ifNull(CAST(doc.kind, 'Nullable(String)'), 'unknown') AS kind, doc, toUInt32(ifNull(CAST(doc.rev, 'Nullable(Int64)'), 0)) AS revision
        FROM documents.inbox
    "
)]
pub struct InboxToDocument {
    pub id: uuid::Uuid,
    #[ch(low_cardinality)]
    pub kind: String,
    #[ch(type = "JSON")]
    pub doc: String,
    pub revision: u32,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "documents",
    query = "
        SELECT doc, chunk, cosineDistance(vector, {query:Array(Float32)}) AS distance
        FROM documents.embedding
        ORDER BY distance ASC
        LIMIT {k:UInt8}
    "
)]
pub struct Nearest {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    order_by = (id, "address.geo.lat")
)]
pub struct NestedTuple {
    pub id: u64,
    pub address: Address,
    pub pair: (u8, String),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Tuple")]
    #[serde(skip)]
    pub empty: (),
    pub matrix: Vec<Vec<Vec<f32>>>,
    pub lookup: HashMap<String, HashMap<u8, Vec<Lookup>>>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Map(UUID, Tuple(Date, IPv4))")]
    #[serde(skip)]
    pub key: (),
    #[ch(type = "Map(Date, UInt64)")]
    pub day_map: Vec<(Date, u64)>,
    #[ch(low_cardinality, default = "address.street")]
    pub city: String,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Address {
    pub street: String,
    #[ch(name = "house number")]
    pub house_number: String,
    pub geo: Geo,
    pub lines: Vec<Line>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Geo {
    pub lat: f64,
    pub lon: f64,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Line {
    pub no: u8,
    pub text: Option<String>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Lookup {
    pub a: String,
    pub b: Option<Decimal32<2>>,
}

/// which paths there are
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "documents",
    engine = SummingMergeTree,
    order_by = (kind, path),
    query = "
        SELECT kind, path, count() AS documents
        FROM documents.document
        ARRAY JOIN JSONAllPaths(doc) AS path
        GROUP BY kind, path
    "
)]
pub struct PathUsage {
    #[ch(low_cardinality)]
    pub kind: String,
    pub path: String,
    pub documents: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    query = "
        SELECT entity, groupArrayIf(name, name LIKE 'a%') AS names, mapFromArrays(groupArray(toString(name)), groupArray(toString(value))) AS `all`
        FROM documents.attribute
        GROUP BY entity
    "
)]
pub struct Pivot {
    pub entity: u64,
    pub names: Vec<String>,
    pub all: HashMap<String, String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = MergeTree, order_by = (h3, id))]
pub struct Place {
    pub id: u64,
    pub name: String,
    #[ch(type = "Point")]
    pub at: (f64, f64),
    #[ch(type = "LineString")]
    pub track: Vec<(f64, f64)>,
    #[ch(type = "MultiLineString")]
    pub tracks: Vec<Vec<(f64, f64)>>,
    #[ch(type = "Ring")]
    pub border: Vec<(f64, f64)>,
    #[ch(type = "Polygon")]
    pub shape: Vec<Vec<(f64, f64)>>,
    #[ch(type = "MultiPolygon")]
    pub shapes: Vec<Vec<Vec<(f64, f64)>>>,
    #[ch(materialized = "geoToH3(at.2, at.1, 9)")]
    pub h3: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Geometry")]
    #[serde(skip)]
    pub any: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = MergeTree, order_by = id)]
pub struct PlainJson {
    pub id: u64,
    #[ch(type = "JSON")]
    pub raw: String,
    #[ch(default = "now()")]
    pub at: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = "URL('http://127.0.0.1:1/data.csv', 'CSVWithNames')",
    settings(format_csv_delimiter = "|", input_format_skip_unknown_fields = 1)
)]
pub struct RemoteCsv {
    pub id: u64,
    pub name: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = MergeTree, order_by = id)]
pub struct Schedule {
    pub id: u32,
    pub opens: Time,
    pub closes: Time64<3>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "IntervalHour")]
    #[serde(skip)]
    pub every: (),
    pub from: Date32,
    pub until: Option<Date32>,
    pub zones: Vec<String>,
    #[ch(type = "Array(DateTime64(9, 'America/New_York'))")]
    pub ticks: Vec<DateTime64<9>>,
    pub b: clickhouse::types::BFloat16,
    pub w: clickhouse::types::Int256,
    pub u: Option<clickhouse::types::UInt256>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = AggregatingMergeTree,
    order_by = repo_name
)]
pub struct StarCount {
    #[ch(low_cardinality)]
    pub repo_name: String,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub stars: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined, LowCardinality(String))")]
    #[serde(skip)]
    pub stargazers: (),
    #[ch(type = "SimpleAggregateFunction(min, DateTime)")]
    pub first: DateTime,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "documents",
    to = "documents.star_count",
    query = "
        SELECT repo_name, count() AS stars, uniqCombinedState(actor_login) AS stargazers, min(created_at) AS first
        FROM documents.github_event
        WHERE type = 'WatchEvent'
        GROUP BY repo_name
    "
)]
pub struct StarCountMv {
    #[ch(low_cardinality)]
    pub repo_name: String,
    pub stars: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined, String)")]
    pub stargazers: (),
    pub first: DateTime,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    query = "
        SELECT arrayJoin(doc.tags) AS tag, count() AS uses
        FROM documents.document
        GROUP BY tag
        HAVING uses > 1
        ORDER BY uses DESC, tag ASC
        LIMIT 0, 50
    "
)]
pub struct TagCloud {
    pub tag: String,
    pub uses: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "documents", engine = MergeTree, order_by = (hot, id))]
pub struct TypedJson {
    pub id: u64,
    #[ch(
        type = "JSON(`a.b` UInt32, `a.c` Array(JSON), geo Tuple(lat Float64, lon Float64), price Decimal(18, 4), when Nullable(DateTime))"
    )]
    pub j: String,
    #[ch(materialized = "j.a.b")]
    pub hot: u32,
    #[ch(type = "Map(LowCardinality(String), JSON)")]
    pub kinds: HashMap<String, String>,
    #[ch(type = "Array(JSON(max_dynamic_paths = 8))")]
    pub list: Vec<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    engine = MergeTree,
    partition_by = "toDate(received)",
    order_by = (source, received),
    ttl = ("toDateTime(received) + toIntervalDay(14)", "toDateTime(received) + toIntervalDay(2) RECOMPRESS CODEC(ZSTD(12))")
)]
pub struct Webhook {
    #[ch(default = "now64(6)")]
    pub received: DateTime64<6>,
    #[ch(low_cardinality)]
    pub source: String,
    pub headers: HashMap<String, String>,
    #[ch(codec = "ZSTD(6)")]
    pub body: String,
    #[ch(type = "JSON", default = "CAST(body, 'JSON')", codec = "ZSTD(3)")]
    pub body_json: String,
    #[ch(materialized = "isValidJSON(body)")]
    pub valid: bool,
    #[ch(ephemeral = "1")]
    pub attempt: u8,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "documents",
    name = "weird `view`",
    query = r#"
        SELECT 'it\'s' AS `a'b`, id AS `id "quoted"`, 'heredoc \'text\'' AS h, '\t\n\\' AS esc
        FROM documents.plain_json
    "#
)]
pub struct WeirdView {
    #[ch(name = "a'b")]
    #[serde(rename = "a'b")]
    pub a_b: String,
    #[ch(name = r#"id "quoted""#)]
    #[serde(rename = r#"id "quoted""#)]
    pub id_quoted: u64,
    pub h: String,
    pub esc: String,
}
