//! The statements that chx can read, write and simulate.
//!
//! A statement that is not here is not DDL that chx understands; the history runs such a statement on the local
//! engine and records what it did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{
    CollectionEntry, Database, Dictionary, Function, Ident, MaterializedView, NamedCollection, ObjectId,
    QualifiedName, RawObject, Resource, Table, View, Workload,
};

use super::{AccessStatement, AlterTable};

/// One DDL statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "statement", rename_all = "snake_case")]
pub enum Statement {
    /// `CREATE DATABASE`.
    CreateDatabase(CreateDatabase),
    /// `CREATE TABLE`.
    CreateTable(Box<CreateTable>),
    /// `CREATE VIEW`.
    CreateView(CreateView),
    /// `CREATE MATERIALIZED VIEW`.
    CreateMaterializedView(Box<CreateMaterializedView>),
    /// `CREATE DICTIONARY`.
    CreateDictionary(Box<CreateDictionary>),
    /// `CREATE FUNCTION`.
    CreateFunction(CreateFunction),
    /// A CREATE that chx does not read all of.
    CreateRaw(Box<CreateRaw>),
    /// `CREATE NAMED COLLECTION`.
    CreateNamedCollection(CreateNamedCollection),
    /// `CREATE WORKLOAD`.
    CreateWorkload(CreateWorkload),
    /// `CREATE RESOURCE`.
    CreateResource(CreateResource),
    /// `ALTER NAMED COLLECTION`.
    AlterNamedCollection(AlterNamedCollection),
    /// `ALTER TABLE`, which also alters views and materialized views.
    AlterTable(AlterTable),
    /// `ALTER DATABASE db MODIFY COMMENT`.
    AlterDatabaseComment {
        /// The database.
        database: Ident,
        /// The new comment; empty takes it away.
        comment: String,
    },
    /// `RENAME TABLE a TO b`, which also renames views and dictionaries.
    Rename(RenameRelation),
    /// `EXCHANGE TABLES a AND b`: each gets the name of the other, at one moment.
    Exchange {
        /// The one.
        a: QualifiedName,
        /// The other.
        b: QualifiedName,
    },
    /// `DROP TABLE`, `DROP VIEW`, `DROP DICTIONARY`.
    Drop(DropRelation),
    /// `DROP DATABASE`.
    DropDatabase {
        /// The database.
        database: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `SYNC`: comes back only when the data is gone from disk.
        sync: bool,
    },
    /// About a user, role, row policy, quota or settings profile.
    Access(AccessStatement),
    /// `DROP FUNCTION`.
    DropFunction {
        /// The function.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `DROP NAMED COLLECTION`.
    DropNamedCollection {
        /// The collection.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `DROP WORKLOAD`.
    DropWorkload {
        /// The workload.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `DROP RESOURCE`.
    DropResource {
        /// The resource.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
}

/// What a CREATE does where the name is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExisting {
    /// Fails.
    #[default]
    Fail,
    /// `IF NOT EXISTS`: does nothing. ClickHouse compares names only: another definition stays, silently.
    Keep,
    /// `OR REPLACE`: puts the new one in its place, atomically. The rows of a replaced table are lost.
    Replace,
}

/// `CREATE DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateDatabase {
    /// The database.
    pub database: Database,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE TABLE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateTable {
    /// The table.
    pub table: Table,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE VIEW`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateView {
    /// The view.
    pub view: View,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE MATERIALIZED VIEW`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateMaterializedView {
    /// The view.
    pub view: MaterializedView,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
    /// What it starts with.
    pub fill: Fill,
}

/// `CREATE DICTIONARY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateDictionary {
    /// The dictionary.
    pub dictionary: Dictionary,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE FUNCTION`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateFunction {
    /// The function.
    pub function: Function,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// A CREATE that chx does not read all of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateRaw {
    /// The object.
    pub object: RawObject,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE NAMED COLLECTION`. There is no `OR REPLACE` of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateNamedCollection {
    /// The collection.
    pub collection: NamedCollection,
    /// `IF NOT EXISTS`: another collection of that name stays as it is.
    pub keeps_existing: bool,
}

/// `ALTER NAMED COLLECTION`. First keys are set, then keys are deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlterNamedCollection {
    /// The collection.
    pub name: Ident,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `SET key = value`. A key that says nothing of overriding keeps what it said before.
    pub set: BTreeMap<Ident, CollectionEntry>,
    /// `DELETE key`.
    pub delete: Vec<Ident>,
}

/// `CREATE WORKLOAD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateWorkload {
    /// The workload.
    pub workload: Workload,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// `CREATE RESOURCE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateResource {
    /// The resource.
    pub resource: Resource,
    /// What to do where the name is taken.
    pub on_existing: OnExisting,
}

/// The rows that a materialized view starts with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// None; a refreshable view runs its query at once.
    #[default]
    Usual,
    /// `POPULATE`: fill an inner table from the source; rows inserted meanwhile are missed.
    Populate,
    /// `EMPTY`: none; a refreshable view waits for its first moment.
    Empty,
}

/// `RENAME TABLE from TO to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameRelation {
    /// The name now.
    pub from: QualifiedName,
    /// The name then.
    pub to: QualifiedName,
    /// `IF EXISTS`.
    pub if_exists: bool,
}

/// `DROP TABLE name`, `DROP VIEW name` or `DROP DICTIONARY name`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropRelation {
    /// The object.
    pub name: QualifiedName,
    /// The keyword to drop it with.
    pub kind: RelationKind,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `SYNC`: comes back only when the data is gone from disk and from Keeper. Without it a table of the same
    /// name and Keeper path cannot be created for some minutes.
    pub sync: bool,
}

/// The word behind DROP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RelationKind {
    /// `DROP TABLE`.
    Table,
    /// `DROP VIEW`, for views and materialized views.
    View,
    /// `DROP DICTIONARY`, which nothing else drops (520).
    Dictionary,
}

impl RelationKind {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Table => "TABLE",
            Self::View => "VIEW",
            Self::Dictionary => "DICTIONARY",
        }
    }
}

impl RelationKind {
    /// The words of the statement.
    pub(crate) fn drop_words(self) -> &'static str {
        match self {
            Self::Table => "DROP TABLE",
            Self::View => "DROP VIEW",
            Self::Dictionary => "DROP DICTIONARY",
        }
    }
}

impl Statement {
    /// The object that the statement is about. A rename is about the old name.
    pub fn object(&self) -> ObjectId {
        match self {
            Self::CreateDatabase(create) => ObjectId::Database(create.database.name.clone()),
            Self::CreateTable(create) => ObjectId::Relation(create.table.name.clone()),
            Self::CreateView(create) => ObjectId::Relation(create.view.name.clone()),
            Self::CreateMaterializedView(create) => ObjectId::Relation(create.view.name.clone()),
            Self::CreateDictionary(create) => ObjectId::Relation(create.dictionary.name.clone()),
            Self::Access(statement) => ObjectId::Access(statement.id()),
            Self::CreateFunction(create) => ObjectId::Function(create.function.name.clone()),
            Self::CreateRaw(create) => create.object.id.clone(),
            Self::DropFunction { name, .. } => ObjectId::Function(name.clone()),
            Self::CreateNamedCollection(create) => ObjectId::NamedCollection(create.collection.name.clone()),
            Self::AlterNamedCollection(AlterNamedCollection { name, .. })
            | Self::DropNamedCollection { name, .. } => ObjectId::NamedCollection(name.clone()),
            Self::CreateWorkload(create) => ObjectId::Workload(create.workload.name.clone()),
            Self::DropWorkload { name, .. } => ObjectId::Workload(name.clone()),
            Self::CreateResource(create) => ObjectId::Resource(create.resource.name.clone()),
            Self::DropResource { name, .. } => ObjectId::Resource(name.clone()),
            Self::AlterTable(alter) => ObjectId::Relation(alter.name.clone()),
            Self::AlterDatabaseComment { database, .. } | Self::DropDatabase { database, .. } => {
                ObjectId::Database(database.clone())
            }
            Self::Rename(rename) => ObjectId::Relation(rename.from.clone()),
            Self::Exchange { a, .. } => ObjectId::Relation(a.clone()),
            Self::Drop(drop) => ObjectId::Relation(drop.name.clone()),
        }
    }
}
