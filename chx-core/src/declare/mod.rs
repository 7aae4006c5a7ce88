//! Declarations: a schema as constants, the way the derives write it down.
//!
//! Decides what a declared object consists of before it is a model object: names and SQL as text, types as
//! [`TypeExpr`](crate::types::TypeExpr)s, the place in the source. A declaration is built at compile time and costs nothing until it is
//! read; reading it ([`Declaration::read`]) refuses what cannot be a schema with [`Diagnostic`]s that name the
//! place, and never panics, although the derives have checked most of it already.
//!
//! [`Diagnostic`]: crate::diag::Diagnostic

mod access;
mod check;
mod column;
mod convert;
mod database;
mod dictionary;
mod function;
mod identity;
mod of_server;
mod raw;
mod table;
mod view;

pub use access::{AccessDeclaration, ClauseDeclaration, GrantDeclaration, OnDeclaration};
pub use check::CheckDeclaration;
pub use column::{ColumnDeclaration, DefaultDeclaration};
pub use convert::Declared;
pub use database::DatabaseDeclaration;
pub use dictionary::{AttributeDeclaration, DictionaryDeclaration};
pub use function::FunctionDeclaration;
pub use of_server::{NamedCollectionDeclaration, ResourceDeclaration, WorkloadDeclaration};
pub use raw::RawDeclaration;
pub use table::{
    ConstraintDeclaration, IndexDeclaration, ProjectionDeclaration, StorageDeclaration, TableDeclaration,
};
pub use view::{
    InnerTableDeclaration, MaterializedViewDeclaration, TargetDeclaration, ViewColumnDeclaration,
    ViewDeclaration,
};

use crate::diag::Place;

/// Where a declaration stands in the source, and what it is called there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The file, as `file!()` gives it.
    pub file: &'static str,
    /// The line of the struct's name, from 1.
    pub line: u32,
    /// The module, as `module_path!()` gives it.
    pub module: &'static str,
    /// The struct.
    pub item: &'static str,
}

impl Origin {
    /// The place for a diagnostic.
    pub fn place(&self) -> Place {
        self.place_at(self.line)
    }

    /// The place of another line of the same declaration; line 0 is the struct itself.
    pub fn place_at(&self, line: u32) -> Place {
        Place {
            file: self.file.to_owned(),
            line: if line == 0 { self.line } else { line },
        }
    }
}

/// What every declared object has: its name, comment, history, checks and origin.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// The database; `None` takes the default database of whoever reads the declaration. A database has none.
    pub database: Option<&'static str>,
    /// The name.
    pub name: &'static str,
    /// The comment; empty for none.
    pub comment: &'static str,
    /// The name that it had before, within the same database: the next plan renames it.
    pub renamed_from: Option<&'static str>,
    /// What is to be checked about its rows.
    pub checks: &'static [CheckDeclaration],
    /// What it says with `raw("...")`, so that the rules of the derive were left out: `codec = T64('bit')`.
    pub raw: &'static [&'static str],
    /// Where it is declared.
    pub origin: Origin,
}

/// A declared object.
#[derive(Debug, Clone, Copy)]
pub enum Declaration {
    /// A database.
    Database(&'static DatabaseDeclaration),
    /// A table.
    Table(&'static TableDeclaration),
    /// A view.
    View(&'static ViewDeclaration),
    /// A materialized view.
    MaterializedView(&'static MaterializedViewDeclaration),
    /// A dictionary.
    Dictionary(&'static DictionaryDeclaration),
    /// A SQL function.
    Function(&'static FunctionDeclaration),
    /// What chx does not read all of.
    Raw(&'static RawDeclaration),
    /// A named collection.
    NamedCollection(&'static NamedCollectionDeclaration),
    /// A resource.
    Resource(&'static ResourceDeclaration),
    /// A workload.
    Workload(&'static WorkloadDeclaration),
    /// A user, role, row policy, quota or settings profile.
    Access(&'static AccessDeclaration),
}

impl Declaration {
    /// The object's name, comment, history and origin.
    pub fn heading(&self) -> &'static Heading {
        match self {
            Self::Database(database) => &database.heading,
            Self::Table(table) => &table.heading,
            Self::View(view) => &view.heading,
            Self::MaterializedView(view) => &view.heading,
            Self::Dictionary(dictionary) => &dictionary.heading,
            Self::Function(function) => &function.heading,
            Self::Raw(raw) => &raw.heading,
            Self::NamedCollection(collection) => &collection.heading,
            Self::Resource(resource) => &resource.heading,
            Self::Workload(workload) => &workload.heading,
            Self::Access(entity) => &entity.heading,
        }
    }
}
