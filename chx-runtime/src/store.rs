//! The folder of the migrations: reading it, and writing it whole or not at all.
//!
//! Decides which files are migrations (`*.sql` whose stem is an id, and folders whose name is one). It never overwrites a migration, never leaves half
//! a file behind, and refuses to write what it could not read. Writers take turns: whoever wants to add a migration
//! locks the folder, sweeps away what a killed writer left, then reads it, then writes.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chx_core::history::{
    Chain, FileRole, HistoryFiles, Migration, MigrationId, Part, Seal, Sealed, SourceFile, Unknown,
};

use crate::config::shown;

/// A folder of migrations.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    /// Where messages start their paths from.
    base: PathBuf,
}

/// Why the folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder does not exist.
    #[error("there is no folder `{}`: run `chx-migrate init`, or name the folder with `migrations` in `chx.toml`", .0.display())]
    NoFolder(PathBuf),
    /// A file or the folder cannot be read.
    #[error("`{}` cannot be read: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A migration is not UTF-8.
    #[error("`{}` is not UTF-8 text (first wrong byte: {at})", .path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The offset of the first byte that is wrong.
        at: usize,
    },
    /// The name of a `.sql` file cannot be an id.
    #[error("`{}` cannot be a migration: {reason}", .path.display())]
    Name {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file cannot be written. Nothing was changed.
    #[error("`{}` cannot be written, so nothing was changed: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A statement begins behind another one on its line, so that nothing can be written above it.
    #[error("`{}:{line}`: put the statement on a line of its own, so that what it does can be written above it", .path.display())]
    Crowded {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u32,
    },
    /// A file of that name is there already.
    #[error("`{}` is there already; chx never overwrites a migration", .0.display())]
    Exists(PathBuf),
    /// The migration is written, but `chx.sum` is not.
    #[error("`{}` is written, but `{}` is not: run `chx-migrate seal`, or remove the file ({source})", .written.display(), .path.display())]
    Half {
        /// The migration.
        written: PathBuf,
        /// `chx.sum`.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Store {
    /// The folder at this path; messages name its files from `base`.
    pub fn new(folder: impl Into<PathBuf>, base: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            base: base.into(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads all migrations and `chx.sum`.
    pub fn read(&self) -> Result<HistoryFiles, StoreError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => StoreError::NoFolder(self.folder.clone()),
            _ => StoreError::Read {
                path: self.folder.clone(),
                source,
            },
        };
        let mut files = HistoryFiles::default();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = name_of(&path);
            // A hidden folder is other programs' business, or one of ours in the making.
            if path.is_dir() && !name.starts_with('.') {
                for entry in fs::read_dir(&path).map_err(failed)? {
                    let part = entry.map_err(failed)?.path();
                    self.read_into(&mut files, &format!("{name}/{}", name_of(&part)), &part)?;
                }
            } else {
                self.read_into(&mut files, name, &path)?;
            }
        }
        Ok(files)
    }

    fn read_into(&self, files: &mut HistoryFiles, name: &str, path: &Path) -> Result<(), StoreError> {
        let role = FileRole::of(name).map_err(|error| StoreError::Name {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let Some(role) = role else { return Ok(()) };
        let twice = match &role {
            FileRole::Migration(id) => files.folders.contains_key(id),
            FileRole::Part(id, _) => files.migrations.contains_key(id) && !files.folders.contains_key(id),
            FileRole::Sum => false,
        };
        if twice {
            return Err(StoreError::Name {
                path: path.to_owned(),
                reason: "the migration is there twice, as a file and as a folder".to_owned(),
            });
        }
        files.add(role, self.read_file(path)?);
        Ok(())
    }

    fn read_file(&self, path: &Path) -> Result<SourceFile, StoreError> {
        let bytes = fs::read(path).map_err(|source| StoreError::Read {
            path: path.to_owned(),
            source,
        })?;
        let text = String::from_utf8(bytes).map_err(|error| StoreError::NotText {
            path: path.to_owned(),
            at: error.utf8_error().valid_up_to(),
        })?;
        Ok(SourceFile {
            path: shown(&self.base, path),
            text,
        })
    }

    /// Waits until no other process writes here, and keeps others out until the guard goes.
    pub fn lock(&self) -> Result<StoreLock, StoreError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => StoreError::NoFolder(self.folder.clone()),
            _ => StoreError::Read {
                path: self.folder.clone(),
                source,
            },
        };
        // The folder itself is locked: no file has to be made, and nothing stays behind.
        let folder = File::open(&self.folder).map_err(failed)?;
        folder.lock().map_err(failed)?;
        self.sweep();
        Ok(StoreLock {
            store: self.clone(),
            _folder: folder,
        })
    }

    /// Takes away what a writer that was killed left behind. Files in the making are only written under the lock, so
    /// that whoever holds it knows that nobody is writing them. What cannot be taken away waits for the next writer.
    fn sweep(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_unfinished = name
                .to_str()
                .is_some_and(|name| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1));
            if is_unfinished && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
            let is_folder = name
                .to_str()
                .is_some_and(|name| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED_FOLDER));
            if is_folder {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// How the names of files in the making begin and end.
const UNFINISHED: (&str, &str) = (".chx-", ".tmp");

/// How the names of folders in the making end.
const UNFINISHED_FOLDER: &str = ".tmp-migration";

fn name_of(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// The right to write into the folder, until it is dropped.
#[derive(Debug)]
pub struct StoreLock {
    store: Store,
    _folder: File,
}

impl StoreLock {
    /// Adds a migration behind all others. Gives its path as messages name it.
    pub fn add(&self, files: &HistoryFiles, id: &MigrationId, text: &str) -> Result<String, StoreError> {
        let mut chain = match &files.sum {
            Some(sum) => Chain::parse(&sum.path, &sum.text).0,
            None => Chain::default(),
        };
        chain.push(id.clone(), text.as_bytes());
        let path = self.path(&id.file_name());
        // Both files lie ready on the disk before either gets its name.
        let migration = self.prepare(&path, text)?;
        let sum_path = self.path(Chain::FILE_NAME);
        let sum = self.prepare(&sum_path, &chain.to_string())?;
        migration
            .persist_noclobber(&path)
            .map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => StoreError::Exists(path.clone()),
                _ => StoreError::Write {
                    path: path.clone(),
                    source: error.error,
                },
            })?;
        sum.persist(&sum_path).map_err(|error| StoreError::Half {
            written: path.clone(),
            path: sum_path.clone(),
            source: error.error,
        })?;
        self.sync();
        Ok(shown(&self.store.base, &path))
    }

    /// Adds a draft, which gets its line in `chx.sum` when it is sealed.
    pub fn add_draft(&self, id: &MigrationId, text: &str) -> Result<String, StoreError> {
        let path = self.path(&id.file_name());
        self.prepare(&path, text)?
            .persist_noclobber(&path)
            .map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => StoreError::Exists(path.clone()),
                _ => StoreError::Write {
                    path: path.clone(),
                    source: error.error,
                },
            })?;
        self.sync();
        Ok(shown(&self.store.base, &path))
    }

    /// Adds a migration as a folder, behind all others; a draft gets its line in `chx.sum` when it is sealed. The folder
    /// gets its name when all of it is on the disk. Gives its path as messages name it.
    pub fn add_folder(
        &self,
        files: &HistoryFiles,
        id: &MigrationId,
        migration: &Migration,
    ) -> Result<String, StoreError> {
        let path = self.path(id.as_str());
        let failed = |source: io::Error| StoreError::Write {
            path: path.clone(),
            source,
        };
        if path.exists() || self.path(&id.file_name()).exists() {
            return Err(StoreError::Exists(path));
        }
        let making = tempfile::Builder::new()
            .prefix(UNFINISHED.0)
            .suffix(UNFINISHED_FOLDER)
            .tempdir_in(&self.store.folder)
            .map_err(failed)?;
        readable_folder(making.path()).map_err(failed)?;
        let mut history = HistoryFiles::default();
        for (part, text) in migration.to_folder() {
            let file = self.prepare(&path.join(part.file_name()), &text)?;
            file.persist_noclobber(making.path().join(part.file_name()))
                .map_err(|error| failed(error.error))?;
            let role = FileRole::Part(id.clone(), part);
            let path = format!("{id}/{}", part.file_name());
            history.add(role, SourceFile { path, text });
        }
        let mut sum = None;
        if migration.seal != Seal::Draft {
            let mut chain = match &files.sum {
                Some(sum) => Chain::parse(&sum.path, &sum.text).0,
                None => Chain::default(),
            };
            let contents = history.contents();
            chain.push(id.clone(), contents.get(id).map_or(&[][..], |content| content));
            let sum_path = self.path(Chain::FILE_NAME);
            sum = Some((self.prepare(&sum_path, &chain.to_string())?, sum_path));
        }
        let _ = File::open(making.path()).and_then(|folder| folder.sync_all());
        fs::rename(making.path(), &path).map_err(failed)?;
        if let Some((sum, sum_path)) = sum {
            sum.persist(&sum_path).map_err(|error| StoreError::Half {
                written: path.clone(),
                path: sum_path.clone(),
                source: error.error,
            })?;
        }
        self.sync();
        Ok(shown(&self.store.base, &path))
    }

    /// Writes lines above a statement of a draft: what it does to the schema. The file then says that it is of a format that
    /// has such lines.
    pub fn record(
        &self,
        files: &HistoryFiles,
        unknown: &Unknown,
        lines: &[String],
    ) -> Result<(), StoreError> {
        let folder = files.folders.get(&unknown.id);
        let names = match folder {
            Some(_) => [Part::Up, Part::Pre, Part::Post, Part::Down]
                .map(|part| format!("{}/{}", unknown.id, part.file_name()))
                .to_vec(),
            None => vec![unknown.id.file_name()],
        };
        for (at, name) in names.iter().enumerate() {
            let path = self.path(name);
            let is_place = shown(&self.store.base, &path) == unknown.place.file;
            // The header stands in the first of them.
            if !is_place && at > 0 {
                continue;
            }
            let text = self.store.read_file(&path)?.text;
            let mut out = String::new();
            for (line, content) in (1_u32..).zip(text.split_inclusive('\n')) {
                if is_place && line == unknown.place.line {
                    let begins = unknown.sql.lines().next().unwrap_or_default();
                    if !content.trim_start().starts_with(begins.trim_end()) {
                        return Err(StoreError::Crowded { path, line });
                    }
                    for recorded in lines {
                        out.push_str(recorded);
                        out.push('\n');
                    }
                }
                if at == 0 && content.trim() == "-- chx:migration 1" {
                    out.push_str("-- chx:migration 2\n");
                } else {
                    out.push_str(content);
                }
            }
            self.prepare(&path, &out)?
                .persist(&path)
                .map_err(|error| StoreError::Write {
                    path: path.clone(),
                    source: error.error,
                })?;
        }
        self.sync();
        Ok(())
    }

    /// Writes what sealing gave: drafts get their headers, then `chx.sum` its lines.
    pub fn seal(&self, sealed: &Sealed) -> Result<(), StoreError> {
        let mut ready = Vec::new();
        for (id, text) in &sealed.migrations {
            let folder = self.path(id.as_str());
            let path = if folder.is_dir() {
                folder.join(Part::Up.file_name())
            } else {
                self.path(&id.file_name())
            };
            ready.push((self.prepare(&path, text)?, path));
        }
        let sum_path = self.path(Chain::FILE_NAME);
        ready.push((self.prepare(&sum_path, &sealed.sum)?, sum_path));
        for (file, path) in ready {
            file.persist(&path).map_err(|error| StoreError::Write {
                path,
                source: error.error,
            })?;
        }
        self.sync();
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.store.folder.join(name)
    }

    /// A file without its name: written, and on the disk.
    fn prepare(&self, path: &Path, text: &str) -> Result<tempfile::NamedTempFile, StoreError> {
        let failed = |source: io::Error| StoreError::Write {
            path: path.to_owned(),
            source,
        };
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED.0)
            .suffix(UNFINISHED.1)
            .tempfile_in(&self.store.folder)
            .map_err(failed)?;
        // Written past the wrapper, whose errors name the file that nobody knows.
        file.as_file_mut().write_all(text.as_bytes()).map_err(failed)?;
        readable_by_all(file.as_file()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        Ok(file)
    }

    /// Puts the new names on the disk. Where the system cannot do that, they get there later.
    fn sync(&self) {
        let _ = File::open(&self.store.folder).and_then(|folder| folder.sync_all());
    }
}

/// Temporary files are private; a migration is a source file like any other.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(unix)]
fn readable_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> MigrationId {
        MigrationId::new(name).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_migration_is_added_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path(), folder.path());
        let lock = store.lock().unwrap();
        let files = store.read().unwrap();
        assert_eq!(lock.add(&files, &id("a"), "SELECT 1;").unwrap(), "a.sql");
        let files = store.read().unwrap();
        assert_eq!(files.migrations[&id("a")].text, "SELECT 1;");
        let error = lock.add(&files, &id("a"), "SELECT 2;").unwrap_err();
        assert!(matches!(error, StoreError::Exists(_)), "{error}");
        assert_eq!(store.read().unwrap(), files);
        assert_eq!(
            names(folder.path()),
            ["a.sql", "chx.sum"],
            "nothing else stays behind"
        );
    }

    #[test]
    fn what_a_killed_writer_left_is_swept_away_under_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path(), folder.path());
        for name in [".chx-Abc123.tmp", ".chx-notes.md", "x.tmp"] {
            fs::write(folder.path().join(name), "half").unwrap();
        }
        fs::create_dir(folder.path().join(".chx-folder.tmp")).unwrap();
        store.read().unwrap();
        assert_eq!(names(folder.path()).len(), 4, "readers leave everything alone");
        let lock = store.lock().unwrap();
        let others = [".chx-folder.tmp", ".chx-notes.md", "x.tmp"];
        assert_eq!(names(folder.path()), others);
        // What the holder writes itself is its own to take away.
        let unfinished = lock.prepare(&folder.path().join("a.sql"), "SELECT 1;").unwrap();
        assert_eq!(names(folder.path()).len(), 4);
        drop(unfinished);
        assert_eq!(names(folder.path()), others);
    }

    #[test]
    fn writers_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path(), folder.path());
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let store = store.clone();
                std::thread::spawn(move || {
                    let lock = store.lock().unwrap();
                    let files = store.read().unwrap();
                    lock.add(&files, &id(&format!("m{n}")), "SELECT 1;").unwrap();
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let files = store.read().unwrap();
        let (chain, findings) = Chain::parse("chx.sum", &files.sum.unwrap().text);
        assert_eq!((chain.links().len(), findings), (8, vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path(), folder.path());
        fs::write(folder.path().join("notes.txt"), "free").unwrap();
        fs::write(folder.path().join(".a.sql.swp"), "free").unwrap();
        assert_eq!(store.read().unwrap(), HistoryFiles::default());
        fs::write(folder.path().join("a b.sql"), "").unwrap();
        assert!(matches!(store.read(), Err(StoreError::Name { .. })));
        fs::remove_file(folder.path().join("a b.sql")).unwrap();
        fs::write(folder.path().join("b.sql"), b"SELECT \xff").unwrap();
        assert!(matches!(store.read(), Err(StoreError::NotText { at: 7, .. })));
        assert!(matches!(
            Store::new("/no/such/folder", "/").read(),
            Err(StoreError::NoFolder(_))
        ));
    }
}
