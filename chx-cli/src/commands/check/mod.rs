//! `check`: the gate of a pipeline. Everything that is wrong is said in one run, whatever it is.
//!
//! What a finding of each kind means for the gate stands in `[check]` of chx.toml. Without a database (`--offline`) only the
//! code and the migrations are looked at, on the embedded engine.

mod annotations;
mod gate;

use chx_core::canon::untried;
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::history::History;
use chx_core::model::{ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, plan};
use chx_runtime::client::Session;
use chx_runtime::config::CheckPolicy;
use chx_runtime::drift::{Extent, Question, drift};
use chx_runtime::equivalence::respelled;
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::registry::{Registry, RegistryError};
use chx_runtime::scratch::Scratch;
use chx_runtime::status::{MigrationState, MigrationStatus, status};

use crate::args::Check;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use gate::{Gate, Kind};

/// Runs the command.
pub(crate) fn run(args: &Check, context: &Context) -> Result<Exit, Failure> {
    let policy = context.config.check;
    let mut gate = Gate::default();
    let mut registry = registry(context, &mut gate)?;
    let history = history(context, policy, &mut gate)?;
    if let (Some(registry), Some((_, schema))) = (&mut registry, &history) {
        registry.adopt_databases(schema);
    }
    let live = context.block_on(async {
        // Before any engine is opened to try things in: one that was closed leaves no tables over queues to the next one in
        // this process, which is what a local database would be.
        let asks = history.is_some() && !args.offline && !(policy.pending.is_off() && policy.drift.is_off());
        let session = if asks { Some(context.session().await) } else { None };
        if let Some(registry) = &registry {
            engine(registry, policy, &mut gate).await?;
            match &history {
                Some((_, schema)) => forgotten(registry, schema, policy, &mut gate).await?,
                None => gate.skip(Kind::Generate, "the history is not sound"),
            }
        }
        let Some((history, schema)) = &history else {
            gate.skip(Kind::Pending, "the history is not sound");
            gate.skip(Kind::Drift, "the history is not sound");
            return Ok(Ok(()));
        };
        if args.offline {
            gate.skip(Kind::Pending, "`--offline`");
            gate.skip(Kind::Drift, "`--offline`");
            return Ok(Ok(()));
        }
        // What was found so far is told even where the database cannot be asked.
        let Some(session) = session else { return Ok(Ok(())) };
        let session = match session {
            Ok(session) => session,
            Err(failure) => return Ok(Err(failure)),
        };
        Ok(live(
            context,
            &session,
            history,
            schema,
            registry.as_ref(),
            policy,
            &mut gate,
        )
        .await)
    })?;

    let output = context.output;
    gate.print(output);
    if args.github
        || (!output.json && std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"))
    {
        for line in annotations::lines(&gate) {
            output.line(line);
        }
    }
    live?;
    output.document(|| &gate);
    Ok(gate.exit())
}

/// The Rust schema; what is wrong with it is the first check.
fn registry(context: &Context, gate: &mut Gate) -> Result<Option<Registry>, Failure> {
    match context.load_registry() {
        Ok(registry) => {
            gate.put(Kind::Schema, Vec::new());
            Ok(Some(registry))
        }
        Err(RegistryError::Invalid(findings)) => {
            gate.put(Kind::Schema, findings);
            for kind in [Kind::Engine, Kind::Generate] {
                gate.skip(kind, "the Rust schema is not sound");
            }
            Ok(None)
        }
        // A gate that checks nothing must not be open.
        Err(RegistryError::Empty) => context.registry().map(Some),
    }
}

fn history(
    context: &Context,
    policy: CheckPolicy,
    gate: &mut Gate,
) -> Result<Option<(History, Schema)>, Failure> {
    let files = context.store().read()?;
    match chx_runtime::history::load(&files) {
        Ok(history) => {
            gate.put_as(Kind::History, policy.history, Vec::new());
            Ok(Some(history))
        }
        Err(findings) => {
            gate.put_as(Kind::History, policy.history, findings);
            Ok(None)
        }
    }
}

/// Everything that the engine would refuse, in one pass.
async fn engine(registry: &Registry, policy: CheckPolicy, gate: &mut Gate) -> Result<(), Failure> {
    if policy.engine.is_off() {
        return Ok(());
    }
    let finding = |object: &ObjectId, severity, message: String| {
        let place = registry.place(object).cloned();
        Diagnostic::new(code::REFUSED_BY_ENGINE, severity, object, message).at(place)
    };
    let refused = Scratch::open().await?.refusals(registry.schema()).await?;
    let refused = refused.into_iter().map(|refused| {
        let (severity, message) = if refused.is_about_the_server {
            (Severity::Note, "cannot be tried out here")
        } else {
            (Severity::Error, "is refused by ClickHouse")
        };
        finding(&refused.object, severity, format!("{message}: {}", refused.error))
    });
    let untried = registry.schema().iter().filter_map(|(id, object)| {
        let part = untried(object)?;
        let message = format!("is tried out only in part: only its own server knows {part}");
        Some(finding(id, Severity::Note, message))
    });
    let mut findings: Vec<Diagnostic> = refused.chain(untried).collect();
    findings.sort_by(|a, b| a.subject.cmp(&b.subject));
    gate.put_as(Kind::Engine, policy.engine, findings);
    Ok(())
}

/// Is there something in the Rust schema that no migration brings?
async fn forgotten(
    registry: &Registry,
    history: &Schema,
    policy: CheckPolicy,
    gate: &mut Gate,
) -> Result<(), Failure> {
    let desired = registry.schema();
    let mut planned = Plan::default();
    if history != desired && !policy.generate.is_off() {
        let asked = respelled(Pair {
            before: history,
            after: desired,
        })
        .await?;
        let before = asked.map_or_else(|| history.clone(), |(respelled, _)| respelled);
        planned = plan(
            Pair {
                before: &before,
                after: desired,
            },
            registry.renames(),
        )?;
    }
    let mut objects: Vec<_> = planned.steps.iter().map(|step| &step.object).collect();
    objects.extend(planned.rebuilds.iter().map(|rebuild| &rebuild.object));
    objects.sort();
    objects.dedup();
    let findings = objects.into_iter().map(|id| {
        let message = "is not in the migrations as the Rust schema has it";
        Diagnostic::new(code::NOT_GENERATED, Severity::Error, id, message)
            .help("`chx-migrate generate` writes the migration; commit it with the change")
            .at(registry.place(id).cloned())
    });
    gate.put_as(Kind::Generate, policy.generate, findings.collect());
    gate.put_as(Kind::Hazards, policy.hazards, hazards(&planned));
    Ok(())
}

fn hazards(plan: &Plan) -> Vec<Diagnostic> {
    plan.hazards.iter().map(|hazard| hazard.finding.clone()).collect()
}

/// Where the database stands.
async fn live(
    context: &Context,
    session: &Session,
    history: &History,
    declared: &Schema,
    registry: Option<&Registry>,
    policy: CheckPolicy,
    gate: &mut Gate,
) -> Result<(), Failure> {
    let database = &context.config.journal_database;
    let mut journal = Journal::new(session, database, Runner::of_process());
    let state = journal.read().await?;
    let migrations = status(history, &state);
    gate.put_as(
        Kind::Pending,
        policy.pending,
        migrations.iter().filter_map(not_applied).collect(),
    );

    // What is not applied yet is no drift: the database is compared with what was applied.
    let is_applied = |id| {
        let of = migrations.iter().find(|migration| migration.id == id);
        of.is_some_and(|migration| {
            matches!(migration.state, MigrationState::Applied | MigrationState::Changed)
        })
    };
    let entries = history.entries();
    let Some(last) = entries.iter().rposition(|entry| is_applied(entry.id().clone())) else {
        gate.skip(Kind::Drift, "no migration is applied");
        return Ok(());
    };
    if policy.drift.is_off() {
        return Ok(());
    }
    let applied = if last + 1 == entries.len() {
        declared.clone()
    } else {
        history.after(last).map_err(|finding| {
            Failure::failed("the history of the migrations is not sound").findings(vec![finding])
        })?
    };
    let question = Question {
        expected: &applied,
        extent: Extent::Managed,
        selection: &context.config.scope,
        journal: database,
    };
    let found = drift(session, &question).await?;
    let findings = found.differences.iter().map(|(id, difference)| {
        let place = registry.and_then(|registry| registry.place(id)).cloned();
        let finding = difference.finding(id);
        // A comment is drift, too.
        let severity = finding.severity.max(Severity::Warning);
        Diagnostic { severity, ..finding }
            .help("`chx-migrate drift` shows both values and the ways out")
            .at(place)
    });
    gate.put_as(
        Kind::Drift,
        policy.drift,
        findings.chain(found.findings.iter().cloned()).collect(),
    );
    Ok(())
}

fn not_applied(migration: &MigrationStatus) -> Option<Diagnostic> {
    let finding = |code, message: &str| Some(Diagnostic::new(code, Severity::Error, &migration.id, message));
    match migration.state {
        MigrationState::Applied => None,
        MigrationState::Pending => finding(code::NOT_APPLIED, "is not applied"),
        MigrationState::Reverting => finding(code::NOT_APPLIED, "is half taken back"),
        MigrationState::Unfinished => finding(code::NOT_APPLIED, "was started and has not ended"),
        MigrationState::Failed => finding(code::NOT_APPLIED, "failed"),
        MigrationState::Changed => finding(
            code::APPLIED_CHANGED,
            "was applied, and its file was changed since",
        ),
        MigrationState::Missing => finding(code::APPLIED_UNKNOWN, "was applied, and is not in the history"),
    }
}

impl Gate {
    fn print(&self, output: Output) {
        for check in self.checks() {
            output.line(check);
        }
    }
}
