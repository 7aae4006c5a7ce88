//! An object without its expressions: what is left must be the same even where the engine rewrites expressions.

use chx_core::model::{Column, DictionaryValue, Expr, Key, Object, Storage, Table, Target, TtlAction};

pub(crate) fn skeleton(mut object: Object) -> Object {
    match &mut object {
        Object::Database(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Access(_) => {}
        Object::Table(table) => mask_table(table),
        Object::Dictionary(dictionary) => {
            for attribute in &mut dictionary.attributes {
                attribute.default.iter_mut().for_each(mask);
                attribute.expression.iter_mut().for_each(mask);
            }
            for param in &mut dictionary.source.params {
                if matches!(param.value, DictionaryValue::Call(_) | DictionaryValue::Number(_)) {
                    param.value = DictionaryValue::Number("0".to_owned());
                }
            }
        }
        Object::View(view) => mask(&mut view.query),
        Object::Function(function) => mask(&mut function.body),
        Object::Raw(_) => {}
        Object::MaterializedView(view) => {
            mask(&mut view.query);
            if let Target::Inner(inner) = &mut view.target {
                let mut table = inner.as_table(&view.name);
                mask_table(&mut table);
                **inner = table.into();
            }
        }
    }
    object
}

fn mask(expr: &mut Expr) {
    *expr = Expr::integer(0);
}

fn mask_table(table: &mut Table) {
    table.columns.iter_mut().for_each(mask_column);
    table.indexes.iter_mut().for_each(|index| mask(&mut index.expr));
    table
        .projections
        .iter_mut()
        .for_each(|projection| mask(&mut projection.body));
    table
        .constraints
        .iter_mut()
        .for_each(|constraint| mask(&mut constraint.expr));
    mask_storage(&mut table.storage);
}

fn mask_column(column: &mut Column) {
    if let Some(expr) = column.default.as_mut().and_then(|default| default.expr.as_mut()) {
        mask(expr);
    }
    column.ttl.iter_mut().for_each(mask);
}

fn mask_storage(storage: &mut Storage) {
    storage.engine.args.iter_mut().for_each(mask);
    mask_key(&mut storage.partition_by);
    mask_key(&mut storage.order_by);
    mask_key(&mut storage.unique_key);
    storage.primary_key.iter_mut().for_each(mask_key);
    storage.sample_by.iter_mut().for_each(mask);
    for rule in &mut storage.ttl {
        mask(&mut rule.expr);
        match &mut rule.action {
            TtlAction::Delete { condition } => condition.iter_mut().for_each(mask),
            TtlAction::GroupBy { keys, set } => {
                for key in keys {
                    mask(key);
                }
                for (_, expr) in set {
                    mask(expr);
                }
            }
            TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. } | TtlAction::Recompress(_) => {}
        }
    }
}

fn mask_key(key: &mut Key) {
    key.parts.iter_mut().for_each(|part| mask(&mut part.expr));
}
