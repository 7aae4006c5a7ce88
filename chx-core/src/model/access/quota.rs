//! Quotas.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Ident, Members};

/// What somebody may use up within some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The name.
    pub name: Ident,
    /// What each count is kept for.
    pub key: QuotaKey,
    /// The limits, by the length of their interval in seconds.
    pub intervals: BTreeMap<u64, QuotaInterval>,
    /// For whom.
    pub to: Members,
}

impl Quota {
    /// What `CREATE QUOTA name` makes.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            key: QuotaKey::None,
            intervals: BTreeMap::new(),
            to: Members::NONE,
        }
    }
}

/// The limits of one interval.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaInterval {
    /// Does it begin at a time of its own, so that not all quotas begin at once?
    pub randomized: bool,
    /// The limits. None is TRACKING ONLY.
    pub limits: BTreeMap<QuotaLimit, String>,
}

/// `KEYED BY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are ClickHouse's")]
pub enum QuotaKey {
    None,
    UserName,
    IpAddress,
    ForwardedIpAddress,
    ClientKey,
    ClientKeyOrUserName,
    ClientKeyOrIpAddress,
}

impl QuotaKey {
    /// All that stand behind KEYED BY.
    pub const KEYS: [Self; 6] = [
        Self::UserName,
        Self::IpAddress,
        Self::ForwardedIpAddress,
        Self::ClientKey,
        Self::ClientKeyOrUserName,
        Self::ClientKeyOrIpAddress,
    ];

    /// What stands behind KEYED BY.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::UserName => "user_name",
            Self::IpAddress => "ip_address",
            Self::ForwardedIpAddress => "forwarded_ip_address",
            Self::ClientKey => "client_key",
            Self::ClientKeyOrUserName => "client_key, user_name",
            Self::ClientKeyOrIpAddress => "client_key, ip_address",
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are ClickHouse's")]
pub enum QuotaLimit {
    Queries,
    QuerySelects,
    QueryInserts,
    Errors,
    ResultRows,
    ResultBytes,
    ReadRows,
    ReadBytes,
    ExecutionTime,
    WrittenBytes,
    FailedSequentialAuthentications,
}

impl QuotaLimit {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Queries,
        Self::QuerySelects,
        Self::QueryInserts,
        Self::Errors,
        Self::ResultRows,
        Self::ResultBytes,
        Self::ReadRows,
        Self::ReadBytes,
        Self::ExecutionTime,
        Self::WrittenBytes,
        Self::FailedSequentialAuthentications,
    ];

    /// The word in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queries => "queries",
            Self::QuerySelects => "query_selects",
            Self::QueryInserts => "query_inserts",
            Self::Errors => "errors",
            Self::ResultRows => "result_rows",
            Self::ResultBytes => "result_bytes",
            Self::ReadRows => "read_rows",
            Self::ReadBytes => "read_bytes",
            Self::ExecutionTime => "execution_time",
            Self::WrittenBytes => "written_bytes",
            Self::FailedSequentialAuthentications => "failed_sequential_authentications",
        }
    }
}
