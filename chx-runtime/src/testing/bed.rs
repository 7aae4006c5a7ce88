//! The one engine of a test program, in a folder that goes away with the process.
//!
//! The folder stays when a test failed, and then until that test runs again. What a killed process left behind is
//! removed by the next one. Whether a process still uses a folder is told by a lock on a file in it, never by a time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use chx_local::Local;

use super::{Spec, TestError};
use crate::client::causes;

/// How the folders of test programs begin, in the system's folder for temporary files.
const PREFIX: &str = "chx-test-";
/// Held locked while the process lives.
const LOCK: &str = "lock";
/// The tests that a folder was kept for, one a line.
const KEPT: &str = "kept";

/// The engine and its folder.
pub(super) struct Bed {
    pub(super) local: Local,
    folder: PathBuf,
    /// Folders that were kept by earlier runs, by test.
    earlier: Mutex<BTreeMap<String, PathBuf>>,
    _lock: File,
}

impl Bed {
    /// The engine of this process, opened by the first test that needs it.
    pub(super) fn of_process() -> Result<&'static Self, TestError> {
        static BED: OnceLock<Result<Bed, String>> = OnceLock::new();
        BED.get_or_init(Self::open)
            .as_ref()
            .map_err(|reason| TestError::Engine(reason))
    }

    fn open() -> Result<Self, String> {
        let root = std::env::temp_dir();
        let earlier = sweep(&root);
        let on_folder =
            |error: io::Error| format!("no folder for it can be made in `{}`: {error}", root.display());
        // Not in a `TempDir`: a static is never dropped.
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(&root)
            .map_err(on_folder)?;
        let lock = lock(folder.path()).map_err(on_folder)?;
        let local = Local::open(folder.path().join("db")).map_err(|error| causes(&error))?;
        let folder = folder.keep();
        local.engine().remove_at_exit(Some(folder.clone()));
        Ok(Self {
            local,
            folder,
            earlier: Mutex::new(earlier),
            _lock: lock,
        })
    }

    /// Forgets what was kept of the last run of a test.
    pub(super) fn forget(&self, test: &Spec) {
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = earlier.remove(&line_of(test)) {
            // It may be gone, or another user's.
            let _ = fs::remove_dir_all(folder);
        }
    }

    /// Keeps the folder when the process ends. Gives its data path.
    pub(super) fn keep(&self, test: &Spec) -> &Path {
        self.local.engine().remove_at_exit(None);
        // Without the line the next run takes the folder for one that a killed process left behind.
        let _ = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join(KEPT))
            .and_then(|mut file| writeln!(file, "{}", line_of(test)));
        self.local.engine().path()
    }
}

fn line_of(test: &Spec) -> String {
    format!("{} {}", test.package, test.name)
}

/// Makes the file whose lock says that the process lives. It gets its name when it is locked already.
fn lock(folder: &Path) -> io::Result<File> {
    let unnamed = folder.join("unlocked");
    let file = File::create_new(&unnamed)?;
    file.lock()?;
    fs::rename(&unnamed, folder.join(LOCK))?;
    Ok(file)
}

/// Removes what killed processes left behind, and finds what was kept for a person to look at.
fn sweep(root: &Path) -> BTreeMap<String, PathBuf> {
    let mut kept = BTreeMap::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let is_ours = entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(PREFIX));
        let folder = entry.path();
        // Without the file, the process is just about to make it.
        let Some(lock) = is_ours.then(|| File::open(folder.join(LOCK)).ok()).flatten() else {
            continue;
        };
        if lock.try_lock().is_err() {
            continue;
        }
        match fs::read_to_string(folder.join(KEPT)) {
            Ok(tests) => kept.extend(tests.lines().map(|test| (test.to_owned(), folder.clone()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let _ = fs::remove_dir_all(&folder);
            }
            Err(_) => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_uses_and_nobody_wants_goes() {
        let root = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let path = root.path().join(name);
            fs::create_dir(&path).unwrap();
            path
        };
        let used = folder("chx-test-used");
        let _held = lock(&used).unwrap();
        let left = folder("chx-test-left");
        drop(lock(&left).unwrap());
        let wanted = folder("chx-test-wanted");
        drop(lock(&wanted).unwrap());
        fs::write(wanted.join(KEPT), "/app a::b\n/app a::c\n").unwrap();
        let begun = folder("chx-test-begun");
        let foreign = folder("other");
        drop(lock(&foreign).unwrap());

        let kept = sweep(root.path());
        assert_eq!(
            kept.into_iter().collect::<Vec<_>>(),
            [
                ("/app a::b".to_owned(), wanted.clone()),
                ("/app a::c".to_owned(), wanted.clone())
            ]
        );
        let there = [&used, &left, &wanted, &begun, &foreign].map(|path| path.exists());
        assert_eq!(there, [true, false, true, true, true]);
    }
}
