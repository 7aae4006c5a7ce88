//! The columns of a table, in order.
//!
//! Decides that a copy of a table copies no column: both share them until one is changed. A plan holds every table that
//! it touches several times over, and changes a column or two of each.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Column;

/// Columns in order. Reads as a list of [`Column`]s.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Column>", into = "Vec<Column>")]
pub struct Columns(Vec<Arc<Column>>);

impl Columns {
    /// The number of columns.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The column at a place, from 0.
    pub fn get(&self, at: usize) -> Option<&Column> {
        self.0.get(at).map(|column| &**column)
    }

    /// The first column.
    pub fn first(&self) -> Option<&Column> {
        self.get(0)
    }

    /// The columns.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Column> + ExactSizeIterator + Clone {
        self.0.iter().map(|column| &**column)
    }

    /// The columns, to be changed. Each one that is reached is copied first if it is shared.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Column> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// The column at a place, to be changed; it is copied first if it is shared.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Column> {
        self.0.get_mut(at).map(Arc::make_mut)
    }

    /// Adds a column behind all others.
    pub fn push(&mut self, column: Column) {
        self.0.push(Arc::new(column));
    }

    /// Puts a column at a place; behind all others if there are fewer.
    pub fn insert(&mut self, at: usize, column: Column) {
        self.0.insert(at.min(self.0.len()), Arc::new(column));
    }

    /// Takes the column at a place out.
    pub fn remove(&mut self, at: usize) -> Option<Column> {
        (at < self.0.len()).then(|| Arc::unwrap_or_clone(self.0.remove(at)))
    }

    /// Changes those columns that the change makes another of, and copies no other.
    pub(crate) fn map_changed(&mut self, mut change: impl FnMut(&Column) -> Option<Column>) {
        for column in &mut self.0 {
            if let Some(changed) = change(column) {
                *column = Arc::new(changed);
            }
        }
    }
}

impl FromIterator<Column> for Columns {
    fn from_iter<I: IntoIterator<Item = Column>>(columns: I) -> Self {
        Self(columns.into_iter().map(Arc::new).collect())
    }
}

impl From<Vec<Column>> for Columns {
    fn from(columns: Vec<Column>) -> Self {
        columns.into_iter().collect()
    }
}

impl From<Columns> for Vec<Column> {
    fn from(columns: Columns) -> Self {
        columns.0.into_iter().map(Arc::unwrap_or_clone).collect()
    }
}

impl<'a> IntoIterator for &'a Columns {
    type Item = &'a Column;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Arc<Column>>, fn(&'a Arc<Column>) -> &'a Column>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|column| &**column)
    }
}

impl IntoIterator for Columns {
    type Item = Column;
    type IntoIter = std::iter::Map<std::vec::IntoIter<Arc<Column>>, fn(Arc<Column>) -> Column>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(Arc::unwrap_or_clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::Ident;
    use crate::types::DataType;

    #[test]
    fn a_copy_shares_what_nobody_changes() {
        let column = |name: &str| {
            Column::new(
                Ident::new(name).expect("a name"),
                DataType::parse("UInt64").expect("a type"),
            )
        };
        let first: Columns = ["a", "b"].into_iter().map(column).collect();
        let mut second = first.clone();
        second.get_mut(1).expect("a column").comment = "changed".to_owned();
        assert!(Arc::ptr_eq(&first.0[0], &second.0[0]));
        assert_eq!(first.get(1).expect("a column").comment, "");
        assert_ne!(first, second);
    }
}
