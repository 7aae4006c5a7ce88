//! What is looked at: which databases, which objects in them, and what is never part of a schema.

use std::collections::BTreeSet;

use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Object, ObjectId, Schema};

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

    /// The patterns that choose none of these objects, although they are there to choose some.
    pub(super) fn idle(&self, objects: &[&ObjectId]) -> Vec<&Pattern> {
        let chooses = |pattern: &Pattern, id: &ObjectId| match (id.relation(), id.database()) {
            (Some(name), _) => pattern.matches(name),
            (None, Some(database)) => pattern.matches_database(database),
            (None, None) => pattern.matches_of_server(id),
        };
        let patterns = self.include.iter();
        patterns
            .filter(|pattern| !objects.iter().any(|id| chooses(pattern, id)))
            .collect()
    }

    /// Is this object chosen? A database is, unless it is excluded as a whole, if anything in it can be.
    pub fn takes(&self, id: &ObjectId) -> bool {
        match id.relation() {
            Some(name) => self.takes_relation(name),
            None => match id.database() {
                Some(database) => self.reaches(database),
                None => self.takes_of_server(id),
            },
        }
    }

    /// Is this table, view or dictionary chosen?
    pub fn takes_relation(&self, name: &QualifiedName) -> bool {
        (self.include.is_empty() || self.include.iter().any(|pattern| pattern.matches(name)))
            && !self.exclude.iter().any(|pattern| pattern.matches(name))
    }

    /// Is this object of the server chosen, given that somebody declares it? Patterns of databases say nothing about it.
    fn takes_of_server(&self, id: &ObjectId) -> bool {
        let mut of_server = self.include.iter().filter(|pattern| pattern.is_of_server());
        let is_limited = of_server.clone().next().is_some();
        (!is_limited || of_server.any(|pattern| pattern.matches_of_server(id))) && !self.leaves_alone(id)
    }

    /// Given that its name is chosen, is it of the right kind? Users and roles share their names.
    pub(super) fn takes_kind(&self, object: &Object) -> bool {
        let Object::Access(_) = object else { return true };
        let mut of_server = self.include.iter().filter(|pattern| pattern.is_of_server());
        let is_limited = of_server.clone().next().is_some();
        (!is_limited || of_server.any(|pattern| pattern.matches_object(object)))
            && !self.exclude.iter().any(|pattern| pattern.matches_object(object))
    }

    /// Is this object of the server chosen, although nobody declares it?
    fn finds(&self, id: &ObjectId) -> bool {
        (self.include.is_empty() || self.include.iter().any(|pattern| pattern.matches_of_server(id)))
            && !self.leaves_alone(id)
    }

    fn leaves_alone(&self, id: &ObjectId) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches_any_kind(id))
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
                .filter(|(id, object)| !self.takes(id) || !self.takes_kind(object))
                .map(|(id, _)| id.clone())
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
    /// Objects of the server that are looked at by name.
    pub named: BTreeSet<ObjectId>,
    /// Is what belongs to the server looked at where nobody names it?
    pub others: bool,
    /// What is chosen among all of them.
    pub selection: Selection,
    /// The database in which chx keeps its journal and its lock: they are not part of any schema.
    pub journal: Option<Ident>,
}

impl Scope {
    /// Everything on the server that is not its own.
    pub fn everything() -> Self {
        Self {
            others: true,
            ..Self::default()
        }
    }

    /// These databases.
    pub fn databases(names: impl IntoIterator<Item = Ident>) -> Self {
        Self {
            databases: Some(names.into_iter().collect()),
            ..Self::default()
        }
    }

    /// The databases that these objects live in, and those of the objects that belong to the server.
    pub fn around<'a>(ids: impl IntoIterator<Item = &'a ObjectId>) -> Self {
        let mut scope = Self::databases([]);
        for id in ids {
            match id.database() {
                Some(database) => {
                    scope.databases.get_or_insert_default().insert(database.clone());
                }
                None => {
                    scope.named.insert(id.clone());
                }
            }
        }
        scope
    }

    /// The databases that the objects of a schema live in, and what it says of the server.
    pub fn of(schema: &Schema) -> Self {
        Self::around(schema.iter().map(|(id, _)| id))
    }

    /// Looks at what a schema says of the server, too.
    #[must_use]
    pub fn naming(mut self, schema: &Schema) -> Self {
        let of_server = schema
            .iter()
            .map(|(id, _)| id)
            .filter(|id| id.database().is_none());
        self.named.extend(of_server.cloned());
        self
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
        self.databases.as_ref().is_some_and(BTreeSet::is_empty) && !self.asks_the_server()
    }

    /// Is anything looked at that belongs to the server?
    fn asks_the_server(&self) -> bool {
        self.others || !self.named.is_empty()
    }

    /// Is any user, role, row policy, quota or settings profile looked at?
    pub(super) fn asks_for_access(&self) -> bool {
        self.others || self.named.iter().any(|id| matches!(id, ObjectId::Access(_)))
    }

    /// Is the object of the server looked at?
    pub(super) fn takes_of_server(&self, id: &ObjectId) -> bool {
        self.named.contains(id) && self.selection.takes(id) || self.others && self.selection.finds(id)
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
