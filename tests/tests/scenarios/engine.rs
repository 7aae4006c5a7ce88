//! A scenario on the real engine: create what was before, insert rows, run the plan, read back. The schema must be the
//! one that the engine stores when it is given the wanted statements directly, and the rows must be right.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use chx_core::ddl::{ParseContext, parse_statement, render_line};
use chx_core::model::{ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Rebuild, Renames, plan};

use chx_tests::engine::Engine;

use crate::file::Scenario;

/// One engine for all scenarios; they take turns, because they use the same names.
static ENGINE: OnceLock<Mutex<Option<Engine>>> = OnceLock::new();

pub(crate) fn run(scenario: &Scenario) -> Result<(), String> {
    let (schemas, planned) = scenario.planned()?;
    let mut guard = engine()?;
    let engine = guard.as_mut().ok_or("the engine is closed")?;
    let databases = databases(&schemas);

    start_over(engine, &databases, &schemas.before)?;
    engine.run_all(&scenario.statements("before")?)?;
    engine.run_all(&scenario.statements("rows")?)?;
    let failed = planned
        .steps
        .iter()
        .find_map(|step| engine.run(&render_line(&step.statement)).err());
    let fails = scenario.section("fails").trim();
    match &failed {
        None if !fails.is_empty() => return Err(format!("the plan should fail with {fails}, and does not")),
        Some(error) if fails.is_empty() || !has_code(error, fails) => return Err(error.clone()),
        _ => {}
    }
    let migrated = stored(engine, &databases)?;
    for (statement, code) in scenario.later()? {
        match (engine.run(&statement), code) {
            (Ok(()), Some(code)) => {
                return Err(format!("this should fail with {code}, and does not: {statement}"));
            }
            (Err(error), Some(code)) if has_code(&error, &code) => {}
            (Err(error), _) => return Err(error),
            (Ok(()), None) => {}
        }
    }
    if let Some((query, expected)) = scenario.section("check").split_once('\n') {
        let actual = engine.query(query, "TSV")?.replace('\t', "|");
        if actual.trim_end() != expected.trim_end() {
            return Err(format!(
                "the rows differ\n--- expected\n{expected}\n--- actual\n{actual}"
            ));
        }
    }
    if failed.is_some() {
        return Ok(());
    }
    for rebuild in &planned.rebuilds {
        by_hand(engine, rebuild)?;
    }
    let migrated = if planned.rebuilds.is_empty() {
        migrated
    } else {
        stored(engine, &databases)?
    };

    let wanted = if scenario.is_written_by_hand() {
        schemas.after
    } else {
        start_over(engine, &databases, &schemas.after)?;
        engine.run_all(&scenario.statements("after")?)?;
        stored(engine, &databases)?
    };
    let left = plan(Pair::new(&migrated, &wanted), &Renames::default()).map_err(|error| error.to_string())?;
    if left.is_empty() {
        return Ok(());
    }
    let steps: Vec<String> = left
        .steps
        .iter()
        .map(|step| render_line(&step.statement))
        .collect();
    Err(format!(
        "the migrated schema is not the wanted one; this would remain:\n{}",
        steps.join("\n")
    ))
}

/// Closes the engine, so that the process ends cleanly.
pub(crate) fn close() {
    let engine = ENGINE.get().and_then(|engine| engine.lock().ok()?.take());
    if let Some(Err(error)) = engine.map(Engine::close) {
        println!("the engine did not close: {error}");
    }
}

fn engine() -> Result<MutexGuard<'static, Option<Engine>>, String> {
    let cell = ENGINE.get_or_init(|| Mutex::new(Engine::start().map_err(|error| println!("{error}")).ok()));
    // A scenario that failed leaves the engine as it was: the next one starts over.
    let guard = cell.lock().unwrap_or_else(PoisonError::into_inner);
    if guard.is_none() {
        Err("the engine did not start".to_owned())
    } else {
        Ok(guard)
    }
}

/// Carries a rebuild out as its recipe says. All rows have to be in the new table.
fn by_hand(engine: &Engine, rebuild: &Rebuild) -> Result<(), String> {
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

/// Is it the server's error of this number?
fn has_code(error: &str, code: &str) -> bool {
    error.contains(&format!("Code: {code}."))
}

/// The databases that a scenario uses, whether it creates them or not.
fn databases(schemas: &Pair<Schema>) -> Vec<String> {
    let ids = schemas
        .before
        .iter()
        .chain(schemas.after.iter())
        .map(|(id, _)| id.database().as_str().to_owned());
    let mut names: Vec<String> = ids.collect();
    names.sort();
    names.dedup();
    names
}

/// Empty databases; those that the scenario creates itself are left to it.
fn start_over(engine: &Engine, databases: &[String], schema: &Schema) -> Result<(), String> {
    for database in databases {
        engine.run(&format!("DROP DATABASE IF EXISTS {database}"))?;
        let declared = schema
            .iter()
            .any(|(id, _)| id.relation().is_none() && id.database().as_str() == database);
        if !declared {
            engine.run(&format!("CREATE DATABASE {database}"))?;
        }
    }
    Ok(())
}

/// The schema as the engine stores it.
fn stored(engine: &Engine, databases: &[String]) -> Result<Schema, String> {
    let names: Vec<String> = databases.iter().map(|name| format!("'{name}'")).collect();
    let sql = format!(
        "SELECT create_table_query FROM system.tables WHERE database IN ({}) AND NOT startsWith(name, '.inner') AND NOT startsWith(name, '.tmp.inner')",
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
