use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "web", engine = MergeTree, order_by)]
struct Visits {
    site: String,
}

#[derive(ChRole)]
#[ch(grant("SELECT", on = 5))]
struct OnNumber;

#[derive(ChRole)]
#[ch(grant("SELECT", on))]
struct OnNothing;

#[derive(ChRowPolicy)]
#[ch(on = "web.visits", using)]
struct UsingNothing;

#[derive(ChRowPolicy)]
#[ch(on = 5, using = "1")]
struct OfNumber;

#[derive(ChUser)]
#[ch(host)]
struct HostNothing;

#[derive(ChRole)]
#[ch(settings)]
struct SettingsNothing;

#[derive(ChQuota)]
#[ch(interval)]
struct IntervalNothing;

fn main() {}
