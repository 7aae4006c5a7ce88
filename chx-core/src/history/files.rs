//! The files of a history, as they were found: which file of the folder is what.

use std::collections::BTreeMap;

use super::chain::Chain;
use super::{IdError, MigrationId};

/// A file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// How messages name it.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The files of a history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryFiles {
    /// The migrations, by id.
    pub migrations: BTreeMap<MigrationId, SourceFile>,
    /// `chx.sum`, where it exists.
    pub sum: Option<SourceFile>,
}

/// What a file in the folder of the migrations is for, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRole {
    /// `chx.sum`.
    Sum,
    /// A migration.
    Migration(MigrationId),
}

impl FileRole {
    /// The role of a file in the folder; `None` for other programs' files.
    ///
    /// # Errors
    /// A `.sql` file whose name cannot be an id.
    pub fn of(name: &str) -> Result<Option<Self>, IdError> {
        if name == Chain::FILE_NAME {
            return Ok(Some(Self::Sum));
        }
        // Hidden files are other programs' business, among them our own that are not finished.
        match name.strip_suffix(".sql").filter(|_| !name.starts_with('.')) {
            Some(stem) => MigrationId::new(stem).map(|id| Some(Self::Migration(id))),
            None => Ok(None),
        }
    }
}

impl HistoryFiles {
    /// Takes a file in.
    pub fn add(&mut self, role: FileRole, file: SourceFile) {
        match role {
            FileRole::Sum => self.sum = Some(file),
            FileRole::Migration(id) => {
                self.migrations.insert(id, file);
            }
        }
    }
}
