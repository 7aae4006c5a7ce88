//! The history of a folder of migrations.
//!
//! Decides nothing about it: [`History`] does. Here its statements are understood on all cores.

use chx_core::diag::Diagnostic;
use chx_core::history::{History, HistoryFiles, Understood};
use chx_core::model::Schema;

use crate::side_by_side;

/// Reads all files and replays them, as [`History::load`] does, and faster where there are many statements.
///
/// # Errors
/// Everything that is wrong with the history, as findings with their places.
pub fn load(files: &HistoryFiles) -> Result<(History, Schema), Vec<Diagnostic>> {
    History::load_with(files, |statements| {
        side_by_side::map(statements, |step| Understood::of(step))
    })
}
