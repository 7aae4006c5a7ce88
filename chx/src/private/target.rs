//! Does a materialized view give its target what the target has? Asked at compile time, struct against struct.
//!
//! ClickHouse itself casts, fills in defaults, and after `MODIFY QUERY` drops columns that the target does not have,
//! without a word.

use chx_core::declare::{ColumnDeclaration, TableDeclaration};
use chx_core::rules::{is_one_of, plain, same};
use chx_core::types::{TypeArg, TypeExpr};

use super::message::Message;

/// Checks one column of the view `view`: the target has it, and has the same type there.
#[track_caller]
pub const fn check(target: &TableDeclaration, view: &str, name: &str, given: TypeExpr) {
    // A target with mistakes has no columns; they are reported at the target.
    if target.columns.is_empty() {
        return;
    }
    let Some(column) = find(target, name) else {
        let message = Message::new().push("`").push(name).push("` of `").push(view);
        let message = place(message.push("` is no column of its target "), target, 0);
        message
            .push(": add it there, or `#[ch(name = \"...\")]` here with the name that it has there")
            .refuse()
    };
    if !holds(&column.data_type, &given) {
        let message = Message::new()
            .push("`")
            .push(name)
            .push("` of `")
            .push(view)
            .push("` is a `")
            .push_type(&given)
            .push("`, but a `")
            .push_type(&column.data_type)
            .push("` in its target ");
        place(message, target, column.line)
            .push(": give both the same type; ClickHouse would cast every value")
            .refuse()
    }
}

/// Checks that the view `view` fills all columns of the target that have no default.
#[track_caller]
pub const fn check_complete(target: &TableDeclaration, view: &str, given: &[&str]) {
    let mut i = 0;
    while i < target.columns.len() {
        let column = &target.columns[i];
        if column.default.is_none() && !is_one_of(column.name, given) {
            let message = Message::new()
                .push("`")
                .push(view)
                .push("` does not give `")
                .push(column.name)
                .push("` of its target ");
            place(message, target, column.line)
                .push(": add a field for it, give it a default there, or say `partial` if zero and empty text are meant")
                .refuse()
        }
        i += 1;
    }
}

/// The message with the target's name and place behind it.
const fn place(message: Message, target: &TableDeclaration, line: u32) -> Message {
    let origin = &target.heading.origin;
    let line = if line == 0 { origin.line } else { line };
    message
        .push("`")
        .push(origin.item)
        .push("` (")
        .push(origin.file)
        .push(":")
        .push_number(line as i64)
        .push(")")
}

const fn find<'a>(target: &'a TableDeclaration, name: &str) -> Option<&'a ColumnDeclaration> {
    let mut i = 0;
    while i < target.columns.len() {
        if same(target.columns[i].name, name) {
            return Some(&target.columns[i]);
        }
        i += 1;
    }
    None
}

/// Are all values of `given` values of `column`, without a change? How they are stored, time zones and names in tuples
/// do not matter.
const fn holds(column: &TypeExpr, given: &TypeExpr) -> bool {
    let (column, given) = (plain(column), plain(given));
    if same(column.family, "Nullable")
        && !same(given.family, "Nullable")
        && let Some(TypeArg::Type(inner)) = column.args.first()
    {
        return holds(inner, given);
    }
    if !same(column.family, given.family) {
        return false;
    }
    let (mut i, mut j) = (0, 0);
    loop {
        i = skip_text(column, i);
        j = skip_text(given, j);
        if i >= column.args.len() || j >= given.args.len() {
            return i >= column.args.len() && j >= given.args.len();
        }
        let is_same = match (&column.args[i], &given.args[j]) {
            (
                TypeArg::Type(column) | TypeArg::Named(_, column),
                TypeArg::Type(given) | TypeArg::Named(_, given),
            ) => holds(column, given),
            (TypeArg::Number(column), TypeArg::Number(given)) => *column == *given,
            (TypeArg::Sql(column), TypeArg::Sql(given)) => same(column, given),
            _ => false,
        };
        if !is_same {
            return false;
        }
        i += 1;
        j += 1;
    }
}

/// The next argument that is no time zone.
const fn skip_text(data_type: &TypeExpr, mut index: usize) -> usize {
    while index < data_type.args.len() {
        match &data_type.args[index] {
            TypeArg::Text(_) => index += 1,
            _ => return index,
        }
    }
    index
}
