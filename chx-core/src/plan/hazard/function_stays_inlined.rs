//! CHX227: a function that changes leaves what calls it as it was.
//!
//! The server put the old body in the place of each call when it stored the view, default or key. A plan says again whatever
//! can be said again; statements by hand may not, and a key cannot be.

use std::collections::BTreeSet;

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::ident::Ident;
use crate::model::{Object, ObjectId};
use crate::pair::Pair;
use crate::plan::functions::with_callers;

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::CreateFunction(create) = look.statement() else {
        return;
    };
    let Pair { before, after } = look.schemas();
    let name = &create.function.name;
    if before.function(name).is_none_or(|was| *was == create.function) {
        return;
    }
    let functions: Vec<_> = after.functions().collect();
    let changed = with_callers([name.clone()].into(), &functions);
    let is_left =
        |(object, calls): &&(&Object, BTreeSet<Ident>)| !calls.is_disjoint(&changed) && !look.follows(object);
    let left: Vec<&Object> = look
        .calls()
        .iter()
        .filter(is_left)
        .map(|(object, _)| *object)
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
