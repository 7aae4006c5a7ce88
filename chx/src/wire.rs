//! What the official client must be told about a table before rows go in or come out.
//!
//! Decided at compile time, from the types of all declared columns: the client asks the server to describe the whole
//! table. The facts were measured with version 0.15.3 of the client.

use chx_core::declare::Declaration;
use chx_core::rules::{is_one_of, same};
use chx_core::types::{TypeArg, TypeExpr};

/// What a table needs.
#[derive(Clone, Copy)]
pub(crate) struct Wire {
    /// Can the client check rows against the table?
    pub(crate) is_checked: bool,
    /// Is there a JSON column, which a row carries as text?
    pub(crate) has_json: bool,
}

impl Wire {
    /// What the columns of a declared object need.
    pub(crate) const fn of(declaration: &Declaration) -> Self {
        let mut wire = Self {
            is_checked: true,
            has_json: false,
        };
        let mut i = 0;
        match declaration {
            Declaration::Database(_)
            | Declaration::Function(_)
            | Declaration::NamedCollection(_)
            | Declaration::Resource(_)
            | Declaration::Workload(_)
            | Declaration::Access(_)
            | Declaration::Raw(_) => {}
            Declaration::Table(table) => {
                while i < table.columns.len() {
                    wire = wire.and(&table.columns[i].data_type);
                    i += 1;
                }
            }
            Declaration::View(view) => {
                while i < view.columns.len() {
                    wire = wire.and(&view.columns[i].data_type);
                    i += 1;
                }
            }
            Declaration::Dictionary(dictionary) => {
                while i < dictionary.attributes.len() {
                    wire = wire.and(&dictionary.attributes[i].data_type);
                    i += 1;
                }
            }
            Declaration::MaterializedView(view) => {
                while i < view.columns.len() {
                    wire = wire.and(&view.columns[i].data_type);
                    i += 1;
                }
            }
        }
        wire
    }

    const fn and(mut self, data_type: &TypeExpr) -> Self {
        let family = data_type.family;
        if is_one_of(
            family,
            &[
                "AggregateFunction",
                "Nested",
                "QBit",
                "Geometry",
                "MultiPoint",
                "Dynamic",
            ],
        ) {
            self.is_checked = false;
        }
        if same(family, "JSON") {
            self.has_json = true;
            // The header of an INSERT leaves out what the type says besides its typed paths.
            if !data_type.args.is_empty() {
                self.is_checked = false;
            }
        }
        let mut i = 0;
        while i < data_type.args.len() {
            match &data_type.args[i] {
                TypeArg::Named(_, inner) => {
                    self.is_checked = false;
                    self = self.and(inner);
                }
                TypeArg::Type(inner) => {
                    // `SimpleAggregateFunction(max, LowCardinality(String))`
                    if same(family, "SimpleAggregateFunction") && same(inner.family, "LowCardinality") {
                        self.is_checked = false;
                    }
                    self = self.and(inner);
                }
                TypeArg::Number(_) | TypeArg::Text(_) | TypeArg::Sql(_) => {}
            }
            i += 1;
        }
        self
    }
}
