//! The one door of generated code. Nothing here is for people, and nothing here is kept from one version to the next.

pub mod demand;
pub mod enums;
pub mod fit;
pub mod grant;
pub mod group;
mod message;
pub mod row;
pub mod settings;
pub mod target;
#[cfg(feature = "test")]
pub mod test;

pub use chx_core::ddl::AccessClause;
pub use chx_core::declare::{
    AccessDeclaration, AttributeDeclaration, CheckDeclaration, ClauseDeclaration, ColumnDeclaration,
    ConstraintDeclaration, DatabaseDeclaration, Declaration, DefaultDeclaration, DictionaryDeclaration,
    FunctionDeclaration, GrantDeclaration, Heading, IndexDeclaration, InnerTableDeclaration,
    MaterializedViewDeclaration, NamedCollectionDeclaration, OnDeclaration, Origin, ProjectionDeclaration,
    RawDeclaration, ResourceDeclaration, StorageDeclaration, TableDeclaration, TargetDeclaration,
    ViewColumnDeclaration, ViewDeclaration, WorkloadDeclaration,
};
pub use chx_core::diag::Severity;
pub use chx_core::model::access::AccessKind;
pub use chx_core::model::{ConstraintKind, DefaultKind};
pub use chx_core::rules::engine::Role;
pub use chx_core::types::{TypeArg, TypeExpr};
#[cfg(feature = "migrate")]
pub use chx_runtime::migrations::Migrations;
pub use chx_runtime::registry::Registered;
pub use clickhouse;
pub use inventory;
pub use serde;

pub use chx_macros::ChRow;

pub use crate::access::{ChQuota, ChRole, ChRowPolicy, ChSettingsProfile, ChUser};
pub use crate::relation::{
    ChColumns, ChDatabase, ChDictionary, ChFunction, ChMaterializedView, ChNamedCollection, ChNested, ChRaw,
    ChRelation, ChResource, ChSettings, ChTable, ChView, ChWorkload,
};
pub use crate::types::{ChEnum, ChType, Writer};
