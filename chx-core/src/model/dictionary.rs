//! Dictionaries.

use serde::{Deserialize, Serialize};

use super::{DataType, Expr, Ident, QualifiedName, Secret, Settings};

/// A dictionary: rows of a source, kept by key in the memory of the server. It has no rows of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// The name.
    pub name: QualifiedName,
    /// The attributes, keys included, in order.
    pub attributes: Vec<DictionaryAttribute>,
    /// The key.
    pub primary_key: Vec<Ident>,
    /// Where the rows come from: `CLICKHOUSE(TABLE 'countries')`.
    pub source: DictionaryClause,
    /// How they are kept: `HASHED(SHARDS 4)`.
    pub layout: DictionaryClause,
    /// When they are read again; only a direct dictionary, which keeps nothing, has none.
    pub lifetime: Option<Lifetime>,
    /// The attributes that bound the range of a range dictionary.
    pub range: Option<DictionaryRange>,
    /// Settings of the source.
    pub settings: Settings,
    /// The comment; empty when there is none.
    pub comment: String,
}

/// An attribute of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryAttribute {
    /// The name.
    pub name: Ident,
    /// The type. The server keeps its spelling, chx its meaning.
    pub data_type: DataType,
    /// `DEFAULT`: the value for keys that are not there, a literal.
    pub default: Option<Expr>,
    /// `EXPRESSION`: what the source computes.
    pub expression: Option<Expr>,
    /// What else it is.
    pub traits: AttributeTraits,
}

/// The words behind an attribute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "four words, each there or not")]
pub struct AttributeTraits {
    /// `HIERARCHICAL`: the key of the parent.
    pub hierarchical: bool,
    /// `BIDIRECTIONAL`: the hierarchy is looked up downwards too.
    pub bidirectional: bool,
    /// `INJECTIVE`: different keys have different values.
    pub injective: bool,
    /// `IS_OBJECT_ID`: the value is a MongoDB object id.
    pub is_object_id: bool,
}

/// A word with parameters: the source or the layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryClause {
    /// The word, in capitals as the server keeps it.
    pub kind: String,
    /// The parameters, as written; some keys may stand more than once.
    pub params: Vec<DictionaryParam>,
}

/// One parameter of a source or layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryParam {
    /// The key, in capitals as the server keeps it.
    pub key: String,
    /// The value.
    pub value: DictionaryValue,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DictionaryValue {
    /// A string, or a word, which means the same.
    Text(String),
    /// A number.
    Number(String),
    /// A call that the server computes once: `tcpPort()`.
    Call(Expr),
    /// Parameters of its own: `CREDENTIALS(USER 'u' PASSWORD 'env:PW')`.
    Params(Vec<DictionaryParam>),
    /// A value that is not shown.
    Secret(Secret),
}

/// `LIFETIME(MIN min MAX max)`, in seconds. `LIFETIME(300)` is `MIN 0 MAX 300`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetime {
    /// The shortest time until the next read.
    pub min: u64,
    /// The longest.
    pub max: u64,
}

/// `RANGE(MIN min MAX max)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryRange {
    /// The attribute where the range begins.
    pub min: Ident,
    /// The attribute where it ends.
    pub max: Ident,
}

impl DictionaryClause {
    /// The first value of a key, if it is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.params.iter().find_map(|param| match &param.value {
            DictionaryValue::Text(text) if param.key == key => Some(text.as_str()),
            _ => None,
        })
    }
}

impl DictionaryParam {
    /// Does the key ask for a value that must not be shown?
    pub fn is_secret(key: &str) -> bool {
        key.contains("PASSWORD") || key.contains("SECRET")
    }
}
