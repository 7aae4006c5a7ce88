//! Where the value of one attribute key goes: given at most once.

use proc_macro2::Span;

use super::entry::Entry;
use crate::diag::Diag;

/// The value of one key and where it stands.
pub(crate) struct Slot<T> {
    given: Option<Span>,
    value: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self {
            given: None,
            value: None,
        }
    }
}

impl<T> Slot<T> {
    /// Takes the value of `entry`; `None` is a value that could not be read, which was reported already.
    pub(crate) fn set(&mut self, diag: &Diag, entry: &Entry, value: Option<T>) {
        if self.given.is_some() {
            diag.error(
                entry.span(),
                format!("`{}` is given twice; keep one of them", entry.key),
            );
            return;
        }
        self.given = Some(entry.span());
        self.value = value;
    }

    /// Was the key given, readable or not?
    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// Where the key stands.
    pub(crate) fn span(&self) -> Option<Span> {
        self.given
    }

    /// The value, if it was given and could be read.
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The value itself, if it was given and could be read.
    pub(crate) fn take(&mut self) -> Option<T> {
        self.value.take()
    }
}
