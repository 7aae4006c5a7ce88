//! Workloads and resources: how a server shares itself among queries.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Ident, SettingValue};

/// A workload: queries that name it share what its settings give. Workloads are a tree with one root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workload {
    /// The name, which no other workload or resource of the server has.
    pub name: Ident,
    /// `IN parent`; the root has none.
    pub parent: Option<Ident>,
    /// The settings, by name and resource.
    pub settings: Vec<WorkloadSetting>,
}

/// A setting of a workload.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorkloadSetting {
    /// The name.
    pub name: String,
    /// `FOR resource`; without one it holds for all.
    pub resource: Option<Ident>,
    /// The value.
    pub value: SettingValue,
}

/// A resource: what queries take turns at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The name, which no other workload or resource of the server has.
    pub name: Ident,
    /// What it counts.
    pub operations: Vec<ResourceOperation>,
}

/// What a resource counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceOperation {
    /// `READ DISK d`; `None` is `READ ANY DISK`.
    Read(Option<Ident>),
    /// `WRITE DISK d`; `None` is `WRITE ANY DISK`.
    Write(Option<Ident>),
    /// `MASTER THREAD`.
    MasterThread,
    /// `WORKER THREAD`.
    WorkerThread,
    /// `QUERY`.
    Query,
    /// `MEMORY RESERVATION`.
    MemoryReservation,
}

/// What a resource counts in. `OR REPLACE` cannot change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceUnit {
    /// Bytes of reads and writes.
    Io,
    /// Threads.
    Cpu,
    /// Queries.
    Query,
    /// Bytes of memory.
    Memory,
}

impl ResourceOperation {
    /// What it is counted in.
    pub fn unit(&self) -> ResourceUnit {
        match self {
            Self::Read(_) | Self::Write(_) => ResourceUnit::Io,
            Self::MasterThread | Self::WorkerThread => ResourceUnit::Cpu,
            Self::Query => ResourceUnit::Query,
            Self::MemoryReservation => ResourceUnit::Memory,
        }
    }

    /// Can only one resource of a server count it? Disks may have several.
    pub fn is_single(&self) -> bool {
        self.unit() != ResourceUnit::Io
    }
}

impl Resource {
    /// What it counts in; `None` where it counts nothing.
    pub fn unit(&self) -> Option<ResourceUnit> {
        self.operations.first().map(ResourceOperation::unit)
    }
}

impl Workload {
    /// The resources that its settings name.
    pub fn resources(&self) -> impl Iterator<Item = &Ident> {
        self.settings
            .iter()
            .filter_map(|setting| setting.resource.as_ref())
    }
}

/// As SQL.
impl fmt::Display for ResourceOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(Some(disk)) => write!(f, "READ DISK {}", disk.sql()),
            Self::Read(None) => f.write_str("READ ANY DISK"),
            Self::Write(Some(disk)) => write!(f, "WRITE DISK {}", disk.sql()),
            Self::Write(None) => f.write_str("WRITE ANY DISK"),
            Self::MasterThread => f.write_str("MASTER THREAD"),
            Self::WorkerThread => f.write_str("WORKER THREAD"),
            Self::Query => f.write_str("QUERY"),
            Self::MemoryReservation => f.write_str("MEMORY RESERVATION"),
        }
    }
}
