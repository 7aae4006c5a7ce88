//! `baseline`: a live database adopted as the start of the history.
//!
//! The first migration says what is there; a scratch engine proves that it makes just that, and the database, read once
//! more, that it is what the migration says. Then the journal takes it as applied. Nothing in the database is changed but
//! the journal. A secret that the server hides is written as the place where its value comes from.

use std::collections::BTreeMap;

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::history::{Migration, MigrationId};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Object, ObjectId, Schema, ViewColumn};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames, plan};
use chx_runtime::client::Session;
use chx_runtime::introspect::{Live, Scope, introspect};
use chx_runtime::proof::{ProofError, prove};
use chx_runtime::registry::Registry;
use chx_runtime::runner::{Claim, Run};
use chx_runtime::scratch::{Refused, Scratch};
use chx_runtime::store::Store;
use serde::Serialize;

use super::generate::next_id;
use crate::args::Baseline;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Output, painted};
use crate::secrets::Places;
use crate::view::View;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    migration: Option<&'a MigrationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    objects: usize,
    proven: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Baseline, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let store = context.store();
    let lock = store.lock()?;
    let files = store.read()?;
    let (history, _) = Context::history(&files)?;
    if let Some(first) = history.entries().first() {
        let message = format!(
            "the history begins already, with `{}`; a baseline is the first migration",
            first.id()
        );
        return Err(Failure::failed(message).help(
            "`chx-migrate drift` says what the database has otherwise; `repair --mark-applied` tells the journal of a \
             database that has it already",
        ));
    }
    // Only where secrets come from is asked of it; what is wrong with it is the matter of others.
    let registry = context.load_registry().ok();
    let selection = context.selection(&args.choose);
    let scope = Scope::everything()
        .selecting(selection)
        .without_journal(&context.config.journal_database);
    context.block_on(async {
        let session = context.session().await?;
        let mut live = introspect(&session, &scope).await?;
        live.doubt_whole(&session).await?;
        live.doubt_selection(&scope.selection, &Schema::default());
        let adopted = Adopted::of(live, registry.as_ref().map(Registry::schema))?;
        let planned = adopted.plan(!args.no_verify).await?;
        let id = next_id(&history, "baseline")?;
        let objects = adopted.objects();
        if args.plan {
            return Ok(only_planned(context, &planned, objects, !args.no_verify));
        }
        let path = lock.add(&files, &id, &adopted.migration(&id, &planned))?;
        output.line(format_args!(
            "{} {path} ({objects} objects)",
            painted("wrote", GOOD)
        ));

        claim(context, &session, &store, &id).await?;
        output.line(format_args!(
            "{} the database: it is what the history says, and the journal takes the migration as applied",
            painted("adopted", GOOD)
        ));
        output.document(|| Document {
            migration: Some(&id),
            path: Some(&path),
            objects,
            proven: !args.no_verify,
        });
        Ok(Exit::Done)
    })
}

fn only_planned(context: &Context, planned: &Plan, objects: usize, proven: bool) -> Exit {
    crate::plan_view::print(planned, &crate::sight::Sight::default(), context.output);
    context.output.document(|| Document {
        migration: None,
        path: None,
        objects,
        proven,
    });
    Exit::Done
}

/// Tells the journal that the database is what the first migration makes.
pub(super) async fn claim(
    context: &Context,
    session: &Session,
    store: &Store,
    id: &MigrationId,
) -> Result<(), Failure> {
    let (history, _) = Context::history(&store.read()?)?;
    let run = Run {
        session,
        database: &context.config.journal_database,
        history: &history,
        root: &context.config.root,
        settings: context.config.run,
        stop: &|| false,
        events: &mut |event| View::Lines.show(&event),
    };
    run.repair(id, Claim::Applied).await?;
    Ok(())
}

/// What of a live database begins a history: everything that was chosen.
pub(super) struct Adopted {
    /// The objects, with a place for each secret that the server hides.
    pub(super) schema: Schema,
    /// The columns of views as the server froze them.
    pub(super) view_columns: BTreeMap<QualifiedName, Vec<ViewColumn>>,
}

impl Adopted {
    /// All of what was read, or nothing. Secrets come from where `known` says.
    pub(super) fn of(live: Live, known: Option<&Schema>) -> Result<Self, Failure> {
        for finding in &live.findings {
            Output::finding(finding);
        }
        if !live.unreadable.is_empty() {
            let findings: Vec<Diagnostic> = live.unreadable.into_values().collect();
            return Err(Failure::failed("nothing was written: not every object can be read")
                .findings(findings)
                .help("leave what cannot be read out: `--exclude NAME`, or `scope.exclude` in chx.toml, which `drift` follows too"));
        }
        let mut schema = live.schema;
        let mut places = known.map(Places::besides).unwrap_or_default();
        let hidden: Vec<Object> = live
            .secrets
            .iter()
            .filter_map(|id| schema.get(id))
            .cloned()
            .collect();
        for object in hidden {
            let known = known.and_then(|known| known.get(&object.id()));
            schema.put(places.place(object, known));
        }
        for note in &places.notes {
            Output::finding(note);
        }
        for id in of_no_account(&schema) {
            schema.remove(&id);
        }
        if schema.is_empty() {
            return Err(Failure::failed(
                "there is nothing to adopt: the database has no tables or views that are chosen",
            )
            .help(
                "is it the right one? `--url` and `--env` say which is meant, `--include` what is chosen",
            ));
        }
        Ok(Self {
            schema,
            view_columns: live.view_columns,
        })
    }

    /// The statements that make all of it, proven on a scratch engine.
    pub(super) async fn plan(&self, is_proven: bool) -> Result<Plan, Failure> {
        let empty = Schema::default();
        let schemas = Pair {
            before: &empty,
            after: &self.schema,
        };
        let planned = plan(schemas, &Renames::default())?;
        if is_proven {
            let notes = match prove(&Scratch::open().await?, schemas, &planned).await {
                Err(ProofError::Statement { .. }) => return Err(self.cannot_be_made_anew().await?),
                other => other?,
            };
            for note in &notes {
                Output::finding(note);
            }
        }
        Ok(planned)
    }

    /// Names everything that is there and that no statement makes again: the first of them alone would be named by the proof.
    async fn cannot_be_made_anew(&self) -> Result<Failure, Failure> {
        let refused = Scratch::open().await?.build(&self.schema).await?;
        let is_wrong = |refused: &Refused| !refused.is_about_the_server();
        let finding = |refused: Refused| {
            let message = format!("is there, and cannot be made anew: {}", refused.error);
            Diagnostic::new(code::REFUSED_BY_ENGINE, Severity::Error, refused.object, message)
        };
        Ok(
            Failure::failed("nothing was written: a history would have to make what cannot be made")
                .findings(refused.into_iter().filter(is_wrong).map(finding).collect())
                .help(
                    "drop it there, or leave it out: `--exclude NAME`, or `scope.exclude` in chx.toml, which `drift` follows too; if only \
                     this engine refuses it, `--no-verify` writes the migration unproven",
                ),
        )
    }

    /// The first migration.
    pub(super) fn migration(&self, id: &MigrationId, planned: &Plan) -> String {
        let empty = Schema::default();
        let schemas = Pair {
            before: &empty,
            after: &self.schema,
        };
        Migration::of_plan(id.clone(), schemas, planned).to_sql()
    }

    /// How many objects there are besides databases.
    pub(super) fn objects(&self) -> usize {
        self.schema.iter().filter(|(id, _)| !id.is_database()).count()
    }
}

/// A database without anything that was chosen, and with nothing to say for itself, is where others live; `default` is on
/// every server, and what shows another place is left alone.
fn of_no_account(schema: &Schema) -> Vec<ObjectId> {
    let has_objects = |name: &Ident| {
        schema
            .iter()
            .any(|(id, _)| id.relation().is_some() && id.database() == Some(name))
    };
    schema
        .objects()
        .filter_map(|object| match object {
            Object::Database(database) => Some(database),
            _ => None,
        })
        .filter(|database| {
            let is_adopted = has_objects(&database.name) || database.says_something();
            !is_adopted || database.is_elsewhere() || database.name.as_str() == "default"
        })
        .map(|database| ObjectId::Database(database.name.clone()))
        .collect()
}
