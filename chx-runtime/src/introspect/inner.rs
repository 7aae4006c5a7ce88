//! The inner tables of materialized views.
//!
//! Decides what such a table is: its own statement says. That of the view loses its indexes, projections and constraints with
//! the next ALTER of the view, and knows nothing of an ALTER of the table. Where a user may not see the table, the view's is what
//! there is.

use std::collections::BTreeMap;

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{MaterializedView, Object, ObjectId, Schema, Table, Target};

use super::catalog::TableRow;

/// What was read of them, and whose they are.
#[derive(Default)]
pub(super) struct InnerTables {
    tables: BTreeMap<QualifiedName, Table>,
    /// The table of each view.
    views: BTreeMap<QualifiedName, QualifiedName>,
}

impl InnerTables {
    /// Takes the row if it is an inner table.
    pub(super) fn keeps(&mut self, name: &QualifiedName, row: &TableRow<'_>) -> bool {
        if !name.name.as_str().starts_with(".inner_id.") && !name.name.as_str().starts_with(".inner.") {
            return false;
        }
        let context = ParseContext::in_database(&name.database);
        // What cannot be read is left to the statement of its view.
        if let Ok(Object::Table(table)) = parse_object(&row.create_table_query, &context) {
            self.tables.insert(name.clone(), table);
        }
        true
    }

    /// Notes whose table it is that a view has, which has this UUID.
    pub(super) fn belong_to(&mut self, view: &MaterializedView, uuid: &str) {
        if !matches!(view.target, Target::Inner(_)) {
            return;
        }
        let has_uuid = uuid.bytes().any(|byte| !matches!(byte, b'0' | b'-'));
        let inner = if has_uuid {
            format!(".inner_id.{uuid}")
        } else {
            format!(".inner.{}", view.name.name.as_str())
        };
        if let Ok(inner) = Ident::new(inner) {
            let inner = QualifiedName {
                name: inner,
                database: view.name.database.clone(),
            };
            self.views.insert(view.name.clone(), inner);
        }
    }

    /// Puts each table into its view.
    pub(super) fn put(mut self, schema: &mut Schema) {
        for (view, inner) in std::mem::take(&mut self.views) {
            let Some(table) = self.tables.remove(&inner) else {
                continue;
            };
            let Some(Object::MaterializedView(found)) = schema.get(&ObjectId::Relation(view)) else {
                continue;
            };
            let mut found = found.clone();
            found.adopt_inner(table);
            schema.put(Object::MaterializedView(found));
        }
    }
}
