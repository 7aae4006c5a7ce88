//! CREATE VIEW and CREATE MATERIALIZED VIEW.
//!
//! The list of columns says what the query gives; the server writes it into every stored text. Of a materialized view with
//! an inner table it is the list of that table, with all that a table's may have. The comment may stand before AS or behind the query, the rights of a materialized view before EMPTY or behind it.

use crate::ddl::{CreateMaterializedView, CreateView, Fill, Statement};
use crate::ident::Ident;
use crate::model::{Column, Expr, InnerTable, MaterializedView, Target, View, ViewColumn};
use crate::sql::{Punct, TokenKind, output_columns, with_output_names};

use super::Reader;
use super::column::set;
use super::create::comment;
use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::refresh::refresh;
use super::security::security;
use super::storage::{StorageClauses, storage_clauses};
use super::table::Members;

pub(super) fn create_view(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let (name, on_existing) = reader.header(cursor, replaces)?;
    let mut aliases = column_aliases(cursor)?;
    let columns = if aliases.is_none() {
        let list = *cursor;
        plain_columns(&list, members(cursor)?)?
    } else {
        Vec::new()
    };
    if aliases.is_none() {
        aliases = column_aliases(cursor)?;
    }
    let security = security(cursor)?;
    let mut comment_before = comment(cursor)?;
    let before_query = *cursor;
    let mut query = query(cursor, &mut comment_before)?;
    reader.keep_secrets_of_query(&mut query, &before_query)?;
    if let Some((here, names)) = aliases {
        match with_output_names(&query, &names) {
            Some(named) => query = named,
            None if has_names(&query, &names) => {}
            None => return Err(here.unsupported("names of a view's columns that its query does not list")),
        }
    }
    let view = View {
        name,
        columns,
        security,
        query,
        comment: comment_before.unwrap_or_default(),
    };
    Ok(Statement::CreateView(CreateView { view, on_existing }))
}

pub(super) fn create_materialized_view(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let (name, on_existing) = reader.header(cursor, replaces)?;
    let refresh = cursor
        .eat_words("REFRESH")
        .then(|| refresh(cursor, reader))
        .transpose()?;
    let target_name = if cursor.is_words("TO INNER") {
        return Err(cursor.unsupported("TO INNER UUID"));
    } else if cursor.eat_words("TO") {
        Some(reader.name(cursor, "the target table")?)
    } else {
        None
    };
    let mut clauses = StorageClauses::default();
    let before_list = *cursor;
    let members = members(cursor)?;
    members.declare_primary_key(&mut clauses)?;
    let before_engine = *cursor;
    storage_clauses(cursor, &mut clauses)?;
    clauses.refuse_keys_as_arguments(&before_engine)?;
    let (target, columns) = match (target_name, clauses.has_engine()) {
        (Some(_), true) => {
            return Err(before_engine.expected("no `ENGINE`: the view writes to its target table"));
        }
        (Some(name), false) => (Target::To(name), plain_columns(&before_list, members)?),
        (None, _) => match clauses.into_storage() {
            Some(mut storage) => {
                reader.keep_secrets(&mut storage, &before_engine)?;
                reader.refuse_settings_of_queries(&storage, &before_engine)?;
                let columns: Vec<ViewColumn> =
                    members.columns.iter().cloned().map(ViewColumn::from).collect();
                let inner = InnerTable::from(members.into_table(name.clone(), storage, String::new()));
                let columns = if inner.has_list() { Vec::new() } else { columns };
                (Target::Inner(Box::new(inner)), columns)
            }
            None => return Err(before_engine.error(ParseErrorKind::NoEngine)),
        },
    };
    let mut rights = None;
    let mut fill = Fill::default();
    let mut text = None;
    loop {
        let here = *cursor;
        if let Some(found) = security(cursor)? {
            set(&mut rights, found, &here, "SQL SECURITY")?;
        } else if cursor.is_word("POPULATE") || BEHIND_EMPTY.iter().any(|words| cursor.is_words(words)) {
            let populates = cursor.is_word("POPULATE");
            if matches!(target, Target::To(_)) && (populates || refresh.is_none()) {
                return Err(cursor.expected(
                    "`AS`: only a view with an inner table can be POPULATE, only that or a refreshable view EMPTY",
                ));
            }
            if populates && refresh.is_some() {
                return Err(
                    cursor.expected("`AS`: a refreshable view fills itself, so it cannot be POPULATE")
                );
            }
            fill = if populates { Fill::Populate } else { Fill::Empty };
            cursor.advance();
        } else if let Some(found) = comment(cursor)? {
            set(&mut text, found, &here, "COMMENT")?;
        } else {
            break;
        }
    }
    let before_query = *cursor;
    let mut query = query(cursor, &mut text)?;
    reader.keep_secrets_of_query(&mut query, &before_query)?;
    let view = MaterializedView {
        name,
        refresh,
        target,
        columns,
        security: rights,
        query,
        comment: text.unwrap_or_default(),
    };
    Ok(Statement::CreateMaterializedView(Box::new(
        CreateMaterializedView {
            view,
            on_existing,
            fill,
        },
    )))
}

/// What may stand behind EMPTY, which is a name otherwise.
const BEHIND_EMPTY: [&str; 4] = ["EMPTY AS", "EMPTY COMMENT", "EMPTY DEFINER", "EMPTY SQL"];

/// The list in parentheses, where there is one.
fn members<'a>(cursor: &mut Cursor<'a>) -> Result<Members<'a>, ParseError> {
    if !cursor.is_punct(Punct::LParen) {
        return Ok(Members::default());
    }
    if is_list_of_names(cursor) {
        return Err(cursor.unsupported("column aliases of a view"));
    }
    Members::read(cursor)
}

/// The columns of a view that keeps no rows: names and types, for nothing else means anything there.
fn plain_columns(list: &Cursor<'_>, members: Members<'_>) -> Result<Vec<ViewColumn>, ParseError> {
    if !members.indexes.is_empty() || !members.projections.is_empty() || !members.constraints.is_empty() {
        return Err(list.unsupported("INDEX, PROJECTION or CONSTRAINT of a view"));
    }
    let plain = |column: Column| {
        let plain = ViewColumn::from(column.clone());
        if Column::from(plain.clone()) != column {
            return Err(list.unsupported("a column of a view with more than its type"));
        }
        Ok(plain)
    };
    members.columns.into_iter().map(plain).collect()
}

/// `(a, b)`: other names for the columns of the query. The server writes them into the query as well, and there they stand for chx.
fn column_aliases<'a>(cursor: &mut Cursor<'a>) -> Result<Option<(Cursor<'a>, Vec<Ident>)>, ParseError> {
    if !cursor.is_punct(Punct::LParen) || !is_list_of_names(cursor) {
        return Ok(None);
    }
    let here = *cursor;
    let mut inside = cursor.group("the names of the columns")?;
    let mut names = Vec::new();
    loop {
        names.push(inside.ident("the name of a column")?);
        if !inside.eat_punct(Punct::Comma) {
            break;
        }
    }
    inside.expect_end("the end of the names")?;
    Ok(Some((here, names)))
}

/// Are the columns of the query called so already?
fn has_names(query: &Expr, names: &[Ident]) -> bool {
    output_columns(query).is_some_and(|found| {
        let found = found.iter().map(Option::as_deref);
        found.eq(names.iter().map(|name| Some(name.as_str())))
    })
}

/// `(a, b)`: names without types.
fn is_list_of_names(cursor: &Cursor<'_>) -> bool {
    cursor.peek_at(1).is_some_and(|token| token.is_name())
        && (cursor.is_punct_at(2, Punct::Comma) || cursor.is_punct_at(2, Punct::RParen))
}

/// `AS query [COMMENT 'text']`, to the end of the statement.
fn query(cursor: &mut Cursor<'_>, comment: &mut Option<String>) -> Result<Expr, ParseError> {
    cursor.expect_words("AS")?;
    stored_query(cursor, Some(comment))
}

/// A query up to the end of the part, with a comment behind it where one is allowed.
pub(super) fn stored_query(
    cursor: &mut Cursor<'_>,
    comment_place: Option<&mut Option<String>>,
) -> Result<Expr, ParseError> {
    if !begins_query(cursor) {
        return Err(cursor.expected("a SELECT query"));
    }
    let mut body = *cursor;
    while body.peek_back(0).is_some_and(|token| token.is(Punct::Semicolon)) {
        body = body.without_last(1);
    }
    if ends_in_comment(&body)
        && let Some(place) = comment_place
    {
        let here = body.last(2);
        let mut text = here;
        text.advance();
        set(place, text.string("the comment, as a string")?, &here, "COMMENT")?;
        body = body.without_last(2);
    }
    if body.peek_back(1).is_some_and(|token| token.is_word("FORMAT"))
        && !body.peek_back(2).is_some_and(|token| {
            token.is_word("SELECT") || matches!(token.kind, TokenKind::Punct(punct) if !punct.closes())
        })
    {
        return Err(body.last(2).unsupported("FORMAT"));
    }
    // Parentheses around the whole mean nothing; what stands in them has to be a query all the same.
    let mut inner = body;
    while inner.is_punct(Punct::LParen) {
        let mut behind = inner;
        let group = behind.group("a query")?;
        if !behind.is_at_end() {
            break;
        }
        inner = group;
    }
    if !begins_query(&inner) {
        return Err(inner.expected("a SELECT query"));
    }
    if ends_in_comment(&inner) {
        return Err(inner.last(2).expected("the end of the query"));
    }
    *cursor = cursor.last(0);
    inner.rest("a query")
}

fn begins_query(cursor: &Cursor<'_>) -> bool {
    ["SELECT", "WITH", "FROM"].iter().any(|word| cursor.is_word(word)) || cursor.is_punct(Punct::LParen)
}

fn ends_in_comment(cursor: &Cursor<'_>) -> bool {
    let last = cursor.peek_back(0);
    last.is_some_and(|token| matches!(token.kind, TokenKind::String | TokenKind::Heredoc))
        && cursor.peek_back(1).is_some_and(|token| token.is_word("COMMENT"))
}
