//! SQL functions: who calls them, and what has to be said again when one changes.
//!
//! The server puts the body of a function in the place of each call when it stores what calls it, and looks at the function
//! no more. So where a function changes, all that calls it is compared as if it called another function before, and is said
//! again. A key cannot be said again: then the table is one that no ALTER can change.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::ident::Ident;
use crate::model::{Function, Object, Schema};
use crate::pair::Pair;

/// The functions that an object calls, those of ClickHouse included.
pub(super) fn functions_of(object: &Object) -> BTreeSet<Ident> {
    let mut found = BTreeSet::new();
    // Nothing changes, so no part is copied.
    object.clone().map_expressions(&mut |expr| {
        found.extend(expr.calls().into_iter().filter_map(|name| Ident::new(name).ok()));
        None
    });
    found
}

/// The functions that are on both sides and do not mean the same, by themselves or by what they call.
pub(super) fn changed(schemas: Pair<&Schema>) -> BTreeSet<Ident> {
    let is_there = |after: &&Function| schemas.before.function(&after.name).is_some();
    let both: Vec<&Function> = schemas.after.functions().filter(is_there).collect();
    let differ = both
        .iter()
        .filter(|after| schemas.before.function(&after.name) != Some(**after))
        .map(|after| after.name.clone());
    with_callers(differ.collect(), &both)
}

/// These functions, and those that call one of them, also through others.
pub(super) fn with_callers(mut names: BTreeSet<Ident>, functions: &[&Function]) -> BTreeSet<Ident> {
    loop {
        let calls_one = |function: &Function| {
            let calls = function.body.calls();
            calls.iter().any(|name| names.contains(name.as_ref()))
        };
        let more: Vec<Ident> = functions
            .iter()
            .filter(|function| !names.contains(&function.name) && calls_one(function))
            .map(|function| function.name.clone())
            .collect();
        if more.is_empty() {
            return names;
        }
        names.extend(more);
    }
}

/// An object as it was when these functions were what they were: its calls are calls of others.
pub(super) fn as_it_was<'a>(object: &'a Object, changed: &BTreeSet<Ident>) -> Cow<'a, Object> {
    if changed.is_empty() {
        return Cow::Borrowed(object);
    }
    let mut was = object.clone();
    was.map_expressions(&mut |expr| {
        expr.with_calls(|name| {
            changed
                .contains(name)
                .then(|| Ident::new(format!("{name} as it was")).ok())?
        })
    });
    Cow::Owned(was)
}
