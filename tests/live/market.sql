-- Market data: ticks and quotes of exchanges, candles of several widths made of each other, an order book, positions.
CREATE DATABASE market;
CREATE TABLE market.trade
(
    `symbol` LowCardinality(String), `exchange` Enum8('XETR' = 1, 'XNAS' = 2, 'XLON' = 3, 'BINANCE' = 10, 'COINBASE' = 11), `ts` DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)), `id` UInt64 CODEC(Delta(8), ZSTD(1)),
    `price` Decimal(28, 10) CODEC(ZSTD(3)), `size` Decimal(28, 10) CODEC(ZSTD(3)), `side` Enum8('buy' = 1, 'sell' = -1, 'cross' = 0), `conditions` Array(FixedString(1)), `notional` Decimal(38, 10) ALIAS multiplyDecimal(price, size, 10),
    PROJECTION by_time (SELECT * ORDER BY ts), INDEX price price TYPE minmax GRANULARITY 4
)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(ts) ORDER BY (symbol, exchange, ts, id) SETTINGS index_granularity = 8192, min_bytes_for_wide_part = '100Mi';
CREATE TABLE market.quote (`symbol` LowCardinality(String), `ts` DateTime64(9, 'UTC') CODEC(DoubleDelta, LZ4), `bid` Float64 CODEC(Gorilla(8), LZ4), `ask` Float64 CODEC(Gorilla(8), LZ4), `bid_size` Float32, `ask_size` Float32, `spread` Float64 MATERIALIZED ask - bid, CONSTRAINT not_crossed ASSUME ask >= bid)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(ts) ORDER BY (symbol, ts) TTL toDateTime(ts) + INTERVAL 5 DAY;
CREATE TABLE market.candle_1m
(
    `symbol` LowCardinality(String), `minute` DateTime('UTC'), `open` AggregateFunction(argMin, Decimal(28, 10), DateTime64(9, 'UTC')), `high` SimpleAggregateFunction(max, Decimal(28, 10)), `low` SimpleAggregateFunction(min, Decimal(28, 10)),
    `close` AggregateFunction(argMax, Decimal(28, 10), DateTime64(9, 'UTC')), `volume` SimpleAggregateFunction(sum, Decimal(38, 10)), `trades` SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(minute) ORDER BY (symbol, minute) COMMENT 'OHLC(V)';
CREATE MATERIALIZED VIEW market.candle_1m_mv TO market.candle_1m AS
SELECT symbol, toStartOfMinute(toDateTime(ts, 'UTC')) AS minute, argMinState(price, ts) AS open, max(price) AS high, min(price) AS low, argMaxState(price, ts) AS close, sum(size) AS volume, count() AS trades FROM market.trade WHERE side != 'cross' GROUP BY symbol, minute;
CREATE TABLE market.candle_1h AS market.candle_1m ENGINE = AggregatingMergeTree PARTITION BY toYear(minute) ORDER BY (symbol, minute);
CREATE MATERIALIZED VIEW market.candle_1h_mv TO market.candle_1h AS
SELECT c.symbol AS symbol, toStartOfHour(c.minute) AS minute, argMinMergeState(c.open) AS open, max(c.high) AS high, min(c.low) AS low, argMaxMergeState(c.close) AS close, sum(c.volume) AS volume, sum(c.trades) AS trades FROM market.candle_1m AS c GROUP BY symbol, minute;
CREATE TABLE market.book (`symbol` LowCardinality(String), `ts` DateTime64(6), `bids` Array(Tuple(price Float64, size Float64)), `asks` Array(Tuple(price Float64, size Float64)), `seq` UInt64, `best` Tuple(bid Float64, ask Float64) MATERIALIZED (bids[1].1, asks[1].1)) ENGINE = ReplacingMergeTree(seq) ORDER BY (symbol, ts);
CREATE TABLE market.position (`account` UInt32, `symbol` LowCardinality(String), `quantity` Decimal(28, 10), `cost` Decimal(38, 10)) ENGINE = SummingMergeTree((quantity, cost)) ORDER BY (account, symbol);
CREATE TABLE market.fill (`account` UInt32, `symbol` LowCardinality(String), `ts` DateTime64(6), `quantity` Decimal(28, 10), `price` Decimal(28, 10)) ENGINE = MergeTree ORDER BY (account, ts);
CREATE MATERIALIZED VIEW market.position_mv TO market.position AS SELECT f.account AS account, f.symbol AS symbol, sum(f.quantity) AS quantity, CAST(sum(f.quantity * toDecimal64(f.price, 4)), 'Decimal(38, 10)') AS cost FROM market.fill AS f GROUP BY account, symbol;
CREATE VIEW market.vwap AS SELECT symbol, toStartOfInterval(ts, INTERVAL 15 MINUTE) AS at, sumKahan(toFloat64(price) * toFloat64(size)) / sum(toFloat64(size)) AS vwap FROM market.trade GROUP BY symbol, at;
CREATE VIEW market.candle AS SELECT symbol, minute, argMinMerge(open) AS open, max(high) AS high, min(low) AS low, argMaxMerge(close) AS close, sum(volume) AS volume FROM market.candle_1m WHERE symbol = {symbol:String} GROUP BY symbol, minute ORDER BY minute ASC;
