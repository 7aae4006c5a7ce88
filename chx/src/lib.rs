//! Rust types as the source of truth for a ClickHouse schema.

mod client;
mod relation;

pub mod prelude;
pub mod types;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

pub use chx_core::declare::Declaration;
pub use chx_macros::{ChMaterializedView, ChTable, ChType, ChView};
pub use chx_runtime::registry::{Registry, RegistryError};

pub use client::ClientExt;
pub use relation::{ChMaterializedView, ChRelation, ChTable, ChView};
pub use types::ChType;
