//! `cargo xtask reference`: writes `docs/reference.md` from the structs of `tests/tests/reference`.
//!
//! The test of the same name holds the page to the structs, so CI finds a page that was not written anew.

use std::process::Command;

/// Writes the page; `false` when a clause does not come of the words beside it.
pub(crate) fn run() -> bool {
    Command::new("cargo")
        .args(["test", "--quiet", "--package", "chx-tests", "--test", "reference"])
        .env("UPDATE_EXPECT", "1")
        .current_dir(crate::root())
        .status()
        .is_ok_and(|status| status.success())
}
