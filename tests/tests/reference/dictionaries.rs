//! # Dictionaries
//!
//! A struct with `#[derive(ChDictionary)]`. SOURCE and LAYOUT are written as in ClickHouse, whatever their kind.

use chx::prelude::*;

// CREATE DICTIONARY reference.countries <- #[derive(ChDictionary)]
// PRIMARY KEY id <- primary_key = id
// SOURCE(CLICKHOUSE(DB 'reference' TABLE 'country')) <- source = "CLICKHOUSE(DB 'reference' TABLE 'country')"
// LAYOUT(HASHED()) <- layout = "HASHED()"
// LIFETIME(MIN 60 MAX 300) <- lifetime = (60, 300)
// name String DEFAULT 'unknown' <- default = "'unknown'"
// continent UInt64 DEFAULT 0 HIERARCHICAL <- hierarchical
// code String INJECTIVE <- injective
#[derive(ChDictionary)]
#[ch(
    database = "reference",
    primary_key = id,
    source = "CLICKHOUSE(DB 'reference' TABLE 'country')",
    layout = "HASHED()",
    lifetime = (60, 300),
)]
struct Countries {
    id: u64,
    #[ch(default = "'unknown'")]
    name: String,
    #[ch(default = "0", hierarchical)]
    continent: u64,
    #[ch(injective)]
    code: String,
}

// PRIMARY KEY country, city <- primary_key = (country, city)
// SOURCE(HTTP(CREDENTIALS(PASSWORD 'env:CITIES_PASSWORD' USER 'shop') FORMAT 'TSV' URL 'http://127.0.0.1:1/cities.tsv')) <- source = "HTTP(URL 'http://127.0.0.1:1/cities.tsv' FORMAT 'TSV' CREDENTIALS(USER 'shop' PASSWORD 'env:CITIES_PASSWORD'))"
// LAYOUT(COMPLEX_KEY_HASHED()) <- layout = "COMPLEX_KEY_HASHED()"
// LIFETIME(MIN 0 MAX 300) <- lifetime = 300
#[derive(ChDictionary)]
#[ch(
    database = "reference",
    primary_key = (country, city),
    source = "HTTP(URL 'http://127.0.0.1:1/cities.tsv' FORMAT 'TSV' CREDENTIALS(USER 'shop' PASSWORD 'env:CITIES_PASSWORD'))",
    layout = "COMPLEX_KEY_HASHED()",
    lifetime = 300,
)]
struct Cities {
    country: String,
    city: String,
    people: u64,
}

// RANGE(MIN valid_from MAX valid_to) <- range = (valid_from, valid_to)
// SETTINGS(format_csv_allow_single_quotes = 0) <- settings(format_csv_allow_single_quotes = 0)
// rate Float64 EXPRESSION rate / 100 <- expression = "rate / 100"
#[derive(ChDictionary)]
#[ch(
    database = "reference",
    primary_key = currency,
    range = (valid_from, valid_to),
    source = "CLICKHOUSE(DB 'reference' TABLE 'rate')",
    layout = "RANGE_HASHED()",
    lifetime = 300,
    settings(format_csv_allow_single_quotes = 0),
)]
struct Rates {
    currency: u64,
    valid_from: Date,
    valid_to: Date,
    #[ch(expression = "rate / 100")]
    rate: f64,
}

// LAYOUT(DIRECT()) <- layout = "DIRECT()"
#[derive(ChDictionary)]
#[ch(
    database = "reference",
    primary_key = id,
    source = "CLICKHOUSE(DB 'reference' TABLE 'country')",
    layout = "DIRECT()"
)]
struct Asked {
    id: u64,
    name: String,
}
