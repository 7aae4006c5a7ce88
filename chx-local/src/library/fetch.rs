//! Fetches the library once: with npm where it is there, else from the release with curl. What does not have the
//! pinned sum is thrown away. Two processes that want it at once fetch it once.

use super::cache::{self, Entry};
use super::pins::{Npm, Pin};
use super::{Error, Progress};
use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Where a library comes from and goes to.
#[derive(Debug, Clone)]
pub(super) struct Fetch {
    pub(super) cache: PathBuf,
    pub(super) pin: Pin,
    /// The folder of all releases.
    pub(super) releases: String,
    pub(super) npm: PathBuf,
    pub(super) curl: PathBuf,
}

/// One way to get an archive that did not work, in words.
type Attempt = Result<PathBuf, String>;

impl Fetch {
    pub(super) fn entry(&self) -> Entry {
        Entry::new(&self.cache, self.pin.platform)
    }

    /// The library in the cache folder, fetched if it is not there or damaged.
    pub(super) fn run(&self, progress: &mut dyn FnMut(Progress<'_>)) -> Result<PathBuf, Error> {
        let entry = self.entry();
        if let Some(library) = entry.library() {
            return Ok(library);
        }
        let on_cache = |source| Error::Cache {
            path: self.cache.clone(),
            source,
        };
        fs::create_dir_all(&self.cache).map_err(on_cache)?;
        let lock = File::create(self.cache.join("libchdb.lock")).map_err(on_cache)?;
        if let Err(fs::TryLockError::WouldBlock) = lock.try_lock() {
            progress(Progress::Waiting);
        }
        // The lock goes away with the file, also when the process is killed.
        lock.lock().map_err(on_cache)?;
        if let Some(library) = entry.library() {
            return Ok(library);
        }
        self.remove_leftovers();
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(&self.cache)
            .map_err(on_cache)?;
        let (archive, sha256) = self.archive(staging.path(), progress)?;
        let unpacked = staging.path().join("unpacked");
        unpack(&archive, &unpacked, progress).map_err(|source| Error::Unpack {
            path: archive.clone(),
            sha256: sha256.to_owned(),
            source,
        })?;
        let library = entry.install(staging.path(), &unpacked).map_err(on_cache)?;
        progress(Progress::Installed);
        Ok(library)
    }

    /// Folders of fetches that were killed. The lock is held, so nobody uses them.
    fn remove_leftovers(&self) {
        let Ok(entries) = fs::read_dir(&self.cache) else {
            return;
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(STAGING) {
                // What cannot be removed takes room and does no other harm.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// A verified archive, and its sum.
    fn archive(
        &self,
        staging: &Path,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<(PathBuf, &str), Error> {
        let mut attempts = Vec::new();
        if let Some(npm) = &self.pin.npm {
            match self
                .with_npm(npm, staging, progress)
                .and_then(|path| verified(path, npm.sha256))
            {
                Ok(path) => return Ok((path, npm.sha256)),
                Err(reason) => attempts.push(reason),
            }
        }
        let release = &self.pin.release;
        match self
            .with_curl(staging, progress)
            .and_then(|path| verified(path, release.sha256))
        {
            Ok(path) => Ok((path, release.sha256)),
            Err(reason) => {
                attempts.push(reason);
                Err(Error::Unavailable {
                    platform: self.pin.platform,
                    cache: self.cache.clone(),
                    attempts,
                })
            }
        }
    }

    fn with_npm(&self, npm: &Npm, staging: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> Attempt {
        let folder = staging.join("npm");
        fs::create_dir(&folder).map_err(|error| format!("npm: {error}"))?;
        let what = format!("{} ({} MiB) with npm", npm.package, npm.size >> 20);
        progress(Progress::Fetching {
            what: &what,
            done: None,
            total: None,
        });
        let command = Command::new(&self.npm)
            .args([
                "pack",
                "--silent",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000",
                "--fetch-timeout=1800000",
            ])
            .args(["--fetch-retry-maxtimeout=5000", "--ignore-scripts", npm.package])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output();
        let output = command.map_err(|error| format!("npm: cannot run `{}`: {error}", self.npm.display()))?;
        if !output.status.success() {
            return Err(format!(
                "npm pack {}: {}, {}",
                npm.package,
                output.status,
                last_words(&output.stderr)
            ));
        }
        let files = fs::read_dir(&folder).map_err(|error| format!("npm: {error}"))?;
        let archive = files
            .flatten()
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|e| e == "tgz"));
        archive.ok_or_else(|| format!("npm pack {}: it reports success and left no archive", npm.package))
    }

    fn with_curl(&self, staging: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> Attempt {
        const ATTEMPTS: usize = 3;
        /// curl's code for a server that cannot go on where a download broke.
        const RANGE_ERROR: i32 = 33;
        let url = format!(
            "{}/{}/{}",
            self.releases,
            super::pins::RELEASE,
            self.pin.release.name
        );
        let path = staging.join(self.pin.release.name);
        let mut reason = String::new();
        for _ in 0..ATTEMPTS {
            // A broken download goes on where it broke.
            let child = Command::new(&self.curl)
                .args([
                    "--fail",
                    "--location",
                    "--silent",
                    "--show-error",
                    "--connect-timeout",
                    "20",
                ])
                .args([
                    "--speed-limit",
                    "1024",
                    "--speed-time",
                    "60",
                    "--continue-at",
                    "-",
                    "--output",
                ])
                .arg(&path)
                .arg(&url)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn();
            let child =
                child.map_err(|error| format!("curl: cannot run `{}`: {error}", self.curl.display()))?;
            match watch(child, || {
                let done = fs::metadata(&path).map(|metadata| metadata.len()).ok();
                progress(Progress::Fetching {
                    what: &url,
                    done,
                    total: None,
                });
            }) {
                Ok(()) => return Ok(path),
                Err((code, words)) => {
                    reason = format!("curl {url}: {words}");
                    if code == Some(RANGE_ERROR) {
                        // Nothing to remove if it is not there.
                        let _ = fs::remove_file(&path);
                    }
                }
            }
        }
        Err(reason)
    }
}

const STAGING: &str = ".fetch-";

/// Waits for a command, looking at it now and then.
fn watch(mut child: Child, mut look: impl FnMut()) -> Result<(), (Option<i32>, String)> {
    let status = loop {
        look();
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(error) => return Err((None, error.to_string())),
        }
    };
    if status.success() {
        return Ok(());
    }
    let mut words = Vec::new();
    if let Some(mut stderr) = child.stderr.take() {
        // Without the words the status has to do.
        let _ = stderr.read_to_end(&mut words);
    }
    Err((status.code(), format!("{status}, {}", last_words(&words))))
}

fn last_words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => "without a word".to_owned(),
        lines => lines[lines.len().saturating_sub(3)..].join("; "),
    }
}

fn verified(path: PathBuf, sha256: &str) -> Attempt {
    let found = cache::sha256(&path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    if found == sha256 {
        return Ok(path);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Err(format!(
        "`{name}` has the SHA-256 {found} and must have {sha256}: it is damaged or not what it claims to be"
    ))
}

/// Writes the library of an archive to `to`.
fn unpack(archive: &Path, to: &Path, progress: &mut dyn FnMut(Progress<'_>)) -> io::Result<()> {
    let file = File::open(archive)?;
    let total = file.metadata()?.len();
    let counted = Counted {
        inner: file,
        done: 0,
        total,
        progress,
    };
    let mut archive = tar::Archive::new(GzDecoder::new(counted));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let wanted = path
            .file_name()
            .is_some_and(|name| name == "libchdb.so" || name == "libchdb.dylib");
        if wanted && entry.header().entry_type().is_file() {
            let mut out = File::create_new(to)?;
            io::copy(&mut entry, &mut out)?;
            return out.sync_all();
        }
    }
    Err(io::Error::new(
        io::ErrorKind::NotFound,
        "there is no libchdb.so in the archive",
    ))
}

struct Counted<'p> {
    inner: File,
    done: u64,
    total: u64,
    progress: &'p mut dyn FnMut(Progress<'_>),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.done += count as u64;
        (self.progress)(Progress::Unpacking {
            done: self.done,
            total: self.total,
        });
        Ok(count)
    }
}
