//! Objects and whole schemas.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::ident::{Ident, QualifiedName};
use crate::model::{Database, Engine, Object, Schema, SettingValue, Settings};

use super::access::access_entity;
use super::dictionary::dictionary;
use super::function::function;
use super::name::{column_names, database_name, relation_name, text};
use super::named_collection::named_collection;
use super::table::table;
use super::view::{materialized_view, view};
use super::workload::{resource, workload};

pub(super) fn database() -> BoxedStrategy<Database> {
    let engine = prop_oneof![
        Just(None),
        Just(Some(Engine::named("Atomic"))),
        Just(Some(Engine::named("Memory")))
    ];
    let settings = prop_oneof![
        2 => Just(Settings::default()),
        1 => Just(Settings([("lazy_load_tables".to_owned(), SettingValue::new("1"))].into()))
    ];
    (database_name(), engine, settings, text())
        .prop_map(|(name, engine, settings, comment)| Database {
            name,
            settings: if engine.as_ref().is_some_and(|engine| engine.name == "Atomic") {
                settings
            } else {
                Settings::default()
            },
            engine,
            comment: Some(comment),
        })
        .boxed()
}

/// Any object.
pub fn object() -> BoxedStrategy<Object> {
    let around = || (relation_name(), relation_name(), relation_name(), column_names());
    prop_oneof![
        1 => database().prop_map(Object::from),
        4 => relation_name().prop_flat_map(table).prop_map(Object::from),
        2 => around().prop_flat_map(|(name, source, _, columns)| view(name, source, &columns)).prop_map(Object::from),
        2 => around().prop_flat_map(|(name, source, target, columns)| materialized_view(name, source, &columns, target))
            .prop_map(Object::from),
        2 => around().prop_flat_map(|(name, _, _, columns)| dictionary(name, &columns)).prop_map(Object::from),
        1 => function().prop_map(Object::from),
        1 => named_collection().prop_map(Object::from),
        1 => resource().prop_map(Object::from),
        1 => workload().prop_map(Object::from),
        2 => access_entity().prop_map(|entity| Object::from(entity.without_grants())),
    ].boxed()
}

/// A schema that hangs together: up to four tables, and views over them. Databases may or may not be objects of it.
///
/// Two draws share many names; as a pair they stand for a schema before and after a change.
pub fn schema() -> BoxedStrategy<Schema> {
    let tables = vec(relation_name().prop_flat_map(table), 0..5);
    (tables, vec(database(), 0..2), vec(any::<bool>(), 0..3))
        .prop_flat_map(|(tables, databases, views)| {
            let by_name: BTreeMap<QualifiedName, Vec<Ident>> = tables
                .iter()
                .map(|table| {
                    (
                        table.name.clone(),
                        table.columns.iter().map(|column| column.name.clone()).collect(),
                    )
                })
                .collect();
            let views = if by_name.is_empty() { Vec::new() } else { views };
            let sources: Vec<(QualifiedName, Vec<Ident>)> = by_name.into_iter().collect();
            let views: Vec<_> = views
                .into_iter()
                .enumerate()
                .map(|(at, is_materialized)| {
                    let (source, columns) = sources[at % sources.len()].clone();
                    let target = sources[sources.len() - 1].0.clone();
                    let name = QualifiedName {
                        database: source.database.clone(),
                        name: Ident::new(format!("view_{at}")).expect("a name"),
                    };
                    if is_materialized {
                        materialized_view(name, source, &columns, target)
                            .prop_map(Object::from)
                            .boxed()
                    } else {
                        view(name, source, &columns).prop_map(Object::from).boxed()
                    }
                })
                .collect();
            (Just(tables), Just(databases), views).prop_map(|(tables, databases, views)| {
                let tables = tables.into_iter().map(Object::from);
                let databases = databases.into_iter().map(Object::from);
                tables.chain(databases).chain(views).collect()
            })
        })
        .boxed()
}
