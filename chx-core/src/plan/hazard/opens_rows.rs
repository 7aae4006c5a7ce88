//! CHX230: rows that a row policy hid can be seen.
//!
//! A policy that goes, that filters otherwise or is for others, may show people what they were not to see; what they saw does
//! not come back by a rollback. It is asked for like a loss.

use crate::ddl::{AccessStatement, Statement};
use crate::diag::{Severity, code};
use crate::model::ObjectId;
use crate::model::access::AccessKind;
use crate::plan::opens_rows;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::Access(statement) = look.statement() else {
        return;
    };
    let (AccessStatement::Drop {
        id,
        entity: AccessKind::RowPolicy,
        ..
    }
    | AccessStatement::Alter {
        id,
        entity: AccessKind::RowPolicy,
        ..
    }) = statement
    else {
        return;
    };
    let Some(table) = id.relation() else { return };
    let goes = look.schemas().after.relation(&table).is_none();
    if goes || !opens_rows(statement, look.schemas().before) {
        return;
    }
    look.push(
        Severity::Warning,
        code::OPENS_ROWS,
        ObjectId::Access(id.clone()),
        format!("rows of `{table}` that it hides can be seen from then on"),
        "make sure that whoever may read the table may see all of them, or revoke that first",
    );
}
