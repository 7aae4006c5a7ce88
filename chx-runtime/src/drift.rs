//! Drift: what a live database is, against what it should be.
//!
//! Differences of spelling are none: what differs by meaning is shown to the engine before it is called a change. What
//! cannot be known is reported as unknown. Objects that nobody declared are listed only within the databases in
//! scope. The repair is a plan like any other; nothing here changes anything.

use std::collections::BTreeMap;

use chx_core::canon::leave_open;
use chx_core::diag::{Code, Diagnostic, Severity};
use chx_core::ident::Ident;
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, PlanError, Renames, plan};

use crate::client::{ServerError, Session};
use crate::equivalence::{Verdict, equivalent};
use crate::introspect::{Live, Scope, introspect};
use crate::scratch::{Scratch, ScratchError};

/// An object that should be there is not.
pub const MISSING: Code = Code(410);
/// An object is there that nobody declared.
pub const EXTRA: Code = Code(411);
/// An object is not what it should be.
pub const CHANGED: Code = Code(412);
/// Whether an object is what it should be cannot be known.
pub const UNKNOWN: Code = Code(413);

/// What differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// The differences, by object.
    pub differences: BTreeMap<ObjectId, Difference>,
    /// The statements that would make the database what it should be.
    pub repair: Plan,
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
    /// The differences cannot be turned into a plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Compares a live database with the schema that it should have.
pub async fn drift(session: &Session, expected: &Schema, journal: &Ident) -> Result<Drift, DriftError> {
    let scope = Scope::of(expected).without_journal(journal);
    let live = introspect(session, &scope).await?;
    compare(live, expected).await
}

/// Compares what was read with what should be.
pub async fn compare(live: Live, expected: &Schema) -> Result<Drift, DriftError> {
    let Live {
        mut schema,
        unreadable,
    } = live;
    let mut differences = BTreeMap::new();
    let mut expected = expected.clone();
    leave_open(&mut schema, &expected);
    // Databases that nobody declared are where the objects live.
    let undeclared: Vec<ObjectId> = schema
        .iter()
        .map(|(id, _)| id)
        .filter(|id| id.relation().is_none() && !expected.contains(id))
        .cloned()
        .collect();
    for id in undeclared {
        schema.remove(&id);
    }
    let open: Vec<ObjectId> = expected
        .iter()
        .filter(|(id, object)| schema.get(id).is_some_and(|live| live != *object))
        .map(|(id, _)| id.clone())
        .collect();
    // Without a question no engine is started.
    let verdicts = if open.is_empty() {
        BTreeMap::new()
    } else {
        let schemas = Pair {
            before: &schema,
            after: &expected,
        };
        equivalent(&Scratch::open().await?, schemas, &open).await?
    };
    for (id, verdict) in verdicts {
        match verdict {
            Verdict::Same => {
                if let Some(object) = expected.get(&id) {
                    schema.put(object.clone());
                }
            }
            Verdict::Unknown(reason) => {
                differences.insert(id.clone(), Difference::Unknown(reason));
                schema.remove(&id);
                expected.remove(&id);
            }
            Verdict::Different(_) => {}
        }
    }
    for (id, finding) in unreadable {
        expected.remove(&id);
        differences.insert(id, Difference::Unknown(finding.message));
    }
    for (id, object) in expected.iter() {
        match schema.get(id) {
            None => {
                differences.insert(id.clone(), Difference::Missing(Box::new(object.clone())));
            }
            Some(live) if live != object => {
                let (expected, live) = (Box::new(object.clone()), Box::new(live.clone()));
                differences.insert(id.clone(), Difference::Changed { expected, live });
            }
            Some(_) => {}
        }
    }
    for (id, object) in schema.iter().filter(|(id, _)| !expected.contains(id)) {
        differences.insert(id.clone(), Difference::Extra(Box::new(object.clone())));
    }
    let repair = plan(
        Pair {
            before: &schema,
            after: &expected,
        },
        &Renames::default(),
    )?;
    Ok(Drift { differences, repair })
}

impl Drift {
    /// Is the database what it should be, as far as can be known?
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The differences as findings.
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.differences
            .iter()
            .map(|(id, difference)| match difference {
                Difference::Missing(object) => {
                    let message = format!("this {} should be there and is not", object.kind());
                    Diagnostic::new(MISSING, Severity::Error, id, message)
                }
                Difference::Extra(object) => {
                    let message = format!("this {} is there, but nobody declared it", object.kind());
                    Diagnostic::new(EXTRA, Severity::Warning, id, message)
                }
                Difference::Changed { live, .. } => {
                    let message = format!("this {} is not what it should be", live.kind());
                    Diagnostic::new(CHANGED, Severity::Error, id, message)
                }
                Difference::Unknown(reason) => {
                    let message = format!("whether it is what it should be cannot be known: {reason}");
                    Diagnostic::new(UNKNOWN, Severity::Warning, id, message)
                }
            })
            .collect()
    }
}
