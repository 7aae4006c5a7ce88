//! Which statement a text is: its first words decide.

use crate::ddl::{DropRelation, RelationKind, RenameRelation, Statement};
use crate::sql::Punct;

use super::Reader;
use super::access;
use super::alter::{alter_database, alter_table};
use super::create::create;
use super::cursor::Cursor;
use super::error::ParseError;
use super::function;
use super::named_collection::{alter_named_collection, drop_named_collection};
use super::workload::{drop_resource, drop_workload};

/// The statements that a text stands for: several where it is about several access entities.
pub(super) fn statements(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Vec<Statement>, ParseError> {
    match access::each(cursor, reader) {
        Some(each) => each,
        None => statement(cursor, reader).map(|statement| vec![statement]),
    }
}

pub(super) fn statement(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    let here = *cursor;
    if let Some(each) = access::each(cursor, reader) {
        return access::one(&here, each);
    }
    if cursor.is_word("CREATE") {
        return create(cursor, reader);
    }
    if cursor.eat_words("ALTER TABLE") {
        return alter_table(cursor, reader);
    }
    if cursor.eat_words("ALTER DATABASE") {
        return alter_database(cursor);
    }
    if cursor.eat_words("ALTER NAMED COLLECTION") {
        return alter_named_collection(cursor, reader);
    }
    if cursor.is_word("RENAME") {
        return rename(cursor, reader);
    }
    if cursor.is_word("DROP") {
        return drop(cursor, reader);
    }
    if cursor.eat_words("EXCHANGE TABLES") || cursor.eat_words("EXCHANGE DICTIONARIES") {
        let a = reader.name(cursor, "the one")?;
        cursor.expect_words("AND")?;
        let b = reader.name(cursor, "the other")?;
        return Ok(Statement::Exchange { a, b });
    }
    let known = OTHER_STATEMENTS.iter().find(|words| cursor.is_words(words));
    Err(match known {
        Some(words) => cursor.unsupported(*words),
        None => cursor.expected("a DDL statement (CREATE, ALTER, RENAME, DROP, GRANT or REVOKE)"),
    })
}

/// First words of statements that ClickHouse has and chx runs, if at all, without understanding them.
const OTHER_STATEMENTS: [&str; 34] = [
    "ALTER", "ATTACH", "BACKUP", "CHECK", "DELETE", "DESC", "DESCRIBE", "DETACH", "EXCHANGE", "EXECUTE",
    "EXISTS", "EXPLAIN", "INSERT", "KILL", "MOVE", "OPTIMIZE", "REPLACE", "RESTORE", "SELECT", "SET", "SHOW",
    "SYSTEM", "TRUNCATE", "UNDROP", "UPDATE", "USE", "WATCH", "WITH", "BEGIN", "COMMIT", "ROLLBACK",
    "FREEZE", "UNFREEZE", "FROM",
];

/// `RENAME [TABLE | DICTIONARY] [IF EXISTS] a TO b`, one pair. Several pairs in one statement depend on each other's order
/// (`a TO c, b TO a`) and are refused: write them as statements of their own.
fn rename(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    for words in ["RENAME DATABASE", "RENAME USER"] {
        if cursor.is_words(words) {
            return Err(cursor.unsupported(words));
        }
    }
    cursor.expect_words("RENAME")?;
    let _ = cursor.eat_words("TABLE") || cursor.eat_words("DICTIONARY");
    let if_exists = cursor.eat_words("IF EXISTS");
    let from = reader.name(cursor, "the name now")?;
    cursor.expect_words("TO")?;
    let to = reader.name(cursor, "the new name")?;
    if cursor.is_punct(Punct::Comma) {
        return Err(cursor.unsupported("RENAME of several tables"));
    }
    Ok(Statement::Rename(RenameRelation { from, to, if_exists }))
}

fn drop(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    let start = *cursor;
    cursor.expect_words("DROP")?;
    if cursor.eat_words("FUNCTION") {
        return function::drop_function(cursor);
    }
    if cursor.eat_words("NAMED COLLECTION") {
        return drop_named_collection(cursor);
    }
    if cursor.eat_words("WORKLOAD") {
        return drop_workload(cursor);
    }
    if cursor.eat_words("RESOURCE") {
        return drop_resource(cursor);
    }
    let kind = if cursor.eat_words("TABLE") {
        Some(RelationKind::Table)
    } else if cursor.eat_words("VIEW") {
        Some(RelationKind::View)
    } else if cursor.eat_words("DICTIONARY") {
        Some(RelationKind::Dictionary)
    } else if cursor.eat_words("DATABASE") {
        None
    } else {
        let what = cursor.peek().map_or_else(
            || "DROP".to_owned(),
            |token| format!("DROP {}", token.text.to_uppercase()),
        );
        return Err(start.unsupported(what));
    };
    if cursor.is_words("IF EMPTY") {
        return Err(cursor.unsupported("IF EMPTY"));
    }
    let if_exists = cursor.eat_words("IF EXISTS");
    let Some(kind) = kind else {
        let database = cursor.ident("a database")?;
        let sync = ends_sync(cursor)?;
        return Ok(Statement::DropDatabase {
            database,
            if_exists,
            sync,
        });
    };
    let name = reader.name(cursor, "the name of the object to drop")?;
    if cursor.is_punct(Punct::Comma) {
        return Err(cursor.unsupported("DROP of several objects"));
    }
    let sync = ends_sync(cursor)?;
    Ok(Statement::Drop(DropRelation {
        name,
        kind,
        if_exists,
        sync,
    }))
}

/// `SYNC`, or `NO DELAY`, its older name.
fn ends_sync(cursor: &mut Cursor<'_>) -> Result<bool, ParseError> {
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.unsupported("ON CLUSTER"));
    }
    if cursor.is_word("PERMANENTLY") {
        return Err(cursor.unsupported("PERMANENTLY"));
    }
    Ok(cursor.eat_words("SYNC") || cursor.eat_words("NO DELAY"))
}
