//! `verify`: are the pending migrations possible on the live database?

use chx_core::history::MigrationId;
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::runner::{Pending, RunError};
use chx_runtime::verify::{Verified, verify};
use serde::Serialize;

use crate::args::Verify;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, GOOD, Output, painted};

#[derive(Serialize)]
struct Document<'a> {
    pending: Vec<&'a MigrationId>,
    #[serde(flatten)]
    verified: &'a Verified,
}

/// Runs the command.
pub(crate) fn run(args: &Verify, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let (history, _) = Context::history(&context.store().read()?)?;
    let to = args.to.as_deref().map(MigrationId::new).transpose();
    let to = to.map_err(|error| Failure::usage(error.to_string()))?;
    context.block_on(async {
        let session = context.session().await?.patient(context.config.run.retry);
        let database = &context.config.journal_database;
        let state = { Journal::new(&session, database, Runner::of_process()) }
            .read()
            .await?;
        let pending = Pending::find(&history, &state, to.as_ref()).map_err(RunError::History)?;
        pending.warnings.iter().for_each(Output::finding);
        let verified = verify(&session, database, &history, &pending)
            .await
            .map_err(RunError::Verify)?;
        verified.findings.iter().for_each(Output::finding);
        let unmet = verified.unmet().count();
        if pending.is_empty() {
            output.line(format_args!("nothing is pending on {}", session.address()));
        } else {
            output.line(summary(&verified, pending.migrations.len(), unmet));
        }
        output.document(|| Document {
            pending: pending.migrations.iter().map(|migration| &migration.id).collect(),
            verified: &verified,
        });
        Ok(if unmet == 0 { Exit::Done } else { Exit::Failed })
    })
}

fn summary(verified: &Verified, migrations: usize, unmet: usize) -> String {
    let word = if unmet == 0 {
        painted("verified", GOOD)
    } else {
        painted("not possible", BAD)
    };
    let open = if verified.open == 0 {
        String::new()
    } else {
        format!("; {} cannot be asked before their turn", verified.open)
    };
    format!(
        "{word}: {migrations} pending, {} expectations hold, {unmet} do not, {} statements can run{open}",
        verified.met, verified.statements
    )
}
