//! Stands in until the type grammar lands.
use crate::ident::Ident;
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DataType(String);
impl DataType {
    pub fn flattened(&self, _: &Ident) -> Option<Vec<(Ident, DataType)>> {
        None
    }
    pub fn is_nullable(&self) -> bool {
        false
    }
    pub fn fixed_size(&self) -> Option<u64> {
        None
    }
}
impl std::fmt::Display for DataType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
pub enum Conversion {
    Same,
    Metadata,
    Rewrite { may_fail: bool, lossy: bool },
    Refused,
}
pub fn conversion(_: &DataType, _: &DataType) -> Conversion {
    Conversion::Refused
}
