//! A schema as data: what `schema --snapshot` writes and `snapshot:FILE` reads.
//!
//! Decides the form: a version, and each object with its name, kind, fingerprint and CREATE statement, in order of
//! names, so that the same schema gives the same bytes. The statement is the record. It refuses a form that it does not
//! know, and an object whose statement was edited: its fingerprint no longer fits.

use serde::{Deserialize, Serialize};

use crate::canon::CANON_VERSION;
use crate::ddl::{ParseContext, parse_object, render_object_line};
use crate::fingerprint::Fingerprint;
use crate::model::Schema;

/// The version of the form. Fields may be added to a version; none is renamed, taken away or given another meaning.
pub const SNAPSHOT_VERSION: u32 = 1;

/// A schema as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The version of the form.
    pub version: u32,
    /// The objects, by name.
    pub objects: Vec<SnapshotObject>,
}

/// An object of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotObject {
    /// Its name: `web.page_view`.
    pub name: String,
    /// What it is: `table`, `materialized view`.
    pub kind: String,
    /// The short name of its meaning.
    pub fingerprint: String,
    /// The statement that creates it, on one line.
    pub sql: String,
}

/// Why a snapshot is not taken for a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Another version of the form.
    #[error("the snapshot has version {found}, and this chx knows version {SNAPSHOT_VERSION}")]
    Version {
        /// Its version.
        found: u32,
    },
    /// A statement that cannot be read.
    #[error("`{name}` cannot be read: {reason}")]
    Unreadable {
        /// The object.
        name: String,
        /// What is wrong with its statement.
        reason: String,
        /// The statement as it stands there.
        sql: String,
    },
    /// A statement that was changed by hand, or a name that does not fit it.
    #[error("`{name}` is not what its fingerprint says: the snapshot was edited")]
    Edited {
        /// The object.
        name: String,
        /// The statement as it stands there.
        sql: String,
    },
}

impl SnapshotError {
    /// The statement that is wrong, by which its line can be found.
    pub fn sql(&self) -> Option<&str> {
        match self {
            Self::Version { .. } => None,
            Self::Unreadable { sql, .. } | Self::Edited { sql, .. } => Some(sql),
        }
    }
}

impl Snapshot {
    /// The snapshot of a schema.
    pub fn of(schema: &Schema) -> Self {
        Self {
            version: SNAPSHOT_VERSION,
            objects: schema
                .iter()
                .map(|(id, object)| SnapshotObject {
                    name: id.to_string(),
                    kind: object.kind().noun().to_owned(),
                    fingerprint: Fingerprint::of(object).to_string(),
                    sql: render_object_line(object),
                })
                .collect(),
        }
    }

    /// The schema that it is of.
    ///
    /// # Errors
    /// Another version, a statement that cannot be read, an object that was edited.
    pub fn schema(&self) -> Result<Schema, SnapshotError> {
        if self.version != SNAPSHOT_VERSION {
            return Err(SnapshotError::Version { found: self.version });
        }
        let mut schema = Schema::default();
        for entry in &self.objects {
            let object = parse_object(&entry.sql, &ParseContext::default()).map_err(|error| {
                SnapshotError::Unreadable {
                    name: entry.name.clone(),
                    reason: error.to_string(),
                    sql: entry.sql.clone(),
                }
            })?;
            // A fingerprint of another canonical form says nothing.
            let comparable = entry.fingerprint.starts_with(&format!("{CANON_VERSION}:"));
            let edited = comparable && Fingerprint::of(&object).to_string() != entry.fingerprint;
            if edited || object.id().to_string() != entry.name {
                return Err(SnapshotError::Edited {
                    name: entry.name.clone(),
                    sql: entry.sql.clone(),
                });
            }
            schema.put(object);
        }
        Ok(schema)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_snapshot_is_the_schema_that_it_is_of(schema in crate::testing::schema()) {
            let json = serde_json::to_string(&Snapshot::of(&schema)).unwrap();
            let read: Snapshot = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(read.schema().unwrap(), schema);
        }
    }

    #[test]
    fn what_was_edited_is_refused() {
        let table = "CREATE TABLE web.t (k UInt8) ENGINE = MergeTree ORDER BY k";
        let object = parse_object(table, &ParseContext::default()).unwrap();
        let schema: Schema = [object].into_iter().collect();
        let mut snapshot = Snapshot::of(&schema);
        snapshot.objects[0].sql = table.replace("UInt8", "UInt16");
        assert!(matches!(snapshot.schema(), Err(SnapshotError::Edited { .. })));
        snapshot.version = 2;
        assert_eq!(snapshot.schema(), Err(SnapshotError::Version { found: 2 }));
    }
}
