//! The schema model: what a ClickHouse schema consists of, as chx compares, plans and renders it.
//!
//! Decides which parts an object has. It holds meaning, not spelling: types are [`DataType`]s, SQL fragments are
//! [`Expr`]s in their canonical token form, settings are a map. It refuses nothing but bad names; whether an
//! object makes sense is asked in `validate`, and two spellings of one meaning become equal in
//! [`canon`](crate::canon).

pub mod access;
mod codec;
mod column;
mod columns;
mod database;
mod dictionary;
mod disk;
mod engine;
mod expressions;
mod function;
mod index;
mod key;
mod materialized_view;
mod named_collection;
mod object;
mod raw;
mod refresh;
mod schema;
mod secret;
mod security;
mod settings;
mod table;
mod ttl;
mod view;
mod workload;
pub(crate) mod written_out;

pub use codec::{Codec, CodecStage};
pub use column::{Column, ColumnDefault, DefaultKind};
pub use columns::Columns;
pub use database::Database;
pub use dictionary::{
    AttributeTraits, Dictionary, DictionaryAttribute, DictionaryClause, DictionaryParam, DictionaryRange,
    DictionaryValue, Lifetime,
};
pub(crate) use disk::text_of_disk;
pub use disk::{DISK, Disk, DiskError, DiskValue, STORAGE_POLICY};
pub use engine::{Engine, EngineFamily};
pub use function::Function;
pub use index::{Constraint, ConstraintKind, Index, IndexType, Projection};
pub use key::{Direction, Key, KeyPart};
pub use materialized_view::{InnerTable, MaterializedView, Target};
pub use named_collection::{CollectionEntry, CollectionValue, NamedCollection};
pub use object::{Object, ObjectId, ObjectKind};
pub use raw::{RawKind, RawObject};
pub use refresh::{Period, Refresh, Schedule};
pub use schema::{DuplicateObject, Schema};
pub use secret::Secret;
pub use security::SqlSecurity;
pub use settings::{SettingValue, Settings};
pub use table::{Storage, Table, UNIQUE_KEY_SETTING};
pub use ttl::{TtlAction, TtlRule};
pub use view::{View, ViewColumn};
pub use workload::{Resource, ResourceOperation, ResourceUnit, Workload, WorkloadSetting};
pub use written_out::hides_arguments;

pub use crate::ident::{Ident, QualifiedName};
pub use crate::sql::Expr;
pub use crate::types::DataType;
