//! Columns: added, dropped, changed, moved.

use std::collections::{BTreeMap, BTreeSet};

use crate::ddl::{AlterCommand, ColumnChange, ColumnProperty, Position};
use crate::ident::Ident;
use crate::model::{Column, ColumnDefault, DefaultKind, Expr, SettingValue, Settings, Table};
use crate::pair::Pair;
use crate::sql::quote_string;
use crate::types::{Conversion, DataType};

use super::keys::is_fixed_by_key;
use super::table::by_name;
use super::{RebuildReason, TableChanges};

/// Pushes everything that has to do with columns.
pub(super) fn push(tables: Pair<&Table>, changes: &mut TableChanges) {
    let same_names = tables.map(|table| table.columns.iter().map(|column| &column.name));
    if same_names.before.eq(same_names.after) {
        // Most changes add, drop and move nothing.
        for (before, after) in tables.before.columns.iter().zip(&tables.after.columns) {
            push_change(tables, Pair { before, after }, changes);
        }
        return;
    }
    push_adds_and_moves(tables, changes);
    let before = by_name(tables.before);
    for after in &tables.after.columns {
        if let Some(before) = before.get(after.name.as_str()) {
            push_change(tables, Pair { before, after }, changes);
        }
    }
    push_defaults_with_moves(changes);
    push_drops(tables, changes);
}

/// A move states the type, so the server holds the column's default against it; a second command of the same ALTER that
/// brings another default is then two defaults for one column (179). So the move brings it.
fn push_defaults_with_moves(changes: &mut TableChanges) {
    let mut moves = BTreeMap::new();
    for (at, command) in changes.extend.iter().enumerate() {
        if let AlterCommand::ModifyColumn(change) = command
            && change.position.is_some()
        {
            moves.insert(change.name.clone(), at);
        }
    }
    if moves.is_empty() {
        return;
    }
    // Moves come first, so what is taken out behind them changes none of their places.
    let commands = std::mem::take(&mut changes.extend);
    for command in commands {
        let at = match &command {
            AlterCommand::ModifyColumn(change) if change.default.is_some() && change.position.is_none() => {
                moves.get(&change.name)
            }
            _ => None,
        };
        match (at.and_then(|at| changes.extend.get_mut(*at)), command) {
            (Some(AlterCommand::ModifyColumn(moved)), AlterCommand::ModifyColumn(change)) => {
                moved.default = change.default;
                moved.data_type = change.data_type.or(moved.data_type.take());
            }
            (_, command) => changes.extend.push(command),
        }
    }
}

/// New columns go to their places, columns that changed places follow; every one right behind its neighbour.
fn push_adds_and_moves(tables: Pair<&Table>, changes: &mut TableChanges) {
    let before = by_name(tables.before);
    let staying = columns_that_stay(tables);
    let last_old = tables
        .after
        .columns
        .iter()
        .rposition(|column| before.contains_key(column.name.as_str()));
    for (at, column) in tables.after.columns.iter().enumerate() {
        let position = match at
            .checked_sub(1)
            .and_then(|previous| tables.after.columns.get(previous))
        {
            None => Position::First,
            Some(previous) => Position::After(previous.name.clone()),
        };
        match before.get(column.name.as_str()) {
            None => {
                // Behind all old columns, the end is the place.
                let position = last_old.is_some_and(|last| at < last).then_some(position);
                changes.extend.push(AlterCommand::AddColumn {
                    column: Box::new(column.clone()),
                    position,
                    if_not_exists: false,
                });
            }
            Some(old) if !staying.contains(column.name.as_str()) => {
                // A move has to state the type again: the old one, since a new one may be a rewrite.
                changes
                    .extend
                    .push(AlterCommand::ModifyColumn(Box::new(ColumnChange {
                        data_type: Some(old.data_type.clone()),
                        position: Some(position),
                        ..ColumnChange::new(column.name.clone())
                    })));
            }
            Some(_) => {}
        }
    }
}

/// The largest set of columns that need not move: a longest increasing subsequence of their old places.
fn columns_that_stay(tables: Pair<&Table>) -> BTreeSet<&str> {
    let places: BTreeMap<&str, usize> = tables
        .before
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| (column.name.as_str(), at))
        .collect();
    let old: Vec<(&str, usize)> = tables
        .after
        .columns
        .iter()
        .filter_map(|column| {
            places
                .get(column.name.as_str())
                .map(|at| (column.name.as_str(), *at))
        })
        .collect();
    // `tails[k]`: the element that ends the best subsequence of length k + 1; `links`: what stands before it.
    let mut tails: Vec<usize> = Vec::new();
    let mut links: Vec<Option<usize>> = Vec::with_capacity(old.len());
    for (index, (_, place)) in old.iter().enumerate() {
        let length = tails.partition_point(|tail| old.get(*tail).is_some_and(|(_, p)| p < place));
        links.push(length.checked_sub(1).and_then(|k| tails.get(k).copied()));
        match tails.get_mut(length) {
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut staying = BTreeSet::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        if let Some((name, _)) = old.get(index) {
            staying.insert(*name);
        }
        next = links.get(index).copied().flatten();
    }
    staying
}

fn push_change(tables: Pair<&Table>, columns: Pair<&Column>, changes: &mut TableChanges) {
    // Two states of one table share what nobody changed.
    if std::ptr::eq(columns.before, columns.after) || columns.before == columns.after {
        return;
    }
    let name = &columns.after.name;
    push_type(tables, columns, changes);
    push_default(columns, changes);
    push_statistics(columns, changes);
    if columns.before.codec != columns.after.codec {
        match &columns.after.codec {
            None => remove(changes, name, ColumnProperty::Codec),
            Some(codec) => {
                // What was not stored when the ALTER began takes no codec in it (36).
                let commands = if columns.before.is_stored() {
                    &mut changes.extend
                } else {
                    &mut changes.rewrite
                };
                commands.push(AlterCommand::ModifyColumn(Box::new(ColumnChange {
                    codec: Some(codec.clone()),
                    ..ColumnChange::new(name.clone())
                })));
            }
        }
    }
    if columns.before.comment != columns.after.comment {
        changes.extend.push(AlterCommand::CommentColumn {
            name: name.clone(),
            comment: columns.after.comment.clone(),
            if_exists: false,
        });
    }
    if columns.before.ttl != columns.after.ttl {
        match &columns.after.ttl {
            None => remove(changes, name, ColumnProperty::Ttl),
            // Servers before 26.3 want the type stated.
            Some(ttl) => changes
                .expire
                .push(AlterCommand::ModifyColumn(Box::new(ColumnChange {
                    data_type: Some(columns.after.data_type.clone()),
                    ttl: Some(ttl.clone()),
                    ..ColumnChange::new(name.clone())
                }))),
        }
    }
    push_settings(
        Pair {
            before: &columns.before.settings,
            after: &columns.after.settings,
        },
        name,
        changes,
    );
}

fn push_type(tables: Pair<&Table>, columns: Pair<&Column>, changes: &mut TableChanges) {
    let types = columns.map(|column| &column.data_type);
    if types.before == types.after {
        return;
    }
    let name = &columns.after.name;
    let stored = columns.map(Column::is_stored);
    if !stored.before || !stored.after {
        push_type_without_values(columns, changes);
        return;
    }
    let change = AlterCommand::ModifyColumn(Box::new(ColumnChange {
        data_type: Some(types.after.clone()),
        // One that changes as well fits the new type only. Nullable to plain is refused without a default that says
        // what NULL becomes (36).
        default: columns.after.default.clone().filter(|default| {
            columns.before.default.as_ref() != Some(default)
                || (default.kind == DefaultKind::Default
                    && types.before.holds_null()
                    && !types.after.holds_null())
        }),
        ..ColumnChange::new(name.clone())
    }));
    let in_key = is_fixed_by_key(tables.before, name, types);
    let loses_null = types.before.holds_null() && !types.after.holds_null();
    let names_default = matches!(
        columns.after.default.as_ref().map(|default| default.kind),
        Some(DefaultKind::Default)
    );
    match crate::types::conversion(types.before, types.after) {
        Conversion::Same | Conversion::Metadata => changes.extend.push(change),
        _ if in_key => changes.rebuild.push(RebuildReason::KeyColumnType {
            column: name.clone(),
            before: types.before.clone(),
            after: types.after.clone(),
        }),
        Conversion::Refused => changes.rebuild.push(RebuildReason::ColumnType {
            column: name.clone(),
            before: types.before.clone(),
            after: types.after.clone(),
        }),
        Conversion::Rewrite { .. } if loses_null && !names_default => {
            changes.rebuild.push(RebuildReason::NullWithoutDefault {
                column: name.clone(),
                before: types.before.clone(),
                after: types.after.clone(),
            });
        }
        Conversion::Rewrite { .. } => changes.rewrite.push(change),
    }
}

/// A column that is not stored has no values to convert. One that becomes so is told first, with its old type and an
/// expression that any type has: a type and the end of the values do not go into one command (16), nor into one ALTER
/// (179).
fn push_type_without_values(columns: Pair<&Column>, changes: &mut TableChanges) {
    let types = columns.map(|column| &column.data_type);
    let modify = |data_type: &DataType, default: Option<ColumnDefault>| {
        AlterCommand::ModifyColumn(Box::new(ColumnChange {
            data_type: Some(data_type.clone()),
            default,
            ..ColumnChange::new(columns.after.name.clone())
        }))
    };
    let last = modify(types.after, columns.after.default.clone());
    match (&columns.before.default, &columns.after.default) {
        (_, Some(after)) if columns.before.is_stored() => {
            changes
                .extend
                .push(modify(types.before, Some(placeholder(after.kind, types.before))));
            changes.rewrite.push(last);
        }
        // The old expression goes in the same ALTER, and would be held against the new type before.
        (Some(before), None) => {
            changes.extend.push(modify(
                types.after,
                Some(placeholder(removable(before.kind), types.after)),
            ));
        }
        _ => changes.extend.push(last),
    }
}

/// An expression that any type has, for a moment in which a column needs one.
fn placeholder(kind: DefaultKind, data_type: &DataType) -> ColumnDefault {
    let name = quote_string(&data_type.to_string());
    let expr = Expr::parse(&format!("defaultValueOfTypeName({name})")).ok();
    ColumnDefault { kind, expr }
}

/// There is no `REMOVE EPHEMERAL` (62): such a column gets a DEFAULT first, and that is removed.
fn removable(kind: DefaultKind) -> DefaultKind {
    match kind {
        DefaultKind::Ephemeral => DefaultKind::Default,
        DefaultKind::Default | DefaultKind::Materialized | DefaultKind::Alias => kind,
    }
}

fn push_default(columns: Pair<&Column>, changes: &mut TableChanges) {
    let defaults = columns.map(|column| column.default.as_ref());
    if defaults.before == defaults.after {
        return;
    }
    let name = &columns.after.name;
    match (defaults.before, defaults.after) {
        // It goes with the type.
        (_, Some(_)) if columns.before.data_type != columns.after.data_type => {}
        (Some(old), None) if old.kind == DefaultKind::Ephemeral => {
            let data_type = &columns.after.data_type;
            if columns.before.data_type == *data_type {
                changes
                    .extend
                    .push(AlterCommand::ModifyColumn(Box::new(ColumnChange {
                        data_type: Some(data_type.clone()),
                        default: Some(placeholder(DefaultKind::Default, data_type)),
                        ..ColumnChange::new(name.clone())
                    })));
            }
            // REMOVE is held against what was before its ALTER (36).
            changes.rewrite.push(removal(name, ColumnProperty::Default));
        }
        (Some(old), None) => remove(changes, name, property_of(old)),
        (_, Some(new)) => {
            let restated = match new.kind {
                DefaultKind::Default => None,
                // Another kind of column is another kind of column: servers want its type stated.
                DefaultKind::Materialized | DefaultKind::Alias | DefaultKind::Ephemeral => {
                    Some(columns.before.data_type.clone())
                }
            };
            changes
                .extend
                .push(AlterCommand::ModifyColumn(Box::new(ColumnChange {
                    data_type: restated,
                    default: Some(new.clone()),
                    ..ColumnChange::new(name.clone())
                })));
        }
        (None, None) => {}
    }
}

fn property_of(default: &ColumnDefault) -> ColumnProperty {
    match default.kind {
        DefaultKind::Default | DefaultKind::Ephemeral => ColumnProperty::Default,
        DefaultKind::Materialized => ColumnProperty::Materialized,
        DefaultKind::Alias => ColumnProperty::Alias,
    }
}

fn remove(changes: &mut TableChanges, name: &Ident, property: ColumnProperty) {
    changes.extend.push(removal(name, property));
}

fn removal(name: &Ident, property: ColumnProperty) -> AlterCommand {
    AlterCommand::RemoveColumnProperty {
        name: name.clone(),
        property,
    }
}

/// Without statistics there may be none to drop (708); a mutation takes them out of the parts.
fn push_statistics(columns: Pair<&Column>, changes: &mut TableChanges) {
    if columns.before.statistics == columns.after.statistics {
        return;
    }
    let name = columns.after.name.clone();
    if columns.after.statistics.is_empty() {
        changes.shrink.push(AlterCommand::DropStatistics {
            columns: vec![name],
            if_exists: false,
        });
    } else {
        changes.extend.push(AlterCommand::ModifyStatistics {
            columns: vec![name],
            kinds: columns.after.statistics.clone(),
        });
    }
}

fn push_settings(settings: Pair<&Settings>, name: &Ident, changes: &mut TableChanges) {
    let (set, reset) = settings_diff(settings);
    if !reset.is_empty() {
        changes.extend.push(AlterCommand::ResetColumnSettings {
            name: name.clone(),
            names: reset,
        });
    }
    if !set.is_empty() {
        changes.extend.push(AlterCommand::ModifyColumnSettings {
            name: name.clone(),
            settings: set,
        });
    }
}

/// What has to be set and what has to be reset.
pub(super) fn settings_diff(settings: Pair<&Settings>) -> (Settings, Vec<String>) {
    let differs = |name: &String, value: &SettingValue| settings.before.get(name) != Some(value);
    let set = settings
        .after
        .0
        .iter()
        .filter(|(name, value)| differs(name, value));
    let reset = settings
        .before
        .0
        .keys()
        .filter(|name| settings.after.get(name).is_none());
    (
        Settings(set.map(|(name, value)| (name.clone(), value.clone())).collect()),
        reset.cloned().collect(),
    )
}

/// Columns go last, and those that others' defaults read go after their readers (44 otherwise).
fn push_drops(tables: Pair<&Table>, changes: &mut TableChanges) {
    let after = by_name(tables.after);
    let mut going: Vec<&Column> = tables
        .before
        .columns
        .iter()
        .filter(|column| !after.contains_key(column.name.as_str()))
        .collect();
    while !going.is_empty() {
        let is_read = |column: &Column| {
            going.iter().any(|other| {
                other.name != column.name
                    && other
                        .default
                        .as_ref()
                        .and_then(|d| d.expr.as_ref())
                        .is_some_and(|e| reads(e, &column.name))
            })
        };
        // Columns whose defaults read each other cannot exist; should they, the first goes first.
        let at = going.iter().position(|column| !is_read(column)).unwrap_or(0);
        let column = going.remove(at);
        changes.shrink.push(AlterCommand::DropColumn {
            name: column.name.clone(),
            if_exists: false,
        });
    }
}

/// Does the expression name this column?
pub(super) fn reads(expr: &Expr, column: &Ident) -> bool {
    expr.reads_column(column.as_str())
}
