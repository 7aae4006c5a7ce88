//! What each ALTER command does to an object.

use crate::ddl::{AlterCommand, ColumnChange, ColumnProperty, Position};
use crate::ident::Ident;
use crate::model::{Column, DefaultKind, MaterializedView, Object, ObjectId, Table, Target, TtlAction, View};
use crate::sql::Expr;

use super::{ApplyError, enums, statistics};

/// Carries out one command of an ALTER on an object. The object may be left half changed on an error: callers
/// work on a copy.
pub fn apply_command(object: &mut Object, command: &AlterCommand) -> Result<(), ApplyError> {
    let id = object.id();
    let kind = object.kind();
    match (object, command) {
        (Object::Table(table), command) => apply_to_table(table, command),
        (Object::View(view), AlterCommand::ModifyComment { comment }) => {
            view.comment.clone_from(comment);
            Ok(())
        }
        (Object::MaterializedView(view), AlterCommand::ModifyComment { comment }) => {
            view.comment.clone_from(comment);
            Ok(())
        }
        (Object::MaterializedView(view), AlterCommand::ModifyQuery { query }) => {
            view.query = query.clone();
            Ok(())
        }
        (Object::MaterializedView(view), AlterCommand::ModifyRefresh { refresh })
            if view
                .refresh
                .as_ref()
                .is_some_and(|there| there.append == refresh.append) =>
        {
            view.refresh = Some(refresh.clone());
            Ok(())
        }
        (
            Object::View(View { security: place, .. })
            | Object::MaterializedView(MaterializedView { security: place, .. }),
            AlterCommand::ModifySqlSecurity { security },
        ) => {
            *place = Some(security.clone());
            Ok(())
        }
        (Object::Dictionary(dictionary), AlterCommand::ModifyComment { comment }) => {
            dictionary.comment.clone_from(comment);
            Ok(())
        }
        (
            Object::Database(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_),
            command,
        ) => Err(ApplyError::WrongKind {
            id,
            kind,
            command: name_of(command),
        }),
    }
}

fn apply_to_table(table: &mut Table, command: &AlterCommand) -> Result<(), ApplyError> {
    let object = ObjectId::Relation(table.name.clone());
    if table.is_alias() {
        return Err(ApplyError::Alias {
            id: object,
            command: name_of(command),
        });
    }
    let missing = |what: &'static str, name: &Ident| ApplyError::NoMember {
        object: object.clone(),
        what,
        name: name.clone(),
    };
    let exists = |what: &'static str, name: &Ident| ApplyError::MemberExists {
        object: object.clone(),
        what,
        name: name.clone(),
    };
    match command {
        AlterCommand::AddColumn {
            column,
            position,
            if_not_exists,
        } => {
            if table.column(column.name.as_str()).is_some() {
                return if *if_not_exists {
                    Ok(())
                } else {
                    Err(exists("column", &column.name))
                };
            }
            let at = index_for(table, position.as_ref()).map_err(|name| missing("column", &name))?;
            table.columns.insert(at, (**column).clone());
        }
        AlterCommand::DropColumn { name, if_exists } => {
            let Some(at) = table.column_position(name.as_str()) else {
                return if *if_exists {
                    Ok(())
                } else {
                    Err(missing("column", name))
                };
            };
            if table.columns.len() == 1 {
                return Err(ApplyError::LastColumn {
                    object,
                    column: name.clone(),
                });
            }
            table.columns.remove(at);
        }
        AlterCommand::RenameColumn { from, to, if_exists } => {
            if table.column(from.as_str()).is_none() {
                return if *if_exists {
                    Ok(())
                } else {
                    Err(missing("column", from))
                };
            }
            if table.column(to.as_str()).is_some() {
                return Err(exists("column", to));
            }
            rename_column(table, from, to);
        }
        AlterCommand::ModifyColumn(change) => {
            let Some(at) = table.column_position(change.name.as_str()) else {
                return if change.if_exists {
                    Ok(())
                } else {
                    Err(missing("column", &change.name))
                };
            };
            let Some(mut column) = table.columns.remove(at) else {
                return Err(missing("column", &change.name));
            };
            modify_column(&mut column, change);
            let to = match &change.position {
                None => at,
                position => index_for(table, position.as_ref()).map_err(|name| missing("column", &name))?,
            };
            table.columns.insert(to, column);
        }
        AlterCommand::RemoveColumnProperty { name, property } => {
            let column = column_mut(table, name).ok_or_else(|| missing("column", name))?;
            remove_property(column, *property).map_err(|what| ApplyError::NothingToRemove {
                object: format!("{object}.{name}"),
                what,
            })?;
        }
        AlterCommand::ModifyColumnSettings { name, settings } => {
            let column = column_mut(table, name).ok_or_else(|| missing("column", name))?;
            column.settings.0.extend(settings.0.clone());
        }
        AlterCommand::ResetColumnSettings { name, names } => {
            let column = column_mut(table, name).ok_or_else(|| missing("column", name))?;
            column.settings.0.retain(|setting, _| !names.contains(setting));
        }
        AlterCommand::CommentColumn {
            name,
            comment,
            if_exists,
        } => match column_mut(table, name) {
            Some(column) => column.comment.clone_from(comment),
            None if *if_exists => {}
            None => return Err(missing("column", name)),
        },
        AlterCommand::ModifyOrderBy { key } => {
            // The primary key stays what it was, and is spelled out from now on.
            let primary = table.storage.effective_primary_key().clone();
            table.storage.order_by = key.clone();
            table.storage.primary_key = Some(primary);
        }
        AlterCommand::ModifySampleBy { expr } => table.storage.sample_by = Some(expr.clone()),
        AlterCommand::RemoveSampleBy => {
            if table.storage.sample_by.take().is_none() {
                return Err(ApplyError::NothingToRemove {
                    object: object.to_string(),
                    what: "SAMPLE BY",
                });
            }
        }
        AlterCommand::ModifyTtl { rules } => table.storage.ttl.clone_from(rules),
        AlterCommand::RemoveTtl => {
            if table.storage.ttl.is_empty() {
                return Err(ApplyError::NothingToRemove {
                    object: object.to_string(),
                    what: "TTL",
                });
            }
            table.storage.ttl.clear();
        }
        AlterCommand::ModifySettings { settings } => table.storage.settings.0.extend(settings.0.clone()),
        AlterCommand::ResetSettings { names } => {
            table.storage.settings.0.retain(|name, _| !names.contains(name));
        }
        AlterCommand::ModifyComment { comment } => table.comment.clone_from(comment),
        AlterCommand::AddIndex {
            index,
            if_not_exists,
            position: _,
        } => {
            if table.indexes.iter().any(|there| there.name == index.name) {
                return if *if_not_exists {
                    Ok(())
                } else {
                    Err(exists("index", &index.name))
                };
            }
            table.indexes.push(index.clone());
        }
        AlterCommand::DropIndex { name, if_exists } => {
            if !remove_by(&mut table.indexes, |index| index.name == *name) && !if_exists {
                return Err(missing("index", name));
            }
        }
        AlterCommand::AddProjection {
            projection,
            if_not_exists,
        } => {
            if table
                .projections
                .iter()
                .any(|there| there.name == projection.name)
            {
                return if *if_not_exists {
                    Ok(())
                } else {
                    Err(exists("projection", &projection.name))
                };
            }
            table.projections.push(projection.clone());
        }
        AlterCommand::DropProjection { name, if_exists } => {
            if !remove_by(&mut table.projections, |projection| projection.name == *name) && !if_exists {
                return Err(missing("projection", name));
            }
        }
        AlterCommand::AddConstraint {
            constraint,
            if_not_exists,
        } => {
            if table
                .constraints
                .iter()
                .any(|there| there.name == constraint.name)
            {
                return if *if_not_exists {
                    Ok(())
                } else {
                    Err(exists("constraint", &constraint.name))
                };
            }
            table.constraints.push(constraint.clone());
        }
        AlterCommand::DropConstraint { name, if_exists } => {
            if !remove_by(&mut table.constraints, |constraint| constraint.name == *name) && !if_exists {
                return Err(missing("constraint", name));
            }
        }
        AlterCommand::MaterializeIndex { name, if_exists } | AlterCommand::ClearIndex { name, if_exists } => {
            if !if_exists && !table.indexes.iter().any(|index| index.name == *name) {
                return Err(missing("index", name));
            }
        }
        AlterCommand::MaterializeProjection { name, if_exists }
        | AlterCommand::ClearProjection { name, if_exists } => {
            if !if_exists
                && !table
                    .projections
                    .iter()
                    .any(|projection| projection.name == *name)
            {
                return Err(missing("projection", name));
            }
        }
        AlterCommand::ModifyConstraint {
            constraint,
            if_exists,
        } => match table
            .constraints
            .iter_mut()
            .find(|there| there.name == constraint.name)
        {
            Some(there) => there.clone_from(constraint),
            None if *if_exists => {}
            None => return Err(missing("constraint", &constraint.name)),
        },
        AlterCommand::AddStatistics { .. }
        | AlterCommand::ModifyStatistics { .. }
        | AlterCommand::DropStatistics { .. }
        | AlterCommand::MaterializeStatistics { .. }
        | AlterCommand::ClearStatistics { .. } => statistics::apply(table, command)?,
        AlterCommand::ClearColumn { name, if_exists } => {
            if !if_exists && table.column(name.as_str()).is_none() {
                return Err(missing("column", name));
            }
        }
        AlterCommand::AddEnumValues {
            name,
            values,
            if_exists,
        } => match column_mut(table, name) {
            Some(column) => {
                column.data_type = enums::extended(&column.data_type, values)
                    .ok_or_else(|| missing("enum without these values in column", name))?;
            }
            None if *if_exists => {}
            None => return Err(missing("column", name)),
        },
        AlterCommand::MaterializeColumn { name } => {
            if table.column(name.as_str()).is_none() {
                return Err(missing("column", name));
            }
        }
        AlterCommand::ModifyQuery { .. }
        | AlterCommand::ModifyRefresh { .. }
        | AlterCommand::ModifySqlSecurity { .. } => {
            return Err(ApplyError::WrongKind {
                id: object,
                kind: crate::model::ObjectKind::Table,
                command: name_of(command),
            });
        }
    }
    Ok(())
}

fn column_mut<'a>(table: &'a mut Table, name: &Ident) -> Option<&'a mut Column> {
    let at = table.column_position(name.as_str())?;
    table.columns.get_mut(at)
}

/// Where a column goes among the columns that are there; the missing neighbour's name otherwise.
fn index_for(table: &Table, position: Option<&Position>) -> Result<usize, Ident> {
    match position {
        None => Ok(table.columns.len()),
        Some(Position::First) => Ok(0),
        Some(Position::After(name)) => table
            .column_position(name.as_str())
            .map(|at| at + 1)
            .ok_or_else(|| name.clone()),
    }
}

fn remove_by<T>(members: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> bool {
    let before = members.len();
    members.retain(|member| !is_it(member));
    members.len() < before
}

/// Sets what the change gives and keeps the rest: a type change keeps default, codec, comment and TTL.
fn modify_column(column: &mut Column, change: &ColumnChange) {
    if let Some(data_type) = &change.data_type {
        column.data_type = data_type.clone();
    }
    if let Some(default) = &change.default {
        column.default = Some(default.clone());
    }
    if let Some(codec) = &change.codec {
        column.codec = Some(codec.clone());
    }
    if let Some(ttl) = &change.ttl {
        column.ttl = Some(ttl.clone());
    }
    if let Some(comment) = &change.comment {
        column.comment.clone_from(comment);
    }
}

fn remove_property(column: &mut Column, property: ColumnProperty) -> Result<(), &'static str> {
    let default_kind = column.default.as_ref().map(|default| default.kind);
    let has = match property {
        ColumnProperty::Default => default_kind == Some(DefaultKind::Default),
        ColumnProperty::Materialized => default_kind == Some(DefaultKind::Materialized),
        ColumnProperty::Alias => default_kind == Some(DefaultKind::Alias),
        ColumnProperty::Codec => column.codec.is_some(),
        ColumnProperty::Comment => !column.comment.is_empty(),
        ColumnProperty::Ttl => column.ttl.is_some(),
        ColumnProperty::Settings => !column.settings.is_empty(),
    };
    if !has {
        return Err(property.keyword());
    }
    match property {
        ColumnProperty::Default | ColumnProperty::Materialized | ColumnProperty::Alias => {
            column.default = None;
        }
        ColumnProperty::Codec => column.codec = None,
        ColumnProperty::Comment => column.comment.clear(),
        ColumnProperty::Ttl => column.ttl = None,
        ColumnProperty::Settings => column.settings.0.clear(),
    }
    Ok(())
}

/// RENAME COLUMN rewrites the column's name in defaults, TTL, indexes and constraints of the table (measured); keys
/// and projections refuse the rename instead.
fn rename_column(table: &mut Table, from: &Ident, to: &Ident) {
    let rename = |expr: &mut Expr| *expr = expr.with_column_renamed(from.as_str(), to);
    for column in table.columns.iter_mut() {
        if column.name == *from {
            column.name = to.clone();
        }
        column
            .default
            .iter_mut()
            .filter_map(|default| default.expr.as_mut())
            .for_each(rename);
        column.ttl.iter_mut().for_each(rename);
    }
    table.indexes.iter_mut().for_each(|index| rename(&mut index.expr));
    table
        .constraints
        .iter_mut()
        .for_each(|constraint| rename(&mut constraint.expr));
    for rule in &mut table.storage.ttl {
        rename(&mut rule.expr);
        match &mut rule.action {
            TtlAction::Delete { condition } => condition.iter_mut().for_each(rename),
            TtlAction::GroupBy { keys, set } => {
                keys.iter_mut().for_each(rename);
                for (name, expr) in set {
                    if *name == *from {
                        *name = to.clone();
                    }
                    rename(expr);
                }
            }
            TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. } | TtlAction::Recompress(_) => {}
        }
    }
}

impl Object {
    /// The same object under another name.
    pub(super) fn renamed(mut self, to: &crate::ident::QualifiedName) -> Self {
        match &mut self {
            Self::Database(_)
            | Self::Function(_)
            | Self::NamedCollection(_)
            | Self::Resource(_)
            | Self::Workload(_)
            | Self::Access(_) => {}
            Self::Raw(raw) => raw.id = ObjectId::Relation(to.clone()),
            Self::Table(table) => table.name = to.clone(),
            Self::View(view) => view.name = to.clone(),
            Self::Dictionary(dictionary) => dictionary.name = to.clone(),
            Self::MaterializedView(view) => {
                debug_assert!(!matches!(&view.target, Target::To(target) if target == to));
                view.name = to.clone();
            }
        }
        self
    }
}

/// The words of a command, for messages.
fn name_of(command: &AlterCommand) -> &'static str {
    match command {
        AlterCommand::AddColumn { .. } => "ADD COLUMN",
        AlterCommand::DropColumn { .. } => "DROP COLUMN",
        AlterCommand::RenameColumn { .. } => "RENAME COLUMN",
        AlterCommand::ModifyColumn(_)
        | AlterCommand::RemoveColumnProperty { .. }
        | AlterCommand::ModifyColumnSettings { .. }
        | AlterCommand::ResetColumnSettings { .. } => "MODIFY COLUMN",
        AlterCommand::CommentColumn { .. } => "COMMENT COLUMN",
        AlterCommand::ModifyOrderBy { .. } => "MODIFY ORDER BY",
        AlterCommand::ModifySampleBy { .. } => "MODIFY SAMPLE BY",
        AlterCommand::RemoveSampleBy => "REMOVE SAMPLE BY",
        AlterCommand::ModifyTtl { .. } => "MODIFY TTL",
        AlterCommand::RemoveTtl => "REMOVE TTL",
        AlterCommand::ModifySettings { .. } => "MODIFY SETTING",
        AlterCommand::ResetSettings { .. } => "RESET SETTING",
        AlterCommand::ModifyComment { .. } => "MODIFY COMMENT",
        AlterCommand::AddIndex { .. } => "ADD INDEX",
        AlterCommand::DropIndex { .. } => "DROP INDEX",
        AlterCommand::MaterializeIndex { .. } => "MATERIALIZE INDEX",
        AlterCommand::AddProjection { .. } => "ADD PROJECTION",
        AlterCommand::DropProjection { .. } => "DROP PROJECTION",
        AlterCommand::MaterializeProjection { .. } => "MATERIALIZE PROJECTION",
        AlterCommand::AddConstraint { .. } => "ADD CONSTRAINT",
        AlterCommand::DropConstraint { .. } => "DROP CONSTRAINT",
        AlterCommand::MaterializeColumn { .. } => "MATERIALIZE COLUMN",
        AlterCommand::ModifyConstraint { .. } => "MODIFY CONSTRAINT",
        AlterCommand::AddStatistics { .. } => "ADD STATISTICS",
        AlterCommand::ModifyStatistics { .. } => "MODIFY STATISTICS",
        AlterCommand::DropStatistics { .. } => "DROP STATISTICS",
        AlterCommand::MaterializeStatistics { .. } => "MATERIALIZE STATISTICS",
        AlterCommand::ClearStatistics { .. } => "CLEAR STATISTICS",
        AlterCommand::ClearColumn { .. } => "CLEAR COLUMN",
        AlterCommand::ClearIndex { .. } => "CLEAR INDEX",
        AlterCommand::ClearProjection { .. } => "CLEAR PROJECTION",
        AlterCommand::AddEnumValues { .. } => "ADD ENUM VALUES",
        AlterCommand::ModifyQuery { .. } => "MODIFY QUERY",
        AlterCommand::ModifyRefresh { .. } => "MODIFY REFRESH",
        AlterCommand::ModifySqlSecurity { .. } => "MODIFY SQL SECURITY",
    }
}
