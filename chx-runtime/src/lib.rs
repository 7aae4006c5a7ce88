//! The runtime of chx: what talks to the outside.

pub mod registry;
