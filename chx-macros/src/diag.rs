//! The sink that collects every mistake of one derive, and what it was told to leave alone.
//!
//! Decides that no mistake hides another: parsers push what they find and go on with `None`, and only
//! [`Diag::into_error`] turns the whole list into what the compiler shows. It shows the line of each: where one may hold a
//! secret that is written out, all of them stand at the name of the struct.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use proc_macro2::Span;

/// All mistakes of one struct, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Diag {
    errors: RefCell<Vec<syn::Error>>,
    raw: RefCell<Vec<String>>,
    has_secret: Cell<bool>,
}

impl Diag {
    /// Records a mistake at a place.
    pub(crate) fn error(&self, at: Span, message: impl Display) {
        self.push(syn::Error::new(at, message));
    }

    /// Records what a parser of `syn` found.
    pub(crate) fn push(&self, error: syn::Error) {
        self.errors.borrow_mut().push(error);
    }

    /// Remembers that the lines of the attributes are not to be shown.
    pub(crate) fn keep_secret(&self) {
        self.has_secret.set(true);
    }

    /// Remembers what is said with `raw("...")`.
    pub(crate) fn left_alone(&self, what: String) {
        self.raw.borrow_mut().push(what);
    }

    /// What was said with `raw("...")`.
    pub(crate) fn raw(&self) -> Vec<String> {
        self.raw.borrow().clone()
    }

    /// Keeps the value, records the error.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// All mistakes as one error, or nothing if there was none. `holder` is a place that holds no secret.
    pub(crate) fn into_error(self, holder: Span) -> Option<syn::Error> {
        let has_secret = self.has_secret.get();
        let errors = self.errors.into_inner().into_iter().flatten();
        let placed = errors.map(|error| {
            if has_secret {
                syn::Error::new(holder, error)
            } else {
                error
            }
        });
        placed.reduce(|mut all, next| {
            all.combine(next);
            all
        })
    }
}
