//! What is looked at: which databases, which objects in them, and what is never part of a schema.

use std::collections::BTreeSet;

use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{ObjectId, Schema};

use super::Pattern;

/// The objects that a user chose, by pattern.
///
/// Without an inclusion everything is chosen; an exclusion always wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is looked at; empty for everything.
    pub include: Vec<Pattern>,
    /// What is left alone.
    pub exclude: Vec<Pattern>,
}

impl Selection {
    /// Is everything chosen?
    pub fn is_everything(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Is this object chosen? A database is, unless it is excluded as a whole, if anything in it can be.
    pub fn takes(&self, id: &ObjectId) -> bool {
        match id.relation() {
            Some(name) => self.takes_relation(name),
            None => self.reaches(id.database()),
        }
    }

    /// Is this table, view or dictionary chosen?
    pub fn takes_relation(&self, name: &QualifiedName) -> bool {
        (self.include.is_empty() || self.include.iter().any(|pattern| pattern.matches(name)))
            && !self.exclude.iter().any(|pattern| pattern.matches(name))
    }

    /// Can anything in this database be chosen?
    pub fn reaches(&self, database: &Ident) -> bool {
        (self.include.is_empty() || self.include.iter().any(|pattern| pattern.reaches(database)))
            && !self
                .exclude
                .iter()
                .any(|pattern| pattern.matches_database(database))
    }

    /// The part of a schema that is chosen.
    #[must_use]
    pub fn of(&self, mut schema: Schema) -> Schema {
        if !self.is_everything() {
            let left: Vec<ObjectId> = schema
                .iter()
                .map(|(id, _)| id)
                .filter(|id| !self.takes(id))
                .cloned()
                .collect();
            for id in left {
                schema.remove(&id);
            }
        }
        schema
    }
}

/// What to look at on a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The databases; `None` for all that are no system databases.
    pub databases: Option<BTreeSet<Ident>>,
    /// What is chosen in them.
    pub selection: Selection,
    /// The database in which chx keeps its journal and its lock: they are not part of any schema.
    pub journal: Option<Ident>,
}

impl Scope {
    /// Everything on the server that is not its own.
    pub fn everything() -> Self {
        Self::default()
    }

    /// These databases.
    pub fn databases(names: impl IntoIterator<Item = Ident>) -> Self {
        Self {
            databases: Some(names.into_iter().collect()),
            ..Self::default()
        }
    }

    /// The databases that the objects of a schema live in.
    pub fn of(schema: &Schema) -> Self {
        Self::databases(schema.iter().map(|(id, _)| id.database().clone()))
    }

    /// As [`of`](Self::of), for two schemas.
    pub fn of_both(a: &Schema, b: &Schema) -> Self {
        Self::databases(a.iter().chain(b.iter()).map(|(id, _)| id.database().clone()))
    }

    /// Looks only at what is chosen.
    #[must_use]
    pub fn selecting(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// Leaves out chx's own tables, which live in this database.
    #[must_use]
    pub fn without_journal(mut self, database: &Ident) -> Self {
        self.journal = Some(database.clone());
        self
    }

    /// Is nothing looked at, whatever is there?
    pub(super) fn is_nothing(&self) -> bool {
        self.databases.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// Is the database looked at?
    pub(super) fn reaches(&self, database: &Ident) -> bool {
        let named = match &self.databases {
            Some(databases) => databases.contains(database),
            None => !is_system(database.as_str()),
        };
        named && self.selection.reaches(database)
    }

    fn is_own(&self, name: &QualifiedName) -> bool {
        let numbered = |prefix| {
            let digits = name.name.as_str().strip_prefix(prefix);
            digits
                .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.journal.as_ref() == Some(&name.database)
            && (name.name.as_str() == "journal" || numbered("lock_") || numbered("free_"))
    }

    /// Is the relation looked at? Inner tables hold the rows of materialized views and are part of them.
    pub(super) fn takes(&self, name: &QualifiedName) -> bool {
        !is_inner(name.name.as_str()) && !self.is_own(name) && self.selection.takes_relation(name)
    }
}

/// The databases that a server brings itself.
fn is_system(name: &str) -> bool {
    matches!(
        name,
        "system" | "information_schema" | "INFORMATION_SCHEMA" | "_temporary_and_external_tables"
    )
}

/// `.inner.mv`, `.inner_id.<uuid>` of materialized views; `.inner.target.<...>` and the like of time series and
/// window views; `.tmp.inner_id.<uuid>` and `_tmp_replace_<hash>` of a refresh, or CREATE OR REPLACE, that runs.
fn is_inner(name: &str) -> bool {
    name.starts_with(".inner") || name.starts_with(".tmp.") || name.starts_with("_tmp_replace_")
}
