//! CHX202: a type change can fail on the data, or changes values.
//!
//! ClickHouse changes the metadata first and converts the parts afterwards: when a value does not fit, the mutation
//! sticks and the column cannot be read (341). Narrowing numbers does not fail but wraps. NULL and the names of an
//! Enum are hazards of their own.

use crate::diag::{Severity, code};
use crate::model::DefaultKind;
use crate::plan::amount::Amount;
use crate::sql::quote_string;
use crate::types::{Conversion, DataType};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let Some(new) = &change.data_type else { continue };
        let becomes_computed = change
            .default
            .as_ref()
            .is_some_and(|default| matches!(default.kind, DefaultKind::Alias | DefaultKind::Ephemeral));
        // Without values there is nothing to convert.
        if !column.is_stored() || becomes_computed {
            continue;
        }
        let old = &column.data_type;
        // What NULL becomes is another question.
        let inner = |data_type: &DataType| match data_type {
            DataType::Nullable(inner) => (**inner).clone(),
            other => other.clone(),
        };
        let (from, to) = if old.is_nullable() && !new.is_nullable() {
            (inner(old), new.clone())
        } else {
            (old.clone(), new.clone())
        };
        if super::enum_values::enums(&from, &to).is_some() {
            continue;
        }
        let Conversion::Rewrite { may_fail, lossy } = crate::types::conversion(&from, &to) else {
            continue;
        };
        let subject = format!("{}.{}", table.name, change.name);
        let name = column.name.sql();
        let quoted = |data_type: &DataType| quote_string(&data_type.to_string());
        if may_fail {
            let condition = format!(
                "{name} IS NOT NULL AND accurateCastOrNull({name}, {}) IS NULL",
                quoted(new)
            );
            let (failing, query) = look.count(table, condition);
            let (severity, message, help) = match failing {
                None => (
                    Severity::Warning,
                    format!(
                        "a value that does not fit {new} stops the conversion and makes the column unreadable"
                    ),
                    format!("this must be 0 before you migrate: {query}"),
                ),
                Some(0) => (
                    Severity::Note,
                    format!(
                        "all values fit {new} now; one that comes before the change would make the column unreadable"
                    ),
                    format!("count again right before you migrate: {query}"),
                ),
                Some(failing) => (
                    Severity::Error,
                    format!(
                        "{} values do not fit {new}: the conversion would stop and the column be unreadable",
                        Amount(failing)
                    ),
                    format!(
                        "correct them first, or add a second column; this finds them: {query}. If it happened already, \
                         `MODIFY COLUMN {} {old}` makes the column readable again",
                        change.name.sql()
                    ),
                ),
            };
            look.push(severity, code::FAILING_CAST, &subject, message, help);
        } else if lossy {
            let condition = format!("CAST(CAST({name}, {}), {}) != {name}", quoted(new), quoted(old));
            let (changing, query) = look.count(table, condition);
            let (severity, message) = match changing {
                None => (
                    Severity::Warning,
                    format!("values of {old} lose what {new} cannot hold"),
                ),
                Some(0) => (Severity::Note, format!("no value loses anything as {new} now")),
                Some(changing) => (
                    Severity::Warning,
                    format!("{} values lose what {new} cannot hold", Amount(changing)),
                ),
            };
            look.push(
                severity,
                code::FAILING_CAST,
                &subject,
                message,
                format!("add a second column with the new type and fill it, if these values matter: {query}"),
            );
        }
    }
}
