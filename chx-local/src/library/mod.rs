//! Finds libchdb, or fetches it once.
//!
//! Looked for in this order: `CHX_LIBCHDB` (the file, or the folder that holds it), then the cache folder
//! (`CHX_CACHE_DIR`, else `XDG_CACHE_HOME/chx`, else `~/.cache/chx`; on macOS `~/Library/Caches/chx`). If it is in
//! neither, it is fetched with npm or curl, about 170 MB, checked against its pinned sum, and kept in the cache
//! folder. A library that `CHX_LIBCHDB` names is taken as it is: whoever sets it has chosen it.

mod cache;
mod fetch;
mod pins;
mod progress;
#[cfg(test)]
mod tests;

use fetch::Fetch;
use std::io;
use std::path::PathBuf;

pub use progress::{Printer, Progress};

/// Why there is no library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `CHX_LIBCHDB` names nothing.
    #[error("CHX_LIBCHDB is `{}`, and there is no libchdb.so; correct it, or unset it to have the library fetched", path.display())]
    Named {
        /// Its value.
        path: PathBuf,
    },
    /// libchdb does not exist for this platform.
    #[error(
        "chDB publishes no library for {} on {}; set CHX_LIBCHDB to a libchdb {} of your own",
        std::env::consts::OS,
        std::env::consts::ARCH,
        crate::engine::CHDB_VERSION
    )]
    Platform,
    /// No variable tells where the cache folder could be.
    #[error("there is no folder to keep libchdb in: set CHX_CACHE_DIR to one, or CHX_LIBCHDB to the library")]
    NoCacheFolder,
    /// The cache folder cannot be used.
    #[error("cannot use the cache folder `{}`; make it writable, set CHX_CACHE_DIR to another, or CHX_LIBCHDB to the library", path.display())]
    Cache {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// It is not there yet, and nothing was to be fetched.
    #[error("libchdb is not installed; `engine install` fetches it, or set CHX_LIBCHDB to it")]
    NotInstalled,
    /// No way of fetching worked.
    #[error(
        "libchdb is not on this machine and could not be fetched ({}); connect to the internet once, or get libchdb {} \
         for {platform} elsewhere and set CHX_LIBCHDB to the file. The cache folder is `{}`",
        attempts.join("; "), crate::engine::CHDB_VERSION, cache.display()
    )]
    Unavailable {
        /// The platform.
        platform: &'static str,
        /// The cache folder, unchanged.
        cache: PathBuf,
        /// What was tried and how it ended.
        attempts: Vec<String>,
    },
    /// A verified archive does not contain what it should.
    #[error("cannot unpack `{}` with the SHA-256 {sha256}", path.display())]
    Unpack {
        /// The archive.
        path: PathBuf,
        /// Its sum.
        sha256: String,
        /// What went wrong.
        #[source]
        source: io::Error,
    },
}

/// The library that is already here.
///
/// # Errors
/// [`Error::NotInstalled`] when it must be fetched first; [`Error::Named`] when `CHX_LIBCHDB` is wrong.
pub fn find() -> Result<PathBuf, Error> {
    match named()? {
        Some(path) => Ok(path),
        None => fetcher()?.entry().library().ok_or(Error::NotInstalled),
    }
}

/// The library that is here, or else the one that is now fetched.
///
/// # Errors
/// See [`Error`]. Nothing is left behind by a fetch that fails.
pub fn find_or_fetch(progress: &mut dyn FnMut(Progress<'_>)) -> Result<PathBuf, Error> {
    match named()? {
        Some(path) => Ok(path),
        None => fetcher()?.run(progress),
    }
}

/// The cache folder that is in force.
///
/// # Errors
/// [`Error::NoCacheFolder`].
pub fn cache_folder() -> Result<PathBuf, Error> {
    cache::folder(|name| std::env::var_os(name)).ok_or(Error::NoCacheFolder)
}

fn named() -> Result<Option<PathBuf>, Error> {
    let Some(path) = std::env::var_os("CHX_LIBCHDB")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
    else {
        return Ok(None);
    };
    let candidates = [path.clone(), path.join("libchdb.so"), path.join("libchdb.dylib")];
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .map(Some)
        .ok_or(Error::Named { path })
}

fn fetcher() -> Result<Fetch, Error> {
    Ok(Fetch {
        cache: cache_folder()?,
        pin: pins::current().ok_or(Error::Platform)?,
        releases: pins::RELEASES.to_owned(),
        npm: "npm".into(),
        curl: "curl".into(),
    })
}
