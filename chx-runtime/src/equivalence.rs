//! The engine's own word on whether two definitions mean the same.
//!
//! ClickHouse rewrites what it stores, so two spellings of one meaning become one text there. Both sides are made in
//! one scratch engine under the same names, and what it stored is compared by meaning. A definition that the engine
//! refuses, or stores in a way that cannot be read, is unknown, never equal. What only its own server can make (replicated
//! and Distributed tables, queues) is made as something else of the same columns; its engine is compared as it is written.

use std::collections::BTreeMap;

use chx_core::canon::{Agreement, adopt_grouping, hidden, restored, same_rights, secrets_agree};
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;

use crate::scratch::{Scratch, ScratchError, needed};

/// What the engine says about one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both sides are stored as one.
    Same,
    /// The two are stored differently, as these.
    Different(Box<Pair<Object>>),
    /// It cannot be known, for this reason.
    Unknown(String),
}

/// Asks about objects that exist on both sides. The engine is empty again afterwards.
pub async fn equivalent(
    scratch: &Scratch,
    schemas: Pair<&Schema>,
    ids: &[ObjectId],
) -> Result<BTreeMap<ObjectId, Verdict>, ScratchError> {
    let mut verdicts = BTreeMap::new();
    let before = stored(scratch, schemas.before, ids).await?;
    let after = stored(scratch, schemas.after, ids).await?;
    for (id, (mut before, after)) in ids.iter().zip(before.into_iter().zip(after)) {
        if let (Ok(before), Ok(after)) = (&mut before, &after) {
            adopt_grouping(before, after);
        }
        let verdict = match (before, after) {
            (Ok(before), Ok(after)) if before == after && may_be_same(schemas, id) => Verdict::Same,
            (Ok(before), Ok(after)) => Verdict::Different(Box::new(Pair { before, after })),
            (Err(reason), _) | (_, Err(reason)) => Verdict::Unknown(reason),
        };
        verdicts.insert(id.clone(), verdict);
    }
    Ok(verdicts)
}

/// Compares what the scratch engine does not know: users and secrets. A secret that is hidden on one side may be the
/// same.
fn may_be_same(schemas: Pair<&Schema>, id: &ObjectId) -> bool {
    match (schemas.before.get(id), schemas.after.get(id)) {
        (Some(before), Some(after)) => {
            same_rights(before, after) && secrets_agree(before, after) != Agreement::Different
        }
        _ => true,
    }
}

/// The first schema, with every object that only spells differently replaced by how the second one spells it.
/// Without a difference no engine is started; gives the engine back where one was.
pub async fn respelled(schemas: Pair<&Schema>) -> Result<Option<(Schema, Scratch)>, ScratchError> {
    let open: Vec<ObjectId> = schemas
        .after
        .iter()
        .filter(|(id, after)| schemas.before.get(id).is_some_and(|before| before != *after))
        .map(|(id, _)| id.clone())
        .collect();
    if open.is_empty() {
        return Ok(None);
    }
    let scratch = Scratch::open().await?;
    let mut respelled = schemas.before.clone();
    for (id, verdict) in equivalent(&scratch, schemas, &open).await? {
        let sides = (verdict, schemas.before.get(&id), schemas.after.get(&id));
        if let (Verdict::Same, Some(before), Some(after)) = sides
            && secrets_agree(before, after) == Agreement::Same
        {
            respelled.put(after.clone());
        }
    }
    Ok(Some((respelled, scratch)))
}

/// What the engine makes of one side, object by object; the engine is empty again afterwards.
async fn stored(
    scratch: &Scratch,
    schema: &Schema,
    ids: &[ObjectId],
) -> Result<Vec<Result<Object, String>>, ScratchError> {
    let part = needed(schema, ids.iter().cloned());
    let refused = scratch.build(&part).await?;
    let live = scratch.read(&part, []).await?;
    let found = ids
        .iter()
        .map(|id| {
            if let Some(refused) = refused.iter().find(|refused| refused.object == *id) {
                return Err(format!("the engine refuses it: {}", refused.error));
            }
            if let Some(finding) = live.unreadable.get(id) {
                return Err(finding.message.clone());
            }
            let stored = live.schema.get(id).ok_or("the engine does not show it")?;
            let declared = schema.get(id).and_then(|declared| restored(stored, declared));
            // Which secrets they have is compared between the definitions themselves.
            Ok(hidden(declared.unwrap_or_else(|| stored.clone())))
        })
        .collect();
    scratch.clear(&live.schema).await?;
    Ok(found)
}
