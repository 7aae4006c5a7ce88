//! CHX226: each run of a refreshable materialized view replaces all rows of its target.
//!
//! Without APPEND, whatever is in the target goes with the first run, whoever put it there.

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::plan::Risk;
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::CreateMaterializedView(create) = look.statement() else {
        return;
    };
    let old = look.schemas().before.materialized_view(&create.view.name);
    let Some(target) = create.view.overwrites() else {
        return;
    };
    if look.step.risk != Risk::Destructive || old.is_some_and(|old| old.overwrites() == Some(target)) {
        return;
    }
    let rows = match look.size(target).map(|size| size.rows) {
        None => "all rows".to_owned(),
        Some(0) => return,
        Some(rows) => format!("all {} rows", Amount(rows)),
    };
    look.push(
        Severity::Warning,
        code::REFRESH_OVERWRITES,
        target,
        format!(
            "each refresh of `{}` replaces {rows} of the table",
            create.view.name
        ),
        "say `APPEND` in the REFRESH clause to add rows instead, or give the view a table of its own",
    );
}
