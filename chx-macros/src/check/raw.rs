//! A raw object as a whole.

use chx_core::model::ObjectId;
use syn::DeriveInput;

use super::Heading;
use super::unit::refuse_fields;
use crate::attr;
use crate::attr::named::Named;
use crate::diag::Diag;

/// An object declared by its statement, ready to be written down.
pub(crate) struct Raw {
    /// What it is called: the statement says it.
    pub(crate) heading: Heading,
    /// Does it belong to the server and to no database?
    pub(crate) is_of_server: bool,
    /// The statement.
    pub(crate) sql: String,
}

impl Raw {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: &DeriveInput) -> Self {
        let mut attrs = attr::raw::Raw::read(diag, &input.attrs);
        refuse_fields(diag, input, "ChRaw", &"a struct of its own holds its rows");
        if !attrs.sql.is_given() {
            diag.error(
                input.ident.span(),
                "a raw object needs its statement: `sql = \"CREATE TABLE web.visit ...\"`",
            );
        }
        let named = Named {
            renamed_from: attrs.renamed_from,
            krate: attrs.krate,
            ..Named::default()
        };
        // The comment of the object stands in the statement: the doc comment is for the readers of the code.
        let mut heading = Heading::new(diag, &named, &input.ident, "");
        let Some((sql, object)) = attrs.sql.take() else {
            return Self {
                heading,
                is_of_server: false,
                sql: String::new(),
            };
        };
        let is_of_server = match object.id() {
            ObjectId::Relation(name) => {
                heading.database = Some(name.database.as_str().to_owned());
                heading.name = name.name.to_string();
                false
            }
            ObjectId::Function(name) => {
                heading.name = name.to_string();
                true
            }
            ObjectId::Database(_)
            | ObjectId::NamedCollection(_)
            | ObjectId::Resource(_)
            | ObjectId::Workload(_)
            | ObjectId::Access(_) => {
                diag.error(
                    sql.span(),
                    format!(
                        "`ChRaw` is for tables, views, dictionaries and functions, not for a {}",
                        object.kind()
                    ),
                );
                true
            }
        };
        Self {
            heading,
            is_of_server,
            sql: sql.text,
        }
    }
}
