//! Which renames happen, and in which order: a name can be given only when nothing has it.
//!
//! A chain (`b` becomes `c`, `a` becomes `b`) runs from its end. A circle (`a` and `b` change places) goes through a
//! temporary name, and happens only when somebody asks for it now: from the names alone nobody can tell whether it has
//! happened already, so a hint that stays in the code would swap back and forth.

use std::collections::{BTreeMap, BTreeSet};

/// The hints (new name to old name) that apply: the old name is there, the new one is wanted, the old one is not wanted
/// any more or is given to another (or somebody asks now), the new one is not there or goes to another.
pub(crate) fn effective<N: Ord + Clone>(
    hints: impl IntoIterator<Item = (N, N)>,
    is_there: impl Fn(&N) -> bool,
    is_wanted: impl Fn(&N) -> bool,
    is_asked: impl Fn(&N) -> bool,
) -> BTreeMap<N, N> {
    let mut renames: BTreeMap<N, N> = hints
        .into_iter()
        .filter(|(to, from)| to != from && is_there(from) && is_wanted(to))
        .collect();
    loop {
        let moving: BTreeSet<&N> = renames.values().collect();
        let applies = |to: &N, from: &N| {
            // A new one may take the old name; only who asks now means that it is not this one.
            (!is_wanted(from) || renames.contains_key(from) || is_asked(to))
                && (!is_there(to) || moving.contains(to))
        };
        let unasked_circle =
            |to: &N| circle(&renames, to).is_some_and(|members| !members.iter().all(|name| is_asked(name)));
        let kept: BTreeMap<N, N> = renames
            .iter()
            .filter(|(to, from)| applies(to, from) && !unasked_circle(to))
            .map(|(to, from)| (to.clone(), from.clone()))
            .collect();
        if kept.len() == renames.len() {
            return renames;
        }
        renames = kept;
    }
}

/// The members of the circle that a name is in, if it is in one.
fn circle<'a, N: Ord>(renames: &'a BTreeMap<N, N>, start: &'a N) -> Option<Vec<&'a N>> {
    let mut members = vec![start];
    let mut at = renames.get(start)?;
    // No longer than there are renames: a name is given once, but two may come from one.
    for _ in 0..renames.len() {
        if at == start {
            return Some(members);
        }
        members.push(at);
        at = renames.get(at)?;
    }
    None
}

/// The renames as pairs of old and new name, in an order in which each new name is free.
pub(crate) fn in_order<N: Ord + Clone>(renames: &BTreeMap<N, N>, temporary: impl Fn(&N) -> N) -> Vec<(N, N)> {
    let mut left = renames.clone();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let held: BTreeSet<N> = left.values().cloned().collect();
        let free: Vec<N> = left.keys().filter(|to| !held.contains(*to)).cloned().collect();
        for to in &free {
            if let Some(from) = left.remove(to) {
                ordered.push((from, to.clone()));
            }
        }
        // What is left goes round in circles: one member steps aside.
        if free.is_empty()
            && let Some((_, from)) = left.iter_mut().next()
        {
            let aside = temporary(from);
            ordered.push((from.clone(), aside.clone()));
            *from = aside;
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renames(pairs: &[(&'static str, &'static str)]) -> BTreeMap<&'static str, &'static str> {
        pairs.iter().map(|(from, to)| (*to, *from)).collect()
    }

    #[test]
    fn chains_run_from_their_end_and_circles_step_aside() {
        for (pairs, expected) in [
            (&[("a", "b"), ("x", "y")][..], "a>b x>y"),
            (&[("a", "b"), ("b", "c")], "b>c a>b"),
            (&[("a", "b"), ("b", "a")], "b>t a>b t>a"),
            (&[("a", "b"), ("b", "c"), ("c", "a")], "c>t b>c a>b t>a"),
        ] {
            let found: Vec<String> = in_order(&renames(pairs), |_| "t")
                .into_iter()
                .map(|(from, to)| format!("{from}>{to}"))
                .collect();
            assert_eq!(found.join(" "), expected);
        }
    }

    #[test]
    fn a_hint_applies_once() {
        let count = |pairs: &[(&'static str, &'static str)], there: &[&str], wanted: &[&str], asked: bool| {
            effective(
                renames(pairs),
                |name| there.contains(name),
                |name| wanted.contains(name),
                |_| asked,
            )
            .len()
        };
        let chain = [("a", "b"), ("b", "c")];
        assert_eq!(count(&chain, &["a", "b"], &["b", "c"], false), 2);
        assert_eq!(
            count(&chain, &["b", "c"], &["b", "c"], false),
            0,
            "applied already"
        );
        let swap = [("a", "b"), ("b", "a")];
        assert_eq!(count(&swap, &["a", "b"], &["a", "b"], true), 2);
        assert_eq!(
            count(&swap, &["a", "b"], &["a", "b"], false),
            0,
            "nobody asks now"
        );
        assert_eq!(
            count(&[("a", "b")], &["a", "b"], &["b"], true),
            0,
            "the new name is taken"
        );
        let new_one = |asked| count(&[("a", "b")], &["a"], &["a", "b"], asked);
        assert_eq!(new_one(false), 0, "the old name stays");
        assert_eq!(new_one(true), 1, "the old name is given to a new one");
    }
}
