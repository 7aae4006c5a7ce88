//! Before and after as one value, so that the two can never change places by accident.

/// The same thing before and after a change.
///
/// ```
/// use chx_core::pair::Pair;
/// let rows = Pair { before: 3, after: 5 };
/// assert_eq!(rows.map(|n| n * 2), Pair { before: 6, after: 10 });
/// assert_eq!(rows.reversed().before, 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Pair<T> {
    /// The state before the change.
    pub before: T,
    /// The state after the change.
    pub after: T,
}

impl<T> Pair<T> {
    /// Puts the two states together.
    pub fn new(before: T, after: T) -> Self {
        Self { before, after }
    }

    /// Applies one function to both sides.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair {
            before: f(self.before),
            after: f(self.after),
        }
    }

    /// A pair of references.
    pub fn as_ref(&self) -> Pair<&T> {
        Pair {
            before: &self.before,
            after: &self.after,
        }
    }

    /// The way back: what was after is before.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }
}

impl<T: PartialEq> Pair<T> {
    /// Are the two sides different?
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}
