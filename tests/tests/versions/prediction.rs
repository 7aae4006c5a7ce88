//! What chx says beforehand that a version does with a statement, and whether it does.

use std::collections::BTreeSet;

use chx_core::ddl::Statement;
use chx_core::diag::{Code, Severity};
use chx_core::model::{Index, Schema};
use chx_core::version::{Fact, Server, ServerVersion, Status, check_statement, settings};
use chx_tests::engine::Engine;

/// The server that is asked.
pub(crate) struct Target {
    pub(crate) version: ServerVersion,
    /// All of it, `26.7.2.1`.
    pub(crate) full: String,
    enabled: BTreeSet<String>,
    /// The table engines that this build has.
    engines: BTreeSet<String>,
    /// Has it the library of vector indexes?
    has_vector_index: bool,
}

/// The plainest index of vectors.
const VECTOR_INDEX: &str = "CREATE TABLE app.vectors (v Array(Float32), INDEX i v TYPE \
     vector_similarity('hnsw', 'L2Distance', 4)) ENGINE = MergeTree ORDER BY tuple()";

impl Target {
    /// Needs the statement what is a matter of how the engine was built, and is not there, whatever its version? Embedded
    /// engines are built without some of the libraries that a server has.
    pub(crate) fn is_built_without(&self, statement: &Statement) -> bool {
        let Statement::CreateTable(create) = statement else {
            return false;
        };
        let is_vector = |index: &Index| index.index_type.name == "vector_similarity";
        !self.engines.contains(&create.table.storage.engine.name)
            || (!self.has_vector_index && create.table.indexes.iter().any(is_vector))
    }
}

/// Asks a server who it is.
pub(crate) fn target(engine: &Engine) -> Result<Target, String> {
    let full = engine.query("SELECT version()", "TSVRaw")?.trim_end().to_owned();
    let names: Vec<String> = settings().iter().map(|name| format!("'{name}'")).collect();
    let sql = format!(
        "SELECT name FROM system.settings WHERE value = '1' AND name IN ({})",
        names.join(", ")
    );
    let enabled = engine.query(&sql, "TSVRaw")?.lines().map(str::to_owned).collect();
    let engines = engine.query("SELECT name FROM system.table_engines", "TSVRaw")?;
    let version = full.parse().map_err(|error| format!("{error}"))?;
    engine.run("CREATE DATABASE app ENGINE = Atomic")?;
    let has_vector_index = [&[][..], &["allow_experimental_vector_similarity_index"]]
        .iter()
        .any(|settings| engine.run_allowing(VECTOR_INDEX, settings).is_ok());
    engine.run("DROP DATABASE app")?;
    Ok(Target {
        version,
        full,
        enabled,
        engines: engines.lines().map(str::to_owned).collect(),
        has_vector_index,
    })
}

/// What chx says of a statement.
#[derive(Default)]
pub(crate) struct Prediction {
    /// The findings that it is refused, with the setting that helps, if one does.
    refusals: BTreeSet<(Code, Option<&'static str>)>,
    /// The findings that it is stored as something else, or fails at some rows.
    otherwise: BTreeSet<Code>,
}

/// How an attempt ended.
pub(crate) enum Attempt<T> {
    /// As it should.
    Taken(T),
    /// As it should, with the settings that chx named.
    Allowed(T),
    /// Refused, or stored as something else, as chx said.
    Predicted,
    /// Refused, and chx did not say so.
    Refused(String),
    /// Not refused, although chx said so.
    NotRefused(Vec<Code>),
}

impl Prediction {
    /// What a server of this version does with a statement behind `before`.
    pub(crate) fn of(target: &Target, statement: &Statement, before: &Schema) -> Self {
        let server = Server {
            version: target.version,
            enabled: Some(target.enabled.clone()),
        };
        let mut prediction = Self::default();
        for demand in check_statement(statement, before, &server) {
            let code = demand.finding.code;
            let status = Fact::of(code).map(|fact| fact.status(target.version));
            if demand.finding.severity != Severity::Error && !matches!(status, Some(Status::Fails(_))) {
                continue;
            }
            match status {
                Some(Status::Becomes(_) | Status::Fails(_)) => {
                    prediction.otherwise.insert(code);
                }
                Some(Status::Needs(setting)) => {
                    prediction.refusals.insert((code, Some(setting)));
                }
                _ => {
                    prediction.refusals.insert((code, None));
                }
            }
        }
        prediction
    }

    /// Does it say anything?
    pub(crate) fn is_silent(&self) -> bool {
        self.refusals.is_empty() && self.otherwise.is_empty()
    }

    /// Tries the statement, with these settings on.
    pub(crate) fn attempt<T>(&self, run: impl Fn(&[&str]) -> Result<T, String>) -> Attempt<T> {
        let settings: Option<Vec<&str>> = self.refusals.iter().map(|(_, setting)| *setting).collect();
        match (run(&[]), settings) {
            (Ok(_), _) if !self.refusals.is_empty() => {
                Attempt::NotRefused(self.refusals.iter().map(|(code, _)| *code).collect())
            }
            (_, _) if !self.otherwise.is_empty() => Attempt::Predicted,
            (Ok(done), _) => Attempt::Taken(done),
            (Err(error), _) if self.refusals.is_empty() => Attempt::Refused(error),
            (Err(_), None) => Attempt::Predicted,
            (Err(_), Some(settings)) => match run(&settings) {
                Ok(done) => Attempt::Allowed(done),
                Err(error) => Attempt::Refused(error),
            },
        }
    }
}

/// An error of the server in a few words: its number and its name.
pub(crate) fn short(error: &str) -> String {
    let code = error
        .split_once("Code: ")
        .and_then(|(_, rest)| rest.split_once('.'))
        .map(|(code, _)| code);
    let is_name = |name: &str| name.len() > 3 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let names = error.split('(').filter_map(|rest| rest.split_once(')'));
    let name = names.map(|(name, _)| name).rfind(|name| is_name(name));
    match (code, name) {
        (Some(code), Some(name)) => format!("{code}, {name}"),
        (Some(code), None) => format!("{code},"),
        (None, _) => error.lines().next().unwrap_or_default().to_owned(),
    }
}
