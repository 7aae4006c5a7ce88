CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE minmax, INDEX j (s, k) TYPE minmax GRANULARITY 2) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, index i lower(s) type bloom_filter(0.010), INDEX j k TYPE set(100) GRANULARITY 4, INDEX l k TYPE MinMax) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE ngrambf_v1(3, 256, 2, 0), INDEX j s TYPE tokenbf_v1(256, 2, 0), INDEX l s TYPE bloom_filter()) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE text(tokenizer='splitByNonAlpha'), INDEX j lower(s) TYPE text(tokenizer = ngrams(3)) GRANULARITY 64) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v Array(Float32), INDEX i v TYPE vector_similarity('hnsw', 'L2Distance', 4)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v Array(Float32), INDEX i v TYPE vector_similarity('hnsw', 'L2Distance', 4) GRANULARITY 1000) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, n UInt8, INDEX i (n * 2) TYPE minmax, INDEX j (n) TYPE minmax) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, type String, INDEX type type TYPE bloom_filter) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (INDEX b k TYPE minmax, k UInt8, INDEX a k TYPE minmax, s String) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT k, s ORDER BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (select s, count() group by s), PROJECTION o (SELECT k ORDER BY k)) ENGINE = MergeTree ORDER BY k;
-- level 2: AS is added
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT s, sum(k) total GROUP BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT k, s ORDER BY s) WITH SETTINGS (index_granularity = 1000)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p INDEX s TYPE basic) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (WITH 1 AS x SELECT k + x ORDER BY k)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT k, s WHERE k > 1 ORDER BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, CONSTRAINT c CHECK k > 1, CONSTRAINT d ASSUME k < 100) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, s String, CONSTRAINT c CHECK k>0 AND s!='') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, CONSTRAINT c CHECK (k > 0)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, PROJECTION p (SELECT k ORDER BY k), CONSTRAINT c CHECK k > 0, INDEX i k TYPE minmax, z UInt8) ENGINE = MergeTree ORDER BY k;
-- level 2: a name in quotes that is a keyword may stand bare
CREATE TABLE app.t (k UInt8, `order` UInt8, INDEX `my index` `order` TYPE minmax, CONSTRAINT `my constraint` CHECK `order` > 0, PROJECTION `my projection` (SELECT `order` ORDER BY `order`)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE sparse_grams(3, 10, 256, 2, 0)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s Array(String), INDEX i s TYPE text(tokenizer = array)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE text(tokenizer = splitByString([', ', ';']), preprocessor = lower(s))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE text(tokenizer = splitByNonAlpha, dictionary_block_size = 128)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, m Map(String, String), INDEX i mapKeys(m) TYPE bloom_filter GRANULARITY 1, INDEX j mapValues(m) TYPE bloom_filter(0.01)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v Array(Float32), INDEX i v TYPE vector_similarity('hnsw', 'cosineDistance', 4, 'bf16', 64, 128)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, INDEX i k TYPE set(0), INDEX j k TYPE set(0) GRANULARITY 3) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, INDEX i (k, k + 1) TYPE minmax) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT * ORDER BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT s, k, _part_offset ORDER BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT s, uniq(k), sum(k) AS t, quantile(0.9)(k) GROUP BY s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, PROJECTION p (SELECT toStartOfHour(now()) AS h, count() GROUP BY h)) ENGINE = MergeTree ORDER BY k;
-- level 2: BETWEEN becomes two comparisons
CREATE TABLE app.t (k UInt8, s String, CONSTRAINT c CHECK s IN ('a', 'b') AND length(s) BETWEEN 1 AND 3) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, INDEX i s TYPE minmax, CONSTRAINT c CHECK k > 1, PRIMARY KEY k) ENGINE = MergeTree;
CREATE TABLE app.t (tags Array(LowCardinality(String)), INDEX t tags TYPE bloom_filter(0.01) GRANULARITY 1) ENGINE = MergeTree ORDER BY tuple();
