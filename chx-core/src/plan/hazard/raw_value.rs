//! CHX229: something in a declaration that the rules of the derives have not looked at.
//!
//! `raw("...")` is the way past a rule. Whoever reviews a plan sees what went that way.

use crate::ddl::Statement;
use crate::diag::{Severity, code};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let statement = look.statement();
    if matches!(statement, Statement::Drop(_) | Statement::DropDatabase { .. }) {
        return;
    }
    let id = statement.object();
    let Some(values) = look.around.raw.get(&id) else {
        return;
    };
    let message = format!(
        "says with `raw(\"...\")`, which no rule of the derives has looked at: `{}`",
        values.join("`, `")
    );
    look.push(
        Severity::Note,
        code::RAW_VALUE,
        id,
        message,
        "look at it: the engine that tries the plan takes it, what it means for rows nobody has checked",
    );
}
