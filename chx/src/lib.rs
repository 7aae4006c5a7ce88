//! Rust types as the source of truth for a ClickHouse schema.
//!
//! ```
//! use chx::prelude::*;
//!
//! /// One page view.
//! #[derive(ChTable, Row, Serialize, Deserialize)]
//! #[ch(database = "web", engine = MergeTree, order_by = (site, ts))]
//! pub struct PageView {
//!     pub ts: DateTime64<3>,
//!     #[ch(low_cardinality)]
//!     pub site: String,
//!     pub duration: f32,
//! }
//! ```
//!
//! An annotated struct is three things at once: the declaration of a table, which `chx-migrate` turns into migrations;
//! a row for the official client; and the names that queries need ([`PageView::TABLE`](ChRelation::TABLE),
//! [`PageView::SELECT`](ChRelation::SELECT)).
//!
//! - [`ChTable`](derive@ChTable), [`ChView`](derive@ChView), [`ChMaterializedView`](derive@ChMaterializedView),
//!   [`ChDictionary`](derive@ChDictionary), [`ChDatabase`](derive@ChDatabase), [`ChFunction`](derive@ChFunction),
//!   [`ChNamedCollection`](derive@ChNamedCollection), [`ChResource`](derive@ChResource),
//!   [`ChWorkload`](derive@ChWorkload), [`ChRole`](derive@ChRole), [`ChUser`](derive@ChUser),
//!   [`ChRowPolicy`](derive@ChRowPolicy), [`ChQuota`](derive@ChQuota), [`ChSettingsProfile`](derive@ChSettingsProfile),
//!   [`ChRaw`](derive@ChRaw) declare, with every attribute and an example for each on their pages.
//! - [`types`] says which Rust type is which column type; [`ChType`](derive@ChType) makes a newtype one,
//!   [`ChEnum`](derive@ChEnum) an enum, [`ChTuple`](derive@ChTuple) a struct, [`ChVariant`](derive@ChVariant) an enum with
//!   values.
//! - [`ChColumns`](derive@ChColumns) and [`ChNested`](derive@ChNested) are columns in structs of their own,
//!   [`ChRow`](derive@ChRow) a row with them.
//! - [`ChSettings`](derive@ChSettings) are settings that several tables share.
//! - [`ClientExt`] inserts and selects without naming a table twice.
//! - [`Registry`] is everything that a program declares. A crate that nothing names is not linked and declares nothing:
//!   name it in the program that reads the registry, `use my_schema as _;`.
//!
//! With the feature `migrate`, an application migrates when it starts: `chx::Migrator`, with `chx::migrations!` embedded
//! in it. With the feature `test`, `#[chx::test]` gives each test a database of its own.
//!
//! Users have `clickhouse` and `serde` in their `Cargo.toml` as well: the derives of both write paths into them.

mod access;
mod client;
mod relation;
mod wire;

#[cfg(feature = "migrate")]
pub mod migrate;
pub mod prelude;
pub mod types;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

pub use chx_core::declare::Declaration;
pub use chx_core::ident::Ident;
pub use chx_runtime::registry::{Registry, RegistryError};

#[doc = include_str!("docs/columns.md")]
pub use chx_macros::ChColumns;
#[doc = include_str!("docs/database.md")]
pub use chx_macros::ChDatabase;
#[doc = include_str!("docs/dictionary.md")]
pub use chx_macros::ChDictionary;
#[doc = include_str!("docs/enum.md")]
pub use chx_macros::ChEnum;
#[doc = include_str!("docs/function.md")]
pub use chx_macros::ChFunction;
#[doc = include_str!("docs/materialized_view.md")]
pub use chx_macros::ChMaterializedView;
#[doc = include_str!("docs/named_collection.md")]
pub use chx_macros::ChNamedCollection;
#[doc = include_str!("docs/nested.md")]
pub use chx_macros::ChNested;
#[doc = include_str!("docs/quota.md")]
pub use chx_macros::ChQuota;
#[doc = include_str!("docs/raw.md")]
pub use chx_macros::ChRaw;
#[doc = include_str!("docs/resource.md")]
pub use chx_macros::ChResource;
#[doc = include_str!("docs/role.md")]
pub use chx_macros::ChRole;
#[doc = include_str!("docs/row.md")]
pub use chx_macros::ChRow;
#[doc = include_str!("docs/row_policy.md")]
pub use chx_macros::ChRowPolicy;
#[doc = include_str!("docs/settings.md")]
pub use chx_macros::ChSettings;
#[doc = include_str!("docs/settings_profile.md")]
pub use chx_macros::ChSettingsProfile;
#[doc = include_str!("docs/table.md")]
pub use chx_macros::ChTable;
#[doc = include_str!("docs/tuple.md")]
pub use chx_macros::ChTuple;
#[doc = include_str!("docs/type.md")]
pub use chx_macros::ChType;
#[doc = include_str!("docs/user.md")]
pub use chx_macros::ChUser;
#[doc = include_str!("docs/variant.md")]
pub use chx_macros::ChVariant;
#[doc = include_str!("docs/view.md")]
pub use chx_macros::ChView;
#[doc = include_str!("docs/workload.md")]
pub use chx_macros::ChWorkload;
#[cfg(feature = "migrate")]
#[doc = include_str!("docs/migrations.md")]
pub use chx_macros::migrations;
#[cfg(feature = "test")]
#[doc = include_str!("docs/test.md")]
pub use chx_macros::test;
#[cfg(feature = "test")]
pub use chx_runtime::testing::TestDatabase;

pub use access::{ChQuota, ChRole, ChRowPolicy, ChSettingsProfile, ChUser};
pub use client::ClientExt;
#[cfg(feature = "migrate")]
pub use migrate::{Migrations, Migrator};
pub use relation::{
    ChColumns, ChDatabase, ChDictionary, ChFunction, ChMaterializedView, ChNamedCollection, ChNested, ChRaw,
    ChRelation, ChResource, ChSettings, ChTable, ChView, ChWorkload,
};
pub use types::{ChEnum, ChType};
