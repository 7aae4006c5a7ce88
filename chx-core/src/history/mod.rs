//! The history: migrations as files, their order, and the schema that they lead to.
//!
//! # The file of a migration
//!
//! SQL that any tool can read, with directives in comments: lines that start with `-- chx:`.
//!
//! ```sql
//! -- chx:migration 1
//! -- chx:id 20261121T201500_create_page_view
//! -- chx:object web: none -> database 1:5d0c...
//! -- chx:object web.page_view: none -> table 1:9f86...
//!
//! -- chx:up
//!
//! -- chx:step web, safe, metadata
//! CREATE DATABASE web;
//!
//! -- chx:step web.page_view, safe, metadata
//! CREATE TABLE web.page_view (`id` UInt64) ENGINE = MergeTree ORDER BY id;
//!
//! -- chx:down
//! -- chx:lost the rows of web.page_view
//!
//! -- chx:step web.page_view, destructive, metadata
//! DROP TABLE web.page_view;
//! ```
//!
//! | directive | stands | says |
//! |---|---|---|
//! | `migration N` | header | the version of this format |
//! | `id ID` | header | the id, which is also the file's name |
//! | `object NAME: BEFORE -> AFTER` | header | an object that the statements up touch; `none`, or its kind and fingerprint |
//! | `expect WHAT` | header | what must hold before the first statement, from format 2 on: [`Expect`] |
//! | `draft` | header | somebody is still writing it: it does not run until `chx-migrate seal` has filled in the objects |
//! | `up`, `down` | once | the sections |
//! | `step NAME, RISK, COST` | before a statement | what the generator knew about it |
//! | `probe SELECT` | before a statement | whether it has happened: the first value is then not 0 |
//! | `effect WHAT` | before a statement | what a statement that chx does not understand does to the schema: `none`, or a CREATE or DROP for each object, from format 2 on |
//! | `lost WHAT` | down | what the way back cannot bring back |
//!
//! Other comments are free. Unknown directives are refused, so that an old chx never half-understands a new file.

mod chain;
mod check;
mod claims;
mod draft;
mod effect;
mod expect;
mod files;
mod folder;
mod id;
mod loss;
mod migration;
mod parse;
mod replay;
mod seal;
#[cfg(test)]
mod tests;
mod understood;
mod unknown;
mod write;

pub use chain::{Chain, Checksum, Link};
pub use check::{Check, read_checks};
pub use effect::{DataEffect, Effect, EffectError, mutated_table};
pub use expect::{Bound, Expect};
pub use files::{FileRole, HistoryFiles, SourceFile};
pub use folder::{Folder, Part, Places, RoleError};
pub use id::{IdError, MigrationId};
pub use loss::{Loss, losses};
pub use migration::{FORMAT_VERSION, Migration, Note, ObjectChange, ObjectState, Seal, SqlStep, StepLabel};
pub use parse::{ParsedMigration, parse_migration};
pub use replay::{Entry, History, Moment, touched_by};
pub use seal::{Sealed, seal};
pub use understood::Understood;
pub use unknown::{Direction, Unknown, first_unknown};
pub use write::effect_lines;
