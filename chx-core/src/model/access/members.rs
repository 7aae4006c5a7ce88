//! Users and roles that something is for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ident;

/// `NONE`, `a, b`, `ALL` or `ALL EXCEPT a, b`. The order means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// These.
    Named(BTreeSet<Ident>),
    /// All but these.
    AllExcept(BTreeSet<Ident>),
}

impl Members {
    /// Nobody.
    pub const NONE: Self = Self::Named(BTreeSet::new());
    /// Everybody.
    pub const ALL: Self = Self::AllExcept(BTreeSet::new());

    /// The users and roles that are named, also those that are left out.
    pub fn names(&self) -> &BTreeSet<Ident> {
        match self {
            Self::Named(names) | Self::AllExcept(names) => names,
        }
    }

    /// The same where somebody has another name.
    pub(crate) fn rename(&mut self, from: &Ident, to: &Ident) {
        match self {
            Self::Named(names) | Self::AllExcept(names) => {
                if names.remove(from) {
                    names.insert(to.clone());
                }
            }
        }
    }

    /// Is each of these among the others?
    pub fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(few), Self::Named(many)) => few.is_subset(many),
            (Self::Named(few), Self::AllExcept(out)) => few.is_disjoint(out),
            (Self::AllExcept(out), Self::AllExcept(few)) => few.is_subset(out),
            (Self::AllExcept(_), Self::Named(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_among_whom() {
        let set = |names: &[&str]| names.iter().map(|name| Ident::new(name).unwrap()).collect();
        let named = |names: &[&str]| Members::Named(set(names));
        let but = |names: &[&str]| Members::AllExcept(set(names));
        for (few, many, expected) in [
            (Members::NONE, named(&["a"]), true),
            (named(&["a"]), named(&["a", "b"]), true),
            (named(&["a", "b"]), named(&["a"]), false),
            (named(&["a"]), Members::ALL, true),
            (named(&["a"]), but(&["a"]), false),
            (but(&["a", "b"]), but(&["a"]), true),
            (but(&["a"]), but(&["a", "b"]), false),
            (Members::ALL, named(&["a"]), false),
        ] {
            assert_eq!(few.is_within(&many), expected, "{few:?} {many:?}");
        }
    }
}
