//! # Engines
//!
//! In the MergeTree family the arguments are fields of the struct, and the compiler checks them. The arguments of other
//! engines are words of their own. An engine that chx does not know, or one with an argument that is no word and no field,
//! goes into quotes.

use chx::prelude::*;

// ENGINE = MergeTree <- engine = MergeTree
// ORDER BY tuple() <- order_by = ()
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = ())]
struct Plain {
    id: u64,
}

// ENGINE = ReplacingMergeTree(version, is_deleted) <- engine = ReplacingMergeTree(version, is_deleted)
#[derive(ChTable)]
#[ch(database = "reference", engine = ReplacingMergeTree(version, is_deleted), order_by = id)]
struct Replaced {
    id: u64,
    version: u32,
    is_deleted: u8,
}

// ENGINE = SummingMergeTree((views, seconds)) <- engine = SummingMergeTree((views, seconds))
#[derive(ChTable)]
#[ch(database = "reference", engine = SummingMergeTree((views, seconds)), order_by = site)]
struct Summed {
    site: String,
    views: u64,
    seconds: f64,
}

// ENGINE = AggregatingMergeTree <- engine = AggregatingMergeTree
// views SimpleAggregateFunction(sum, UInt64) <- type = "SimpleAggregateFunction(sum, UInt64)"
// users AggregateFunction(uniq, UInt64) <- type = "AggregateFunction(uniq, UInt64)"
#[derive(ChTable)]
#[ch(database = "reference", engine = AggregatingMergeTree, order_by = site)]
struct Aggregated {
    site: String,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    views: u64,
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    users: (),
}

// ENGINE = CollapsingMergeTree(sign) <- engine = CollapsingMergeTree(sign)
#[derive(ChTable)]
#[ch(database = "reference", engine = CollapsingMergeTree(sign), order_by = id)]
struct Collapsed {
    id: u64,
    sign: i8,
}

// ENGINE = VersionedCollapsingMergeTree(sign, version) <- engine = VersionedCollapsingMergeTree(sign, version)
#[derive(ChTable)]
#[ch(database = "reference", engine = VersionedCollapsingMergeTree(sign, version), order_by = id)]
struct VersionedCollapsed {
    id: u64,
    sign: i8,
    version: u32,
}

// ENGINE = CoalescingMergeTree(name) <- engine = CoalescingMergeTree(name)
#[derive(ChTable)]
#[ch(database = "reference", engine = CoalescingMergeTree(name), order_by = id)]
struct Coalesced {
    id: u64,
    name: Option<String>,
}

// ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/replicated', '{replica}') <- engine = ReplicatedMergeTree("'/clickhouse/tables/{shard}/replicated'", "'{replica}'")
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = ReplicatedMergeTree("'/clickhouse/tables/{shard}/replicated'", "'{replica}'"),
    order_by = id,
)]
struct Replicated {
    id: u64,
}

// ENGINE = Memory <- engine = Memory
// SETTINGS max_rows_to_keep = 1000 <- settings(max_rows_to_keep = 1000)
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory, settings(max_rows_to_keep = 1000))]
struct InMemory {
    id: u64,
}

// ENGINE = Log <- engine = Log
#[derive(ChTable)]
#[ch(database = "reference", engine = Log)]
struct Logged {
    id: u64,
}

// ENGINE = `Null` <- engine = Null
#[derive(ChTable)]
#[ch(database = "reference", engine = Null)]
struct Swallowed {
    id: u64,
}

// ENGINE = Set <- engine = Set
#[derive(ChTable)]
#[ch(database = "reference", engine = Set)]
struct Known {
    id: u64,
}

// ENGINE = Join(ANY, LEFT, id) <- engine = Join(ANY, LEFT, id)
#[derive(ChTable)]
#[ch(database = "reference", engine = Join(ANY, LEFT, id))]
struct Joined {
    id: u64,
    name: String,
}

// ENGINE = EmbeddedRocksDB PRIMARY KEY id <- engine = EmbeddedRocksDB, primary_key = id
#[derive(ChTable)]
#[ch(database = "reference", engine = EmbeddedRocksDB, primary_key = id)]
struct KeyValue {
    id: u64,
    value: String,
}

// ENGINE = Merge(reference, '^hits') <- engine = Merge(reference, "'^hits'")
#[derive(ChTable)]
#[ch(database = "reference", engine = Merge(reference, "'^hits'"))]
struct AllHits {
    id: u64,
}

// ENGINE = Buffer(reference, hits, 1, 10, 100, 10000, 1000000, 10000000, 100000000) <- engine = "Buffer(reference, hits, 1, 10, 100, 10000, 1000000, 10000000, 100000000)"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = "Buffer(reference, hits, 1, 10, 100, 10000, 1000000, 10000000, 100000000)"
)]
struct Buffered {
    id: u64,
}

// ENGINE = Distributed('main', 'reference', 'hits', cityHash64(id)) <- engine = Distributed(main, reference, hits, "cityHash64(id)")
#[derive(ChTable)]
#[ch(database = "reference", engine = Distributed(main, reference, hits, "cityHash64(id)"))]
struct Everywhere {
    id: u64,
}

// ENGINE = File(CSV) <- engine = File(CSV)
#[derive(ChTable)]
#[ch(database = "reference", engine = File(CSV))]
struct InFile {
    id: u64,
}

// ENGINE = URL('http://127.0.0.1:1/hits.csv', 'CSV', headers('Authorization' = 'env:TOKEN')) <- engine = "URL('http://127.0.0.1:1/hits.csv', CSV, headers('Authorization' = 'env:TOKEN'))"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = "URL('http://127.0.0.1:1/hits.csv', CSV, headers('Authorization' = 'env:TOKEN'))"
)]
struct Fetched {
    id: u64,
}

// ENGINE = S3('http://127.0.0.1:1/bucket/hits.csv', 'key', 'env:S3_SECRET', 'CSV') <- engine = "S3('http://127.0.0.1:1/bucket/hits.csv', 'key', 'env:S3_SECRET', 'CSV')"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = "S3('http://127.0.0.1:1/bucket/hits.csv', 'key', 'env:S3_SECRET', 'CSV')"
)]
struct InBucket {
    id: u64,
}

// ENGINE = MySQL('127.0.0.1:3306', 'shop', 'users', 'reader', 'env:MYSQL_PASSWORD') <- engine = "MySQL('127.0.0.1:3306', 'shop', 'users', 'reader', 'env:MYSQL_PASSWORD')"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = "MySQL('127.0.0.1:3306', 'shop', 'users', 'reader', 'env:MYSQL_PASSWORD')"
)]
struct InMySql {
    id: u64,
}

// ENGINE = PostgreSQL('127.0.0.1:5432', 'shop', 'users', 'reader', 'file:secrets/postgres') <- engine = "PostgreSQL('127.0.0.1:5432', 'shop', 'users', 'reader', 'file:secrets/postgres')"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = "PostgreSQL('127.0.0.1:5432', 'shop', 'users', 'reader', 'file:secrets/postgres')"
)]
struct InPostgres {
    id: u64,
}

// ENGINE = Kafka <- engine = Kafka
// kafka_sasl_password = 'env:KAFKA_PASSWORD' <- kafka_sasl_password = "env:KAFKA_PASSWORD"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = Kafka,
    settings(
        kafka_broker_list = "127.0.0.1:9092",
        kafka_topic_list = "hits",
        kafka_group_name = "chx",
        kafka_format = "JSONEachRow",
        kafka_sasl_password = "env:KAFKA_PASSWORD",
    ),
)]
struct FromKafka {
    id: u64,
}

// ENGINE = GenerateRandom(1, 5, 3) <- engine = "GenerateRandom(1, 5, 3)"
#[derive(ChTable)]
#[ch(database = "reference", engine = "GenerateRandom(1, 5, 3)")]
struct Invented {
    id: u64,
}

// ENGINE = Alias('reference', 'hits') <- engine = Alias(reference, hits)
/// Another name of a table. The fields are what a row has; the columns are those of the table behind it.
#[derive(ChTable, Row, Deserialize)]
#[ch(database = "reference", engine = Alias(reference, hits))]
struct OldHits {
    id: u64,
}

#[derive(ChTable)]
#[ch(database = "reference", engine = Alias(reference, hits))]
struct OldestHits {}

// SETTINGS merge_with_ttl_timeout = 600, ttl_only_drop_parts = 1 <- shared_settings = GoesByPart, settings(merge_with_ttl_timeout = 600)
#[derive(ChSettings)]
#[ch(settings(ttl_only_drop_parts = 1, merge_with_ttl_timeout = 3600))]
struct GoesByPart;

#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = at,
    ttl = "at + INTERVAL 30 DAY",
    shared_settings = GoesByPart, settings(merge_with_ttl_timeout = 600),
)]
struct Shared {
    at: DateTime,
}

// SETTINGS disk = disk(type = cache, disk = disk(type = s3, access_key_id = 'env:S3_ID', endpoint = 'env:S3_ENDPOINT', secret_access_key = 'env:S3_KEY'), max_size = '10Gi', path = 'archived/') <- disk(type = cache, max_size = "10Gi", path = "archived/", disk(type = s3, endpoint = "env:S3_ENDPOINT", access_key_id = "env:S3_ID", secret_access_key = "env:S3_KEY"))
/// A disk of its own. Keys come from the environment or a file, anything else may.
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = at,
    settings(
        disk(type = cache, max_size = "10Gi", path = "archived/", disk(type = s3, endpoint = "env:S3_ENDPOINT", access_key_id = "env:S3_ID", secret_access_key = "env:S3_KEY")),
    ),
)]
struct Archived {
    at: DateTime,
}
