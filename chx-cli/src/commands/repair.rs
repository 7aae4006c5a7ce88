//! `repair`: the journal says what was done by hand, if the schema proves it.

use chx_core::history::MigrationId;
use chx_runtime::runner::{Claim, Run};
use serde::Serialize;

use crate::args::Repair;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Output, painted};
use crate::view::View;

#[derive(Serialize)]
struct Document {
    changed: bool,
    unproven: Vec<usize>,
}

/// Runs the command.
pub(crate) fn run(args: &Repair, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let (name, claim, word) = match (&args.mark_applied, &args.mark_reverted) {
        (Some(id), _) => (id, Claim::Applied, "applied"),
        (None, Some(id)) => (id, Claim::Reverted, "reverted"),
        (None, None) => return Err(Failure::usage("say `--mark-applied` or `--mark-reverted`")),
    };
    let id = MigrationId::new(name.as_str()).map_err(|error| Failure::usage(error.to_string()))?;
    let files = context.store().read()?;
    let (history, _) = Context::history(&files)?;
    context.confirm()?;
    context.block_on(async {
        let session = context.session().await?;
        let run = Run {
            session: &session,
            database: &context.config.journal_database,
            history: &history,
            root: &context.config.root,
            settings: context.config.run,
            stop: &|| false,
            events: &mut |event| View::Lines.show(&event),
        };
        let repaired = run.repair(&id, claim).await?;
        if repaired.changed {
            output.line(format_args!(
                "{} {id} as {word}: the schema is what it says",
                painted("marked", GOOD)
            ));
        } else {
            output.line(format_args!(
                "nothing to do: the journal says of {id} that it is {word}"
            ));
        }
        if repaired.changed && !repaired.unproven.is_empty() {
            let numbers: Vec<String> = repaired.unproven.iter().map(ToString::to_string).collect();
            Output::say(format_args!(
                "no schema proves statements about rows; your word stands for these: {}",
                numbers.join(", ")
            ));
        }
        output.document(|| Document {
            changed: repaired.changed,
            unproven: repaired.unproven.clone(),
        });
        Ok(Exit::Done)
    })
}
