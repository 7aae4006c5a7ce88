//! Skipping indexes, projections and constraints.

use proc_macro2::Span;

use super::Columns;
use crate::attr;
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
pub(crate) fn indexes(diag: &Diag, columns: &Columns, indexes: &[attr::member::Index]) -> Vec<Index> {
    refuse_duplicates(diag, "index", indexes.iter().map(|index| &index.name));
    let index = |index: &attr::member::Index| Index {
        name: index.name.text.clone(),
        expr: columns.resolve(diag, &index.expr, &format!("the index `{}`", index.name.text)),
        kind: index.kind.text.clone(),
        granularity: index.granularity,
    };
    indexes.iter().map(index).collect()
}

/// The projections of a table.
pub(crate) fn projections(
    diag: &Diag,
    columns: &Columns,
    projections: &[attr::member::Projection],
) -> Vec<Projection> {
    refuse_duplicates(
        diag,
        "projection",
        projections.iter().map(|projection| &projection.name),
    );
    let projection = |projection: &attr::member::Projection| {
        columns.check(
            diag,
            &projection.body,
            &format!("the projection `{}`", projection.name.text),
        );
        Projection {
            name: projection.name.text.clone(),
            body: projection.body.text.clone(),
            settings: super::settings(Some(&projection.settings)),
        }
    };
    projections.iter().map(projection).collect()
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
