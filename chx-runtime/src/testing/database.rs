//! What one test stands on: its databases, from the first statement to the last.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chx_core::ident::Ident;
use chx_core::model::ObjectId;

use super::around::Around;
use super::bed::Bed;
use super::schema::Script;
use super::turns::Turn;
use super::{Schema, Spec, TestError, ident};
use crate::client::{Session, client};

/// The database of a test: what a test function may take beside its client.
#[derive(Clone)]
pub struct TestDatabase(Arc<Inner>);

struct Inner {
    name: Ident,
    bed: &'static Bed,
}

impl TestDatabase {
    /// The name of the default database of the test's client.
    pub fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// `http://127.0.0.1:PORT`, for a program that makes its own connections.
    pub fn url(&self) -> String {
        self.0.bed.local.url()
    }

    /// The user.
    pub fn user(&self) -> &str {
        self.0.bed.local.user()
    }

    /// The password, which is made anew for each test program.
    pub fn password(&self) -> &str {
        self.0.bed.local.password()
    }

    /// Another client like the one that the test got: with address, user, password and default database.
    pub fn client(&self) -> clickhouse::Client {
        let password = self.password().to_owned().into();
        client(&self.url(), Some(self.user()), Some(&password)).with_database(self.name())
    }
}

impl fmt::Debug for TestDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestDatabase")
            .field("name", &self.name())
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

/// The databases of one test. They are there until [`clear`](Self::clear) or [`keep`](Self::keep).
#[derive(Debug)]
pub struct Ground {
    spec: Spec,
    database: TestDatabase,
    script: Arc<Script>,
    /// Counts the tests of the process.
    number: usize,
    /// Databases and objects of the server whose names others may want too.
    turn: Turn,
}

/// Where to look at what a failed test left.
#[derive(Debug)]
pub struct Kept {
    test: &'static str,
    path: PathBuf,
    /// The names under which the databases stay, and what they were called in the test.
    databases: Vec<(Ident, Ident)>,
}

impl Ground {
    /// Waits for the turn of the test. Blocks; the first test of a
    /// process opens the engine, which takes about 0.3 seconds, or minutes when it must be fetched.
    ///
    /// # Errors
    /// No engine, or a schema that cannot be.
    pub fn take(spec: &Spec) -> Result<Self, TestError> {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let bed = Bed::of_process()?;
        bed.forget(spec);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = match spec.database {
            Some(name) => ident(name)?,
            None => ident(&own_name(number, spec.name))?,
        };
        let script = Script::of(&spec.schema, &name)?;
        let mut shared: BTreeSet<ObjectId> = script.shared.clone();
        shared.insert(ObjectId::Database(name.clone()));
        for name in spec.databases {
            shared.insert(ObjectId::Database(ident(name)?));
        }
        if spec.database.is_none() {
            shared.remove(&ObjectId::Database(name.clone()));
        }
        Ok(Self {
            spec: spec.clone(),
            database: TestDatabase(Arc::new(Inner { name, bed })),
            script,
            number,
            turn: Turn::take(shared),
        })
    }

    /// The handle for the test.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Applies the schema.
    ///
    /// # Errors
    /// The engine refuses a statement.
    pub async fn build(&self) -> Result<(), TestError> {
        let migrates = matches!(self.spec.schema, Schema::Migrations(_));
        if !migrates {
            self.around()?.make(&self.database.0.name)?;
        }
        if !self.script.statements.is_empty() {
            let mut client = self.database.client();
            if migrates {
                // As `migrate` does: migrations name the database of everything, and make it themselves.
                client = client.with_database("");
            }
            let session = Session::of_client(client).await?;
            for (sql, place) in &self.script.statements {
                if let Err(error) = session.execute(sql, None).await {
                    return Err(TestError::Statement {
                        place: place.clone(),
                        sql: sql.clone(),
                        error,
                    });
                }
            }
        }
        if migrates {
            self.around()?.make(&self.database.0.name)?;
        }
        Ok(())
    }

    /// Drops the databases of the test, and what of the server is its own.
    ///
    /// # Errors
    /// One cannot be dropped: the next test that needs its name would find it.
    pub fn clear(self) -> Result<(), TestError> {
        let mut around = self.around()?;
        self.names().iter().try_for_each(|name| around.drop(name))?;
        around.drop_of_server(self.of_server())
    }

    /// Keeps the databases beyond the end of the process. Those whose names other tests may want get other names, so
    /// that these tests find nothing of it. What belongs to the server goes.
    ///
    /// # Errors
    /// One cannot be set aside: the next test that needs its name would find it.
    pub fn keep(self) -> Result<Kept, TestError> {
        let path = self.database.0.bed.keep(&self.spec).to_owned();
        let mut around = self.around()?;
        let mut databases = Vec::new();
        for name in self.names() {
            if !self.turn.names().contains(&ObjectId::Database(name.clone())) {
                databases.push((name.clone(), name));
                continue;
            }
            let aside = ident(&format!("kept_{}_{}", self.number, name.as_str()))?;
            if around.set_aside(&name, &aside)? {
                databases.push((aside, name));
            }
        }
        around.drop_of_server(self.of_server())?;
        Ok(Kept {
            test: self.spec.name,
            path,
            databases,
        })
    }

    /// All databases of the test, its default one first.
    fn names(&self) -> Vec<Ident> {
        let own = &self.database.0.name;
        let databases = self.turn.names().iter().filter_map(|id| match id {
            ObjectId::Database(name) => Some(name),
            ObjectId::Function(_)
            | ObjectId::NamedCollection(_)
            | ObjectId::Resource(_)
            | ObjectId::Workload(_)
            | ObjectId::Access(_)
            | ObjectId::Relation(_) => None,
        });
        let others = databases.filter(|name| *name != own);
        std::iter::once(own).chain(others).cloned().collect()
    }

    /// What belongs to the server.
    fn of_server(&self) -> impl Iterator<Item = &ObjectId> {
        self.turn.names().iter().filter(|id| id.on_server().is_some())
    }

    fn around(&self) -> Result<Around, TestError> {
        Around::open(self.database.0.bed.local.engine())
    }
}

/// `test_7_counts`, of `my_app::visits::counts`.
fn own_name(number: usize, test: &str) -> String {
    /// Names become file names, where a letter may need several bytes.
    const LONGEST: usize = 60;
    let function = test.rsplit("::").next().unwrap_or(test);
    let function: String = function.chars().take(LONGEST).collect();
    format!("test_{number}_{function}")
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` failed; what it did is kept until it runs again:",
            self.test
        )?;
        for (name, was) in &self.databases {
            write!(f, "\n  database  {name}")?;
            if name != was {
                write!(f, " (`{was}` in the test)")?;
            }
        }
        let path = self.path.display();
        write!(f, "\n  path      {path}")?;
        if let Some((name, _)) = self.databases.first() {
            write!(
                f,
                "\n  to look   chx-migrate engine query --path {path} \"SHOW TABLES FROM {}\"",
                name.sql()
            )?;
        }
        Ok(())
    }
}
