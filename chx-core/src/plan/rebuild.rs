//! A table that no ALTER can bring to its new state: what it is, what it will be, and how its rows get there.
//!
//! Decides how rows can be copied, and writes the manual way down. It never becomes a DROP and a CREATE: the old table
//! stays, under the scratch name, until a person drops it.

use serde::Serialize;

use crate::ddl::{AlterCommand, AlterTable, Statement};
use crate::diff::{ColumnRenames, RebuildReason};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Column, EngineFamily, MaterializedView, Object, ObjectId, Schema, Table};
use crate::pair::Pair;
use crate::sql::quote_string;
use crate::types::{Conversion, DataType, conversion};

use super::facts::TableFacts;
use super::impact::{Reader, Size, object_reader};
use super::readers::Readers;
use super::{Cost, Phase, Risk, Step};

/// A table, or a database, that has to be built anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rebuild {
    /// What it is about, by its new name.
    pub object: ObjectId,
    /// How many of the plan's steps run before it: new columns elsewhere and new tables come first, and views that may read
    /// what is new in it come later.
    pub after: usize,
    /// All the reasons.
    pub reasons: Vec<RebuildReason>,
    /// What it can do to data. Rows are copied and nothing is dropped, but what is inserted meanwhile has to be copied
    /// again.
    pub risk: Risk,
    /// What it costs: always a rebuild.
    pub cost: Cost,
    /// The object as it is and as it shall be.
    pub definition: Box<Pair<Object>>,
    /// Columns that change their names on the way: new name to old name.
    pub renamed_columns: ColumnRenames,
    /// What reads the table. It goes on reading by name, so it sees the new table after the exchange.
    pub readers: Vec<Reader>,
    /// The materialized views that write into the table.
    pub writers: Vec<Reader>,
    /// How the rows get into the new table.
    pub copy: CopyMethod,
    /// How a person does it by hand: statements, and comments that begin with `--`.
    pub recipe: Vec<String>,
}

/// How rows get from the old table into the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum CopyMethod {
    /// `ATTACH PARTITION ALL FROM`: the new table links to the files of the old one. No row is read, no disk needed.
    AttachPartition,
    /// `INSERT INTO ... SELECT`: every row is read and written.
    InsertSelect {
        /// Why the parts cannot be attached.
        because: Vec<&'static str>,
    },
    /// Tables are renamed into another database.
    RenameTables,
    /// The rows stay where they are.
    InPlace,
}

impl Rebuild {
    /// The recipe as a script: its statements end with a semicolon, its comments do not.
    pub fn script(&self) -> impl Iterator<Item = String> + '_ {
        self.recipe.iter().map(|line| {
            let end = if line.starts_with("--") { "" } else { ";" };
            format!("{line}{end}")
        })
    }

    /// How much there is to do, given what the server says about the table: a copy writes every byte again, and needs that
    /// much free disk; files that are linked, tables that are renamed and rows that stay need none.
    pub fn size(&self, table: &TableFacts) -> Size {
        let (parts, bytes_rewritten) = match self.copy {
            CopyMethod::InsertSelect { .. } => (table.parts, table.bytes),
            CopyMethod::AttachPartition => (table.parts, 0),
            CopyMethod::RenameTables | CopyMethod::InPlace => (0, 0),
        };
        Size {
            rows: table.rows,
            bytes: table.bytes,
            parts,
            bytes_rewritten,
            bytes_free: table.free_disk,
            seconds: None,
        }
    }

    /// The rebuild of a table. Who reads it is filled in when the whole plan stands.
    pub(super) fn of_table(
        tables: Pair<&Table>,
        reasons: Vec<RebuildReason>,
        renamed: ColumnRenames,
    ) -> Self {
        let copy = CopyMethod::of(tables);
        Self {
            object: ObjectId::Relation(tables.after.name.clone()),
            after: 0,
            risk: Risk::Caution,
            cost: Cost::Rebuild,
            definition: Box::new(tables.map(|table| table.clone().into())),
            readers: Vec::new(),
            writers: Vec::new(),
            recipe: recipe(tables, &renamed, &copy),
            renamed_columns: renamed,
            copy,
            reasons,
        }
    }

    /// A materialized view whose inner table has to get columns before its query can give them.
    pub(super) fn of_inner_table(views: Pair<&MaterializedView>, columns: Vec<String>) -> Self {
        let name = &views.after.name;
        let alter = AlterTable {
            name: name.clone(),
            commands: vec![AlterCommand::ModifyQuery {
                query: views.after.query.clone(),
            }],
        };
        Self {
            object: ObjectId::Relation(name.clone()),
            after: 0,
            risk: Risk::Caution,
            cost: Cost::Rebuild,
            definition: Box::new(views.map(|view| view.clone().into())),
            renamed_columns: ColumnRenames::new(),
            readers: Vec::new(),
            writers: Vec::new(),
            copy: CopyMethod::InPlace,
            recipe: vec![
                format!(
                    "-- ALTER TABLE ... ADD COLUMN {} in the table that this names: SELECT target_database, target_table FROM system.tables \
                     WHERE database = {} AND name = {}",
                    columns.join(", "),
                    quote_string(name.database.as_str()),
                    quote_string(name.name.as_str()),
                ),
                crate::ddl::render(&Statement::AlterTable(alter)),
                "-- or give the view a table of its own with TO: then chx does this, and the rows outlive the view".to_owned(),
            ],
            reasons: vec![RebuildReason::InnerTableColumns { columns }],
        }
    }

    /// The rebuild of what chx does not read all of.
    pub(super) fn of_raw(definition: Pair<&Object>, reasons: Vec<RebuildReason>) -> Self {
        let now = definition.map(crate::ddl::render_object_line);
        Self {
            object: definition.after.id(),
            after: 0,
            reasons,
            risk: Risk::Caution,
            cost: Cost::Rebuild,
            definition: Box::new(definition.map(Clone::clone)),
            renamed_columns: ColumnRenames::new(),
            readers: Vec::new(),
            writers: Vec::new(),
            copy: CopyMethod::InPlace,
            recipe: vec![
                "-- write the ALTER for what differs into a migration of your own (`generate --empty`); `seal` finds out what it does"
                    .to_owned(),
                format!("-- it is: {}", now.before),
                format!("-- it shall be: {}", now.after),
            ],
        }
    }

    /// The rebuild of a database, whose engine is another one or cannot change what differs.
    pub(super) fn of_database(definition: Pair<&Object>, name: &Ident, reasons: Vec<RebuildReason>) -> Self {
        let way = if reasons
            .iter()
            .any(|reason| matches!(reason, RebuildReason::Engine { .. }))
        {
            format!(
                "-- create a database with the new engine, RENAME TABLE every table of {} into it, then drop the old one",
                name.sql()
            )
        } else {
            format!(
                "-- keep it as it is; or drop {}, which only shows what lives elsewhere, and create it as it shall be",
                name.sql()
            )
        };
        Self {
            object: ObjectId::Database(name.clone()),
            after: 0,
            reasons,
            risk: Risk::Caution,
            cost: Cost::Rebuild,
            definition: Box::new(definition.map(Clone::clone)),
            renamed_columns: ColumnRenames::new(),
            readers: Vec::new(),
            writers: Vec::new(),
            copy: CopyMethod::RenameTables,
            recipe: vec![way],
        }
    }
}

/// Gives the rebuilds their place among the sorted steps.
pub(super) fn find_places(rebuilds: &mut [Rebuild], steps: &[Step]) {
    let after = steps.partition_point(|step| step.phase < Phase::Query);
    for rebuild in rebuilds {
        rebuild.after = after;
    }
}

/// Fills in who reads and writes the tables.
pub(super) fn find_readers(rebuilds: &mut [Rebuild], schemas: Pair<&Schema>) {
    if rebuilds.is_empty() {
        return;
    }
    let known = Readers::of([schemas.before]);
    for rebuild in rebuilds {
        if let ObjectId::Relation(name) = rebuild.definition.before.id() {
            let mut readers: Vec<Reader> = known
                .of_relation(&name, None)
                .into_iter()
                .map(object_reader)
                .collect();
            readers.sort();
            rebuild.readers = readers;
            rebuild.writers = known
                .writers_of(&name)
                .iter()
                .copied()
                .map(object_reader)
                .collect();
        }
    }
}

impl CopyMethod {
    /// Parts can be attached across engines of the MergeTree family, whatever settings say, where columns (122) and keys
    /// (36) are the same and every index and projection of the old table is in the new one too (36).
    fn of(tables: Pair<&Table>) -> Self {
        let mut because = Vec::new();
        let families = tables.map(|table| table.storage.engine.family());
        if families.before != EngineFamily::MergeTree || families.after != EngineFamily::MergeTree {
            because.push("only MergeTree tables have parts");
        }
        let columns = tables.map(|table| {
            let stored = table.columns.iter().filter(|column| column.is_stored());
            stored
                .map(|column| (&column.name, &column.data_type))
                .collect::<Vec<_>>()
        });
        if columns.differs() {
            because.push("the columns differ");
        }
        let storages = tables.map(|table| &table.storage);
        if storages.map(|storage| &storage.partition_by).differs() {
            because.push("the partition keys differ");
        }
        if storages.map(|storage| &storage.order_by).differs() {
            because.push("the sorting keys differ");
        }
        if storages
            .map(crate::model::Storage::effective_primary_key)
            .differs()
        {
            because.push("the primary keys differ");
        }
        if !storages.before.unique_key.is_empty() || !storages.after.unique_key.is_empty() {
            because.push("a table with a unique key neither gives parts nor takes them");
        }
        for (setting, differ) in [
            (crate::model::DISK, "the disks differ"),
            (crate::model::STORAGE_POLICY, "the storage policies differ"),
        ] {
            if storages.map(|storage| storage.settings.get(setting)).differs() {
                because.push(differ);
            }
        }
        if !has_all_members(tables) {
            because.push("the old table has an index or projection that the new one lacks");
        }
        if because.is_empty() {
            Self::AttachPartition
        } else {
            Self::InsertSelect { because }
        }
    }

    /// One line about it, for people.
    pub fn in_words(&self) -> String {
        match self {
            Self::AttachPartition => {
                "rows: ATTACH PARTITION links the old parts, nothing is copied".to_owned()
            }
            Self::InsertSelect { because } => {
                format!(
                    "rows: INSERT SELECT copies every row, because {}",
                    because.join(" and ")
                )
            }
            Self::InPlace => "rows: they stay in the inner table, which gets the columns".to_owned(),
            Self::RenameTables => "rows: they stay in their tables, which are renamed".to_owned(),
        }
    }
}

/// Does the new table have every index and projection of the old one, as it was?
fn has_all_members(tables: Pair<&Table>) -> bool {
    let Pair { before, after } = tables;
    before.indexes.iter().all(|index| after.indexes.contains(index))
        && before
            .projections
            .iter()
            .all(|projection| after.projections.contains(projection))
}

/// How a person rebuilds a table by hand so that nothing is lost: fill a new one beside it, swap, look, drop.
fn recipe(tables: Pair<&Table>, renamed: &ColumnRenames, copy: &CopyMethod) -> Vec<String> {
    let name = &tables.after.name;
    let Ok(scratch) = QualifiedName::new(name.database.as_str(), format!("{}_rebuild", name.name)) else {
        return Vec::new();
    };
    let mut new = tables.after.clone();
    new.name = scratch.clone();
    let mut recipe = vec![
        "-- stop what inserts into the table, or note the moment and copy what came later again".to_owned(),
        crate::ddl::render(&Statement::creating(new.into())),
    ];
    if *copy == CopyMethod::AttachPartition && tables.before.storage.order_by.parts.len() == 1 {
        recipe.push(
            "-- servers from 26.5 on keep `(k)` and `k` apart: if ATTACH is refused (36), write the key as the old table has it"
                .to_owned(),
        );
    }
    if *copy == CopyMethod::AttachPartition {
        recipe.push(
            "-- where ALL is refused (344, as by 24.8): ATTACH PARTITION ID '...' FROM, for each partition_id of system.parts"
                .to_owned(),
        );
    }
    let copied = match copy {
        CopyMethod::AttachPartition => format!(
            "ALTER TABLE {} ATTACH PARTITION ALL FROM {}",
            scratch.sql(),
            name.sql()
        ),
        CopyMethod::InsertSelect { .. } | CopyMethod::RenameTables | CopyMethod::InPlace => {
            let copied: Vec<(String, String)> = tables
                .after
                .columns
                .iter()
                .filter(|column| column.is_insertable() && column.is_stored())
                .filter_map(|column| {
                    let old = renamed.get(&column.name).unwrap_or(&column.name);
                    let old = tables.before.column(old.as_str());
                    let old = old.filter(|old| can_be_selected(old))?;
                    let enums = is_enum(&old.data_type) && is_enum(&column.data_type);
                    let refused = conversion(&old.data_type, &column.data_type) == Conversion::Refused;
                    if !enums && (refused || null_into_many(old, column)) {
                        recipe.push(format!(
                            "-- {} cannot be read as {}: add what {} shall be to the INSERT",
                            old.data_type,
                            column.data_type,
                            column.name.sql()
                        ));
                        return None;
                    }
                    Some((column.name.sql().to_string(), value_of(old, column)))
                })
                .collect();
            let (names, values): (Vec<String>, Vec<String>) = copied.into_iter().unzip();
            if names.is_empty() {
                recipe.push(
                    "-- no column is in both: write an INSERT that says what becomes of the rows".to_owned(),
                );
                return recipe;
            }
            format!(
                "INSERT INTO {} ({}) SELECT {} FROM {}",
                scratch.sql(),
                names.join(", "),
                values.join(", "),
                name.sql()
            )
        }
    };
    recipe.push(copied);
    recipe.push(format!("EXCHANGE TABLES {} AND {}", scratch.sql(), name.sql()));
    recipe.push(format!(
        "-- compare both tables; {} now holds the old rows: drop it when you are sure",
        scratch.sql()
    ));
    recipe
}

fn can_be_selected(column: &Column) -> bool {
    column
        .default
        .as_ref()
        .is_none_or(|default| default.kind != crate::model::DefaultKind::Ephemeral)
}

/// A column of the old table as a value for the new one. Enums go by their names: from Enum to Enum a name that has
/// another number is refused (70).
fn value_of(old: &Column, new: &Column) -> String {
    let name = old.name.sql();
    if is_enum(&old.data_type) && is_enum(&new.data_type) && old.data_type != new.data_type {
        format!("toString({name})")
    } else {
        name.to_string()
    }
}

/// NULL has no place in an Array or a Map, and INSERT SELECT refuses the types alone (44); ALTER puts the default there.
fn null_into_many(old: &Column, new: &Column) -> bool {
    old.data_type.holds_null() && matches!(new.data_type, DataType::Array(_) | DataType::Map(..))
}

fn is_enum(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Enum8(_) | DataType::Enum16(_))
}
