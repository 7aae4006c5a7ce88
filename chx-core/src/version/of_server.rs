//! The facts about databases, and about what belongs to the server and to none: named collections, resources and workloads.
//!
//! The settings of workloads stand with those of tables, in [`super::late_settings`].

use crate::diag::code;
use crate::model::{ResourceOperation, WorkloadSetting};

use super::ServerVersion;
use super::fact::{Fact, Status};
use super::piece::Piece;

use Status::{Fails, Unknown, Works};

const fn v(year: u16, release: u16) -> ServerVersion {
    ServerVersion::new(year, release)
}

/// What is known of databases. Its code stands behind all others.
pub(super) const DATABASES: &[Fact] = &[
    Fact {
        code: code::DATABASE_SETTINGS,
        what: "a database with SETTINGS",
        statuses: &[(v(25, 6), Unknown), (v(25, 8), Works)],
        instead: "leave them out",
        source: "measured on 24.8, 25.5 (37), 25.8, 26.1, 26.3 and 26.9",
        is_about: |piece| matches!(piece, Piece::Database(database) if !database.settings.is_empty()),
    },
    Fact {
        code: code::LAZY_LOAD_TABLES,
        what: "the setting `lazy_load_tables` of a database",
        statuses: &[
            (v(25, 6), Unknown),
            (
                v(25, 8),
                Fails("is kept and not heeded, and refused where `disk` is set too,"),
            ),
            (v(26, 2), Unknown),
            (v(26, 3), Works),
        ],
        instead: "leave it out",
        source: "measured on 24.8, 25.5 (37), 25.8, 26.1 (115 beside `disk`), 26.3 and 26.9",
        is_about: |piece| matches!(piece, Piece::Database(database) if database.settings.get("lazy_load_tables").is_some()),
    },
];

/// Everything else of this kind that is known, by code.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        code: code::UNSEEN_NAMED_COLLECTION,
        what: "a named collection",
        statuses: &[
            (
                v(0, 0),
                Fails("is made, but not shown, so that drift and pull know nothing of it,"),
            ),
            (v(24, 9), Unknown),
            (v(25, 5), Works),
        ],
        instead: "change it by migrations only",
        source: "measured on 24.8 (`system.named_collections` has no `create_query`), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::NamedCollection),
    },
    Fact {
        code: code::WORKLOAD_OR_RESOURCE,
        what: "a workload or a resource",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "leave it out",
        source: "measured on 24.8 (syntax error), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::Resource(_) | Piece::Workload(_)),
    },
    Fact {
        code: code::RESOURCE_QUERY,
        what: "a resource that counts QUERY",
        statuses: &[(v(25, 6), Unknown), (v(25, 8), Works)],
        instead: "limit queries with `max_concurrent_queries` of the server",
        source: "measured on 25.5 (syntax error), 25.8 and newer",
        is_about: |piece| counts(piece, &ResourceOperation::Query),
    },
    Fact {
        code: code::RESOURCE_MEMORY,
        what: "a resource that counts MEMORY RESERVATION",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "limit memory with `max_memory_usage_for_user` of a settings profile",
        source: "measured on 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| counts(piece, &ResourceOperation::MemoryReservation),
    },
    Fact {
        code: code::WORKLOAD_UNITS,
        what: "a setting of a workload with a unit, such as `'10M'`",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "write the number: `10000000`",
        source: "measured on 25.5, 25.8, 26.1, 26.3, 26.5 (170), 26.7 and 26.9",
        is_about: |piece| matches!(piece, Piece::Workload(workload) if workload.settings.iter().any(is_text)),
    },
];

fn counts(piece: &Piece<'_>, operation: &ResourceOperation) -> bool {
    matches!(piece, Piece::Resource(resource) if resource.operations.contains(operation))
}

/// Is the value written as a text? One that stands for a number is written as the number.
fn is_text(setting: &WorkloadSetting) -> bool {
    setting.value.to_string().starts_with('\'')
}
