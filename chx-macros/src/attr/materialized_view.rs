//! `#[ch(...)]` on a struct with `ChMaterializedView`.

use chx_core::ddl::parse_refresh;
use syn::{Attribute, Type};

use super::entry::{self, Entry, Given};
use super::fragment;
use super::keys;
use super::member::Members;
use super::named::Named;
use super::security::Security;
use super::slot::Slot;
use super::sql::{Sql, Written};
use super::storage::Storage;
use super::view;
use crate::diag::Diag;

/// A materialized view as written.
#[derive(Default)]
pub(crate) struct MaterializedView {
    /// Its names and comment.
    pub(crate) named: Named,
    /// `to = ...`.
    pub(crate) to: Slot<To>,
    /// `refresh = "EVERY 1 HOUR"`.
    pub(crate) refresh: Slot<Sql>,
    /// `sql_security` and `definer`.
    pub(crate) security: Security,
    /// `query = "SELECT ..."`.
    pub(crate) query: Slot<Sql>,
    /// `partial`: the target's other columns take their defaults.
    pub(crate) partial: Slot<bool>,
    /// `empty`: a refreshable view does not run at once.
    pub(crate) empty: Slot<bool>,
    /// The engine and clauses of an inner table.
    pub(crate) storage: Storage,
    /// `index(...)`, `projection(...)` and `constraint(...)` of an inner table.
    pub(crate) members: Members,
}

/// The target table.
pub(crate) enum To {
    /// A struct with `ChTable`.
    Type(Box<Type>),
    /// `"db.table"` or `"table"`.
    Name {
        /// The database, if named.
        database: Option<String>,
        /// The table.
        name: String,
    },
}

impl MaterializedView {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut view = Self::default();
        for entry in entry::read(diag, attrs) {
            if view.named.take(diag, &entry)
                || view.storage.take(diag, &entry)
                || view.members.take(diag, &entry)
                || view.security.take(diag, &entry)
            {
                continue;
            }
            match entry.key.as_str() {
                "to" => view.to.set(diag, &entry, to(diag, &entry)),
                "refresh" => view.refresh.set(diag, &entry, refresh(diag, &entry)),
                "partial" => view.partial.set(diag, &entry, entry.flag(diag)),
                "empty" => view.empty.set(diag, &entry, entry.flag(diag)),
                "populate" => diag.error(
                    entry.span(),
                    "POPULATE misses the rows that come in while it runs, and whether it ran is no part of a schema; take it away, and \
                     fill the view in a migration by hand: `INSERT INTO view SELECT ...`",
                ),
                "query" => view.query.set(diag, &entry, view::query(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::MATERIALIZED_VIEW),
            }
        }
        view
    }
}

fn to(diag: &Diag, entry: &Entry) -> Option<To> {
    const FORM: &str = "takes a struct with `ChTable`, or a table's name in quotes: `\"web.site_day\"`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Some(written) = Written::read(value) {
        return table_name(diag, &written);
    }
    match syn::parse2::<Type>(value.clone()) {
        Ok(path @ Type::Path(_)) => Some(To::Type(Box::new(path))),
        _ => entry.malformed(diag, FORM),
    }
}

/// `refresh = "EVERY 1 HOUR"`.
fn refresh(diag: &Diag, entry: &Entry) -> Option<Sql> {
    let form = "takes what stands behind REFRESH in quotes, such as `\"EVERY 1 HOUR\"`";
    let written = fragment::sql(diag, entry, form)?;
    // Names without a database are completed when the declaration is read.
    let any = chx_core::ident::Ident::new("default").ok()?;
    Sql::parsed(diag, &written, |sql| parse_refresh(sql, &any)).map(|(sql, _)| sql)
}

/// A table's name as SQL: names that need backticks carry them.
pub(crate) fn table_name(diag: &Diag, written: &Written) -> Option<To> {
    let sql = Sql::checked(diag, written)?;
    let tokens = chx_core::sql::lex(&sql.text).ok()?;
    let parts: Vec<String> = tokens
        .iter()
        .filter_map(|token| token.name().ok().flatten())
        .map(std::borrow::Cow::into_owned)
        .collect();
    match (parts.as_slice(), tokens.len()) {
        ([name], 1) => Some(To::Name {
            database: None,
            name: name.clone(),
        }),
        ([database, name], 3) => Some(To::Name {
            database: Some(database.clone()),
            name: name.clone(),
        }),
        _ => {
            diag.error(
                sql.span(),
                "expected a table's name: `\"table\"` or `\"database.table\"`",
            );
            None
        }
    }
}
