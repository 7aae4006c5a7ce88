//! The CREATE statements of `tests/ddl/*.sql`: one a case, on an engine that has what they read from and write to.

use std::path::Path;

use chx_core::canon::{as_shown, leave_open};
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::sql::{Comment, quote_string, split_statements};

use crate::engine::Engine;

/// What the statements read from and write to.
pub const SOURCES: [&str; 5] = [
    "CREATE DATABASE app",
    "CREATE TABLE app.src (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
    "CREATE TABLE app.dst (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
    "CREATE RESOURCE src_disk (READ DISK src)",
    "CREATE WORKLOAD src",
];

/// A statement.
pub struct Case {
    /// File and line, `types/12`.
    pub name: String,
    /// Its text.
    pub sql: String,
    /// Is it said that only the engine knows that its two forms mean the same (level 2)?
    pub only_the_engine_knows: bool,
}

/// All statements, by file and line.
///
/// # Errors
///
/// What cannot be read.
pub fn cases() -> Result<Vec<Case>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ddl");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| error.to_string())? {
        files.push(entry.map_err(|error| error.to_string())?.path());
    }
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let script = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let group = path.file_stem().unwrap_or_default().to_string_lossy();
        let statements = split_statements(&script).map_err(|error| format!("{group}: {error}"))?;
        for statement in statements.statements {
            let line = script[..statement.at].matches('\n').count() + 1;
            let is_level_2 = |comment: &Comment<'_>| comment.body().starts_with("level 2");
            cases.push(Case {
                name: format!("{group}/{line}"),
                sql: statement.text.to_owned(),
                only_the_engine_knows: statement.comments.iter().any(is_level_2),
            });
        }
    }
    Ok(cases)
}

/// Creates an object anew, with these settings on, and gives the text that the engine stores.
///
/// # Errors
///
/// What the engine says.
pub fn create(engine: &Engine, sql: &str, object: &Object, allowing: &[&str]) -> Result<String, String> {
    let name = match object.id() {
        ObjectId::Relation(name) => name,
        ObjectId::Function(_)
        | ObjectId::NamedCollection(_)
        | ObjectId::Resource(_)
        | ObjectId::Workload(_) => return create_on_server(engine, sql, object, allowing),
        ObjectId::Database(_) => return Err("a database has no stored text".to_owned()),
        ObjectId::Access(_) => return Err("the engine stores no access entity".to_owned()),
    };
    let kind = match object {
        Object::Dictionary(_) => "DICTIONARY",
        Object::Database(_)
        | Object::Table(_)
        | Object::View(_)
        | Object::MaterializedView(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => "TABLE",
    };
    engine.run(&format!("DROP {kind} IF EXISTS {}", name.sql()))?;
    engine.run_allowing(sql, allowing)?;
    let stored = format!(
        "SELECT create_table_query FROM system.tables WHERE database = {} AND name = {}",
        quote_string(name.database.as_str()),
        quote_string(name.name.as_str())
    );
    only_text(engine, &stored)
}

fn create_on_server(
    engine: &Engine,
    sql: &str,
    object: &Object,
    allowing: &[&str],
) -> Result<String, String> {
    let id = object.id();
    let (noun, name) = id.on_server().ok_or("it belongs to a database")?;
    let drop = || engine.run(&format!("DROP {} IF EXISTS {}", noun.to_uppercase(), name.sql()));
    drop()?;
    engine.run_allowing(sql, allowing)?;
    let table = format!("{}s", noun.replace(' ', "_"));
    let shows = format!(
        "SELECT toString(count()) FROM system.columns WHERE database = 'system' AND table = '{table}' AND name = 'create_query'"
    );
    if only_text(engine, &shows)? == "0" {
        drop()?;
        return Err(format!("this version has no `create_query` in system.{table}"));
    }
    let stored = format!(
        "SELECT create_query FROM system.{table} WHERE name = {}",
        quote_string(name.as_str())
    );
    let text = only_text(engine, &stored)?;
    // What follows would be stored with the body of a function in it, or find its name taken.
    drop()?;
    Ok(text)
}

fn only_text(engine: &Engine, query: &str) -> Result<String, String> {
    let row = engine.query(query, "JSONCompactEachRow")?;
    let [text]: [String; 1] =
        serde_json::from_str(row.trim_end()).map_err(|error| format!("{error}\n{row}"))?;
    Ok(text)
}

/// The two sides as they are compared: what the statement leaves to the server is no difference, and secrets are not
/// shown. First what was wanted, then what is stored.
///
/// # Errors
///
/// When another object is stored.
pub fn sides(wanted: Object, stored: Object) -> Result<[Object; 2], String> {
    let id = wanted.id();
    let expected: Schema = [wanted.clone()].into_iter().collect();
    let mut live: Schema = [stored].into_iter().collect();
    leave_open(&mut live, &expected);
    let stored = live.remove(&id).ok_or("the engine stored another object")?;
    Ok([as_shown(wanted), as_shown(stored)])
}
