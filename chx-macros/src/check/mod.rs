//! From what is written to what is declared: fields become columns, identifiers become SQL, and what does not fit
//! together is reported.
//!
//! Decides everything that needs more than one key or more than one field to know. It never stops at a mistake: a
//! broken part is left out and the rest goes on, so that one compile shows all.

mod access;
mod column;
mod columns;
mod composite;
mod database;
mod demand;
mod dictionary;
mod engine;
mod enumeration;
mod function;
mod group;
mod heading;
mod key;
mod materialized_view;
mod member;
mod newtype;
mod of_server;
mod raw;
mod row;
mod rust_type;
mod shared_settings;
mod storage;
mod table;
mod ttl;
mod types;
mod unit;
mod view;

pub(crate) use access::{Access, Grant, On};
pub(crate) use column::Column;
pub(crate) use composite::{Composite, Part, tuple, variant};
pub(crate) use database::Database;
pub(crate) use demand::{Demand, What};
pub(crate) use dictionary::Dictionary;
pub(crate) use enumeration::Enumeration;
pub(crate) use function::Function;
pub(crate) use group::{Declared, Group};
pub(crate) use heading::{Heading, quoted};
pub(crate) use materialized_view::{MaterializedView, Target};
pub(crate) use member::{Constraint, Index, Projection};
pub(crate) use newtype::Newtype;
pub(crate) use of_server::OfServer;
pub(crate) use raw::Raw;
pub(crate) use row::{Row, RowField};
pub(crate) use shared_settings::SharedSettings;
pub(crate) use storage::Storage;
pub(crate) use table::Table;
pub(crate) use types::ColumnType;
pub(crate) use view::{View, ViewColumn};

use columns::Columns;

use crate::attr::settings::Setting;

/// Settings as pairs.
fn settings(settings: Option<&Vec<Setting>>) -> Vec<(String, String)> {
    settings
        .into_iter()
        .flatten()
        .map(|setting| (setting.name.clone(), setting.value.clone()))
        .collect()
}
