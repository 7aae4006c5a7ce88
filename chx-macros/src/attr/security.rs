//! `sql_security` and `definer` of views.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use super::entry::{Entry, Given};
use super::fragment;
use super::slot::Slot;
use crate::diag::Diag;

/// With whose rights a view reads.
#[derive(Default)]
pub(crate) struct Security {
    kind: Slot<&'static str>,
    definer: Slot<LitStr>,
}

impl Security {
    /// Takes the entry if it is one of these keys.
    pub(crate) fn take(&mut self, diag: &Diag, entry: &Entry) -> bool {
        match entry.key.as_str() {
            "sql_security" => self.kind.set(diag, entry, kind(diag, entry)),
            "definer" => {
                let user = fragment::text(diag, entry, "takes a user's name in quotes");
                self.definer.set(diag, entry, user);
            }
            _ => return false,
        }
        true
    }

    /// Where `sql_security = invoker` stands.
    pub(crate) fn invoker(&self) -> Option<Span> {
        self.kind.span().filter(|_| self.kind.get() == Some(&"INVOKER"))
    }

    /// The clause as SQL, if there is one.
    pub(crate) fn sql(&self, diag: &Diag) -> Option<String> {
        let kind = self.kind.get().copied();
        match (kind, self.definer.get()) {
            (Some("INVOKER" | "NONE"), Some(user)) => {
                diag.error(user.span(), "`definer` goes with `sql_security = definer` only");
                None
            }
            (_, Some(user)) => Some(format!(
                "DEFINER = {} SQL SECURITY DEFINER",
                chx_core::sql::quote_string(&user.value())
            )),
            (Some(kind), None) => Some(format!("SQL SECURITY {kind}")),
            (None, None) => None,
        }
    }
}

fn kind(diag: &Diag, entry: &Entry) -> Option<&'static str> {
    const FORM: &str = "takes `invoker`, `definer` or `none`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    match syn::parse2::<Ident>(value.clone()) {
        Ok(word) if word == "invoker" => Some("INVOKER"),
        Ok(word) if word == "definer" => Some("DEFINER"),
        Ok(word) if word == "none" => Some("NONE"),
        _ => entry.malformed(diag, FORM),
    }
}
