//! # Users, roles and what they may do
//!
//! Structs with `#[derive(ChRole)]`, `#[derive(ChUser)]`, `#[derive(ChRowPolicy)]`, `#[derive(ChQuota)]` and
//! `#[derive(ChSettingsProfile)]`. Grants stand on who gets them. Users and roles share their names.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = site)]
struct Visits {
    site: String,
    user: String,
    pages: u32,
}

// CREATE SETTINGS PROFILE reference_careful SETTINGS max_memory_usage = 1000 MIN 1 MAX 2000, readonly = 1 CONST <- settings = "max_memory_usage = 1000 MIN 1 MAX 2000, readonly = 1 CONST"
#[derive(ChSettingsProfile)]
#[ch(settings = "max_memory_usage = 1000 MIN 1 MAX 2000, readonly = 1 CONST")]
struct ReferenceCareful;

// CREATE SETTINGS PROFILE referenceNightly SETTINGS INHERIT 'reference_careful', max_threads = 2 WRITABLE TO reference_reader <- name = "referenceNightly", settings = "INHERIT 'reference_careful', max_threads = 2 WRITABLE", to = "reference_reader"
#[derive(ChSettingsProfile)]
#[ch(
    name = "referenceNightly",
    settings = "INHERIT 'reference_careful', max_threads = 2 WRITABLE",
    to = "reference_reader"
)]
struct ReferenceNightly;

// CREATE ROLE reference_reader SETTINGS PROFILE 'reference_careful' <- settings = "PROFILE 'reference_careful'"
// GRANT SELECT(pages, site) ON reference.visits TO reference_reader <- grant("SELECT(site, pages)", on = Visits)
// GRANT SHOW ON reference.* TO reference_reader WITH GRANT OPTION <- grant = "SHOW ON reference.* WITH GRANT OPTION"
#[derive(ChRole)]
#[ch(
    settings = "PROFILE 'reference_careful'",
    grant("SELECT(site, pages)", on = Visits),
    grant = "SHOW ON reference.* WITH GRANT OPTION"
)]
struct ReferenceReader;

// GRANT reference_reader TO reference_writer WITH ADMIN OPTION <- grant = "reference_reader WITH ADMIN OPTION"
// GRANT INSERT ON reference.* TO reference_writer <- grant = "INSERT ON reference.*"
// REVOKE INSERT ON reference.visits FROM reference_writer <- revoke = "INSERT ON reference.visits"
#[derive(ChRole)]
#[ch(
    grant = "reference_reader WITH ADMIN OPTION",
    grant = "INSERT ON reference.*",
    revoke = "INSERT ON reference.visits"
)]
struct ReferenceWriter;

// IDENTIFIED WITH sha256_password BY 'env:ANN_PASSWORD' <- identified = "WITH sha256_password BY 'env:ANN_PASSWORD'"
// VALID UNTIL '2030-01-01 00:00:00' <- valid_until = "2030-01-01"
// HOST LOCAL, IP '10.0.0.0/8' <- host = "LOCAL, IP '10.0.0.0/8'"
// DEFAULT DATABASE reference <- default_database = "reference"
// DEFAULT ROLE reference_reader <- default_role = "reference_reader"
// GRANTEES ANY EXCEPT guest <- grantees = "ANY EXCEPT guest"
// SETTINGS max_threads = 4 <- settings = "max_threads = 4"
// GRANT SELECT ON reference.* TO reference_ann <- grant = "SELECT ON reference.*"
#[derive(ChUser)]
#[ch(
    identified = "WITH sha256_password BY 'env:ANN_PASSWORD'",
    valid_until = "2030-01-01",
    host = "LOCAL, IP '10.0.0.0/8'",
    default_database = "reference",
    default_role = "reference_reader",
    grantees = "ANY EXCEPT guest",
    settings = "max_threads = 4",
    grant = "SELECT ON reference.*"
)]
struct ReferenceAnn;

// CREATE ROW POLICY own ON reference.visits FOR SELECT USING user = currentUser() TO ALL EXCEPT reference_ann <- name = "own", on = Visits, using = "user = currentUser()", to = "ALL EXCEPT reference_ann"
#[derive(ChRowPolicy)]
#[ch(
    name = "own",
    on = Visits,
    using = "user = currentUser()",
    to = "ALL EXCEPT reference_ann"
)]
struct OwnVisits;

// CREATE ROW POLICY everywhere_in ON reference.* AS RESTRICTIVE FOR SELECT USING 1 TO ALL <- on = "reference.*", using = "1", restrictive, to = "ALL"
#[derive(ChRowPolicy)]
#[ch(on = "reference.*", using = "1", restrictive, to = "ALL")]
struct EverywhereIn;

// KEYED BY client_key, user_name <- keyed_by = "client_key, user_name"
// FOR INTERVAL 1 hour MAX queries = 100, result_rows = 1000000 <- interval = "1 hour MAX queries = 100, result_rows = '1M'"
// FOR RANDOMIZED INTERVAL 1 day TRACKING ONLY <- interval = "RANDOMIZED INTERVAL 1 day TRACKING ONLY"
// TO reference_reader <- to = "reference_reader"
#[derive(ChQuota)]
#[ch(
    keyed_by = "client_key, user_name",
    interval = "1 hour MAX queries = 100, result_rows = '1M'",
    interval = "RANDOMIZED INTERVAL 1 day TRACKING ONLY",
    to = "reference_reader"
)]
struct ReferenceHourly;
