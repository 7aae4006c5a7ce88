//! The migrations of an application: embedded in the program, or a folder that is read when they are needed.
//!
//! Decides nothing about a history; it only hands out its files. What is embedded was checked when the program was
//! compiled, and is checked again like any other history: a program cannot tell who compiled it.

use std::path::PathBuf;

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::history::{FileRole, HistoryFiles, SourceFile};

use crate::store::{Store, StoreError};

/// Where an application has its migrations.
///
/// `chx::migrations!("migrations")` embeds a folder; [`Migrations::folder`] reads one when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrations(Source);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Embedded {
        folder: &'static str,
        files: &'static [(&'static str, &'static str)],
    },
    Folder(PathBuf),
}

/// Why there is no history.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The folder cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The history is not sound.
    #[error("the history of the migrations is not sound\n{}", chx_core::diag::listed(.0))]
    Unsound(Vec<Diagnostic>),
}

impl Migrations {
    /// What `migrations!` writes: the folder as messages name it, and its files by name.
    #[doc(hidden)]
    pub const fn embedded(folder: &'static str, files: &'static [(&'static str, &'static str)]) -> Self {
        Self(Source::Embedded { folder, files })
    }

    /// A folder that is read when the migrations are needed. A relative path starts where the program runs.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Source::Folder(path.into()))
    }

    /// The folder, as messages name it.
    pub fn name(&self) -> String {
        match &self.0 {
            Source::Embedded { folder, .. } => (*folder).to_owned(),
            Source::Folder(path) => path.display().to_string(),
        }
    }

    /// The files of the history.
    ///
    /// # Errors
    /// The folder cannot be read, or a file in it cannot be a migration.
    pub fn read(&self) -> Result<HistoryFiles, HistoryError> {
        match &self.0 {
            Source::Folder(path) => Ok(Store::new(path, "").read()?),
            Source::Embedded { folder, files } => {
                let mut history = HistoryFiles::default();
                for (name, text) in *files {
                    let file = SourceFile {
                        path: format!("{folder}/{name}"),
                        text: (*text).to_owned(),
                    };
                    match FileRole::of(name) {
                        Ok(Some(role)) => history.add(role, file),
                        Ok(None) => {}
                        Err(error) => {
                            let finding =
                                Diagnostic::new(code::NAME, Severity::Error, name, error.to_string());
                            return Err(HistoryError::Unsound(vec![finding]));
                        }
                    }
                }
                Ok(history)
            }
        }
    }
}

/// A static that `migrations!` filled.
impl From<&Migrations> for Migrations {
    fn from(migrations: &Migrations) -> Self {
        migrations.clone()
    }
}
