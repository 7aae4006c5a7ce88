-- Billing: what is looked up in dictionaries, from every kind of source and in every layout.
CREATE DATABASE billing;
CREATE TABLE billing.country (id UInt64, name String, continent UInt64, currency LowCardinality(String)) ENGINE = ReplacingMergeTree ORDER BY id;
CREATE TABLE billing.rate (currency String, plan UInt64, valid_from Date, valid_to Nullable(Date), rate Decimal(18, 6)) ENGINE = MergeTree ORDER BY (currency, valid_from);
CREATE DICTIONARY billing.countries (id UInt64, name String DEFAULT 'unknown' INJECTIVE, continent UInt64 DEFAULT 0 HIERARCHICAL BIDIRECTIONAL, currency String DEFAULT 'EUR')
PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'billing' TABLE 'country' INVALIDATE_QUERY 'SELECT max(id) FROM billing.country')) LIFETIME(MIN 60 MAX 300) LAYOUT(HASHED(SHARDS 4 MAX_LOAD_FACTOR 0.5)) COMMENT 'The countries, by number.';
CREATE DICTIONARY billing.rates (currency String, plan UInt64, valid_from Date, valid_to Nullable(Date), rate Decimal(18, 6) EXPRESSION rate / 100)
PRIMARY KEY currency, plan SOURCE(CLICKHOUSE(QUERY 'SELECT currency, plan, valid_from, valid_to, rate FROM billing.rate WHERE currency != \'\\\\N\'')) LIFETIME(MIN 0 MAX 3600) LAYOUT(COMPLEX_KEY_RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')) RANGE(MIN valid_from MAX valid_to);
CREATE DICTIONARY billing.kinds (id UInt64, text VARCHAR(10) DEFAULT 'x', small Nullable(Int32) DEFAULT NULL, tags Array(String) DEFAULT ['a', 'b'], uuid UUID, ip IPv4, address IPv6, at DateTime('UTC'), exact DateTime64(3), cents Decimal(10, 2), debt Int8 DEFAULT -1, day Date32, ratio Float32, is_big UInt8)
PRIMARY KEY id SOURCE(NULL()) LIFETIME(0) LAYOUT(FLAT(INITIAL_ARRAY_SIZE 10 MAX_ARRAY_SIZE 100)) SETTINGS(format_csv_allow_single_quotes = 0, max_threads = 2) COMMENT '# not a heading';
CREATE DICTIONARY billing.customers (id UInt64, name String DEFAULT '')
PRIMARY KEY id SOURCE(MYSQL(HOST 'crm' PORT 3306 USER 'billing' PASSWORD 'planted-1' DB 'crm' TABLE 'customer' WHERE 'id > 1' REPLICA(HOST 'crm-1' PRIORITY 1) REPLICA(HOST 'crm-2' PRIORITY 2))) LIFETIME(MIN 300 MAX 360) LAYOUT(CACHE(SIZE_IN_CELLS 1000));
CREATE DICTIONARY billing.accounts (id UInt64, name String DEFAULT '')
PRIMARY KEY id SOURCE(POSTGRESQL(HOST 'ledger' PORT 5432 USER 'u' PASSWORD 'planted-2' DB 'ledger' TABLE 'account' REPLICA(HOST 'a' PORT 1 PASSWORD 'planted-3'))) LIFETIME(300) LAYOUT(COMPLEX_KEY_HASHED());
CREATE DICTIONARY billing.vat (country String, percent Float64 DEFAULT 0)
PRIMARY KEY country SOURCE(HTTP(URL 'http://tax/vat' FORMAT 'JSONEachRow' CREDENTIALS(USER 'u' PASSWORD 'planted-4') HEADERS(HEADER(NAME 'ACCEPT' VALUE 'text/plain')))) LIFETIME(86400) LAYOUT(COMPLEX_KEY_HASHED_ARRAY());
CREATE DICTIONARY billing.notes (id String IS_OBJECT_ID, note String)
PRIMARY KEY id SOURCE(MONGODB(URI 'mongodb://u:planted-5@h:1/db' COLLECTION 'note')) LIFETIME(1) LAYOUT(COMPLEX_KEY_HASHED());
CREATE DICTIONARY billing.sessions (id UInt64, name String)
PRIMARY KEY id SOURCE(REDIS(HOST 'cache' PORT 6379 STORAGE_TYPE 'simple' DB_INDEX 0 PASSWORD 'planted-6')) LIFETIME(1) LAYOUT(SSD_CACHE(BLOCK_SIZE 4096 PATH '/var/direct'));
CREATE DICTIONARY billing.local (id UInt64, name String)
PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'country' DB 'billing' PORT tcpPort() USER 'default' PASSWORD '' SECURE 0)) LAYOUT(DIRECT());
CREATE DICTIONARY billing.prefixes (prefix String, asn UInt32, country String DEFAULT '??')
PRIMARY KEY prefix SOURCE(FILE(PATH '/dicts/asn.csv' FORMAT 'CSV')) LIFETIME(3600) LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1));
CREATE DICTIONARY billing.zones (`key` Array(Array(Array(Tuple(Float64, Float64)))), name String DEFAULT '')
PRIMARY KEY `key` SOURCE(EXECUTABLE(COMMAND 'zones.sh' FORMAT 'TSV')) LIFETIME(0) LAYOUT(POLYGON(STORE_POLYGON_KEY_COLUMN 1));
CREATE DICTIONARY billing.agents (regexp String, name String, version String DEFAULT '\\1')
PRIMARY KEY regexp SOURCE(YAMLRegExpTree(PATH '/dicts/agents.yaml')) LIFETIME(0) LAYOUT(REGEXP_TREE);
CREATE DICTIONARY billing.pooled (id UInt64, name String)
PRIMARY KEY id SOURCE(EXECUTABLE_POOL(COMMAND 'pool.sh' FORMAT 'TSV' SIZE 4 IMPLICIT_KEY 1)) LAYOUT(COMPLEX_KEY_DIRECT());
CREATE DICTIONARY billing.devices (id UInt64, name String)
PRIMARY KEY id SOURCE(CASSANDRA(HOST 'c' KEYSPACE 'k' COLUMN_FAMILY 'f' PARTITION_KEY_PREFIX 1 ALLOW_FILTERING 1 CONSISTENCY 'One')) LIFETIME(5) LAYOUT(SPARSE_HASHED(PREALLOCATE 1));
CREATE DICTIONARY billing.legacy (id UInt64, name String)
PRIMARY KEY id SOURCE(ODBC(CONNECTION_STRING 'DSN=legacy' TABLE 't')) LIFETIME(5) LAYOUT(HASHED_ARRAY());
CREATE DICTIONARY billing.named (id UInt64, name String)
PRIMARY KEY id SOURCE(CLICKHOUSE(NAME billing_source TABLE 't')) LIFETIME(5) LAYOUT(FLAT()) SETTINGS(max_threads = 2);
CREATE DICTIONARY billing.`odd dict` (`a b` UInt64, `type` String, `it's` UInt8 DEFAULT 1, `from` Date, `Self` Date)
PRIMARY KEY `a b` SOURCE(NULL()) LIFETIME(1) LAYOUT(RANGE_HASHED()) RANGE(MIN `from` MAX `Self`);
CREATE DICTIONARY billing.`type` (`type` UInt64, `self` String) PRIMARY KEY `type` SOURCE(NULL()) LIFETIME(1) LAYOUT(HASHED());
CREATE TABLE billing.crm_customer (id UInt64, name String) ENGINE = MySQL('crm:3306', 'crm', 'customer', 'billing', 'planted-7');
CREATE TABLE billing.invoice (id UUID, customer UInt64, country UInt64, currency String, cents Int64, at DateTime DEFAULT now(), country_name String MATERIALIZED dictGet('billing.countries', 'name', country)) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (customer, at);
