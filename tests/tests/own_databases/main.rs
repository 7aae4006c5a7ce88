//! `#[chx::test]` where nothing names a database: tests side by side, and what becomes of their databases.
//!
//! This program is started again by its own tests, to see how a program with a failed test ends.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod afterwards;
mod arguments;
mod hundred;

use chx::prelude::*;
use clickhouse::Client;
use clickhouse::error::Result;

/// The registry of this program, with the view below.
#[derive(ChTable, Row, Serialize, Deserialize, Debug)]
#[ch(engine = MergeTree, order_by = id)]
struct Visit {
    pub id: u64,
    pub site: String,
}

/// Names what it reads without a database: it means the one of the test.
#[derive(ChView, Row, Deserialize, Debug, PartialEq)]
#[ch(query = "SELECT site, count() AS visits FROM visit GROUP BY site")]
struct Site {
    pub site: String,
    pub visits: u64,
}

/// The engine has nowhere to keep it: tests find the rest.
#[derive(ChRole)]
#[ch(grant("SELECT(id, site)", on = Visit))]
struct Reader;

/// Inserts a visit where there was none before.
async fn visit_alone(client: &Client, site: &str) -> Result<()> {
    assert_eq!(client.select_from::<Site>("").fetch_all::<Site>().await?, []);
    let mut insert = client.insert_into::<Visit>().await?;
    insert
        .write(&Visit {
            id: 1,
            site: site.to_owned(),
        })
        .await?;
    insert.end().await?;
    let site = Site {
        site: site.to_owned(),
        visits: 1,
    };
    assert_eq!(client.select_from::<Site>("").fetch_all::<Site>().await?, [site]);
    Ok(())
}
