//! An empty engine to try things in: nothing that happens there touches a database that anybody uses.
//!
//! Decides what has to stand there so that an object can be made: everything that it reads or writes into, and what
//! those need in turn, and nothing else. What only its own server can make (a replicated table, a Distributed one, a queue)
//! is made as something else of the same columns. The cost follows the objects that are asked about, not the size of the schema.

mod access;
mod effect;

use std::collections::BTreeSet;

use chx_core::canon::{leave_open, portable_schema, portable_statement, stand_in_statement, with_places};
use chx_core::ddl::{CreateDatabase, OnExisting, Statement, render};
use chx_core::ident::Ident;
use chx_core::model::{Database, EngineFamily, Object, ObjectId, Schema, Secret};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, PlanError, Renames, needs_of, plan};

use crate::client::{ConnectError, ServerError, Session};
use crate::introspect::{Live, Scope, introspect};

/// An empty engine.
#[derive(Debug)]
pub struct Scratch {
    session: Session,
}

/// What went wrong in the scratch engine, apart from what it was asked to try.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// There is no engine.
    #[error(transparent)]
    Open(#[from] ConnectError),
    /// The engine does not answer a question of its own.
    #[error("the scratch engine failed: {0}")]
    Engine(#[from] ServerError),
    /// A schema cannot be brought into an order.
    #[error(transparent)]
    Order(#[from] PlanError),
}

/// Why it was not found out what a statement does.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The scratch engine failed.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// The engine does not make an object that stands before the statement.
    #[error("the local engine does not make `{}`, which is there before it: {}", .0.object, .0.error)]
    Before(Box<Refused>),
    /// The engine refuses the statement.
    #[error("the local engine refuses it: {0}")]
    Refused(#[source] ServerError),
    /// What the statement made cannot be read.
    #[error("it makes `{0}`, which cannot be read: {1}")]
    Unreadable(String, String),
}

/// A statement that the scratch engine refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What the statement is about.
    pub object: ObjectId,
    /// The statement.
    pub sql: String,
    /// What the engine said.
    pub error: ServerError,
}

impl Refused {
    /// Is it something that another server may have: a cluster, a named collection, a peer that answers?
    pub fn is_about_the_server(&self) -> bool {
        self.error
            .code()
            .is_some_and(|code| OTHER_SERVERS.contains(&code))
    }
}

/// An object that the scratch engine does not make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The object.
    pub object: ObjectId,
    /// What the engine said.
    pub error: ServerError,
    /// Is it something that another server may have: a cluster, a named collection, a peer that answers?
    pub is_about_the_server: bool,
}

impl Scratch {
    /// Opens one. It goes away with its value.
    pub async fn open() -> Result<Self, ScratchError> {
        Ok(Self {
            session: Session::open_scratch().await?,
        })
    }

    /// Opens one if there is something in the plan to try.
    pub(crate) async fn open_for(plan: &Plan) -> Result<Option<Self>, ScratchError> {
        if plan.steps.is_empty() || !plan.rebuilds.is_empty() {
            return Ok(None);
        }
        Self::open().await.map(Some)
    }

    /// Makes all objects of a schema, in an order that works, and the databases that they need.
    pub async fn build(&self, schema: &Schema) -> Result<Vec<Refused>, ScratchError> {
        let mut refused = Vec::new();
        let databases: BTreeSet<&Ident> = schema.iter().filter_map(|(id, _)| id.database()).collect();
        for name in databases {
            if !schema.contains(&ObjectId::Database(name.clone())) {
                let database = Database::new(name.clone());
                let create = CreateDatabase {
                    database,
                    on_existing: OnExisting::Keep,
                };
                refused.extend(self.run(&Statement::CreateDatabase(create)).await);
            }
        }
        let empty = Schema::default();
        let placed = placed(schema);
        for step in plan(
            Pair {
                before: &empty,
                after: placed.as_ref().unwrap_or(schema),
            },
            &Renames::default(),
        )?
        .steps
        {
            refused.extend(self.run(&step.statement).await);
        }
        Ok(refused)
    }

    /// Everything in a schema that the engine refuses, in one pass. What fails only because something else failed is
    /// not told. What only its own server can make is made as something else of the same columns.
    pub async fn refusals(&self, schema: &Schema) -> Result<Vec<Refusal>, ScratchError> {
        let refused = self.build(schema).await?;
        let is_refused = |id: &ObjectId| refused.iter().any(|refused| refused.object == *id);
        let follows = |refused: &&Refused| {
            let object = schema.get(&refused.object);
            let mut needs = object.map(needs_of).into_iter().flatten();
            needs.any(|id| id != refused.object && is_refused(&id))
        };
        let refusal = |refused: &Refused| Refusal {
            object: refused.object.clone(),
            error: refused.error.clone(),
            is_about_the_server: refused.is_about_the_server(),
        };
        let mut refusals: Vec<Refusal> = refused
            .iter()
            .filter(|refused| !follows(refused))
            .map(refusal)
            .collect();
        refusals.sort_by(|a, b| a.object.cmp(&b.object));
        self.clear(schema).await?;
        Ok(refusals)
    }

    /// Takes all objects of a schema away again.
    pub async fn clear(&self, schema: &Schema) -> Result<Vec<Refused>, ScratchError> {
        let mut refused = Vec::new();
        let empty = Schema::default();
        for step in plan(
            Pair {
                before: schema,
                after: &empty,
            },
            &Renames::default(),
        )?
        .steps
        {
            refused.extend(self.run(&step.statement).await);
        }
        Ok(refused)
    }

    /// Runs one statement. What the engine refuses is an answer, not an error.
    pub async fn run(&self, statement: &Statement) -> Option<Refused> {
        let here = stand_in_statement(portable_statement(statement.clone()));
        if matches!(&here, Statement::AlterTable(alter) if alter.commands.is_empty()) {
            return None;
        }
        if let Statement::Access(about) = &here {
            let (sql, error) = access::refused(&self.session, about).await?;
            return Some(Refused {
                object: statement.object(),
                sql,
                error,
            });
        }
        let sql = render(&here);
        let soon = GIVE_UP_SOON.map(|(name, value)| (name, value.to_owned()));
        let Err(mut error) = self.session.execute_with(&sql, None, &soon).await else {
            self.stop(&here).await;
            return None;
        };
        if let Statement::CreateRaw(_) = here {
            let settings: Vec<_> = EXPERIMENTS
                .iter()
                .chain(&GIVE_UP_SOON)
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            match self.session.execute_with(&sql, None, &settings).await {
                Ok(()) => {
                    self.stop(&here).await;
                    return None;
                }
                // What is wrong besides.
                Err(other) if error.code() == Some(NOT_ENABLED) => error = other,
                Err(_) => {}
            }
        }
        Some(Refused {
            object: statement.object(),
            sql,
            error,
        })
    }

    /// Sees to it that a view which runs by the clock never runs here: EMPTY leaves out its first run alone.
    async fn stop(&self, made: &Statement) {
        let name = match made {
            Statement::CreateMaterializedView(create) if create.view.refresh.is_some() => &create.view.name,
            Statement::CreateRaw(create) if create.object.is_refreshable() => match create.object.name() {
                Some(name) => name,
                None => return,
            },
            _ => return,
        };
        let stop = format!("SYSTEM STOP VIEW {}", name.sql());
        // It may have been there already, as something else: IF NOT EXISTS.
        let _ = self.session.execute(&stop, None).await;
    }

    /// Reads the databases of a schema and what it says of the server back, in the form that is
    /// [`portable`](chx_core::canon::portable); so are the other objects.
    pub async fn read<'a>(
        &self,
        schema: &'a Schema,
        others: impl IntoIterator<Item = &'a ObjectId>,
    ) -> Result<Live, ScratchError> {
        let ids = schema.iter().map(|(id, _)| id).chain(others);
        let ids = ids.filter(|id| !matches!(id, ObjectId::Access(_)));
        let mut live = introspect(&self.session, &Scope::around(ids)).await?;
        // It keeps none of these, so they are what they are said to be.
        for entity in schema.access() {
            live.schema.put(access::formatted(&self.session, entity).await?);
        }
        leave_open(&mut live.schema, schema);
        live.schema = portable_schema(live.schema);
        Ok(live)
    }
}

/// The schema with a place for each secret that a server hides: an engine that nobody reads from takes any. `None` where there
/// are none.
fn placed(schema: &Schema) -> Option<Schema> {
    let hidden: Vec<Object> = schema
        .objects()
        .filter(|object| match object {
            Object::Database(_) | Object::Dictionary(_) | Object::Access(_) => true,
            Object::Table(table) => table.storage.engine.family() == EngineFamily::Other,
            Object::NamedCollection(_) => true,
            Object::View(_)
            | Object::MaterializedView(_)
            | Object::Function(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_) => false,
        })
        .filter_map(|object| {
            let placed = with_places(object.clone(), None, &mut |_| Secret::Env("HIDDEN".to_owned()));
            (placed != *object).then_some(placed)
        })
        .collect();
    if hidden.is_empty() {
        return None;
    }
    let mut schema = schema.clone();
    for object in hidden {
        schema.put(object);
    }
    Some(schema)
}

/// What a statement that chx does not read may be about, and only engines with these settings make. Whether a server has them
/// is for it to say.
const EXPERIMENTS: [(&str, &str); 3] = [
    ("allow_experimental_unique_key", "1"),
    ("allow_experimental_window_view", "1"),
    ("enable_analyzer", "0"),
];

/// A table over a named collection may ask another place what lies there. By default that is tried a hundred times, so that
/// an engine without a network seems to hang.
const GIVE_UP_SOON: [(&str, &str); 6] = [
    ("external_storage_connect_timeout_sec", "1"),
    ("http_connection_timeout", "1"),
    ("http_max_tries", "1"),
    ("s3_connect_timeout_ms", "1000"),
    ("s3_request_timeout_ms", "1000"),
    ("s3_retry_attempts", "0"),
];

/// The error for a feature that a setting enables.
const NOT_ENABLED: u32 = 344;

/// Errors that say what this engine lacks, not what is wrong with a definition: configuration (137, 139), a cluster (170,
/// 701), a disk (478), a named collection (669), an answer from elsewhere (209, 210, 279, 499, 501, 519, 614, 636, 660, 715,
/// 742, 1000), Keeper (225, 999).
const OTHER_SERVERS: [u32; 20] = [
    137, 139, 170, 209, 210, 225, 279, 478, 499, 501, 519, 614, 636, 660, 669, 701, 715, 742, 999, 1000,
];

/// The part of a schema that these objects need to exist, themselves included.
pub fn needed(schema: &Schema, ids: impl IntoIterator<Item = ObjectId>) -> Schema {
    let mut left: Vec<ObjectId> = ids.into_iter().collect();
    let mut part = Schema::default();
    while let Some(id) = left.pop() {
        let Some(object) = schema.get(&id).filter(|_| !part.contains(&id)) else {
            continue;
        };
        left.extend(needs_of(object));
        part.put(object.clone());
    }
    part
}
