//! What the header of a migration claims, held against what its SQL does.
//!
//! It decides whether each object that the header names is before and behind the SQL what the header says, and whether
//! the header names every object. Where another migration came in between, it names that one and its place: the other side
//! of two branches that met. It repairs nothing; that is for [`seal`](super::seal()) and people.

use std::collections::{BTreeMap, BTreeSet};

use super::Effect;
use super::migration::{ObjectState, Seal, SqlStep};
use super::replay::{Entry, Touched};
use crate::canon::CANON_VERSION;
use crate::diag::{Diagnostic, Place, code};
use crate::model::ObjectId;
use crate::pair::Pair;

/// Which migration changed each object last, and where it says so.
#[derive(Debug, Default)]
pub(super) struct LastChanges(BTreeMap<ObjectId, Change>);

#[derive(Debug)]
struct Change {
    migration: String,
    place: Place,
}

impl LastChanges {
    /// Notes what a migration touches.
    pub(super) fn note(&mut self, entry: &Entry, touched: &Touched) {
        for id in touched.keys() {
            let line = entry.claim_line(id).unwrap_or(1);
            let change = Change {
                migration: entry.id().to_string(),
                place: entry.place(line),
            };
            self.0.insert(id.clone(), change);
        }
    }

    /// The state that a migration finds an object in, in words.
    fn leaves(&self, id: &ObjectId) -> String {
        self.0.get(id).map_or_else(
            || "the one before it".to_owned(),
            |change| format!("`{}` leaves it in ({})", change.migration, change.place),
        )
    }

    /// A way out for a statement on an object that cannot run behind what changed it last.
    pub(super) fn way_out(&self, id: &ObjectId) -> Option<String> {
        self.0.get(id).map(|change| {
            format!(
                "`{}` changed `{id}` before it ({}): if two branches met here, undo one of the migrations and run \
                 `chx-migrate generate` again, or make it fit",
                change.migration, change.place
            )
        })
    }
}

/// Does the SQL of a migration do what its header says?
pub(super) fn prove(entry: &Entry, touched: &Touched, last: &LastChanges) -> Vec<Diagnostic> {
    let Seal::Sealed(claims) = &entry.parsed.migration.seal else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let claimed: BTreeSet<&ObjectId> = claims.iter().map(|claim| &claim.id).collect();
    for (claim, line) in claims.iter().zip(&entry.parsed.object_lines) {
        let found = touched.get(&claim.id).cloned().unwrap_or(Pair::new(None, None));
        let fits = Pair {
            before: claimed_state_fits(claim.state.before.as_ref(), found.before.as_ref()),
            after: claimed_state_fits(claim.state.after.as_ref(), found.after.as_ref()),
        };
        if fits.before && fits.after {
            continue;
        }
        findings.push(if !touched.contains_key(&claim.id) {
            entry
                .finding(code::OBJECTS, *line, format!("no statement touches `{}`, which the header names", claim.id))
                .help(RESEAL)
        } else if !fits.before {
            entry
                .finding(code::OTHER_STATE, *line, format!("was written for another state of `{}` than {}", claim.id, last.leaves(&claim.id)))
                .help(
                    "two branches changed the same object: undo one of the migrations, run `chx-migrate generate` again; \
                     or add the line `-- chx:draft` below its id, make it fit, and run `chx-migrate seal`",
                )
        } else {
            let line = statement_on(entry, &claim.id).unwrap_or(*line);
            entry
                .finding(code::FINGERPRINT, line, format!("the SQL was changed: it does not make `{}` what the header says", claim.id))
                .help(RESEAL)
        });
    }
    for id in touched.keys().filter(|id| !claimed.contains(id)) {
        let line = statement_on(entry, id).unwrap_or(1);
        findings.push(
            entry
                .finding(
                    code::OBJECTS,
                    line,
                    format!("touches `{id}`, which the header does not name"),
                )
                .help(RESEAL),
        );
    }
    findings
}

/// Fingerprints of another canonical form cannot be compared; there the kind has to do.
fn claimed_state_fits(claim: Option<&ObjectState>, found: Option<&ObjectState>) -> bool {
    match (claim, found) {
        (Some(claim), Some(found)) if claim.fingerprint.version() != CANON_VERSION => {
            claim.kind == found.kind
        }
        (claim, found) => claim == found,
    }
}

const RESEAL: &str = "take the file back from version control; or, if it was applied nowhere, add the line \
                      `-- chx:draft` below its id and run `chx-migrate seal`";

/// The line of the last statement that is about an object.
fn statement_on(entry: &Entry, id: &ObjectId) -> Option<u32> {
    let steps = entry.parsed.migration.up.iter().zip(&entry.parsed.up_lines);
    let about = |step: &SqlStep| {
        Effect::of_step(step).is_ok_and(|effect| effect.statements().iter().any(|made| made.object() == *id))
    };
    steps.rev().find(|(step, _)| about(step)).map(|(_, line)| *line)
}
