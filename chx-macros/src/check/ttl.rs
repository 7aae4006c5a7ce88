//! TTLs, of a table and of its columns.
//!
//! Decides what can be asked without the types: a rule depends on stored columns, there is one that deletes every
//! row, and what it groups by is a beginning of the primary key.

use chx_core::ddl::parse_ttl;
use chx_core::model::{Key, TtlAction, TtlRule};
use chx_core::sql::{Expr, Punct, lex};

use super::Columns;
use super::demand::What;
use crate::attr::fragment::Fragment;
use crate::attr::sql::Sql;
use crate::diag::Diag;

const PLACE: &str = "the TTL";

/// Checks the rules of a table, whose primary key is that.
pub(super) fn table(diag: &Diag, columns: &Columns, rules: &[Sql], primary_key: Option<&Key>) {
    let mut deletes = 0;
    for sql in rules {
        let read = match parse_ttl(&sql.text) {
            Ok(read) => read,
            Err(error) => {
                sql.report_parse(diag, &error);
                continue;
            }
        };
        if sql.is_raw {
            continue;
        }
        for rule in &read {
            check(diag, columns, sql, &rule.expr);
            action(diag, columns, sql, rule, primary_key);
            if matches!(rule.action, TtlAction::Delete { condition: None }) {
                deletes += 1;
                if deletes == 2 {
                    diag.error(
                        sql.span(),
                        "another rule deletes every row already; keep the earlier one, or say which rows: \
                         `... DELETE WHERE ...`",
                    );
                }
            }
        }
    }
}

fn action(diag: &Diag, columns: &Columns, sql: &Sql, rule: &TtlRule, primary_key: Option<&Key>) {
    match &rule.action {
        TtlAction::Delete {
            condition: Some(condition),
        } => columns.check_expr(diag, sql, condition, PLACE),
        TtlAction::GroupBy { keys, set } => {
            for expr in keys.iter().chain(set.iter().map(|(_, expr)| expr)) {
                columns.check_expr(diag, sql, expr, PLACE);
            }
            for (name, _) in set {
                columns.check_name(diag, sql, name.as_str(), PLACE);
            }
            if let Some(primary_key) = primary_key
                && !primary_key.starts_with(&Key::of(keys.iter().cloned()))
            {
                let first = keys.first().map_or("", |key| key.as_sql());
                diag.error(
                    sql.span_of_name(first),
                    "rows can be grouped by a beginning of the primary key only, where they stand together",
                );
            }
        }
        TtlAction::Delete { condition: None }
        | TtlAction::ToDisk { .. }
        | TtlAction::ToVolume { .. }
        | TtlAction::Recompress(_) => {}
    }
}

/// Checks the TTL of a column.
pub(super) fn column(diag: &Diag, columns: &Columns, fragment: &Fragment, place: &str) -> String {
    match fragment {
        Fragment::Sql(sql) if !sql.is_raw => {
            if let Ok(expr) = Expr::parse(&sql.text) {
                check(diag, columns, sql, &expr);
            }
            sql.text.clone()
        }
        Fragment::Field(ident) => {
            let resolved = columns.resolve(diag, fragment, place);
            if let Ok(Some(name)) =
                Expr::parse(&resolved).map(|expr| expr.is_plain_column().map(String::from))
            {
                columns.demand(&name, ident.span(), What::Ttl { is_shifted: false });
            }
            resolved
        }
        Fragment::Sql(_) | Fragment::Tuple(..) => columns.resolve(diag, fragment, place),
    }
}

/// Checks the moment of a rule.
fn check(diag: &Diag, columns: &Columns, sql: &Sql, expr: &Expr) {
    columns.check_expr(diag, sql, expr, PLACE);
    let mut is_constant = true;
    for reference in expr.references() {
        is_constant = false;
        let span = sql.span_of_name(reference.text);
        columns.refuse_computed(diag, span, &reference.name(), PLACE);
    }
    if is_constant {
        diag.error(
            sql.span(),
            "no column stands in this TTL, so all rows would expire at once; count from a column: \
             `ts + INTERVAL 90 DAY`",
        );
    }
    if let Some((column, is_shifted)) = counts_from(expr) {
        columns.demand(&column, sql.span_of_name(&column), What::Ttl { is_shifted });
    }
}

/// The column that the moment is, or that an interval is added to.
fn counts_from(expr: &Expr) -> Option<(String, bool)> {
    if let Some(column) = expr.is_plain_column() {
        return Some((column.into_owned(), false));
    }
    let tokens = lex(expr.as_sql()).ok()?;
    let [column, operator, rest @ ..] = &*tokens else {
        return None;
    };
    // `ts + toIntervalDay(1)`, one call and nothing behind it.
    let is_sum = operator.is(Punct::Plus) || operator.is(Punct::Minus);
    let is_interval = rest
        .first()
        .is_some_and(|word| word.text.starts_with("toInterval"))
        && rest.iter().filter(|token| token.is(Punct::LParen)).count() == 1
        && rest.last().is_some_and(|token| token.is(Punct::RParen));
    let name = column.name().ok()??.into_owned();
    (is_sum && is_interval).then_some((name, true))
}
