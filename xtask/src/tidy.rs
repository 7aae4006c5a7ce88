//! Rules that no compiler checks: every module says what it decides, files can be read in one sitting, every dependency
//! has a reason, nothing is left undone.

use std::path::{Path, PathBuf};

/// A file longer than this is no longer read in one sitting.
const MOST_LINES: usize = 700;

/// Checks all rules and prints what breaks them; `false` when something does.
pub(crate) fn run() -> bool {
    let root = crate::root();
    let mut broken = Vec::new();
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else {
            continue;
        };
        let name = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        check_rust(&name, &text, &mut broken);
    }
    check_reasons(&root, &mut broken);
    crate::rules::check(&root, &mut broken);
    for line in &broken {
        println!("{line}");
    }
    broken.is_empty()
}

fn check_rust(name: &str, text: &str, broken: &mut Vec<String>) {
    let is_ui_case = name.starts_with("ui-tests/fail") || name.starts_with("ui-tests/pass");
    if !is_ui_case && !text.trim_start().starts_with("//!") {
        broken.push(format!(
            "{name}:1: the module does not open with `//!` and what it decides"
        ));
    }
    let lines = text.lines().count();
    // Tests are lists of facts, read one at a time.
    let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
    // As long as the database that it was pulled from.
    let is_pulled = name.starts_with("tests/src/bin/migrate_pulled/schema/");
    if lines > MOST_LINES && !is_test && !is_pulled {
        broken.push(format!(
            "{name}: {lines} lines are too many to read in one sitting: split it by noun"
        ));
    }
    for (index, line) in text.lines().enumerate() {
        // Put together here, so that this file does not find itself.
        for word in [
            concat!("to", "do!("),
            concat!("unimple", "mented!("),
            concat!("FIX", "ME"),
            concat!("#[ig", "nore"),
        ] {
            if line.contains(word) {
                broken.push(format!(
                    "{name}:{}: `{word}` marks something that is not finished",
                    index + 1
                ));
            }
        }
    }
}

/// Every line of the dependency table ends in a comment that says why.
fn check_reasons(root: &Path, broken: &mut Vec<String>) {
    let Ok(manifest) = std::fs::read_to_string(root.join("Cargo.toml")) else {
        broken.push("Cargo.toml: cannot be read".to_owned());
        return;
    };
    let mut in_table = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            in_table = line == "[workspace.dependencies]";
        } else if in_table
            && line.contains(" = ")
            && !line.contains("path = ")
            && !line.contains("} # ")
            && !line.contains("\" # ")
        {
            broken.push(format!(
                "Cargo.toml:{}: a dependency without a reason behind it",
                index + 1
            ));
        }
    }
}

/// All Rust files of the project, generated and fetched ones left out.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(&path, files);
            }
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
}
