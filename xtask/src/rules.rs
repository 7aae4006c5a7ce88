//! `cargo xtask rules`: the pages of `docs/rules`, one for each code, written from the catalogue in `chx-core`.
//!
//! `tidy` refuses pages that are not what the catalogue says, and rules that no test triggers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chx_core::diag::Rule;
use chx_core::version::{Fact, ServerVersion, Status};

/// Where the pages stand, from the root.
const FOLDER: &str = "docs/rules";
/// The page that lists all others.
const INDEX: &str = "README.md";
/// What each hundred is about.
const HUNDREDS: [(u16, &str); 4] = [
    (1, "Schema"),
    (2, "Hazards of a plan"),
    (3, "History"),
    (4, "Drift"),
];

/// Writes the pages; `false` when one cannot be written.
pub(crate) fn run() -> bool {
    let folder = crate::root().join(FOLDER);
    if let Err(error) = write(&folder) {
        println!("{FOLDER}: {error}");
        return false;
    }
    true
}

fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let pages = pages();
    for (name, text) in &pages {
        std::fs::write(folder.join(name), text)?;
    }
    for name in names(folder) {
        if !pages.contains_key(&name) {
            std::fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

/// Adds what is wrong with the pages, and rules that no test triggers.
pub(crate) fn check(root: &Path, broken: &mut Vec<String>) {
    let folder = root.join(FOLDER);
    let pages = pages();
    for (name, text) in &pages {
        if std::fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text) {
            broken.push(format!(
                "{FOLDER}/{name}: is not what the catalogue says: run `cargo xtask rules`"
            ));
        }
    }
    for name in names(&folder) {
        if !pages.contains_key(&name) {
            broken.push(format!(
                "{FOLDER}/{name}: no rule has this code: run `cargo xtask rules`"
            ));
        }
    }
    let mut tests = String::new();
    collect_tests(root, &mut tests);
    for rule in Rule::all() {
        let by_name = format!("code::{}", rule.name);
        if !names_word(&tests, &rule.code.to_string()) && !names_word(&tests, &by_name) {
            broken.push(format!(
                "{FOLDER}/{}.md: no scenario, ui-test or unit test expects this finding",
                rule.code
            ));
        }
    }
}

/// All pages, by file name.
fn pages() -> BTreeMap<String, String> {
    const WRITTEN: &str =
        "<!-- Written by `cargo xtask rules` from chx-core/src/diag/code: change it there. -->\n\n";
    let mut index = format!(
        "{WRITTEN}# Findings\n\n\
         Every finding has a code, and every code a page. `chx-migrate explain CODE` shows the same without a network.\n"
    );
    let mut hundred = 0;
    let mut pages = BTreeMap::new();
    for rule in Rule::all() {
        let (code, title) = (rule.code, rule.title());
        if code.number() / 100 != hundred {
            hundred = code.number() / 100;
            let heading = HUNDREDS.iter().find(|(number, _)| *number == hundred);
            let heading = heading.map_or("Others", |(_, heading)| heading);
            let _ = write!(index, "\n## {heading}\n\n| code | finding |\n|---|---|\n");
        }
        let _ = writeln!(index, "| [{code}]({code}.md) | {title} |");
        let mut page = format!("{WRITTEN}# {code}: {title}\n\n");
        for line in rule.text().lines() {
            let heading = if line.starts_with("# ") { "#" } else { "" };
            let _ = writeln!(page, "{heading}{line}");
        }
        if let Some(fact) = Fact::of(code) {
            versions(fact, &mut page);
        }
        pages.insert(format!("{code}.md"), page);
    }
    pages.insert(INDEX.to_owned(), index);
    pages
}

/// What became of it, release by release.
fn versions(fact: &Fact, page: &mut String) {
    page.push_str("\n## Versions\n\n| ClickHouse | |\n|---|---|\n");
    let is_known_from_the_start = fact
        .statuses
        .first()
        .is_some_and(|(since, _)| *since <= ServerVersion::new(1, 0));
    if !is_known_from_the_start {
        page.push_str("| before | refused |\n");
    }
    for (since, status) in fact.statuses {
        let since = if *since <= ServerVersion::new(1, 0) {
            "before".to_owned()
        } else {
            format!("{since} and newer")
        };
        let _ = match status {
            Status::Works => writeln!(page, "| {since} | works |"),
            Status::Refused => writeln!(page, "| {since} | refused |"),
            Status::Fails(when) => writeln!(page, "| {since} | {when} |"),
            Status::Unknown => writeln!(page, "| {since} | not measured |"),
            Status::Becomes(other) => writeln!(page, "| {since} | stored as {other} |"),
            Status::Needs(setting) => writeln!(page, "| {since} | needs the setting `{setting}` |"),
            Status::NeedsOnTable(setting) => {
                writeln!(page, "| {since} | needs the setting `{setting}` of the table |")
            }
        };
    }
    let _ = writeln!(page, "\nSource: {}.", fact.source);
}

/// The files of the folder.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The text of everything that expects something: scenarios, ui-tests, test programs, test modules.
fn collect_tests(root: &Path, tests: &mut String) {
    let mut waiting: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') && name != "docs" {
                    waiting.push(path);
                }
                continue;
            }
            let Some(kind) = path.extension().and_then(|kind| kind.to_str()) else {
                continue;
            };
            if !matches!(kind, "rs" | "scn" | "stderr") {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let in_tests = path.components().any(|part| part.as_os_str() == "tests");
            let whole = kind != "rs" || in_tests || name == "tests.rs";
            // Of a module, what stands in its tests.
            let part = if whole {
                Some(text.as_str())
            } else {
                text.split_once("#[cfg(test)]").map(|(_, part)| part)
            };
            tests.push_str(part.unwrap_or_default());
            tests.push('\n');
        }
    }
}

/// Does the text hold the word, and not only a longer one that begins with it?
fn names_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let behind = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
        !behind.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}
