//! Why a table would have to be built anew: differences that no ALTER can make.

use std::fmt;

use serde::Serialize;

use crate::ident::Ident;
use crate::types::DataType;

/// A difference that only a new table can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum RebuildReason {
    /// The engine or its arguments.
    Engine {
        /// The engine now.
        before: String,
        /// The engine then.
        after: String,
    },
    /// `PARTITION BY`.
    PartitionKey,
    /// `PRIMARY KEY`, or the sorting key where it stands for the primary key.
    PrimaryKey {
        /// Would the change be an ALTER if the primary key were declared as it is now?
        keep: Option<String>,
    },
    /// `UNIQUE KEY`, which no ALTER says (62).
    UniqueKey,
    /// What a table with a UNIQUE KEY does not take (344, of a column of the key 524).
    UnderUniqueKey {
        /// What changes.
        what: String,
    },
    /// `ORDER BY` changes in a way that is neither appending new columns nor dropping a suffix.
    SortingKey,
    /// The type of a column that is part of a key or an engine argument.
    KeyColumnType {
        /// The column.
        column: Ident,
        /// Its type now.
        before: DataType,
        /// Its type then.
        after: DataType,
    },
    /// The name of a column that is part of a key or an engine argument.
    KeyColumnRename {
        /// The column.
        column: Ident,
    },
    /// A type that ClickHouse will not change into the other.
    ColumnType {
        /// The column.
        column: Ident,
        /// Its type now.
        before: DataType,
        /// Its type then.
        after: DataType,
    },
    /// Nullable goes, and nothing says what NULL becomes.
    NullWithoutDefault {
        /// The column.
        column: Ident,
        /// Its type now.
        before: DataType,
        /// Its type then.
        after: DataType,
    },
    /// A setting that is fixed when the table is created.
    ReadOnlySetting {
        /// The setting.
        name: String,
    },
    /// The disk that the rows lie on. MODIFY SETTING is refused (36), and RESET SETTING lets the server forget where they are.
    Disk,
    /// The storage policy is no longer said. RESET SETTING goes through, and from the next start on the server looks for the rows on
    /// the disks of its default policy alone.
    StoragePolicy,
    /// The query of a materialized view gives columns that its inner table lacks; MODIFY QUERY is refused (16), and the
    /// inner table has a name that only the server knows.
    InnerTableColumns {
        /// The columns.
        columns: Vec<String>,
    },
    /// chx does not read all of the definition, and knows no ALTER for what differs.
    Raw,
    /// What it calls changes, and its key keeps the functions as they were when it was created.
    Functions {
        /// The functions, by name.
        names: Vec<Ident>,
    },
    /// The engine cannot ALTER what differs.
    EngineCannotAlter {
        /// The engine.
        engine: String,
        /// What differs.
        what: &'static str,
    },
}

impl fmt::Display for RebuildReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine { before, after } => write!(f, "the engine changes from {before} to {after}"),
            Self::PartitionKey => f.write_str("the partition key changes"),
            Self::PrimaryKey { keep: None } => f.write_str("the primary key changes"),
            Self::PrimaryKey { keep: Some(key) } => write!(
                f,
                "the primary key changes with the sorting key (declare `primary_key = {key}` to keep it: then this is an ALTER)"
            ),
            Self::UniqueKey => f.write_str("the unique key changes"),
            Self::UnderUniqueKey { what } => {
                write!(f, "{what} of a table with a unique key cannot change")
            }
            Self::SortingKey => f.write_str(
                "the sorting key changes other than by appending columns that are new or dropping the last ones",
            ),
            Self::KeyColumnType { column, before, after } => {
                write!(f, "column `{column}` is part of a key and changes its type from {before} to {after}")
            }
            Self::KeyColumnRename { column } => write!(f, "column `{column}` is part of a key and changes its name"),
            Self::ColumnType { column, before, after } => {
                write!(f, "ClickHouse cannot change column `{column}` from {before} to {after}")
            }
            Self::NullWithoutDefault { column, before, after } => write!(
                f,
                "column `{column}` changes from {before} to {after} and nothing says what NULL becomes (declare a default: then this is an ALTER)"
            ),
            Self::ReadOnlySetting { name } => write!(f, "setting `{name}` is fixed when a table is created"),
            Self::Disk => f.write_str("the disk changes, and a table stays on the one that it was created on"),
            Self::StoragePolicy => f.write_str(
                "the storage policy is taken away, and a server that no longer knows it finds only the rows on the disks of its default one",
            ),
            Self::InnerTableColumns { columns } => write!(
                f,
                "the query gives `{}`, which the inner table lacks, and its name is known to the server alone",
                columns.join("`, `")
            ),
            Self::Raw => f.write_str(
                "chx does not read all of its definition, so it knows no ALTER for what differs",
            ),
            Self::Functions { names } => {
                let names: Vec<&str> = names.iter().map(Ident::as_str).collect();
                let change = if names.len() == 1 { "which changes" } else { "which change" };
                write!(f, "it calls `{}`, {change}", names.join("`, `"))
            }
            Self::EngineCannotAlter { engine, what } => write!(f, "engine {engine} cannot alter its {what}"),
        }
    }
}
