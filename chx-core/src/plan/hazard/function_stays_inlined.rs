//! CHX227: a function that changes leaves what calls it as it was.
//!
//! The server put the old body in the place of each call when it stored the view, default or key. A plan says again whatever
//! can be said again; statements by hand may not, and a key cannot be.

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::model::{Object, ObjectId};
use crate::pair::Pair;
use crate::plan::functions::{changed, functions_of};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::CreateFunction(create) = look.statement() else {
        return;
    };
    let Pair { before, after } = look.schemas();
    let name = &create.function.name;
    // Others that call it change with it.
    let changed = changed(look.schemas());
    if !changed.contains(name) {
        return;
    }
    let is_reached = |object: &Object| functions_of(object).iter().any(|called| changed.contains(called));
    let left: Vec<&Object> = after
        .iter()
        .filter(|(id, _)| id.relation().is_some() && before.contains(id))
        .map(|(_, object)| object)
        .filter(|object| is_reached(object) && !look.follows(object))
        .collect();
    if left.is_empty() {
        return;
    }
    look.push(
        Severity::Warning,
        code::FUNCTION_STAYS_INLINED,
        ObjectId::Function(name.clone()),
        format!(
            "changes, and {} still {} as it was",
            list(left.iter().copied()),
            if left.len() == 1 { "has it" } else { "have it" }
        ),
        "say the query, default or index again behind it: the server puts the body in when it stores them",
    );
}
