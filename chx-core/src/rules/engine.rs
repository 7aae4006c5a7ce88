//! Which table engines there are, which clauses they take, and what the columns must be that they are told about.

use crate::types::TypeExpr;

use super::{is_float, is_moment, is_one_of, is_signed, is_unsigned, plain, same};

/// What a table engine takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a clause that is taken or not"
)]
pub struct EngineRules {
    /// The name, without the prefixes Replicated and Shared.
    pub name: &'static str,
    /// `ORDER BY`, `PRIMARY KEY`, `PARTITION BY`, `SAMPLE BY`.
    pub keys: bool,
    /// `TTL`, of the table and of columns.
    pub ttl: bool,
    /// `SETTINGS`.
    pub settings: bool,
    /// Skipping indexes and projections.
    pub members: bool,
}

/// Everything.
const MERGE_TREE: u8 = 0b1111;
const KEYS: u8 = 0b1000;
const TTL: u8 = 0b0100;
const SETTINGS: u8 = 0b0010;
const NOTHING: u8 = 0;

/// The engines of ClickHouse 26.7 (`system.table_engines`).
const KNOWN: [(&str, u8); 72] = [
    ("MergeTree", MERGE_TREE),
    ("ReplacingMergeTree", MERGE_TREE),
    ("SummingMergeTree", MERGE_TREE),
    ("AggregatingMergeTree", MERGE_TREE),
    ("CollapsingMergeTree", MERGE_TREE),
    ("VersionedCollapsingMergeTree", MERGE_TREE),
    ("CoalescingMergeTree", MERGE_TREE),
    ("GraphiteMergeTree", MERGE_TREE),
    ("Memory", SETTINGS),
    ("Log", SETTINGS),
    ("TinyLog", SETTINGS),
    ("StripeLog", SETTINGS),
    ("Null", NOTHING),
    ("Set", SETTINGS),
    ("Join", SETTINGS),
    ("Buffer", NOTHING),
    ("Merge", NOTHING),
    ("Distributed", SETTINGS),
    ("Remote", SETTINGS),
    ("RemoteSecure", SETTINGS),
    ("File", SETTINGS),
    ("FileLog", SETTINGS),
    ("URL", SETTINGS),
    ("Kafka", SETTINGS),
    ("NATS", SETTINGS),
    ("RabbitMQ", SETTINGS),
    ("Redis", KEYS),
    ("MySQL", SETTINGS),
    ("PostgreSQL", SETTINGS),
    ("MaterializedPostgreSQL", KEYS | SETTINGS),
    ("SQLite", NOTHING),
    ("MongoDB", NOTHING),
    ("ODBC", NOTHING),
    ("JDBC", NOTHING),
    ("EmbeddedRocksDB", KEYS | TTL | SETTINGS),
    ("KeeperMap", KEYS),
    ("GenerateRandom", NOTHING),
    ("FuzzJSON", NOTHING),
    ("FuzzQuery", NOTHING),
    ("Loop", NOTHING),
    ("QueryRunner", SETTINGS),
    ("Executable", SETTINGS),
    ("ExecutablePool", SETTINGS),
    ("Dictionary", NOTHING),
    ("Alias", NOTHING),
    ("TimeSeries", SETTINGS),
    ("ArrowStream", NOTHING),
    ("S3", KEYS | SETTINGS),
    ("S3Queue", SETTINGS),
    ("GCS", KEYS | SETTINGS),
    ("COSN", KEYS | SETTINGS),
    ("OSS", KEYS | SETTINGS),
    ("HDFS", KEYS | SETTINGS),
    ("AzureBlobStorage", KEYS | SETTINGS),
    ("AzureQueue", SETTINGS),
    ("Iceberg", KEYS | SETTINGS),
    ("IcebergS3", KEYS | SETTINGS),
    ("IcebergAzure", KEYS | SETTINGS),
    ("IcebergHDFS", KEYS | SETTINGS),
    ("IcebergLocal", KEYS | SETTINGS),
    ("DeltaLake", SETTINGS),
    ("DeltaLakeS3", SETTINGS),
    ("DeltaLakeAzure", SETTINGS),
    ("DeltaLakeLocal", SETTINGS),
    ("Hudi", NOTHING),
    ("Paimon", SETTINGS),
    ("PaimonS3", SETTINGS),
    ("PaimonAzure", SETTINGS),
    ("PaimonHDFS", SETTINGS),
    ("PaimonLocal", SETTINGS),
    ("YTsaurus", SETTINGS),
    ("WindowView", NOTHING),
];

/// The names of all engines that are known, without the prefixes Replicated and Shared.
pub fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(name, _)| *name)
}

/// The engine's name without the prefix of its replicated variant.
pub fn base(name: &str) -> &str {
    let base = name
        .strip_prefix("Replicated")
        .or_else(|| name.strip_prefix("Shared"));
    base.filter(|base| base.ends_with("MergeTree")).unwrap_or(name)
}

/// What is known of an engine.
pub fn rules(name: &str) -> Option<EngineRules> {
    let (name, takes) = KNOWN.iter().find(|(known, _)| *known == base(name))?;
    Some(EngineRules {
        name,
        keys: takes & KEYS != 0,
        ttl: takes & TTL != 0,
        settings: takes & SETTINGS != 0,
        members: *takes == MERGE_TREE,
    })
}

/// What an engine of the MergeTree family is told, in order, behind the path and name of a replica. Optional ones
/// come last.
pub fn arguments(name: &str) -> Option<&'static [Argument]> {
    Some(match base(name) {
        "MergeTree" | "AggregatingMergeTree" => &[],
        "ReplacingMergeTree" => &[
            Argument {
                role: Role::Version,
                is_optional: true,
            },
            Argument {
                role: Role::IsDeleted,
                is_optional: true,
            },
        ],
        "CollapsingMergeTree" => &[Argument {
            role: Role::Sign,
            is_optional: false,
        }],
        "VersionedCollapsingMergeTree" => &[
            Argument {
                role: Role::Sign,
                is_optional: false,
            },
            Argument {
                role: Role::Version,
                is_optional: false,
            },
        ],
        "SummingMergeTree" => &[Argument {
            role: Role::Sums,
            is_optional: true,
        }],
        "CoalescingMergeTree" => &[Argument {
            role: Role::Coalesced,
            is_optional: true,
        }],
        _ => return None,
    })
}

/// An argument of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// What it is.
    pub role: Role,
    /// Can it be left out?
    pub is_optional: bool,
}

/// What a column is to an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The row with the largest value stays.
    Version,
    /// 1 for a row that is gone.
    IsDeleted,
    /// 1 for a row, -1 for its end.
    Sign,
    /// Is added up.
    Sums,
    /// The last value that is not NULL stays.
    Coalesced,
}

impl Role {
    /// What it is called in a message.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::IsDeleted => "mark of deleted rows",
            Self::Sign => "sign",
            Self::Sums => "column to sum",
            Self::Coalesced => "column to coalesce",
        }
    }

    /// Why a column of this type cannot have the role.
    pub const fn refuse(self, column: &TypeExpr) -> Option<&'static str> {
        let family = plain(column).family;
        match self {
            Self::Version => {
                if is_signed(family)
                    || is_unsigned(family)
                    || is_float(family)
                    || is_moment(family)
                    || is_one_of(family, &["Bool", "Time", "Time64"])
                {
                    None
                } else {
                    Some("a version is a whole number or a date: `u64`, `DateTime64<3>`")
                }
            }
            Self::IsDeleted => {
                if is_one_of(family, &["UInt8", "Bool"]) {
                    None
                } else {
                    Some("it is a `u8` (or `bool`): 1 for a row that is gone")
                }
            }
            Self::Sign => {
                if same(family, "Int8") {
                    None
                } else {
                    Some("a sign is an `i8`: 1 for a row, -1 for its end")
                }
            }
            Self::Sums => {
                if is_one_of(
                    super::not_null(plain(column)).family,
                    &[
                        "String",
                        "FixedString",
                        "UUID",
                        "Bool",
                        "Enum8",
                        "Enum16",
                        "IPv4",
                        "IPv6",
                        "Date",
                        "Date32",
                        "DateTime",
                        "DateTime64",
                        "Time",
                        "Time64",
                        "Array",
                        "JSON",
                        "Dynamic",
                        "Variant",
                    ],
                ) {
                    Some("it is no number; ClickHouse would keep the value of any row and add nothing up")
                } else {
                    None
                }
            }
            Self::Coalesced => None,
        }
    }
}

/// Does AggregatingMergeTree put values of this type together?
pub const fn aggregates(column: &TypeExpr) -> bool {
    is_one_of(column.family, &["AggregateFunction", "SimpleAggregateFunction"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_there_once() {
        let mut all: Vec<&str> = names().collect();
        all.sort_unstable();
        assert!(all.array_windows().all(|[a, b]| a != b));
    }

    #[test]
    fn a_replicated_engine_has_the_rules_of_its_base() {
        assert_eq!(rules("ReplicatedReplacingMergeTree"), rules("ReplacingMergeTree"));
        assert_eq!(arguments("SharedSummingMergeTree"), arguments("SummingMergeTree"));
        assert_eq!(rules("ReplicatedMemory"), None);
    }
}
