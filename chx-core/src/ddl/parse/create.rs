//! What all CREATE statements begin with, and CREATE DATABASE.

use crate::ddl::{CreateDatabase, OnExisting, Statement};
use crate::ident::QualifiedName;
use crate::model::Database;
use crate::model::written_out::EngineOf;
use crate::sql::Punct;

use super::Reader;
use super::cursor::Cursor;
use super::dictionary::create_dictionary;
use super::error::ParseError;
use super::function::create_function;
use super::named_collection::create_named_collection;
use super::storage::{engine, settings};
use super::table::create_table;
use super::view::{create_materialized_view, create_view};
use super::workload::{create_resource, create_workload};

/// The kinds of objects that ClickHouse creates and chx cannot read, by the words behind CREATE. The longer ones
/// come first.
const UNSUPPORTED: [&str; 14] = [
    "TEMPORARY TABLE",
    "TEMPORARY VIEW",
    "TEMPORARY",
    "LIVE VIEW",
    "WINDOW VIEW",
    "INDEX",
    "UNIQUE INDEX",
    "HYPOTHETICAL INDEX",
    "MASKING POLICY",
    "AGGREGATE FUNCTION",
    "TYPE",
    "SNAPSHOT",
    "SNAPSHOT TABLE",
    "TABLE OVERRIDE",
];

pub(super) fn create(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    let start = *cursor;
    cursor.expect_words("CREATE")?;
    let replaces = cursor.eat_words("OR REPLACE");
    let kind = *cursor;
    if cursor.eat_words("DATABASE") {
        if replaces {
            return Err(start.expected("`CREATE DATABASE` without `OR REPLACE`"));
        }
        return create_database(cursor, reader);
    }
    if cursor.eat_words("TABLE") {
        return create_table(cursor, reader, replaces);
    }
    if cursor.eat_words("VIEW") {
        return create_view(cursor, reader, replaces);
    }
    if cursor.eat_words("MATERIALIZED VIEW") {
        return create_materialized_view(cursor, reader, replaces);
    }
    if cursor.eat_words("DICTIONARY") {
        return create_dictionary(cursor, reader, replaces);
    }
    if cursor.eat_words("FUNCTION") {
        return create_function(cursor, reader, replaces);
    }
    if cursor.eat_words("NAMED COLLECTION") {
        return create_named_collection(cursor, reader, replaces);
    }
    if cursor.eat_words("WORKLOAD") {
        return create_workload(cursor, reader, replaces);
    }
    if cursor.eat_words("RESOURCE") {
        return create_resource(cursor, replaces);
    }
    Err(match UNSUPPORTED.iter().find(|words| kind.is_words(words)) {
        Some(words) => start.unsupported(format!("CREATE {words}")),
        None => kind.expected(
            "`DATABASE`, `TABLE`, `VIEW`, `MATERIALIZED VIEW`, `DICTIONARY`, `FUNCTION`, `NAMED COLLECTION`, `WORKLOAD`, \
             `RESOURCE` or an access entity",
        ),
    })
}

impl Reader<'_> {
    /// A name, in the default database where it says none.
    pub(super) fn name(&self, cursor: &mut Cursor<'_>, what: &str) -> Result<QualifiedName, ParseError> {
        cursor.qualified_name(what, self.context.default_database)
    }

    /// `[IF NOT EXISTS] name [UUID '...'] [ON CLUSTER c]`.
    pub(super) fn header(
        &self,
        cursor: &mut Cursor<'_>,
        replaces: bool,
    ) -> Result<(QualifiedName, OnExisting), ParseError> {
        let on_existing = on_existing(cursor, replaces)?;
        let name = self.name(cursor, "the name of the object")?;
        self.instance(cursor)?;
        Ok((name, on_existing))
    }

    /// `[UUID '...'] [ON CLUSTER c]`: what says where and as which instance an object is created.
    pub(super) fn instance(&self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        if cursor.is_word("UUID") && cursor.is_string_at(1) {
            if !self.is_stored {
                return Err(cursor.unsupported("UUID"));
            }
            cursor.advance();
            cursor.string("a UUID")?;
        }
        if cursor.is_words("ON CLUSTER") {
            return Err(cursor.unsupported("ON CLUSTER"));
        }
        Ok(())
    }
}

pub(super) fn on_existing(cursor: &mut Cursor<'_>, replaces: bool) -> Result<OnExisting, ParseError> {
    let here = *cursor;
    let keeps = cursor.eat_words("IF NOT EXISTS");
    match (replaces, keeps) {
        (false, false) => Ok(OnExisting::Fail),
        (false, true) => Ok(OnExisting::Keep),
        (true, false) => Ok(OnExisting::Replace),
        (true, true) => Err(here.expected("a name: `OR REPLACE` and `IF NOT EXISTS` exclude each other")),
    }
}

/// `CREATE DATABASE [IF NOT EXISTS] name [ENGINE = engine [SETTINGS a = 1]] [COMMENT 'text']`.
fn create_database(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    let on_existing = on_existing(cursor, false)?;
    let mut database = Database::new(cursor.ident("the name of the database")?);
    reader.instance(cursor)?;
    if cursor.eat_words("ENGINE") {
        cursor.eat_punct(Punct::Eq);
        let before_engine = *cursor;
        let mut engine = engine(cursor)?;
        reader.keep_secrets_of_engine(&mut engine, EngineOf::Database, &before_engine)?;
        database.engine = Some(engine);
    }
    if cursor.is_word("SETTINGS") {
        if database.engine.is_none() {
            return Err(cursor.expected(
                "`ENGINE` before the settings of a database: without one they are settings of the statement",
            ));
        }
        let here = *cursor;
        cursor.advance();
        database.settings = settings(cursor)?;
        reader.keep_secrets_of_settings(&mut database.settings, &here)?;
    }
    if cursor.is_words("TABLE OVERRIDE") {
        return Err(cursor.unsupported("TABLE OVERRIDE of a database"));
    }
    database.comment = Some(comment(cursor)?.unwrap_or_default());
    Ok(Statement::CreateDatabase(CreateDatabase {
        database,
        on_existing,
    }))
}

/// `COMMENT 'text'`, where it stands here.
pub(super) fn comment(cursor: &mut Cursor<'_>) -> Result<Option<String>, ParseError> {
    if cursor.eat_words("COMMENT") {
        cursor.string("the comment, as a string").map(Some)
    } else {
        Ok(None)
    }
}
