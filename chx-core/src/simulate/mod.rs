//! What a statement does to a schema, worked out without an engine.
//!
//! Decides the schema after a statement. It refuses what ClickHouse refuses because of names: an object that is
//! there already or is missing, a column that does not exist, the last column dropped. What ClickHouse refuses for
//! other reasons (a key column that cannot change its type) is the planner's to avoid and the proof's to find.

mod access;
mod alter;
mod enums;
mod named_collection;
mod statistics;
mod workload;

use std::sync::Arc;

use crate::ddl::{AlterTable, CreateDatabase, OnExisting, RelationKind, Statement};
use crate::ident::Ident;
use crate::model::{Object, ObjectId, ObjectKind, Schema};
use crate::pair::Pair;

pub use alter::apply_command;

/// Why a statement cannot be carried out on a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// CREATE, or RENAME to a name that is taken.
    #[error("`{id}` is there already, as a {kind}")]
    Exists {
        /// The name.
        id: ObjectId,
        /// What has it.
        kind: ObjectKind,
    },
    /// The object does not exist.
    #[error("`{id}` does not exist")]
    Missing {
        /// The name.
        id: ObjectId,
    },
    /// The command does not fit what the object is.
    #[error("`{id}` is a {kind}, which cannot do `{command}`")]
    WrongKind {
        /// The name.
        id: ObjectId,
        /// What it is.
        kind: ObjectKind,
        /// The command.
        command: &'static str,
    },
    /// An ALTER of another name of a table.
    #[error("`{id}` is an Alias, and `{command}` changes the table behind it: name that one")]
    Alias {
        /// The name.
        id: ObjectId,
        /// The command.
        command: &'static str,
    },
    /// A column, index, projection or constraint does not exist.
    #[error("`{object}` has no {what} `{name}`")]
    NoMember {
        /// The table.
        object: ObjectId,
        /// Column, index, projection or constraint.
        what: &'static str,
        /// Its name.
        name: Ident,
    },
    /// A column, index, projection or constraint of that name exists.
    #[error("`{object}` has a {what} `{name}` already")]
    MemberExists {
        /// The table.
        object: ObjectId,
        /// Column, index, projection or constraint.
        what: &'static str,
        /// Its name.
        name: Ident,
    },
    /// REMOVE of a property, TTL or key that is not there (error 36 in ClickHouse).
    #[error("`{object}` has no {what} to remove")]
    NothingToRemove {
        /// The table, or the column of it.
        object: String,
        /// What was to be removed.
        what: &'static str,
    },
    /// The last column of a table cannot be dropped (error 36 in ClickHouse).
    #[error("`{column}` is the last column of `{object}`")]
    LastColumn {
        /// The table.
        object: ObjectId,
        /// The column.
        column: Ident,
    },
    /// A named collection would have no key (error 36 in ClickHouse).
    #[error("`{id}` would have no key left, and a named collection has at least one")]
    NoKeys {
        /// The collection.
        id: ObjectId,
    },
    /// The grant option goes for a part of what is granted with it.
    #[error(
        "`{id}` has the grant option for more than that, and a grant without a part of its option cannot be said: revoke the \
         option for all that it stands for, and grant with it again what keeps it"
    )]
    PartOfOption {
        /// The user or role.
        id: ObjectId,
    },
    /// A workload without a parent, where there is one already (error 36 in ClickHouse).
    #[error("`{id}` says no parent, and `{root}` is the root already: a server has one tree of workloads")]
    SecondRoot {
        /// The workload.
        id: ObjectId,
        /// The root.
        root: ObjectId,
    },
    /// The root of the workloads would get a parent (error 36 in ClickHouse).
    #[error("`{id}` is the root of the workloads and stays it")]
    Root {
        /// The workload.
        id: ObjectId,
    },
    /// A workload would be its own ancestor (error 36 in ClickHouse).
    #[error("`{id}` would be its own ancestor")]
    Ancestor {
        /// The workload.
        id: ObjectId,
    },
    /// A workload or a resource that workloads name (error 36 in ClickHouse).
    #[error("`{id}` cannot go: `{by}` names it")]
    Referenced {
        /// What was to go.
        id: ObjectId,
        /// One of those that name it.
        by: ObjectId,
    },
    /// A resource that would count something else (error 36 in ClickHouse).
    #[error("`{id}` cannot be replaced by one that counts something else: drop it first")]
    Unit {
        /// The resource.
        id: ObjectId,
    },
    /// What only one resource of a server counts (error 36 in ClickHouse).
    #[error("`{id}` would count `{operation}`, which `{by}` counts already")]
    Counted {
        /// The resource.
        id: ObjectId,
        /// What it counts.
        operation: String,
        /// The other resource.
        by: ObjectId,
    },
    /// The database still holds objects. ClickHouse drops them all; a migration has to say so object by object.
    #[error("database `{database}` is not empty: it still holds `{object}`")]
    DatabaseNotEmpty {
        /// The database.
        database: Ident,
        /// One of its objects.
        object: ObjectId,
    },
}

impl Schema {
    /// Carries out a statement. On an error the schema is as it was.
    ///
    /// Databases need not be declared: an object may live in a database that the schema does not know.
    pub fn apply(&mut self, statement: &Statement) -> Result<(), ApplyError> {
        match statement {
            Statement::CreateDatabase(CreateDatabase {
                database,
                on_existing,
            }) => self.create(database.clone().into(), *on_existing),
            Statement::CreateTable(create) => self.create(create.table.clone().into(), create.on_existing),
            Statement::CreateView(create) => self.create(create.view.clone().into(), create.on_existing),
            Statement::CreateMaterializedView(create) => {
                self.create(create.view.clone().into(), create.on_existing)
            }
            Statement::CreateDictionary(create) => {
                self.create(create.dictionary.clone().into(), create.on_existing)
            }
            Statement::CreateFunction(create) => {
                self.create(create.function.clone().into(), create.on_existing)
            }
            Statement::CreateRaw(create) => self.create(create.object.clone().into(), create.on_existing),
            Statement::DropFunction { name, if_exists } => {
                self.drop_object(&ObjectId::Function(name.clone()), *if_exists)
            }
            Statement::CreateNamedCollection(create) => {
                let on_existing = if create.keeps_existing {
                    OnExisting::Keep
                } else {
                    OnExisting::Fail
                };
                self.create(create.collection.clone().into(), on_existing)
            }
            Statement::AlterNamedCollection(alter) => self.alter_named_collection(alter),
            Statement::DropNamedCollection { name, if_exists } => {
                self.drop_object(&ObjectId::NamedCollection(name.clone()), *if_exists)
            }
            Statement::CreateResource(create) => self.create_resource(create),
            Statement::CreateWorkload(create) => self.create_workload(create),
            Statement::DropResource { name, if_exists } => {
                self.drop_unreferenced(&ObjectId::Resource(name.clone()), *if_exists)
            }
            Statement::DropWorkload { name, if_exists } => {
                self.drop_unreferenced(&ObjectId::Workload(name.clone()), *if_exists)
            }
            Statement::Access(statement) => self.apply_access(statement),
            Statement::AlterTable(alter) => self.alter(alter).map(drop),
            Statement::AlterDatabaseComment { database, comment } => {
                let id = ObjectId::Database(database.clone());
                match self.get(&id).cloned() {
                    Some(Object::Database(mut found)) => {
                        found.comment = Some(comment.clone());
                        self.put(found);
                        Ok(())
                    }
                    _ => Err(ApplyError::Missing { id }),
                }
            }
            Statement::Rename(rename) => {
                let from = ObjectId::Relation(rename.from.clone());
                let to = ObjectId::Relation(rename.to.clone());
                if !self.contains(&from) && rename.if_exists {
                    return Ok(());
                }
                if let Some(taken) = self.get(&to) {
                    return Err(ApplyError::Exists {
                        kind: taken.kind(),
                        id: to,
                    });
                }
                let object = self.remove(&from).ok_or(ApplyError::Missing { id: from })?;
                self.put(object.renamed(&rename.to));
                Ok(())
            }
            Statement::Exchange { a, b } => {
                let ids = [a, b].map(|name| ObjectId::Relation(name.clone()));
                if let Some(id) = ids.iter().find(|id| !self.contains(id)) {
                    return Err(ApplyError::Missing { id: id.clone() });
                }
                let [first, second] = ids.map(|id| self.remove(&id));
                if let (Some(first), Some(second)) = (first, second) {
                    // To itself it changes nothing.
                    self.put(first.renamed(b));
                    self.put(second.renamed(a));
                }
                Ok(())
            }
            Statement::Drop(drop) => {
                let id = ObjectId::Relation(drop.name.clone());
                let is_dictionary = self
                    .get(&id)
                    .is_some_and(|there| there.kind() == ObjectKind::Dictionary);
                if let Some(there) = self.get(&id)
                    && is_dictionary != (drop.kind == RelationKind::Dictionary)
                {
                    return Err(ApplyError::WrongKind {
                        kind: there.kind(),
                        id,
                        command: drop.kind.drop_words(),
                    });
                }
                self.drop_object(&id, drop.if_exists)
            }
            Statement::DropDatabase {
                database, if_exists, ..
            } => {
                let inside = self
                    .iter()
                    .find(|(id, _)| id.relation().is_some_and(|name| name.database == *database));
                if let Some((object, _)) = inside {
                    return Err(ApplyError::DatabaseNotEmpty {
                        database: database.clone(),
                        object: object.clone(),
                    });
                }
                self.drop_object(&ObjectId::Database(database.clone()), *if_exists)
            }
        }
    }

    /// [`apply`](Self::apply) for an ALTER. Gives the object before and after it.
    pub(crate) fn alter(&mut self, alter: &AlterTable) -> Result<Pair<Arc<Object>>, ApplyError> {
        let id = ObjectId::Relation(alter.name.clone());
        let run = |object: &mut Object| {
            alter
                .commands
                .iter()
                .try_for_each(|command| apply_command(object, command))
        };
        self.change(&id, run).unwrap_or(Err(ApplyError::Missing { id }))
    }

    /// [`apply`](Self::apply) for a statement that nobody needs any more: what it creates is moved, not copied.
    pub(crate) fn carry_out(&mut self, statement: Statement) -> Result<(), ApplyError> {
        match statement {
            Statement::CreateTable(create) => self.create(create.table.into(), create.on_existing),
            other => self.apply(&other),
        }
    }

    fn create(&mut self, object: Object, on_existing: OnExisting) -> Result<(), ApplyError> {
        match on_existing {
            OnExisting::Fail => self.insert(object).map_err(|taken| ApplyError::Exists {
                id: taken.id,
                kind: taken.first,
            }),
            OnExisting::Keep => {
                // What is there already stays.
                let _ = self.insert(object);
                Ok(())
            }
            OnExisting::Replace => {
                self.put(object);
                Ok(())
            }
        }
    }

    fn drop_object(&mut self, id: &ObjectId, if_exists: bool) -> Result<(), ApplyError> {
        match self.remove(id) {
            None if !if_exists => Err(ApplyError::Missing { id: id.clone() }),
            _ => Ok(()),
        }
    }
}
