//! CREATE FUNCTION and DROP FUNCTION, for functions in SQL. Those in another language or run by a program are refused: the
//! server's configuration makes them.

use crate::ddl::{CreateFunction, Statement};
use crate::ident::Ident;
use crate::model::{Expr, Function};
use crate::sql::Punct;

use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::ParseError;
use super::{ParseContext, Reader};

/// `[IF NOT EXISTS] name AS (x, y) -> body`.
pub(super) fn create_function(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let on_existing = on_existing(cursor, replaces)?;
    let name = name(cursor)?;
    for clause in ["LANGUAGE", "ENGINE", "ARGUMENTS", "RETURNS"] {
        if cursor.is_word(clause) {
            return Err(cursor.unsupported(format!("{clause} of a function")));
        }
    }
    cursor.expect_words("AS")?;
    let before_lambda = *cursor;
    let (parameters, mut body) = lambda(cursor)?;
    reader.keep_secrets_of_query(&mut body, &before_lambda)?;
    let function = Function {
        name,
        parameters,
        body,
    };
    Ok(Statement::CreateFunction(CreateFunction {
        function,
        on_existing,
    }))
}

/// `[IF EXISTS] name`.
pub(super) fn drop_function(cursor: &mut Cursor<'_>) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = name(cursor)?;
    Ok(Statement::DropFunction { name, if_exists })
}

fn name(cursor: &mut Cursor<'_>) -> Result<Ident, ParseError> {
    name_on_server(cursor, "function")
}

/// The name of what belongs to the server: it stands in no database.
pub(super) fn name_on_server(cursor: &mut Cursor<'_>, what: &str) -> Result<Ident, ParseError> {
    let name = cursor.ident(&format!("the name of the {what}"))?;
    if cursor.is_punct(Punct::Dot) {
        return Err(cursor.expected(format!(
            "a name without a database: a {what} belongs to the server"
        )));
    }
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.unsupported("ON CLUSTER"));
    }
    Ok(name)
}

/// Reads `(x, y) -> body`, as it stands behind AS.
///
/// # Errors
/// Text that is no lambda, a parameter that is there twice, and a secret that is written out.
pub fn parse_lambda(sql: &str) -> Result<(Vec<Ident>, Expr), ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let start = cursor;
    let (parameters, mut body) = lambda(&mut cursor)?;
    cursor.expect_end("the end of the function's body")?;
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    reader.keep_secrets_of_query(&mut body, &start)?;
    Ok((parameters, body))
}

fn lambda(cursor: &mut Cursor<'_>) -> Result<(Vec<Ident>, Expr), ParseError> {
    const FORM: &str = "the parameters and the body, `(x, y) -> x + y`";
    let mut parameters = Vec::new();
    if cursor.is_punct(Punct::LParen) {
        for mut part in cursor.group(FORM)?.split_commas()? {
            let here = part;
            let parameter = part.ident("a parameter")?;
            part.expect_end("`,` or `)`")?;
            if parameters.contains(&parameter) {
                return Err(here.expected("a parameter that is not there already"));
            }
            parameters.push(parameter);
        }
    } else {
        parameters.push(cursor.ident(FORM)?);
    }
    if !cursor.eat_punct(Punct::Arrow) {
        return Err(cursor.expected("`->` and the body of the function"));
    }
    let body = cursor.expr("the body of the function")?;
    Ok((parameters, body))
}
