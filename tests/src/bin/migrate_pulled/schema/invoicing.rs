//! The database `invoicing`.

use std::collections::HashMap;

use chx::prelude::*;

/// Money. Ask before you touch anything.
#[derive(ChDatabase)]
pub struct Invoicing;

/// für die Geschäftsführung
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    name = "Umsatz je Monat (€)",
    query = "
        SELECT month, sum(revenue_eur) AS `Umsatz €`, sum(customers) AS Kunden
        FROM invoicing.revenue_report
        GROUP BY month
        ORDER BY month ASC
    "
)]
pub struct UmsatzJeMonat {
    pub month: Date,
    #[ch(name = "Umsatz €")]
    #[serde(rename = "Umsatz €")]
    pub umsatz: Decimal128<2>,
    #[ch(name = "Kunden")]
    #[serde(rename = "Kunden")]
    pub kunden: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = AggregatingMergeTree,
    order_by = account
)]
pub struct Balance {
    pub account: u32,
    #[ch(type = "SimpleAggregateFunction(sum, Decimal(38, 4))")]
    pub amount: Decimal128<4>,
    #[ch(type = "SimpleAggregateFunction(max, DateTime64(6, 'UTC'))")]
    pub last: DateTime64<6>,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    to = "invoicing.balance",
    query = "
        SELECT account, sum(amount * sign) AS amount, max(booked) AS last
        FROM invoicing.ledger
        GROUP BY account
    "
)]
pub struct BalanceMv {
    pub account: u32,
    pub amount: Decimal128<4>,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub last: DateTime64<6>,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = id,
    source = "HTTP(FORMAT 'TabSeparated' HEADERS(HEADER(NAME 'X-Team' VALUE 'invoicing')) URL 'http://crm.internal/accounts.tsv')",
    layout = "SPARSE_HASHED()",
    lifetime = (3600, 7200)
)]
pub struct CrmAccount {
    pub id: u64,
    #[ch(default = "'nobody'")]
    pub owner: String,
}

/// From the CRM, one row a change
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = ReplacingMergeTree(updated, is_deleted),
    order_by = id,
    settings(min_age_to_force_merge_seconds = 600)
)]
pub struct Customer {
    pub id: u64,
    pub name: String,
    #[ch(default = "'DE'")]
    pub country: FixedString<2>,
    pub vat_id: Option<String>,
    pub plan: u16,
    pub currency: Currency,
    #[ch(default = "0")]
    pub credit: Decimal64<4>,
    #[ch(type = "Array(LowCardinality(String))")]
    pub tags: Vec<String>,
    pub since: Date,
    pub closed: Option<Date>,
    #[ch(type = "DateTime64(6, 'UTC')", default = "now64(6, 'UTC')")]
    pub updated: DateTime64<6>,
    #[ch(default = "0")]
    pub is_deleted: u8,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "UPPERCASE")]
pub enum Currency {
    Jpy = 392,
    Chf = 756,
    Gbp = 826,
    Usd = 840,
    Eur = 978,
}

/// For dictGet in the invoices
#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = id,
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'customer' UPDATE_FIELD 'updated' UPDATE_LAG 15 WHERE 'is_deleted = 0')",
    layout = "HASHED(MAX_LOAD_FACTOR 0.6)",
    lifetime = (300, 600)
)]
pub struct CustomerById {
    pub id: u64,
    #[ch(default = "'?'", expression = "trimBoth(name)")]
    pub name: String,
    pub plan: u16,
    #[ch(default = "'XX'")]
    pub country: String,
    #[ch(injective)]
    pub currency: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = CoalescingMergeTree,
    order_by = customer
)]
pub struct Dunning {
    pub customer: u64,
    pub level: u8,
    pub since: Date,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = ReplacingMergeTree,
    partition_by = "toYear(day)",
    order_by = (currency, day),
    constraint(positive, check = "rate > 0")
)]
pub struct ExchangeRate {
    pub day: Date,
    #[ch(low_cardinality)]
    pub currency: String,
    pub rate: Decimal64<8>,
    #[ch(low_cardinality, default = "'ECB'")]
    pub source: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = ReplacingMergeTree(version),
    partition_by = "toYear(issued)",
    order_by = (customer, issued, number)
)]
pub struct Invoice {
    pub number: String,
    pub customer: u64,
    pub issued: Date,
    #[ch(default = "issued + 14")]
    pub due: Date,
    #[ch(low_cardinality)]
    pub currency: FixedString<3>,
    pub net: Decimal64<2>,
    pub vat: Decimal64<2>,
    #[ch(alias = "net + vat")]
    pub gross: Decimal64<2>,
    pub state: InvoiceState,
    #[ch(name = "line.text")]
    #[serde(rename = "line.text")]
    pub line_text: Vec<String>,
    #[ch(name = "line.quantity")]
    #[serde(rename = "line.quantity")]
    pub line_quantity: Vec<Decimal64<6>>,
    #[ch(name = "line.unit", type = "Array(LowCardinality(String))")]
    #[serde(rename = "line.unit")]
    pub line_unit: Vec<String>,
    #[ch(name = "line.price")]
    #[serde(rename = "line.price")]
    pub line_price: Vec<Decimal64<9>>,
    #[ch(name = "line.amount")]
    #[serde(rename = "line.amount")]
    pub line_amount: Vec<Decimal64<2>>,
    #[ch(ephemeral)]
    pub pdf: String,
    #[ch(default = "MD5(pdf)")]
    pub pdf_hash: FixedString<16>,
    pub version: u32,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceState {
    Draft = 0,
    Open = 1,
    Paid = 2,
    Void = 3,
    Uncollectible = 4,
}

/// double entry; rows are never deleted, only collapsed
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = VersionedCollapsingMergeTree(sign, version),
    partition_by = "toYYYYMM(booked)",
    order_by = (account, booked, id),
    settings(
        fsync_after_insert = 1,
        fsync_part_directory = 1,
        min_rows_to_fsync_after_merge = 1
    ),
    constraint(c1, check = "account != counter_account"),
    constraint(c2, check = "sign IN (-1, 1)")
)]
pub struct Ledger {
    pub account: u32,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub booked: DateTime64<6>,
    pub id: u128,
    pub amount: Decimal128<4>,
    pub counter_account: u32,
    #[ch(default = "concat('booking ', toString(id))")]
    pub text: String,
    pub sign: i8,
    #[ch(codec = "Delta(8), LZ4")]
    pub version: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "invoicing", engine = MergeTree, order_by = (plan, at))]
pub struct MrrHistory {
    pub at: DateTime,
    pub plan: String,
    pub mrr: Decimal128<2>,
}

/// A row every six hours
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    refresh = "AFTER 6 HOUR APPEND",
    to = MrrHistory,
    sql_security = definer,
    definer = "default",
    query = "
        SELECT now() AS at, dictGet('invoicing.plan_name', 'name', toUInt64(plan)) AS plan, CAST(count(), 'Decimal(38, 2)') AS mrr
        FROM invoicing.customer FINAL
        WHERE closed IS NULL
        GROUP BY plan
    "
)]
pub struct MrrSnapshot {
    pub at: DateTime,
    pub plan: String,
    pub mrr: Decimal128<2>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "invoicing", engine = MergeTree, order_by = prefix)]
pub struct Network {
    pub prefix: String,
    pub region: u32,
    #[ch(default = "''")]
    pub provider: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = prefix,
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'network')",
    layout = "IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1)",
    lifetime = 0
)]
pub struct NetworkRegion {
    pub prefix: String,
    #[ch(default = "0")]
    pub region: u32,
    #[ch(default = "''")]
    pub provider: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    query = "
        SELECT number, customer, due, gross, dateDiff('day', due, today()) AS days_late
        FROM invoicing.invoice FINAL
        WHERE (state = 'open') AND (due < today())
    "
)]
pub struct OpenInvoice {
    pub number: String,
    pub customer: u64,
    pub due: Date,
    pub gross: Decimal64<2>,
    pub days_late: i64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = MergeTree,
    partition_by = "toYear(received)",
    order_by = (received, id),
    primary_key = received
)]
pub struct Payment {
    pub id: String,
    pub invoice: String,
    pub received: DateTime,
    pub amount: Decimal64<2>,
    pub provider: Provider,
    #[ch(codec = "ZSTD(5)", ttl = "received + toIntervalMonth(6)")]
    pub raw: String,
    pub fee: Option<Decimal32<4>>,
    /// masked
    #[ch(default = "''")]
    pub iban: String,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    Sepa = 1,
    Card = 2,
    Paypal = 3,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = ReplacingMergeTree,
    order_by = (id, valid_from),
    settings(index_granularity = 128)
)]
pub struct Plan {
    pub id: u16,
    #[ch(low_cardinality)]
    pub name: String,
    pub valid_from: Date,
    #[ch(default = "'2149-06-06'")]
    pub valid_to: Date,
    #[ch(type = "Decimal(12, 2)")]
    pub monthly_fee: i64,
    #[ch(type = "Map(LowCardinality(String), UInt64)")]
    pub included: HashMap<String, u64>,
    pub tiers: Vec<Tier>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Tier {
    pub upto: u64,
    pub price: Decimal64<9>,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = id,
    source = "CLICKHOUSE(QUERY 'SELECT id, any(name) AS name FROM invoicing.plan GROUP BY id')",
    layout = "FLAT(INITIAL_ARRAY_SIZE 16 MAX_ARRAY_SIZE 65536)",
    lifetime = 3600
)]
pub struct PlanName {
    #[ch(default = "0")]
    pub id: u64,
    #[ch(default = "'free'")]
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = (currency, day),
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'exchange_rate')",
    layout = "COMPLEX_KEY_HASHED_ARRAY()",
    lifetime = (1000, 2000)
)]
pub struct RateOfDay {
    pub currency: String,
    pub day: Date,
    pub rate: Decimal64<8>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    query = "
        SELECT i.number, i.gross, p.paid, coalesce(p.paid, 0) - i.gross AS difference
        FROM invoicing.invoice AS i LEFT JOIN (SELECT invoice, sum(amount) AS paid FROM invoicing.payment GROUP BY invoice) AS p ON i.number = p.invoice
        WHERE abs(difference) > 0.01
    "
)]
pub struct Reconciliation {
    pub number: String,
    pub gross: Decimal64<2>,
    pub paid: Decimal128<2>,
    pub difference: Decimal128<2>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "invoicing", engine = MergeTree, order_by = id)]
pub struct Region {
    pub id: u64,
    pub parent: u64,
    pub name: String,
    pub geo: Vec<Vec<Vec<(f64, f64)>>>,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = geo,
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'region')",
    layout = "POLYGON(STORE_POLYGON_KEY_COLUMN 1)",
    lifetime = (600, 1200)
)]
pub struct RegionOfPoint {
    pub geo: Vec<Vec<Vec<(f64, f64)>>>,
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = id,
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'region')",
    layout = "HASHED_ARRAY()",
    lifetime = (60, 120),
    settings(format_csv_allow_single_quotes = 1)
)]
pub struct RegionTree {
    pub id: u64,
    #[ch(default = "0", hierarchical)]
    pub parent: u64,
    #[ch(default = "''")]
    pub name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = (host, path),
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'reseller_domain')",
    layout = "COMPLEX_KEY_CACHE(SIZE_IN_CELLS 10000)",
    lifetime = (10, 20)
)]
pub struct Reseller {
    pub host: String,
    pub path: String,
    #[ch(default = "0")]
    pub reseller: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "invoicing", engine = Memory)]
pub struct ResellerDomain {
    pub host: String,
    #[ch(default = "'/'")]
    pub path: String,
    pub reseller: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = MergeTree,
    order_by = (month, country, plan)
)]
pub struct RevenueReport {
    pub month: Date,
    #[ch(low_cardinality)]
    pub country: String,
    pub plan: String,
    pub revenue_eur: Decimal128<2>,
    pub customers: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    refresh = "EVERY 1 DAY OFFSET 3 HOUR RANDOMIZE FOR 10 MINUTE",
    to = "invoicing.revenue_report",
    sql_security = definer,
    definer = "default",
    query = "
        SELECT toStartOfMonth(issued) AS month, dictGet('invoicing.customer_by_id', 'country', customer) AS country, dictGet('invoicing.plan_name', 'name', toUInt64(dictGet('invoicing.customer_by_id', 'plan', customer))) AS plan, CAST(sum(toFloat64(net) / toFloat64(dictGetOrDefault('invoicing.rate_of_day', 'rate', (toString(currency), issued), toDecimal64(1, 8)))), 'Decimal(38, 2)') AS revenue_eur, uniqExact(customer) AS customers
        FROM invoicing.invoice FINAL
        WHERE state IN ('open', 'paid')
        GROUP BY month, country, plan
    "
)]
pub struct RevenueReportMv {
    pub month: Date,
    pub country: String,
    pub plan: String,
    pub revenue_eur: Decimal128<2>,
    pub customers: u64,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "invoicing",
    query = "
        SELECT booked, text, amount * sign AS amount, sum(amount) OVER (ORDER BY booked ASC, id ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS balance
        FROM invoicing.ledger FINAL
        WHERE (account = {account:UInt32}) AND ((booked >= {from:DateTime64(6)}) AND (booked <= {to:DateTime64(6)}))
    "
)]
pub struct Statement {}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    refresh = "EVERY 1 HOUR DEPENDS ON invoicing.revenue_report_mv",
    engine = MergeTree,
    order_by = (month, "revenue DESC"),
    sql_security = definer,
    definer = "default",
    query = "
        SELECT toStartOfMonth(issued) AS month, customer, sum(net) AS revenue
        FROM invoicing.invoice
        GROUP BY month, customer
        ORDER BY revenue DESC
        LIMIT 100 BY month
    "
)]
pub struct TopCustomer {
    pub month: Date,
    pub customer: u64,
    pub revenue: Decimal128<2>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    sql_security = definer,
    definer = "default",
    query = "
        SELECT dictGet('invoicing.plan_name', 'name', toUInt64(c.plan)) AS plan, u.meter AS meter, sum(u.quantity) AS quantity
        FROM invoicing.usage_day AS u INNER JOIN invoicing.customer AS c ON u.customer = c.id
        GROUP BY GROUPING SETS ((plan, meter), (plan))
    "
)]
pub struct UsageByPlan {
    pub plan: String,
    #[ch(low_cardinality)]
    pub meter: String,
    pub quantity: Decimal128<9>,
}

/// what invoices are made of
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = AggregatingMergeTree,
    partition_by = "toYear(day)",
    order_by = (customer, meter, day)
)]
pub struct UsageDay {
    pub customer: u64,
    #[ch(low_cardinality)]
    pub meter: String,
    pub day: Date,
    #[ch(type = "SimpleAggregateFunction(sum, Decimal(38, 9))")]
    pub quantity: Decimal128<9>,
    #[ch(type = "SimpleAggregateFunction(max, Decimal(38, 9))")]
    pub peak: Decimal128<9>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqExact, DateTime('UTC'))")]
    #[serde(skip)]
    pub hours: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    to = "invoicing.usage_day",
    query = "
        SELECT u.customer AS customer, u.meter AS meter, toDate(u.hour) AS day, sum(u.quantity) AS quantity, max(u.quantity) AS peak, uniqExactState(u.hour) AS hours
        FROM invoicing.usage_hour AS u
        GROUP BY customer, meter, day
    "
)]
pub struct UsageDayMv {
    pub customer: u64,
    #[ch(low_cardinality)]
    pub meter: String,
    pub day: Date,
    pub quantity: Decimal128<9>,
    pub peak: Decimal128<9>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqExact, DateTime('UTC'))")]
    pub hours: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = "SummingMergeTree((quantity, events))",
    partition_by = "toYYYYMM(hour)",
    order_by = (customer, meter, hour)
)]
pub struct UsageHour {
    pub customer: u64,
    #[ch(low_cardinality)]
    pub meter: String,
    #[ch(type = "DateTime('UTC')")]
    pub hour: DateTime,
    pub quantity: Decimal128<9>,
    pub events: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    to = UsageHour,
    query = "
        SELECT customer, meter, toStartOfHour(toDateTime(at, 'UTC')) AS hour, sum(quantity) AS quantity, count() AS events
        FROM invoicing.usage_raw
        GROUP BY customer, meter, hour
    "
)]
pub struct UsageHourMv {
    pub customer: u64,
    #[ch(low_cardinality)]
    pub meter: String,
    #[ch(type = "DateTime('UTC')")]
    pub hour: DateTime,
    pub quantity: Decimal128<9>,
    pub events: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = ReplacingMergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (customer, meter, "toStartOfHour(at)", event_id),
    primary_key = (customer, meter, "toStartOfHour(at)"),
    ttl = "toDateTime(at) + toIntervalMonth(24)",
    settings(deduplicate_merge_projection_mode = "drop"),
    index(by_event, expr = event_id, type = "bloom_filter"),
    constraint(not_negative, check = "quantity >= 0")
)]
pub struct UsageRaw {
    #[ch(default = "generateUUIDv7()")]
    #[serde(with = "clickhouse::serde::uuid")]
    pub event_id: uuid::Uuid,
    pub customer: u64,
    #[ch(low_cardinality)]
    pub meter: String,
    #[ch(type = "DateTime64(3, 'UTC')", codec = "DoubleDelta, ZSTD(1)")]
    pub at: DateTime64<3>,
    #[ch(codec = "ZSTD(2)")]
    pub quantity: Decimal128<9>,
    #[ch(type = "Map(LowCardinality(String), String)")]
    pub labels: HashMap<String, String>,
    pub ip: Option<std::net::Ipv6Addr>,
    #[ch(
        materialized = "dictGetOrDefault('invoicing.network_region', 'provider', toIPv6('::1'), 'unknown')"
    )]
    pub region: String,
    #[ch(alias = "dictGet('invoicing.customer_by_id', 'name', customer)")]
    pub customer_name: String,
}

#[derive(ChDictionary, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    primary_key = country,
    range = (start, end),
    source = "CLICKHOUSE(DB 'invoicing' TABLE 'vat_rate')",
    layout = "COMPLEX_KEY_RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')",
    lifetime = 86400
)]
pub struct Vat {
    pub country: String,
    pub start: Date,
    pub end: Date,
    #[ch(type = "Decimal(4, 3)", default = "0.19")]
    pub rate: i32,
}

/// Mehrwertsteuersätze
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "invoicing",
    engine = MergeTree,
    order_by = (country, start)
)]
pub struct VatRate {
    pub country: String,
    pub start: Date,
    pub end: Date,
    #[ch(type = "Decimal(4, 3)")]
    pub rate: i32,
    #[ch(type = "Nullable(Decimal(4, 3))")]
    pub reduced: Option<i32>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "invoicing", engine = Null)]
pub struct WebhookIn {
    #[ch(low_cardinality)]
    pub provider: String,
    pub body: String,
    pub signature: String,
    #[ch(default = "now()")]
    pub at: DateTime,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "invoicing",
    to = "invoicing.payment",
    query = r"
        SELECT JSONExtractString(body, 'id') AS id, JSONExtractString(body, 'metadata', 'invoice') AS invoice, at AS received, toDecimal64(JSONExtractInt(body, 'amount') / 100, 2) AS amount, CAST(provider, 'Enum8(\'sepa\' = 1, \'card\' = 2, \'paypal\' = 3)') AS provider, body AS raw
        FROM invoicing.webhook_in
        WHERE (JSONExtractString(body, 'type') = 'payment.succeeded') AND (signature != '')
    "
)]
pub struct WebhookToPayment {
    pub id: String,
    pub invoice: String,
    pub received: DateTime,
    pub amount: Decimal64<2>,
    pub provider: Provider,
    pub raw: String,
}
