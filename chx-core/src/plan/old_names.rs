//! What relations were called before a plan, while its statements rename them.

use std::collections::BTreeMap;

use crate::ddl::Statement;
use crate::ident::QualifiedName;

/// The names before the plan, by the names that its statements gave so far.
#[derive(Debug, Default)]
pub(crate) struct OldNames<'a>(BTreeMap<&'a QualifiedName, &'a QualifiedName>);

impl<'a> OldNames<'a> {
    /// Takes note of what a statement renames.
    pub(crate) fn follow(&mut self, statement: &'a Statement) {
        match statement {
            Statement::Rename(rename) => {
                // Through a temporary name, the first one counts.
                let first = self.0.remove(&rename.from).unwrap_or(&rename.from);
                self.0.insert(&rename.to, first);
            }
            Statement::Exchange { a, b } => {
                let (was_a, was_b) = (self.of(a), self.of(b));
                self.0.insert(a, was_b);
                self.0.insert(b, was_a);
            }
            _ => {}
        }
    }

    /// The new names of those that are renamed, with the old ones.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a QualifiedName, &'a QualifiedName)> {
        self.0.iter().map(|(now, was)| (*now, *was))
    }

    /// The name that a relation had before the plan.
    pub(crate) fn of(&self, name: &'a QualifiedName) -> &'a QualifiedName {
        self.0.get(name).copied().unwrap_or(name)
    }
}
