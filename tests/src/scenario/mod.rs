//! The form of a scenario file: a first comment that states the fact, then sections.
//!
//! ```text
//! # a column added in the middle keeps its place and costs nothing
//! -- before --
//! CREATE TABLE app.hits (id UInt64, url String) ENGINE = MergeTree ORDER BY id;
//! -- after --
//! CREATE TABLE app.hits (id UInt64, city String, url String) ENGINE = MergeTree ORDER BY id;
//! -- rows --
//! INSERT INTO app.hits VALUES (1, 'a');
//! -- plan --
//! (written by UPDATE_EXPECT=1)
//! -- check --
//! SELECT id, city, url FROM app.hits
//! 1||a
//! ```
//!
//! `since` is the version of ClickHouse from which on this is so, and behind a colon what it was before; only
//! `cargo xtask versions` asks. `renames` holds lines `app.hits.usr -> user` (a column) or `app.hits -> app.views` (a relation). `rows` is run on the
//! engine between before and plan. `statements` stands in place of `after`: a migration that somebody wrote, which is
//! assessed and run as it is. `fails` is the number of the error that the plan ends with. `later` is run behind the
//! plan; a statement behind a comment `-- error 60` has to fail with that. `check` is a query and the lines that it gives in TSV, `|` standing for a tab.

pub mod on_engine;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chx_core::ddl::{ParseContext, parse_statement};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames, assess, plan};
use chx_core::sql::{Comment, split_statements};
use chx_core::version::ServerVersion;

/// The sections in the order in which they are written.
const SECTIONS: [&str; 10] = [
    "since",
    "before",
    "after",
    "statements",
    "renames",
    "rows",
    "plan",
    "fails",
    "later",
    "check",
];

/// The files of all scenarios, in order.
pub fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder()];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "scn") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Where they stand.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// A scenario as it stands in its file.
#[derive(Clone)]
pub struct Scenario {
    /// The file.
    pub path: PathBuf,
    fact: String,
    sections: BTreeMap<String, String>,
}

impl Scenario {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut sections: BTreeMap<String, String> = BTreeMap::new();
        let mut fact = String::new();
        let mut current: Option<String> = None;
        for line in text.lines() {
            let header = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (header, &current) {
                (Some(name), _) if SECTIONS.contains(&name) => {
                    sections.insert(name.to_owned(), String::new());
                    current = Some(name.to_owned());
                }
                (_, Some(section)) => {
                    let body = sections.entry(section.clone()).or_default();
                    body.push_str(line);
                    body.push('\n');
                }
                (_, None) => {
                    fact.push_str(line);
                    fact.push('\n');
                }
            }
        }
        if !fact.starts_with("# ") {
            return Err("the file does not begin with `# ` and the fact".to_owned());
        }
        Ok(Self {
            path: path.to_owned(),
            fact,
            sections,
        })
    }

    /// The text of a section; empty where there is none.
    pub fn section(&self, name: &str) -> &str {
        self.sections.get(name).map_or("", String::as_str)
    }

    /// The version from which on the fact holds, and what was before it.
    ///
    /// # Errors
    ///
    /// A section `since` that says neither.
    pub fn since(&self) -> Result<Option<(ServerVersion, &str)>, String> {
        let text = self.section("since").trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (version, before) = text
            .split_once(": ")
            .ok_or("`since` is a version, `: ` and what was before")?;
        let version = version.parse().map_err(|error| format!("since: {error}"))?;
        Ok(Some((version, before)))
    }

    /// The statements of a section.
    ///
    /// # Errors
    ///
    /// What is wrong with the section.
    pub fn statements(&self, name: &str) -> Result<Vec<String>, String> {
        let script = split_statements(self.section(name)).map_err(|error| format!("{name}: {error}"))?;
        Ok(script
            .statements
            .iter()
            .map(|statement| statement.text.to_owned())
            .collect())
    }

    /// What is run behind the plan, each with the error that it has to end with.
    ///
    /// # Errors
    ///
    /// What is wrong with the section.
    pub fn later(&self) -> Result<Vec<(String, Option<String>)>, String> {
        let script = split_statements(self.section("later")).map_err(|error| format!("later: {error}"))?;
        let code = |comment: &Comment<'_>| comment.body().strip_prefix("error ").map(str::to_owned);
        Ok(script
            .statements
            .iter()
            .map(|statement| {
                (
                    statement.text.to_owned(),
                    statement.comments.iter().find_map(code),
                )
            })
            .collect())
    }

    /// The two schemas and the plan between them.
    ///
    /// # Errors
    ///
    /// What is wrong with the section.
    pub fn planned(&self) -> Result<(Pair<Schema>, Plan), String> {
        let before = self.schema("before")?;
        if self.is_written_by_hand() {
            let parse = |text: &String| {
                parse_statement(text, &ParseContext::default())
                    .map_err(|e| format!("statements: {e}\n{text}"))
            };
            let statements = self.statements("statements")?;
            let statements = statements.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            let (planned, after) = assess(&before, &statements).map_err(|error| error.to_string())?;
            return Ok((Pair { before, after }, planned));
        }
        let schemas = Pair {
            before,
            after: self.schema("after")?,
        };
        let planned = plan(schemas.as_ref(), &self.renames()?).map_err(|error| error.to_string())?;
        Ok((schemas, planned))
    }

    /// Are the statements given, and not planned?
    pub fn is_written_by_hand(&self) -> bool {
        self.sections.contains_key("statements")
    }

    fn schema(&self, name: &str) -> Result<Schema, String> {
        let mut schema = Schema::default();
        for text in self.statements(name)? {
            let statement = parse_statement(&text, &ParseContext::default())
                .map_err(|e| format!("{name}: {e}\n{text}"))?;
            schema
                .apply(&statement)
                .map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(schema)
    }

    /// The renames that are asked for.
    ///
    /// # Errors
    ///
    /// What is wrong with the section.
    pub fn renames(&self) -> Result<Renames, String> {
        self.hints(true)
    }

    /// The same as hints that stand in the code for ever.
    ///
    /// # Errors
    ///
    /// What is wrong with the section.
    pub fn standing_renames(&self) -> Result<Renames, String> {
        self.hints(false)
    }

    fn hints(&self, are_asked: bool) -> Result<Renames, String> {
        let mut renames = Renames::default();
        for line in self
            .section("renames")
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            let parts = line
                .split_once(" -> ")
                .map(|(from, to)| (from.split('.').collect::<Vec<_>>(), to));
            match parts {
                Some((from, to)) if from.len() == 3 => {
                    let table = QualifiedName::new(from[0], from[1]).map_err(|error| error.to_string())?;
                    let ident = |name: &str| Ident::new(name).map_err(|error| error.to_string());
                    let (from, to) = (ident(from[2])?, ident(to)?);
                    if are_asked {
                        renames.ask_column(table, from, to);
                    } else {
                        renames.column(table, from, to);
                    }
                }
                Some((from, to)) if from.len() == 2 => {
                    let (database, name) = to
                        .split_once('.')
                        .ok_or("a relation is renamed to `database.name`")?;
                    let from = QualifiedName::new(from[0], from[1]).map_err(|error| error.to_string())?;
                    let to = QualifiedName::new(database, name).map_err(|error| error.to_string())?;
                    if are_asked {
                        renames.ask_relation(from, to);
                    } else {
                        renames.relation(from, to);
                    }
                }
                _ => {
                    return Err(format!(
                        "renames: `{line}` is neither a column's nor a relation's rename"
                    ));
                }
            }
        }
        Ok(renames)
    }

    /// Compares a section with what came out, or writes it with `UPDATE_EXPECT=1`.
    ///
    /// # Errors
    ///
    /// Both texts.
    pub fn expect(&self, name: &str, actual: &str) -> Result<(), String> {
        if self.section(name).trim_end() == actual.trim_end() {
            return Ok(());
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let mut new = self.clone();
            new.sections
                .insert(name.to_owned(), format!("{}\n", actual.trim_end()));
            return std::fs::write(&self.path, new.text()).map_err(|error| error.to_string());
        }
        Err(format!(
            "section `{name}` of {} differs\n--- expected\n{}\n--- actual\n{}\n(UPDATE_EXPECT=1 writes it)",
            self.path.display(),
            self.section(name).trim_end(),
            actual.trim_end()
        ))
    }

    fn text(&self) -> String {
        let mut text = self.fact.clone();
        for section in SECTIONS {
            if let Some(body) = self.sections.get(section) {
                let _ = write!(text, "-- {section} --\n{}\n", body.trim_end());
            }
        }
        text
    }
}
