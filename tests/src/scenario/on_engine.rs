//! A scenario on the real engine: create what was before, insert rows, run the plan, read back. The schema must be the
//! one that the engine stores when it is given the wanted statements directly, and the rows must be right.

use chx_core::ddl::{render, render_line};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Planned, Renames, plan};
use chx_core::sql::quote_string;

use super::Scenario;
use crate::engine::Engine;
use crate::states::{by_hand, databases, start_over, stored};

/// Runs a scenario.
///
/// # Errors
///
/// What is otherwise than the scenario says.
pub fn run(engine: &Engine, scenario: &Scenario) -> Result<(), String> {
    let (schemas, planned) = scenario.planned()?;
    let databases = databases(&schemas);
    if [&schemas.before, &schemas.after]
        .into_iter()
        .any(|schema| schema.access().next().is_some())
    {
        return read_by_the_engine(engine, &planned);
    }

    start_over(engine, &databases, &schemas.before)?;
    engine.run_all(&scenario.statements("before")?)?;
    let were = stored(engine, &databases)?;
    engine.run_all(&scenario.statements("rows")?)?;
    let done = |planned: Planned<'_>| match planned {
        Planned::Step(_, step) => engine.run(&render(&step.statement)).err(),
        Planned::Rebuild(_, rebuild) => by_hand(engine, rebuild).err(),
    };
    let is_step = |planned: &Planned<'_>| matches!(planned, Planned::Step(..));
    let mut before_rebuilds = planned.in_order().take_while(is_step);
    let failed = before_rebuilds.find_map(done);
    let fails = scenario.section("fails").trim();
    match &failed {
        None if !fails.is_empty() && planned.rebuilds.is_empty() => {
            return Err(format!("the plan should fail with {fails}, and does not"));
        }
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
    let mut rest = planned.in_order().skip_while(is_step);
    match rest.find_map(done) {
        Some(error) if !fails.is_empty() && has_code(&error, fails) => return Ok(()),
        Some(error) => return Err(error),
        None if !fails.is_empty() => {
            return Err(format!("the rebuild should fail with {fails}, and does not"));
        }
        None => {}
    }
    let migrated = if planned.rebuilds.is_empty() {
        migrated
    } else {
        stored(engine, &databases)?
    };

    let wanted = if scenario.is_written_by_hand() && schemas.after.functions().next().is_some() {
        // What calls a function is stored with a body in it, and not always with the one that is there now.
        return Ok(());
    } else if scenario.is_written_by_hand() {
        schemas.after
    } else {
        start_over(engine, &databases, &schemas.after)?;
        engine.run_all(&scenario.statements("after")?)?;
        stored(engine, &databases)?
    };
    let left = plan(Pair::new(&migrated, &wanted), &Renames::default()).map_err(|error| error.to_string())?;
    if !left.is_empty() {
        return Err(format!(
            "the migrated schema is not the wanted one; this would remain:\n{}",
            lines(&left)
        ));
    }
    // The state after the plan stands there anew: from it the way back leads to what was before.
    let down = planned.down();
    if scenario.is_written_by_hand() || !planned.rebuilds.is_empty() || !down.impossible.is_empty() {
        return Ok(());
    }
    for statement in &down.statements {
        let sql = render(statement);
        engine
            .run(&sql)
            .map_err(|error| format!("on the way back: {error}\n{sql}"))?;
    }
    let back = stored(engine, &databases)?;
    let left = plan(Pair::new(&back, &were), &Renames::default()).map_err(|error| error.to_string())?;
    if left.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the way back does not lead to what was before; this would remain:\n{}",
        lines(&left)
    ))
}

/// The engine keeps no access entities. It reads the statements.
fn read_by_the_engine(engine: &Engine, planned: &Plan) -> Result<(), String> {
    planned.steps.iter().try_for_each(|step| {
        let text = quote_string(&render_line(&step.statement));
        let read = engine.query(&format!("SELECT formatQuerySingleLine({text})"), "TSV");
        read.map(drop)
    })
}

fn lines(plan: &Plan) -> String {
    let steps = plan.steps.iter().map(|step| render_line(&step.statement));
    steps.collect::<Vec<_>>().join("\n")
}

/// Is it the server's error of this number?
fn has_code(error: &str, code: &str) -> bool {
    error.contains(&format!("Code: {code}."))
}
