//! Table and database engines: a name, arguments, and the family that a name belongs to.

use serde::{Deserialize, Serialize};

use super::Expr;

/// An engine with its arguments: `ReplacingMergeTree(version)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engine {
    /// The name; case-sensitive (`mergetree` is error 56).
    pub name: String,
    /// The arguments. `MergeTree()` and `MergeTree` are the same: no arguments.
    pub args: Vec<Expr>,
}

/// Engines whose rows live elsewhere, or nowhere.
const ELSEWHERE: [&str; 29] = [
    "Alias",
    "AzureBlobStorage",
    "AzureQueue",
    "Buffer",
    "DeltaLake",
    "Dictionary",
    "Distributed",
    "Executable",
    "ExecutablePool",
    "FileLog",
    "FuzzJSON",
    "GenerateRandom",
    "HDFS",
    "Hudi",
    "Iceberg",
    "JDBC",
    "Kafka",
    "Merge",
    "MongoDB",
    "MySQL",
    "NATS",
    "Null",
    "ODBC",
    "PostgreSQL",
    "RabbitMQ",
    "Redis",
    "S3",
    "S3Queue",
    "URL",
];

impl Engine {
    /// An engine without arguments.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            args: Vec::new(),
        }
    }

    /// The family, which decides the clauses that a table of this engine may have.
    pub fn family(&self) -> EngineFamily {
        let base = self
            .name
            .strip_prefix("Replicated")
            .or_else(|| self.name.strip_prefix("Shared"));
        if base.unwrap_or(&self.name).ends_with("MergeTree") {
            EngineFamily::MergeTree
        } else {
            EngineFamily::Other
        }
    }

    /// Do rows live in a table of this engine, so that they go with it? What is not known is taken to hold some.
    ///
    /// The others read or write elsewhere. A Buffer and a Distributed pass on what they still hold when they are dropped
    /// (measured for Buffer; `flush_on_detach` of Distributed is on by default).
    pub fn holds_rows(&self) -> bool {
        !ELSEWHERE.contains(&self.name.as_str())
    }

    /// The engine's name without `Replicated` or `Shared`: what it does with rows, wherever it keeps them.
    pub fn base_name(&self) -> &str {
        match self.family() {
            EngineFamily::MergeTree => self
                .name
                .strip_prefix("Replicated")
                .or_else(|| self.name.strip_prefix("Shared"))
                .unwrap_or(&self.name),
            EngineFamily::Other => &self.name,
        }
    }
}

/// Engines that share their clauses and their ALTERs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineFamily {
    /// Everything that ends in MergeTree: sorted parts, keys, TTL, skipping indexes, mutations.
    MergeTree,
    /// Every other engine.
    Other,
}
