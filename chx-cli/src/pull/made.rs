//! Types that a file makes for its columns: an enum for each set of values, a struct for each shape of a named tuple.
//!
//! Decides what they are called: after the column that needs them first, and after the struct around it where that says
//! little or is taken. Columns of one shape share a type.

use std::collections::BTreeMap;

use chx_core::types::{DataType, TupleType};

use super::enums;
use super::names::{Taken, singular, type_name};
use super::rust_type::Makes;
use super::tuples;

/// The types that a file has made.
#[derive(Debug, Default)]
pub(super) struct FileTypes {
    names: BTreeMap<DataType, String>,
    /// Their code, in the order of their first use.
    made: Vec<String>,
}

/// The column, or the element of a tuple, that needs a type.
pub(super) struct Needed<'a> {
    pub(super) types: &'a mut FileTypes,
    pub(super) taken: &'a mut Taken,
    /// The struct around it.
    pub(super) holder: &'a str,
    pub(super) column: &'a str,
    /// Its own type.
    pub(super) data_type: &'a DataType,
}

impl FileTypes {
    /// Takes what was made since the last time, as code.
    pub(super) fn take_code(&mut self) -> Vec<String> {
        std::mem::take(&mut self.made)
    }
}

impl Makes for Needed<'_> {
    fn name(&mut self, data_type: &DataType) -> String {
        if let Some(name) = self.types.names.get(data_type) {
            return name.clone();
        }
        let name = self.new_name(data_type);
        self.types.names.insert(data_type.clone(), name.clone());
        // What a struct needs itself comes behind it.
        let at = self.types.made.len();
        self.types.made.push(String::new());
        let code = match data_type {
            DataType::Enum8(values) => enums::code(&name, values, false),
            DataType::Enum16(values) => enums::code(&name, values, values.fit_enum8()),
            DataType::Tuple(TupleType::Named(elements)) => {
                tuples::code(&name, elements, self.types, self.taken)
            }
            _ => String::new(),
        };
        if let Some(place) = self.types.made.get_mut(at) {
            *place = code;
        }
        name
    }
}

impl Needed<'_> {
    fn new_name(&mut self, data_type: &DataType) -> String {
        let column = type_name(self.column.rsplit('.').next().unwrap_or(self.column));
        let is_tuple = matches!(data_type, DataType::Tuple(_));
        // `tags Array(Tuple(...))` is a list of what is one `Tag`.
        let column = if is_tuple && matches!(self.data_type, DataType::Array(_)) {
            singular(&column)
        } else {
            column
        };
        // A column called `type` or `kind` says little without its table.
        let says_little = matches!(
            column.as_str(),
            "Type" | "Kind" | "Status" | "State" | "Level" | "Value" | "Mode"
        );
        let long = format!("{}{column}", self.holder);
        match (is_tuple, says_little) {
            (true, true) => self.taken.take(&long, "Tuple", &[]),
            (true, false) => self.taken.take(&column, "Tuple", &[]),
            (false, true) => self.taken.take(&long, "Enum", &[]),
            (false, false) => self.taken.take(&column, "Kind", &[]),
        }
    }
}
