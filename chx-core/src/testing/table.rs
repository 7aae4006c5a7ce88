//! Tables and their members.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::{Ident, QualifiedName};
use crate::model::{Constraint, ConstraintKind, Index, Projection, Table};

use super::column::column;
use super::expression::expr;
use super::name::{column_names, ident, text};
use super::storage::{settings, storage};

/// A skipping index of this name over these columns.
pub fn index(name: Ident, columns: &[Ident]) -> BoxedStrategy<Index> {
    let index_type = select(vec![
        "minmax",
        "set(100)",
        "bloom_filter(0.01)",
        "MinMax",
        "text(tokenizer = 'ngrams')",
    ]);
    (expr(columns), index_type, option::of(1_u64..9))
        .prop_map(move |(expr, index_type, granularity)| Index {
            name: name.clone(),
            expr,
            index_type: crate::ddl::parse_index_type(index_type).expect("the types of this file are types"),
            granularity,
        })
        .boxed()
}

/// A projection of this name over these columns.
pub fn projection(name: Ident, columns: &[Ident]) -> BoxedStrategy<Projection> {
    let body = prop_oneof![
        expr(columns).prop_map(|expr| format!("SELECT {expr} ORDER BY {expr}")),
        expr(columns).prop_map(|expr| format!("select {expr}, count() group by {expr}")),
        expr(columns).prop_map(|expr| format!("INDEX {expr} TYPE basic")),
    ];
    (body, settings())
        .prop_map(move |(body, settings)| Projection {
            name: name.clone(),
            body: crate::ddl::parse_projection_body(&body).expect("a projection"),
            settings,
        })
        .boxed()
}

/// A constraint of this name over these columns.
pub fn constraint(name: Ident, columns: &[Ident]) -> BoxedStrategy<Constraint> {
    let kind = select(vec![ConstraintKind::Check, ConstraintKind::Assume]);
    (kind, expr(columns))
        .prop_map(move |(kind, expr)| Constraint {
            name: name.clone(),
            kind,
            expr,
        })
        .boxed()
}

/// Members of different names.
fn members<T: std::fmt::Debug + Clone + 'static, S: Strategy<Value = T> + 'static>(
    columns: Vec<Ident>,
    one: fn(Ident, &[Ident]) -> S,
) -> BoxedStrategy<Vec<T>> {
    let member = ident().prop_flat_map(move |name| (Just(name.clone()), one(name, &columns)));
    let some = proptest::collection::vec(member, 0..3).prop_map(|members| {
        let by_name: std::collections::BTreeMap<Ident, T> = members.into_iter().collect();
        by_name.into_values().collect()
    });
    prop_oneof![1 => Just(Vec::new()), 1 => some].boxed()
}

/// A table of this name. Its keys and members read its own columns, defaults only the columns before.
pub fn table(name: QualifiedName) -> BoxedStrategy<Table> {
    column_names()
        .prop_flat_map(move |names| {
            let name = name.clone();
            let columns: Vec<_> = names
                .iter()
                .enumerate()
                .map(|(at, column_name)| column(column_name.clone(), &names[..at]).boxed())
                .collect();
            (
                columns,
                members(names.clone(), index),
                members(names.clone(), projection),
                members(names.clone(), constraint),
                storage(&names),
                text(),
            )
                .prop_map(
                    move |(columns, indexes, projections, constraints, storage, comment)| Table {
                        name: name.clone(),
                        columns: columns.into(),
                        indexes,
                        projections,
                        constraints,
                        storage,
                        comment,
                    },
                )
        })
        .boxed()
}
