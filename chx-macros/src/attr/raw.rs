//! `#[ch(...)]` on a struct with `ChRaw`.

use chx_core::ddl::{ParseContext, parse_object_or_raw};
use chx_core::model::Object;
use syn::{Attribute, LitStr, Path};

use super::entry::{self, Entry};
use super::fragment;
use super::keys;
use super::named;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A statement as written.
#[derive(Default)]
pub(crate) struct Raw {
    /// `sql = "CREATE ..."`.
    pub(crate) sql: Slot<(Sql, Object)>,
    /// `renamed_from = "..."`.
    pub(crate) renamed_from: Slot<LitStr>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Raw {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut raw = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "sql" => raw.sql.set(diag, &entry, sql(diag, &entry)),
                "renamed_from" => raw.renamed_from.set(diag, &entry, named::name(diag, &entry)),
                "crate" => raw.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::RAW),
            }
        }
        raw
    }
}

fn sql(diag: &Diag, entry: &Entry) -> Option<(Sql, Object)> {
    const FORM: &str = "takes the whole statement in quotes, such as `\"CREATE TABLE web.visit ...\"`";
    let written = fragment::sql(diag, entry, FORM)?;
    Sql::parsed(diag, &written, |sql| {
        parse_object_or_raw(sql, &ParseContext::default())
    })
}
