//! A real ClickHouse without a server: libchdb in this process, served on loopback.
//!
//! [`Local`] is all that most programs need:
//!
//! ```no_run
//! let local = chx_local::Local::open(".chx/db")?;
//! let client = clickhouse::Client::default()
//!     .with_url(local.url())
//!     .with_user(local.user())
//!     .with_password(local.password());
//! # Ok::<(), chx_local::Error>(())
//! ```
//!
//! Its parts stand on their own: [`library`] finds or fetches libchdb, [`engine`] opens it, [`server`] speaks
//! ClickHouse's HTTP interface, [`child`] runs a second engine in a child process.

#[cfg(not(unix))]
compile_error!("chx-local needs Linux or macOS: chDB publishes no library for other systems");

pub mod child;
pub mod engine;
mod error;
pub mod library;
mod local;
mod secret;
pub mod server;

pub use error::Error;
pub use local::Local;
