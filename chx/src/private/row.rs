//! Does `#[derive(Row)]` name the columns that the table has? The only place that knows what is inside of
//! [`clickhouse::Row`].
//!
//! The names of a row come from serde's attributes, the names of columns from `#[ch(...)]`. Where they differ, rows
//! would go to the wrong columns or to none; here that is a compile error.

use std::marker::PhantomData;

use chx_core::rules::{is_one_of, same};

use super::message::Message;

pub use clickhouse::_priv::RowKind;

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

/// Checks the name of one field, the one at `index` of the `count` fields that a row should have.
#[track_caller]
pub const fn check_name(row: Names, count: usize, index: usize, column: &str, field: &str) {
    let Some(names) = row else { return };
    // With more or fewer names than expected, which is another check's to say, places mean nothing.
    let is_right = if names.len() == count {
        same(names[index], column)
    } else {
        is_one_of(column, names)
    };
    if is_right {
        return;
    }
    let message = Message::new()
        .push("the column of `")
        .push(field)
        .push("` is `")
        .push(column)
        .push("`, but `#[derive(Row)]` ");
    let message = if names.len() == count {
        message.push("calls it `").push(names[index]).push("`")
    } else {
        message.push("does not have it")
    };
    message
        .push(": add `#[serde(rename = \"")
        .push(column)
        .push("\")]`, with no `rename_all` on the struct")
        .refuse()
}

/// Checks the names of all fields that a row should have; an empty one is checked by itself.
#[track_caller]
pub const fn check_names(row: Names, columns: &[&str]) {
    let mut i = 0;
    while i < columns.len() {
        if !columns[i].is_empty() {
            check_name(row, columns.len(), i, columns[i], columns[i]);
        }
        i += 1;
    }
}

/// Checks that a row leaves out a field that is no column.
#[track_caller]
pub const fn refuse_skipped(row: Names, field: &str) {
    let Some(names) = row else { return };
    if is_one_of(field, names) {
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
    if is_one_of(column, names) || is_one_of(field, names) {
        let message = Message::new()
            .push("no row can carry the column `")
            .push(column)
            .push("`: add `#[serde(skip)]` to `")
            .push(field)
            .push("`");
        message.refuse()
    }
}
