//! All expressions of an object, wherever they stand.

use super::access::AccessEntity;
use super::{Column, Expr, Key, Object, Storage, Table, Target, TtlAction};

impl Object {
    /// Puts another expression wherever the change gives one. What is shared with another object is copied only where it
    /// changes. The parts of a dictionary that its source computes are no expressions of this server.
    pub(crate) fn map_expressions(&mut self, change: &mut dyn FnMut(&Expr) -> Option<Expr>) {
        match self {
            Self::Table(table) => in_table(table, change),
            Self::View(view) => one(&mut view.query, change),
            Self::MaterializedView(view) => {
                one(&mut view.query, change);
                if let Target::Inner(inner) = &mut view.target {
                    let mut table = inner.as_table(&view.name);
                    in_table(&mut table, change);
                    **inner = table.into();
                }
            }
            Self::Function(function) => one(&mut function.body, change),
            Self::Access(entity) => {
                if let AccessEntity::RowPolicy(policy) = &mut **entity
                    && let Some(using) = &mut policy.using
                {
                    one(using, change);
                }
            }
            Self::Database(_)
            | Self::Dictionary(_)
            | Self::NamedCollection(_)
            | Self::Resource(_)
            | Self::Workload(_)
            | Self::Raw(_) => {}
        }
    }
}

type Change<'a> = dyn FnMut(&Expr) -> Option<Expr> + 'a;

fn one(expr: &mut Expr, change: &mut Change<'_>) {
    if let Some(other) = change(expr) {
        *expr = other;
    }
}

fn in_table(table: &mut Table, change: &mut Change<'_>) {
    table.columns.map_changed(|column| {
        let default = column.default.as_ref().and_then(|default| default.expr.as_ref());
        let default = default.and_then(&mut *change);
        let ttl = column.ttl.as_ref().and_then(&mut *change);
        (default.is_some() || ttl.is_some()).then(|| {
            let mut column: Column = column.clone();
            if let (Some(place), Some(expr)) = (&mut column.default, default) {
                place.expr = Some(expr);
            }
            column.ttl = ttl.or(column.ttl);
            column
        })
    });
    for index in &mut table.indexes {
        one(&mut index.expr, change);
    }
    for projection in &mut table.projections {
        one(&mut projection.body, change);
    }
    for constraint in &mut table.constraints {
        one(&mut constraint.expr, change);
    }
    in_storage(&mut table.storage, change);
}

fn in_storage(storage: &mut Storage, change: &mut Change<'_>) {
    in_key(&mut storage.partition_by, change);
    in_key(&mut storage.order_by, change);
    in_key(&mut storage.unique_key, change);
    storage.primary_key.iter_mut().for_each(|key| in_key(key, change));
    storage.sample_by.iter_mut().for_each(|expr| one(expr, change));
    for rule in &mut storage.ttl {
        one(&mut rule.expr, change);
        match &mut rule.action {
            TtlAction::Delete { condition } => condition.iter_mut().for_each(|expr| one(expr, change)),
            TtlAction::GroupBy { keys, set } => {
                for key in keys {
                    one(key, change);
                }
                for (_, expr) in set {
                    one(expr, change);
                }
            }
            TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. } | TtlAction::Recompress(_) => {}
        }
    }
}

fn in_key(key: &mut Key, change: &mut Change<'_>) {
    for part in &mut key.parts {
        one(&mut part.expr, change);
    }
}
