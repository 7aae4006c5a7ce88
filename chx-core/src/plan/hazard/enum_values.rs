//! CHX208: an Enum loses names, or names change their numbers.
//!
//! Numbers are stored. A number without a name makes its rows unreadable (691), and the mutation is reported as done; a
//! number that gets another name makes old rows say something else. A name that gets another number is refused (70).

use crate::diag::{Severity, code};
use crate::pair::Pair;
use crate::plan::amount::Amount;
use crate::sql::quote_string;
use crate::types::{Conversion, DataType, EnumValues};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let Some(new) = &change.data_type else { continue };
        let Some(values) = enums(&column.data_type, new) else {
            continue;
        };
        if matches!(
            crate::types::conversion(&column.data_type, new),
            Conversion::Same | Conversion::Metadata
        ) {
            renamed(look, &format!("{}.{}", table.name, change.name), values);
            continue;
        }
        let endangered: Vec<&str> = values
            .before
            .iter()
            .filter(|(name, number)| values.after.value_of(name) != Some(*number))
            .map(|(name, _)| name)
            .collect();
        if endangered.is_empty() {
            continue;
        }
        let quoted: Vec<String> = endangered.iter().map(|name| quote_string(name)).collect();
        let named = quoted.join(", ");
        let condition = format!("toString({}) IN ({named})", column.name.sql());
        let (rows, query) = look.count(table, condition);
        let (severity, message, help) = match rows {
            None => (
                Severity::Warning,
                format!("rows that hold {named} become unreadable"),
                format!("this must be 0 before you migrate: {query}"),
            ),
            Some(0) => (
                Severity::Note,
                format!("no row holds {named} now; one that comes before the change would become unreadable"),
                format!("count again right before you migrate: {query}"),
            ),
            Some(rows) => (
                Severity::Error,
                format!("{} rows hold {named} and become unreadable", Amount(rows)),
                format!("keep names and numbers and only add, or rewrite these rows first: {query}"),
            ),
        };
        look.push(
            severity,
            code::ENUM_VALUES,
            format!("{}.{}", table.name, change.name),
            message,
            help,
        );
    }
}

/// Every number keeps a name, but not its own.
fn renamed(look: &mut Look<'_>, subject: &str, values: Pair<&EnumValues>) {
    for (old, number) in values.before.iter() {
        let now = values.after.iter().find(|(_, kept)| *kept == number);
        if let Some((new, _)) = now.filter(|(new, _)| *new != old) {
            let (old, new) = (quote_string(old), quote_string(new));
            look.push(
                Severity::Note,
                code::ENUM_VALUES,
                subject,
                format!("rows that hold {old} say {new} from now on: the number {number} is what is stored"),
                format!("queries that compare with {old} have to follow"),
            );
        }
    }
}

/// The names and numbers of two Enums, Nullable or not.
pub(super) fn enums<'a>(before: &'a DataType, after: &'a DataType) -> Option<Pair<&'a EnumValues>> {
    fn values(data_type: &DataType) -> Option<&EnumValues> {
        match data_type {
            DataType::Enum8(values) | DataType::Enum16(values) => Some(values),
            DataType::Nullable(inner) => values(inner),
            _ => None,
        }
    }
    Some(Pair {
        before: values(before)?,
        after: values(after)?,
    })
}
