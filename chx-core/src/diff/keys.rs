//! What keys and the arguments of the engine forbid to happen to a column.
//!
//! It decides by the column alone whether an ALTER may rename it or change its type; whether the values fit the new type is
//! for [`conversion`](crate::types::conversion()).

use crate::ident::Ident;
use crate::model::Table;
use crate::pair::Pair;
use crate::types::DataType;

use super::columns::reads;

/// Is the column part of the partition, primary or sorting key, of the sampling expression or of the engine's
/// arguments (version, sign, columns to sum)? Such a column keeps its name (524).
pub(super) fn is_key_column(table: &Table, column: &Ident) -> bool {
    is_in_key(table, column) || is_in_engine(table, column)
}

/// Does a key or the engine forbid that the column is rewritten with this type? A column to sum may have any (26.7), and
/// a version may grow: its order has to stay (524).
pub(super) fn is_fixed_by_key(table: &Table, column: &Ident, types: Pair<&DataType>) -> bool {
    if is_in_key(table, column) {
        return true;
    }
    if !is_in_engine(table, column) {
        return false;
    }
    match table.storage.engine.base_name() {
        "SummingMergeTree" => false,
        "ReplacingMergeTree" | "VersionedCollapsingMergeTree" => !grows(types),
        _ => true,
    }
}

/// Is it an integer that gets more bytes and keeps its sign? Of the columns that the engines above name, only a version
/// can: the sign and the mark of deletion have one type.
fn grows(types: Pair<&DataType>) -> bool {
    let bits = types.map(|data_type| {
        let name = data_type.to_string();
        let (sign, bits) = match name.strip_prefix("UInt") {
            Some(bits) => ("UInt", bits),
            None => ("Int", name.strip_prefix("Int")?),
        };
        Some((sign, bits.parse::<u16>().ok()?))
    });
    match (bits.before, bits.after) {
        (Some((sign, before)), Some((other, after))) => sign == other && before < after,
        _ => false,
    }
}

fn is_in_key(table: &Table, column: &Ident) -> bool {
    let storage = &table.storage;
    let keys = [
        Some(&storage.partition_by),
        storage.primary_key.as_ref(),
        Some(&storage.order_by),
        Some(&storage.unique_key),
    ];
    let mut exprs = keys
        .into_iter()
        .flatten()
        .flat_map(|key| key.parts.iter().map(|part| &part.expr))
        .chain(storage.sample_by.iter());
    exprs.any(|expr| reads(expr, column))
}

fn is_in_engine(table: &Table, column: &Ident) -> bool {
    table.storage.engine.args.iter().any(|arg| reads(arg, column))
}
