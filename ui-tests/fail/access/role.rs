use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "web", engine = MergeTree, order_by = site)]
struct Visits {
    site: String,
    user: String,
}

#[derive(ChRole)]
#[ch(grants = "SELECT ON web.*")]
struct Unknown;

#[derive(ChRole)]
#[ch(host = "LOCAL")]
struct Elsewhere;

#[derive(ChRole)]
#[ch(grant = "SELEKT ON web.*")]
struct Misspelt;

#[derive(ChRole)]
#[ch(grant = "CREATE DATABASE ON web.visits")]
struct TooNarrow;

#[derive(ChRole)]
#[ch(grant = "SELECT ON web.* TO reader")]
struct SaysWho;

#[derive(ChRole)]
#[ch(grant)]
struct Nothing;

#[derive(ChRole)]
#[ch(grant("SELECT(site, url)", on = Visits))]
struct NoColumn;

#[derive(ChRole)]
#[ch(grant("SELECT ON web.*", on = Visits))]
struct OnTwice;

#[derive(ChRole)]
#[ch(grant("SELECT"))]
struct OnNothing;

#[derive(ChRole)]
#[ch(settings = "max_threads = 4, max_threads = 5")]
struct SettingTwice;

#[derive(ChRole)]
#[ch(settings = "max_threads")]
struct NoValue;

#[derive(ChRole)]
#[ch(settings = "a = 1", settings = "b = 2")]
struct Twice;

#[derive(ChRole)]
#[ch(revoke = "GRANT OPTION FOR SELECT ON web.*")]
struct OptionFor;

#[derive(ChRole)]
#[ch(grant = "READ ON s3")]
struct NoSource;

#[derive(ChRole)]
struct Fields {
    grant: String,
}

fn main() {}
