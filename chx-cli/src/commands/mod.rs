//! The commands, one a file.

pub mod drift;
pub mod engine;
pub mod generate;
pub mod init;
pub mod migrate;
pub mod rename;
pub mod schema;
pub mod seal;
pub mod status;
