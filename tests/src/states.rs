//! Schemas on the engine: made from nothing, read back, rebuilt by hand.

use chx_core::ddl::{ParseContext, parse_object, render_line};
use chx_core::ident::Ident;
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Rebuild, Renames, plan};

use crate::engine::Engine;

/// The texts of what belongs to the server, as far as this version shows it.
fn on_server(engine: &Engine) -> Result<String, String> {
    let shown = engine.query(
        "SELECT table FROM system.columns WHERE database = 'system' AND name = 'create_query' \
         AND table IN ('named_collections', 'resources', 'workloads') ORDER BY table",
        "TSV",
    )?;
    let mut sql = "SELECT create_query FROM system.functions WHERE origin = 'SQLUserDefined'".to_owned();
    for table in shown.lines() {
        sql.push_str(" UNION ALL SELECT create_query FROM system.");
        sql.push_str(table);
    }
    Ok(sql)
}

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

/// Empty databases and nothing that belongs to the server; databases that the schema declares are left to whoever makes it.
///
/// # Errors
///
/// What the engine says.
pub fn start_over(engine: &Engine, databases: &[String], schema: &Schema) -> Result<(), String> {
    for database in databases {
        engine.run(&format!("DROP DATABASE IF EXISTS {database}"))?;
    }
    let of_server = format!("{} ORDER BY 1", on_server(engine)?);
    let texts = engine.query(&of_server, "JSONCompactEachRow")?;
    let mut there = Schema::default();
    for line in texts.lines() {
        let [text]: [String; 1] = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let object = parse_object(&text, &ParseContext::default()).map_err(|error| error.to_string())?;
        there.put(object);
    }
    if !there.is_empty() {
        // A collection that a table takes stays, also where the table is one that another schema left.
        let others =
            "SELECT name FROM system.databases WHERE engine = 'Atomic' AND name NOT IN ('default', 'system')";
        for line in engine.query(others, "JSONCompactEachRow")?.lines() {
            let [name]: [String; 1] = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let name = Ident::new(name).map_err(|error| error.to_string())?;
            engine.run(&format!("DROP DATABASE {}", name.sql()))?;
        }
    }
    let nothing = Schema::default();
    let drops = plan(Pair::new(&there, &nothing), &Renames::default()).map_err(|error| error.to_string())?;
    for step in &drops.steps {
        engine.run(&render_line(&step.statement))?;
    }
    if !of_server.contains("named_collections") {
        // They are there all the same.
        let names = engine.query("SELECT name FROM system.named_collections", "JSONCompactEachRow")?;
        for line in names.lines() {
            let [name]: [String; 1] = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let name = Ident::new(name).map_err(|error| error.to_string())?;
            engine.run(&format!("DROP NAMED COLLECTION {}", name.sql()))?;
        }
    }
    for database in databases {
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
    let on_server = on_server(engine)?;
    let names: Vec<String> = databases.iter().map(|name| format!("'{name}'")).collect();
    // 25.8 refuses `IN ()` where it meets a UNION.
    let sql = format!(
        "SELECT v.create_table_query, i.create_table_query FROM system.tables AS v LEFT JOIN system.tables AS i \
         ON i.database = v.database AND i.name = concat('.inner_id.', toString(v.uuid)) \
         WHERE has([{}]::Array(String), v.database) AND NOT startsWith(v.name, '.inner') AND NOT startsWith(v.name, '.tmp.inner') \
         AND NOT startsWith(v.name, '_tmp_replace_') \
         UNION ALL SELECT *, '' FROM ({on_server})",
        names.join(", ")
    );
    let rows = engine.query(&sql, "JSONCompactEachRow")?;
    let mut schema = Schema::default();
    for line in rows.lines() {
        let [text, inner]: [String; 2] = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let read = |text: &str| {
            parse_object(text, &ParseContext::default()).map_err(|error| format!("{error}\n{text}"))
        };
        let mut object = read(&text)?;
        if let Object::MaterializedView(view) = &mut object
            && !inner.is_empty()
            && let Object::Table(table) = read(&inner)?
        {
            view.adopt_inner(table);
        }
        schema.put(object);
    }
    Ok(schema)
}
