//! Statements.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ddl::{
    AccessStatement, AlterCommand, AlterNamedCollection, AlterTable, ColumnChange, ColumnProperty,
    DropRelation, OnExisting, Position, RelationKind, RenameRelation, Statement,
};
use crate::ident::Ident;

use super::access::{access_entity, altered, grant_change};
use super::column::{codec, column, data_type, default};
use super::expression::expr;
use super::name::{column_names, database_name, ident, relation_name, text};
use super::named_collection::{entries, entry_key};
use super::schema::object;
use super::storage::{key, settings, ttl_rules};
use super::table::{constraint, index, projection};
use super::view::{refresh, security};

/// Any statement.
pub fn statement() -> BoxedStrategy<Statement> {
    let on_existing = select(vec![OnExisting::Fail, OnExisting::Keep, OnExisting::Replace]);
    let create = (object(), on_existing).prop_map(|(object, on_existing)| {
        let mut statement = Statement::creating(object);
        match &mut statement {
            Statement::CreateTable(create) => create.on_existing = on_existing,
            Statement::CreateView(create) => create.on_existing = on_existing,
            Statement::CreateMaterializedView(create) => create.on_existing = on_existing,
            Statement::CreateDictionary(create) => create.on_existing = on_existing,
            Statement::CreateFunction(create) => create.on_existing = on_existing,
            Statement::CreateNamedCollection(create) => {
                create.keeps_existing = on_existing == OnExisting::Keep;
            }
            Statement::CreateResource(create) => create.on_existing = on_existing,
            Statement::CreateWorkload(create) => create.on_existing = on_existing,
            // A database cannot be replaced.
            Statement::CreateDatabase(create) if on_existing == OnExisting::Keep => {
                create.on_existing = on_existing;
            }
            _ => {}
        }
        statement
    });
    let alter = column_names().prop_flat_map(|names| (relation_name(), vec(alter_command(&names), 1..4)));
    let kind = select(vec![
        RelationKind::Table,
        RelationKind::View,
        RelationKind::Dictionary,
    ]);
    prop_oneof![
        4 => create,
        6 => alter.prop_map(|(name, commands)| Statement::AlterTable(AlterTable { name, commands })),
        1 => (database_name(), text()).prop_map(|(database, comment)| Statement::AlterDatabaseComment { database, comment }),
        1 => (relation_name(), relation_name(), any::<bool>())
            .prop_map(|(from, to, if_exists)| Statement::Rename(RenameRelation { from, to, if_exists })),
        1 => (relation_name(), relation_name()).prop_map(|(a, b)| Statement::Exchange { a, b }),
        1 => (relation_name(), kind, any::<bool>(), any::<bool>())
            .prop_map(|(name, kind, if_exists, sync)| Statement::Drop(DropRelation { name, kind, if_exists, sync })),
        1 => (database_name(), any::<bool>(), any::<bool>())
            .prop_map(|(database, if_exists, sync)| Statement::DropDatabase { database, if_exists, sync }),
        2 => (ident(), grant_change()).prop_map(|(grantee, change)| Statement::Access(AccessStatement::Grants { grantee, change })),
        2 => (access_entity(), access_entity()).prop_map(|(from, to)| altered(&from, &to)),
        1 => (ident(), any::<bool>()).prop_map(|(name, if_exists)| Statement::DropFunction { name, if_exists }),
        1 => (ident(), any::<bool>()).prop_map(|(name, if_exists)| Statement::DropNamedCollection { name, if_exists }),
        1 => (ident(), any::<bool>()).prop_map(|(name, if_exists)| Statement::DropResource { name, if_exists }),
        1 => (ident(), any::<bool>()).prop_map(|(name, if_exists)| Statement::DropWorkload { name, if_exists }),
        1 => alter_named_collection().prop_map(Statement::AlterNamedCollection),
    ].boxed()
}

fn alter_named_collection() -> BoxedStrategy<AlterNamedCollection> {
    let delete = btree_set(entry_key(), 0..3).prop_map(|keys| keys.into_iter().collect::<Vec<Ident>>());
    (ident(), any::<bool>(), entries(0), delete)
        .prop_filter("it changes something", |(_, _, set, delete)| {
            !set.is_empty() || !delete.is_empty()
        })
        .prop_map(|(name, if_exists, set, delete)| AlterNamedCollection {
            name,
            if_exists,
            set,
            delete,
        })
        .boxed()
}

fn position() -> BoxedStrategy<Option<Position>> {
    option::of(prop_oneof![
        Just(Position::First),
        ident().prop_map(Position::After)
    ])
    .boxed()
}

fn setting_names() -> BoxedStrategy<Vec<String>> {
    vec(
        select(vec!["index_granularity", "ttl_only_drop_parts"]).prop_map(str::to_owned),
        1..3,
    )
    .boxed()
}

fn column_change(columns: &[Ident]) -> BoxedStrategy<ColumnChange> {
    (
        ident(),
        any::<bool>(),
        option::of(data_type()),
        option::of(default(columns)),
        option::of(codec()),
        option::of(expr(columns)),
        option::of(text()),
        position(),
    )
        .prop_map(
            |(name, if_exists, data_type, default, codec, ttl, comment, position)| ColumnChange {
                name,
                if_exists,
                data_type,
                default,
                codec,
                ttl,
                comment,
                position,
            },
        )
        .prop_filter("a change must change something", |change| !change.is_empty())
        .prop_filter(
            "the server takes what follows a bare EPHEMERAL for its expression",
            |change| {
                change.comment.is_some()
                    || change
                        .default
                        .as_ref()
                        .is_none_or(|default| default.expr.is_some())
            },
        )
        .boxed()
}

/// Any command of an ALTER TABLE on a table with these columns.
pub fn alter_command(columns: &[Ident]) -> BoxedStrategy<AlterCommand> {
    let all = columns.to_vec();
    let (for_columns, for_indexes, for_projections, for_constraints, for_changed) =
        (all.clone(), all.clone(), all.clone(), all.clone(), all);
    let some_settings = || settings().prop_filter("at least one", |settings| !settings.is_empty());
    let query = expr(columns).prop_map(|expr| format!("SELECT {expr} FROM app.hits"));
    let query = query.prop_map(|sql| crate::model::Expr::parse(&sql).expect("a query"));
    let property = select(vec![
        ColumnProperty::Default,
        ColumnProperty::Materialized,
        ColumnProperty::Alias,
        ColumnProperty::Codec,
        ColumnProperty::Comment,
        ColumnProperty::Ttl,
        ColumnProperty::Settings,
    ]);
    let flag = any::<bool>;
    let on_columns = prop_oneof![
        (
            ident().prop_flat_map(move |name| column(name, &for_columns)),
            position(),
            flag()
        )
            .prop_map(|(column, position, if_not_exists)| {
                AlterCommand::AddColumn {
                    column: Box::new(column),
                    position,
                    if_not_exists,
                }
            }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::DropColumn { name, if_exists }),
        (ident(), ident(), flag()).prop_map(|(from, to, if_exists)| AlterCommand::RenameColumn {
            from,
            to,
            if_exists
        }),
        column_change(columns).prop_map(|change| AlterCommand::ModifyColumn(Box::new(change))),
        (ident(), property)
            .prop_map(|(name, property)| AlterCommand::RemoveColumnProperty { name, property }),
        (ident(), some_settings())
            .prop_map(|(name, settings)| AlterCommand::ModifyColumnSettings { name, settings }),
        (ident(), setting_names())
            .prop_map(|(name, names)| AlterCommand::ResetColumnSettings { name, names }),
        (ident(), text(), flag()).prop_map(|(name, comment, if_exists)| AlterCommand::CommentColumn {
            name,
            comment,
            if_exists
        }),
        ident().prop_map(|name| AlterCommand::MaterializeColumn { name }),
    ];
    let on_table = prop_oneof![
        key(columns, 0..3).prop_map(|key| AlterCommand::ModifyOrderBy { key }),
        expr(columns).prop_map(|expr| AlterCommand::ModifySampleBy { expr }),
        Just(AlterCommand::RemoveSampleBy),
        ttl_rules(columns, 1..3).prop_map(|rules| AlterCommand::ModifyTtl { rules }),
        Just(AlterCommand::RemoveTtl),
        some_settings().prop_map(|settings| AlterCommand::ModifySettings { settings }),
        setting_names().prop_map(|names| AlterCommand::ResetSettings { names }),
        text().prop_map(|comment| AlterCommand::ModifyComment { comment }),
        query.prop_map(|query| AlterCommand::ModifyQuery { query }),
        refresh().prop_map(|refresh| AlterCommand::ModifyRefresh { refresh }),
        security(false).prop_map(|security| AlterCommand::ModifySqlSecurity { security }),
    ];
    let on_members = prop_oneof![
        (
            ident().prop_flat_map(move |name| index(name, &for_indexes)),
            position(),
            flag()
        )
            .prop_map(|(index, position, if_not_exists)| AlterCommand::AddIndex {
                index,
                position,
                if_not_exists
            }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::DropIndex { name, if_exists }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::MaterializeIndex { name, if_exists }),
        (
            ident().prop_flat_map(move |name| projection(name, &for_projections)),
            flag()
        )
            .prop_map(|(projection, if_not_exists)| AlterCommand::AddProjection {
                projection,
                if_not_exists
            }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::DropProjection { name, if_exists }),
        (ident(), flag())
            .prop_map(|(name, if_exists)| AlterCommand::MaterializeProjection { name, if_exists }),
        (
            ident().prop_flat_map(move |name| constraint(name, &for_constraints)),
            flag()
        )
            .prop_map(|(constraint, if_not_exists)| AlterCommand::AddConstraint {
                constraint,
                if_not_exists
            }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::DropConstraint { name, if_exists }),
        (
            ident().prop_flat_map(move |name| constraint(name, &for_changed)),
            flag()
        )
            .prop_map(|(constraint, if_exists)| AlterCommand::ModifyConstraint {
                constraint,
                if_exists
            }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::ClearIndex { name, if_exists }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::ClearProjection { name, if_exists }),
        (ident(), flag()).prop_map(|(name, if_exists)| AlterCommand::ClearColumn { name, if_exists }),
    ];
    let kinds = || {
        let kind = select(vec!["tdigest", "uniq", "minmax", "countmin"]);
        vec(
            kind.prop_map(|sql| crate::model::Expr::parse(sql).expect("a word")),
            1..3,
        )
    };
    let some = || vec(ident(), 1..3);
    let all_or_some = || {
        (vec(ident(), 0..3), flag()).prop_map(|(columns, if_exists)| {
            // ALL exists.
            let if_exists = if_exists && !columns.is_empty();
            (columns, if_exists)
        })
    };
    let value = option::of(any::<i16>());
    let on_values = prop_oneof![
        (some(), kinds(), flag()).prop_map(|(columns, kinds, if_not_exists)| AlterCommand::AddStatistics {
            columns,
            kinds,
            if_not_exists
        }),
        (some(), kinds()).prop_map(|(columns, kinds)| AlterCommand::ModifyStatistics { columns, kinds }),
        (some(), flag()).prop_map(|(columns, if_exists)| AlterCommand::DropStatistics { columns, if_exists }),
        all_or_some()
            .prop_map(|(columns, if_exists)| AlterCommand::MaterializeStatistics { columns, if_exists }),
        all_or_some().prop_map(|(columns, if_exists)| AlterCommand::ClearStatistics { columns, if_exists }),
        (ident(), vec((text(), value), 1..3), flag()).prop_map(|(name, values, if_exists)| {
            AlterCommand::AddEnumValues {
                name,
                values,
                if_exists,
            }
        }),
    ];
    prop_oneof![3 => on_columns, 3 => on_table, 3 => on_members, 1 => on_values].boxed()
}
