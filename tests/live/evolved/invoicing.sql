-- changed invoicing.plan_name: changed attribute name
CREATE OR REPLACE DICTIONARY invoicing.plan_name (`id` UInt64 DEFAULT 0, `name` String DEFAULT 'trial') PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT id, any(name) AS name FROM invoicing.plan GROUP BY id')) LIFETIME(3600) LAYOUT(FLAT(INITIAL_ARRAY_SIZE 16 MAX_ARRAY_SIZE 65536));
-- changed invoicing.crm_account: changed source
CREATE OR REPLACE DICTIONARY invoicing.crm_account (`id` UInt64, `owner` String DEFAULT 'nobody') PRIMARY KEY id SOURCE(HTTP(URL 'http://crm.internal/v2/accounts.tsv' FORMAT 'TabSeparated' HEADERS(HEADER(NAME 'X-Team' VALUE 'billing')))) LIFETIME(MIN 3600 MAX 7200) LAYOUT(SPARSE_HASHED);
-- changed invoicing.region_tree: missing setting format_csv_allow_single_quotes
CREATE OR REPLACE DICTIONARY invoicing.region_tree (`id` UInt64, `parent` UInt64 DEFAULT 0 HIERARCHICAL, `name` String DEFAULT '') PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'invoicing' TABLE 'region')) LIFETIME(MIN 60 MAX 120) LAYOUT(HASHED_ARRAY);
-- missing invoicing.region_of_point
DROP DICTIONARY invoicing.region_of_point;
-- changed invoicing.customer: changed column credit: type
ALTER TABLE invoicing.customer MODIFY COLUMN credit Decimal(38, 4);
-- changed invoicing.top_customer: changed query
ALTER TABLE invoicing.top_customer MODIFY QUERY SELECT toStartOfMonth(issued) AS month, customer, sum(net) AS revenue FROM invoicing.invoice GROUP BY month, customer ORDER BY revenue DESC LIMIT 10 BY month;
-- changed invoicing.ledger: missing constraint c2
ALTER TABLE invoicing.ledger DROP CONSTRAINT c2;
-- changed invoicing.usage_raw: changed column customer_name: default
ALTER TABLE invoicing.usage_raw MODIFY COLUMN customer_name ALIAS dictGetOrDefault('invoicing.customer_by_id', 'name', customer, '?');
-- changed invoicing.mrr_snapshot: changed comment
ALTER TABLE invoicing.mrr_snapshot MODIFY COMMENT 'Four rows a day';
-- extra invoicing.invoice_backup
CREATE TABLE invoicing.invoice_backup AS invoicing.invoice ENGINE = MergeTree ORDER BY number;
-- only spelling
CREATE OR REPLACE VIEW invoicing.open_invoice AS select number, customer, due, gross, date_diff('day', due, today()) AS days_late from invoicing.invoice final where ((state = 'open') and (due < today()));
CREATE OR REPLACE DICTIONARY invoicing.vat (country String, start Date, `end` Date, rate Decimal(4, 3) default 0.19)
primary key country layout(complex_key_range_hashed(range_lookup_strategy 'max')) source(clickhouse(db 'invoicing' table 'vat_rate')) range(min start max end) lifetime(86400);
