//! CHX212: a materialized view writes into a table that is renamed.
//!
//! The view keeps the name. From the rename on, every insert into the view's source fails (60), until the view is
//! replaced.

use crate::ddl::Statement;
use crate::diag::{Severity, code};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::Rename(rename) = look.statement() else {
        return;
    };
    let writers = look.around.readers().before.writers_of(&rename.from);
    let (follow, stay): (Vec<_>, Vec<_>) = writers.iter().copied().partition(|writer| look.follows(writer));
    if !follow.is_empty() {
        look.push(
            Severity::Warning,
            code::RENAMED_TARGET,
            &rename.from,
            format!(
                "written into by {}: until that is replaced, inserts into its source fail",
                list(follow)
            ),
            "stop inserts for the few statements between the rename and the replaced views",
        );
    }
    if !stay.is_empty() {
        look.push(
            Severity::Warning,
            code::RENAMED_TARGET,
            &rename.from,
            format!(
                "written into by {}, which no step changes: inserts into its source fail",
                list(stay)
            ),
            "give the views their new target in the same migration",
        );
    }
}
