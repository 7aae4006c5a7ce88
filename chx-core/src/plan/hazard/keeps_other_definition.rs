//! CHX225: IF NOT EXISTS keeps whatever has the name.
//!
//! The server compares names only: an object of the same name and another definition stays as it is, without an error.

use crate::ddl::{OnExisting, Statement};
use crate::diag::{Severity, code};
use crate::model::Object;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let wanted: Object = match look.statement() {
        Statement::CreateTable(create) if create.on_existing == OnExisting::Keep => {
            create.table.clone().into()
        }
        Statement::CreateView(create) if create.on_existing == OnExisting::Keep => create.view.clone().into(),
        Statement::CreateMaterializedView(create) if create.on_existing == OnExisting::Keep => {
            create.view.clone().into()
        }
        _ => return,
    };
    let id = wanted.id();
    if let Some(there) = look.schemas().before.get(&id)
        && *there != crate::canon::canonical(wanted)
    {
        look.push(
            Severity::Warning,
            code::KEEPS_OTHER_DEFINITION,
            &id,
            format!(
                "a {} of this name is there already, with another definition, and stays as it is",
                there.kind()
            ),
            "alter it, or give the new one another name",
        );
    }
}
