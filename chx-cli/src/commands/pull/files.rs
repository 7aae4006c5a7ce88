//! The folder of the Rust schema: what stands there, and what is put beside it. Everything is thought through before the
//! first file is written, and each file is written whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chx_core::diag::{Diagnostic, Place, Severity, code};

use crate::failure::Failure;
use crate::pull::{Edit, Written, edit};
use crate::whole_file;

/// The files of the schema.
pub(super) struct Files {
    folder: PathBuf,
    /// As messages name it.
    shown: PathBuf,
    is_plan: bool,
    /// Files with their new text, by path.
    new: BTreeMap<PathBuf, String>,
}

impl Files {
    pub(super) fn open(folder: PathBuf, shown: &Path, is_plan: bool) -> Result<Self, Failure> {
        if folder.with_extension("rs").is_file() {
            let name = shown.with_extension("rs");
            let message = format!(
                "`{}` is there, and so `{}` cannot be a module",
                name.display(),
                shown.display()
            );
            return Err(Failure::usage(message).help(format!(
                "move what stands in it, or write somewhere else: `--out {}`",
                shown.with_file_name("pulled").display()
            )));
        }
        if folder.exists() && !folder.is_dir() {
            return Err(Failure::usage(format!("`{}` is no folder", shown.display())));
        }
        Ok(Self {
            folder,
            shown: shown.to_owned(),
            is_plan,
            new: BTreeMap::new(),
        })
    }

    /// All new text, one file after the other.
    pub(super) fn new_text(&self) -> String {
        self.new.values().map(String::as_str).collect()
    }

    fn read(&self, path: &Path) -> Result<Option<String>, Failure> {
        if let Some(text) = self.new.get(path) {
            return Ok(Some(text.clone()));
        }
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::failed(format!(
                "`{}` cannot be read: {error}",
                path.display()
            ))),
        }
    }

    /// Adds objects that no code knows. Modules are declared where they are not yet.
    pub(super) fn add(&mut self, written: &Written) -> Result<(), Failure> {
        if written.objects == 0 {
            return Ok(());
        }
        for (name, text) in &written.files {
            let path = self.folder.join(name);
            let merged = match self.read(&path)? {
                None => text.clone(),
                Some(there) if there == *text => continue,
                Some(there) if name.ends_with("mod.rs") => with_modules(&there, text),
                Some(there) => self.with_items(&path, &there, text)?,
            };
            self.new.insert(path, merged);
        }
        Ok(())
    }

    /// The items of new text behind those that are there. A name that is taken is an error: nobody can say which is meant.
    fn with_items(&self, path: &Path, there: &str, new: &str) -> Result<String, Failure> {
        let shown = self.shown_path(path);
        let old = syn::parse_file(there)
            .map_err(|error| Failure::failed(format!("`{shown}` cannot be read as Rust: {error}")))?;
        let added = syn::parse_file(new).map_err(|error| {
            Failure::failed(format!("what was written for `{shown}` is no Rust: {error}"))
        })?;
        let taken: BTreeSet<String> = old.items.iter().filter_map(name_of).collect();
        let clash = added
            .items
            .iter()
            .filter_map(name_of)
            .find(|name| taken.contains(name));
        if let Some(name) = clash {
            let message = format!(
                "`{shown}` has a `{name}` already, and this program does not know it as a table or view"
            );
            return Err(Failure::failed(message).help(
                "run the program that this code is linked into (`cargo run --bin chx-migrate -- pull`), after it was \
                 built with the code as it is; or write somewhere else with `--out`",
            ));
        }
        let mut text = there.trim_end().to_owned();
        let from = new
            .find("use chx::prelude::*;\n")
            .map_or(0, |at| at + "use chx::prelude::*;\n".len());
        let body = new
            .get(from..)
            .unwrap_or_default()
            .replace("HashMap<", "std::collections::HashMap<");
        text.push('\n');
        text.push_str(&body);
        if !there.contains("chx::prelude::*") {
            let message = format!("`{shown}` does not `use chx::prelude::*`, which new code in it needs");
            return Err(Failure::failed(message).help("add the line, or write somewhere else with `--out`"));
        }
        Ok(text)
    }

    /// Changes structs of one file.
    pub(super) fn edit(
        &mut self,
        directory: &Path,
        file: &str,
        mut edits: Vec<Edit>,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut findings = Vec::new();
        let finding = |edit: &Edit, message: String| {
            let place = Place {
                file: file.to_owned(),
                line: edit.line,
            };
            Diagnostic::new(code::CODE_BY_HAND, Severity::Warning, edit.live.id(), message).at(Some(place))
        };
        // The compiler names a file from where it ran: the root of the package or of its workspace.
        let found = directory
            .ancestors()
            .map(|folder| folder.join(file))
            .find(|path| path.is_file());
        let Some(path) = found else {
            let message =
                "is not what the database has, and the file with its struct is not here; change it by hand";
            return Ok(edits
                .iter()
                .map(|edit| finding(edit, message.to_owned()))
                .collect());
        };
        let Some(mut text) = self.read(&path)? else {
            return Ok(findings);
        };
        // From the last to the first, so that lines stay where they are.
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.line));
        for change in &edits {
            match edit(&text, change) {
                Ok((new, by_hand)) => {
                    text = new;
                    findings.extend(
                        by_hand
                            .into_iter()
                            .map(|what| finding(change, format!("has to be finished by hand: {what}"))),
                    );
                }
                Err(reason) => {
                    let message =
                        format!("is not what the database has, and has to be changed by hand: {reason}");
                    findings.push(finding(change, message));
                }
            }
        }
        self.new.insert(path, text);
        Ok(findings)
    }

    fn shown_path(&self, path: &Path) -> String {
        match path.strip_prefix(&self.folder) {
            Ok(rest) => self.shown.join(rest).display().to_string(),
            Err(_) => path.display().to_string(),
        }
    }

    /// Writes what is new or changed, and gives the paths of both.
    pub(super) fn finish(&mut self) -> Result<(Vec<String>, Vec<String>), Failure> {
        let (mut created, mut changed) = (Vec::new(), Vec::new());
        for (path, text) in &self.new {
            let before = std::fs::read_to_string(path).ok();
            if before.as_deref() == Some(text) {
                continue;
            }
            if !self.is_plan {
                let folder = path.parent().unwrap_or(Path::new("."));
                let written = std::fs::create_dir_all(folder).and_then(|()| whole_file::write(path, text));
                written.map_err(|error| {
                    Failure::failed(format!("`{}` cannot be written: {error}", path.display()))
                })?;
            }
            let list = if before.is_some() {
                &mut changed
            } else {
                &mut created
            };
            list.push(self.shown_path(path));
        }
        Ok((created, changed))
    }
}

/// A list of modules with those of another one that it lacks.
fn with_modules(there: &str, new: &str) -> String {
    let mut text = there.to_owned();
    for line in new.lines().filter(|line| line.starts_with("pub mod ")) {
        let declares = |old: &str| old.trim() == line || old.trim() == line.trim_start_matches("pub ");
        if !there.lines().any(declares) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn name_of(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        syn::Item::Union(item) => Some(item.ident.to_string()),
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        _ => None,
    }
}
