//! CHX202: a type change can fail on the data, or changes values.
//!
//! ClickHouse changes the metadata first and converts the parts afterwards: when a value does not fit, the mutation
//! sticks and the column cannot be read (341). Narrowing numbers does not fail but wraps.

use crate::ddl::AlterCommand;
use crate::diag::{Code, Diagnostic, Severity};
use crate::types::Conversion;

use super::Look;

const CODE: Code = Code(202);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let AlterCommand::ModifyColumn(change) = command else {
            continue;
        };
        let (Some(column), Some(new)) = (table.column(change.name.as_str()), &change.data_type) else {
            continue;
        };
        let Conversion::Rewrite { may_fail, lossy } = crate::types::conversion(&column.data_type, new) else {
            continue;
        };
        let subject = format!("{}.{}", table.name, change.name);
        if may_fail {
            let question = format!(
                "SELECT count() FROM {} WHERE {name} IS NOT NULL AND accurateCastOrNull({name}, '{new}') IS NULL",
                table.name.sql(),
                name = change.name.sql(),
            );
            let message = format!(
                "a value that does not fit {new} stops the conversion and makes the column unreadable"
            );
            found.push(
                Diagnostic::new(CODE, Severity::Warning, &subject, message)
                    .help(format!("this must be 0 before you migrate: {question}")),
            );
        } else if lossy {
            let message = format!("values of {} lose what {new} cannot hold", column.data_type);
            found.push(
                Diagnostic::new(CODE, Severity::Warning, &subject, message)
                    .help("add a second column with the new type and fill it, if the old values matter"),
            );
        }
    }
}
