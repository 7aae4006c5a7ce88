//! The database `billing`.

use chx::prelude::*;

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "POSTGRESQL(DB 'ledger' HOST 'ledger' PASSWORD 'env:BILLING_ACCOUNTS_PASSWORD' PORT 5432 REPLICA(HOST 'a' PASSWORD 'env:BILLING_ACCOUNTS_PASSWORD_2' PORT 1) TABLE 'account' USER 'u')",
    layout = "COMPLEX_KEY_HASHED()",
    lifetime = 300
)]
pub struct Accounts {
    pub id: u64,
    #[ch(default = "''")]
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = regexp,
    source = "YAMLREGEXPTREE(PATH '/dicts/agents.yaml')",
    layout = "REGEXP_TREE()",
    lifetime = 0
)]
pub struct Agents {
    pub regexp: String,
    pub name: String,
    #[ch(default = r"'\\1'")]
    pub version: String,
}

/// The countries, by number.
#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "CLICKHOUSE(DB 'billing' INVALIDATE_QUERY 'SELECT max(id) FROM billing.country' TABLE 'country')",
    layout = "HASHED(MAX_LOAD_FACTOR 0.5 SHARDS 4)",
    lifetime = (60, 300)
)]
pub struct Countries {
    pub id: u64,
    #[ch(default = "'unknown'", injective)]
    pub name: String,
    #[ch(default = "0", hierarchical, bidirectional)]
    pub continent: u64,
    #[ch(default = "'EUR'")]
    pub currency: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "billing", engine = ReplacingMergeTree, order_by = id)]
pub struct Country {
    pub id: u64,
    pub name: String,
    pub continent: u64,
    #[ch(low_cardinality)]
    pub currency: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    engine = "MySQL('crm:3306', 'crm', 'customer', 'billing', 'env:BILLING_CRM_CUSTOMER_PASSWORD')"
)]
pub struct CrmCustomer {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "MYSQL(DB 'crm' HOST 'crm' PASSWORD 'env:BILLING_CUSTOMERS_PASSWORD' PORT 3306 REPLICA(HOST 'crm-1' PRIORITY 1) REPLICA(HOST 'crm-2' PRIORITY 2) TABLE 'customer' USER 'billing' WHERE 'id > 1')",
    layout = "CACHE(SIZE_IN_CELLS 1000)",
    lifetime = (300, 360)
)]
pub struct Customers {
    pub id: u64,
    #[ch(default = "''")]
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "CASSANDRA(ALLOW_FILTERING 1 COLUMN_FAMILY 'f' CONSISTENCY 'One' HOST 'c' KEYSPACE 'k' PARTITION_KEY_PREFIX 1)",
    layout = "SPARSE_HASHED(PREALLOCATE 1)",
    lifetime = 5
)]
pub struct Devices {
    pub id: u64,
    pub name: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    engine = MergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (customer, at)
)]
pub struct Invoice {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    pub customer: u64,
    pub country: u64,
    pub currency: String,
    pub cents: i64,
    #[ch(default = "now()")]
    pub at: DateTime,
    #[ch(materialized = "dictGet('billing.countries', 'name', country)")]
    pub country_name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    comment = "# not a heading",
    primary_key = id,
    source = "NULL()",
    layout = "FLAT(INITIAL_ARRAY_SIZE 10 MAX_ARRAY_SIZE 100)",
    lifetime = 0,
    settings(format_csv_allow_single_quotes = 0, max_threads = 2)
)]
pub struct Kinds {
    pub id: u64,
    #[ch(default = "'x'")]
    pub text: String,
    #[ch(default = "NULL")]
    pub small: Option<i32>,
    #[ch(default = "['a', 'b']")]
    pub tags: Vec<String>,
    #[serde(with = "clickhouse::serde::uuid")]
    pub uuid: uuid::Uuid,
    #[serde(with = "clickhouse::serde::ipv4")]
    pub ip: std::net::Ipv4Addr,
    pub address: std::net::Ipv6Addr,
    #[ch(type = "DateTime('UTC')")]
    pub at: DateTime,
    pub exact: DateTime64<3>,
    #[ch(type = "Decimal(10, 2)")]
    pub cents: i64,
    #[ch(default = "-1")]
    pub debt: i8,
    pub day: Date32,
    pub ratio: f32,
    pub is_big: u8,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "ODBC(CONNECTION_STRING 'DSN=legacy' TABLE 't')",
    layout = "HASHED_ARRAY()",
    lifetime = 5
)]
pub struct Legacy {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "CLICKHOUSE(DB 'billing' PASSWORD 'env:BILLING_LOCAL_PASSWORD' PORT 9000 SECURE 0 TABLE 'country' USER 'default')",
    layout = "DIRECT()"
)]
pub struct Local {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "CLICKHOUSE(NAME 'billing_source' TABLE 't')",
    layout = "FLAT()",
    lifetime = 5,
    settings(max_threads = 2)
)]
pub struct Named {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "MONGODB(COLLECTION 'note' URI 'env:BILLING_NOTES_URI')",
    layout = "COMPLEX_KEY_HASHED()",
    lifetime = 1
)]
pub struct Notes {
    #[ch(is_object_id)]
    pub id: String,
    pub note: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    name = "odd dict",
    primary_key = a_b,
    range = (from, self_),
    source = "NULL()",
    layout = "RANGE_HASHED()",
    lifetime = 1
)]
pub struct OddDict {
    #[ch(name = "a b")]
    #[serde(rename = "a b")]
    pub a_b: u64,
    pub r#type: String,
    #[ch(name = "it's", default = "1")]
    #[serde(rename = "it's")]
    pub it_s: u8,
    pub from: Date,
    #[ch(name = "Self")]
    #[serde(rename = "Self")]
    pub self_: Date,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "EXECUTABLE_POOL(COMMAND 'pool.sh' FORMAT 'TSV' IMPLICIT_KEY 1 SIZE 4)",
    layout = "COMPLEX_KEY_DIRECT()"
)]
pub struct Pooled {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = prefix,
    source = "FILE(FORMAT 'CSV' PATH '/dicts/asn.csv')",
    layout = "IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1)",
    lifetime = 3600
)]
pub struct Prefixes {
    pub prefix: String,
    pub asn: u32,
    #[ch(default = "'??'")]
    pub country: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    engine = MergeTree,
    order_by = (currency, valid_from)
)]
pub struct Rate {
    pub currency: String,
    pub plan: u64,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub rate: Decimal64<6>,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = (currency, plan),
    range = (valid_from, valid_to),
    source = r"CLICKHOUSE(QUERY 'SELECT currency, plan, valid_from, valid_to, rate FROM billing.rate WHERE currency != \'\\\\N\'')",
    layout = "COMPLEX_KEY_RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')",
    lifetime = 3600
)]
pub struct Rates {
    pub currency: String,
    pub plan: u64,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    #[ch(expression = "rate / 100")]
    pub rate: Decimal64<6>,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = id,
    source = "REDIS(DB_INDEX 0 HOST 'cache' PASSWORD 'env:BILLING_SESSIONS_PASSWORD' PORT 6379 STORAGE_TYPE 'simple')",
    layout = "SSD_CACHE(BLOCK_SIZE 4096 PATH '/var/direct')",
    lifetime = 1
)]
pub struct Sessions {
    pub id: u64,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = r#type,
    source = "NULL()",
    layout = "HASHED()",
    lifetime = 1
)]
pub struct Type {
    pub r#type: u64,
    #[ch(name = "self")]
    #[serde(rename = "self")]
    pub self_: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = country,
    source = "HTTP(CREDENTIALS(PASSWORD 'env:BILLING_VAT_PASSWORD' USER 'u') FORMAT 'JSONEachRow' HEADERS(HEADER(NAME 'ACCEPT' VALUE 'text/plain')) URL 'http://tax/vat')",
    layout = "COMPLEX_KEY_HASHED_ARRAY()",
    lifetime = 86400
)]
pub struct Vat {
    pub country: String,
    #[ch(default = "0")]
    pub percent: f64,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "billing",
    primary_key = key,
    source = "EXECUTABLE(COMMAND 'zones.sh' FORMAT 'TSV')",
    layout = "POLYGON(STORE_POLYGON_KEY_COLUMN 1)",
    lifetime = 0
)]
pub struct Zones {
    pub key: Vec<Vec<Vec<(f64, f64)>>>,
    #[ch(default = "''")]
    pub name: String,
}
