//! An application that brings its database up to date before it serves anybody. The migrations are in the program: a
//! container needs no folder. Here it runs on the embedded engine, so that there is nothing to install; in production
//! the client comes from the configuration of the application.
#![expect(clippy::print_stdout, reason = "the application tells what it does")]

use std::error::Error;

use chx::migrate::{Event, MigrationState};
use chx::prelude::*;
use chx::{Migrations, Migrator};
use chx_local::Local;
use clickhouse::Client;
use migrate_at_start::{Reading, store, warmest};

/// Checked when this is compiled: chain, headers and every statement.
static MIGRATIONS: Migrations = chx::migrations!("migrations");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let local = Local::open_temporary()?;
    let client = Client::default()
        .with_url(local.url())
        .with_user(local.user())
        .with_password(local.password());

    println!("the first start");
    migrate(&client).await?;

    store(&client, &readings()).await?;
    for (device, celsius) in warmest(&client).await? {
        println!("  {device}: at most {celsius} degrees");
    }

    println!("the second start");
    migrate(&client).await?;

    drop(client);
    local.close()?;
    Ok(())
}

/// What stands at the top of an application. Of several instances that start at once, one migrates and the others wait.
async fn migrate(client: &Client) -> Result<(), Box<dyn Error>> {
    let migrator = Migrator::connect(&MIGRATIONS, client).await?;

    let mut run = migrator.run();
    // Ctrl-C lets the statement that is running end, writes that down, and stops.
    let stop = run.stop_handle();
    let interrupt = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.stop();
        }
    });
    while let Some(event) = run.next().await {
        match event {
            Event::Warning { finding } => println!("  {finding}"),
            Event::MigrationFinished { id, took, .. } => {
                println!("  applied {id} in {} ms", took.as_millis());
            }
            _ => {}
        }
    }
    let outcome = run.await?;
    interrupt.abort();
    if outcome.stopped {
        return Err("stopped before all migrations were applied".into());
    }
    if outcome.applied.is_empty() {
        println!("  the database is up to date");
    }

    let status = migrator.status().await?;
    let applied = |state| state == MigrationState::Applied;
    let count = status
        .migrations
        .iter()
        .filter(|migration| applied(migration.state))
        .count();
    println!("  {count} of {} migrations are applied", status.migrations.len());
    Ok(())
}

fn readings() -> Vec<Reading> {
    let measured = [
        ("attic", 1, 31.5, Some(40.0)),
        ("attic", 2, 33.0, Some(38.5)),
        ("cellar", 1, 12.5, None),
    ];
    let reading = |(device, day, celsius, humidity): (&str, u32, f32, Option<f32>)| Reading {
        device: device.to_owned(),
        at: DateTime::from_unix_seconds(1_782_856_800 + day * 86_400),
        celsius,
        humidity,
    };
    measured.map(reading).to_vec()
}
