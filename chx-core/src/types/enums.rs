//! The elements of an Enum: numbered and sorted as the server does it.

use super::error::TypeErrorKind;
use crate::sql::quote_string;

/// Names with values, sorted by value. Names and values are unique and there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumValues(Box<[(Box<str>, i16)]>);

impl EnumValues {
    /// Sorts and checks.
    ///
    /// # Errors
    /// No element, or a name or value that is there twice.
    pub fn new(values: impl IntoIterator<Item = (Box<str>, i16)>) -> Result<Self, TypeErrorKind> {
        let mut values: Vec<(Box<str>, i16)> = values.into_iter().collect();
        if values.is_empty() {
            return Err(TypeErrorKind::EmptyEnum);
        }
        // Stable, so that a message names the repeated value's first name first.
        values.sort_by_key(|(_, value)| *value);
        if let Some([first, second]) = values.array_windows().find(|[first, second]| first.1 == second.1) {
            return Err(TypeErrorKind::DuplicateEnumValue {
                value: first.1,
                first: quote_string(&first.0),
                second: quote_string(&second.0),
            });
        }
        let mut names: Vec<&str> = values.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        if let Some([name, _]) = names.array_windows().find(|[first, second]| first == second) {
            return Err(TypeErrorKind::DuplicateEnumName(quote_string(name)));
        }
        Ok(Self(values.into()))
    }

    /// Names with values, sorted by value.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, i16)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// The value of a name.
    pub fn value_of(&self, name: &str) -> Option<i16> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Do all values fit Enum8?
    pub fn fit_enum8(&self) -> bool {
        self.0.iter().all(|(_, value)| i8::try_from(*value).is_ok())
    }
}

/// An element as written: the value may be left out.
pub(super) struct Element {
    pub(super) name: Box<str>,
    pub(super) value: Option<i64>,
}

/// Gives values to the elements that have none, as the server does: from 1, or from the value of the first
/// element plus 1; all but one element may lack a value, or all, or none.
pub(super) fn number(elements: Vec<Element>) -> Result<Vec<(Box<str>, i64)>, TypeErrorKind> {
    let bare = elements.iter().filter(|element| element.value.is_none()).count();
    if bare != 0 && bare != elements.len() && bare + 1 != elements.len() {
        return Err(TypeErrorKind::MixedEnum);
    }
    let start = elements.first().and_then(|element| element.value).unwrap_or(0);
    // With two elements or more the explicit one must come first, or last of two; measured.
    if bare + 1 == elements.len()
        && elements.len() > 2
        && elements.first().is_some_and(|first| first.value.is_none())
    {
        return Err(TypeErrorKind::MixedEnum);
    }
    let mut next = start.saturating_add(1);
    let numbered = elements.into_iter().map(|element| {
        let value = element.value.unwrap_or_else(|| {
            let value = next;
            next = next.saturating_add(1);
            value
        });
        (element.name, value)
    });
    Ok(numbered.collect())
}
