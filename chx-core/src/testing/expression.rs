//! Expressions.

use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::Ident;
use crate::model::Expr;
use crate::sql::quote_string;

use super::name::text;

/// An expression over these columns.
pub fn expr(columns: &[Ident]) -> BoxedStrategy<Expr> {
    sql(columns)
        .prop_map(|sql| Expr::parse(&sql).expect("the expressions of this file are expressions"))
        .boxed()
}

/// The text of an expression over these columns, in spellings that a person would use.
pub fn sql(columns: &[Ident]) -> BoxedStrategy<String> {
    let literal = prop_oneof![
        any::<u32>().prop_map(|number| number.to_string()),
        select(vec![
            "1.50",
            "1e3",
            "0x1F",
            "true",
            "NULL",
            "[1, 2]",
            "[]",
            "(1, 'a')",
            "now()",
            "{p:UInt8}"
        ])
        .prop_map(str::to_owned),
        text().prop_map(|text| quote_string(&text)),
    ];
    let leaf = if columns.is_empty() {
        literal.boxed()
    } else {
        let column = select(columns.to_vec()).prop_map(|name| name.backticked().to_string());
        prop_oneof![2 => column, 1 => literal].boxed()
    };
    leaf.prop_recursive(3, 12, 3, |inner| {
        let one = inner.clone();
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (
                two.clone(),
                select(vec![
                    "+", "-", "*", "=", "==", "<>", ">=", "AND", "or", "||", "LIKE", "not in", "% "
                ])
            )
                .prop_map(|((a, b), operator)| format!("({a}) {operator} ({b})")),
            (two, select(vec!["+", "/", "and", "OR"]))
                .prop_map(|((a, b), operator)| format!("{a} {operator} {b}")),
            (
                one.clone(),
                select(vec!["toDate", "lower", "COUNT", "cityHash64", "if"])
            )
                .prop_map(|(a, function)| format!("{function}({a})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("case when {a} then {b} else {c} end")),
            one.clone().prop_map(|a| format!("({a}) IS NOT NULL")),
            one.clone().prop_map(|a| format!("not ({a})")),
            one.clone().prop_map(|a| format!("- ({a})")),
            one.clone().prop_map(|a| format!("({a}) between 1 and 5")),
            one.clone().prop_map(|a| format!("({a})::Nullable(UInt64)")),
            one.clone().prop_map(|a| format!("({a}) ? 1 : 2")),
            one.clone().prop_map(|a| format!("arrayMap(x -> x + 1, [{a}])")),
            one.clone().prop_map(|a| format!("quantile(0.9)({a})")),
            (one, 1..99_u8).prop_map(|(a, days)| format!("({a}) + INTERVAL {days} DAY")),
        ]
    })
    .boxed()
}
