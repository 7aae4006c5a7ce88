//! Declared dictionaries.

use super::Heading;
use crate::types::TypeExpr;

/// A declared dictionary.
#[derive(Debug, Clone, Copy)]
pub struct DictionaryDeclaration {
    /// Its name, comment, history and origin.
    pub heading: Heading,
    /// The attributes, keys included, in order.
    pub attributes: &'static [AttributeDeclaration],
    /// The names of the attributes that are the key.
    pub primary_key: &'static [&'static str],
    /// Where the rows come from: `CLICKHOUSE(TABLE 'countries')`.
    pub source: &'static str,
    /// How they are kept: `HASHED()`.
    pub layout: &'static str,
    /// The shortest and the longest time until the next read, in seconds.
    pub lifetime: Option<(u64, u64)>,
    /// The names of the attributes where a range begins and ends.
    pub range: Option<(&'static str, &'static str)>,
    /// `SETTINGS(...)`: names and values, without quotes.
    pub settings: &'static [(&'static str, &'static str)],
}

/// A declared attribute of a dictionary.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "three words, each there or not")]
pub struct AttributeDeclaration {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub data_type: TypeExpr,
    /// The line of the field, from 1; 0 when it is not known.
    pub line: u32,
    /// `DEFAULT`: a literal.
    pub default: Option<&'static str>,
    /// `EXPRESSION`.
    pub expression: Option<&'static str>,
    /// `HIERARCHICAL`.
    pub hierarchical: bool,
    /// `BIDIRECTIONAL`.
    pub bidirectional: bool,
    /// `INJECTIVE`.
    pub injective: bool,
    /// `IS_OBJECT_ID`.
    pub is_object_id: bool,
}
