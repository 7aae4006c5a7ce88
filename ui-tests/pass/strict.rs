//! Generated code adds nothing that strict lints object to, in a program that only declares.
#![deny(missing_docs, unsafe_code, warnings, clippy::all)]
#![forbid(unsafe_code)]

use chx::prelude::*;

/// One page view.
#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(database = "web", engine = MergeTree, order_by = id)]
pub struct PageView {
    /// The id.
    pub id: u64,
    /// The moment.
    pub ts: DateTime64<3>,
    /// Its day.
    #[ch(materialized = "toDate(ts)")]
    pub day: Date,
    /// Sent along for other columns.
    #[ch(ephemeral)]
    pub hint: String,
}

/// Only declared, never built, never read.
#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Declared {
    id: u64,
    #[ch(materialized = "id + 1")]
    next: u64,
    #[ch(type = "AggregateFunction(sum, UInt64)")]
    total: (),
}

/// A view.
#[derive(ChView)]
#[ch(database = "web", query = "SELECT id FROM web.page_view")]
struct Ids {
    id: u64,
}

/// A materialized view.
#[derive(ChMaterializedView)]
#[ch(database = "web", to = PageView, query = "SELECT id, ts FROM web.other")]
struct Copy {
    id: u64,
    ts: DateTime64<3>,
}

/// A function.
#[derive(ChFunction)]
#[ch(lambda = "x -> x + 1")]
struct Next;

/// A named collection.
#[derive(ChNamedCollection)]
#[ch(entries = "url = 'https://files.example.com/'")]
struct Files;

/// A resource.
#[derive(ChResource)]
#[ch(operations = "READ ANY DISK")]
struct Disks;

/// A workload.
#[derive(ChWorkload)]
#[ch(settings = "weight = 2 FOR disks")]
struct Everything;

/// A role.
#[derive(ChRole)]
#[ch(settings = "max_threads = 4", grant = "SELECT ON web.*")]
struct Reader;

/// A user.
#[derive(ChUser)]
#[ch(identified = "WITH sha256_password BY 'env:PASSWORD'", default_role = "reader")]
struct Ann;

/// A row policy.
#[derive(ChRowPolicy)]
#[ch(on = "web.*", using = "1", restrictive, to = "reader")]
struct Own;

/// A quota.
#[derive(ChQuota)]
#[ch(interval = "1 hour MAX queries = 100", to = "reader")]
struct Hourly;

/// A settings profile.
#[derive(ChSettingsProfile)]
#[ch(settings = "max_threads = 4")]
struct Careful;

/// A newtype.
#[derive(ChType, Serialize, Deserialize)]
pub struct SiteId(pub u64);

fn main() {
    assert_eq!(DeclaredInsert::from(Declared { id: 1, next: 2, total: () }).id, 1);
}
