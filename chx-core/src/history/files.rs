//! The files of a history, as they were found: which file of the folder is what.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diag::Diagnostic;

use super::MigrationId;
use super::chain::Chain;
use super::check::{Check, read_checks};
use super::folder::{Folder, Part, Places, RoleError, path_of_folder};

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
    /// Those of them that are folders: the parts that their text was put together from.
    pub folders: BTreeMap<MigrationId, Folder>,
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
    /// A part of a migration that is a folder.
    Part(MigrationId, Part),
}

impl FileRole {
    /// The role of a file in the folder, `name.sql` or `folder/name.sql`; `None` for other programs' files.
    ///
    /// # Errors
    /// A `.sql` file whose name cannot be an id, and one in a folder that is no part of a migration.
    pub fn of(name: &str) -> Result<Option<Self>, RoleError> {
        if name == Chain::FILE_NAME {
            return Ok(Some(Self::Sum));
        }
        // Hidden files are other programs' business, among them our own that are not finished.
        if name.starts_with('.') {
            return Ok(None);
        }
        if let Some((folder, file)) = name.split_once('/') {
            let Some(part) = Part::of(folder, file)? else {
                return Ok(None);
            };
            return Ok(Some(Self::Part(MigrationId::new(folder)?, part)));
        }
        match name.strip_suffix(".sql") {
            Some(stem) => Ok(Some(Self::Migration(MigrationId::new(stem)?))),
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
            FileRole::Part(id, part) => {
                let path = path_of_folder(&file.path, &id);
                let folder = self.folders.entry(id.clone()).or_default();
                folder.add(part, file);
                let (text, _) = folder.script(&path);
                self.migrations.insert(id, SourceFile { path, text });
            }
        }
    }

    /// Where the lines of a migration's text stand.
    pub fn places(&self, id: &MigrationId) -> Places {
        let path = self.migrations.get(id).map_or("", |file| file.path.as_str());
        match self.folders.get(id) {
            Some(folder) => folder.script(path).1,
            None => Places::of_file(path),
        }
    }

    /// What is asked once a migration is applied, or all that is wrong with it.
    pub(super) fn checks(&self, id: &MigrationId) -> Result<Vec<Check>, Vec<Diagnostic>> {
        match self.folders.get(id).and_then(Folder::checks) {
            Some(file) => read_checks(id, file),
            None => Ok(Vec::new()),
        }
    }

    /// The bytes that the sum of each migration is made of.
    pub fn contents(&self) -> BTreeMap<&MigrationId, Cow<'_, [u8]>> {
        let content = |id| match self.folders.get(id) {
            Some(folder) => Cow::Owned(folder.content()),
            None => Cow::Borrowed(
                self.migrations
                    .get(id)
                    .map_or(&[][..], |file| file.text.as_bytes()),
            ),
        };
        self.migrations.keys().map(|id| (id, content(id))).collect()
    }
}
