//! What a schema is made of, and how its members are told apart.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::access::{AccessEntity, AccessId, AccessKind};
use super::{
    Database, Dictionary, Function, Ident, MaterializedView, NamedCollection, QualifiedName, RawObject,
    Resource, Table, View, Workload,
};

/// One object of a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Object {
    /// A database.
    Database(Database),
    /// A table.
    Table(Table),
    /// A view.
    View(View),
    /// A materialized view.
    MaterializedView(MaterializedView),
    /// A dictionary.
    Dictionary(Dictionary),
    /// A SQL function.
    Function(Function),
    /// What chx does not read all of: its statement as it is.
    Raw(RawObject),
    /// A named collection.
    NamedCollection(NamedCollection),
    /// A resource.
    Resource(Resource),
    /// A workload.
    Workload(Workload),
    /// A user, role, row policy, quota or settings profile.
    Access(Box<AccessEntity>),
}

/// The kinds of objects. The order is the order in which equals are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// A database.
    Database,
    /// A table.
    Table,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A dictionary.
    Dictionary,
    /// A SQL function.
    Function,
    /// A named collection.
    NamedCollection,
    /// A resource.
    Resource,
    /// A workload.
    Workload,
    /// A user, role, row policy, quota or settings profile.
    Access(AccessKind),
}

/// The identity of an object: the space that its name lives in, and the name.
///
/// Tables, views, materialized views and dictionaries share one space: a name means one of them. What belongs to the server
/// and to no database has a space for each kind, and no database that could be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectId {
    /// A database.
    Database(Ident),
    /// A SQL function, which belongs to the server.
    Function(Ident),
    /// A named collection, which belongs to the server.
    NamedCollection(Ident),
    /// A resource, which belongs to the server.
    Resource(Ident),
    /// A workload, which belongs to the server.
    Workload(Ident),
    /// A user, role, row policy, quota or settings profile.
    Access(AccessId),
    /// A table, view, materialized view or dictionary.
    Relation(QualifiedName),
}

impl Object {
    /// The identity.
    pub fn id(&self) -> ObjectId {
        match self {
            Self::Database(database) => ObjectId::Database(database.name.clone()),
            Self::Table(table) => ObjectId::Relation(table.name.clone()),
            Self::View(view) => ObjectId::Relation(view.name.clone()),
            Self::MaterializedView(view) => ObjectId::Relation(view.name.clone()),
            Self::Dictionary(dictionary) => ObjectId::Relation(dictionary.name.clone()),
            Self::Function(function) => ObjectId::Function(function.name.clone()),
            Self::NamedCollection(collection) => ObjectId::NamedCollection(collection.name.clone()),
            Self::Resource(resource) => ObjectId::Resource(resource.name.clone()),
            Self::Workload(workload) => ObjectId::Workload(workload.name.clone()),
            Self::Raw(raw) => raw.id.clone(),
            Self::Access(entity) => ObjectId::Access(entity.id()),
        }
    }

    /// The kind.
    pub fn kind(&self) -> ObjectKind {
        match self {
            Self::Database(_) => ObjectKind::Database,
            Self::Table(_) => ObjectKind::Table,
            Self::View(_) => ObjectKind::View,
            Self::MaterializedView(_) => ObjectKind::MaterializedView,
            Self::Dictionary(_) => ObjectKind::Dictionary,
            Self::Function(_) => ObjectKind::Function,
            Self::NamedCollection(_) => ObjectKind::NamedCollection,
            Self::Resource(_) => ObjectKind::Resource,
            Self::Workload(_) => ObjectKind::Workload,
            Self::Raw(raw) => raw.kind(),
            Self::Access(entity) => ObjectKind::Access(entity.kind()),
        }
    }
}

impl ObjectKind {
    /// The kind in words.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Table => "table",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Dictionary => "dictionary",
            Self::Function => "function",
            Self::NamedCollection => "named collection",
            Self::Resource => "resource",
            Self::Workload => "workload",
            Self::Access(kind) => kind.as_str(),
        }
    }
}

impl ObjectKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Database,
        Self::Table,
        Self::View,
        Self::MaterializedView,
        Self::Dictionary,
        Self::Function,
        Self::NamedCollection,
        Self::Resource,
        Self::Workload,
        Self::Access(AccessKind::SettingsProfile),
        Self::Access(AccessKind::Role),
        Self::Access(AccessKind::User),
        Self::Access(AccessKind::Quota),
        Self::Access(AccessKind::RowPolicy),
    ];

    /// The kind that these words name.
    pub fn from_noun(noun: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.noun() == noun)
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun())
    }
}

impl ObjectId {
    /// The database that the object lives in, or is; `None` for what belongs to the server.
    pub fn database(&self) -> Option<&Ident> {
        match self {
            Self::Database(name) => Some(name),
            Self::Function(_)
            | Self::NamedCollection(_)
            | Self::Resource(_)
            | Self::Workload(_)
            | Self::Access(_) => None,
            Self::Relation(name) => Some(&name.database),
        }
    }

    /// Is it a database?
    pub fn is_database(&self) -> bool {
        match self {
            Self::Database(_) => true,
            Self::Function(_)
            | Self::NamedCollection(_)
            | Self::Resource(_)
            | Self::Workload(_)
            | Self::Access(_)
            | Self::Relation(_) => false,
        }
    }

    /// The words of the kind and the name, for what belongs to the server and has a name of its own there. Access entities
    /// write themselves: two kinds share one space of names, and a row policy is named by its table too.
    pub fn on_server(&self) -> Option<(&'static str, &Ident)> {
        match self {
            Self::Database(_) | Self::Relation(_) | Self::Access(_) => None,
            Self::Function(name) => Some((ObjectKind::Function.noun(), name)),
            Self::NamedCollection(name) => Some((ObjectKind::NamedCollection.noun(), name)),
            Self::Resource(name) => Some((ObjectKind::Resource.noun(), name)),
            Self::Workload(name) => Some((ObjectKind::Workload.noun(), name)),
        }
    }

    /// What belongs to the server, of the kind that these words name.
    pub fn of_server(noun: &str, name: Ident) -> Option<Self> {
        match ObjectKind::from_noun(noun)? {
            ObjectKind::Function => Some(Self::Function(name)),
            ObjectKind::NamedCollection => Some(Self::NamedCollection(name)),
            ObjectKind::Resource => Some(Self::Resource(name)),
            ObjectKind::Workload => Some(Self::Workload(name)),
            ObjectKind::Database
            | ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Dictionary
            | ObjectKind::Access(_) => None,
        }
    }

    /// The full name, if the object lives in a database.
    pub fn relation(&self) -> Option<&QualifiedName> {
        match self {
            Self::Database(_)
            | Self::Function(_)
            | Self::NamedCollection(_)
            | Self::Resource(_)
            | Self::Workload(_)
            | Self::Access(_) => None,
            Self::Relation(name) => Some(name),
        }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(name) => write!(f, "{name}"),
            Self::Function(name) => write!(f, "function {name}"),
            Self::NamedCollection(name) => write!(f, "named collection {name}"),
            Self::Resource(name) => write!(f, "resource {name}"),
            Self::Workload(name) => write!(f, "workload {name}"),
            Self::Access(id) => write!(f, "{id}"),
            Self::Relation(name) => write!(f, "{name}"),
        }
    }
}

macro_rules! object_from {
    ($($kind:ident),*) => {$(
        impl From<$kind> for Object {
            fn from(value: $kind) -> Self {
                Self::$kind(value)
            }
        }
    )*};
}
impl From<AccessEntity> for Object {
    fn from(entity: AccessEntity) -> Self {
        Self::Access(Box::new(entity))
    }
}
object_from!(
    Database,
    Table,
    View,
    MaterializedView,
    Dictionary,
    Function,
    NamedCollection,
    Resource,
    Workload
);

impl From<RawObject> for Object {
    fn from(raw: RawObject) -> Self {
        Self::Raw(raw)
    }
}
