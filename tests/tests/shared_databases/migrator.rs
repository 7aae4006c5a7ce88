//! The migrator as a library: the same runner, told by code instead of flags.

use std::path::Path;
use std::time::Duration;

use chx::migrate::{Config, Destructive, Event, Flags, MigrationState, MigratorError};
use chx::{Migrations, Migrator, TestDatabase};
use chx_core::history::{FileRole, HistoryFiles, SourceFile, seal};
use clickhouse::Client;

type Outcome = Result<(), Box<dyn std::error::Error>>;

static EMBEDDED: Migrations = chx::migrations!("../examples/migrate-at-start/migrations");

#[chx::test(databases("chx", "sensors"))]
async fn embedded_migrations_are_applied_once(client: Client) -> Outcome {
    let migrator = Migrator::connect(&EMBEDDED, &client).await?;
    let plan = migrator.plan().await?;
    let sizes: Vec<usize> = plan.migrations.iter().map(|one| one.statements.len()).collect();
    assert_eq!((sizes, plan.destroys().count()), (vec![2, 1], 0));
    let states = |report: &chx::migrate::StatusReport| -> Vec<MigrationState> {
        report
            .migrations
            .iter()
            .map(|migration| migration.state)
            .collect()
    };
    assert_eq!(states(&migrator.status().await?), [MigrationState::Pending; 2]);

    // Whoever starts at once waits, and finds nothing left to do.
    let both = (migrator.run(), migrator.run());
    let (first, second) = (both.0.await?, both.1.await?);
    assert_eq!(first.applied.len() + second.applied.len(), 2);
    assert_eq!(first.statements + second.statements, 3);

    assert_eq!(states(&migrator.status().await?), [MigrationState::Applied; 2]);
    assert!(migrator.plan().await?.is_empty());
    Ok(())
}

#[chx::test(databases("chx", "sensors"))]
async fn only_up_to_a_migration(client: Client) -> Outcome {
    let plan = Migrator::connect(&EMBEDDED, &client).await?.plan().await?;
    let first = &plan.migrations[0].id;
    let migrator = Migrator::connect(&EMBEDDED, &client)
        .await?
        .up_to(first.as_str())?;
    assert_eq!(migrator.run().await?.applied, std::slice::from_ref(first));
    let error = migrator
        .up_to("nothing_of_that_name")?
        .run()
        .await
        .expect_err("no such migration");
    assert!(error.to_string().contains("is not in the history"), "{error}");
    Ok(())
}

/// A folder with one migration for each text.
fn history(folder: &Path, migrations: &[(&str, &str)]) -> Migrations {
    let mut files = HistoryFiles::default();
    for (id, sql) in migrations {
        let role = FileRole::of(&format!("{id}.sql"))
            .expect("an id")
            .expect("a migration");
        let text = format!("-- chx:migration 1\n-- chx:id {id}\n-- chx:draft\n\n-- chx:up\n\n{sql}\n");
        let file = SourceFile {
            path: format!("{id}.sql"),
            text,
        };
        files.add(role, file);
    }
    let sealed = seal(&files).expect("a sound history");
    for (id, text) in &sealed.migrations {
        std::fs::write(folder.join(id.file_name()), text).expect("migration");
    }
    std::fs::write(folder.join("chx.sum"), &sealed.sum).expect("chx.sum");
    Migrations::folder(folder)
}

#[chx::test(databases("chx_journal", "shop"))]
async fn what_destroys_needs_two_consents(client: Client) -> Outcome {
    let folder = tempfile::tempdir()?;
    let migrations = history(
        folder.path(),
        &[
            (
                "0001",
                "CREATE DATABASE shop; CREATE TABLE shop.a (id UInt64, old String) ENGINE = MergeTree ORDER BY id;",
            ),
            ("0002", "ALTER TABLE shop.a DROP COLUMN old;"),
        ],
    );
    let migrator = Migrator::connect(migrations, &client)
        .await?
        .journal_database("chx_journal")?;
    let names: Vec<String> = migrator
        .plan()
        .await?
        .destroys()
        .map(|one| one.loss.name)
        .collect();
    assert_eq!(names, ["shop.a.old"]);
    for half in [
        migrator.clone(),
        migrator.clone().policy(Destructive::Flag),
        migrator.clone().allow_destructive(&names),
        migrator
            .clone()
            .policy(Destructive::Flag)
            .allow_destructive(["shop.a"]),
    ] {
        let error = half.run().await.expect_err("no consent");
        assert!(matches!(&error, MigratorError::Refused(_)), "{error}");
        assert!(error.to_string().contains("destroys shop.a.old"), "{error}");
    }
    let databases = "SELECT count() FROM system.databases WHERE name IN ('shop', 'chx_journal')";
    assert_eq!(
        client.query(databases).fetch_one::<u64>().await?,
        0,
        "nothing was run"
    );
    let outcome = migrator
        .policy(Destructive::Flag)
        .allow_destructive(names)
        .run()
        .await?;
    assert_eq!(outcome.applied.len(), 2);
    Ok(())
}

#[chx::test(databases("chx", "sensors"))]
async fn an_environment_that_wants_to_be_confirmed_is(_client: Client, database: TestDatabase) -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("password"), database.password())?;
    let toml = format!(
        "[env.prod]\nurl = \"{}\"\nuser = \"default\"\npassword = \"file:password\"\npolicy.confirm = true\n",
        database.url()
    );
    std::fs::write(folder.path().join("chx.toml"), toml)?;
    for (confirm, applied) in [(None, None), (Some("dev"), None), (Some("prod"), Some(2))] {
        let flags = Flags {
            confirm: confirm.map(str::to_owned),
            ..Flags::default()
        };
        let config = Config::load(folder.path(), &flags, |_| None)?;
        let migrator = Migrator::from_config(&EMBEDDED, &config).await?;
        assert_eq!(
            migrator.plan().await?.migrations.len(),
            2,
            "looking needs no confirmation"
        );
        match (migrator.run().await, applied) {
            (Ok(outcome), Some(applied)) => assert_eq!(outcome.applied.len(), applied),
            (Err(error @ MigratorError::Unconfirmed(_)), None) => {
                assert!(
                    error.to_string().starts_with("`prod` wants to be confirmed"),
                    "{error}"
                );
            }
            (other, _) => panic!("{confirm:?} gives {other:?}"),
        }
    }
    Ok(())
}

/// Three statements; the second takes a while.
fn slow(folder: &Path) -> Migrations {
    history(
        folder,
        &[(
            "0001",
            "CREATE DATABASE shop; SELECT sleep(1.5) SETTINGS function_sleep_max_microseconds_per_block = 3000000; \
             CREATE TABLE shop.a (id UInt64) ENGINE = MergeTree ORDER BY id;",
        )],
    )
}

/// Waits until the run has sent its second statement.
async fn second_started(run: &mut chx::migrate::MigrationRun) {
    loop {
        match run.next().await {
            Some(Event::StatementStarted { statement }) if statement.number == 2 => return,
            Some(_) => {}
            None => panic!("the run ended before its second statement"),
        }
    }
}

/// The last words of the journal about each statement.
async fn journal(client: &Client) -> Result<Vec<(u32, String)>, clickhouse::error::Error> {
    let sql = "SELECT statement, argMax(event, sequence) FROM chx.journal WHERE statement > 0 GROUP BY statement ORDER BY statement";
    client.query(sql).fetch_all().await
}

#[chx::test(databases("chx", "shop"))]
async fn a_stopped_run_ends_behind_its_statement(client: Client) -> Outcome {
    let folder = tempfile::tempdir()?;
    let migrator = Migrator::connect(slow(folder.path()), &client).await?;
    let mut run = migrator.run();
    second_started(&mut run).await;
    run.stop_handle().stop();
    let outcome = run.await?;
    assert!(outcome.stopped && outcome.applied.is_empty());
    assert_eq!(outcome.statements, 2);
    let done = |number| (number, "finished".to_owned());
    assert_eq!(journal(&client).await?, [done(1), done(2)]);

    let outcome = migrator.run().await?;
    assert_eq!(
        (outcome.applied.len(), outcome.statements),
        (1, 1),
        "it goes on where it stopped"
    );
    assert_eq!(journal(&client).await?, [done(1), done(2), done(3)]);
    Ok(())
}

#[chx::test(databases("chx", "shop"))]
async fn a_dropped_run_ends_behind_its_statement(client: Client) -> Outcome {
    let folder = tempfile::tempdir()?;
    let migrator = Migrator::connect(slow(folder.path()), &client)
        .await?
        .lock_wait(Duration::from_secs(30));
    let mut run = migrator.run();
    second_started(&mut run).await;
    drop(run);
    // The next one waits until the dropped one has written down its end and given back the lock.
    let outcome = migrator.run().await?;
    assert_eq!((outcome.applied.len(), outcome.statements), (1, 1));
    let words: Vec<String> = journal(&client)
        .await?
        .into_iter()
        .map(|(_, word)| word)
        .collect();
    assert_eq!(words, ["finished", "finished", "finished"]);
    Ok(())
}

#[chx::test(databases("chx", "shop"))]
async fn a_cut_run_leaves_a_true_journal(client: Client) -> Outcome {
    let folder = tempfile::tempdir()?;
    let migrations = slow(folder.path());
    // A runtime that ends in the middle, and the connection with it.
    let ended = std::thread::spawn({
        let client = client.clone();
        move || -> Result<(), MigratorError> {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let mut run = Migrator::connect(migrations, &client).await?.run();
                second_started(&mut run).await;
                Ok(())
            })
        }
    });
    ended.join().map_err(|_| "the thread panicked")??;
    assert_eq!(
        journal(&client).await?,
        [(1, "finished".to_owned()), (2, "started".to_owned())],
        "nobody knows whether the second ended, and that is what stands there"
    );
    Ok(())
}
