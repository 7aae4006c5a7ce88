//! The difference between two states of a table.

use std::collections::BTreeMap;

use crate::ddl::AlterCommand;
use crate::ident::Ident;
use crate::model::{Column, EngineFamily, Projection, Table};
use crate::pair::Pair;

use super::RebuildReason;
use super::rename::in_order;
use super::{clauses, columns, keys, members};

/// Columns that changed their names: new name to old name.
pub type ColumnRenames = BTreeMap<Ident, Ident>;

/// The ALTER commands that turn one state of a table into another, sorted into the kinds of statements that they
/// may share. Each kind runs after the one before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableChanges {
    /// `RENAME COLUMN`: refused in one ALTER with other changes of the same column (48). Before them, `DROP PROJECTION`
    /// of what reads these columns.
    pub rename: Vec<AlterCommand>,
    /// Metadata only: new columns, indexes, projections, constraints, defaults, comments, settings, key suffixes.
    pub extend: Vec<AlterCommand>,
    /// Column types that rewrite data. They can fail on the data, so they share no statement with anything else. Behind
    /// them, the projections that read these columns.
    pub rewrite: Vec<AlterCommand>,
    /// TTLs. A new TTL deletes what is past due at once.
    pub expire: Vec<AlterCommand>,
    /// What goes: columns, and the members that read them.
    pub shrink: Vec<AlterCommand>,
    /// What no ALTER can do. When this is not empty, the commands above do not lead to the new state.
    pub rebuild: Vec<RebuildReason>,
}

impl TableChanges {
    /// Compares two states of one table. Names of the table itself do not matter here.
    pub fn between(tables: Pair<&Table>, renames: &ColumnRenames) -> Self {
        let mut changes = Self::default();
        if tables.before == tables.after && renames.is_empty() {
            return changes;
        }
        // The rest is compared as if the renames had happened.
        let renamed = (!renames.is_empty()).then(|| changes.rename_columns(tables.before, renames));
        let tables = Pair {
            before: renamed.as_ref().unwrap_or(tables.before),
            after: tables.after,
        };
        columns::push(tables, &mut changes);
        members::push(tables, &mut changes);
        clauses::push(tables, &mut changes);
        changes.refuse_what_the_engine_cannot(tables);
        changes.refuse_what_a_unique_key_forbids(tables.before);
        changes
    }

    /// The table with its columns renamed.
    fn rename_columns(&mut self, table: &Table, renames: &ColumnRenames) -> Table {
        let mut renamed = table.clone();
        // A column cannot be renamed under a projection (47): it goes first and comes again with the new members.
        let moved = |projection: &Projection| {
            renames
                .values()
                .any(|from| columns::reads(&projection.body, from))
        };
        for projection in table.projections.iter().filter(|projection| moved(projection)) {
            renamed.projections.retain(|kept| kept.name != projection.name);
            self.rename.push(AlterCommand::DropProjection {
                name: projection.name.clone(),
                if_exists: false,
            });
        }
        for (from, to) in in_order(renames, |name| temporary(name, table)) {
            let command = AlterCommand::RenameColumn {
                from: from.clone(),
                to: to.clone(),
                if_exists: false,
            };
            if keys::is_key_column(table, &from) {
                self.rebuild
                    .push(RebuildReason::KeyColumnRename { column: from.clone() });
            }
            let mut object = renamed.clone().into();
            if crate::simulate::apply_command(&mut object, &command).is_ok()
                && let crate::model::Object::Table(table) = crate::canon::canonical(object)
            {
                renamed = table;
                self.rename.push(command);
            }
        }
        renamed
    }

    /// Is there nothing to do?
    pub fn is_empty(&self) -> bool {
        self.rename.is_empty()
            && self.extend.is_empty()
            && self.rewrite.is_empty()
            && self.expire.is_empty()
            && self.shrink.is_empty()
            && self.rebuild.is_empty()
    }

    /// Only the MergeTree family alters everything. Some engines take ADD COLUMN, all take MODIFY COMMENT.
    fn refuse_what_the_engine_cannot(&mut self, tables: Pair<&Table>) {
        let engine = &tables.before.storage.engine;
        if engine.family() == EngineFamily::MergeTree || !self.rebuild.is_empty() {
            return;
        }
        // Measured on 26.7: Memory, Null, Buffer, Merge and Distributed take column commands; Log engines, Set,
        // Join, File, URL, RocksDB, GenerateRandom, MySQL and Kafka refuse them (48).
        let takes_columns = matches!(
            engine.name.as_str(),
            "Memory" | "Null" | "Buffer" | "Merge" | "Distributed"
        );
        let mut refused = None;
        for command in self.all_commands() {
            match command {
                // It would be the comment of the table behind it.
                AlterCommand::ModifyComment { .. } if tables.before.is_alias() => refused = Some("comment"),
                AlterCommand::ModifyComment { .. } => {}
                AlterCommand::AddColumn { .. }
                | AlterCommand::DropColumn { .. }
                | AlterCommand::ModifyColumn(_)
                | AlterCommand::CommentColumn { .. }
                | AlterCommand::RemoveColumnProperty { .. }
                    if takes_columns => {}
                AlterCommand::ModifySettings { .. } | AlterCommand::ResetSettings { .. } => {
                    refused = Some("settings");
                }
                _ => refused = Some("columns"),
            }
        }
        if let Some(what) = refused {
            self.rebuild.push(RebuildReason::EngineCannotAlter {
                engine: engine.name.clone(),
                what,
            });
        }
    }

    /// Measured on 26.7. The parts have an index of the key beside them, and nothing writes it anew.
    fn refuse_what_a_unique_key_forbids(&mut self, table: &Table) {
        if table.storage.unique_key.is_empty() || !self.rebuild.is_empty() {
            return;
        }
        let mut refused = Vec::new();
        for command in self.all_commands() {
            let what = match command {
                AlterCommand::ModifyOrderBy { .. } => "the sorting key".to_owned(),
                AlterCommand::ModifyTtl { .. } => "the TTL".to_owned(),
                AlterCommand::AddProjection { .. } => "the projections".to_owned(),
                AlterCommand::AddColumn { column, .. } if column.ttl.is_some() => {
                    format!("the TTL of column `{}`", column.name)
                }
                AlterCommand::ModifyColumn(change) if table.storage.is_unique(change.name.as_str()) => {
                    format!("column `{}`, which is part of the key,", change.name)
                }
                AlterCommand::ModifyColumn(change) if change.ttl.is_some() => {
                    format!("the TTL of column `{}`", change.name)
                }
                AlterCommand::RemoveColumnProperty { name, .. } if table.storage.is_unique(name.as_str()) => {
                    format!("column `{name}`, which is part of the key,")
                }
                _ => continue,
            };
            if !refused.contains(&what) {
                refused.push(what);
            }
        }
        self.rebuild.extend(
            refused
                .into_iter()
                .map(|what| RebuildReason::UnderUniqueKey { what }),
        );
    }

    /// All commands in the order in which they run.
    pub fn all_commands(&self) -> impl Iterator<Item = &AlterCommand> {
        [
            &self.rename,
            &self.extend,
            &self.rewrite,
            &self.expire,
            &self.shrink,
        ]
        .into_iter()
        .flatten()
    }
}

/// A name that no column has.
fn temporary(name: &Ident, table: &Table) -> Ident {
    let mut free = format!("{name}_renaming");
    while table.column(&free).is_some() {
        free.push('_');
    }
    Ident::new(free).unwrap_or_else(|_| name.clone())
}

/// The columns of a table by name.
pub(super) fn by_name(table: &Table) -> BTreeMap<&str, &Column> {
    table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column))
        .collect()
}
