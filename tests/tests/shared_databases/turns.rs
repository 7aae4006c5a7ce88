//! Tests that use databases of the same names: each finds them as its schema makes them.

use chx::TestDatabase;
use chx::prelude::*;
use clickhouse::Client;
use clickhouse::error::Result;

/// In a database whose name every query of the program holds.
#[derive(ChTable, Row, Serialize, Deserialize, Debug)]
#[ch(database = "web", engine = MergeTree, order_by = id)]
struct Page {
    pub id: u64,
}

/// Filled by the view below.
#[derive(ChTable, Row, Serialize, Deserialize, Debug)]
#[ch(database = "sums", engine = SummingMergeTree, order_by = key)]
struct Sum {
    pub key: u8,
    pub pages: u64,
}

/// Reads in one database and writes into another.
#[derive(ChMaterializedView)]
#[ch(database = "web", to = Sum, query = "SELECT 1 AS key, count() AS pages FROM web.page GROUP BY key")]
struct SumMv {
    pub key: u8,
    pub pages: u64,
}

/// Belongs to the server, so the tests take turns for it too.
#[derive(ChFunction)]
#[ch(lambda = "x -> x + 1")]
struct TurnsNext;

/// A scalar subquery may have no row, so it is Nullable.
type Counts = (Option<u64>, Option<u64>);

async fn pages_alone(client: &Client) -> Result<()> {
    let count = "SELECT (SELECT count() FROM web.page) AS pages, (SELECT sum(pages) FROM sums.sum) AS sums";
    assert_eq!(
        client.query(count).fetch_one::<Counts>().await?,
        (Some(0), Some(0))
    );
    let next: u8 = client.query("SELECT toUInt8(turns_next(1))").fetch_one().await?;
    assert_eq!(next, 2);
    let mut insert = client.insert_into::<Page>().await?;
    insert.write(&Page { id: 1 }).await?;
    insert.end().await?;
    assert_eq!(
        client.query(count).fetch_one::<Counts>().await?,
        (Some(1), Some(1))
    );
    Ok(())
}

macro_rules! tests {
    ($($name:ident)*) => {$(
        #[chx::test(registry)]
        async fn $name(client: Client) -> Result<()> {
            pages_alone(&client).await
        }
    )*};
}

tests! { t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 }

#[chx::test(registry, database = "web")]
async fn the_default_database_can_be_one_of_them(client: Client) -> Result<()> {
    pages_alone(&client).await?;
    let pages: u64 = client.query("SELECT count() FROM page").fetch_one().await?;
    assert_eq!(pages, 1);
    Ok(())
}

#[chx::test(registry)]
async fn beside_them_is_a_database_of_its_own(client: Client, database: TestDatabase) -> Result<()> {
    client
        .query("CREATE TABLE mine (id UInt64) ENGINE = MergeTree ORDER BY id")
        .execute()
        .await?;
    let of: String = client
        .query("SELECT database FROM system.tables WHERE name = 'mine' AND database = currentDatabase()")
        .fetch_one()
        .await?;
    assert_eq!(of, database.name());
    Ok(())
}

macro_rules! tests_of_their_own {
    ($($name:ident)*) => {$(
        #[chx::test(database = "default", databases("made", "made_too"))]
        async fn $name(client: Client) -> Result<()> {
            for database in ["made", "made_too"] {
                client.query(&format!("CREATE DATABASE {database}")).execute().await?;
            }
            let sql = "CREATE TABLE left_behind (id UInt64) ENGINE = MergeTree ORDER BY id";
            client.query(sql).execute().await
        }
    )*};
}

tests_of_their_own! { makes_0 makes_1 makes_2 }

/// Makes [`fails_when_told`] fail.
const HOW: &str = "CHX_TESTS_FAIL";

#[chx::test(registry)]
async fn fails_when_told(client: Client) -> Result<()> {
    pages_alone(&client).await?;
    assert!(std::env::var_os(HOW).is_none(), "as told");
    Ok(())
}

#[test]
fn what_a_failed_test_did_does_not_meet_the_others() {
    let folder = tempfile::tempdir().expect("folder");
    let output = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args([
            "turns::t",
            "turns::fails_when_told",
            "--nocapture",
            "--test-threads=3",
        ])
        .env(HOW, "1")
        .env("TMPDIR", folder.path())
        .output()
        .expect("this program");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(101), "{said}");
    assert!(said.contains("11 passed; 1 failed"), "{said}");
    assert!(
        said.contains("(`web` in the test)") && said.contains("(`sums` in the test)"),
        "{said}"
    );
}
