//! The database `market`.

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    engine = ReplacingMergeTree(seq),
    order_by = (symbol, ts)
)]
pub struct Book {
    #[ch(low_cardinality)]
    pub symbol: String,
    pub ts: DateTime64<6>,
    pub bids: Vec<Bid>,
    pub asks: Vec<Bid>,
    pub seq: u64,
    #[ch(materialized = "((bids[1]).1, (asks[1]).1)")]
    pub best: Best,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Bid {
    pub price: f64,
    pub size: f64,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Best {
    pub bid: f64,
    pub ask: f64,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "market",
    query = "
        SELECT symbol, minute, argMinMerge(open) AS open, max(high) AS high, min(low) AS low, argMaxMerge(close) AS close, sum(volume) AS volume
        FROM market.candle_1m
        WHERE symbol = {symbol:String}
        GROUP BY symbol, minute
        ORDER BY minute ASC
    "
)]
pub struct Candle {}

/// OHLC(V)
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    name = "candle_1h",
    engine = AggregatingMergeTree,
    partition_by = "toYear(minute)",
    order_by = (symbol, minute)
)]
pub struct Candle1h {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime('UTC')")]
    pub minute: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    #[serde(skip)]
    pub open: (),
    #[ch(type = "SimpleAggregateFunction(max, Decimal(28, 10))")]
    pub high: i128,
    #[ch(type = "SimpleAggregateFunction(min, Decimal(28, 10))")]
    pub low: i128,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    #[serde(skip)]
    pub close: (),
    #[ch(type = "SimpleAggregateFunction(sum, Decimal(38, 10))")]
    pub volume: Decimal128<10>,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub trades: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "market",
    name = "candle_1h_mv",
    to = "market.candle_1h",
    query = "
        SELECT c.symbol AS symbol, toStartOfHour(c.minute) AS minute, argMinMergeState(c.open) AS open, max(c.high) AS high, min(c.low) AS low, argMaxMergeState(c.close) AS close, sum(c.volume) AS volume, sum(c.trades) AS trades
        FROM market.candle_1m AS c
        GROUP BY symbol, minute
    "
)]
pub struct Candle1hMv {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime('UTC')")]
    pub minute: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    pub open: (),
    #[ch(type = "SimpleAggregateFunction(max, Decimal(28, 10))")]
    pub high: i128,
    #[ch(type = "SimpleAggregateFunction(min, Decimal(28, 10))")]
    pub low: i128,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    pub close: (),
    pub volume: Decimal128<10>,
    pub trades: u64,
}

/// OHLC(V)
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    name = "candle_1m",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(minute)",
    order_by = (symbol, minute)
)]
pub struct Candle1m {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime('UTC')")]
    pub minute: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    #[serde(skip)]
    pub open: (),
    #[ch(type = "SimpleAggregateFunction(max, Decimal(28, 10))")]
    pub high: i128,
    #[ch(type = "SimpleAggregateFunction(min, Decimal(28, 10))")]
    pub low: i128,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    #[serde(skip)]
    pub close: (),
    #[ch(type = "SimpleAggregateFunction(sum, Decimal(38, 10))")]
    pub volume: Decimal128<10>,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub trades: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "market",
    name = "candle_1m_mv",
    to = "market.candle_1m",
    query = "
        SELECT symbol, toStartOfMinute(toDateTime(ts, 'UTC')) AS minute, argMinState(price, ts) AS open, max(price) AS high, min(price) AS low, argMaxState(price, ts) AS close, sum(size) AS volume, count() AS trades
        FROM market.trade
        WHERE side != 'cross'
        GROUP BY symbol, minute
    "
)]
pub struct Candle1mMv {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime('UTC')")]
    pub minute: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    pub open: (),
    #[ch(type = "Decimal(28, 10)")]
    pub high: i128,
    #[ch(type = "Decimal(28, 10)")]
    pub low: i128,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Decimal(28, 10), DateTime64(9, 'UTC'))")]
    pub close: (),
    pub volume: Decimal128<10>,
    pub trades: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "market", engine = MergeTree, order_by = (account, ts))]
pub struct Fill {
    pub account: u32,
    #[ch(low_cardinality)]
    pub symbol: String,
    pub ts: DateTime64<6>,
    #[ch(type = "Decimal(28, 10)")]
    pub quantity: i128,
    #[ch(type = "Decimal(28, 10)")]
    pub price: i128,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    engine = "SummingMergeTree((quantity, cost))",
    order_by = (account, symbol)
)]
pub struct Position {
    pub account: u32,
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "Decimal(28, 10)")]
    pub quantity: i128,
    pub cost: Decimal128<10>,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "market",
    to = "market.position",
    query = "
        SELECT f.account AS account, f.symbol AS symbol, sum(f.quantity) AS quantity, CAST(sum(f.quantity * toDecimal64(f.price, 4)), 'Decimal(38, 10)') AS cost
        FROM market.fill AS f
        GROUP BY account, symbol
    "
)]
pub struct PositionMv {
    pub account: u32,
    #[ch(low_cardinality)]
    pub symbol: String,
    pub quantity: Decimal128<10>,
    pub cost: Decimal128<10>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(ts)",
    order_by = (symbol, ts),
    ttl = "toDateTime(ts) + toIntervalDay(5)",
    constraint(not_crossed, assume = "ask >= bid")
)]
pub struct Quote {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime64(9, 'UTC')", codec = "DoubleDelta, LZ4")]
    pub ts: DateTime64<9>,
    #[ch(codec = "Gorilla(8), LZ4")]
    pub bid: f64,
    #[ch(codec = "Gorilla(8), LZ4")]
    pub ask: f64,
    pub bid_size: f32,
    pub ask_size: f32,
    #[ch(materialized = "ask - bid")]
    pub spread: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(ts)",
    order_by = (symbol, exchange, ts, id),
    settings(min_bytes_for_wide_part = "100Mi"),
    index(price, expr = price, type = "minmax", granularity = 4),
    projection(by_time, "SELECT * ORDER BY ts")
)]
pub struct Trade {
    #[ch(low_cardinality)]
    pub symbol: String,
    pub exchange: Exchange,
    #[ch(type = "DateTime64(9, 'UTC')", codec = "DoubleDelta, ZSTD(1)")]
    pub ts: DateTime64<9>,
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub id: u64,
    #[ch(type = "Decimal(28, 10)", codec = "ZSTD(3)")]
    pub price: i128,
    #[ch(type = "Decimal(28, 10)", codec = "ZSTD(3)")]
    pub size: i128,
    pub side: Side,
    pub conditions: Vec<FixedString<1>>,
    #[ch(alias = "multiplyDecimal(price, size, 10)")]
    pub notional: Decimal128<10>,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "UPPERCASE")]
pub enum Exchange {
    Xetr = 1,
    Xnas = 2,
    Xlon = 3,
    Binance = 10,
    Coinbase = 11,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Sell = -1,
    Cross = 0,
    Buy = 1,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "market",
    query = "
        SELECT symbol, toStartOfInterval(ts, toIntervalMinute(15)) AS at, sumKahan(toFloat64(price) * toFloat64(size)) / sum(toFloat64(size)) AS vwap
        FROM market.trade
        GROUP BY symbol, at
    "
)]
pub struct Vwap {
    #[ch(low_cardinality)]
    pub symbol: String,
    #[ch(type = "DateTime('UTC')")]
    pub at: DateTime,
    pub vwap: f64,
}
