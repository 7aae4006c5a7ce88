//! Is a column what the clause needs that names it? Asked at compile time, when its type is known.

use chx_core::rules;
use chx_core::rules::engine::{Role, aggregates};
use chx_core::types::TypeExpr;

use super::message::Message;

/// Checks a column of a sorting or primary key.
#[track_caller]
pub const fn key(name: &str, column: TypeExpr, place: &str, allows_null: bool) {
    refuse(
        name,
        &column,
        &["a part of ", place],
        rules::key::refuse(&column, allows_null),
    );
}

/// Checks a column of a partition key, of which it is the whole or a part.
#[track_caller]
pub const fn partition(name: &str, column: TypeExpr, allows_null: bool, is_whole: bool) {
    let reason = rules::key::refuse_partition(&column, allows_null, is_whole);
    refuse(name, &column, &["a part of the partition key"], reason);
}

/// Checks the sampling key.
#[track_caller]
pub const fn sample(name: &str, column: TypeExpr) {
    refuse(
        name,
        &column,
        &["the sampling key"],
        rules::key::refuse_sample(&column),
    );
}

/// Checks an argument of an engine.
#[track_caller]
pub const fn role(name: &str, column: TypeExpr, role: Role) {
    refuse(name, &column, &["the ", role.noun()], role.refuse(&column));
}

/// Checks what a TTL counts from.
#[track_caller]
pub const fn ttl(name: &str, column: TypeExpr, is_shifted: bool) {
    refuse(
        name,
        &column,
        &["what a TTL counts from"],
        rules::ttl::refuse(&column, is_shifted),
    );
}

/// Checks a stage of a codec.
#[track_caller]
pub const fn codec(name: &str, column: TypeExpr, codec: &str) {
    refuse(
        name,
        &column,
        &["compressed with `", codec, "`"],
        rules::codec::refuse(codec, &column),
    );
}

/// Checks what an index is over.
#[track_caller]
pub const fn index(name: &str, column: TypeExpr, index: &str) {
    refuse(
        name,
        &column,
        &["indexed with `", index, "`"],
        rules::index::refuse(index, &column),
    );
}

/// Checks what statistics are about.
#[track_caller]
pub const fn statistics(name: &str, column: TypeExpr, kind: &str) {
    let reason = rules::statistics::refuse(kind, &column);
    refuse(
        name,
        &column,
        &["described by the statistics `", kind, "`"],
        reason,
    );
}

/// Checks a column outside of the key of an AggregatingMergeTree that aggregates something.
#[track_caller]
pub const fn dimension(name: &str, column: TypeExpr, is_aggregating: bool) {
    if is_aggregating && !aggregates(&column) {
        Message::new()
            .push("`")
            .push(name)
            .push("` stands outside of the sorting key and does not aggregate, so a merge would keep the value of any row: ")
            .push("put it into `order_by`, make it a SimpleAggregateFunction, `type = \"SimpleAggregateFunction(any, ")
            .push_type(&column)
            .push(")\"`, or allow it with `settings(allow_dimensions_outside_sorting_key = true)`")
            .refuse()
    }
}

/// Does one of the types aggregate?
pub const fn any_aggregates(columns: &[TypeExpr]) -> bool {
    let mut i = 0;
    while i < columns.len() {
        if aggregates(&columns[i]) {
            return true;
        }
        i += 1;
    }
    false
}

/// Ends the compilation if there is a reason to. `place` is what the column is used for, in pieces.
#[track_caller]
const fn refuse(name: &str, column: &TypeExpr, place: &[&str], reason: Option<&'static str>) {
    let Some(reason) = reason else { return };
    let mut message = Message::new()
        .push("`")
        .push(name)
        .push("` is a `")
        .push_type(column)
        .push("`, which cannot be ");
    let mut i = 0;
    while i < place.len() {
        message = message.push(place[i]);
        i += 1;
    }
    message.push(": ").push(reason).refuse()
}
