//! Does `#[derive(Row)]` name the columns that the table has? The only place that knows what is inside of
//! [`clickhouse::Row`].
//!
//! The names of a row come from serde's attributes, the names of columns from `#[ch(...)]`. Where they differ, rows
//! would go to the wrong columns or to none; here that is a compile error.

use std::marker::PhantomData;

use super::message::{Message, same};

/// Asks whether a type is a row: `Probe::<T>::COLUMN_NAMES` is `Some` if it is, because an inherent constant wins over
/// a trait's where its bounds hold.
pub struct Probe<T>(PhantomData<T>);

/// What [`Probe`] says of types that are no rows.
pub trait NotARow {
    /// No names.
    const COLUMN_NAMES: Option<&'static [&'static str]> = None;
}

impl<T> NotARow for Probe<T> {}

impl<T: clickhouse::Row> Probe<T> {
    /// The names of the row's columns.
    pub const COLUMN_NAMES: Option<&'static [&'static str]> = Some(T::COLUMN_NAMES);
}

/// The names of a row, where the struct is one.
type Names = Option<&'static [&'static str]>;

/// Checks the name of one field, the one at `index` of those that a row has.
#[track_caller]
pub const fn check_name(row: Names, index: usize, column: &str, field: &str) {
    let Some(names) = row else { return };
    if index < names.len() && same(names[index], column) {
        return;
    }
    let message = Message::new()
        .push("`#[derive(Row)]` names the field `")
        .push(field)
        .push("` ");
    let message = if index < names.len() {
        message.push("`").push(names[index]).push("`")
    } else {
        message.push("not at all")
    };
    let message = message
        .push(", but its column is `")
        .push(column)
        .push("`: write `#[serde(rename = \"")
        .push(column)
        .push("\")]` on it (without `rename_all` on the struct)");
    message.refuse()
}

/// Checks the names of all fields that a row has; an empty one was checked by itself.
#[track_caller]
pub const fn check_names(row: Names, columns: &[&str]) {
    let Some(names) = row else { return };
    let mut i = 0;
    while i < columns.len() {
        if !columns[i].is_empty() {
            check_name(row, i, columns[i], columns[i]);
        }
        i += 1;
    }
    if names.len() != columns.len() {
        Message::new()
            .push("`#[derive(Row)]` has more columns than the table")
            .refuse()
    }
}

/// Checks that a row leaves out a field that is no column.
#[track_caller]
pub const fn refuse_skipped(row: Names, field: &str) {
    let Some(names) = row else { return };
    if is_among(names, field) {
        let message = Message::new()
            .push("`")
            .push(field)
            .push("` is no column, but `#[derive(Row)]` carries it: add `#[serde(skip)]`");
        message.refuse()
    }
}

/// Checks that a row leaves out a column that no Rust value can hold.
#[track_caller]
pub const fn check_absent(row: Names, column: &str, field: &str) {
    let Some(names) = row else { return };
    if is_among(names, column) || is_among(names, field) {
        let message = Message::new()
            .push("no row can carry the column `")
            .push(column)
            .push("`: add `#[serde(skip)]` to `")
            .push(field)
            .push("`");
        message.refuse()
    }
}

const fn is_among(names: &[&str], wanted: &str) -> bool {
    let mut i = 0;
    while i < names.len() {
        if same(names[i], wanted) {
            return true;
        }
        i += 1;
    }
    false
}
