//! ALTER TABLE and ALTER DATABASE.
//!
//! The commands of an ALTER TABLE stand in parentheses, all of them or none. Without parentheses `MODIFY TTL`,
//! `MODIFY SETTING`, `RESET SETTING` and `MODIFY QUERY` take everything that follows, as on the server.

use crate::ddl::{AlterCommand, AlterTable, ColumnChange, ColumnProperty, Position, Statement};
use crate::ident::Ident;
use crate::model::Expr;
use crate::sql::Punct;

use super::Reader;
use super::column::{ColumnClauses, column_clauses, column_named};
use super::cursor::Cursor;
use super::error::ParseError;
use super::index::{constraint, index, projection};
use super::refresh::refresh;
use super::security::security;
use super::storage::{changed_settings, key, reset_settings, setting_names};
use super::ttl::ttl_rules;
use super::view::stored_query;

pub(super) fn alter_database(cursor: &mut Cursor<'_>) -> Result<Statement, ParseError> {
    let database = cursor.ident("a database")?;
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.unsupported("ON CLUSTER"));
    }
    let mut inside = *cursor;
    let in_parens = cursor.is_punct(Punct::LParen);
    if in_parens {
        inside = cursor.group("a command")?;
    }
    if inside.is_words("MODIFY SETTING") {
        return Err(inside.unsupported("ALTER DATABASE ... MODIFY SETTING"));
    }
    inside.expect_words("MODIFY COMMENT")?;
    let comment = inside.string("the comment, as a string")?;
    if in_parens {
        inside.expect_end("`)`")?;
    } else {
        *cursor = inside;
    }
    Ok(Statement::AlterDatabaseComment { database, comment })
}

pub(super) fn alter_table(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Statement, ParseError> {
    let name = reader.name(cursor, "the table")?;
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.unsupported("ON CLUSTER"));
    }
    let mut commands = Vec::new();
    let in_parens = cursor.is_punct(Punct::LParen);
    loop {
        if in_parens {
            let mut inside = cursor.group("a command in parentheses, like the ones before")?;
            commands.push(command(&mut inside, reader)?);
            inside.expect_end("`)`: each command has parentheses of its own")?;
        } else {
            commands.push(command(cursor, reader)?);
        }
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(Statement::AlterTable(AlterTable { name, commands }));
        }
    }
}

/// Commands that ClickHouse has and the model has not. The longer ones come first.
const UNSUPPORTED: [&str; 28] = [
    "DROP PARTITION",
    "DROP PART",
    "DROP DETACHED PARTITION",
    "DROP DETACHED PART",
    "MODIFY DATABASE",
    "MATERIALIZE TTL",
    "ATTACH PARTITION",
    "ATTACH PART",
    "DETACH PARTITION",
    "DETACH PART",
    "FREEZE",
    "UNFREEZE",
    "FETCH PARTITION",
    "FETCH PART",
    "FETCH",
    "FORGET PARTITION",
    "MOVE PARTITION",
    "MOVE PART",
    "REPLACE PARTITION",
    "DELETE",
    "UPDATE",
    "APPLY DELETED MASK",
    "APPLY PATCHES",
    "REWRITE PARTS",
    "EXECUTE",
    "UNLOCK SNAPSHOT",
    "RESET",
    "MODIFY UNIQUE",
];

fn command(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<AlterCommand, ParseError> {
    if cursor.eat_words("ADD COLUMN") {
        return add_column(cursor);
    }
    if cursor.eat_words("MODIFY COLUMN") {
        return modify_column(cursor, false);
    }
    if cursor.eat_words("ALTER COLUMN") {
        return modify_column(cursor, true);
    }
    if cursor.eat_words("DROP COLUMN") {
        let if_exists = cursor.eat_words("IF EXISTS");
        return Ok(AlterCommand::DropColumn {
            name: cursor.compound_ident("a column")?,
            if_exists,
        });
    }
    if cursor.eat_words("RENAME COLUMN") {
        let if_exists = cursor.eat_words("IF EXISTS");
        let from = cursor.compound_ident("a column")?;
        cursor.expect_words("TO")?;
        return Ok(AlterCommand::RenameColumn {
            from,
            to: cursor.compound_ident("the new name")?,
            if_exists,
        });
    }
    if cursor.eat_words("COMMENT COLUMN") {
        let if_exists = cursor.eat_words("IF EXISTS");
        let name = cursor.compound_ident("a column")?;
        return Ok(AlterCommand::CommentColumn {
            name,
            comment: cursor.string("the comment, as a string")?,
            if_exists,
        });
    }
    if cursor.eat_words("CLEAR COLUMN") {
        let if_exists = cursor.eat_words("IF EXISTS");
        let name = cursor.compound_ident("a column")?;
        refuse_partition(cursor)?;
        return Ok(AlterCommand::ClearColumn { name, if_exists });
    }
    if cursor.eat_words("MATERIALIZE COLUMN") {
        let name = cursor.compound_ident("a column")?;
        refuse_partition(cursor)?;
        return Ok(AlterCommand::MaterializeColumn { name });
    }
    if let Some(command) = view_command(cursor, reader)? {
        return Ok(command);
    }
    if let Some(command) = table_command(cursor)? {
        return Ok(command);
    }
    if let Some(command) = member_command(cursor)? {
        return Ok(command);
    }
    if let Some(command) = statistics_command(cursor)? {
        return Ok(command);
    }
    Err(match UNSUPPORTED.iter().find(|words| cursor.is_words(words)) {
        Some(words) => cursor.unsupported(format!("ALTER TABLE ... {words}")),
        None => cursor.expected("a command of ALTER TABLE, such as `ADD COLUMN`"),
    })
}

/// Commands about views and materialized views.
fn view_command(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Option<AlterCommand>, ParseError> {
    if cursor.eat_words("MODIFY QUERY") {
        let before_query = *cursor;
        let mut query = stored_query(cursor, None)?;
        reader.keep_secrets_of_query(&mut query, &before_query)?;
        return Ok(Some(AlterCommand::ModifyQuery { query }));
    }
    if cursor.eat_words("MODIFY REFRESH") {
        let refresh = refresh(cursor, reader)?;
        return Ok(Some(AlterCommand::ModifyRefresh { refresh }));
    }
    if cursor.is_words("MODIFY SQL SECURITY") || cursor.is_words("MODIFY DEFINER") {
        cursor.advance();
        return Ok(security(cursor)?.map(|security| AlterCommand::ModifySqlSecurity { security }));
    }
    Ok(None)
}

/// Commands about the table as a whole.
fn table_command(cursor: &mut Cursor<'_>) -> Result<Option<AlterCommand>, ParseError> {
    Ok(Some(if cursor.eat_words("MODIFY ORDER BY") {
        AlterCommand::ModifyOrderBy { key: key(cursor)? }
    } else if cursor.eat_words("MODIFY SAMPLE BY") {
        AlterCommand::ModifySampleBy {
            expr: cursor.expr("the sampling expression")?,
        }
    } else if cursor.eat_words("REMOVE SAMPLE BY") {
        AlterCommand::RemoveSampleBy
    } else if cursor.eat_words("MODIFY TTL") {
        AlterCommand::ModifyTtl {
            rules: ttl_rules(cursor)?,
        }
    } else if cursor.eat_words("REMOVE TTL") {
        AlterCommand::RemoveTtl
    } else if cursor.eat_words("MODIFY SETTING") {
        AlterCommand::ModifySettings {
            settings: changed_settings(cursor)?,
        }
    } else if cursor.eat_words("RESET SETTING") {
        AlterCommand::ResetSettings {
            names: reset_settings(cursor)?,
        }
    } else if cursor.eat_words("MODIFY COMMENT") {
        AlterCommand::ModifyComment {
            comment: cursor.string("the comment, as a string")?,
        }
    } else {
        return Ok(None);
    }))
}

/// Commands about indexes, projections and constraints.
fn member_command(cursor: &mut Cursor<'_>) -> Result<Option<AlterCommand>, ParseError> {
    Ok(Some(if cursor.eat_words("ADD INDEX") {
        let if_not_exists = cursor.eat_words("IF NOT EXISTS");
        AlterCommand::AddIndex {
            index: index(cursor)?,
            position: position(cursor)?,
            if_not_exists,
        }
    } else if cursor.eat_words("DROP INDEX") {
        let (name, if_exists) = member(cursor, "an index")?;
        AlterCommand::DropIndex { name, if_exists }
    } else if cursor.eat_words("MATERIALIZE INDEX") {
        let (name, if_exists) = member(cursor, "an index")?;
        AlterCommand::MaterializeIndex { name, if_exists }
    } else if cursor.eat_words("ADD PROJECTION") {
        let if_not_exists = cursor.eat_words("IF NOT EXISTS");
        let projection = projection(cursor)?;
        if position(&mut cursor.clone())?.is_some() {
            return Err(cursor.unsupported("ADD PROJECTION ... FIRST or AFTER"));
        }
        AlterCommand::AddProjection {
            projection,
            if_not_exists,
        }
    } else if cursor.eat_words("DROP PROJECTION") {
        let (name, if_exists) = member(cursor, "a projection")?;
        AlterCommand::DropProjection { name, if_exists }
    } else if cursor.eat_words("MATERIALIZE PROJECTION") {
        let (name, if_exists) = member(cursor, "a projection")?;
        AlterCommand::MaterializeProjection { name, if_exists }
    } else if cursor.eat_words("ADD CONSTRAINT") {
        let if_not_exists = cursor.eat_words("IF NOT EXISTS");
        AlterCommand::AddConstraint {
            constraint: constraint(cursor)?,
            if_not_exists,
        }
    } else if cursor.eat_words("MODIFY CONSTRAINT") {
        let if_exists = cursor.eat_words("IF EXISTS");
        AlterCommand::ModifyConstraint {
            constraint: constraint(cursor)?,
            if_exists,
        }
    } else if cursor.eat_words("CLEAR INDEX") {
        let (name, if_exists) = member(cursor, "an index")?;
        AlterCommand::ClearIndex { name, if_exists }
    } else if cursor.eat_words("CLEAR PROJECTION") {
        let (name, if_exists) = member(cursor, "a projection")?;
        AlterCommand::ClearProjection { name, if_exists }
    } else if cursor.eat_words("DROP CONSTRAINT") {
        let (name, if_exists) = member(cursor, "a constraint")?;
        AlterCommand::DropConstraint { name, if_exists }
    } else {
        return Ok(None);
    }))
}

/// Commands about statistics.
fn statistics_command(cursor: &mut Cursor<'_>) -> Result<Option<AlterCommand>, ParseError> {
    Ok(Some(if cursor.eat_words("ADD STATISTICS") {
        let if_not_exists = cursor.eat_words("IF NOT EXISTS");
        AlterCommand::AddStatistics {
            columns: columns(cursor)?,
            kinds: kinds(cursor)?,
            if_not_exists,
        }
    } else if cursor.eat_words("MODIFY STATISTICS") {
        AlterCommand::ModifyStatistics {
            columns: columns(cursor)?,
            kinds: kinds(cursor)?,
        }
    } else if cursor.eat_words("DROP STATISTICS") {
        let if_exists = cursor.eat_words("IF EXISTS");
        AlterCommand::DropStatistics {
            columns: columns(cursor)?,
            if_exists,
        }
    } else if cursor.eat_words("MATERIALIZE STATISTICS") {
        let (columns, if_exists) = columns_or_all(cursor)?;
        AlterCommand::MaterializeStatistics { columns, if_exists }
    } else if cursor.eat_words("CLEAR STATISTICS") {
        let (columns, if_exists) = columns_or_all(cursor)?;
        AlterCommand::ClearStatistics { columns, if_exists }
    } else {
        return Ok(None);
    }))
}

fn columns(cursor: &mut Cursor<'_>) -> Result<Vec<Ident>, ParseError> {
    let mut columns = Vec::new();
    loop {
        columns.push(cursor.compound_ident("a column")?);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(columns);
        }
    }
}

/// `ALL`, which is no column, or `[IF EXISTS] a, b`.
fn columns_or_all(cursor: &mut Cursor<'_>) -> Result<(Vec<Ident>, bool), ParseError> {
    if cursor.is_word("ALL") {
        cursor.advance();
        return Ok((Vec::new(), false));
    }
    let if_exists = cursor.eat_words("IF EXISTS");
    let columns = columns(cursor)?;
    refuse_partition(cursor)?;
    Ok((columns, if_exists))
}

/// `TYPE tdigest, uniq`.
fn kinds(cursor: &mut Cursor<'_>) -> Result<Vec<Expr>, ParseError> {
    cursor.expect_words("TYPE")?;
    let mut kinds = Vec::new();
    loop {
        kinds.push(cursor.expr("a kind of statistics")?);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(kinds);
        }
    }
}

/// `ADD ENUM VALUES ('a' = 1, 'b')`.
fn enum_values(cursor: &mut Cursor<'_>) -> Result<Vec<(String, Option<i16>)>, ParseError> {
    let mut values = Vec::new();
    for mut part in cursor.group("the values in parentheses")?.split_commas()? {
        let name = part.string("the name of a value, as a string")?;
        let value = if part.eat_punct(Punct::Eq) {
            let here = part;
            let number = part.number()?.parse().ok();
            Some(number.ok_or_else(|| here.expected("a whole number that an Enum16 holds"))?)
        } else {
            None
        };
        part.expect_end("`,` or `)`")?;
        values.push((name, value));
    }
    Ok(values)
}

/// `[IF EXISTS] name`.
fn member(cursor: &mut Cursor<'_>, what: &str) -> Result<(Ident, bool), ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = cursor.ident(what)?;
    refuse_partition(cursor)?;
    Ok((name, if_exists))
}

fn refuse_partition(cursor: &Cursor<'_>) -> Result<(), ParseError> {
    if cursor.is_words("IN PARTITION") {
        Err(cursor.unsupported("IN PARTITION"))
    } else {
        Ok(())
    }
}

fn position(cursor: &mut Cursor<'_>) -> Result<Option<Position>, ParseError> {
    if cursor.eat_words("FIRST") {
        Ok(Some(Position::First))
    } else if cursor.eat_words("AFTER") {
        Ok(Some(Position::After(
            cursor.compound_ident("the name of the one before")?,
        )))
    } else {
        Ok(None)
    }
}

fn add_column(cursor: &mut Cursor<'_>) -> Result<AlterCommand, ParseError> {
    let if_not_exists = cursor.eat_words("IF NOT EXISTS");
    let start = *cursor;
    let name = cursor.compound_ident("a column")?;
    let (column, is_primary_key) = column_named(name, cursor)?;
    if is_primary_key {
        return Err(start.expected("a column without `PRIMARY KEY`, which only CREATE TABLE takes"));
    }
    Ok(AlterCommand::AddColumn {
        column: Box::new(column),
        position: position(cursor)?,
        if_not_exists,
    })
}

/// `MODIFY COLUMN c ...` and its other spelling `ALTER COLUMN c TYPE ...`.
fn modify_column(cursor: &mut Cursor<'_>, says_type: bool) -> Result<AlterCommand, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let start = *cursor;
    let name = cursor.compound_ident("a column")?;
    if cursor.eat_words("ADD ENUM VALUES") {
        return Ok(AlterCommand::AddEnumValues {
            name,
            values: enum_values(cursor)?,
            if_exists,
        });
    }
    let special =
        cursor.is_word("REMOVE") || cursor.is_words("MODIFY SETTING") || cursor.is_words("RESET SETTING");
    if special && if_exists {
        return Err(cursor.unsupported("MODIFY COLUMN IF EXISTS ... REMOVE, MODIFY SETTING or RESET SETTING"));
    }
    if cursor.eat_words("REMOVE") {
        return Ok(AlterCommand::RemoveColumnProperty {
            name,
            property: property(cursor)?,
        });
    }
    if cursor.eat_words("MODIFY SETTING") {
        return Ok(AlterCommand::ModifyColumnSettings {
            name,
            settings: changed_settings(cursor)?,
        });
    }
    if cursor.eat_words("RESET SETTING") {
        return Ok(AlterCommand::ResetColumnSettings {
            name,
            names: setting_names(cursor)?,
        });
    }
    if says_type {
        cursor.expect_words("TYPE")?;
    }
    let moves_only = is_position_only(cursor);
    let clauses = if moves_only {
        ColumnClauses::default()
    } else {
        column_clauses(cursor)?
    };
    for (is_there, clause) in [
        (clauses.statistics.is_some(), "MODIFY COLUMN ... STATISTICS"),
        (clauses.settings.is_some(), "MODIFY COLUMN ... SETTINGS (...)"),
        (clauses.is_primary_key, "MODIFY COLUMN ... PRIMARY KEY"),
    ] {
        if is_there {
            return Err(start.unsupported(clause));
        }
    }
    let change = ColumnChange {
        name,
        if_exists,
        data_type: clauses.data_type,
        default: clauses.default,
        codec: clauses.codec,
        ttl: clauses.ttl,
        comment: clauses.comment,
        position: position(cursor)?,
    };
    if change.is_empty() {
        return Err(cursor.expected("what to change about the column"));
    }
    Ok(AlterCommand::ModifyColumn(Box::new(change)))
}

/// Does nothing follow but `FIRST` or `AFTER x`? `FIRST` could be a type otherwise.
fn is_position_only(cursor: &Cursor<'_>) -> bool {
    (cursor.is_word("FIRST") && (cursor.len() == 1 || cursor.is_punct_at(1, Punct::Comma)))
        || (cursor.is_word("AFTER") && cursor.peek_at(1).is_some_and(|token| token.is_name()))
}

fn property(cursor: &mut Cursor<'_>) -> Result<ColumnProperty, ParseError> {
    [
        ColumnProperty::Default,
        ColumnProperty::Materialized,
        ColumnProperty::Alias,
        ColumnProperty::Codec,
        ColumnProperty::Comment,
        ColumnProperty::Ttl,
        ColumnProperty::Settings,
    ]
    .into_iter()
    .find(|property| cursor.eat_words(property.keyword()))
    .ok_or_else(|| cursor.expected("a property of the column, such as `DEFAULT`"))
}
