-- changed market.trade: missing projection by_time
ALTER TABLE market.trade DROP PROJECTION by_time;
-- changed market.quote: extra projection newest
ALTER TABLE market.quote ADD PROJECTION newest (SELECT symbol, max(ts), argMax(bid, ts) GROUP BY symbol);
-- changed market.quote: changed column spread: default
ALTER TABLE market.quote MODIFY COLUMN spread MATERIALIZED (ask - bid) / ((ask + bid) / 2);
-- changed market.candle_1m: missing comment
ALTER TABLE market.candle_1m MODIFY COMMENT '';
-- changed market.candle: changed query
CREATE OR REPLACE VIEW market.candle AS SELECT symbol, minute, max(high) AS high, min(low) AS low FROM market.candle_1m WHERE symbol = {symbol:String} GROUP BY symbol, minute ORDER BY minute ASC;
-- changed market.position: extra column fees
ALTER TABLE market.position ADD COLUMN fees Decimal(28, 10);
-- changed market.fill: extra column price: codec
ALTER TABLE market.fill MODIFY COLUMN price Decimal(28, 10) CODEC(ZSTD(3));
-- missing market.vwap
DROP VIEW market.vwap;
-- extra market.mine
CREATE VIEW market.mine AS SELECT * FROM market.fill WHERE account = 7;
-- changed market.book: extra setting min_age_to_force_merge_seconds
ALTER TABLE market.book MODIFY SETTING min_age_to_force_merge_seconds = 3600;
-- only spelling
DROP VIEW market.candle_1h_mv;
create materialized view market.candle_1h_mv to market.candle_1h as (
select c.symbol symbol, toStartOfHour(c.minute) minute, argMinMergeState(c.open) as open, MAX(c.high) high, MIN(c.low) low, argMaxMergeState(c.close) close, SUM(c.volume) volume, SUM(c.trades) trades from market.candle_1m as c group by symbol, minute);
