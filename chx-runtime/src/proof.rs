//! The proof of a plan: it is run on a real engine before anybody writes it down.
//!
//! In a scratch engine the old state of the objects that the plan touches is built, with all that they need; the plan
//! runs; what the engine then shows must be the new state. What the engine refuses is found here and not in
//! production, except for what depends on the rows, and for objects that only another server could make: those, and what is
//! built on them, are named as not tried out.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::canon::{portable_schema, stand_in};
use chx_core::ddl::{render_line, render_object_line};
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::history::touched_by;
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, needs_of};

use crate::client::ServerError;
use crate::introspect::Live;
use crate::scratch::{Refused, Scratch, ScratchError, needed};

/// Why a plan is not proven.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The proof could not be made.
    #[error("the plan could not be tried out: {0}")]
    Scratch(#[from] ScratchError),
    /// The old state cannot be built, so nothing can be said about the plan.
    #[error(
        "the plan could not be tried out: the engine refuses `{object}` as it is before the plan: {error}"
    )]
    Before {
        /// The object.
        object: ObjectId,
        /// What the engine said.
        error: ServerError,
    },
    /// A statement of the plan fails.
    #[error("the plan does not work: statement {number}, on `{object}`, fails with {error}\n    {sql}")]
    Statement {
        /// The statement, counted from 1.
        number: usize,
        /// What it is about.
        object: ObjectId,
        /// The statement, on one line.
        sql: String,
        /// What the engine said.
        error: ServerError,
    },
    /// The plan runs, but leads somewhere else.
    #[error("the plan runs, but does not lead to what was asked for")]
    Result(Vec<Diagnostic>),
}

/// What the engine here does not make, and would not on any machine without what the object asks for.
#[derive(Default)]
struct Untried(BTreeMap<ObjectId, ServerError>);

impl Untried {
    /// Is the statement refused for such a reason, or because of an object that was? Remembers it then.
    fn takes(&mut self, refused: &Refused, schemas: Pair<&Schema>) -> bool {
        let id = &refused.object;
        let is_or_needs_one = || {
            let sides = [schemas.before.get(id), schemas.after.get(id)];
            let needs = sides.into_iter().flatten().flat_map(needs_of);
            needs.chain([id.clone()]).any(|id| self.0.contains_key(&id))
        };
        let takes = refused.is_about_the_server() || is_or_needs_one();
        if takes {
            self.0.entry(id.clone()).or_insert_with(|| refused.error.clone());
        }
        takes
    }

    fn notes(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().map(|(id, error)| {
            let message = format!("is not tried out, because only its own server can: {error}");
            Diagnostic::new(code::UNKNOWN_RESULT, Severity::Warning, id, message)
        })
    }
}

/// Proves in an empty engine that a plan leads from one schema to the other. Gives findings that do not stop it: objects whose result
/// cannot be compared, or that only another server can make.
pub async fn prove(
    scratch: &Scratch,
    schemas: Pair<&Schema>,
    plan: &Plan,
) -> Result<Vec<Diagnostic>, ProofError> {
    let touched: BTreeSet<ObjectId> = plan
        .steps
        .iter()
        .flat_map(|step| touched_by(&step.statement, schemas.before))
        .collect();
    // What the new state needs must stand there too, and was there before unless the plan makes it.
    let after = needed(schemas.after, touched.iter().cloned());
    let wanted = touched
        .iter()
        .cloned()
        .chain(after.iter().map(|(id, _)| id.clone()));
    let before = needed(schemas.before, wanted);

    let mut untried = Untried::default();
    for refused in scratch.build(&before).await? {
        if !untried.takes(&refused, schemas) {
            let Refused { object, error, .. } = refused;
            return Err(ProofError::Before { object, error });
        }
    }
    for (index, step) in plan.steps.iter().enumerate() {
        if let Some(refused) = scratch.run(&step.statement).await
            && !untried.takes(&refused, schemas)
        {
            return Err(ProofError::Statement {
                number: index + 1,
                object: step.object.clone(),
                sql: render_line(&step.statement),
                error: refused.error,
            });
        }
    }
    let made = |object: Object| stand_in(&object).unwrap_or(object);
    let is_tried = |id: &ObjectId| !untried.0.contains_key(id);
    let after: Schema = Vec::from(after)
        .into_iter()
        .filter(|object| is_tried(&object.id()))
        .map(made)
        .collect();
    let touched: BTreeSet<ObjectId> = touched.into_iter().filter(is_tried).collect();
    let mut notes = compare(scratch, &portable_schema(after), &touched).await?;
    notes.extend(untried.notes());
    Ok(notes)
}

/// Level 1 by meaning; for what differs there, the new state is made directly and the engine compares.
async fn compare(
    scratch: &Scratch,
    after: &Schema,
    touched: &BTreeSet<ObjectId>,
) -> Result<Vec<Diagnostic>, ProofError> {
    let reached = scratch.read(after, touched).await?;
    let Sorted {
        notes,
        open,
        mut wrong,
    } = sort(&reached, after, touched);
    if !open.is_empty() {
        scratch.clear(&reached.schema).await?;
        if let Some(Refused { object, sql, error }) = scratch.build(after).await?.into_iter().next() {
            let message = format!("cannot be created as declared: {error}\n    {sql}");
            return Err(ProofError::Result(vec![finding(&object, message)]));
        }
        let direct = scratch.read(after, touched).await?;
        for id in open {
            let (found, wanted) = (reached.schema.get(id), direct.schema.get(id));
            if found != wanted {
                wrong.push(finding(id, difference(found, wanted)));
            }
        }
    }
    if wrong.is_empty() {
        Ok(notes)
    } else {
        Err(ProofError::Result(wrong))
    }
}

/// What level 1 says about the objects that a plan touched.
#[derive(Default)]
struct Sorted<'a> {
    /// What cannot be compared.
    notes: Vec<Diagnostic>,
    /// What only the engine can compare.
    open: Vec<&'a ObjectId>,
    /// What is not as it should be.
    wrong: Vec<Diagnostic>,
}

fn sort<'a>(reached: &Live, after: &Schema, touched: &'a BTreeSet<ObjectId>) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    for id in touched {
        match (reached.schema.get(id), after.get(id)) {
            (found, wanted) if found == wanted => {}
            _ if reached.unreadable.contains_key(id) => {
                let message = "the result of the plan cannot be compared, because chx cannot read what the engine stores";
                sorted.notes.push(Diagnostic::new(
                    code::UNKNOWN_RESULT,
                    Severity::Warning,
                    id,
                    message,
                ));
            }
            (Some(_), Some(_)) => sorted.open.push(id),
            // A database that nobody declared may be there.
            (Some(_), None) if id.is_database() => {}
            (Some(_), None) => sorted.wrong.push(finding(id, "is still there")),
            (None, _) => sorted.wrong.push(finding(id, "is not there")),
        }
    }
    sorted
}

fn finding(id: &ObjectId, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code::OTHER_RESULT, Severity::Error, id, message)
        .help("this is a defect of chx: please report it with the two definitions; `--no-verify` writes the plan unproven")
}

fn difference(found: Option<&Object>, wanted: Option<&Object>) -> String {
    let text = |object: Option<&Object>| match object {
        Some(object) => render_object_line(object),
        None => "nothing".to_owned(),
    };
    format!("becomes\n    {}\n  instead of\n    {}", text(found), text(wanted))
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::{ParseContext, parse_object};

    use super::*;

    #[test]
    fn what_is_missing_or_left_over_is_wrong_and_what_cannot_be_read_is_unknown() {
        let table = |name: &str| {
            let sql = format!("CREATE TABLE web.{name} (id UInt64) ENGINE = MergeTree ORDER BY id");
            parse_object(&sql, &ParseContext::default()).expect("a table")
        };
        let (missing, left_over, unreadable) = (table("a"), table("b"), table("c"));
        let touched: BTreeSet<ObjectId> = [&missing, &left_over, &unreadable].map(Object::id).into();
        let mut reached = Live::default();
        reached.schema.put(left_over);
        let reason = Diagnostic::new(code::UNREADABLE_OBJECT, Severity::Warning, unreadable.id(), "");
        reached.unreadable.insert(unreadable.id(), reason);
        let after: Schema = [missing, unreadable].into_iter().collect();

        let sorted = sort(&reached, &after, &touched);
        let codes =
            |findings: &[Diagnostic]| -> Vec<_> { findings.iter().map(|finding| finding.code).collect() };
        assert_eq!(codes(&sorted.wrong), [code::OTHER_RESULT; 2]);
        assert_eq!(codes(&sorted.notes), [code::UNKNOWN_RESULT]);
        assert!(sorted.open.is_empty());
    }
}
