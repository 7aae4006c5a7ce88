//! # Views
//!
//! A struct with `#[derive(ChView)]`; its fields are what the query gives.

use chx::prelude::*;

// CREATE VIEW reference.per_site <- #[derive(ChView)]
// AS SELECT site, count() AS views FROM reference.keyed GROUP BY site <- query = "SELECT site, count() AS views FROM reference.keyed GROUP BY site"
#[derive(ChView)]
#[ch(
    database = "reference",
    query = "SELECT site, count() AS views FROM reference.keyed GROUP BY site"
)]
struct PerSite {
    site: String,
    views: u64,
}

// {site:String} <- {site:String}
#[derive(ChView)]
#[ch(
    database = "reference",
    query = "SELECT user FROM reference.keyed WHERE site = {site:String}"
)]
struct UsersOf {}

// DEFINER = default SQL SECURITY DEFINER <- sql_security = definer, definer = "default"
#[derive(ChView)]
#[ch(
    database = "reference",
    sql_security = definer,
    definer = "default",
    query = "SELECT count() AS views FROM reference.keyed"
)]
struct WithRights {
    views: u64,
}
