//! What an object is called.

use heck::ToSnakeCase;
use syn::ext::IdentExt;
use syn::{Ident, Path};

use crate::attr::member;
use crate::attr::named::Named;
use crate::diag::Diag;
use crate::item;

/// An object's name, comment, history and checks.
pub(crate) struct Heading {
    /// The database, if named.
    pub(crate) database: Option<String>,
    /// The name: `name = "..."`, or the struct's in snake_case.
    pub(crate) name: String,
    /// The comment: `comment = "..."`, or the doc comment.
    pub(crate) comment: String,
    /// The former name.
    pub(crate) renamed_from: Option<String>,
    /// The checks of its rows.
    pub(crate) checks: Vec<Check>,
    /// What is said with `raw("...")`.
    pub(crate) raw: Vec<String>,
    /// The struct.
    pub(crate) item: Ident,
    /// The line of its name.
    pub(crate) line: u32,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

/// A check of the rows, ready to be written down.
pub(crate) struct Check {
    /// What it is called.
    pub(crate) name: String,
    /// The query.
    pub(crate) sql: String,
    /// Is it only a warning?
    pub(crate) is_warning: bool,
    /// The line of its name.
    pub(crate) line: u32,
}

impl Check {
    fn of(written: &member::Check) -> Self {
        Self {
            name: written.name.text.clone(),
            sql: written.sql.clone(),
            is_warning: written.is_warning,
            line: item::line(written.name.span),
        }
    }
}

impl Heading {
    /// Puts the heading together.
    pub(crate) fn new(diag: &Diag, named: &Named, ident: &Ident, docs: &str) -> Self {
        let given = named.name.get().map(syn::LitStr::value);
        let name = given.unwrap_or_else(|| ident.unraw().to_string().to_snake_case());
        let renamed_from = named.renamed_from.get().map(syn::LitStr::value);
        if renamed_from.as_ref() == Some(&name)
            && let Some(span) = named.renamed_from.span()
        {
            diag.error(
                span,
                format!("`renamed_from` is the name itself; it takes the name before `{name}`"),
            );
        }
        Self {
            database: named.database.get().map(syn::LitStr::value),
            name,
            comment: named
                .comment
                .get()
                .map_or_else(|| docs.to_owned(), syn::LitStr::value),
            renamed_from,
            checks: named.checks.iter().map(Check::of).collect(),
            raw: diag.raw(),
            item: ident.clone(),
            line: item::line(ident.span()),
            krate: named.krate.get().cloned(),
        }
    }

    /// The name as SQL, with the database where one is named.
    pub(crate) fn sql(&self) -> String {
        match &self.database {
            Some(database) => format!("{}.{}", quoted(database), quoted(&self.name)),
            None => quoted(&self.name),
        }
    }
}

/// A name as SQL.
pub(crate) fn quoted(name: &str) -> String {
    chx_core::ident::Ident::new(name).map_or_else(|_| name.to_owned(), |name| name.sql().to_string())
}
