-- Billing: customers and plans as dictionaries, usage from raw records to invoices, ledgers, currencies by date, revenue reports.
CREATE DATABASE invoicing COMMENT 'Money. Ask before you touch anything.';
CREATE TABLE invoicing.customer
(
    `id` UInt64, `name` String, `country` FixedString(2) DEFAULT 'DE', `vat_id` Nullable(String), `plan` UInt16, `currency` Enum16('EUR' = 978, 'USD' = 840, 'CHF' = 756, 'GBP' = 826, 'JPY' = 392),
    `credit` Decimal(18, 4) DEFAULT 0, `tags` Array(LowCardinality(String)), `since` Date, `closed` Nullable(Date), `updated` DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC'), `is_deleted` UInt8 DEFAULT 0
)
ENGINE = ReplacingMergeTree(updated, is_deleted) ORDER BY id SETTINGS min_age_to_force_merge_seconds = 600 COMMENT 'From the CRM, one row a change';
CREATE TABLE invoicing.plan (`id` UInt16, `name` LowCardinality(String), `valid_from` Date, `valid_to` Date DEFAULT '2149-06-06', `monthly_fee` Decimal(12, 2), `included` Map(LowCardinality(String), UInt64), `tiers` Array(Tuple(upto UInt64, price Decimal(18, 9))))
ENGINE = ReplacingMergeTree ORDER BY (id, valid_from) SETTINGS index_granularity = 128;
CREATE TABLE invoicing.exchange_rate (`day` Date, `currency` LowCardinality(String), `rate` Decimal(18, 8), `source` LowCardinality(String) DEFAULT 'ECB', CONSTRAINT positive CHECK rate > 0) ENGINE = ReplacingMergeTree ORDER BY (currency, day) PARTITION BY toYear(day);
CREATE TABLE invoicing.vat_rate (`country` String, `start` Date, `end` Date, `rate` Decimal(4, 3), `reduced` Nullable(Decimal(4, 3))) ENGINE = MergeTree ORDER BY (country, start) COMMENT 'Mehrwertsteuersätze';
CREATE TABLE invoicing.network (`prefix` String, `region` UInt32, `provider` String DEFAULT '') ENGINE = MergeTree ORDER BY prefix;
CREATE TABLE invoicing.region (`id` UInt64, `parent` UInt64, `name` String, `geo` Array(Array(Array(Tuple(Float64, Float64))))) ENGINE = MergeTree ORDER BY id;
CREATE DICTIONARY invoicing.customer_by_id
(
    `id` UInt64, `name` String DEFAULT '?' EXPRESSION trimBoth(name), `plan` UInt16, `country` String DEFAULT 'XX', `currency` String INJECTIVE
)
PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'customer' WHERE 'is_deleted = 0' UPDATE_FIELD 'updated' UPDATE_LAG 15)) LIFETIME(MIN 300 MAX 600) LAYOUT(HASHED(MAX_LOAD_FACTOR 0.6)) COMMENT 'For dictGet in the invoices';
CREATE DICTIONARY invoicing.plan_name (`id` UInt64 DEFAULT 0, `name` String DEFAULT 'free') PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT id, any(name) AS name FROM invoicing.plan GROUP BY id')) LIFETIME(3600) LAYOUT(FLAT(INITIAL_ARRAY_SIZE 16 MAX_ARRAY_SIZE 65536));
CREATE DICTIONARY invoicing.vat (`country` String, `start` Date, `end` Date, `rate` Decimal(4, 3) DEFAULT 0.19)
PRIMARY KEY country SOURCE(CLICKHOUSE(TABLE 'vat_rate' DB 'invoicing')) LAYOUT(COMPLEX_KEY_RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')) RANGE(MIN start MAX end) LIFETIME(MIN 0 MAX 86400);
CREATE DICTIONARY invoicing.rate_of_day (`currency` String, `day` Date, `rate` Decimal(18, 8)) PRIMARY KEY currency, day SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'exchange_rate')) LIFETIME(MIN 1000 MAX 2000) LAYOUT(COMPLEX_KEY_HASHED_ARRAY);
CREATE DICTIONARY invoicing.network_region (`prefix` String, `region` UInt32 DEFAULT 0, `provider` String DEFAULT '') PRIMARY KEY prefix SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'network')) LIFETIME(0) LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1));
CREATE DICTIONARY invoicing.region_tree (`id` UInt64, `parent` UInt64 DEFAULT 0 HIERARCHICAL, `name` String DEFAULT '') PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'region')) LIFETIME(MIN 60 MAX 120) LAYOUT(HASHED_ARRAY) SETTINGS(format_csv_allow_single_quotes = 1);
CREATE DICTIONARY invoicing.region_of_point (`geo` Array(Array(Array(Tuple(Float64, Float64)))), `name` String) PRIMARY KEY geo SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'region')) LIFETIME(MIN 600 MAX 1200) LAYOUT(POLYGON(STORE_POLYGON_KEY_COLUMN 1));
CREATE DICTIONARY invoicing.crm_account (`id` UInt64, `owner` String DEFAULT 'nobody') PRIMARY KEY id SOURCE(HTTP(URL 'http://crm.internal/accounts.tsv' FORMAT 'TabSeparated' HEADERS(HEADER(NAME 'X-Team' VALUE 'invoicing')))) LIFETIME(MIN 3600 MAX 7200) LAYOUT(SPARSE_HASHED);
CREATE DICTIONARY invoicing.reseller (`host` String, `path` String, `reseller` UInt32 DEFAULT 0) PRIMARY KEY host, path SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'reseller_domain')) LIFETIME(MIN 10 MAX 20) LAYOUT(COMPLEX_KEY_CACHE(SIZE_IN_CELLS 10000));
CREATE TABLE invoicing.reseller_domain (`host` String, `path` String DEFAULT '/', `reseller` UInt32) ENGINE = Memory;
CREATE TABLE invoicing.usage_raw
(
    `event_id` UUID DEFAULT generateUUIDv7(), `customer` UInt64, `meter` LowCardinality(String), `at` DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)), `quantity` Decimal(38, 9) CODEC(ZSTD(2)), `labels` Map(LowCardinality(String), String),
    `ip` Nullable(IPv6), `region` String MATERIALIZED dictGetOrDefault('invoicing.network_region', 'provider', toIPv6('::1'), 'unknown'), `customer_name` String ALIAS dictGet('invoicing.customer_by_id', 'name', customer),
    INDEX by_event event_id TYPE bloom_filter GRANULARITY 1, CONSTRAINT not_negative CHECK quantity >= 0
)
ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(at) PRIMARY KEY (customer, meter, toStartOfHour(at)) ORDER BY (customer, meter, toStartOfHour(at), event_id)
TTL toDateTime(at) + INTERVAL 24 MONTH SETTINGS deduplicate_merge_projection_mode = 'drop', index_granularity = 8192;
CREATE TABLE invoicing.usage_hour (`customer` UInt64, `meter` LowCardinality(String), `hour` DateTime('UTC'), `quantity` Decimal(38, 9), `events` UInt64) ENGINE = SummingMergeTree((quantity, events)) PARTITION BY toYYYYMM(hour) ORDER BY (customer, meter, hour);
CREATE MATERIALIZED VIEW invoicing.usage_hour_mv TO invoicing.usage_hour AS SELECT customer, meter, toStartOfHour(toDateTime(at, 'UTC')) AS hour, sum(quantity) AS quantity, count() AS events FROM invoicing.usage_raw GROUP BY customer, meter, hour;
CREATE TABLE invoicing.usage_day (`customer` UInt64, `meter` LowCardinality(String), `day` Date, `quantity` SimpleAggregateFunction(sum, Decimal(38, 9)), `peak` SimpleAggregateFunction(max, Decimal(38, 9)), `hours` AggregateFunction(uniqExact, DateTime('UTC')))
ENGINE = AggregatingMergeTree PARTITION BY toYear(day) ORDER BY (customer, meter, day) COMMENT 'what invoices are made of';
CREATE MATERIALIZED VIEW invoicing.usage_day_mv TO invoicing.usage_day AS SELECT u.customer AS customer, u.meter AS meter, toDate(u.hour) AS day, sum(u.quantity) AS quantity, max(u.quantity) AS peak, uniqExactState(u.hour) AS hours FROM invoicing.usage_hour AS u GROUP BY customer, meter, day;
CREATE TABLE invoicing.invoice
(
    `number` String, `customer` UInt64, `issued` Date, `due` Date DEFAULT issued + 14, `currency` LowCardinality(FixedString(3)), `net` Decimal(18, 2), `vat` Decimal(18, 2), `gross` Decimal(18, 2) ALIAS net + vat,
    `state` Enum8('draft' = 0, 'open' = 1, 'paid' = 2, 'void' = 3, 'uncollectible' = 4), `line` Nested(text String, quantity Decimal(18, 6), unit LowCardinality(String), price Decimal(18, 9), amount Decimal(18, 2)), `pdf` String EPHEMERAL, `pdf_hash` FixedString(16) DEFAULT MD5(pdf), `version` UInt32
)
ENGINE = ReplacingMergeTree(version) PARTITION BY toYear(issued) ORDER BY (customer, issued, number);
CREATE TABLE invoicing.ledger
(
    `account` UInt32, `booked` DateTime64(6, 'UTC'), `id` UInt128, `amount` Decimal(38, 4), `counter_account` UInt32, `text` String DEFAULT concat('booking ', toString(id)), `sign` Int8, `version` UInt64 CODEC(Delta(8), LZ4), CONSTRAINT c1 CHECK account != counter_account, CONSTRAINT c2 CHECK sign IN (-1, 1)
)
ENGINE = VersionedCollapsingMergeTree(sign, version) PARTITION BY toYYYYMM(booked) ORDER BY (account, booked, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1 COMMENT 'double entry; rows are never deleted, only collapsed';
CREATE TABLE invoicing.balance (`account` UInt32, `amount` SimpleAggregateFunction(sum, Decimal(38, 4)), `last` SimpleAggregateFunction(max, DateTime64(6, 'UTC'))) ENGINE = AggregatingMergeTree ORDER BY account;
CREATE MATERIALIZED VIEW invoicing.balance_mv TO invoicing.balance AS SELECT account, sum(amount * sign) AS amount, max(booked) AS last FROM invoicing.ledger GROUP BY account;
CREATE TABLE invoicing.payment (`id` String, `invoice` String, `received` DateTime, `amount` Decimal(18, 2), `provider` Enum8('sepa' = 1, 'card' = 2, 'paypal' = 3), `raw` String CODEC(ZSTD(5)) TTL received + INTERVAL 6 MONTH, `fee` Nullable(Decimal(9, 4)), `iban` String DEFAULT '' COMMENT 'masked')
ENGINE = MergeTree PARTITION BY toYear(received) ORDER BY (received, id) PRIMARY KEY received;
CREATE TABLE invoicing.dunning (`customer` UInt64, `level` UInt8, `since` Date) ENGINE = CoalescingMergeTree ORDER BY customer;
CREATE TABLE invoicing.webhook_in (`provider` LowCardinality(String), `body` String, `signature` String, `at` DateTime DEFAULT now()) ENGINE = Null;
CREATE MATERIALIZED VIEW invoicing.webhook_to_payment TO invoicing.payment AS
SELECT JSONExtractString(body, 'id') AS id, JSONExtractString(body, 'metadata', 'invoice') AS invoice, at AS received, toDecimal64(JSONExtractInt(body, 'amount') / 100, 2) AS amount, provider::Enum8('sepa' = 1, 'card' = 2, 'paypal' = 3) AS provider, body AS raw
FROM invoicing.webhook_in WHERE (JSONExtractString(body, 'type') = 'payment.succeeded') AND (signature != '');
CREATE TABLE invoicing.revenue_report (`month` Date, `country` LowCardinality(String), `plan` String, `revenue_eur` Decimal(38, 2), `customers` UInt64) ENGINE = MergeTree ORDER BY (month, country, plan);
CREATE MATERIALIZED VIEW invoicing.revenue_report_mv REFRESH EVERY 1 DAY OFFSET 3 HOUR RANDOMIZE FOR 10 MINUTE TO invoicing.revenue_report DEFINER = default SQL SECURITY DEFINER AS
SELECT toStartOfMonth(issued) AS month, dictGet('invoicing.customer_by_id', 'country', customer) AS country, dictGet('invoicing.plan_name', 'name', toUInt64(dictGet('invoicing.customer_by_id', 'plan', customer))) AS plan,
    CAST(sum(toFloat64(net) / toFloat64(dictGetOrDefault('invoicing.rate_of_day', 'rate', (toString(currency), issued), toDecimal64(1, 8)))), 'Decimal(38, 2)') AS revenue_eur, uniqExact(customer) AS customers
FROM invoicing.invoice FINAL WHERE state IN ('open', 'paid') GROUP BY month, country, plan;
CREATE TABLE invoicing.mrr_history (`at` DateTime, `plan` String, `mrr` Decimal(38, 2)) ENGINE = MergeTree ORDER BY (plan, at);
CREATE MATERIALIZED VIEW invoicing.mrr_snapshot REFRESH AFTER 6 HOUR APPEND TO invoicing.mrr_history COMMENT 'A row every six hours' AS
SELECT now() AS at, dictGet('invoicing.plan_name', 'name', toUInt64(plan)) AS plan, CAST(count(), 'Decimal(38, 2)') AS mrr FROM invoicing.customer FINAL WHERE closed IS NULL GROUP BY plan;
CREATE MATERIALIZED VIEW invoicing.top_customer REFRESH EVERY 1 HOUR DEPENDS ON invoicing.revenue_report_mv ENGINE = MergeTree ORDER BY (month, revenue DESC) EMPTY AS
SELECT toStartOfMonth(issued) AS month, customer, sum(net) AS revenue FROM invoicing.invoice GROUP BY month, customer ORDER BY revenue DESC LIMIT 100 BY month;
CREATE VIEW invoicing.open_invoice AS SELECT number, customer, due, gross, dateDiff('day', due, today()) AS days_late FROM invoicing.invoice FINAL WHERE (state = 'open') AND (due < today());
CREATE VIEW invoicing.statement AS
SELECT booked, text, amount * sign AS amount, sum(amount) OVER (ORDER BY booked ASC, id ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS balance
FROM invoicing.ledger FINAL WHERE (account = {account:UInt32}) AND (booked BETWEEN {from:DateTime64(6)} AND {to:DateTime64(6)});
CREATE VIEW invoicing.usage_by_plan DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT dictGet('invoicing.plan_name', 'name', toUInt64(c.plan)) AS plan, u.meter AS meter, sum(u.quantity) AS quantity FROM invoicing.usage_day AS u INNER JOIN invoicing.customer AS c ON u.customer = c.id GROUP BY GROUPING SETS ((plan, meter), (plan));
CREATE VIEW invoicing.reconciliation AS
SELECT i.number, i.gross, p.paid, coalesce(p.paid, 0) - i.gross AS difference FROM invoicing.invoice AS i LEFT JOIN (SELECT invoice, sum(amount) AS paid FROM invoicing.payment GROUP BY invoice) AS p ON i.number = p.invoice WHERE abs(difference) > 0.01;
CREATE VIEW invoicing.`Umsatz je Monat (€)` COMMENT 'für die Geschäftsführung' AS SELECT month, sum(revenue_eur) AS `Umsatz €`, sum(customers) AS `Kunden` FROM invoicing.revenue_report GROUP BY month ORDER BY month ASC;
