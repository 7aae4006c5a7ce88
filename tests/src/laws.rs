//! What holds for every plan, as checks: no drop that nobody asked for, no word on the order of the input, statements that
//! survive being written and read, a way back that leads back.

use std::fmt::Write as _;

use chx_core::ddl::{ParseContext, parse_statement, render, render_line};
use chx_core::model::{Object, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Planned, Renames, plan};

use crate::drops::unasked_drops;

/// Checks a plan against all of it. `standing` are the renames as hints that stay in the code for ever.
///
/// # Errors
///
/// The first law that the plan breaks.
pub fn check(
    planned: &Plan,
    schemas: &Pair<Schema>,
    renames: &Renames,
    standing: &Renames,
) -> Result<(), String> {
    equal_states_have_no_plan(schemas, standing)?;
    let unasked = unasked_drops(planned, schemas.as_ref(), renames);
    ensure(unasked.is_empty(), || {
        format!("the plan drops what nobody asked to drop: {}", unasked.join(", "))
    })?;

    let shuffled = schemas.as_ref().map(reversed);
    let other = plan(shuffled.as_ref(), renames).map_err(|error| error.to_string())?;
    ensure(other == *planned, || {
        "the order of the input changes the plan".to_owned()
    })?;

    for step in &planned.steps {
        for text in [render(&step.statement), render_line(&step.statement)] {
            let read =
                parse_statement(&text, &ParseContext::default()).map_err(|e| format!("{e}\n{text}"))?;
            ensure(read == step.statement, || {
                format!("what was written reads as something else:\n{text}")
            })?;
        }
    }
    if planned.rebuilds.is_empty() {
        way_back(planned, schemas)?;
    }
    Ok(())
}

/// Checks that there is nothing to do between equal schemas, whatever hints stand in the code.
///
/// # Errors
///
/// The plan that there is.
pub fn equal_states_have_no_plan(schemas: &Pair<Schema>, standing: &Renames) -> Result<(), String> {
    for schema in [&schemas.before, &schemas.after] {
        let nothing = plan(Pair::new(schema, schema), standing).map_err(|error| error.to_string())?;
        ensure(nothing.is_empty(), || {
            format!("equal states have a plan:\n{}", show(&nothing))
        })?;
    }
    Ok(())
}

/// The down plan leads from after to before, except where the plan itself says that something is lost for good.
fn way_back(planned: &Plan, schemas: &Pair<Schema>) -> Result<(), String> {
    let mut schema = schemas.after.clone();
    let down = planned.down();
    if !down.impossible.is_empty() {
        return Ok(());
    }
    for statement in &down.statements {
        schema
            .apply(statement)
            .map_err(|error| format!("the way back: {error}: {}", render_line(statement)))?;
    }
    let left =
        plan(Pair::new(&schema, &schemas.before), &Renames::default()).map_err(|error| error.to_string())?;
    ensure(left.is_empty(), || {
        format!(
            "the way back does not lead back; this would remain:\n{}",
            show(&left)
        )
    })
}

/// The same schema built from its last object to its first.
fn reversed(schema: &Schema) -> Schema {
    let mut objects: Vec<Object> = schema.objects().cloned().collect();
    objects.reverse();
    objects.into_iter().collect()
}

/// A plan as text: its steps with what they cost and do not bring back, its rebuilds, its hazards.
pub fn show(plan: &Plan) -> String {
    let mut text = String::new();
    for planned in plan.in_order() {
        match planned {
            Planned::Step(index, step) => {
                let _ = writeln!(
                    text,
                    "{} {} {} {}",
                    index + 1,
                    step.object,
                    step.risk.word(),
                    step.cost.word()
                );
                let _ = writeln!(text, "  {}", render_line(&step.statement));
                for reason in &step.reverse.impossible {
                    let _ = writeln!(text, "  no way back: {reason}");
                }
                for lost in &step.reverse.lost {
                    let _ = writeln!(text, "  back without: {lost}");
                }
            }
            Planned::Rebuild(_, rebuild) => {
                let _ = writeln!(text, "rebuild {}", rebuild.object);
                for reason in &rebuild.reasons {
                    let _ = writeln!(text, "  {reason}");
                }
                let _ = writeln!(text, "  {}", rebuild.copy.in_words());
                for reader in rebuild.readers.iter().chain(&rebuild.writers) {
                    let _ = writeln!(text, "  {} {}", reader.kind, reader.name);
                }
                for statement in &rebuild.recipe {
                    let _ = writeln!(
                        text,
                        "  by hand: {}",
                        statement.split_whitespace().collect::<Vec<_>>().join(" ")
                    );
                }
            }
        }
    }
    for hazard in &plan.hazards {
        let finding = &hazard.finding;
        let _ = writeln!(
            text,
            "{} {} {}: {}",
            finding.severity, finding.code, finding.subject, finding.message
        );
    }
    if text.is_empty() {
        "nothing to do\n".to_owned()
    } else {
        text
    }
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}
