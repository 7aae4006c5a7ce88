//! The states that can be compared: the Rust schema, the history, the live database, a script, a snapshot.

use std::path::PathBuf;
use std::str::FromStr;

use chx_core::diag::{Diagnostic, Place, Severity, code};
use chx_core::model::Schema;
use chx_core::plan::Renames;
use chx_core::script::schema_of_script;
use chx_core::snapshot::Snapshot;
use chx_runtime::introspect::{Scope, introspect};
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::Output;

/// A state, as it is named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// What the Rust structs say.
    Registry,
    /// What the migrations lead to.
    History,
    /// What the database is.
    Live,
    /// A script of SQL.
    File(PathBuf),
    /// A snapshot.
    Snapshot(PathBuf),
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "registry" => Ok(Self::Registry),
            None if text == "history" => Ok(Self::History),
            None if text == "live" => Ok(Self::Live),
            Some(("file", path)) if !path.is_empty() => Ok(Self::File(path.into())),
            Some(("snapshot", path)) if !path.is_empty() => Ok(Self::Snapshot(path.into())),
            _ => Err(
                "a state is `registry`, `history`, `live`, `file:schema.sql` or `snapshot:schema.json`"
                    .to_owned(),
            ),
        }
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Registry => f.write_str("registry"),
            Self::History => f.write_str("history"),
            Self::Live => f.write_str("live"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Snapshot(path) => write!(f, "snapshot:{}", path.display()),
        }
    }
}

impl Serialize for State {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl State {
    /// The schema of a state that is not the live database, and the hints about renames that come with it.
    pub(crate) fn read(&self, context: &Context) -> Result<(Schema, Renames), Failure> {
        match self {
            Self::Registry => {
                let registry = context.registry()?;
                let renames = registry.renames().clone();
                Ok((registry.into_schema(), renames))
            }
            Self::History => {
                let (_, schema) = Context::history(&context.store().read()?)?;
                Ok((schema, Renames::default()))
            }
            Self::File(path) => {
                let text = read(path, context)?;
                let schema = schema_of_script(&text, &path.display().to_string(), &context.config.database);
                let schema = schema.map_err(|findings| {
                    Failure::usage(format!("`{}` is no schema", path.display())).findings(findings)
                })?;
                Ok((schema, Renames::default()))
            }
            Self::Snapshot(path) => Ok((snapshot(path, context)?, Renames::default())),
            // Two live databases have no difference.
            Self::Live => Ok((Schema::default(), Renames::default())),
        }
    }

    /// The live database, as far as it has to do with another schema. What chx cannot read there is left out of both
    /// and said.
    pub(crate) fn read_live(context: &Context, other: &mut Schema) -> Result<Schema, Failure> {
        let mut scope = Scope::of(other).without_journal(&context.config.journal_database);
        if let Some(databases) = &mut scope.databases {
            databases.insert(context.config.database.clone());
        }
        let live = context.block_on(async {
            let session = context.session().await?;
            Ok(introspect(&session, &scope).await?)
        })?;
        for (id, finding) in &live.unreadable {
            Output::finding(finding);
            other.remove(id);
        }
        let mut schema = live.schema;
        schema.forget_other_databases(other);
        Ok(schema)
    }
}

fn read(path: &std::path::Path, context: &Context) -> Result<String, Failure> {
    std::fs::read_to_string(context.directory.join(path))
        .map_err(|error| Failure::usage(format!("`{}` cannot be read: {error}", path.display())))
}

fn snapshot(path: &std::path::Path, context: &Context) -> Result<Schema, Failure> {
    let text = read(path, context)?;
    let wrong = |line: usize, message: String| {
        let finding = Diagnostic::new(code::BAD_SNAPSHOT, Severity::Error, path.display(), message)
            .at(Some(Place {
                file: path.display().to_string(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
            }))
            .help("`chx-migrate schema --snapshot FILE` writes one");
        Failure::usage(format!("`{}` is no snapshot", path.display())).findings(vec![finding])
    };
    let snapshot: Snapshot =
        serde_json::from_str(&text).map_err(|error| wrong(error.line().max(1), error.to_string()))?;
    snapshot.schema().map_err(|error| {
        let statement = error.sql().and_then(|sql| serde_json::to_string(sql).ok());
        let at = statement.and_then(|sql| text.lines().position(|line| line.contains(&sql)));
        wrong(at.map_or(1, |at| at + 1), error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_are_written() {
        for text in ["registry", "history", "live", "file:a/b.sql", "snapshot:c.json"] {
            assert_eq!(text.parse::<State>().unwrap().to_string(), text);
        }
        for text in ["", "file", "file:", "liv", "sql:x"] {
            assert!(text.parse::<State>().is_err(), "{text}");
        }
    }
}
