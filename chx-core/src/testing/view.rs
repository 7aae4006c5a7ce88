//! Views and materialized views.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use crate::ident::{Ident, QualifiedName};
use crate::model::{
    Expr, MaterializedView, Period, Refresh, Schedule, SqlSecurity, Target, View, ViewColumn,
};

use super::column::data_type;
use super::expression::expr;
use super::name::{ident, relation_name, text};
use super::storage::{settings, storage};

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

/// SQL SECURITY of a view, or of a materialized view, which reads for no invoker.
pub(super) fn security(is_materialized: bool) -> BoxedStrategy<SqlSecurity> {
    let definer = option::of(ident().prop_map(String::from)).prop_map(SqlSecurity::Definer);
    let rest = if is_materialized {
        SqlSecurity::None
    } else {
        SqlSecurity::Invoker
    };
    prop_oneof![definer, Just(rest)].boxed()
}

fn period() -> BoxedStrategy<Period> {
    (0..30_u64, 0..10_000_000_u64)
        .prop_map(|(months, seconds)| Period { months, seconds })
        .boxed()
}

/// A REFRESH clause.
pub(super) fn refresh() -> BoxedStrategy<Refresh> {
    // An offset of no time is not written.
    let offset = option::of(period()).prop_map(|offset| offset.filter(|offset| *offset != Period::ZERO));
    let every = (period(), offset);
    let schedule = prop_oneof![
        every.prop_map(|(period, offset)| Schedule::Every { period, offset }),
        period().prop_map(Schedule::After),
        Just(Schedule::AfterOthers),
    ];
    let others = btree_set(relation_name(), 0..3);
    (schedule, option::of(period()), others, settings(), any::<bool>())
        .prop_map(|(schedule, randomize, depends_on, settings, append)| {
            // Without other views there must be a time, and without a time nothing to move.
            let schedule = match schedule {
                Schedule::AfterOthers if depends_on.is_empty() => Schedule::After(Period::ZERO),
                other => other,
            };
            Refresh {
                randomize: randomize.filter(|_| schedule != Schedule::AfterOthers),
                schedule,
                depends_on,
                settings,
                append,
            }
        })
        .boxed()
}

/// A view of this name over a source and these of its columns.
pub fn view(name: QualifiedName, source: QualifiedName, columns: &[Ident]) -> BoxedStrategy<View> {
    let security = option::of(security(false));
    (view_columns(), security, query(source, columns), text())
        .prop_map(move |(columns, security, query, comment)| View {
            name: name.clone(),
            columns,
            security,
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
        storage(columns).prop_map(|storage| Target::Inner(Box::new(storage.into()))),
    ];
    let parts = (
        option::weighted(0.3, refresh()),
        target,
        view_columns(),
        option::weighted(0.3, security(true)),
        query(source, columns),
        text(),
    );
    parts
        .prop_map(
            move |(refresh, target, columns, security, query, comment)| MaterializedView {
                name: name.clone(),
                refresh,
                target,
                columns,
                security,
                query,
                comment,
            },
        )
        .boxed()
}
