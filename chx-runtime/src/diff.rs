//! The proven way from one schema to another, whatever the two are: the Rust schema, the history, a live database, a
//! file.
//!
//! Decides nothing itself: the engine says which differences are spelling only, `chx-core` plans, the proof tries the
//! plan out. It refuses to hand out a plan that does not work or leads elsewhere.

use chx_core::diag::Diagnostic;
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Before, Plan, PlanError, Renames, plan_from};

use crate::equivalence::respelled;
use crate::proof::{ProofError, prove};
use crate::scratch::{Scratch, ScratchError};

/// A way from one schema to another.
#[derive(Debug, Clone)]
pub struct Way {
    /// The first schema, with every object that only spells differently replaced by how the second one spells it.
    pub before: Schema,
    /// The statements.
    pub plan: Plan,
    /// Was the plan run on an engine, and led to the second schema? A plan without steps or with a rebuild is not run.
    pub proven: bool,
    /// What the proof had to say besides.
    pub notes: Vec<Diagnostic>,
}

/// Why there is no way.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// There is no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The engine could not be asked which differences are spelling only.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// The plan does not work, or leads elsewhere.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// Plans the way from a schema, which `is` what it says, to another and proves it. Without a difference no engine is started.
pub async fn diff(is: Before, schemas: Pair<&Schema>, renames: &Renames) -> Result<Way, DiffError> {
    let Some((before, scratch)) = respelled(schemas).await? else {
        let way = unproven(is, schemas, renames)?;
        return match Scratch::open_for(&way.plan).await? {
            Some(scratch) => proven(way, schemas.after, &scratch).await,
            None => Ok(way),
        };
    };
    let way = unproven(
        is,
        Pair {
            before: &before,
            after: schemas.after,
        },
        renames,
    )?;
    proven(way, schemas.after, &scratch).await
}

/// Plans the way without asking an engine anything.
///
/// # Errors
/// As [`plan_from`].
pub fn unproven(is: Before, schemas: Pair<&Schema>, renames: &Renames) -> Result<Way, PlanError> {
    Ok(Way {
        plan: plan_from(is, schemas, renames)?,
        before: schemas.before.clone(),
        proven: false,
        notes: Vec::new(),
    })
}

async fn proven(mut way: Way, after: &Schema, scratch: &Scratch) -> Result<Way, DiffError> {
    if !way.plan.steps.is_empty() && way.plan.rebuilds.is_empty() {
        let schemas = Pair {
            before: &way.before,
            after,
        };
        way.notes = prove(scratch, schemas, &way.plan).await?;
        way.proven = true;
    }
    Ok(way)
}
