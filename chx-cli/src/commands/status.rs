//! `status`: what was applied, by whom and when, and what is left.

use std::fmt::Write as _;

use chx_core::diag::Severity;
use chx_core::history::History;
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::lock::{TableRegister, owner};
use chx_runtime::runner::Progress;
use chx_runtime::runner::mutations::unfinished;
use chx_runtime::status::{MigrationState, MigrationStatus, StatusReport, detached, status};

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, CARE, FAINT, GOOD, Output, painted};
use crate::summary;

/// Runs the command.
pub(crate) fn run(context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let files = context.store().read()?;
    let (history, findings) = History::read(&files);
    let (migrations, lock, mutations) = context.block_on(async {
        let session = context.session().await?;
        let database = &context.config.journal_database;
        let journal = Journal::new(&session, database, Runner::of_process());
        let state = { journal }.read().await?;
        let owner = owner(&TableRegister::new(&session, database)).await?;
        // Asks nothing where nothing was left running.
        let mutations = unfinished(&session, &detached(&history, &state)).await?;
        Ok((status(&history, &state), owner, mutations))
    })?;
    let report = StatusReport {
        migrations,
        lock,
        mutations,
        findings,
    };
    for migration in &report.migrations {
        output.line(line(migration));
    }
    if !report.migrations.is_empty() {
        output.line("");
    }
    output.line(total(&report.migrations));
    if let Some(owner) = &report.lock {
        let state = if owner.is_gone() {
            " and has ended without giving the lock back"
        } else {
            ""
        };
        output.line(format_args!("{owner} is migrating{state}"));
    }
    for mutation in &report.mutations {
        output.line(summary::of_mutation(
            mutation,
            Progress::of(mutation, mutation.parts_to_do),
        ));
        if mutation.is_stuck() {
            output.line(format_args!(
                "  {}: `{}` takes it away",
                painted("stuck", BAD),
                mutation.kill()
            ));
        }
    }
    for finding in &report.findings {
        Output::finding(finding);
    }
    output.document(|| &report);
    let is_sound = report
        .findings
        .iter()
        .all(|finding| finding.severity != Severity::Error);
    Ok(
        if is_sound && report.migrations.iter().all(|migration| is_fine(migration.state)) {
            Exit::Done
        } else {
            Exit::Failed
        },
    )
}

fn is_fine(state: MigrationState) -> bool {
    matches!(state, MigrationState::Applied | MigrationState::Pending)
}

fn line(migration: &MigrationStatus) -> String {
    let (word, style) = match migration.state {
        MigrationState::Applied => ("applied", GOOD),
        MigrationState::Pending => ("pending", CARE),
        MigrationState::Unfinished => ("unfinished", BAD),
        MigrationState::Failed => ("failed", BAD),
        MigrationState::Reverting => ("reverting", BAD),
        MigrationState::Changed => ("changed", BAD),
        MigrationState::Missing => ("missing", BAD),
    };
    let mut line = format!(
        "{}{:width$} {}",
        painted(word, style),
        "",
        migration.id,
        width = 10 - word.len()
    );
    if let Some(record) = &migration.record {
        let who = format!(
            "  {} UTC by {}@{} (chx {})",
            record.last_at, record.user, record.host, record.version
        );
        line.push_str(&painted(who, FAINT).to_string());
        for (number, statement) in record
            .statements
            .iter()
            .filter(|(_, statement)| !statement.error.is_empty())
        {
            let _ = write!(line, "\n             statement {number}: {}", statement.error);
        }
    }
    line
}

fn total(migrations: &[MigrationStatus]) -> String {
    let count = |state: MigrationState| {
        migrations
            .iter()
            .filter(|migration| migration.state == state)
            .count()
    };
    let mut words = vec![
        format!("{} applied", count(MigrationState::Applied)),
        format!("{} pending", count(MigrationState::Pending)),
    ];
    let others = [
        (
            MigrationState::Unfinished,
            "unfinished: run `migrate` again, it goes on where it stopped",
        ),
        (
            MigrationState::Failed,
            "failed: correct the cause and run `migrate` again",
        ),
        (
            MigrationState::Reverting,
            "on the way back: run `rollback --steps 1`, it goes on where it stopped",
        ),
        (
            MigrationState::Changed,
            "changed after it was applied: take the file back from version control",
        ),
        (
            MigrationState::Missing,
            "applied but not in the history: take the file back from version control",
        ),
    ];
    for (state, word) in others {
        if count(state) > 0 {
            words.push(format!("{} {word}", count(state)));
        }
    }
    words.join(", ")
}
