//! A database as a whole.

use syn::DeriveInput;

use super::Heading;
use super::unit::refuse_fields;
use crate::attr;
use crate::attr::entry;
use crate::attr::named::Named;
use crate::diag::Diag;

/// A database, ready to be written down.
pub(crate) struct Database {
    /// What it is called.
    pub(crate) heading: Heading,
    /// `ENGINE`.
    pub(crate) engine: Option<String>,
    /// `SETTINGS`.
    pub(crate) settings: Vec<(String, String)>,
}

impl Database {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        let mut attrs = attr::database::Database::read(diag, &input.attrs);
        refuse_fields(
            diag,
            &input,
            "ChDatabase",
            &"tables name it with `#[ch(database = \"...\")]`",
        );
        let DeriveInput {
            ident, attrs: all, ..
        } = input;
        let named = Named {
            name: attrs.name,
            comment: attrs.comment,
            krate: attrs.krate,
            ..Named::default()
        };
        let heading = Heading::new(diag, &named, &ident, &entry::docs(&all));
        if heading.name == "default" {
            diag.error(
                named.name.span().unwrap_or(ident.span()),
                "the database `default` is made by the server, and stays as it is; take the struct away",
            );
        }
        if let (Some(span), false) = (attrs.settings.span(), attrs.engine.is_given()) {
            diag.error(
                span,
                "settings of a database stand behind its engine; say it too: `engine = Atomic`",
            );
        }
        Self {
            heading,
            settings: super::settings(attrs.settings.get()),
            engine: attrs.engine.take(),
        }
    }
}
