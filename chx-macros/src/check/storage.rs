//! An engine and its clauses.

use chx_core::ddl::parse_key;
use chx_core::model::Key;
use chx_core::sql::Expr;
use proc_macro2::Span;
use syn::Path;

use super::demand::What;
use super::key::{self, Kind};
use super::{Columns, engine, settings, ttl};
use crate::attr;
use crate::attr::fragment::Fragment;
use crate::diag::Diag;

/// An engine and its clauses, as SQL.
#[derive(Default)]
pub(crate) struct Storage {
    /// `ENGINE`.
    pub(crate) engine: String,
    /// `PARTITION BY`.
    pub(crate) partition_by: Option<String>,
    /// `PRIMARY KEY`.
    pub(crate) primary_key: Option<String>,
    /// `ORDER BY`.
    pub(crate) order_by: Option<String>,
    /// `UNIQUE KEY`.
    pub(crate) unique_key: Option<String>,
    /// `SAMPLE BY`.
    pub(crate) sample_by: Option<String>,
    /// `TTL`.
    pub(crate) ttl: Vec<String>,
    /// `SETTINGS`.
    pub(crate) settings: Vec<(String, String)>,
    /// Structs of settings that it shares with others.
    pub(crate) shared_settings: Vec<Path>,
    /// The columns that the keys name.
    pub(crate) in_keys: Vec<String>,
}

impl Storage {
    /// Checks the clauses against the columns and one another. `holder` is the place of the struct's name.
    pub(crate) fn new(diag: &Diag, attrs: &attr::storage::Storage, columns: &Columns, holder: Span) -> Self {
        // Only sorted tables ask it of their keys; EmbeddedRocksDB takes a Nullable one.
        let is_sorted = attrs.engine.get().is_none_or(attr::engine::Engine::is_merge_tree);
        let allows_null = !is_sorted || engine::may_be_set(attrs, "allow_nullable_key");
        let key = |slot: &attr::slot::Slot<Vec<Fragment>>, kind: Kind| {
            slot.get()
                .map(|fragments| key::sql(diag, columns, fragments, kind, allows_null))
        };
        let partition_by = key(&attrs.partition_by, Kind::Partition);
        let primary = if attrs.order_by.is_given() {
            Kind::Prefix
        } else {
            Kind::Primary
        };
        let primary_key = key(&attrs.primary_key, primary);
        let order_by = key(&attrs.order_by, Kind::Sorting);
        let unique_key = key(&attrs.unique_key, Kind::Unique);
        let in_force = primary_key.as_deref().or(order_by.as_deref());
        let in_force = in_force.and_then(|sql| parse_key(sql).ok());
        let sample_by = attrs
            .sample_by
            .get()
            .map(|fragment| sample(diag, columns, fragment, in_force.as_ref()));
        let rules = attrs.ttl.get().map(Vec::as_slice).unwrap_or_default();
        ttl::table(diag, columns, rules, in_force.as_ref());
        let in_keys = columns_of([&order_by, &primary_key, &partition_by].into_iter().flatten());
        let engine = attrs
            .engine
            .get()
            .map(|engine| {
                engine::check_clauses(diag, engine, attrs);
                engine::check_arguments(diag, engine, columns, &in_keys);
                engine::sql(diag, engine, columns)
            })
            .unwrap_or_default();
        if !attrs.engine.is_given() {
            diag.error(holder, "a table needs an `engine`, such as `engine = MergeTree`");
        }
        check_prefix(diag, attrs, primary_key.as_deref(), order_by.as_deref());
        Self {
            engine,
            partition_by,
            primary_key,
            order_by,
            unique_key,
            sample_by,
            ttl: attrs
                .ttl
                .get()
                .into_iter()
                .flatten()
                .map(|rule| rule.text.clone())
                .collect(),
            settings: settings(attrs.settings.get()),
            shared_settings: attrs.shared_settings.get().cloned().unwrap_or_default(),
            in_keys,
        }
    }
}

/// The columns that the keys name, also inside of expressions.
fn columns_of<'a>(keys: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut columns = Vec::new();
    for key in keys.filter_map(|key| parse_key(key).ok()) {
        for part in &key.parts {
            columns.extend(part.expr.references().map(|reference| reference.name()));
        }
    }
    columns
}

/// The sampling key, which is a part of the primary key (error 36 otherwise).
fn sample(diag: &Diag, columns: &Columns, fragment: &Fragment, primary_key: Option<&Key>) -> String {
    let sql = columns.resolve(diag, fragment, "the sampling key");
    let is_raw = matches!(fragment, Fragment::Sql(sql) if sql.is_raw);
    let Ok(expr) = Expr::parse(&sql) else { return sql };
    if let (Some(key), false) = (primary_key, is_raw)
        && !key.parts.iter().any(|part| part.expr == expr)
    {
        diag.error(
            fragment.span(),
            format!("the sampling key must be a part of the primary key; put `{sql}` there, often behind the first"),
        );
    }
    if let (Some(column), false) = (expr.is_plain_column(), is_raw) {
        columns.demand(&column, fragment.span(), What::Sample);
    }
    sql
}

/// ClickHouse sorts by the whole key and keeps an index of its beginning (error 36 otherwise).
fn check_prefix(
    diag: &Diag,
    attrs: &attr::storage::Storage,
    primary_key: Option<&str>,
    order_by: Option<&str>,
) {
    let (Some(primary_key), Some(order_by), Some(span)) = (primary_key, order_by, attrs.primary_key.span())
    else {
        return;
    };
    // The direction is the sorting key's alone.
    let exprs = |key: Key| key.parts.into_iter().map(|part| part.expr).collect::<Vec<_>>();
    if let (Ok(prefix), Ok(key)) = (parse_key(primary_key), parse_key(order_by))
        && !exprs(key).starts_with(&exprs(prefix))
    {
        diag.error(
            span,
            format!("the primary key `{primary_key}` must be a beginning of the sorting key `{order_by}`"),
        );
    }
}
