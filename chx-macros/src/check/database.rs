//! A database as a whole.

use syn::{Data, DeriveInput, Fields};

use super::Heading;
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
}

impl Database {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        let mut attrs = attr::database::Database::read(diag, &input.attrs);
        refuse_fields(diag, &input);
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
        Self {
            heading,
            engine: attrs.engine.take(),
        }
    }
}

/// A database is a name with a comment: its tables are structs of their own.
fn refuse_fields(diag: &Diag, input: &DeriveInput) {
    let name = &input.ident;
    let form = format!("`ChDatabase` is for structs without fields: `struct {name};`");
    if let Some(param) = input.generics.params.first() {
        diag.push(syn::Error::new_spanned(param, &form));
    }
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(_) | Data::Union(_) => return diag.error(name.span(), form),
    };
    match fields {
        Fields::Unit => {}
        Fields::Named(named) if named.named.is_empty() => {}
        Fields::Named(_) | Fields::Unnamed(_) => {
            diag.push(syn::Error::new_spanned(
                fields,
                format!("{form}; tables name it with `#[ch(database = \"...\")]`"),
            ));
        }
    }
}
