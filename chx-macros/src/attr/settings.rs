//! `settings(name = value, ...)`, and settings that several tables share.

use proc_macro2::Span;
use syn::parse::Parser as _;
use syn::{Attribute, LitStr, Path};

use super::entry::{self, Entry, Given};
use super::fragment;
use super::keys;
use super::named;
use super::slot::Slot;
use crate::diag::Diag;

/// One setting.
pub(crate) struct Setting {
    /// The name.
    pub(crate) name: String,
    /// The value without quotes.
    pub(crate) value: String,
    /// Where it stands.
    pub(crate) span: Span,
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
            span: inner.span(),
        });
    }
    Some(settings)
}

/// `shared_settings = Cheap`, or several: `shared_settings = (Cheap, Logged)`.
pub(crate) fn shared(diag: &Diag, entry: &Entry) -> Option<Vec<Path>> {
    const FORM: &str = "takes a struct with `ChSettings`, or several: `shared_settings = (Cheap, Logged)`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let parts = match entry::single_group(value) {
        Some(group) => entry::commas(group.stream()),
        None => vec![(value.clone(), entry.span())],
    };
    let mut paths = Vec::new();
    for (part, end) in parts {
        match Path::parse_mod_style.parse2(part.clone()) {
            Ok(path) => paths.push(path),
            Err(_) => {
                let place = part.into_iter().next().map_or(end, |token| token.span());
                diag.error(place, format!("`shared_settings` {FORM}"));
            }
        }
    }
    Some(paths)
}

/// What a struct with `ChSettings` says.
#[derive(Default)]
pub(crate) struct Shared {
    /// `settings(...)`.
    pub(crate) settings: Slot<Vec<Setting>>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Shared {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut shared = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "settings" => shared.settings.set(diag, &entry, settings(diag, &entry)),
                "crate" => shared.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::SETTINGS),
            }
        }
        shared
    }
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
