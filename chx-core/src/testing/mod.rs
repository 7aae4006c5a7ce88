//! Generated names, expressions, objects, schemas and statements, for tests of laws that hold for all of them.
//!
//! Everything here is valid: what is generated can be written, read and planned with. Names and words are drawn
//! from small pools, so that two draws have much in common, as two states of one schema do; among them are names
//! that look like keywords, need quotes or hold quotes. Use the strategies with `proptest`, behind the feature
//! `testing`.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "the pieces are written here, and a wrong one must stop the test"
)]

mod access;
mod column;
mod dictionary;
mod expression;
mod function;
mod name;
mod named_collection;
mod schema;
mod statement;
mod storage;
mod table;
mod view;
mod workload;

pub use access::access_entity;
pub use column::{codec, column, data_type};
pub use dictionary::dictionary;
pub use expression::{expr, sql};
pub use name::{column_names, database_name, ident, relation_name, text};
pub use schema::{object, schema};
pub use statement::{alter_command, statement};
pub use storage::{key, settings, storage, ttl_rules};
pub use table::{constraint, index, projection, table};
pub use view::{materialized_view, view};
