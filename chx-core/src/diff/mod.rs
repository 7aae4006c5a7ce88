//! What is different between two states of one object, as ALTER commands.
//!
//! Decides for a table which differences an ALTER can make and in which kinds of statements they go. It refuses to
//! paper over what no ALTER can do: such a difference becomes a [`RebuildReason`]. Both sides are in canonical
//! form, so every difference found here is one of meaning.

mod clauses;
mod columns;
mod keys;
mod members;
mod rebuild;
mod rename;
mod table;

pub use rebuild::RebuildReason;
pub(crate) use rename::{effective, in_order};
pub use table::{ColumnRenames, TableChanges};
