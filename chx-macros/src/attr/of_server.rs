//! `#[ch(...)]` on a struct with `ChNamedCollection`, `ChResource` or `ChWorkload`.

use chx_core::ddl::{parse_collection_entries, parse_resource_operations, parse_workload_settings};
use syn::{Attribute, LitStr, Path};

use super::entry::{self, Entry};
use super::fragment;
use super::keys::{self, Keys};
use super::named;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// What belongs to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `ChNamedCollection`.
    NamedCollection,
    /// `ChResource`.
    Resource,
    /// `ChWorkload`.
    Workload,
}

/// An object of the server as written.
#[derive(Default)]
pub(crate) struct OfServer {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `parent = "..."`.
    pub(crate) parent: Slot<LitStr>,
    /// `entries`, `operations` or `settings`.
    pub(crate) says: Slot<Sql>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Kind {
    /// The derive.
    pub(crate) fn derive(self) -> &'static str {
        match self {
            Self::NamedCollection => "ChNamedCollection",
            Self::Resource => "ChResource",
            Self::Workload => "ChWorkload",
        }
    }

    fn keys(self) -> &'static Keys {
        match self {
            Self::NamedCollection => &keys::NAMED_COLLECTION,
            Self::Resource => &keys::RESOURCE,
            Self::Workload => &keys::WORKLOAD,
        }
    }

    /// The key with what it says, and an example of that.
    pub(crate) fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::NamedCollection => (
                "entries",
                "\"url = 'https://files.example.com/', secret_access_key = 'env:FILES_KEY'\"",
            ),
            Self::Resource => ("operations", "\"READ ANY DISK, WRITE ANY DISK\""),
            Self::Workload => ("settings", "\"weight = 3, max_io_requests = 100 FOR disks\""),
        }
    }

    fn read_says(self, diag: &Diag, entry: &Entry) -> Option<Sql> {
        let form = format!("takes SQL in quotes, such as `{}`", self.says().1);
        let written = fragment::sql(diag, entry, &form)?;
        match self {
            Self::NamedCollection => {
                Sql::parsed_in_secret(diag, &written, parse_collection_entries).map(|(sql, _)| sql)
            }
            Self::Resource => Sql::parsed(diag, &written, parse_resource_operations).map(|(sql, _)| sql),
            Self::Workload => Sql::parsed(diag, &written, parse_workload_settings).map(|(sql, _)| sql),
        }
    }
}

impl OfServer {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, kind: Kind, attrs: &[Attribute]) -> Self {
        let mut object = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => object.name.set(diag, &entry, named::name(diag, &entry)),
                "crate" => object.krate.set(diag, &entry, named::path(diag, &entry)),
                "parent" if kind == Kind::Workload => {
                    object.parent.set(diag, &entry, named::name(diag, &entry));
                }
                key if key == kind.says().0 => object.says.set(diag, &entry, kind.read_says(diag, &entry)),
                _ => entry.report_unknown(diag, kind.keys()),
            }
        }
        object
    }
}
