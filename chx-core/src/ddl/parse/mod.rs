//! Reads DDL, as people write it and as the server stores it.
//!
//! Decides which statement a text is and what it says, clause by clause; a clause that the model has no place for
//! makes the whole statement [unsupported](ParseErrorKind::Unsupported), so that nothing is lost in silence.
//! Expressions, queries and the insides of projections are cut out and kept as [`Expr`](crate::model::Expr), not
//! understood. It does not ask whether the statement makes sense.
//!
//! Recursive descent over a token slice, without recursion: DDL nests only in expressions and types. Linear time,
//! and no input makes it panic.

mod access;
mod alter;
mod column;
mod create;
mod cursor;
mod dictionary;
mod error;
mod expression;
mod fragment;
mod function;
mod index;
mod named_collection;
mod raw;
mod refresh;
mod security;
mod statement;
mod storage;
mod stored;
mod table;
mod ttl;
mod view;
mod workload;

#[cfg(test)]
mod tests;

pub(super) use access::INTERVAL_UNITS;
pub(crate) use access::parse_access_id;
pub use access::{parse_access_clause, parse_grant, parse_revoke};
pub use error::{ParseError, ParseErrorKind, may_hold_secret};
pub(crate) use fragment::parse_view_query;
pub use fragment::{
    is_secret_setting_written_out, parse_codec, parse_database_engine, parse_dictionary_clause, parse_engine,
    parse_index_type, parse_key, parse_projection_body, parse_refresh, parse_security, parse_settings,
    parse_stored_database_engine, parse_ttl, parse_unique_key, secret_in_query,
};
pub use function::parse_lambda;
pub use named_collection::parse_collection_entries;
pub use raw::{parse_object_or_raw, parse_statement_or_raw};
pub use workload::{parse_resource_operations, parse_workload_settings};

use crate::ident::Ident;
use crate::model::Object;

use super::Statement;
use cursor::Source;

/// What a text leaves out.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParseContext<'a> {
    /// The database of names that say none; without it such a name is an error.
    pub default_database: Option<&'a Ident>,
}

impl<'a> ParseContext<'a> {
    /// Names without a database belong to this one.
    pub fn in_database(database: &'a Ident) -> Self {
        Self {
            default_database: Some(database),
        }
    }
}

/// Reads one statement. One `;` at its end is allowed.
///
/// # Errors
/// Text that is no DDL statement, or one that the model has no place for.
///
/// ```
/// use chx_core::ddl::{ParseContext, Statement, parse_statement, render_line};
/// let statement = parse_statement("create table web.hits (id UInt64) engine=MergeTree order by id", &ParseContext::default())?;
/// assert!(matches!(&statement, Statement::CreateTable(_)));
/// assert_eq!(render_line(&statement), "CREATE TABLE web.hits (id UInt64) ENGINE = MergeTree ORDER BY id");
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn parse_statement(sql: &str, context: &ParseContext<'_>) -> Result<Statement, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let statement = statement::statement(
        &mut cursor,
        &Reader {
            context: *context,
            is_stored: false,
        },
    )?;
    cursor.finish()?;
    Ok(statement)
}

/// Reads a statement of a migration, which runs as it is written: as [`parse_statement`], and `SETTINGS` behind it that say how
/// it runs and not what it does are left out.
///
/// # Errors
/// As [`parse_statement`]. Of a setting that could change what comes out, such as `data_type_default_nullable`, the whole
/// statement is not known.
///
/// ```
/// use chx_core::ddl::{parse_migration_statement, parse_statement, ParseContext};
/// let context = ParseContext::default();
/// let sql = "ALTER TABLE web.hits ADD COLUMN n UInt8";
/// let patient = format!("{sql} SETTINGS alter_sync = 2, max_execution_time = 0");
/// assert_eq!(parse_migration_statement(&patient, &context)?, parse_statement(sql, &context)?);
/// assert!(parse_migration_statement(&format!("{sql} SETTINGS flatten_nested = 0"), &context).is_err());
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn parse_migration_statement(sql: &str, context: &ParseContext<'_>) -> Result<Statement, ParseError> {
    migration(sql, *context, statement::statement)
}

/// As [`parse_migration_statement`], of a text that may be about several access entities: one statement for each.
///
/// # Errors
/// As [`parse_statement`].
///
/// ```
/// use chx_core::ddl::{parse_migration_statements, render_line, ParseContext};
///
/// let each = parse_migration_statements("GRANT reader TO ann, bob", &ParseContext::default())?;
/// let each: Vec<String> = each.iter().map(render_line).collect();
/// assert_eq!(each, ["GRANT reader TO ann", "GRANT reader TO bob"]);
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn parse_migration_statements(
    sql: &str,
    context: &ParseContext<'_>,
) -> Result<Vec<Statement>, ParseError> {
    migration(sql, *context, statement::statements)
}

fn migration<T>(
    sql: &str,
    context: ParseContext<'_>,
    read: fn(&mut cursor::Cursor<'_>, &Reader<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let reader = Reader {
        context,
        is_stored: false,
    };
    let read = read(&mut cursor, &reader)?;
    storage::settings_of_running(&mut cursor)?;
    cursor.finish()?;
    Ok(read)
}

/// Reads a statement as a server shows it: with values hidden, and with what servers of other versions know besides.
///
/// # Errors
/// As [`parse_statement`].
pub fn parse_shown(sql: &str) -> Result<Statement, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: true,
    };
    let statement = statement::statement(&mut cursor, &reader)?;
    cursor.finish()?;
    Ok(statement)
}

/// Reads the definition of an object from the statement that creates it: `system.tables.create_table_query`,
/// `SHOW CREATE`, or a CREATE that a person wrote.
///
/// What says how to run the statement and not what the object is (IF NOT EXISTS, OR REPLACE, POPULATE) has no
/// part in it. A UUID names one instance of the object and is left out too.
///
/// # Errors
/// As [`parse_statement`], and a statement that creates nothing.
pub fn parse_object(create_query: &str, context: &ParseContext<'_>) -> Result<Object, ParseError> {
    let create_query = stored::with_quoted_names(create_query);
    let source = Source::new(&create_query)?;
    let mut cursor = source.cursor();
    let start = cursor;
    let statement = statement::statement(
        &mut cursor,
        &Reader {
            context: *context,
            is_stored: true,
        },
    )?;
    cursor.finish()?;
    statement
        .into_created()
        .ok_or_else(|| start.expected("a CREATE statement"))
}

/// How names and the like are read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    context: ParseContext<'a>,
    /// Does the text describe an object, so that what belongs to one instance of it (its UUID) is left out?
    is_stored: bool,
}
