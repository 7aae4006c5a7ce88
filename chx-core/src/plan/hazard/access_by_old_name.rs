//! CHX232: a table goes or gets another name, and rights or row policies stay with the old one.
//!
//! Privileges and row policies are kept by name, and the server does not follow a rename: under its new name the table can be
//! read by nobody whom the old name was granted to, and by everybody else without the policy.

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::ident::QualifiedName;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let (name, is_renamed) = match look.statement() {
        Statement::Rename(rename) => (&rename.from, true),
        Statement::Drop(drop) => (&drop.name, false),
        _ => return,
    };
    let after = look.schemas().after;
    let names: Vec<String> = after
        .access()
        .filter(|entity| {
            let of_table = entity.id().relation().as_ref() == Some(name);
            let granted = entity.grants().is_some_and(|grants| grants.names_relation(name));
            of_table || granted
        })
        .map(|entity| format!("`{}`", entity.id()))
        .collect();
    if names.is_empty() {
        return;
    }
    let message = format!(
        "{} {} it by this name, which the server does not change: {}",
        names.join(", "),
        if names.len() == 1 { "names" } else { "name" },
        consequence(name, is_renamed)
    );
    look.push(
        Severity::Warning,
        code::ACCESS_BY_OLD_NAME,
        name,
        message,
        "say the new name in the policy and the grants in the same migration, or take them out",
    );
}

fn consequence(name: &QualifiedName, is_renamed: bool) -> String {
    if is_renamed {
        "under the new name the policy hides nothing and the grant gives nothing".to_owned()
    } else {
        format!("they hold for the next table that is called `{name}`")
    }
}
