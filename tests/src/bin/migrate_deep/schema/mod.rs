//! The schema, as it was pulled from a live database.

pub mod deep;
