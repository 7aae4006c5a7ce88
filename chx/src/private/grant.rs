//! Are the columns that a grant names there? Asked at compile time, of the struct of the table.

use chx_core::rules::is_one_of;

use super::message::Message;

/// Checks one column.
#[track_caller]
pub const fn check(columns: &[&str], table: &str, name: &str) {
    // A table with mistakes has no columns; they are reported there.
    if columns.is_empty() || is_one_of(name, columns) {
        return;
    }
    Message::new()
        .push("`")
        .push(name)
        .push("` is no column of `")
        .push(table)
        .push("`")
        .refuse()
}
