//! SQL SECURITY and DEFINER of views.

use crate::model::SqlSecurity;
use crate::sql::Punct;

use super::column::set;
use super::cursor::Cursor;
use super::error::ParseError;

/// `[DEFINER = user] [SQL SECURITY INVOKER | DEFINER | NONE]`, in either order, where it stands here.
pub(super) fn security(cursor: &mut Cursor<'_>) -> Result<Option<SqlSecurity>, ParseError> {
    let mut definer = None;
    let mut kind = None;
    loop {
        let here = *cursor;
        if cursor.eat_words("DEFINER") {
            cursor.eat_punct(Punct::Eq);
            set(&mut definer, user(cursor)?, &here, "DEFINER")?;
        } else if cursor.eat_words("SQL SECURITY") {
            let found = if cursor.eat_words("DEFINER") {
                SqlSecurity::Definer(None)
            } else if cursor.eat_words("INVOKER") {
                SqlSecurity::Invoker
            } else if cursor.eat_words("NONE") {
                SqlSecurity::None
            } else {
                return Err(cursor.expected("`DEFINER`, `INVOKER` or `NONE`"));
            };
            set(&mut kind, found, &here, "SQL SECURITY")?;
        } else {
            break;
        }
    }
    match (kind, definer) {
        (kind, None) => Ok(kind),
        // A definer alone says that its rights count.
        (None | Some(SqlSecurity::Definer(_)), Some(user)) => Ok(Some(SqlSecurity::Definer(user))),
        (Some(SqlSecurity::Invoker | SqlSecurity::None), Some(_)) => {
            Err(cursor.unsupported("DEFINER of a view that does not use its rights"))
        }
    }
}

/// A user's name, as a name or a string; `None` is `CURRENT_USER`.
fn user(cursor: &mut Cursor<'_>) -> Result<Option<String>, ParseError> {
    if cursor.eat_words("CURRENT_USER") {
        return Ok(None);
    }
    let user = if cursor.is_string_at(0) {
        cursor.string("a user")?
    } else {
        String::from(cursor.ident("a user, or `CURRENT_USER`")?)
    };
    if cursor.is_punct(Punct::At) {
        return Err(cursor.unsupported("DEFINER with a host"));
    }
    Ok(Some(user))
}
