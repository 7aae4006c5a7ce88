//! Everything that a schema needs: `use chx::prelude::*;`.
//!
//! The derives of serde and of the `clickhouse` crate write paths into these crates, so they stand in the user's
//! `Cargo.toml` too.

pub use clickhouse::Row;
pub use serde::{Deserialize, Serialize};

pub use crate::types::{
    Date, Date32, DateTime, DateTime64, Decimal32, Decimal64, Decimal128, FixedString, LowCardinality, Time,
    Time64,
};
pub use crate::{
    ChColumns, ChDatabase, ChDictionary, ChEnum, ChFunction, ChMaterializedView, ChNamedCollection, ChNested,
    ChQuota, ChRaw, ChRelation, ChResource, ChRole, ChRow, ChRowPolicy, ChSettings, ChSettingsProfile,
    ChTable, ChTuple, ChType, ChUser, ChVariant, ChView, ChWorkload, ClientExt,
};
