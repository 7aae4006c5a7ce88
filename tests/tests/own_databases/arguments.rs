//! What a test takes and returns.

use chx::TestDatabase;
use clickhouse::Client;

async fn current_database(client: &Client) -> String {
    client
        .query("SELECT currentDatabase()")
        .fetch_one()
        .await
        .expect("an answer")
}

#[chx::test]
async fn a_client_is_enough(client: Client) {
    let tables: u64 = client
        .query("SELECT count() FROM system.tables WHERE database = currentDatabase()")
        .fetch_one()
        .await
        .expect("an answer");
    assert_eq!(tables, 0, "without a schema the database is empty");
}

#[chx::test]
async fn the_handle_knows_the_database(database: TestDatabase, client: Client) {
    assert_eq!(current_database(&client).await, database.name());
    assert_eq!(current_database(&database.client()).await, database.name());
    assert!(database.name().ends_with("_the_handle_knows_the_database"));
    assert!(!format!("{database:?}").contains(database.password()));
}

#[chx::test]
async fn any_error_will_do(client: Client) -> Result<(), String> {
    let one = client.query("SELECT 1").fetch_one::<u8>();
    assert_eq!(one.await.map_err(|error| error.to_string())?, 1);
    Ok(())
}

#[chx::test]
#[should_panic(expected = "as it should")]
async fn a_panic_that_is_expected_is_no_failure(client: Client) {
    assert_eq!(current_database(&client).await, "", "as it should");
}
