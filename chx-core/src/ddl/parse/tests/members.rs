//! Indexes, projections, constraints.

use super::*;

#[test]
fn members() {
    column(
        "INDEX i k TYPE minmax GRANULARITY 4",
        "INDEX i k TYPE minmax GRANULARITY 4",
    );
    column(
        "INDEX i lower(a) TYPE ngrambf_v1(3, 256, 2, 0)",
        "INDEX i lower(a) TYPE ngrambf_v1(3, 256, 2, 0)",
    );
    column(
        "index i (a, b) type set(100) granularity 2",
        "INDEX i (a, b) TYPE set(100) GRANULARITY 2",
    );
    column(
        "INDEX type type TYPE bloom_filter(0.010)",
        "INDEX type type TYPE bloom_filter(0.01)",
    );
    column(
        "INDEX i s TYPE text(tokenizer='splitByNonAlpha')",
        "INDEX i s TYPE text(tokenizer = 'splitByNonAlpha')",
    );
    column(
        "PROJECTION p (SELECT a, k ORDER BY a)",
        "PROJECTION p (SELECT a, k ORDER BY a)",
    );
    column(
        "projection p (select count() group by a) with settings (index_granularity = 100)",
        "PROJECTION p (SELECT count() GROUP BY a) WITH SETTINGS (index_granularity = 100)",
    );
    column(
        "PROJECTION p INDEX a TYPE basic WITH SETTINGS (x = 1)",
        "PROJECTION p INDEX a TYPE basic WITH SETTINGS (x = 1)",
    );
    column(
        "PROJECTION p (WITH 1 AS x SELECT k + x ORDER BY k)",
        "PROJECTION p (WITH 1 AS x SELECT k + x ORDER BY k)",
    );
    column(
        "CONSTRAINT c CHECK k > 0 AND k < 9, CONSTRAINT d ASSUME k < 5",
        "CONSTRAINT c CHECK k > 0 AND k < 9, CONSTRAINT d ASSUME k < 5",
    );
    // Regrouped as the server does.
    column(
        "PROJECTION p (SELECT k ORDER BY k), CONSTRAINT c CHECK k, INDEX i k TYPE minmax, z Int8",
        "z Int8, INDEX i k TYPE minmax, CONSTRAINT c CHECK k, PROJECTION p (SELECT k ORDER BY k)",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8, FOREIGN KEY (k) REFERENCES x (y)) ENGINE = Log",
        "FOREIGN KEY",
    );
}

#[test]
fn index_projections_keep_their_keywords() {
    column(
        "projection p index (a, k) type basic",
        "PROJECTION p INDEX(a, k) TYPE basic",
    );
    column(
        "PROJECTION p INDEX [a] TYPE basic",
        "PROJECTION p INDEX[a] TYPE basic",
    );
}
