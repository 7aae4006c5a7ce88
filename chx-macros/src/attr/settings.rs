//! `settings(name = value, ...)`.

use syn::LitStr;

use super::entry::{self, Entry, Given};
use super::fragment;
use crate::diag::Diag;

/// One setting.
pub(crate) struct Setting {
    /// The name.
    pub(crate) name: String,
    /// The value without quotes.
    pub(crate) value: String,
}

/// Reads the whole list.
pub(crate) fn settings(diag: &Diag, entry: &Entry) -> Option<Vec<Setting>> {
    let Given::List(group) = &entry.given else {
        return entry.malformed(diag, "takes a list: `settings(index_granularity = 8192)`");
    };
    let mut settings: Vec<Setting> = Vec::new();
    for inner in entry::split(diag, group.stream()) {
        let Some(value) = value(diag, &inner) else {
            continue;
        };
        if settings.iter().any(|setting| setting.name == inner.key) {
            diag.error(
                inner.span(),
                format!("the setting `{}` is given twice; keep one of them", inner.key),
            );
            continue;
        }
        settings.push(Setting {
            name: inner.key.clone(),
            value,
        });
    }
    Some(settings)
}

fn value(diag: &Diag, entry: &Entry) -> Option<String> {
    const FORM: &str = "takes a number, a boolean or text in quotes";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Ok(literal) = syn::parse2::<LitStr>(value.clone()) {
        return Some(literal.value());
    }
    match fragment::number(value) {
        Some(number) => Some(number.text),
        None => entry.malformed(diag, FORM),
    }
}
