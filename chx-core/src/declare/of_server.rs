//! Declared named collections, resources and workloads: what belongs to the server has no comment and no database.

use super::Heading;

/// A declared named collection.
#[derive(Debug, Clone, Copy)]
pub struct NamedCollectionDeclaration {
    /// Its name and origin.
    pub heading: Heading,
    /// Keys and values: `url = 'https://...', password = 'env:PW' NOT OVERRIDABLE`.
    pub entries: &'static str,
}

/// A declared resource.
#[derive(Debug, Clone, Copy)]
pub struct ResourceDeclaration {
    /// Its name and origin.
    pub heading: Heading,
    /// What it counts: `READ ANY DISK, WRITE DISK s3`.
    pub operations: &'static str,
}

/// A declared workload.
#[derive(Debug, Clone, Copy)]
pub struct WorkloadDeclaration {
    /// Its name and origin.
    pub heading: Heading,
    /// The workload above it; the root has none.
    pub parent: Option<&'static str>,
    /// Settings: `weight = 3, max_io_requests = 100 FOR disks`; empty for none.
    pub settings: &'static str,
}
