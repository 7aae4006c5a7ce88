-- Documents and semi-structured data: JSON columns with typed paths, Variant, Dynamic, deep tuples and maps, what is flattened out of them.
CREATE DATABASE documents;
CREATE TABLE documents.document
(
    `id` UUID, `kind` LowCardinality(String), `doc` JSON(max_dynamic_paths = 256, max_dynamic_types = 16, `meta.author` String, `meta.created` DateTime64(3), tags Array(String), SKIP `internal`, SKIP REGEXP '^debug\\.'),
    `revision` UInt32, `changed` DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'), `author` String MATERIALIZED doc.`meta.author`, `size` UInt64 ALIAS length(toString(doc)),
    INDEX by_author author TYPE bloom_filter GRANULARITY 2, INDEX by_tags doc.tags TYPE bloom_filter(0.05) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(revision) PARTITION BY kind ORDER BY (kind, id) SETTINGS min_bytes_for_wide_part = 0, object_serialization_version = 'v3', object_shared_data_serialization_version = 'advanced';
CREATE TABLE documents.document_history AS documents.document ENGINE = MergeTree PARTITION BY toYYYYMM(changed) ORDER BY (id, revision) TTL toDateTime(changed) + INTERVAL 5 YEAR;
CREATE TABLE documents.plain_json (`id` UInt64, `raw` JSON, `at` DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY id;
CREATE TABLE documents.typed_json
(
    `id` UInt64, `j` JSON(`a.b` UInt32, `a.c` Array(JSON), `when` Nullable(DateTime), `price` Decimal(18, 4), `geo` Tuple(lat Float64, lon Float64)), `hot` UInt32 MATERIALIZED j.a.b,
    `kinds` Map(LowCardinality(String), JSON), `list` Array(JSON(max_dynamic_paths = 8))
)
ENGINE = MergeTree ORDER BY (hot, id);
CREATE TABLE documents.attribute
(
    `entity` UInt64, `name` LowCardinality(String), `value` Variant(String, Int64, Float64, Bool, DateTime64(3), Array(String)), `previous` Dynamic(max_types = 8), `anything` Dynamic, `as_text` String ALIAS toString(value), `at` DateTime64(3)
)
ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (entity, name, at) COMMENT 'entity, attribute, value';
CREATE TABLE documents.attribute_latest (`entity` UInt64, `name` LowCardinality(String), `value` AggregateFunction(argMax, String, DateTime64(3)), `changes` SimpleAggregateFunction(sum, UInt64)) ENGINE = AggregatingMergeTree ORDER BY (entity, name);
CREATE MATERIALIZED VIEW documents.attribute_latest_mv TO documents.attribute_latest AS SELECT entity, name, argMaxState(toString(value), at) AS value, count() AS changes FROM documents.attribute GROUP BY entity, name;
CREATE TABLE documents.nested_tuple
(
    `id` UInt64, `address` Tuple(street String, `house number` String, geo Tuple(lat Float64, lon Float64), lines Array(Tuple(no UInt8, text Nullable(String)))), `pair` Tuple(UInt8, String), `empty` Tuple(),
    `matrix` Array(Array(Array(Float32))), `lookup` Map(String, Map(UInt8, Array(Tuple(a String, b Nullable(Decimal(9, 2)))))), `key` Map(UUID, Tuple(Date, IPv4)), `day_map` Map(Date, UInt64), `city` LowCardinality(String) DEFAULT address.street
)
ENGINE = MergeTree ORDER BY (id, address.geo.lat);
CREATE TABLE documents.webhook (`received` DateTime64(6) DEFAULT now64(6), `source` LowCardinality(String), `headers` Map(String, String), `body` String CODEC(ZSTD(6)), `body_json` JSON DEFAULT body::JSON CODEC(ZSTD(3)), `valid` Bool MATERIALIZED isValidJSON(body), `attempt` UInt8 EPHEMERAL 1)
ENGINE = MergeTree PARTITION BY toDate(received) ORDER BY (source, received) TTL toDateTime(received) + toIntervalDay(14), toDateTime(received) + toIntervalDay(2) RECOMPRESS CODEC(ZSTD(12));
CREATE TABLE documents.github_event
(
    `id` UInt64, `type` Enum8('PushEvent' = 1, 'PullRequestEvent' = 2, 'IssuesEvent' = 3, 'IssueCommentEvent' = 4, 'WatchEvent' = 5, 'ForkEvent' = 6, 'CreateEvent' = 7, 'DeleteEvent' = 8, 'ReleaseEvent' = 9, 'GollumEvent' = 10),
    `actor_login` LowCardinality(String), `repo_name` LowCardinality(String), `created_at` DateTime, `file_time` DateTime, `action` Enum8('none' = 0, 'opened' = 1, 'closed' = 2, 'reopened' = 3, 'created' = 4, 'started' = 5, 'synchronize' = 6),
    `number` UInt32, `labels` Array(LowCardinality(String)), `assignees` Array(LowCardinality(String)), `merged` Bool, `additions` UInt32, `deletions` UInt32, `body` String, `path` String, `diff_hunk` String CODEC(ZSTD(9)), `release_tag_name` String
)
ENGINE = MergeTree ORDER BY (type, repo_name, created_at) PARTITION BY toYear(created_at);
CREATE TABLE documents.star_count (`repo_name` LowCardinality(String), `stars` SimpleAggregateFunction(sum, UInt64), `stargazers` AggregateFunction(uniqCombined, LowCardinality(String)), `first` SimpleAggregateFunction(min, DateTime)) ENGINE = AggregatingMergeTree ORDER BY repo_name;
CREATE MATERIALIZED VIEW documents.star_count_mv TO documents.star_count AS SELECT repo_name, count() AS stars, uniqCombinedState(actor_login) AS stargazers, min(created_at) AS first FROM documents.github_event WHERE type = 'WatchEvent' GROUP BY repo_name;
CREATE TABLE documents.embedding (`doc` UUID, `chunk` UInt16, `text` String CODEC(ZSTD(9)), `vector` Array(Float32) CODEC(NONE), `model` LowCardinality(String), `q` QBit(BFloat16, 64), INDEX nearest vector TYPE vector_similarity('hnsw', 'cosineDistance', 384), CONSTRAINT dimensions CHECK length(vector) = 384)
ENGINE = MergeTree ORDER BY (doc, chunk) SETTINGS index_granularity = 1024;
CREATE TABLE documents.place (`id` UInt64, `name` String, `at` Point, `track` LineString, `tracks` MultiLineString, `border` Ring, `shape` Polygon, `shapes` MultiPolygon, `h3` UInt64 MATERIALIZED geoToH3(at.2, at.1, 9), `any` Geometry) ENGINE = MergeTree ORDER BY (h3, id);
CREATE TABLE documents.schedule (`id` UInt32, `opens` Time, `closes` Time64(3), `every` IntervalHour, `from` Date32, `until` Nullable(Date32), `zones` Array(String), `ticks` Array(DateTime64(9, 'America/New_York')), `b` BFloat16, `w` Int256, `u` Nullable(UInt256)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE documents.import_file (`line` String) ENGINE = File(LineAsString) COMMENT 'put the file beside it';
CREATE TABLE documents.remote_csv (`id` UInt64, `name` String) ENGINE = URL('http://127.0.0.1:1/data.csv', 'CSVWithNames') SETTINGS format_csv_delimiter = '|', input_format_skip_unknown_fields = 1;
CREATE TABLE documents.inbox (`doc` JSON) ENGINE = Null;
CREATE MATERIALIZED VIEW documents.inbox_to_document TO documents.document (`id` UUID, `kind` LowCardinality(String), `doc` JSON, `revision` UInt32) AS
SELECT toUUID(ifNull(doc.id::Nullable(String), toString(generateUUIDv4()))) AS id, ifNull(doc.kind::Nullable(String), 'unknown') AS kind, doc, toUInt32(ifNull(doc.rev::Nullable(Int64), 0)) AS revision FROM documents.inbox;
CREATE MATERIALIZED VIEW documents.path_usage ENGINE = SummingMergeTree ORDER BY (kind, path) COMMENT 'which paths there are' AS
SELECT kind, path, count() AS documents FROM documents.document ARRAY JOIN JSONAllPaths(doc) AS path GROUP BY kind, path;
CREATE VIEW documents.flat AS SELECT id, doc.`meta.author` AS author, doc.title.:String AS title, doc.items[].price AS prices, doc.^meta AS meta FROM documents.document;
CREATE VIEW documents.tag_cloud AS SELECT arrayJoin(doc.tags) AS tag, count() AS uses FROM documents.document GROUP BY tag HAVING uses > 1 ORDER BY uses DESC, tag ASC LIMIT 50 OFFSET 0;
CREATE VIEW documents.by_type AS SELECT variantType(value) AS type, count() AS n, any(variantElement(value, 'String')) AS example FROM documents.attribute GROUP BY 1 ORDER BY 2 DESC;
CREATE VIEW documents.nearest AS SELECT doc, chunk, cosineDistance(vector, {query:Array(Float32)}) AS distance FROM documents.embedding ORDER BY distance ASC LIMIT {k:UInt8};
CREATE VIEW documents.pivot AS SELECT entity, groupArrayIf(name, name LIKE 'a%') AS names, mapFromArrays(groupArray(toString(name)), groupArray(toString(value))) AS all FROM documents.attribute GROUP BY entity;
CREATE VIEW documents.`weird ``view``` AS SELECT 'it''s' AS `a'b`, "id" AS `id "quoted"`, $$heredoc 'text'$$ AS `h`, '\t\n\\' AS `esc` FROM documents.plain_json;
