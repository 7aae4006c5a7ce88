//! Every mistake with its message, and what must compile.
//!
//! The messages are those of rustc 1.95; with another compiler only `pass/` is run.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn ui() {
    place_histories().expect("the histories that `migrations!` reads");
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    if is_pinned_compiler() {
        cases.compile_fail("fail/*/*.rs");
    }
}

/// `hunter2` is every secret that a case writes out.
#[test]
fn no_message_shows_a_secret() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fail");
    let mut messages = 0;
    for group in fs::read_dir(folder).expect("the groups of cases") {
        for file in fs::read_dir(group.expect("a group").path()).expect("its cases") {
            let path = file.expect("a case").path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                let shown = fs::read_to_string(&path).expect("its message");
                assert!(!shown.contains("hunter2"), "{}", path.display());
                messages += 1;
            }
        }
    }
    assert!(messages > 0);
}

fn is_pinned_compiler() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    version.is_ok_and(|version| version.stdout.starts_with(b"rustc 1.95."))
}

/// The cases are compiled as a package of their own, and `migrations!` looks for folders beside its manifest.
fn place_histories() -> std::io::Result<()> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    for history in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("histories"))? {
        let history = history?;
        let folder = package.join("histories").join(history.file_name());
        fs::create_dir_all(&folder)?;
        for file in fs::read_dir(history.path())? {
            let file = file?;
            fs::copy(file.path(), folder.join(file.file_name()))?;
        }
    }
    Ok(())
}
