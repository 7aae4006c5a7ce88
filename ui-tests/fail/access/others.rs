use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "web", engine = MergeTree, order_by = site)]
struct Visits {
    site: String,
}

#[derive(ChRowPolicy)]
#[ch(using = "1", to = "ALL")]
struct OnNothing;

#[derive(ChRowPolicy)]
#[ch(on = "a.b.c", using = "1")]
struct ThreeParts;

#[derive(ChRowPolicy)]
#[ch(on = Visits, using = "site = ")]
struct NoCondition;

#[derive(ChRowPolicy)]
#[ch(on = Visits, restrictive = "yes")]
struct NoFlag;

#[derive(ChRowPolicy)]
#[ch(on = Visits, usin = "1")]
struct Unknown;

#[derive(ChRowPolicy)]
#[ch(on = Visits, to = "NONE EXCEPT reader")]
struct Nobody;

#[derive(ChQuota)]
#[ch(interval = "1 fortnight MAX queries = 1")]
struct NoUnit;

#[derive(ChQuota)]
#[ch(interval = "1 hour MAX querys = 1")]
struct NoLimit;

#[derive(ChQuota)]
#[ch(interval = "1 hour MAX queries = 1", interval = "60 minutes MAX errors = 1")]
struct SameLength;

#[derive(ChQuota)]
#[ch(keyed_by = "user")]
struct NoKey;

#[derive(ChSettingsProfile)]
#[ch(settings = "max_threads = 4 MAX 8 CONST READONLY")]
struct ConstTwice;

#[derive(ChSettingsProfile)]
#[ch(setting = "max_threads = 4")]
struct Misspelt;

fn main() {}
