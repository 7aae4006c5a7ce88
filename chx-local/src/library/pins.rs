//! Which packages hold libchdb, and the sums that they must have. Nothing is run that does not match one.
//!
//! The sum of the npm package was measured on the package itself and agrees with what the registry publishes; the
//! sums of the release archives are those that other projects pin for the same release. The library in the npm
//! package for Linux on x86-64 is byte for byte the one in the release archive. Packages without a sum are not
//! fetched.

/// The release of chdb-core that the archives belong to.
pub(super) const RELEASE: &str = "v26.7.3";
/// Where its archives lie.
pub(super) const RELEASES: &str = "https://github.com/chdb-io/chdb-core/releases/download";

/// What one platform's library is and where it can be had.
#[derive(Debug, Clone)]
pub(super) struct Pin {
    /// The name of the platform in the cache folder and in messages.
    pub(super) platform: &'static str,
    pub(super) npm: Option<Npm>,
    pub(super) release: Archive,
}

/// A package of the npm registry.
#[derive(Debug, Clone)]
pub(super) struct Npm {
    /// Name and version as `npm pack` takes them.
    pub(super) package: &'static str,
    /// SHA-256 of the tarball.
    pub(super) sha256: &'static str,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// An archive of the release.
#[derive(Debug, Clone)]
pub(super) struct Archive {
    pub(super) name: &'static str,
    /// SHA-256 of the archive.
    pub(super) sha256: &'static str,
}

/// The pin of the platform that this was compiled for, if libchdb exists for it.
pub(super) fn current() -> Option<Pin> {
    let (platform, npm, name, sha256) = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") if cfg!(target_env = "gnu") => (
            "linux-x64",
            Some(Npm {
                package: "@chdb/lib-linux-x64-gnu@26.7.3-stable.1",
                sha256: "c0d32b129e988f2b9a9a31c9141aecf5e1e2453f9a079efc4d36ab8e3f92b2ad",
                size: 177_817_999,
            }),
            "linux-x86_64-libchdb.tar.gz",
            "bc33260c32acf78eade2ac41a9115f38e00404651fa42e3bb4c419e4f011c031",
        ),
        ("linux", "aarch64") if cfg!(target_env = "gnu") => (
            "linux-arm64",
            None,
            "linux-aarch64-libchdb.tar.gz",
            "d153adad1ff39b2e3caf0417f09d8bd9edd41939c7c67a3c4978a61e73fb9227",
        ),
        ("macos", "x86_64") => (
            "darwin-x64",
            None,
            "macos-x86_64-libchdb.tar.gz",
            "af5ded3ed3e84c31af1cd198dcf459f11d2b6aad4f6ddeccc04b8a519b0300fc",
        ),
        ("macos", "aarch64") => (
            "darwin-arm64",
            None,
            "macos-arm64-libchdb.tar.gz",
            "5640e50dccf711bf3dd5551333d08e43f433edf7bd94b2289f36c2539e627762",
        ),
        _ => return None,
    };
    Some(Pin {
        platform,
        npm,
        release: Archive { name, sha256 },
    })
}
