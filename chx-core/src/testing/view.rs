//! Views and materialized views.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::ident::{Ident, QualifiedName};
use crate::model::{Expr, MaterializedView, Target, View, ViewColumn};

use super::column::data_type;
use super::expression::expr;
use super::name::{ident, text};
use super::storage::storage;

fn view_columns() -> BoxedStrategy<Vec<ViewColumn>> {
    let column = (ident(), data_type()).prop_map(|(name, data_type)| ViewColumn { name, data_type });
    vec(column, 0..3).boxed()
}

/// A query over a source and these of its columns.
fn query(source: QualifiedName, columns: &[Ident]) -> BoxedStrategy<Expr> {
    let list: Vec<String> = columns
        .iter()
        .map(|column| column.backticked().to_string())
        .collect();
    let list = if list.is_empty() {
        "1".to_owned()
    } else {
        list.join(", ")
    };
    (expr(columns), 0..4_u8).prop_map(move |(expr, form)| {
        let source = source.sql();
        let sql = match form {
            0 => format!("SELECT {list} FROM {source}"),
            1 => format!("select {list} from {source} where {expr}"),
            2 => format!("SELECT {expr} AS x, count() FROM {source} GROUP BY x ORDER BY x LIMIT 10"),
            _ => format!(
                "WITH t AS (SELECT {list} FROM {source}) SELECT {expr} FROM t UNION ALL SELECT {expr} FROM t"
            ),
        };
        Expr::parse(&sql).expect("a query")
    }).boxed()
}

/// A view of this name over a source and these of its columns.
pub fn view(name: QualifiedName, source: QualifiedName, columns: &[Ident]) -> BoxedStrategy<View> {
    (view_columns(), query(source, columns), text())
        .prop_map(move |(columns, query, comment)| View {
            name: name.clone(),
            columns,
            query,
            comment,
        })
        .boxed()
}

/// A materialized view of this name over a source and these of its columns, into a target or a table of its own.
pub fn materialized_view(
    name: QualifiedName,
    source: QualifiedName,
    columns: &[Ident],
    target: QualifiedName,
) -> BoxedStrategy<MaterializedView> {
    let target = prop_oneof![
        Just(Target::To(target)),
        storage(columns).prop_map(|storage| Target::Inner(Box::new(storage))),
    ];
    (target, view_columns(), query(source, columns), text())
        .prop_map(move |(target, columns, query, comment)| MaterializedView {
            name: name.clone(),
            target,
            columns,
            query,
            comment,
        })
        .boxed()
}
