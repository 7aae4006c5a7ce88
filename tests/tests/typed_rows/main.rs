//! Rows of every supported Rust type, on the real engine: the table is created from the struct, rows go in through
//! the official client with its validation on, and come out equal.

mod collections;
mod companions;
mod composites;
mod dates;
mod enums;
mod explicit;
mod foreign;
mod groups;
mod names;
mod numbers;
mod objects;
mod optional;
mod text;

use std::fmt::Debug;
use std::process::ExitCode;
use std::sync::Arc;

use chx::prelude::*;
use chx_core::ddl::{self, CreateDatabase, OnExisting, Statement};
use chx_core::ident::Ident;
use chx_core::model::Database;
use chx_local::Local;
use clickhouse::{Client, RowOwned, RowRead, RowWrite};
use libtest_mimic::{Arguments, Failed, Trial};

/// What a case needs: the engine, and a thread to wait on.
pub(crate) struct Engine {
    local: Local,
}

/// A failed case: what was being done, and why it did not work.
pub(crate) type Outcome = Result<(), String>;

/// A named case.
pub(crate) type Case = (&'static str, fn(&Engine) -> Outcome);

impl Engine {
    fn client(&self) -> Client {
        Client::default()
            .with_url(self.local.url())
            .with_user(self.local.user())
            .with_password(self.local.password())
    }

    /// Runs a case's own steps with a client.
    pub(crate) fn run<F: Future<Output = Outcome>>(&self, steps: impl FnOnce(Client) -> F) -> Outcome {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime
            .map_err(|error| error.to_string())?
            .block_on(steps(self.client()))
    }

    /// Creates the table of `T`, inserts the rows, selects them back in the same order and compares.
    pub(crate) fn round_trip<T>(&self, rows: &[T]) -> Outcome
    where
        T: ChTable<Insert = T, Select = T> + RowOwned + RowRead + RowWrite + Debug + PartialEq,
        T: for<'a> clickhouse::Row<Value<'a> = T>,
    {
        self.run(async |client| {
            create(&client, &[T::DECLARATION]).await?;
            insert::<T>(&client, rows).await?;
            let read = client.select_from::<T>("ORDER BY id").fetch_all::<T>().await;
            let read = read.map_err(|error| format!("select: {error}"))?;
            same(&read, rows)
        })
    }
}

/// Creates what is declared, in this order, with the databases that it lives in.
pub(crate) async fn create(client: &Client, declarations: &[chx::Declaration]) -> Outcome {
    let default = Ident::new("default").map_err(|error| error.to_string())?;
    for declaration in declarations {
        let declared = declaration
            .read(&default)
            .map_err(|findings| format!("{findings:?}"))?;
        let database = Statement::CreateDatabase(CreateDatabase {
            database: Database::new(
                declared
                    .object
                    .id()
                    .database()
                    .cloned()
                    .unwrap_or(default.clone()),
            ),
            on_existing: OnExisting::Keep,
        });
        for sql in [ddl::render(&database), ddl::render_object(&declared.object)] {
            client
                .query_raw(&sql)
                .execute()
                .await
                .map_err(|error| format!("{sql}\n{error}"))?;
        }
    }
    Ok(())
}

/// Inserts rows into the table of `T`.
pub(crate) async fn insert<T>(client: &Client, rows: &[T::Insert]) -> Outcome
where
    T: ChTable<Insert: RowWrite + for<'a> clickhouse::Row<Value<'a> = T::Insert>>,
{
    let run = async {
        let mut insert = client.insert_into::<T>().await?;
        for row in rows {
            insert.write(row).await?;
        }
        insert.end().await
    };
    run.await
        .map_err(|error: clickhouse::error::Error| format!("insert: {error}"))
}

/// Compares row by row.
pub(crate) fn same<T: Debug + PartialEq>(read: &[T], written: &[T]) -> Outcome {
    if read.len() != written.len() {
        return Err(format!("{} rows went in, {} came out", written.len(), read.len()));
    }
    for (read, written) in read.iter().zip(written) {
        if read != written {
            return Err(format!("went in:  {written:?}\ncame out: {read:?}"));
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let local = match Local::open_temporary() {
        Ok(local) => local,
        Err(error) => {
            let trial = Trial::test("engine", move || Err(Failed::from(error)));
            return libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code();
        }
    };
    let engine = Arc::new(Engine { local });
    let groups: [(&str, &[Case]); 13] = [
        ("collections", &collections::CASES),
        ("companions", &companions::CASES),
        ("composites", &composites::CASES),
        ("dates", &dates::CASES),
        ("enums", &enums::CASES),
        ("explicit", &explicit::CASES),
        ("foreign", &foreign::CASES),
        ("groups", &groups::CASES),
        ("names", &names::CASES),
        ("numbers", &numbers::CASES),
        ("objects", &objects::CASES),
        ("optional", &optional::CASES),
        ("text", &text::CASES),
    ];
    let mut trials = Vec::new();
    for (group, cases) in groups {
        for (name, run) in cases {
            let engine = Arc::clone(&engine);
            trials.push(Trial::test(format!("{group}/{name}"), move || {
                run(&engine).map_err(Failed::from)
            }));
        }
    }
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    conclusion.exit_code()
}
