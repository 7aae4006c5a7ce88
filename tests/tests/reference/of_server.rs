//! # Named collections, resources and workloads
//!
//! They belong to the server: structs with `#[derive(ChNamedCollection)]`, `#[derive(ChResource)]` and `#[derive(ChWorkload)]`.
//! Workloads and resources share their names, and the workloads of a server are one tree.

use chx::prelude::*;

// CREATE NAMED COLLECTION reference_files AS url = 'https://files.example.com/' <- entries = "url = 'https://files.example.com/'"
#[derive(ChNamedCollection)]
#[ch(entries = "url = 'https://files.example.com/'")]
struct ReferenceFiles;

// CREATE NAMED COLLECTION referenceDb AS format = 'CSV' OVERRIDABLE, port = 3306 NOT OVERRIDABLE <- name = "referenceDb", entries = "port = 3306 NOT OVERRIDABLE, format = 'CSV' OVERRIDABLE"
#[derive(ChNamedCollection)]
#[ch(
    name = "referenceDb",
    entries = "port = 3306 NOT OVERRIDABLE, format = 'CSV' OVERRIDABLE"
)]
struct ReferenceDb;

// CREATE NAMED COLLECTION reference_secret AS password = 'env:DB_PASSWORD', token = 'file:secrets/token' <- entries = "password = 'env:DB_PASSWORD', token = 'file:secrets/token'"
#[derive(ChNamedCollection)]
#[ch(entries = "password = 'env:DB_PASSWORD', token = 'file:secrets/token'")]
struct ReferenceSecret;

// CREATE RESOURCE reference_disks (READ ANY DISK, WRITE DISK s3) <- operations = "READ ANY DISK, WRITE DISK s3"
#[derive(ChResource)]
#[ch(operations = "READ ANY DISK, WRITE DISK s3")]
struct ReferenceDisks;

// CREATE RESOURCE referenceCpu (MASTER THREAD, WORKER THREAD) <- name = "referenceCpu", operations = "MASTER THREAD, WORKER THREAD"
#[derive(ChResource)]
#[ch(name = "referenceCpu", operations = "MASTER THREAD, WORKER THREAD")]
struct ReferenceCpu;

// CREATE WORKLOAD reference_all <- #[derive(ChWorkload)]
#[derive(ChWorkload)]
struct ReferenceAll;

// CREATE WORKLOAD reference_reports IN reference_all <- parent = "reference_all"
// SETTINGS max_io_requests = 100 FOR reference_disks, weight = 3 <- settings = "weight = 3, max_io_requests = 100 FOR reference_disks"
#[derive(ChWorkload)]
#[ch(
    parent = "reference_all",
    settings = "weight = 3, max_io_requests = 100 FOR reference_disks"
)]
struct ReferenceReports;
