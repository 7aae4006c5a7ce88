//! `migrations!("folder")`: the files of a folder as part of the program.
//!
//! Decides which files go in, and refuses a history that is not sound: chain, seals and statements are checked as
//! `chx-migrate` checks them, and each finding is a compile error that names the file and the line. Every file is
//! included by its path, so that the compiler looks again when one of them changes. A new migration changes
//! `chx.sum`, which is one of them.

use std::path::{Path, PathBuf};

use chx_core::diag::Diagnostic;
use chx_core::history::{Chain, FileRole, History, HistoryFiles, SourceFile};
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::parse::{Parse, ParseStream};

use crate::attr::entry;
use crate::attr::keys;
use crate::attr::named;
use crate::attr::slot::Slot;
use crate::diag::Diag;
use crate::expand::Door;

/// `"folder"`, and `crate = path` where the facade has another.
pub(crate) struct Input {
    folder: LitStr,
    rest: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let folder = input.parse().map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected the folder of the migrations in quotes, from where Cargo.toml stands: `migrations!(\"migrations\")`",
            )
        })?;
        if !input.is_empty() {
            input.parse::<syn::Token![,]>()?;
        }
        Ok(Self {
            folder,
            rest: input.parse()?,
        })
    }
}

/// What the macro stands for.
pub(crate) fn expand(diag: &Diag, input: Input) -> TokenStream {
    let mut path = Slot::default();
    for entry in entry::split(diag, input.rest) {
        match entry.key.as_str() {
            "crate" => path.set(diag, &entry, named::path(diag, &entry)),
            _ => entry.report_unknown(diag, &keys::MIGRATIONS),
        }
    }
    embedded(diag, &input.folder, &Door::new(path.get())).unwrap_or_default()
}

/// The folder as an expression, or `None` after its mistakes were reported.
pub(crate) fn embedded(diag: &Diag, literal: &LitStr, door: &Door) -> Option<TokenStream> {
    // Where Cargo is not, paths start from where the compiler runs.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    let name = literal.value();
    match read(&root, &name) {
        Ok(files) => {
            let files = files
                .iter()
                .map(|(name, path)| quote!((#name, ::core::include_str!(#path))));
            Some(quote!(#door::Migrations::embedded(#name, &[#(#files),*])))
        }
        Err(mistakes) => {
            for mistake in mistakes {
                diag.error(literal.span(), mistake);
            }
            None
        }
    }
}

/// The names and paths of the files, sorted; or all that is wrong with them.
fn read(root: &Path, name: &str) -> Result<Vec<(String, String)>, Vec<String>> {
    let folder = root.join(name);
    let one = |mistake: String| vec![mistake];
    let entries = std::fs::read_dir(&folder).map_err(|error| {
        one(match error.kind() {
            std::io::ErrorKind::NotFound => format!(
                "there is no folder `{name}` beside Cargo.toml; `chx-migrate init` makes one, and another is named from there"
            ),
            _ => format!("`{name}` cannot be read: {error}"),
        })
    })?;
    let unreadable = |error: std::io::Error| one(format!("`{name}` cannot be read: {error}"));
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        let file_name = name_of(&path);
        if path.is_dir() && !file_name.starts_with('.') {
            for entry in std::fs::read_dir(&path).map_err(unreadable)? {
                let part = entry.map_err(unreadable)?.path();
                paths.push((format!("{file_name}/{}", name_of(&part)), part));
            }
        } else {
            paths.push((file_name.to_owned(), path));
        }
    }
    let mut found = Vec::new();
    let mut files = HistoryFiles::default();
    for (file_name, path) in paths {
        let shown = format!("{name}/{file_name}");
        let role = FileRole::of(&file_name).map_err(|error| one(format!("{shown}: {error}")))?;
        let Some(role) = role else { continue };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| one(format!("`{shown}` cannot be read: {error}")))?;
        let Some(utf8) = path.to_str() else {
            return Err(one(format!(
                "`{}` is not UTF-8, so it cannot be included",
                path.display()
            )));
        };
        found.push((file_name, utf8.to_owned()));
        files.add(role, SourceFile { path: shown, text });
    }
    if files.sum.is_none() && files.migrations.is_empty() {
        // Without a file to include, the first migration would go unnoticed.
        return Err(one(format!(
            "there is no `{name}/{}`, so the compiler could not see the first migration arrive; `chx-migrate init` makes it",
            Chain::FILE_NAME
        )));
    }
    History::load(&files).map_err(|findings| findings.iter().map(said).collect::<Vec<_>>())?;
    found.sort();
    Ok(found)
}

fn name_of(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn said(finding: &Diagnostic) -> String {
    let place = finding
        .place
        .as_ref()
        .map(|place| format!("{place}: "))
        .unwrap_or_default();
    let help = finding
        .help
        .as_ref()
        .map(|help| format!("\nhelp: {help}"))
        .unwrap_or_default();
    format!(
        "{place}{}: {} [{}]{help}",
        finding.subject, finding.message, finding.code
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const MIGRATION: &str =
        "-- chx:migration 1\n-- chx:id 0001_web\n-- chx:draft\n\n-- chx:up\n\nCREATE DATABASE web;\n";

    /// A folder of one sealed migration.
    fn folder() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("m");
        fs::create_dir(&folder).unwrap();
        let mut files = HistoryFiles::default();
        files.add(
            FileRole::of("0001_web.sql").unwrap().unwrap(),
            SourceFile {
                path: "m/0001_web.sql".into(),
                text: MIGRATION.into(),
            },
        );
        let sealed = chx_core::history::seal(&files).unwrap();
        for (id, text) in &sealed.migrations {
            fs::write(folder.join(id.file_name()), text).unwrap();
        }
        fs::write(folder.join(Chain::FILE_NAME), &sealed.sum).unwrap();
        root
    }

    #[test]
    fn the_files_of_a_history_and_no_others_go_in() {
        let root = folder();
        fs::write(root.path().join("m/.gitattributes"), "x").unwrap();
        let files = read(root.path(), "m").unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["0001_web.sql", "chx.sum"]);
        assert!(files.iter().all(|(_, path)| Path::new(path).is_absolute()));
    }

    #[test]
    fn what_is_not_sound_is_named_with_its_place() {
        let root = folder();
        let mistakes = |name: &str| read(root.path(), name).unwrap_err().join("\n");
        assert!(
            mistakes("n").starts_with("there is no folder `n`"),
            "{}",
            mistakes("n")
        );
        let file = root.path().join("m/0001_web.sql");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(
            &file,
            text.replace("CREATE DATABASE web;", "CREATE DATABASE wob;"),
        )
        .unwrap();
        let said = mistakes("m");
        assert!(
            said.contains("m/0001_web.sql:3: 0001_web: no statement touches `web`"),
            "{said}"
        );
        assert!(
            said.contains("m/0001_web.sql:7: 0001_web: touches `wob`"),
            "{said}"
        );
        fs::remove_file(&file).unwrap();
        assert!(mistakes("m").contains("its file is gone"), "{}", mistakes("m"));
        fs::remove_file(root.path().join("m/chx.sum")).unwrap();
        assert!(
            mistakes("m").starts_with("there is no `m/chx.sum`"),
            "{}",
            mistakes("m")
        );
    }

    #[test]
    fn a_folder_is_included_part_by_part() {
        let root = folder();
        let up = "-- chx:migration 1\n-- chx:id 0002_more\n-- chx:draft\n\n-- chx:up\n";
        let part = root.path().join("m/0002_more");
        fs::create_dir(&part).unwrap();
        fs::write(part.join("up.sql"), up).unwrap();
        fs::write(part.join("post.sql"), "SELECT 1").unwrap();
        fs::write(part.join("notes.md"), "free").unwrap();
        let mistakes = read(root.path(), "m").unwrap_err();
        assert!(mistakes[0].contains("m/0002_more/up.sql:1"), "{mistakes:?}");

        let mut files = HistoryFiles::default();
        for name in ["0001_web.sql", "0002_more/up.sql", "0002_more/post.sql"] {
            let text = fs::read_to_string(root.path().join("m").join(name)).unwrap();
            let path = format!("m/{name}");
            files.add(FileRole::of(name).unwrap().unwrap(), SourceFile { path, text });
        }
        files.sum = None;
        let sealed = chx_core::history::seal(&files).unwrap();
        fs::write(
            part.join("up.sql"),
            &sealed.migrations[&chx_core::history::MigrationId::new("0002_more").unwrap()],
        )
        .unwrap();
        fs::write(root.path().join("m/chx.sum"), &sealed.sum).unwrap();
        let names: Vec<String> = read(root.path(), "m")
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(
            names,
            [
                "0001_web.sql",
                "0002_more/post.sql",
                "0002_more/up.sql",
                "chx.sum"
            ]
        );
    }
}
