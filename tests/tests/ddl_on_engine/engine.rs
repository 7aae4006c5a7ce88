//! The engine with what the statements read from and write to.

use chx_core::model::{Object, ObjectId};
use chx_core::sql::quote_string;
use chx_tests::engine::Engine;

const SOURCES: [&str; 3] = [
    "CREATE DATABASE app",
    "CREATE TABLE app.src (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
    "CREATE TABLE app.dst (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
];

pub(crate) fn start() -> Result<Engine, String> {
    let engine = Engine::start()?;
    SOURCES.into_iter().try_for_each(|sql| engine.run(sql))?;
    Ok(engine)
}

/// Creates an object anew and gives the text that the engine stores.
pub(crate) fn create(engine: &Engine, sql: &str, object: &Object) -> Result<String, String> {
    let ObjectId::Relation(name) = object.id() else {
        return Err("not a relation".to_owned());
    };
    let kind = match object {
        Object::Dictionary(_) => "DICTIONARY",
        Object::Database(_) | Object::Table(_) | Object::View(_) | Object::MaterializedView(_) => "TABLE",
    };
    engine.run(&format!("DROP {kind} IF EXISTS {}", name.sql()))?;
    engine.run(sql)?;
    let stored = format!(
        "SELECT create_table_query FROM system.tables WHERE database = {} AND name = {}",
        quote_string(name.database.as_str()),
        quote_string(name.name.as_str())
    );
    let row = engine.query(&stored, "JSONCompactEachRow")?;
    let [text]: [String; 1] =
        serde_json::from_str(row.trim_end()).map_err(|error| format!("{error}\n{row}"))?;
    Ok(text)
}
