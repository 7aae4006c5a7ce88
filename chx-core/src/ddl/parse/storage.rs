//! The engine of a table and the clauses behind it, in whatever order they stand.

use std::collections::BTreeMap;

use crate::model::written_out::{EngineOf, hide_in_engine, hide_in_query, of_engine, of_query, of_setting};
use crate::model::{
    DISK, Direction, Disk, Engine, EngineFamily, Expr, Key, KeyPart, STORAGE_POLICY, Secret, SettingValue,
    Settings, Storage, TtlRule, UNIQUE_KEY_SETTING,
};
use crate::rules::query_setting;
use crate::sql::{Punct, TokenKind};

use super::Reader;
use super::column::{call, set};
use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::ttl::ttl_rules;

/// What was found behind the column list.
#[derive(Default)]
pub(super) struct StorageClauses {
    engine: Option<Engine>,
    partition_by: Option<Key>,
    primary_key: Option<Key>,
    order_by: Option<Key>,
    unique_key: Option<Key>,
    sample_by: Option<Expr>,
    ttl: Option<Vec<TtlRule>>,
    settings: Option<Settings>,
}

impl StorageClauses {
    /// The storage, or `None` where no engine was named.
    pub(super) fn into_storage(mut self) -> Option<Storage> {
        if let (Some(_), Some(settings)) = (&self.unique_key, &mut self.settings) {
            // It goes without saying where there is such a key; no server stores it.
            settings.0.remove(UNIQUE_KEY_SETTING);
        }
        Some(Storage {
            engine: self.engine?,
            partition_by: self.partition_by.unwrap_or_default(),
            primary_key: self.primary_key,
            order_by: self.order_by.unwrap_or_default(),
            unique_key: self.unique_key.unwrap_or_default(),
            sample_by: self.sample_by,
            ttl: self.ttl.unwrap_or_default(),
            settings: self.settings.unwrap_or_default(),
        })
    }

    /// `MergeTree(date, (site, date), 8192)`: the form that `ORDER BY` replaced. Servers still have such tables.
    pub(super) fn refuse_keys_as_arguments(&self, at: &Cursor<'_>) -> Result<(), ParseError> {
        let is_old = |engine: &Engine| engine.family() == EngineFamily::MergeTree && !engine.args.is_empty();
        if self.engine.as_ref().is_some_and(is_old) && self.order_by.is_none() && self.primary_key.is_none() {
            return Err(at.unsupported("MergeTree with its keys as arguments"));
        }
        Ok(())
    }

    pub(super) fn has_engine(&self) -> bool {
        self.engine.is_some()
    }

    /// A primary key that stands in the column list or on columns.
    pub(super) fn set_primary_key(&mut self, key: Key, here: &Cursor<'_>) -> Result<(), ParseError> {
        set(&mut self.primary_key, key, here, "PRIMARY KEY")
    }
}

/// Reads `ENGINE` and its clauses, as many as there are.
pub(super) fn storage_clauses(
    cursor: &mut Cursor<'_>,
    clauses: &mut StorageClauses,
) -> Result<(), ParseError> {
    loop {
        let here = *cursor;
        if cursor.eat_words("ENGINE") {
            cursor.eat_punct(Punct::Eq);
            set(&mut clauses.engine, engine(cursor)?, &here, "ENGINE")?;
        } else if cursor.eat_words("PARTITION BY") {
            set(
                &mut clauses.partition_by,
                key_without_direction(cursor)?,
                &here,
                "PARTITION BY",
            )?;
        } else if cursor.eat_words("PRIMARY KEY") {
            set(
                &mut clauses.primary_key,
                key_without_direction(cursor)?,
                &here,
                "PRIMARY KEY",
            )?;
        } else if cursor.eat_words("ORDER BY") {
            set(&mut clauses.order_by, key(cursor)?, &here, "ORDER BY")?;
        } else if cursor.eat_words("SAMPLE BY") {
            set(
                &mut clauses.sample_by,
                cursor.expr("the sampling expression")?,
                &here,
                "SAMPLE BY",
            )?;
        } else if cursor.eat_words("TTL") {
            set(&mut clauses.ttl, ttl_rules(cursor)?, &here, "TTL")?;
        } else if cursor.eat_words("SETTINGS") {
            set(&mut clauses.settings, settings(cursor)?, &here, "SETTINGS")?;
        } else if cursor.eat_words("UNIQUE KEY") {
            set(&mut clauses.unique_key, unique_key(cursor)?, &here, "UNIQUE KEY")?;
        } else {
            return Ok(());
        }
    }
}

impl Reader<'_> {
    /// Sees to it that no secret of an engine or its settings is kept: written out by a person it is refused, and what
    /// a server shows is taken for hidden.
    pub(super) fn keep_secrets(&self, storage: &mut Storage, at: &Cursor<'_>) -> Result<(), ParseError> {
        self.keep_secrets_of_engine(&mut storage.engine, EngineOf::Table, at)?;
        self.keep_secrets_of_settings(&mut storage.settings, at)
    }

    /// [`keep_secrets`](Self::keep_secrets) of settings alone.
    pub(super) fn keep_secrets_of_settings(
        &self,
        settings: &mut Settings,
        at: &Cursor<'_>,
    ) -> Result<(), ParseError> {
        if let Some(disk) = settings.own_disk() {
            match disk.written_out() {
                Some(what) if !self.is_stored => {
                    return Err(at.error(ParseErrorKind::PlainSecret { what }));
                }
                _ => settings.set_own_disk(&disk.without_secrets()),
            }
        }
        for (name, value) in &mut settings.0 {
            if !of_setting(name, value.as_str()) {
                continue;
            }
            if !self.is_stored {
                return Err(at.error(ParseErrorKind::PlainSecret { what: name.clone() }));
            }
            *value = SettingValue::new(&Secret::Hidden.text());
        }
        Ok(())
    }

    /// What a person wrote may have settings of the statement among those of the table, and no server keeps them. What is
    /// stored has none.
    pub(super) fn refuse_settings_of_queries(
        &self,
        storage: &Storage,
        at: &Cursor<'_>,
    ) -> Result<(), ParseError> {
        if self.is_stored {
            return Ok(());
        }
        match query_setting::first(storage) {
            Some(name) => Err(at.unsupported(format!(
                "the setting {name} of the query among those of the table"
            ))),
            None => Ok(()),
        }
    }

    /// [`keep_secrets`](Self::keep_secrets) for the table functions of a query.
    pub(super) fn keep_secrets_of_query(&self, query: &mut Expr, at: &Cursor<'_>) -> Result<(), ParseError> {
        if self.is_stored {
            hide_in_query(query);
            return Ok(());
        }
        match of_query(query) {
            Some(what) => Err(at.error(ParseErrorKind::PlainSecret { what })),
            None => Ok(()),
        }
    }

    /// [`keep_secrets`](Self::keep_secrets) of an engine alone.
    pub(super) fn keep_secrets_of_engine(
        &self,
        engine: &mut Engine,
        of: EngineOf,
        at: &Cursor<'_>,
    ) -> Result<(), ParseError> {
        if self.is_stored {
            hide_in_engine(engine, of);
            return Ok(());
        }
        match of_engine(engine, of) {
            Some(what) => Err(at.error(ParseErrorKind::PlainSecret { what })),
            None => Ok(()),
        }
    }
}

/// `ReplacingMergeTree(version)`.
pub(super) fn engine(cursor: &mut Cursor<'_>) -> Result<Engine, ParseError> {
    let (name, args) = call(cursor, "an engine")?;
    Ok(Engine { name, args })
}

/// A sorting key: `a`, `a DESC`, `(a, b DESC)`, `tuple(a, b)`, `()`.
pub(super) fn key(cursor: &mut Cursor<'_>) -> Result<Key, ParseError> {
    let start = *cursor;
    cursor.skip_expr("a key")?;
    let mut whole = cursor.since(&start);
    if let Some(direction) = direction(cursor) {
        return Ok(Key {
            parts: vec![KeyPart {
                expr: whole.rest("a key")?,
                direction,
            }],
        });
    }
    // Brackets around the whole mean nothing, as long as no comma makes them a tuple.
    while let Some(inside) = whole_group(&whole) {
        let parts = inside.split_commas()?;
        let [part] = parts.as_slice() else {
            return key_parts(&parts);
        };
        let has_comma = part.len() != inside.len();
        if has_comma || ends_in_direction(part) {
            return key_parts(&parts);
        }
        whole = *part;
    }
    if whole.is_word("tuple") && whole.len() > 1 {
        let mut call = whole;
        call.advance();
        if let Some(inside) = whole_group(&call) {
            return key_parts(&inside.split_commas()?);
        }
    }
    let expr = whole.expr("a key")?;
    whole.expect_end("one expression")?;
    Ok(Key::of([expr]))
}

fn key_without_direction(cursor: &mut Cursor<'_>) -> Result<Key, ParseError> {
    let start = *cursor;
    let key = key(cursor)?;
    if key
        .parts
        .iter()
        .any(|part| part.direction == Direction::Descending)
    {
        return Err(start.expected("a key without `DESC`, which only `ORDER BY` may have"));
    }
    Ok(key)
}

/// The key of UNIQUE KEY: columns, and nothing else (36).
pub(super) fn unique_key(cursor: &mut Cursor<'_>) -> Result<Key, ParseError> {
    let start = *cursor;
    let key = key_without_direction(cursor)?;
    let mut seen = Vec::new();
    for part in &key.parts {
        let Some(column) = part.expr.is_plain_column() else {
            return Err(start.expected("columns as the unique key, and no expressions"));
        };
        if seen.contains(&column) {
            return Err(start.twice("column of the unique key"));
        }
        seen.push(column);
    }
    if key.is_empty() {
        return Err(start.expected("at least one column as the unique key"));
    }
    Ok(key)
}

fn key_parts(parts: &[Cursor<'_>]) -> Result<Key, ParseError> {
    let mut key = Vec::with_capacity(parts.len());
    for part in parts {
        let mut part = *part;
        let expr = part.expr("an element of the key")?;
        let direction = direction(&mut part).unwrap_or_default();
        part.expect_end("`,` or `)`")?;
        key.push(KeyPart { expr, direction });
    }
    Ok(Key { parts: key })
}

/// The inside, where the part is one group in round brackets and nothing else.
fn whole_group<'a>(part: &Cursor<'a>) -> Option<Cursor<'a>> {
    if !part.is_punct(Punct::LParen) {
        return None;
    }
    let mut walker = *part;
    let inside = walker.group("a group").ok()?;
    walker.is_at_end().then_some(inside)
}

fn ends_in_direction(part: &Cursor<'_>) -> bool {
    let mut walker = *part;
    walker.skip_expr("an element of the key").is_ok() && direction(&mut walker).is_some()
}

fn direction(cursor: &mut Cursor<'_>) -> Option<Direction> {
    if cursor.eat_words("DESC") || cursor.eat_words("DESCENDING") {
        Some(Direction::Descending)
    } else if cursor.eat_words("ASC") || cursor.eat_words("ASCENDING") {
        Some(Direction::Ascending)
    } else {
        None
    }
}

/// `name = value, name = value`. `name = DEFAULT` says nothing; the server stores it all the same, even beside a value.
pub(super) fn settings(cursor: &mut Cursor<'_>) -> Result<Settings, ParseError> {
    let mut settings = BTreeMap::new();
    loop {
        let here = *cursor;
        let name = cursor.ident("the name of a setting")?;
        if !cursor.eat_punct(Punct::Eq) {
            return Err(cursor.expected(format!("`=` behind the setting `{name}`")));
        }
        if cursor.eat_words("DEFAULT") {
            if !cursor.eat_punct(Punct::Comma) {
                return Ok(Settings(settings));
            }
            continue;
        }
        let value = if name.as_str() == DISK && cursor.is_punct_at(1, Punct::LParen) {
            own_disk(cursor)?
        } else {
            setting_value(cursor)?
        };
        if settings.insert(String::from(name), value).is_some() {
            return Err(here.twice("setting"));
        }
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(Settings(settings));
        }
    }
}

/// Settings that say how a statement runs: how long it waits, what it may use, what it is allowed to do.
const OF_RUNNING: [&str; 13] = [
    "alter_sync",
    "distributed_ddl_output_mode",
    "distributed_ddl_task_timeout",
    "enable_json_type",
    "lock_acquire_timeout",
    "log_comment",
    "max_execution_time",
    "max_memory_usage",
    "max_partition_size_to_drop",
    "max_table_size_to_drop",
    "max_threads",
    "mutations_sync",
    "replication_alter_partitions_sync",
];

/// Steps over `SETTINGS` behind a statement.
pub(super) fn settings_of_running(cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
    let here = *cursor;
    if !cursor.eat_words("SETTINGS") {
        return Ok(());
    }
    let is_of_running = |name: &String| name.starts_with("allow_") || OF_RUNNING.contains(&name.as_str());
    if settings(cursor)?.0.keys().all(is_of_running) {
        Ok(())
    } else {
        Err(here.unsupported("SETTINGS of the query"))
    }
}

/// The settings of MODIFY SETTING. To a server `name = DEFAULT` changes nothing there; what was meant is RESET SETTING.
pub(super) fn changed_settings(cursor: &mut Cursor<'_>) -> Result<Settings, ParseError> {
    let here = *cursor;
    let settings = settings(cursor)?;
    if settings.0.is_empty() {
        return Err(here.unsupported("MODIFY SETTING name = DEFAULT"));
    }
    if settings.own_disk().is_some() {
        return Err(here.error(ParseErrorKind::Instead {
            clause: "MODIFY SETTING disk = disk(...)".to_owned(),
            instead: "a table stays on the disk that it was created on; create another table and copy the rows",
        }));
    }
    Ok(settings)
}

/// The names of RESET SETTING. A server forgets on which disks the rows lie, and after its next start does not find them.
pub(super) fn reset_settings(cursor: &mut Cursor<'_>) -> Result<Vec<String>, ParseError> {
    let here = *cursor;
    let names = setting_names(cursor)?;
    match names.iter().find(|name| [DISK, STORAGE_POLICY].contains(&name.as_str())) {
        Some(name) => Err(here.error(ParseErrorKind::Instead {
            clause: format!("RESET SETTING {name}"),
            instead: "the server would look for the rows on the disks of its default policy alone; create another table and copy them",
        })),
        None => Ok(names),
    }
}

/// `disk(type = s3, ...)`.
fn own_disk(cursor: &mut Cursor<'_>) -> Result<SettingValue, ParseError> {
    let start = *cursor;
    cursor.advance();
    cursor.group("the parameters of the disk, in parentheses")?;
    let disk = Disk::parse(cursor.since(&start).text());
    let disk = disk.map_err(|error| start.error(ParseErrorKind::Disk(error)))?;
    Ok(SettingValue::new(&disk.to_string()))
}

pub(super) fn setting_value(cursor: &mut Cursor<'_>) -> Result<SettingValue, ParseError> {
    if cursor.is_string_at(0) {
        return Ok(SettingValue::new(&cursor.string("a value")?));
    }
    if cursor.is_punct(Punct::Minus)
        || cursor.is_punct(Punct::Plus)
        || cursor.peek().is_some_and(|token| token.kind == TokenKind::Number)
    {
        return Ok(SettingValue::new(&cursor.number()?));
    }
    if cursor.is_punct_at(1, Punct::LParen) {
        return Err(cursor.unsupported("setting = function(...)"));
    }
    if let Some(token) = cursor.peek().filter(|token| token.kind == TokenKind::Word) {
        cursor.advance();
        return Ok(SettingValue::new(token.text));
    }
    Err(cursor.expected("the value of a setting: a number, a string, `true` or `false`"))
}

/// `name, name`, as RESET SETTING takes them.
pub(super) fn setting_names(cursor: &mut Cursor<'_>) -> Result<Vec<String>, ParseError> {
    let mut names = Vec::new();
    loop {
        names.push(String::from(cursor.ident("the name of a setting")?));
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(names);
        }
    }
}
