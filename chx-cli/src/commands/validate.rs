//! `validate`: is the live database, object by object, what its applied migrations say, and do its checks hold?

use chx_core::history::{Entry, MigrationId};
use chx_runtime::data_checks::{ChecksError, ask_all, read_folder};
use chx_runtime::drift::{Extent, Question, Report, drift};
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::registry::DataCheck;
use chx_runtime::runner::RunError;
use chx_runtime::status::{MigrationState, status};
use chx_runtime::verify::{Checked, checks};
use serde::Serialize;

use super::drift::print_difference;
use crate::args::Validate;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, GOOD, Output, painted};

#[derive(Serialize)]
struct Document<'a> {
    applied: Vec<&'a MigrationId>,
    /// Migrations that have begun and not ended: what the database should be is not known before they do.
    unfinished: Vec<&'a MigrationId>,
    checks: &'a Checked,
    /// Those beside the structs and in the folder `checks`.
    data_checks: &'a Checked,
    #[serde(flatten)]
    report: &'a Report,
}

/// What `--checks` gives.
#[derive(Serialize)]
struct OnlyChecks<'a> {
    data_checks: &'a Checked,
}

/// The checks of the rows: those of the program's structs, and those of the folder.
fn data_checks(context: &Context) -> Result<Vec<DataCheck>, Failure> {
    let registry = context.registry_if_any()?;
    let mut checks = registry
        .map(|registry| registry.checks().to_vec())
        .unwrap_or_default();
    let folder = context.config.root.join("checks");
    checks.extend(
        read_folder(&folder, &context.directory).map_err(|error| match error {
            ChecksError::NoChecks(ref findings) => {
                Failure::failed(error.to_string()).findings(findings.clone())
            }
            ChecksError::Read { .. } => Failure::failed(error.to_string()),
        })?,
    );
    Ok(checks)
}

fn only_checks(checks: &[DataCheck], context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    if checks.is_empty() {
        return Err(Failure::usage("there are no checks")
            .help("write `check(...)` beside a struct, or queries into `checks/*.sql`"));
    }
    context.block_on(async {
        let session = context.session().await?.patient(context.config.run.retry);
        let asked = ask_all(&session, checks).await.map_err(RunError::Verify)?;
        asked.failed.iter().for_each(Output::finding);
        output.line(format_args!(
            "{}: {} of {} checks hold",
            if asked.is_passed() {
                painted("checked", GOOD)
            } else {
                painted("checked", BAD)
            },
            asked.held,
            checks.len()
        ));
        output.document(|| OnlyChecks { data_checks: &asked });
        Ok(if asked.is_passed() {
            Exit::Done
        } else {
            Exit::Failed
        })
    })
}

/// Runs the command.
pub(crate) fn run(args: &Validate, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let of_rows = data_checks(context)?;
    if args.checks {
        return only_checks(&of_rows, context);
    }
    let (history, _) = Context::history(&context.store().read()?)?;
    context.block_on(async {
        let session = context.session().await?.patient(context.config.run.retry);
        let database = &context.config.journal_database;
        let state = { Journal::new(&session, database, Runner::of_process()) }.read().await?;
        let migrations = status(&history, &state);
        let in_state = |wanted: &[MigrationState]| -> Vec<&MigrationId> {
            let found = migrations.iter().filter(|migration| wanted.contains(&migration.state));
            found.map(|migration| &migration.id).collect()
        };
        let applied = in_state(&[MigrationState::Applied, MigrationState::Changed]);
        let unfinished = in_state(&[
            MigrationState::Unfinished,
            MigrationState::Failed,
            MigrationState::Reverting,
        ]);
        let expected = history
            .after_those(|id| applied.contains(&id))
            .map_err(|finding| {
                Failure::failed("the applied migrations do not fit together").findings(vec![finding])
            })?;
        let selection = context.selection(&args.choose);
        let question = Question {
            expected: &expected,
            extent: if args.managed { Extent::Managed } else { Extent::Databases },
            selection: &selection,
            journal: database,
        };
        let report = Report::of(&drift(&session, &question).await?, "history");
        report.findings.iter().for_each(Output::finding);
        for difference in &report.differences {
            print_difference(difference, output);
        }
        for id in &unfinished {
            Output::say(format_args!(
                "{}: `{id}` has begun and not ended; `migrate` goes on with it, `status` says more",
                painted("unfinished", BAD)
            ));
        }
        let entries: Vec<&Entry> = history
            .entries()
            .iter()
            .filter(|entry| applied.contains(&entry.id()))
            .collect();
        let checked = checks(&session, &entries).await.map_err(RunError::Verify)?;
        checked.failed.iter().for_each(Output::finding);
        let is_as_said = report.differences.is_empty() && unfinished.is_empty();
        let of_rows = ask_all(&session, &of_rows).await.map_err(RunError::Verify)?;
        of_rows.failed.iter().for_each(Output::finding);
        let is_valid = is_as_said && checked.is_passed() && of_rows.is_passed();
        if is_valid {
            output.line(format_args!(
                "{}: {} is what its {} applied migrations say ({} objects, {} checks)",
                painted("valid", GOOD),
                session.address(),
                applied.len(),
                report.objects,
                checked.held + of_rows.held
            ));
        } else if !report.differences.is_empty() {
            Output::say("`chx-migrate drift` shows the statements that bring the database back, and those that accept what is there");
        }
        output.document(|| Document {
            applied,
            unfinished,
            checks: &checked,
            data_checks: &of_rows,
            report: &report,
        });
        Ok(if is_valid {
            Exit::Done
        } else if is_as_said {
            Exit::Failed
        } else {
            Exit::Drift
        })
    })
}
