//! Every mistake with its message, and what must compile.
//!
//! The messages are those of rustc 1.95; with another compiler only `pass/` is run.

use std::process::Command;

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    if is_pinned_compiler() {
        cases.compile_fail("fail/*/*.rs");
    }
}

fn is_pinned_compiler() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    version.is_ok_and(|version| version.stdout.starts_with(b"rustc 1.95."))
}
