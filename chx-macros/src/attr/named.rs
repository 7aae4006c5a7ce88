//! The keys that every object has: its name, database, comment, former name, checks, and the path of the crate.

use syn::{LitStr, Path};

use super::entry::{Entry, Given};
use super::fragment;
use super::member::{self, Check};
use super::slot::Slot;
use crate::diag::Diag;

/// What every object says about itself.
#[derive(Default)]
pub(crate) struct Named {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `database = "..."`.
    pub(crate) database: Slot<LitStr>,
    /// `comment = "..."`.
    pub(crate) comment: Slot<LitStr>,
    /// `renamed_from = "..."`.
    pub(crate) renamed_from: Slot<LitStr>,
    /// `check(...)`.
    pub(crate) checks: Vec<Check>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Named {
    /// Takes the entry if it is one of these keys.
    pub(crate) fn take(&mut self, diag: &Diag, entry: &Entry) -> bool {
        match entry.key.as_str() {
            "name" => self.name.set(diag, entry, name(diag, entry)),
            "database" => self.database.set(diag, entry, name(diag, entry)),
            "comment" => self.comment.set(diag, entry, comment(diag, entry)),
            "renamed_from" => self.renamed_from.set(diag, entry, name(diag, entry)),
            "check" => {
                if let Some(check) = member::check(diag, entry) {
                    if self.checks.iter().any(|other| other.name.text == check.name.text) {
                        let message = format!("the check `{}` is there twice; keep one", check.name.text);
                        diag.error(check.name.span, message);
                    }
                    self.checks.push(check);
                }
            }
            "crate" => self.krate.set(diag, entry, path(diag, entry)),
            _ => return false,
        }
        true
    }
}

/// `key = "name"`: anything that can be a name in ClickHouse.
pub(crate) fn name(diag: &Diag, entry: &Entry) -> Option<LitStr> {
    let literal = fragment::text(diag, entry, "takes a name in quotes, such as `\"page_view\"`")?;
    match chx_core::ident::Ident::new(literal.value()) {
        Ok(_) => Some(literal),
        Err(error) => {
            diag.error(literal.span(), error);
            None
        }
    }
}

/// `comment = "text"`.
pub(crate) fn comment(diag: &Diag, entry: &Entry) -> Option<LitStr> {
    fragment::text(diag, entry, "takes text in quotes; `\"\"` is no comment")
}

/// `key = some::path`, in quotes or not.
pub(crate) fn path(diag: &Diag, entry: &Entry) -> Option<Path> {
    const FORM: &str = "takes a path, such as `crate = my_crate::chx`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Ok(literal) = syn::parse2::<LitStr>(value.clone()) {
        return diag.ok(literal.parse());
    }
    match syn::parse::Parser::parse2(Path::parse_mod_style, value.clone()) {
        Ok(path) => Some(path),
        Err(_) => entry.malformed(diag, FORM),
    }
}
