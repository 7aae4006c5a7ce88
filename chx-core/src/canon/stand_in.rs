//! Tables and databases that only their own server can make, and what stands in for them on an engine that knows nothing of it.
//!
//! A replicated table needs Keeper and macros, a Distributed table a cluster, GraphiteMergeTree a section of the
//! configuration, a storage policy and a TTL that moves rows their disks. A queue (Kafka and its like) would even take rows
//! that are meant for others. A replicated database needs Keeper, and one that shows another place an answer from there. An engine that tries things makes something else of the same columns in their place; what that
//! cannot tell (engines and their arguments, of Distributed tables and queues the settings, policies, moves) is compared as it
//! is written.

use super::file_format::{file, is_lake, known_format};
use crate::ddl::{AlterCommand, AlterTable, CreateMaterializedView, CreateTable, Statement};
use crate::model::{
    DISK, Database, Engine, EngineFamily, Expr, Object, STORAGE_POLICY, Settings, Storage, Target, TtlAction,
    TtlRule,
};

/// Engines that take rows from a queue, once for all readers.
const QUEUES: [&str; 6] = ["AzureQueue", "FileLog", "Kafka", "NATS", "RabbitMQ", "S3Queue"];

/// Settings that name disks.
const DISKS: [&str; 2] = [DISK, STORAGE_POLICY];

/// How much of a table is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The engine and where the rows lie: keys and all other settings are those of any MergeTree.
    Place,
    /// The engine with all its clauses.
    Storage,
}

/// The object that stands in for one that needs its own server, if it does.
pub fn stand_in(object: &Object) -> Option<Object> {
    if let Object::Database(database) = object {
        return other_database(database).map(Object::Database);
    }
    let storage = storage_of(object)?;
    let (_, other) = other_storage(storage)?;
    with_storage(object, other)
}

/// A statement with [`stand_in`] for what it makes. An ALTER may have no commands left.
pub fn stand_in_statement(mut statement: Statement) -> Statement {
    match &mut statement {
        Statement::CreateDatabase(create) => {
            if let Some(other) = other_database(&create.database) {
                create.database = other;
            }
        }
        Statement::CreateTable(create) => {
            let CreateTable { table, .. } = create.as_mut();
            if let Some((_, other)) = other_storage(&table.storage) {
                table.storage = other;
            }
        }
        Statement::CreateMaterializedView(create) => {
            let CreateMaterializedView { view, .. } = create.as_mut();
            if let Target::Inner(inner) = &mut view.target
                && let Some((_, other)) = other_storage(&inner.storage)
            {
                inner.storage = other;
            }
        }
        Statement::AlterTable(AlterTable { commands, .. }) => commands.retain_mut(stays_in_place),
        _ => {}
    }
    statement
}

/// Takes out of a command what names disks; is there something left of it?
fn stays_in_place(command: &mut AlterCommand) -> bool {
    match command {
        AlterCommand::ModifyTtl { rules } => {
            rules.retain(|rule| !moves(rule));
            !rules.is_empty()
        }
        AlterCommand::ModifySettings { settings } => {
            settings.0.retain(|name, _| !DISKS.contains(&name.as_str()));
            !settings.is_empty()
        }
        AlterCommand::ResetSettings { names } => {
            names.retain(|name| !DISKS.contains(&name.as_str()));
            !names.is_empty()
        }
        _ => true,
    }
}

fn moves(rule: &TtlRule) -> bool {
    matches!(rule.action, TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. })
}

/// What a stand-in does not try out of an object: only its own server knows it. `None` where nothing is left out that a
/// server could refuse; the path of a replicated table is its own.
///
/// ```
/// # use chx_core::ddl::{ParseContext, parse_object};
/// let sql = "CREATE TABLE d.t (n UInt8) ENGINE = Distributed('c', 'd', 'local')";
/// let table = parse_object(sql, &ParseContext::default())?;
/// assert_eq!(chx_core::canon::untried(&table).as_deref(), Some("the engine `Distributed` with its arguments and settings"));
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn untried(object: &Object) -> Option<String> {
    let storage = storage_of(object)?;
    match other_storage(storage)?.0 {
        Part::Storage => Some(format!(
            "the engine `{}` with its arguments and settings",
            storage.engine.name
        )),
        Part::Place => {
            let names_disks = DISKS.iter().any(|name| storage.settings.get(name).is_some());
            (names_disks || storage.ttl.iter().any(moves))
                .then(|| "the disks and volumes that it names".to_owned())
        }
    }
}

/// What was stored, with what it stood in for: `declared` is what was meant to be made.
pub fn restored(stored: &Object, declared: &Object) -> Option<Object> {
    if let (Object::Database(stored), Object::Database(declared)) = (stored, declared) {
        other_database(declared)?;
        return Some(Object::Database(Database {
            engine: declared.engine.clone(),
            settings: declared.settings.clone(),
            ..stored.clone()
        }));
    }
    let meant = storage_of(declared)?;
    let found = storage_of(stored)?;
    let (part, made) = other_storage(meant)?;
    let storage = match part {
        Part::Storage if found.engine != made.engine => return None,
        Part::Place => Storage {
            engine: if found.engine == made.engine {
                meant.engine.clone()
            } else {
                found.engine.clone()
            },
            ttl: with_moves(&found.ttl, &meant.ttl),
            settings: with_disks(&found.settings, &meant.settings),
            ..found.clone()
        },
        Part::Storage => meant.clone(),
    };
    with_storage(stored, storage)
}

/// The rules with those that move rows, each where it was meant to stand.
fn with_moves(found: &[TtlRule], meant: &[TtlRule]) -> Vec<TtlRule> {
    let mut found = found.iter();
    let mut rules: Vec<TtlRule> = meant
        .iter()
        .filter_map(|rule| if moves(rule) { Some(rule) } else { found.next() })
        .cloned()
        .collect();
    rules.extend(found.cloned());
    rules
}

fn with_disks(found: &Settings, meant: &Settings) -> Settings {
    let mut settings = found.clone();
    for name in DISKS {
        if let Some(value) = meant.get(name) {
            settings.0.insert(name.to_owned(), value.clone());
        }
    }
    settings
}

/// The arguments of an engine without the path and the replica.
pub fn arguments_in_place(engine: &Engine) -> &[Expr] {
    if engine.name == engine.base_name() {
        return &engine.args;
    }
    let is_text = |expr: &Expr| expr.as_sql().starts_with('\'');
    match engine.args.as_slice() {
        [path, replica, rest @ ..] if is_text(path) && is_text(replica) => rest,
        all => all,
    }
}

/// A database that another server has to answer for, or Keeper: tables can be made in any.
fn other_database(database: &Database) -> Option<Database> {
    let engine = database.engine.as_ref()?;
    let is_made =
        engine.name == "Memory" || engine.name == "Atomic" && database.settings.get("disk").is_none();
    (!is_made).then(|| Database {
        engine: None,
        settings: Settings::default(),
        ..database.clone()
    })
}

fn other_storage(storage: &Storage) -> Option<(Part, Storage)> {
    let engine = &storage.engine;
    if engine.family() == EngineFamily::MergeTree {
        let base = match engine.base_name() {
            "GraphiteMergeTree" => Engine::named("MergeTree"),
            base => Engine {
                name: base.to_owned(),
                args: arguments_in_place(engine).to_vec(),
            },
        };
        let mut other = Storage {
            engine: base,
            ..storage.clone()
        };
        other.ttl.retain(|rule| !moves(rule));
        other.settings.0.retain(|name, _| !DISKS.contains(&name.as_str()));
        return (other != *storage).then_some((Part::Place, other));
    }
    let name = engine.name.as_str();
    let is_elsewhere = name == "Distributed" || QUEUES.contains(&name) || asks_for_files(engine);
    is_elsewhere.then(|| (Part::Storage, Storage::new(Engine::named("Null"))))
}

/// Does a CREATE ask the place where the files lie? HDFS and lakes are asked always, Azure up to 25.8.
fn asks_for_files(engine: &Engine) -> bool {
    if is_lake(&engine.name) || matches!(engine.name.as_str(), "HDFS" | "AzureBlobStorage") {
        return true;
    }
    let is_pattern = |file: &str| file.replace("{_partition_id}", "").contains(['*', '?', '{']);
    // A named collection may be anything; who asks then is told to give up soon.
    file(engine).is_some_and(|file| is_pattern(&file) || known_format(engine).is_none())
}

fn storage_of(object: &Object) -> Option<&Storage> {
    match object {
        Object::Table(table) => Some(&table.storage),
        Object::MaterializedView(view) => match &view.target {
            Target::Inner(inner) => Some(&inner.storage),
            Target::To(_) => None,
        },
        _ => None,
    }
}

fn with_storage(object: &Object, new: Storage) -> Option<Object> {
    let mut object = object.clone();
    match &mut object {
        Object::Table(table) => table.storage = new,
        Object::MaterializedView(view) => match &mut view.target {
            Target::Inner(inner) => inner.storage = new,
            Target::To(_) => return None,
        },
        _ => return None,
    }
    Some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object, render_object_line};

    fn read(sql: &str) -> Object {
        parse_object(sql, &ParseContext::default()).unwrap()
    }

    #[track_caller]
    fn check(declared: &str, made: Option<&str>) {
        let declared = read(declared);
        let other = stand_in(&declared);
        assert_eq!(other.as_ref().map(render_object_line).as_deref(), made);
        if let Some(other) = other {
            assert_eq!(restored(&other, &declared), Some(declared));
        }
    }

    #[test]
    fn what_needs_its_own_server_is_stood_in_for_and_comes_back() {
        check(
            "CREATE TABLE d.t (n UInt8, v UInt8) ENGINE = ReplicatedReplacingMergeTree('/{shard}/t', '{replica}', v) ORDER BY n SETTINGS a = 1",
            Some(
                "CREATE TABLE d.t (n UInt8, v UInt8) ENGINE = ReplacingMergeTree(v) ORDER BY n SETTINGS a = 1",
            ),
        );
        check(
            "CREATE TABLE d.t (n UInt8) ENGINE = ReplicatedGraphiteMergeTree('/t', 'r', 'rollup') ORDER BY n",
            Some("CREATE TABLE d.t (n UInt8) ENGINE = MergeTree ORDER BY n"),
        );
        check(
            "CREATE TABLE d.t (n UInt8) ENGINE = Distributed('c', 'd', 'local', rand()) SETTINGS fsync_after_insert = 1 COMMENT 'x'",
            Some("CREATE TABLE d.t (n UInt8) ENGINE = `Null` COMMENT 'x'"),
        );
        check(
            "CREATE TABLE d.t (n UInt8) ENGINE = Kafka SETTINGS kafka_topic_list = 't'",
            Some("CREATE TABLE d.t (n UInt8) ENGINE = `Null`"),
        );
        check(
            "CREATE MATERIALIZED VIEW d.v ENGINE = SharedMergeTree('/p', 'r') ORDER BY n AS SELECT 1 AS n",
            Some("CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY n AS SELECT 1 AS n"),
        );
        check(
            "CREATE TABLE d.t (n Date) ENGINE = MergeTree ORDER BY n TTL n TO VOLUME 'cold', n + 1, n + 2 TO DISK 'old' \
             SETTINGS a = 1, storage_policy = 'tiers'",
            Some("CREATE TABLE d.t (n Date) ENGINE = MergeTree ORDER BY n TTL n + 1 SETTINGS a = 1"),
        );
        check("CREATE TABLE d.t (n UInt8) ENGINE = MergeTree ORDER BY n", None);
        for (engine, asks) in [
            ("S3('http://h/b/a_*.csv')", true),
            ("S3('http://h/b/a', NOSIGN)", true),
            ("URL('http://h/a.csv?x=1')", false),
            ("S3('http://h/b/{_partition_id}.csv')", false),
            ("S3(c)", false),
            ("DeltaLake('http://h/b/')", true),
        ] {
            check(
                &format!("CREATE TABLE d.t (n UInt8) ENGINE = {engine}"),
                asks.then_some("CREATE TABLE d.t (n UInt8) ENGINE = `Null`"),
            );
        }
        check("CREATE VIEW d.v AS SELECT 1 AS n", None);
        check(
            "CREATE DATABASE d ENGINE = Replicated('/databases/d', '{shard}', '{replica}') COMMENT 'x'",
            Some("CREATE DATABASE d COMMENT 'x'"),
        );
        check("CREATE DATABASE d ENGINE = Memory", None);
    }
}
