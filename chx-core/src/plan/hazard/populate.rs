//! CHX217: POPULATE misses the rows that are inserted while it runs.
//!
//! It reads the source once; what arrives meanwhile is in neither that read nor the view's own inserts. When it fails,
//! the view and its inner table stay behind, half filled.

use crate::ddl::{Fill, Statement};
use crate::diag::{Severity, code};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    if let Statement::CreateMaterializedView(create) = look.statement()
        && create.fill == Fill::Populate
    {
        look.push(
            Severity::Warning,
            code::POPULATE,
            &create.view.name,
            "rows that are inserted while POPULATE runs are missed, and a failure leaves the view half filled",
            "create the view without it and insert the past afterwards, up to the moment of the CREATE",
        );
    }
}
