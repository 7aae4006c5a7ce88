//! The queries of the application, each on a database that its migrations have just made.

use chx::TestDatabase;
use chx::prelude::*;
use clickhouse::Client;
use clickhouse::error::Result;
use migrate_at_start::{Reading, store, warmest};

fn reading(device: &str, celsius: f32) -> Reading {
    Reading {
        device: device.to_owned(),
        at: DateTime::from_unix_seconds(1_782_856_800),
        celsius,
        humidity: None,
    }
}

#[chx::test(migrations = "migrations")]
async fn no_readings_no_devices(client: Client) -> Result<()> {
    assert_eq!(warmest(&client).await?, []);
    Ok(())
}

#[chx::test(migrations = "migrations")]
async fn the_last_word_about_a_moment_counts(client: Client) -> Result<()> {
    store(&client, &[reading("attic", 45.0)]).await?;
    store(&client, &[reading("attic", 25.0)]).await?;
    assert_eq!(warmest(&client).await?, [("attic".to_owned(), 25.0)]);
    Ok(())
}

#[chx::test(registry)]
async fn the_structs_are_enough_to_test_on(client: Client, database: TestDatabase) -> Result<()> {
    // A program with its own configuration takes the address from the handle.
    let mine = Client::default()
        .with_url(database.url())
        .with_user(database.user())
        .with_password(database.password());
    store(&mine, &[reading("cellar", 12.5)]).await?;
    assert_eq!(warmest(&client).await?, [("cellar".to_owned(), 12.5)]);
    Ok(())
}
