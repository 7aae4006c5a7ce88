//! `chx-migrate` of a project with a role, a user, a row policy, a quota and a settings profile.

use chx::prelude::*;

/// One page view.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = (site, day))]
struct PageView {
    site: String,
    day: Date,
    usr: String,
}

/// For those who may not take much.
#[derive(ChSettingsProfile)]
#[ch(settings = "max_threads = 4")]
struct Careful;

/// What people and programs read.
#[derive(ChRole)]
#[ch(grant("SELECT(day, site), INSERT", on = PageView))]
struct Reader;

/// Reads everything.
#[derive(ChUser)]
#[ch(
    identified = "WITH plaintext_password BY 'env:BOB_PASSWORD'",
    host = "IP '10.0.0.0/8'",
    settings = "PROFILE 'careful'",
    grant = "SELECT ON shop.*"
)]
struct Bob;

/// What bob sees.
#[derive(ChRowPolicy)]
#[ch(name = "bob", on = PageView, using = "usr = 'bob' AND 1", to = "bob")]
struct BobsViews;

/// What bob may ask.
#[derive(ChQuota)]
#[ch(keyed_by = "user_name", interval = "1 hour MAX queries = 10", to = "bob")]
struct Hourly;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
