//! From an object to the statements that create and drop it, and back.

use crate::model::{Object, ObjectId, RawKind};

use super::{
    AccessStatement, CreateDatabase, CreateDictionary, CreateFunction, CreateMaterializedView,
    CreateNamedCollection, CreateRaw, CreateResource, CreateTable, CreateView, CreateWorkload, DropRelation,
    Fill, OnExisting, RelationKind, Statement,
};

impl Statement {
    /// The statement that creates an object, and fails where its name is taken.
    pub fn creating(object: Object) -> Self {
        Self::creating_or(object, OnExisting::Fail)
    }

    /// The statement that creates an object. A named collection cannot be replaced: where its name is taken, its CREATE fails.
    pub fn creating_or(object: Object, on_existing: OnExisting) -> Self {
        match object {
            Object::Database(database) => Self::CreateDatabase(CreateDatabase {
                database,
                on_existing,
            }),
            Object::Table(table) => Self::CreateTable(Box::new(CreateTable { table, on_existing })),
            Object::View(view) => Self::CreateView(CreateView { view, on_existing }),
            Object::MaterializedView(view) => {
                Self::CreateMaterializedView(Box::new(CreateMaterializedView {
                    view,
                    on_existing,
                    fill: Fill::default(),
                }))
            }
            Object::Dictionary(dictionary) => Self::CreateDictionary(Box::new(CreateDictionary {
                dictionary,
                on_existing,
            })),
            Object::Access(entity) => Self::Access(AccessStatement::Create {
                entity: Box::new(entity.without_grants()),
                on_existing,
                storage: None,
            }),
            Object::Function(function) => Self::CreateFunction(CreateFunction {
                function,
                on_existing,
            }),
            Object::NamedCollection(collection) => Self::CreateNamedCollection(CreateNamedCollection {
                collection,
                keeps_existing: on_existing == OnExisting::Keep,
            }),
            Object::Resource(resource) => Self::CreateResource(CreateResource {
                resource,
                on_existing,
            }),
            Object::Workload(workload) => Self::CreateWorkload(CreateWorkload {
                workload,
                on_existing,
            }),
            Object::Raw(object) => Self::CreateRaw(Box::new(CreateRaw { object, on_existing })),
        }
    }

    /// The object that the statement creates, if it is a CREATE.
    pub fn into_created(self) -> Option<Object> {
        Some(match self {
            Self::CreateDatabase(create) => Object::Database(create.database),
            Self::CreateTable(create) => Object::Table(create.table),
            Self::CreateView(create) => Object::View(create.view),
            Self::CreateMaterializedView(create) => Object::MaterializedView(create.view),
            Self::CreateDictionary(create) => Object::Dictionary(create.dictionary),
            Self::CreateFunction(create) => Object::Function(create.function),
            Self::CreateNamedCollection(create) => Object::NamedCollection(create.collection),
            Self::CreateResource(create) => Object::Resource(create.resource),
            Self::CreateWorkload(create) => Object::Workload(create.workload),
            Self::CreateRaw(create) => Object::Raw(create.object),
            Self::Access(AccessStatement::Create { entity, .. }) => Object::Access(entity),
            Self::AlterTable(_)
            | Self::AlterDatabaseComment { .. }
            | Self::Rename(_)
            | Self::Exchange { .. }
            | Self::Drop(_)
            | Self::DropDatabase { .. }
            | Self::DropFunction { .. }
            | Self::AlterNamedCollection(_)
            | Self::DropNamedCollection { .. }
            | Self::DropResource { .. }
            | Self::DropWorkload { .. }
            | Self::Access(_) => return None,
        })
    }

    /// The statement that drops an object.
    pub fn dropping(object: &Object) -> Self {
        let drop = |name: &crate::ident::QualifiedName, kind| {
            Self::Drop(DropRelation {
                name: name.clone(),
                kind,
                if_exists: false,
                sync: false,
            })
        };
        match object {
            Object::Database(database) => Self::DropDatabase {
                database: database.name.clone(),
                if_exists: false,
                sync: false,
            },
            Object::Table(table) => drop(&table.name, RelationKind::Table),
            Object::View(view) => drop(&view.name, RelationKind::View),
            Object::MaterializedView(view) => drop(&view.name, RelationKind::View),
            Object::Dictionary(dictionary) => drop(&dictionary.name, RelationKind::Dictionary),
            Object::Access(entity) => Self::Access(AccessStatement::Drop {
                id: entity.id(),
                entity: entity.kind(),
                if_exists: false,
                storage: None,
            }),
            Object::Function(function) => Self::DropFunction {
                name: function.name.clone(),
                if_exists: false,
            },
            Object::Raw(raw) => match &raw.id {
                ObjectId::Relation(name) => drop(
                    name,
                    match raw.raw_kind {
                        RawKind::Dictionary => RelationKind::Dictionary,
                        RawKind::View | RawKind::MaterializedView => RelationKind::View,
                        RawKind::Table | RawKind::Function => RelationKind::Table,
                    },
                ),
                // Of what belongs to no database, only functions can be raw.
                ObjectId::Function(name)
                | ObjectId::Database(name)
                | ObjectId::NamedCollection(name)
                | ObjectId::Resource(name)
                | ObjectId::Workload(name) => Self::DropFunction {
                    name: name.clone(),
                    if_exists: false,
                },
                ObjectId::Access(id) => Self::DropFunction {
                    name: id.name().clone(),
                    if_exists: false,
                },
            },
            Object::NamedCollection(collection) => Self::DropNamedCollection {
                name: collection.name.clone(),
                if_exists: false,
            },
            Object::Resource(resource) => Self::DropResource {
                name: resource.name.clone(),
                if_exists: false,
            },
            Object::Workload(workload) => Self::DropWorkload {
                name: workload.name.clone(),
                if_exists: false,
            },
        }
    }
}
