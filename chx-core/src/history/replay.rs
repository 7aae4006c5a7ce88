//! The state of the history: all migrations in the order of `chx.sum`, parsed and simulated.
//!
//! Nothing is stored twice: what a schema was at any point is computed from the SQL, and the fingerprints in the
//! headers prove it. A migration that says something else than its SQL does, that cannot be understood, or that was
//! written for another state, is a finding with its file and line.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Chain, Checksum};
use super::claims::{LastChanges, prove};
use super::files::HistoryFiles;
use super::migration::{ObjectState, Seal, SqlStep};
use super::parse::{ParsedMigration, parse_script};
use super::{Check, Effect, MigrationId, Places, Understood};
use crate::ddl::{AccessStatement, Statement};
use crate::diag::{Code, Diagnostic, Place, Severity, code};
use crate::model::{ObjectId, Schema};
use crate::pair::Pair;

/// One migration of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How messages name its file.
    pub path: String,
    /// Where its lines stand.
    pub places: Places,
    /// The queries that are asked once it is applied: `checks.sql` of a folder.
    pub checks: Vec<Check>,
    /// The sum of the file's bytes: what the journal remembers of it.
    pub checksum: Checksum,
    /// What the file says.
    pub parsed: ParsedMigration,
}

impl Entry {
    /// The migration's id.
    pub fn id(&self) -> &MigrationId {
        &self.parsed.migration.id
    }

    /// Where a statement up stands, by its index.
    pub fn up_place(&self, index: usize) -> Option<Place> {
        self.parsed.up_lines.get(index).map(|line| self.place(*line))
    }

    /// Where an expectation of the header stands, by its index.
    pub fn expect_place(&self, index: usize) -> Option<Place> {
        self.parsed.expect_lines.get(index).map(|line| self.place(*line))
    }

    /// Where a statement down stands, by its index.
    pub fn down_place(&self, index: usize) -> Option<Place> {
        self.parsed.down_lines.get(index).map(|line| self.place(*line))
    }

    /// The line of the header that names an object.
    pub(super) fn claim_line(&self, id: &ObjectId) -> Option<u32> {
        let Seal::Sealed(claims) = &self.parsed.migration.seal else {
            return None;
        };
        let at = claims.iter().position(|claim| claim.id == *id)?;
        self.parsed.object_lines.get(at).copied()
    }

    pub(super) fn place(&self, line: u32) -> Place {
        self.places.place(line)
    }

    pub(super) fn finding(&self, code: Code, line: u32, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, self.id(), message).at(Some(self.place(line)))
    }
}

/// A history: its migrations in the order in which they run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    entries: Vec<Entry>,
}

/// A statement up of the history, at the moment before it runs.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The index of its migration, from 0.
    pub entry: usize,
    /// Its index in the migration, from 0.
    pub statement: usize,
    /// What it does.
    pub effect: &'a Effect,
    /// The schema right before it.
    pub before: &'a Schema,
}

type Visit<'v> = &'v mut dyn FnMut(usize, &Effect, &Schema);

/// What the SQL of one migration does to the objects: the state of each on both sides, by identity.
pub(super) type Touched = BTreeMap<ObjectId, Pair<Option<ObjectState>>>;

impl History {
    /// Reads all files. What cannot be read is a finding and left out; with an error among the findings the history
    /// is good for looking at, not for running.
    pub fn read(files: &HistoryFiles) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let chain = match &files.sum {
            Some(sum) => {
                let (chain, mut unreadable) = Chain::parse(&sum.path, &sum.text);
                findings.append(&mut unreadable);
                chain
            }
            None => Chain::default(),
        };
        let chain_is_whole = findings.is_empty();
        let mut history = Self::default();
        let mut unreadable = BTreeSet::new();
        let order = order(&chain, files);
        let contents = files.contents();
        for id in &order {
            let Some(file) = files.migrations.get(id) else {
                continue;
            };
            let places = files.places(id);
            let checks = files.checks(id);
            match parse_script(&places, id, &file.text).and_then(|parsed| Ok((parsed, checks?))) {
                Ok((parsed, checks)) => {
                    if parsed.migration.seal == Seal::Draft {
                        findings.push(draft(id, &places));
                        unreadable.insert(id.clone());
                    }
                    history.entries.push(Entry {
                        path: file.path.clone(),
                        places,
                        checks,
                        checksum: Checksum::of(contents.get(id).map_or(&[][..], |content| content)),
                        parsed,
                    });
                }
                Err(mut found) => {
                    findings.append(&mut found);
                    unreadable.insert(id.clone());
                }
            }
        }
        match &files.sum {
            None if !files.migrations.is_empty() => findings.push(
                Diagnostic::new(
                    code::SUM_UNREADABLE,
                    Severity::Error,
                    Chain::FILE_NAME,
                    "is gone, so the order of the migrations is not known",
                )
                .help(
                    "take the file back from version control, or run `chx-migrate seal` to order them by id",
                ),
            ),
            // What follows from a chain that cannot be read would be said of each of its lines.
            Some(_) if !chain_is_whole => {}
            None => {}
            Some(sum) => {
                let contents = contents.iter().map(|(id, content)| (*id, &**content)).collect();
                // What is wrong with a file itself says more than that its sum is another one.
                for finding in chain.check(&sum.path, &contents) {
                    match files
                        .migrations
                        .iter()
                        .find(|(id, _)| id.as_str() == finding.subject)
                    {
                        Some((id, _)) if unreadable.contains(id) => {}
                        Some((id, _)) if finding.code == code::FILE_CHANGED => {
                            findings.push(finding.at(Some(files.places(id).place(1))));
                        }
                        _ => findings.push(finding),
                    }
                }
            }
        }
        (history, findings)
    }

    /// Reads all files and replays them: the history and the schema behind it, if all is sound.
    ///
    /// What is wrong with a migration is said once, as closely as it is known.
    pub fn load(files: &HistoryFiles) -> Result<(Self, Schema), Vec<Diagnostic>> {
        Self::load_with(files, |statements| {
            statements.iter().map(|step| Understood::of(step)).collect()
        })
    }

    /// As [`load`](Self::load), with the slowest part in the caller's hands: `understand` gets all statements up of the
    /// history and gives [`Understood::of`] each, in their order. They have nothing to do with each other.
    pub fn load_with(
        files: &HistoryFiles,
        understand: impl FnOnce(&[&SqlStep]) -> Vec<Understood>,
    ) -> Result<(Self, Schema), Vec<Diagnostic>> {
        let (history, mut findings) = Self::read(files);
        // Without an order, or with a file that cannot be read, a replay would only report consequences.
        let hopeless =
            |finding: &Diagnostic| finding.severity == Severity::Error && finding.code != code::FILE_CHANGED;
        if findings.iter().any(hopeless) {
            return Err(findings);
        }
        let steps = history
            .entries
            .iter()
            .flat_map(|entry| &entry.parsed.migration.up);
        let statements: Vec<&SqlStep> = steps.collect();
        let mut understood = understand(&statements).into_iter();
        match history.replay_understood(&mut understood, &mut |_| {}) {
            Ok(schema) if findings.is_empty() => Ok((history, schema)),
            Ok(_) => Err(findings),
            Err(found) => {
                findings.retain(|finding| found.iter().all(|other| other.subject != finding.subject));
                findings.extend(found);
                Err(findings)
            }
        }
    }

    /// The migrations, in the order in which they run.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The schema behind the last migration, or everything that is wrong on the way there.
    pub fn replay(&self) -> Result<Schema, Vec<Diagnostic>> {
        self.replay_with(&mut |_| {})
    }

    /// As [`replay`](Self::replay), and shows every statement up together with the schema right before it.
    pub fn replay_with(&self, visit: &mut dyn FnMut(Moment<'_>)) -> Result<Schema, Vec<Diagnostic>> {
        self.replay_understood(&mut std::iter::empty(), visit)
    }

    fn replay_understood(
        &self,
        understood: Supply<'_>,
        visit: &mut dyn FnMut(Moment<'_>),
    ) -> Result<Schema, Vec<Diagnostic>> {
        let mut schema = Schema::default();
        let mut last = LastChanges::default();
        let mut findings = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let mut visit = |statement, effect: &Effect, before: &Schema| {
                visit(Moment {
                    entry: at,
                    statement,
                    effect,
                    before,
                });
            };
            match run(entry, &mut schema, understood, &last, &mut visit) {
                Ok(touched) => {
                    findings.append(&mut prove(entry, &touched, &last));
                    last.note(entry, &touched);
                }
                Err(finding) => findings.push(finding),
            }
            if !findings.is_empty() {
                // What comes after would only report consequences.
                break;
            }
        }
        if findings.is_empty() {
            Ok(schema)
        } else {
            Err(findings)
        }
    }

    /// The schema right before and right after one statement up. Both indexes count from 0.
    pub fn around(&self, entry: usize, statement: usize) -> Result<Pair<Schema>, Diagnostic> {
        let mut schema = Schema::default();
        let mut tracks = Tracks::default();
        for (at, other) in self.entries.iter().enumerate().take(entry.saturating_add(1)) {
            for index in 0..other.parsed.migration.up.len() {
                let before = ((at, index) == (entry, statement)).then(|| schema.clone());
                let understood = Understood::of(&other.parsed.migration.up[index]);
                step(
                    other,
                    index,
                    understood,
                    &mut schema,
                    &mut tracks,
                    &LastChanges::default(),
                    &mut |_, _, _| {},
                )?;
                if let Some(before) = before {
                    return Ok(Pair {
                        before,
                        after: schema,
                    });
                }
            }
        }
        Ok(Pair {
            before: schema.clone(),
            after: schema,
        })
    }

    /// The schema right after the statements up of a migration, by its index.
    pub fn after(&self, entry: usize) -> Result<Schema, Diagnostic> {
        let mut schema = Schema::default();
        for other in self.entries.iter().take(entry.saturating_add(1)) {
            run(
                other,
                &mut schema,
                &mut std::iter::empty(),
                &LastChanges::default(),
                &mut |_, _, _| {},
            )?;
        }
        Ok(schema)
    }

    /// The schema behind those migrations that somebody names, whatever else there is.
    pub fn after_those(&self, is_one: impl Fn(&MigrationId) -> bool) -> Result<Schema, Diagnostic> {
        let mut schema = Schema::default();
        for entry in self.entries.iter().filter(|entry| is_one(entry.id())) {
            run(
                entry,
                &mut schema,
                &mut std::iter::empty(),
                &LastChanges::default(),
                &mut |_, _, _| {},
            )?;
        }
        Ok(schema)
    }

    /// Shows every statement down of a migration together with the schema right before it, which starts as `schema`
    /// and in the end is the schema after the way back.
    pub fn replay_down(
        &self,
        entry: usize,
        schema: &mut Schema,
        visit: &mut dyn FnMut(Moment<'_>),
    ) -> Result<(), Diagnostic> {
        let Some(migration) = self.entries.get(entry) else {
            return Ok(());
        };
        for (index, step) in migration.parsed.migration.down.iter().enumerate() {
            let line = migration.parsed.down_lines.get(index).copied().unwrap_or(1);
            let effect = Effect::of_step(step).map_err(|error| {
                let line = line.saturating_add(error.line_offset());
                migration
                    .finding(code::UNREADABLE_STATEMENT, line, error.to_string())
                    .help("what it does to the schema is not known")
            })?;
            visit(Moment {
                entry,
                statement: index,
                effect: &effect,
                before: schema,
            });
            for statement in effect.into_statements() {
                schema.carry_out(statement).map_err(|error| {
                    migration.finding(code::IMPOSSIBLE_STATEMENT, line, error.to_string())
                })?;
            }
        }
        Ok(())
    }
}

/// The order in which the files are read: that of `chx.sum`, and behind it those that it does not know, by id.
pub(super) fn order(chain: &Chain, files: &HistoryFiles) -> Vec<MigrationId> {
    let known: BTreeSet<&MigrationId> = chain.ids().collect();
    chain
        .ids()
        .chain(files.migrations.keys().filter(|id| !known.contains(id)))
        .cloned()
        .collect()
}

fn draft(id: &MigrationId, places: &Places) -> Diagnostic {
    Diagnostic::new(code::DRAFT, Severity::Error, id, "is a draft")
        .help("finish it and run `chx-migrate seal`, or remove the file")
        .at(Some(places.place(1)))
}

/// Statements that were understood ahead, in their order. Where it ends early, they are understood when they run.
pub(super) type Supply<'s> = &'s mut dyn Iterator<Item = Understood>;

/// What the statements of a migration have done so far.
#[derive(Default)]
struct Tracks {
    touched: Touched,
    /// The objects among them whose state at the end is not known yet.
    changed: BTreeSet<ObjectId>,
}

/// Carries out all statements of a migration.
pub(super) fn run(
    entry: &Entry,
    schema: &mut Schema,
    understood: Supply<'_>,
    last: &LastChanges,
    visit: Visit<'_>,
) -> Result<Touched, Diagnostic> {
    let mut tracks = Tracks::default();
    for (index, written) in entry.parsed.migration.up.iter().enumerate() {
        let understood = understood.next().unwrap_or_else(|| Understood::of(written));
        step(entry, index, understood, schema, &mut tracks, last, visit)?;
    }
    let Tracks { mut touched, changed } = tracks;
    for id in &changed {
        if let Some(state) = touched.get_mut(id) {
            state.after = ObjectState::in_schema(schema, id);
        }
    }
    touched.retain(|_, state| state.before.is_some() || state.after.is_some());
    Ok(touched)
}

/// Carries out one statement, and remembers what the objects that it touches were before.
fn step(
    entry: &Entry,
    index: usize,
    understood: Understood,
    schema: &mut Schema,
    tracks: &mut Tracks,
    last: &LastChanges,
    visit: Visit<'_>,
) -> Result<(), Diagnostic> {
    let line = entry.parsed.up_lines.get(index).copied().unwrap_or(1);
    let Understood { effect, created } = understood;
    let effect = effect.map_err(|error| {
        let line = line.saturating_add(error.line_offset());
        entry
            .finding(code::UNREADABLE_STATEMENT, line, error.to_string())
            .help(
                "what it does to the schema is not known, so no later change can be planned. In a draft, `chx-migrate seal` \
                 finds out on the local engine; or write it above the statement: `-- chx:effect none`, or `-- chx:effect` \
                 and a CREATE or DROP statement for each object that becomes another",
            )
    })?;
    visit(index, &effect, schema);
    for statement in effect.into_statements() {
        for id in touched_by(&statement, schema) {
            if created.is_none() {
                tracks.changed.insert(id.clone());
            } else {
                tracks.changed.remove(&id);
            }
            tracks
                .touched
                .entry(id)
                .or_insert_with_key(|id| Pair::new(ObjectState::in_schema(schema, id), None))
                .after
                .clone_from(&created);
        }
        let object = statement.object();
        schema.carry_out(statement).map_err(|error| {
            let finding = entry.finding(code::IMPOSSIBLE_STATEMENT, line, error.to_string());
            match last.way_out(&object) {
                Some(way_out) => finding.help(way_out),
                None => finding,
            }
        })?;
    }
    Ok(())
}

/// The objects that a statement makes, changes or takes away.
pub fn touched_by(statement: &Statement, schema: &Schema) -> Vec<ObjectId> {
    let mut ids = vec![statement.object()];
    match statement {
        Statement::Rename(rename) => ids.push(ObjectId::Relation(rename.to.clone())),
        Statement::Access(AccessStatement::Rename { id, to, .. }) => {
            ids.push(ObjectId::Access(id.renamed(to)));
            let naming = schema.access().filter(|other| other.naming(id, to).is_some());
            ids.extend(naming.map(|other| ObjectId::Access(other.id())));
        }
        Statement::Exchange { b, .. } => ids.push(ObjectId::Relation(b.clone())),
        Statement::DropDatabase { database, .. } => {
            let inside = |id: &&ObjectId| id.relation().is_some_and(|name| name.database == *database);
            ids.extend(schema.iter().map(|(id, _)| id).filter(inside).cloned());
        }
        _ => {}
    }
    ids
}
