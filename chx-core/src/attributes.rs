//! What an object consists of, piece by piece, with the value of each on two sides.
//!
//! Decides what a difference between two objects is called (`column ts: codec`, `setting ttl_only_drop_parts`), how
//! much it matters, and what stands on either side. Both objects are in canonical form; what is equal there is no
//! difference. Members have no order, columns have one.

mod dictionary;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ddl::{
    render_codec, render_column, render_column_default, render_constraint, render_engine, render_index,
    render_key, render_object_line, render_projection, render_refresh, render_security, render_ttl,
};
use crate::diag::Severity;
use crate::model::{
    Column, Database, MaterializedView, Object, Settings, SqlSecurity, Storage, Table, Target,
};
use crate::pair::Pair;

/// One piece of an object that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttributeChange {
    /// Which piece: `engine`, `column ts`, `column ts: codec`, `setting index_granularity`.
    pub attribute: String,
    /// The value on the first side, as SQL; `None` where it has no such piece.
    pub before: Option<String>,
    /// The value on the second side.
    pub after: Option<String>,
    /// How much it matters: an error where rows or answers change, a warning where their cost does, a note where
    /// only words do.
    pub severity: Severity,
}

/// Everything that differs between two objects of one name, in the order in which a CREATE has it.
///
/// ```
/// use chx_core::attributes::changes;
/// use chx_core::ddl::{ParseContext, parse_object};
/// use chx_core::model::Schema;
/// use chx_core::pair::Pair;
/// let read = |sql| -> Result<Schema, chx_core::ddl::ParseError> {
///     Ok([parse_object(sql, &ParseContext::default())?].into_iter().collect())
/// };
/// let before = read("CREATE TABLE d.t (n UInt8, s String) ENGINE = MergeTree ORDER BY n")?;
/// let after = read("CREATE TABLE d.t (n UInt16) ENGINE = MergeTree ORDER BY n COMMENT 'c'")?;
/// let (Some(before), Some(after)) = (before.objects().next(), after.objects().next()) else { panic!() };
/// let names: Vec<String> = changes(Pair { before, after }).into_iter().map(|change| change.attribute).collect();
/// assert_eq!(names, ["column n: type", "column s", "comment"]);
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn changes(objects: Pair<&Object>) -> Vec<AttributeChange> {
    let mut found = Changes(Vec::new());
    match (objects.before, objects.after) {
        (Object::Table(before), Object::Table(after)) => found.tables(before, after),
        (Object::View(before), Object::View(after)) => {
            found.security(before.security.as_ref(), after.security.as_ref());
            found.put(
                "query",
                before.query.to_string(),
                after.query.to_string(),
                Severity::Error,
            );
            found.put(
                "comment",
                before.comment.as_str(),
                after.comment.as_str(),
                Severity::Note,
            );
        }
        (Object::MaterializedView(before), Object::MaterializedView(after)) => {
            found.materialized_views(before, after);
        }
        (Object::Database(before), Object::Database(after)) => {
            // Without an engine of its own, a database has the one that the server chose.
            let engine = |database: &Database| {
                let own = || "the server's own".to_owned();
                database.engine.as_ref().map_or_else(own, render_engine)
            };
            found.put("engine", engine(before), engine(after), Severity::Error);
            found.settings("setting", &before.settings, &after.settings);
            found.put("comment", before.comment(), after.comment(), Severity::Note);
        }
        (Object::Dictionary(before), Object::Dictionary(after)) => {
            dictionary::push(&mut found, before, after);
        }
        (before, after) if before.kind() != after.kind() => {
            found.put("kind", before.kind().noun(), after.kind().noun(), Severity::Error);
        }
        (before, after) => found.put(
            "definition",
            render_object_line(before),
            render_object_line(after),
            Severity::Error,
        ),
    }
    found.0
}

struct Changes(Vec<AttributeChange>);

impl Changes {
    /// Notes a piece unless it is the same; an empty value is none.
    fn put(
        &mut self,
        attribute: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
        severity: Severity,
    ) {
        let (before, after) = (before.into(), after.into());
        if before != after {
            let value = |text: String| Some(text).filter(|text| !text.is_empty());
            self.0.push(AttributeChange {
                attribute: attribute.into(),
                before: value(before),
                after: value(after),
                severity,
            });
        }
    }

    fn tables(&mut self, before: &Table, after: &Table) {
        self.members_of_table(before, after);
        self.put(
            "comment",
            before.comment.as_str(),
            after.comment.as_str(),
            Severity::Note,
        );
    }

    /// All of two tables but their comments.
    fn members_of_table(&mut self, before: &Table, after: &Table) {
        self.columns(before, after);
        let index = |table: &Table| -> BTreeMap<String, String> {
            table
                .indexes
                .iter()
                .map(|index| (index.name.to_string(), render_index(index)))
                .collect()
        };
        self.members("index", &index(before), &index(after), Severity::Warning);
        let projection = |table: &Table| -> BTreeMap<String, String> {
            let named = |projection: &crate::model::Projection| {
                (projection.name.to_string(), render_projection(projection))
            };
            table.projections.iter().map(named).collect()
        };
        self.members(
            "projection",
            &projection(before),
            &projection(after),
            Severity::Warning,
        );
        let constraint = |table: &Table| -> BTreeMap<String, String> {
            let named = |constraint: &crate::model::Constraint| {
                (constraint.name.to_string(), render_constraint(constraint))
            };
            table.constraints.iter().map(named).collect()
        };
        self.members(
            "constraint",
            &constraint(before),
            &constraint(after),
            Severity::Error,
        );
        self.storages(&before.storage, &after.storage);
    }

    fn columns(&mut self, before: &Table, after: &Table) {
        for column in &before.columns {
            match after.column(column.name.as_str()) {
                Some(other) => self.column(column, other),
                None => self.put(
                    format!("column {}", column.name),
                    render_column(column),
                    "",
                    Severity::Error,
                ),
            }
        }
        for column in &after.columns {
            if before.column(column.name.as_str()).is_none() {
                self.put(
                    format!("column {}", column.name),
                    "",
                    render_column(column),
                    Severity::Error,
                );
            }
        }
        let order = |table: &Table, other: &Table| {
            let kept = table.columns.iter().map(|column| column.name.as_str());
            kept.filter(|name| other.column(name).is_some())
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.put(
            "order of the columns",
            order(before, after),
            order(after, before),
            Severity::Warning,
        );
    }

    fn column(&mut self, before: &Column, after: &Column) {
        let name = |piece: &str| format!("column {}: {piece}", before.name);
        self.put(
            name("type"),
            before.data_type.to_string(),
            after.data_type.to_string(),
            Severity::Error,
        );
        let default = |column: &Column| {
            column
                .default
                .as_ref()
                .map(render_column_default)
                .unwrap_or_default()
        };
        self.put(name("default"), default(before), default(after), Severity::Error);
        let codec = |column: &Column| column.codec.as_ref().map(render_codec).unwrap_or_default();
        self.put(name("codec"), codec(before), codec(after), Severity::Warning);
        let statistics = |column: &Column| {
            column
                .statistics
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.put(
            name("statistics"),
            statistics(before),
            statistics(after),
            Severity::Warning,
        );
        let ttl = |column: &Column| column.ttl.as_ref().map(ToString::to_string).unwrap_or_default();
        self.put(name("TTL"), ttl(before), ttl(after), Severity::Error);
        self.settings(&name("setting"), &before.settings, &after.settings);
        self.put(
            name("comment"),
            before.comment.as_str(),
            after.comment.as_str(),
            Severity::Note,
        );
    }

    fn storages(&mut self, before: &Storage, after: &Storage) {
        self.put(
            "engine",
            render_engine(&before.engine),
            render_engine(&after.engine),
            Severity::Error,
        );
        let key = |name: &str, before: &crate::model::Key, after: &crate::model::Key, changes: &mut Self| {
            changes.put(name, render_key(before), render_key(after), Severity::Error);
        };
        key("partition key", &before.partition_by, &after.partition_by, self);
        key(
            "primary key",
            before.effective_primary_key(),
            after.effective_primary_key(),
            self,
        );
        key("sorting key", &before.order_by, &after.order_by, self);
        if !before.unique_key.is_empty() || !after.unique_key.is_empty() {
            key("unique key", &before.unique_key, &after.unique_key, self);
        }
        let sampling = |storage: &Storage| {
            storage
                .sample_by
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        self.put("sampling key", sampling(before), sampling(after), Severity::Error);
        self.put(
            "TTL",
            render_ttl(&before.ttl),
            render_ttl(&after.ttl),
            Severity::Error,
        );
        self.settings("setting", &before.settings, &after.settings);
    }

    fn settings(&mut self, noun: &str, before: &Settings, after: &Settings) {
        let values = |settings: &Settings| -> BTreeMap<String, String> {
            settings
                .0
                .iter()
                .map(|(name, value)| (name.clone(), value.to_string()))
                .collect()
        };
        self.members(noun, &values(before), &values(after), Severity::Warning);
    }

    fn members(
        &mut self,
        noun: &str,
        before: &BTreeMap<String, String>,
        after: &BTreeMap<String, String>,
        severity: Severity,
    ) {
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let value = |side: &BTreeMap<String, String>| side.get(name).cloned().unwrap_or_default();
            self.put(format!("{noun} {name}"), value(before), value(after), severity);
        }
    }

    fn security(&mut self, before: Option<&SqlSecurity>, after: Option<&SqlSecurity>) {
        let text = |security: Option<&SqlSecurity>| security.map(render_security).unwrap_or_default();
        self.put("SQL SECURITY", text(before), text(after), Severity::Error);
    }

    fn materialized_views(&mut self, before: &MaterializedView, after: &MaterializedView) {
        let refresh = |view: &MaterializedView| view.refresh.as_ref().map(render_refresh).unwrap_or_default();
        self.put("REFRESH", refresh(before), refresh(after), Severity::Error);
        self.security(before.security.as_ref(), after.security.as_ref());
        match (&before.target, &after.target) {
            (Target::Inner(inner), Target::Inner(other)) => {
                self.members_of_table(&inner.as_table(&before.name), &other.as_table(&after.name));
            }
            (before, after) => self.put("target", target(before), target(after), Severity::Error),
        }
        self.put(
            "query",
            before.query.to_string(),
            after.query.to_string(),
            Severity::Error,
        );
        self.put(
            "comment",
            before.comment.as_str(),
            after.comment.as_str(),
            Severity::Note,
        );
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::To(name) => name.to_string(),
        Target::Inner(inner) => format!("an inner table of {}", render_engine(&inner.storage.engine)),
    }
}
