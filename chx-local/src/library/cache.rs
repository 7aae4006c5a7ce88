//! The cache folder: where it is, whether the library in it is whole, and how a new one gets in.
//!
//! A library is put there in one rename, so it is there or not. Beside it stands what it measured then; a library
//! that has another size or time is measured again, and one that does not match is not used.

use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

const LIBRARY: &str = "libchdb.so";
const MARKER: &str = "verified";

/// The cache folder that the environment names, or the one that the system has for it.
pub(super) fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    path("CHX_CACHE_DIR").or_else(|| {
        if cfg!(target_os = "macos") {
            return Some(path("HOME")?.join("Library/Caches/chx"));
        }
        // Paths of the XDG variables that are not absolute are to be ignored.
        let xdg = path("XDG_CACHE_HOME").filter(|path| path.is_absolute());
        Some(xdg.or_else(|| Some(path("HOME")?.join(".cache")))?.join("chx"))
    })
}

/// The place of one platform's library in the cache folder.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    folder: PathBuf,
}

/// What was measured when the library was put in place.
#[derive(Debug, PartialEq, Eq)]
struct Measure {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    sha256: String,
}

impl Entry {
    pub(super) fn new(cache: &Path, platform: &str) -> Self {
        Self {
            folder: cache.join(format!("libchdb-{}-{platform}", crate::engine::CHDB_VERSION)),
        }
    }

    /// The library, if it is there and whole.
    pub(super) fn library(&self) -> Option<PathBuf> {
        let path = self.folder.join(LIBRARY);
        let metadata = fs::metadata(&path).ok()?;
        let known = Measure::read(&fs::read_to_string(self.folder.join(MARKER)).ok()?)?;
        if metadata.len() != known.size {
            return None;
        }
        if modified(&metadata) == Some(known.modified) || sha256(&path).ok()? == known.sha256 {
            return Some(path);
        }
        None
    }

    /// Puts a verified library in place of whatever is there. `staging` is a folder on the same file system.
    pub(super) fn install(&self, staging: &Path, library: &Path) -> io::Result<PathBuf> {
        let ready = staging.join("ready");
        fs::create_dir(&ready)?;
        let inside = ready.join(LIBRARY);
        fs::rename(library, &inside)?;
        let metadata = fs::metadata(&inside)?;
        let measure = Measure {
            size: metadata.len(),
            modified: modified(&metadata).unwrap_or_default(),
            sha256: sha256(&inside)?,
        };
        fs::write(ready.join(MARKER), measure.write())?;
        File::open(&inside)?.sync_all()?;
        if self.folder.exists() {
            fs::rename(&self.folder, staging.join("damaged"))?;
        }
        fs::rename(&ready, &self.folder)?;
        Ok(self.folder.join(LIBRARY))
    }
}

impl Measure {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        Some(Self {
            size: words.next()?.parse().ok()?,
            modified: words.next()?.parse().ok()?,
            sha256: words.next()?.to_owned(),
        })
    }

    fn write(&self) -> String {
        format!("{} {} {}\n", self.size, self.modified, self.sha256)
    }
}

fn modified(metadata: &fs::Metadata) -> Option<u128> {
    Some(
        metadata
            .modified()
            .ok()?
            .duration_since(UNIX_EPOCH)
            .ok()?
            .as_nanos(),
    )
}

/// The SHA-256 of a file in hexadecimal digits.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            count => hasher.update(&piece[..count]),
        }
    }
    Ok(crate::secret::hex(&hasher.finalize()))
}
