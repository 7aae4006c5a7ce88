//! Pieces of DDL on their own, as they stand in an attribute or in a column of a system table.

use crate::ident::Ident;
use crate::model::written_out::{EngineOf, of_query, of_setting};
use crate::model::{
    Codec, DictionaryClause, Engine, Expr, IndexType, Key, Refresh, Settings, SqlSecurity, TtlRule,
};

use super::column::codec_stages;
use super::cursor::{Cursor, Source};
use super::error::{ParseError, ParseErrorKind};
use super::{ParseContext, Reader, index, refresh, security, storage, ttl};

/// Reads a text to its end.
pub(super) fn whole<T>(
    sql: &str,
    read: impl FnOnce(&mut Cursor<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let value = read(&mut cursor)?;
    cursor.expect_end("the end")?;
    Ok(value)
}

/// Reads the engine of a table with its arguments: `ReplacingMergeTree(version)`. A secret that is written out is refused.
pub fn parse_engine(sql: &str) -> Result<Engine, ParseError> {
    engine(sql, EngineOf::Table)
}

/// Reads the engine of a database: `Memory`, `PostgreSQL('host:5432', 'shop', 'reader', 'env:PASSWORD')`. A secret that is
/// written out is refused.
pub fn parse_database_engine(sql: &str) -> Result<Engine, ParseError> {
    engine(sql, EngineOf::Database)
}

/// Reads the engine of a database as a server shows it, `MySQL('host:3306', 'shop', 'reader', '[HIDDEN]') SETTINGS a = 1`.
pub fn parse_stored_database_engine(sql: &str) -> Result<(Engine, Settings), ParseError> {
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: true,
    };
    whole(sql, |cursor| {
        let start = *cursor;
        let mut engine = storage::engine(cursor)?;
        reader.keep_secrets_of_engine(&mut engine, EngineOf::Database, &start)?;
        let mut settings = Settings::default();
        if cursor.eat_words("SETTINGS") {
            settings = storage::settings(cursor)?;
            reader.keep_secrets_of_settings(&mut settings, &start)?;
        }
        Ok((engine, settings))
    })
}

fn engine(sql: &str, of: EngineOf) -> Result<Engine, ParseError> {
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    whole(sql, |cursor| {
        let start = *cursor;
        let mut engine = storage::engine(cursor)?;
        reader.keep_secrets_of_engine(&mut engine, of, &start)?;
        Ok(engine)
    })
}

/// A secret that is written out in the table functions of an expression or query, by the words of the error.
#[must_use]
pub fn secret_in_query(query: &Expr) -> Option<String> {
    of_query(query).map(|what| ParseErrorKind::PlainSecret { what }.to_string())
}

/// Is the value of a setting a secret that is written out?
#[must_use]
pub fn is_secret_setting_written_out(name: &str, value: &str) -> bool {
    of_setting(name, value)
}

/// Reads the query of a view as a declaration says it. A secret of its table functions that is written out is refused.
pub(crate) fn parse_view_query(sql: &str) -> Result<Expr, ParseError> {
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    whole(sql, |cursor| {
        let start = *cursor;
        let mut query = cursor.rest("a query")?;
        reader.keep_secrets_of_query(&mut query, &start)?;
        Ok(query)
    })
}

/// Reads what may stand behind `ORDER BY`: `id`, `(site, ts DESC)`, `tuple()`.
pub fn parse_key(sql: &str) -> Result<Key, ParseError> {
    whole(sql, storage::key)
}

/// Reads what may stand behind `UNIQUE KEY`: `id`, `(site, id)`.
pub fn parse_unique_key(sql: &str) -> Result<Key, ParseError> {
    whole(sql, storage::unique_key)
}

/// Reads the rules behind `TTL`, separated by commas. A column's TTL is an expression and nothing more.
pub fn parse_ttl(sql: &str) -> Result<Vec<TtlRule>, ParseError> {
    whole(sql, ttl::ttl_rules)
}

/// Reads settings: `index_granularity = 1024, storage_policy = 'hot'`.
pub fn parse_settings(sql: &str) -> Result<Settings, ParseError> {
    whole(sql, storage::settings)
}

/// Reads the stages of a codec, without the word CODEC: `Delta, ZSTD(3)`.
pub fn parse_codec(sql: &str) -> Result<Codec, ParseError> {
    let source = Source::new(sql)?;
    codec_stages(source.cursor())
}

/// Reads the type of a skipping index: `bloom_filter(0.01)`.
pub fn parse_index_type(sql: &str) -> Result<IndexType, ParseError> {
    whole(sql, index::index_type)
}

/// Reads the inside of a projection: `SELECT ... ORDER BY ...`, or `INDEX expr TYPE basic`.
pub fn parse_projection_body(sql: &str) -> Result<Expr, ParseError> {
    whole(sql, index::projection_body)
}

/// Reads what stands behind REFRESH: `EVERY 1 HOUR APPEND`. Views without a database belong to `database`.
pub fn parse_refresh(sql: &str, database: &Ident) -> Result<Refresh, ParseError> {
    let reader = Reader {
        context: ParseContext::in_database(database),
        is_stored: false,
    };
    whole(sql, |cursor| refresh::refresh(cursor, &reader))
}

/// Reads `SQL SECURITY DEFINER` and `DEFINER = user`, in either order.
pub fn parse_security(sql: &str) -> Result<Option<SqlSecurity>, ParseError> {
    whole(sql, security::security)
}

/// Reads the source or the layout of a dictionary: `CLICKHOUSE(TABLE 'countries')`, `HASHED()`.
pub fn parse_dictionary_clause(sql: &str) -> Result<DictionaryClause, ParseError> {
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    whole(sql, |cursor| reader.kind(cursor))
}
