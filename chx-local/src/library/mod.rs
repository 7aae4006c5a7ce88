//! Finds libchdb, or fetches it once.

use std::path::PathBuf;

/// Why there is no library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Neither named, nor cached.
    #[error(
        "no libchdb: set CHX_LIBCHDB to a libchdb {} for this platform",
        crate::engine::CHDB_VERSION
    )]
    NotFound,
}

/// The library that is already there.
///
/// # Errors
/// When none is.
pub fn find() -> Result<PathBuf, Error> {
    let named = std::env::var_os("CHX_LIBCHDB")
        .map(PathBuf::from)
        .ok_or(Error::NotFound)?;
    if named.is_dir() {
        Ok(named.join("libchdb.so"))
    } else {
        Ok(named)
    }
}
