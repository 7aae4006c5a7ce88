//! The commands, one a file.

pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod drift;
pub(crate) mod engine;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod migrate;
pub(crate) mod pull;
pub(crate) mod rename;
pub(crate) mod repair;
pub(crate) mod rollback;
mod running;
pub(crate) mod schema;
pub(crate) mod seal;
pub(crate) mod status;
pub(crate) mod unlock;
pub(crate) mod validate;
pub(crate) mod verify;
