//! Schemas on the engine: made from nothing, read back, rebuilt by hand.

use chx_core::ddl::{ParseContext, parse_statement};
use chx_core::ident::Ident;
use chx_core::model::{ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::Rebuild;

use crate::engine::Engine;

/// Carries a rebuild out as its recipe says. All rows have to be in the new table.
///
/// # Errors
///
/// What the engine says.
pub fn by_hand(engine: &Engine, rebuild: &Rebuild) -> Result<(), String> {
    let ObjectId::Relation(name) = &rebuild.object else {
        return Ok(());
    };
    let rows = |name: &str| engine.query(&format!("SELECT count() FROM {name}"), "TSV");
    let before = rows(&name.sql().to_string())?;
    for statement in rebuild.recipe.iter().filter(|line| !line.starts_with("--")) {
        engine.run(statement)?;
    }
    let after = rows(&name.sql().to_string())?;
    if before != after {
        return Err(format!(
            "of {before} rows there are {after} after the rebuild by hand"
        ));
    }
    engine.run(&format!(
        "DROP TABLE {}.{}_rebuild",
        name.database.sql(),
        name.name
    ))
}

/// The databases that two schemas use, whether they declare them or not.
pub fn databases(schemas: &Pair<Schema>) -> Vec<String> {
    let ids = schemas
        .before
        .iter()
        .chain(schemas.after.iter())
        .filter_map(|(id, _)| Some(id.database()?.as_str().to_owned()));
    let mut names: Vec<String> = ids.collect();
    names.sort();
    names.dedup();
    names
}

/// Empty databases and no functions; databases that the schema declares are left to whoever makes it.
///
/// # Errors
///
/// What the engine says.
pub fn start_over(engine: &Engine, databases: &[String], schema: &Schema) -> Result<(), String> {
    let functions = "SELECT name FROM system.functions WHERE origin = 'SQLUserDefined'";
    for line in engine.query(functions, "JSONCompactEachRow")?.lines() {
        let [name]: [String; 1] = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let name = Ident::new(name).map_err(|error| error.to_string())?;
        engine.run(&format!("DROP FUNCTION {}", name.sql()))?;
    }
    for database in databases {
        engine.run(&format!("DROP DATABASE IF EXISTS {database}"))?;
        let declared = schema
            .iter()
            .any(|(id, _)| id.is_database() && id.to_string() == *database);
        if !declared {
            engine.run(&format!("CREATE DATABASE {database}"))?;
        }
    }
    Ok(())
}

/// The schema as the engine stores it.
///
/// # Errors
///
/// What the engine says.
pub fn stored(engine: &Engine, databases: &[String]) -> Result<Schema, String> {
    let names: Vec<String> = databases.iter().map(|name| format!("'{name}'")).collect();
    let sql = format!(
        "SELECT create_table_query FROM system.tables WHERE database IN ({}) AND NOT startsWith(name, '.inner') AND NOT startsWith(name, '.tmp.inner') AND NOT startsWith(name, '_tmp_replace_') \
         UNION ALL SELECT create_query FROM system.functions WHERE origin = 'SQLUserDefined'",
        names.join(", ")
    );
    let rows = engine.query(&sql, "JSONCompactEachRow")?;
    let mut schema = Schema::default();
    for line in rows.lines() {
        let [text]: [String; 1] = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let statement =
            parse_statement(&text, &ParseContext::default()).map_err(|error| format!("{error}\n{text}"))?;
        schema.apply(&statement).map_err(|error| error.to_string())?;
    }
    Ok(schema)
}
