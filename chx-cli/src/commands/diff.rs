//! `diff`: the way from any state to any other.

use chx_core::canon::adopt_databases;
use chx_core::ddl::render;
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Before, Plan, Planned};
use chx_runtime::diff::{Way, diff, unproven};
use serde::Serialize;

use super::rename;
use crate::args::Diff;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Output, painted};
use crate::plan_view::{self, PlanDocument};
use crate::sight::Sight;
use crate::state::State;

#[derive(Serialize)]
struct Document<'a> {
    from: &'a State,
    to: &'a State,
    changed: bool,
    proven: bool,
    plan: PlanDocument<'a>,
}

/// Runs the command.
pub(crate) fn run(args: &Diff, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let (mut before, _) = args.from.read(context)?;
    let (mut after, mut renames) = args.to.read(context)?;
    match (&args.from, &args.to) {
        (State::Live, State::Live) => {
            return Err(Failure::usage("a database does not differ from itself")
                .help("compare `live` with `registry`, `history`, a file or a snapshot"));
        }
        (State::Live, _) => before = State::read_live(context, &mut after)?,
        (_, State::Live) => after = State::read_live(context, &mut before)?,
        _ => {}
    }
    // What one side leaves open is what the other side says.
    adopt_databases(&mut before, &after);
    adopt_databases(&mut after, &before);
    let schemas = Pair {
        before: &before,
        after: &after,
    };
    rename::add_hints(&mut renames, &args.rename, schemas)?;
    let mut way = find(args, schemas, &renames, context)?;
    if rename::ask(
        &way.plan,
        Pair {
            before: &way.before,
            after: &after,
        },
        &mut renames,
    ) {
        way = find(
            args,
            Pair {
                before: &before,
                after: &after,
            },
            &renames,
            context,
        )?;
    }
    for note in &way.notes {
        Output::finding(note);
    }
    let schemas = Pair {
        before: &way.before,
        after: &after,
    };
    let asks = matches!(args.from, State::Live | State::History) && !args.offline;
    let sight = if asks {
        Sight::of_environment(&way.plan, schemas, context)
    } else {
        Sight::in_general(&way.plan, schemas)
    };
    if args.sql {
        print_sql(&way.plan, output);
    } else if way.plan.is_empty() {
        output.line(format_args!(
            "{}: {} is what {} is",
            painted("no difference", GOOD),
            args.from,
            args.to
        ));
    } else {
        plan_view::print(&way.plan, &sight, output);
    }
    let changed = !way.plan.is_empty();
    output.document(|| Document {
        from: &args.from,
        to: &args.to,
        changed,
        proven: way.proven,
        plan: PlanDocument::of(&way.plan, &sight),
    });
    Ok(if changed && args.exit_code {
        Exit::Pending
    } else {
        Exit::Done
    })
}

fn find(
    args: &Diff,
    schemas: Pair<&Schema>,
    renames: &chx_core::plan::Renames,
    context: &Context,
) -> Result<Way, Failure> {
    // A server has put the bodies of functions in the place of their calls.
    let is = match args.from {
        State::Live => Before::Stored,
        State::Registry | State::History | State::File(_) | State::Snapshot(_) => Before::Declared,
    };
    if args.no_verify || schemas.before == schemas.after {
        return Ok(unproven(is, schemas, renames)?);
    }
    context.block_on(async { Ok(diff(is, schemas, renames).await?) })
}

/// A script that can be run as it is: what cannot be done by ALTER stands in it as comments.
fn print_sql(plan: &Plan, output: Output) {
    for planned in plan.in_order() {
        let rebuild = match planned {
            Planned::Step(_, step) => {
                output.line(format_args!("{};", render(&step.statement)));
                continue;
            }
            Planned::Rebuild(_, rebuild) => rebuild,
        };
        output.line(format_args!("-- {} cannot be altered; by hand:", rebuild.object));
        for statement in rebuild.script() {
            for line in statement.lines() {
                let line = line.strip_prefix("-- ").unwrap_or(line);
                output.line(format_args!("-- {line}"));
            }
        }
    }
}
