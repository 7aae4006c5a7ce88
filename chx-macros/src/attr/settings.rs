//! `settings(name = value, ...)`, and settings that several tables share.

use chx_core::ddl::is_secret_setting_written_out;
use chx_core::model::{DISK, Disk, DiskValue, SettingValue};
use proc_macro2::{Span, TokenStream};
use syn::parse::Parser as _;
use syn::{Attribute, Ident, LitStr, Path};

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
        let value = match &inner.given {
            Given::List(params) if inner.key == DISK => {
                disk(diag, inner.span(), params.stream()).map(|disk| disk.to_string())
            }
            _ => value(diag, &inner),
        };
        let Some(value) = value else {
            continue;
        };
        if let Some(what) = Disk::parse(&value).ok().and_then(|disk| disk.written_out()) {
            // Not at its place: the compiler would show the line.
            diag.error(
                Span::call_site(),
                format!(
                    "the value of `{what}` is written out: put it into the environment or a file, and write `\"env:NAME\"` or \
                     `\"file:PATH\"` there"
                ),
            );
            continue;
        }
        if settings.iter().any(|setting| setting.name == inner.key) {
            diag.error(
                inner.span(),
                format!("the setting `{}` is given twice; keep one of them", inner.key),
            );
            continue;
        }
        if is_secret_setting_written_out(&inner.key, &value) {
            diag.keep_secret();
            let message = format!(
                "the value of the setting `{}` is written out: put it into the environment or a file, and write `\"env:NAME\"` or \
                 `\"file:PATH\"` here",
                inner.key
            );
            diag.error(inner.span(), message);
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

/// `disk(type = s3, endpoint = "...", secret_access_key = "env:KEY")`, and in it `disk(...)` for the disk below.
fn disk(diag: &Diag, span: Span, params: TokenStream) -> Option<Disk> {
    let mut found = Vec::new();
    for entry in entry::split(diag, params) {
        let word = match &entry.given {
            Given::Value(value) => syn::parse2::<Ident>(value.clone()).ok(),
            Given::Nothing | Given::List(_) => None,
        };
        let value = match (&entry.given, word) {
            (Given::List(inside), _) if entry.key == DISK => {
                DiskValue::Disk(disk(diag, entry.span(), inside.stream())?)
            }
            (_, Some(word)) => DiskValue::Text(SettingValue::new(&word.to_string())),
            _ => DiskValue::Text(SettingValue::new(&value(diag, &entry)?)),
        };
        found.push((entry.key.clone(), value));
    }
    match Disk::new(found) {
        Ok(disk) => Some(disk),
        Err(error) => {
            diag.error(span, error.to_string());
            None
        }
    }
}

fn value(diag: &Diag, entry: &Entry) -> Option<String> {
    const FORM: &str = "takes a number, a boolean or text in quotes";
    const OWN_DISK: &str =
        "takes the name of a disk; one of the table's own is `disk(type = s3, endpoint = \"...\")`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Ok(literal) = syn::parse2::<LitStr>(value.clone()) {
        if entry.key == DISK && Disk::parse(&literal.value()).is_ok() {
            return entry.malformed(diag, OWN_DISK);
        }
        return Some(literal.value());
    }
    match fragment::number(value) {
        Some(number) => Some(number.text),
        None => entry.malformed(diag, FORM),
    }
}
