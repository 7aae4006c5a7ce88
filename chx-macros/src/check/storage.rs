//! An engine and its clauses.

use chx_core::ddl::{parse_key, parse_ttl};
use chx_core::model::TtlAction;
use proc_macro2::Span;

use super::heading::quoted;
use super::{Columns, key, settings};
use crate::attr;
use crate::attr::engine::Engine;
use crate::attr::fragment::Fragment;
use crate::attr::sql::Sql;
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
    /// `SAMPLE BY`.
    pub(crate) sample_by: Option<String>,
    /// `TTL`.
    pub(crate) ttl: Vec<String>,
    /// `SETTINGS`.
    pub(crate) settings: Vec<(String, String)>,
}

impl Storage {
    /// Checks the clauses against the columns and one another. `holder` is the place of the struct's name.
    pub(crate) fn new(diag: &Diag, attrs: &attr::storage::Storage, columns: &Columns, holder: Span) -> Self {
        let key = |slot: &attr::slot::Slot<Vec<Fragment>>, place: &str| {
            slot.get()
                .map(|fragments| key::sql(diag, columns, fragments, place))
        };
        let partition_by = key(&attrs.partition_by, "the partition key");
        let primary_key = key(&attrs.primary_key, "the primary key");
        let order_by = key(&attrs.order_by, "the sorting key");
        let sample_by = attrs
            .sample_by
            .get()
            .map(|sql| columns.resolve(diag, sql, "the sampling key"));
        for rule in attrs.ttl.get().into_iter().flatten() {
            check_ttl(diag, rule, columns);
        }
        let engine = attrs
            .engine
            .get()
            .map(|engine| engine_sql(diag, engine, columns))
            .unwrap_or_default();
        if !attrs.engine.is_given() {
            diag.error(holder, "a table needs an `engine`, such as `engine = MergeTree`");
        }
        if attrs.engine.get().is_some_and(Engine::is_merge_tree)
            && !attrs.order_by.is_given()
            && !attrs.primary_key.is_given()
            && let Some(given) = attrs.engine.get()
        {
            diag.error(
                given.span,
                format!(
                    "`{}` needs a sorting key: `order_by = (...)`, or `order_by = ()` for rows in no order",
                    given.name
                ),
            );
        }
        check_prefix(diag, attrs, primary_key.as_deref(), order_by.as_deref());
        Self {
            engine,
            partition_by,
            primary_key,
            order_by,
            sample_by,
            ttl: attrs
                .ttl
                .get()
                .into_iter()
                .flatten()
                .map(|rule| rule.text.clone())
                .collect(),
            settings: settings(attrs.settings.get()),
        }
    }
}

/// The engine with its arguments. In the MergeTree family an identifier is a column; elsewhere it is a word of the
/// engine's own (`Distributed(cluster, db, table)`).
fn engine_sql(diag: &Diag, engine: &Engine, columns: &Columns) -> String {
    let place = format!("`{}`", engine.name);
    let args: Vec<String> = engine
        .args
        .iter()
        .map(|arg| match arg {
            Fragment::Field(word) if !engine.is_merge_tree() => quoted(&word.to_string()),
            Fragment::Sql(sql) if !engine.is_merge_tree() => sql.text.clone(),
            _ => columns.resolve(diag, arg, &place),
        })
        .collect();
    if args.is_empty() {
        engine.name.clone()
    } else {
        format!("{}({})", engine.name, args.join(", "))
    }
}

/// Checks the form of a TTL rule, and that its expressions name columns.
fn check_ttl(diag: &Diag, sql: &Sql, columns: &Columns) {
    let rules = match parse_ttl(&sql.text) {
        Ok(rules) => rules,
        Err(error) => {
            sql.report(diag, error.at, &error.kind);
            return;
        }
    };
    for rule in &rules {
        columns.check_expr(diag, sql, &rule.expr, "the TTL");
        match &rule.action {
            TtlAction::Delete {
                condition: Some(condition),
            } => {
                columns.check_expr(diag, sql, condition, "the TTL");
            }
            TtlAction::GroupBy { keys, set } => {
                for expr in keys.iter().chain(set.iter().map(|(_, expr)| expr)) {
                    columns.check_expr(diag, sql, expr, "the TTL");
                }
                for (name, _) in set {
                    columns.check_name(diag, sql, name.as_str(), "the TTL");
                }
            }
            TtlAction::Delete { condition: None }
            | TtlAction::ToDisk { .. }
            | TtlAction::ToVolume { .. }
            | TtlAction::Recompress(_) => {}
        }
    }
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
    if let (Ok(prefix), Ok(key)) = (parse_key(primary_key), parse_key(order_by))
        && !key.starts_with(&prefix)
    {
        diag.error(
            span,
            format!("the primary key `{primary_key}` must be a beginning of the sorting key `{order_by}`"),
        );
    }
}
