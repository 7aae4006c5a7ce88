//! A user, role, row policy, quota or settings profile as a whole.

use chx_core::ddl::AccessClause;
use chx_core::model::access::AccessKind;
use syn::DeriveInput;

use super::Heading;
use super::unit::refuse_fields;
use crate::attr;
use crate::attr::access::{Clause, derive, example};
use crate::attr::named::Named;
use crate::diag::Diag;

pub(crate) use crate::attr::access::{Grant, On};

/// An access entity, ready to be written down.
pub(crate) struct Access {
    /// What it is.
    pub(crate) kind: AccessKind,
    /// What it is called.
    pub(crate) heading: Heading,
    /// What a row policy is on.
    pub(crate) on: Option<On>,
    /// What it says.
    pub(crate) clauses: Vec<(AccessClause, Clause)>,
    /// What is granted to it, and revoked again.
    pub(crate) grants: Vec<Grant>,
}

impl Access {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, kind: AccessKind, input: &DeriveInput) -> Self {
        let holder = input.ident.span();
        let mut attrs = attr::access::Access::read(diag, kind, &input.attrs);
        let instead = "what it says stands in `#[ch(...)]`";
        refuse_fields(diag, input, derive(kind), &instead);
        if kind == AccessKind::RowPolicy && !attrs.on.is_given() {
            diag.error(
                holder,
                "a row policy needs its table: `on = Visits`, `on = \"web.visits\"`, `on = \"web.*\"`",
            );
        }
        if kind == AccessKind::User && !attrs.says(AccessClause::Identified) {
            let example = example(AccessClause::Identified);
            diag.error(
                holder,
                format!(
                    "a user needs a way to log in: `identified = \"{example}\"`; `\"WITH no_password\"` is none"
                ),
            );
        }
        let named = Named {
            name: attrs.name,
            krate: attrs.krate,
            ..Named::default()
        };
        // The server keeps no comment of it: the doc comment is for the readers of the code.
        let heading = Heading::new(diag, &named, &input.ident, "");
        let clauses = attrs.clauses.into_iter();
        Self {
            kind,
            heading,
            on: attrs.on.take(),
            clauses: clauses
                .filter_map(|(clause, mut said)| Some((clause, said.take()?)))
                .collect(),
            grants: attrs.grants,
        }
    }
}
