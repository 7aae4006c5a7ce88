//! CHX228: a statement that chx does not read all of.
//!
//! It is sent as it is written. What nobody has looked through but the engine is for people to look at.

use crate::ddl::{ParseContext, Statement, parse_statement, render_line};
use crate::diag::{Severity, code};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let statement = look.statement();
    let Statement::CreateRaw(create) = statement else {
        return;
    };
    let Err(error) = parse_statement(&render_line(statement), &ParseContext::default()) else {
        return;
    };
    let id = create.object.id.clone();
    look.push(
        Severity::Note,
        code::RAW_STATEMENT,
        id,
        format!(
            "is raw: chx takes its statement as it is, because it does not read all of it: {}",
            error.kind
        ),
        "look through the statement; where it changes, the whole object is another one to chx",
    );
}
