//! The schema, as it was pulled from a live database.

pub mod billing;
pub mod events;
pub mod odd_names;
pub mod reports;
pub mod traces;
