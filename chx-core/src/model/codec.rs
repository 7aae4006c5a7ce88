//! Column compression codecs: a chain of stages.

use serde::{Deserialize, Serialize};

use super::Expr;

/// A column's `CODEC(...)`: the stages in the order in which they are applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codec {
    /// The stages; never empty in a parsed codec.
    pub stages: Vec<CodecStage>,
}

/// One stage of a codec chain: `ZSTD(3)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodecStage {
    /// The codec's name. Case-sensitive: `zstd` is error 432 in ClickHouse.
    pub name: String,
    /// The arguments as written; the default ones are filled in by the canonical form.
    pub args: Vec<Expr>,
}
