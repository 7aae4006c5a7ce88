//! `generate`: from the Rust schema and the history to the next migration.
//!
//! With nothing to do, nothing is started: no engine, no connection, no runtime. A plan is tried out before it is
//! written; one that would need a table to be built anew is not written at all.

use std::mem::ManuallyDrop;

use chx_core::history::{History, Migration, MigrationId};
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Plan, plan};
use chx_runtime::equivalence::respelled;
use chx_runtime::proof::prove;
use chx_runtime::scratch::Scratch;
use serde::Serialize;

use super::rename;
use crate::args::Generate;
use crate::context::Context;
use crate::demand;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Output, painted};
use crate::plan_view::{self, PlanDocument};
use crate::sight::Sight;
use crate::summary;

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    migration: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proven: Option<bool>,
    plan: PlanDocument<'a>,
}

#[derive(Serialize)]
struct Written<'a> {
    id: &'a MigrationId,
    path: &'a str,
}

/// Runs the command.
pub(crate) fn run(args: &Generate, context: &Context) -> Result<Exit, Failure> {
    if args.empty {
        return empty(args, context);
    }
    let output = context.output;
    let store = context.store();
    // Whoever comes second waits here, and then sees what the first one wrote.
    let lock = if args.plan { None } else { Some(store.lock()?) };
    let files = store.read()?;
    // The two sides have nothing to do with each other until they are compared.
    let (registry, history) = std::thread::scope(|scope| {
        let registry = scope.spawn(|| context.registry());
        let history = Context::history(&files);
        (registry.join(), history)
    });
    // The process ends with the command: to take large schemas apart before that would only take time.
    let mut registry = ManuallyDrop::new(registry.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
    let (history, before) = history?;
    registry.adopt_databases(&before);
    let history = ManuallyDrop::new(history);
    let mut renames = registry.renames().clone();
    let desired = registry.schema();
    let stated = Pair {
        before: &before,
        after: desired,
    };
    rename::add_hints(&mut renames, &args.rename, stated)?;

    if before == *desired && args.rename.is_empty() {
        let _stays = ManuallyDrop::new(before);
        return Ok(nothing_to_do(context));
    }
    // Two spellings of one meaning are no change; the engine is asked only about what differs.
    let asked = if args.no_verify {
        None
    } else {
        context.block_on(async {
            Ok(respelled(Pair {
                before: &before,
                after: desired,
            })
            .await?)
        })?
    };
    let (before, scratch) = match asked {
        Some((respelled, scratch)) => (respelled, Some(scratch)),
        None => (before, None),
    };
    let schemas = Pair {
        before: &before,
        after: desired,
    };
    let mut planned = plan(schemas, &renames)?;
    if planned.is_empty() {
        return Ok(nothing_to_do(context));
    }
    if rename::ask(&planned, schemas, &mut renames) {
        planned = plan(schemas, &renames)?;
    }

    let demands = demand::of_plan(&planned, &before, &registry, &context.config);
    if args.plan {
        demands.iter().for_each(Output::finding);
        // A process holds one data path: the scratch engine makes room for the database.
        drop(scratch);
        let sight = if args.offline {
            Sight::in_general(&planned, schemas)
        } else {
            Sight::of_environment(&planned, schemas, context)
        };
        plan_view::print(&planned, &sight, output);
        output.document(|| Document {
            changed: true,
            migration: None,
            proven: None,
            plan: PlanDocument::of(&planned, &sight),
        });
        return Ok(if args.exit_code { Exit::Pending } else { Exit::Done });
    }
    let Some(lock) = lock else { return Ok(Exit::Done) };
    let sight = Sight::in_general(&planned, schemas);
    if !planned.rebuilds.is_empty() {
        plan_view::print(&planned, &sight, output);
        return Err(rebuild_failure(&planned));
    }
    demand::refuse(demands)?;
    if !args.no_verify {
        prove_plan(scratch, schemas, &planned, context)?;
    }

    let title = args.name.clone().unwrap_or_else(|| summary::name_of(&planned));
    let id = next_id(&history, &title)?;
    let migration = Migration::of_plan(id.clone(), schemas, &planned);
    let path = if args.folder {
        lock.add_folder(&files, &id, &migration)?
    } else {
        lock.add(&files, &id, &migration.to_sql())?
    };
    plan_view::print_written(
        &planned,
        &sight,
        migration.up.iter().map(|step| step.sql.as_str()),
        output,
    );
    output.line("");
    output.line(format_args!("{} {path}", painted("wrote", GOOD)));
    output.document(|| Document {
        changed: true,
        migration: Some(Written { id: &id, path: &path }),
        proven: Some(!args.no_verify),
        plan: PlanDocument::of(&planned, &sight),
    });
    let _stays = ManuallyDrop::new((planned, migration));
    Ok(if args.exit_code { Exit::Pending } else { Exit::Done })
}

fn nothing_to_do(context: &Context) -> Exit {
    context
        .output
        .line("nothing to do: the history is what the Rust schema says");
    let (plan, sight) = (Plan::default(), Sight::default());
    let document = Document {
        changed: false,
        migration: None,
        proven: None,
        plan: PlanDocument::of(&plan, &sight),
    };
    context.output.document(|| &document);
    Exit::Done
}

fn prove_plan(
    scratch: Option<Scratch>,
    schemas: Pair<&Schema>,
    planned: &Plan,
    context: &Context,
) -> Result<(), Failure> {
    let notes = context.block_on(async {
        let scratch = match scratch {
            Some(scratch) => scratch,
            None => Scratch::open()
                .await
                .map_err(chx_runtime::proof::ProofError::from)?,
        };
        Ok(prove(&scratch, schemas, planned).await?)
    })?;
    for note in &notes {
        Output::finding(note);
    }
    Ok(())
}

/// `generate --empty`: a draft that a person fills in.
fn empty(args: &Generate, context: &Context) -> Result<Exit, Failure> {
    let store = context.store();
    let lock = store.lock()?;
    let files = store.read()?;
    let (history, _) = History::read(&files);
    let id = next_id(&history, args.name.as_deref().unwrap_or_default())?;
    let draft = Migration::empty(id.clone());
    let path = if args.folder {
        lock.add_folder(&files, &id, &draft)?
    } else {
        lock.add_draft(&id, &draft.to_sql())?
    };
    context
        .output
        .line(format_args!("{} {path}", painted("wrote", GOOD)));
    context
        .output
        .line("write its statements, then run `chx-migrate seal`");
    let (plan, sight) = (Plan::default(), Sight::default());
    let migration = Some(Written { id: &id, path: &path });
    context.output.document(|| Document {
        changed: true,
        migration,
        proven: None,
        plan: PlanDocument::of(&plan, &sight),
    });
    Ok(Exit::Done)
}

/// The id of a migration that is written now, behind all others.
pub(super) fn next_id(history: &History, title: &str) -> Result<MigrationId, Failure> {
    let format = |at: jiff::Timestamp| at.strftime("%Y%m%dT%H%M%S").to_string();
    let now = jiff::Timestamp::now();
    let mut stamp = format(now);
    // Ids sort by time: two migrations of one second, or a clock that went back, must not change that.
    let last = history
        .entries()
        .iter()
        .filter_map(|entry| entry.id().stamp())
        .max();
    if let Some(last) = last.filter(|last| *last >= stamp.as_str()) {
        let after = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", last)
            .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC))
            .and_then(|at| at.timestamp().checked_add(jiff::SignedDuration::from_secs(1)));
        if let Ok(after) = after {
            stamp = format(after);
        }
    }
    MigrationId::compose(&stamp, title).map_err(|error| Failure::usage(error.to_string()))
}

fn rebuild_failure(planned: &Plan) -> Failure {
    let objects: Vec<String> = planned
        .rebuilds
        .iter()
        .map(|rebuild| format!("`{}`", rebuild.object))
        .collect();
    Failure::failed(format!(
        "nothing was written: {} cannot be altered to what the Rust schema says, and chx never drops a table to make it anew",
        objects.join(", ")
    ))
    .help("take the change back, or carry it out by hand as shown above: `chx-migrate generate --empty --name ...`")
}
