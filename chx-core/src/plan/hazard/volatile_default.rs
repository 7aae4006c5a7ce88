//! CHX223: a default that gives another value at each read.
//!
//! Old parts hold no value for a new column, so its expression is computed whenever they are read. With `now()`,
//! `rand()` or `generateUUIDv4()` the same row gives another value every time, until a merge or MATERIALIZE COLUMN
//! writes one down.

use crate::ddl::AlterCommand;
use crate::diag::{Severity, code};
use crate::model::DefaultKind;
use crate::sql::{Expr, Punct, lex};

use super::Look;

/// Functions whose value is another one at the next query.
const VOLATILE: [&str; 27] = [
    "now",
    "now64",
    "nowInBlock",
    "today",
    "yesterday",
    "rand",
    "rand32",
    "rand64",
    "randCanonical",
    "randConstant",
    "randUniform",
    "randNormal",
    "randLogNormal",
    "randBinomial",
    "randExponential",
    "randPoisson",
    "randomString",
    "randomFixedString",
    "randomPrintableASCII",
    "generateUUIDv4",
    "generateUUIDv7",
    "generateULID",
    "generateSnowflakeID",
    "currentUser",
    "hostName",
    "queryID",
    "rowNumberInAllBlocks",
];

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let AlterCommand::AddColumn { column, .. } = command else {
            continue;
        };
        let Some(default) = column
            .default
            .as_ref()
            .filter(|default| matches!(default.kind, DefaultKind::Default | DefaultKind::Materialized))
        else {
            continue;
        };
        let Some(function) = default.expr.as_ref().and_then(volatile) else {
            continue;
        };
        if look.size(&table.name).is_some_and(|size| size.rows == 0) {
            continue;
        }
        look.push(
            Severity::Warning,
            code::VOLATILE_DEFAULT,
            format!("{}.{}", table.name, column.name),
            format!("rows that are there already give another value of `{function}()` at each read"),
            format!(
                "write one value down, right after the migration: ALTER TABLE {} MATERIALIZE COLUMN {}",
                table.name.sql(),
                column.name.sql()
            ),
        );
    }
}

/// A function of the expression that gives another value each time.
fn volatile(expr: &Expr) -> Option<&'static str> {
    let tokens = lex(expr.as_sql()).ok()?;
    tokens.windows(2).find_map(|pair| {
        let [name, open] = pair else { return None };
        let called = open.is(Punct::LParen);
        VOLATILE
            .into_iter()
            .find(|function| called && name.text.eq_ignore_ascii_case(function))
    })
}
