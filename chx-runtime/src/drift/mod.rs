//! Drift: what a live database is, against what it should be.
//!
//! Differences of spelling are none: what differs by meaning is shown to the engine before it is called a change. What
//! cannot be known is reported as unknown, never as equal. Each difference names the pieces that differ, with both
//! values. Both ways out are plans like any other: the one that makes the database what it should be, and the one
//! that makes the declared schema what the database is; nothing here changes anything.

mod metrics;
mod replication;
mod report;

use std::collections::BTreeMap;

use chx_core::attributes::{AttributeChange, changes};
use chx_core::canon::{Agreement, adopt_databases, hidden, leave_open, secrets_agree, with_places};
use chx_core::ddl::secrets_of_object;
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::ident::Ident;
use chx_core::model::{Function, Object, ObjectId, Schema, Secret};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, PlanError, Renames, plan, plan_of_stored};

use crate::client::{ServerError, Session};
use crate::equivalence::{Verdict, equivalent};
use crate::introspect::{Live, Scope, Selection, introspect};
use crate::scratch::{Scratch, ScratchError};

pub use metrics::prometheus;
pub use report::{AttributeReport, DifferenceReport, REPORT_VERSION, Report, Unrepairable};

/// Which objects of the server are looked at besides those that are declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// None: what nobody declared is none of our business.
    Managed,
    /// Everything in the databases that declared objects live in.
    #[default]
    Databases,
    /// Everything on the server that is not its own.
    Everything,
}

/// What to compare.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What the database should be.
    pub expected: &'a Schema,
    /// Which objects nobody declared are looked at.
    pub extent: Extent,
    /// What is chosen, on both sides.
    pub selection: &'a Selection,
    /// The database of the journal, whose tables are no drift.
    pub journal: &'a Ident,
}

/// What differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// The differences, by object.
    pub differences: BTreeMap<ObjectId, Difference>,
    /// How many objects were looked at on either side.
    pub objects: usize,
    /// The statements that would make the database what it should be.
    pub repair: Plan,
    /// The statements that make the declared schema what the database is: the migration that accepts the drift.
    pub accept: Plan,
    /// What else is worth knowing.
    pub findings: Vec<Diagnostic>,
}

/// How one object differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It should be there.
    Missing(Box<Object>),
    /// It should not be there.
    Extra(Box<Object>),
    /// It should be something else.
    Changed {
        /// What it should be.
        expected: Box<Object>,
        /// What it is.
        live: Box<Object>,
        /// The pieces that differ: `before` is what is live, `after` what is expected.
        attributes: Vec<AttributeChange>,
    },
    /// Whether it is what it should be cannot be known, for this reason.
    Unknown(String),
}

/// Why drift could not be looked for.
#[derive(Debug, thiserror::Error)]
pub enum DriftError {
    /// The live database cannot be read.
    #[error("the live schema cannot be read: {0}")]
    Read(#[from] ServerError),
    /// The engine could not be asked.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
}

/// Compares a live database with the schema that it should have.
pub async fn drift(session: &Session, question: &Question<'_>) -> Result<Drift, DriftError> {
    let mut expected = question.selection.of(question.expected.clone());
    let scope = match question.extent {
        Extent::Managed | Extent::Databases => Scope::of(&expected),
        Extent::Everything => Scope::everything().naming(&expected),
    };
    let scope = scope
        .selecting(question.selection.clone())
        .without_journal(question.journal);
    let mut live = introspect(session, &scope).await?;
    live.doubt_missing(session, &expected).await?;
    live.doubt_selection(question.selection, question.expected);
    adopt_databases(&mut expected, &live.schema);
    if question.extent == Extent::Managed {
        live.keep_only(&expected);
    }
    compare(live, expected).await
}

/// Compares what was read with what should be. An engine is started only where level 1 leaves a question.
pub async fn compare(live: Live, expected: Schema) -> Result<Drift, DriftError> {
    let mut sides = Sides::new(live, expected);
    let open = sides.open();
    if !open.is_empty() {
        sides.lend_functions();
        let schemas = Pair {
            before: &sides.live,
            after: &sides.expected,
        };
        let verdicts = equivalent(&Scratch::open().await?, schemas, &open).await?;
        sides.take_functions_back();
        for (id, verdict) in verdicts {
            sides.settle(&id, verdict);
        }
    }
    Ok(sides.finish())
}

impl Live {
    /// Forgets what the other schema does not have.
    fn keep_only(&mut self, expected: &Schema) {
        let foreign: Vec<ObjectId> = self
            .schema
            .iter()
            .map(|(id, _)| id)
            .filter(|id| !expected.contains(id))
            .cloned()
            .collect();
        for id in foreign {
            self.schema.remove(&id);
        }
        self.unreadable.retain(|id, _| expected.contains(id));
    }
}

/// Both sides on the way to a verdict.
struct Sides {
    live: Schema,
    expected: Schema,
    /// Objects with a secret that is not shown.
    secrets: Vec<ObjectId>,
    /// Both sides of such objects in the engine's own words, where they differ.
    masked: BTreeMap<ObjectId, Pair<Object>>,
    /// Live objects as they stand there, where the expected ones say the same in other words.
    own_words: Vec<Object>,
    /// Expected functions of which nobody knows what they are on the server: what calls them is compared all the same.
    unread_functions: Vec<Object>,
    drift: Drift,
}

impl Sides {
    fn new(live: Live, expected: Schema) -> Self {
        let mut sides = Self {
            live: live.schema,
            expected,
            secrets: live.secrets.into_iter().collect(),
            masked: BTreeMap::new(),
            own_words: Vec::new(),
            unread_functions: Vec::new(),
            drift: Drift {
                findings: live.findings,
                ..Drift::default()
            },
        };
        sides.live.forget_other_databases(&sides.expected);
        for (id, finding) in live.unreadable {
            let function = sides
                .expected
                .get(&id)
                .filter(|object| matches!(object, Object::Function(_)));
            sides.unread_functions.extend(function.cloned());
            sides.unknown(&id, finding.message);
        }
        leave_open(&mut sides.live, &sides.expected);
        replication::adopt(&sides.expected, &mut sides.live);
        sides.set_secrets_aside();
        let mut all: Vec<&ObjectId> = sides
            .live
            .iter()
            .chain(sides.expected.iter())
            .map(|(id, _)| id)
            .collect();
        all.sort();
        all.dedup();
        sides.drift.objects = all.len() + sides.drift.differences.len();
        sides
    }

    /// Finds the objects with secrets. Where nothing else differs and a value is hidden, the two are taken for the
    /// same, which is reported as not known.
    fn set_secrets_aside(&mut self) {
        let mut same = Vec::new();
        for (id, expected) in self.expected.iter() {
            let Some(live) = self.live.get(id) else { continue };
            let agreement = secrets_agree(live, expected);
            let has_secrets = agreement != Agreement::Same || !secrets_of_object(expected).is_empty();
            if has_secrets && !self.secrets.contains(id) {
                self.secrets.push(id.clone());
            }
            if agreement == Agreement::Unknown && hidden(live.clone()) == hidden(expected.clone()) {
                same.push(expected.clone());
            }
        }
        for object in same {
            self.live.put(object);
        }
    }

    /// Objects of one name that are not equal at level 1.
    fn open(&self) -> Vec<ObjectId> {
        let differs = |id: &ObjectId, object: &Object| {
            self.live
                .get(id)
                .is_some_and(|live| live != object && live.kind() == object.kind())
        };
        let all = self.expected.iter().filter(|(id, _)| !id.is_database());
        all.filter(|(id, object)| differs(id, object))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn settle(&mut self, id: &ObjectId, verdict: Verdict) {
        match verdict {
            Verdict::Same => {
                if let Some(object) = self.expected.get(id) {
                    self.own_words.extend(self.live.get(id).cloned());
                    self.live.put(object.clone());
                }
            }
            Verdict::Unknown(reason) => self.unknown(id, reason),
            // No secret is in the engine's words: with them the declared one would be lost from the repair.
            Verdict::Different(stored) if self.secrets.contains(id) => {
                self.masked.insert(id.clone(), *stored);
            }
            // In the engine's own words, so that what is only spelt differently is in neither report nor repair.
            Verdict::Different(stored) => {
                put_words(&mut self.live, stored.before);
                put_words(&mut self.expected, stored.after);
            }
        }
    }

    /// Takes functions that could not be read for the expected ones, so that the engine can make what calls them.
    fn lend_functions(&mut self) {
        for function in &self.unread_functions {
            self.live.put(function.clone());
            self.expected.put(function.clone());
        }
    }

    fn take_functions_back(&mut self) {
        for function in &self.unread_functions {
            self.live.remove(&function.id());
            self.expected.remove(&function.id());
        }
    }

    fn unknown(&mut self, id: &ObjectId, reason: String) {
        self.live.remove(id);
        self.expected.remove(id);
        self.drift
            .differences
            .insert(id.clone(), Difference::Unknown(reason));
    }

    /// What is live, with the places of the secrets that the expected side knows: what is accepted is the rest.
    fn with_known_secrets(&self) -> Option<Schema> {
        let mut known = None;
        for id in &self.secrets {
            let (Some(live), Some(expected)) = (self.live.get(id), self.expected.get(id)) else {
                continue;
            };
            let placed = with_places(live.clone(), Some(expected), &mut |_| Secret::Hidden);
            if placed != *live {
                known.get_or_insert_with(|| self.live.clone()).put(placed);
            }
        }
        known
    }

    fn has_changed_functions(&self) -> bool {
        let same = |expected: &Function| self.live.function(&expected.name) == Some(expected);
        !self.expected.functions().all(same)
    }

    fn finish(mut self) -> Drift {
        for (id, expected) in self.expected.iter() {
            let difference = match self.live.get(id) {
                None => Difference::Missing(Box::new(expected.clone())),
                Some(live) if live == expected => continue,
                Some(live) => Difference::Changed {
                    expected: Box::new(expected.clone()),
                    live: Box::new(live.clone()),
                    attributes: changes(self.masked.get(id).map_or(
                        Pair {
                            before: live,
                            after: expected,
                        },
                        Pair::as_ref,
                    )),
                },
            };
            self.drift.differences.insert(id.clone(), difference);
        }
        for (id, live) in self.live.iter().filter(|(id, _)| !self.expected.contains(id)) {
            let difference = Difference::Extra(Box::new(live.clone()));
            self.drift.differences.insert(id.clone(), difference);
        }
        for id in self.secrets.iter().filter(|id| self.expected.contains(id)) {
            let message =
                "has a secret that the server does not show: whether it is the declared one is not known";
            let finding = Diagnostic::new(code::OBJECT_SECRET, Severity::Note, id, message);
            self.drift.findings.push(finding);
        }
        let schemas = Pair {
            before: &self.live,
            after: &self.expected,
        };
        // What is live has the bodies of functions in it, so a function that changes back takes nothing along.
        let repair = plan_of_stored(schemas, &Renames::default());
        self.drift.repair = way_out(repair, "that repairs the database", &mut self.drift.findings);
        let mut known = self.with_known_secrets();
        if self.has_changed_functions() {
            // Here the words matter: what calls a function means something else with the function that is live.
            let known = known.get_or_insert_with(|| self.live.clone());
            for object in std::mem::take(&mut self.own_words) {
                known.put(object);
            }
        }
        let accepted = Pair {
            before: &self.expected,
            after: known.as_ref().unwrap_or(&self.live),
        };
        let accept = plan(accepted, &Renames::default());
        self.drift.accept = way_out(accept, "that accepts the drift", &mut self.drift.findings);
        self.drift
    }
}

/// Puts the engine's words in the place of an object, but for the users in it: the scratch engine knows none.
fn put_words(schema: &mut Schema, mut words: Object) {
    let there = schema.get(&words.id());
    match (&mut words, there) {
        (Object::View(words), Some(Object::View(view))) => words.security.clone_from(&view.security),
        (Object::MaterializedView(words), Some(Object::MaterializedView(view))) => {
            words.security.clone_from(&view.security);
        }
        _ => {}
    }
    schema.put(words);
}

/// A plan; where there is none, that is a finding, and the differences are reported all the same.
fn way_out(plan: Result<Plan, PlanError>, which: &str, findings: &mut Vec<Diagnostic>) -> Plan {
    plan.unwrap_or_else(|error| {
        let message = format!("there is no plan {which}: {error}");
        findings.push(Diagnostic::new(
            code::NO_PLAN,
            Severity::Warning,
            "the schema",
            message,
        ));
        Plan::default()
    })
}

impl Drift {
    /// Is the database what it should be, as far as can be known?
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The differences as findings, with everything else that is worth knowing behind them.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let differences = self
            .differences
            .iter()
            .map(|(id, difference)| difference.finding(id));
        differences.chain(self.findings.iter().cloned()).collect()
    }
}

impl Difference {
    /// The word for how it came.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Extra(_) => "extra",
            Self::Changed { .. } => "changed",
            Self::Unknown(_) => "unknown",
        }
    }

    /// How much it matters: a change as much as the weightiest of its pieces.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Missing(_) => Severity::Error,
            Self::Extra(_) | Self::Unknown(_) => Severity::Warning,
            Self::Changed { attributes, .. } => attributes
                .iter()
                .map(|change| change.severity)
                .max()
                .unwrap_or(Severity::Error),
        }
    }

    /// The difference as a finding about this object.
    pub fn finding(&self, id: &ObjectId) -> Diagnostic {
        let (code, message) = match self {
            Self::Missing(object) => (
                code::OBJECT_MISSING,
                format!("this {} should be there and is not", object.kind()),
            ),
            Self::Extra(object) => (
                code::OBJECT_EXTRA,
                format!("this {} is there, but nobody declared it", object.kind()),
            ),
            Self::Changed { live, attributes, .. } => {
                let names: Vec<&str> = attributes
                    .iter()
                    .map(|change| change.attribute.as_str())
                    .collect();
                let message = format!(
                    "this {} is not what it should be: {}",
                    live.kind(),
                    names.join(", ")
                );
                (code::OBJECT_CHANGED, message)
            }
            Self::Unknown(reason) => (
                code::OBJECT_UNKNOWN,
                format!("whether it is what it should be cannot be known: {reason}"),
            ),
        };
        Diagnostic::new(code, self.severity(), id, message)
    }
}
