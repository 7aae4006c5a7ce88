//! Checks of the rows that belong to the schema: those beside the structs, and those in `checks/*.sql`.
//!
//! Decides nothing about the rows itself: each check is a query that throws where something is wrong. It changes nothing,
//! asks one query a check, and refuses a file with anything else in it. A check that cannot be asked has failed.

use std::path::Path;

use chx_core::diag::{Diagnostic, code};
use chx_core::history::{SourceFile, read_checks};

use crate::client::{ServerError, Session};
use crate::config::shown;
use crate::registry::DataCheck;
use crate::verify::{Checked, ask};

/// Why the checks of a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ChecksError {
    /// The folder or a file cannot be read.
    #[error("`{path}` cannot be read: {source}")]
    Read {
        /// The folder or file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file has something in it that is no check.
    #[error("not everything in the folder of the checks is a check")]
    NoChecks(Vec<Diagnostic>),
}

/// The checks of a folder, file by file in the order of their names; none where there is no folder. Messages name the files from
/// `base`.
pub fn read_folder(folder: &Path, base: &Path) -> Result<Vec<DataCheck>, ChecksError> {
    let failed = |path: &Path| {
        let path = shown(base, path);
        move |source| ChecksError::Read { path, source }
    };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(failed(folder))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "sql") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    let (mut checks, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
        let subject = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let file = SourceFile {
            path: shown(base, &path),
            text,
        };
        match read_checks(&subject, &file) {
            Ok(read) => checks.extend(read.into_iter().map(|check| DataCheck {
                subject: subject.clone(),
                check,
            })),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() {
        Ok(checks)
    } else {
        Err(ChecksError::NoChecks(findings))
    }
}

/// Asks all of them, in their order.
pub async fn ask_all(session: &Session, checks: &[DataCheck]) -> Result<Checked, ServerError> {
    let mut checked = Checked::default();
    for DataCheck { subject, check } in checks {
        match ask(session, check).await? {
            None => checked.held += 1,
            Some(why) => {
                let finding = Diagnostic::new(code::DATA_CHECK_FAILED, check.severity, subject, why);
                checked.failed.push(finding.at(Some(check.place.clone())));
            }
        }
    }
    Ok(checked)
}
