//! Skipping indexes, projections and constraints.

use chx_core::ddl::parse_projection_body;
use chx_core::model::DefaultKind;
use chx_core::rules;
use chx_core::sql::Expr;
use proc_macro2::Span;

use super::demand::What;
use super::{Columns, engine};
use crate::attr;
use crate::attr::fragment::Fragment;
use crate::attr::member::Name;
use crate::diag::Diag;

/// A skipping index.
pub(crate) struct Index {
    /// The name.
    pub(crate) name: String,
    /// What is indexed.
    pub(crate) expr: String,
    /// The type with its arguments.
    pub(crate) kind: String,
    /// The granularity.
    pub(crate) granularity: Option<u64>,
}

/// A projection.
pub(crate) struct Projection {
    /// The name.
    pub(crate) name: String,
    /// The body.
    pub(crate) body: String,
    /// The settings.
    pub(crate) settings: Vec<(String, String)>,
}

/// A constraint.
pub(crate) struct Constraint {
    /// The name.
    pub(crate) name: String,
    /// Is it ASSUME?
    pub(crate) is_assume: bool,
    /// The condition.
    pub(crate) expr: String,
}

/// The indexes of a table.
pub(crate) fn indexes(
    diag: &Diag,
    columns: &Columns,
    storage: &attr::storage::Storage,
    indexes: &[attr::member::Index],
) -> Vec<Index> {
    refuse_duplicates(diag, "index", indexes.iter().map(|index| &index.name));
    let index = |index: &attr::member::Index| {
        engine::check_member(diag, storage, "index", index.name.span);
        Index {
            name: index.name.text.clone(),
            expr: indexed(diag, columns, index),
            kind: index.kind.0.text.clone(),
            granularity: index.granularity,
        }
    };
    indexes.iter().map(index).collect()
}

/// What is indexed; what the index takes is asked of the column's type.
fn indexed(diag: &Diag, columns: &Columns, index: &attr::member::Index) -> String {
    let place = format!("the index `{}`", index.name.text);
    let expr = columns.resolve(diag, &index.expr, &place);
    let (kind_sql, kind) = &index.kind;
    let is_raw = kind_sql.is_raw || matches!(&index.expr, Fragment::Sql(sql) if sql.is_raw);
    if let (Ok(parsed), false) = (Expr::parse(&expr), is_raw) {
        for reference in parsed.references() {
            let name = reference.name();
            if columns
                .all()
                .any(|known| known.name == name && known.default == Some(DefaultKind::Ephemeral))
            {
                columns.refuse_computed(diag, index.expr.span(), &name, &place);
            }
        }
        if let Some(column) = parsed.is_plain_column()
            && rules::index::depends_on_type(kind)
        {
            let what = What::Index(kind.name.to_ascii_lowercase());
            columns.demand(&column, index.expr.span(), what);
        }
    }
    expr
}

/// The projections of a table.
pub(crate) fn projections(
    diag: &Diag,
    columns: &Columns,
    storage: &attr::storage::Storage,
    projections: &[attr::member::Projection],
) -> Vec<Projection> {
    refuse_duplicates(
        diag,
        "projection",
        projections.iter().map(|projection| &projection.name),
    );
    let projection = |projection: &attr::member::Projection| {
        engine::check_member(diag, storage, "projection", projection.name.span);
        let place = format!("the projection `{}`", projection.name.text);
        match indexed_by_projection(&projection.body.text) {
            Some(expr) => columns.check_expr(diag, &projection.body, &expr, &place),
            None => columns.check(diag, &projection.body, &place),
        }
        Projection {
            name: projection.name.text.clone(),
            body: projection.body.text.clone(),
            settings: super::settings(Some(&projection.settings)),
        }
    };
    projections.iter().map(projection).collect()
}

/// What `INDEX expr TYPE type` is about; `None` for a query.
fn indexed_by_projection(body: &str) -> Option<Expr> {
    let body = parse_projection_body(body).ok()?;
    let (expr, _) = body.as_sql().strip_prefix("INDEX ")?.rsplit_once(" TYPE ")?;
    Expr::parse(expr).ok()
}

/// The constraints of a table.
pub(crate) fn constraints(
    diag: &Diag,
    columns: &Columns,
    constraints: &[attr::member::Constraint],
) -> Vec<Constraint> {
    refuse_duplicates(
        diag,
        "constraint",
        constraints.iter().map(|constraint| &constraint.name),
    );
    let constraint = |constraint: &attr::member::Constraint| Constraint {
        name: constraint.name.text.clone(),
        is_assume: constraint.is_assume,
        expr: columns.resolve(
            diag,
            &constraint.condition,
            &format!("the constraint `{}`", constraint.name.text),
        ),
    };
    constraints.iter().map(constraint).collect()
}

fn refuse_duplicates<'a>(diag: &Diag, noun: &str, names: impl Iterator<Item = &'a Name>) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for name in names {
        if seen.iter().any(|(other, _)| *other == name.text) {
            diag.error(
                name.span,
                format!("the table has another {noun} named `{}`", name.text),
            );
        } else {
            seen.push((&name.text, name.span));
        }
    }
}
