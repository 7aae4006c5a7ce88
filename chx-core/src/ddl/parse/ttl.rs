//! TTL rules of a table: when, and what then.

use crate::model::{Expr, TtlAction, TtlRule};
use crate::sql::Punct;

use super::column::codec;
use super::cursor::Cursor;
use super::error::ParseError;

/// Rules between commas, behind `TTL`.
pub(super) fn ttl_rules(cursor: &mut Cursor<'_>) -> Result<Vec<TtlRule>, ParseError> {
    let mut rules = Vec::new();
    loop {
        rules.push(ttl_rule(cursor)?);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(rules);
        }
    }
}

fn ttl_rule(cursor: &mut Cursor<'_>) -> Result<TtlRule, ParseError> {
    let expr = cursor.expr("the moment at which the rule applies")?;
    let action = if cursor.eat_words("TO DISK") {
        let if_exists = cursor.eat_words("IF EXISTS");
        TtlAction::ToDisk {
            disk: cursor.string("the disk, as a string")?,
            if_exists,
        }
    } else if cursor.eat_words("TO VOLUME") {
        let if_exists = cursor.eat_words("IF EXISTS");
        TtlAction::ToVolume {
            volume: cursor.string("the volume, as a string")?,
            if_exists,
        }
    } else if cursor.eat_words("RECOMPRESS") {
        TtlAction::Recompress(codec(cursor)?)
    } else if cursor.eat_words("GROUP BY") {
        group_by(cursor)?
    } else {
        cursor.eat_words("DELETE");
        let condition = if cursor.eat_words("WHERE") {
            Some(cursor.expr("the condition")?)
        } else {
            None
        };
        TtlAction::Delete { condition }
    };
    Ok(TtlRule { expr, action })
}

/// `GROUP BY k, l [SET a = max(a), b = sum(b)]`. The keys take every comma up to SET, as on the server: without
/// SET no further rule can follow. The assignments end where no `name =` stands behind a comma.
fn group_by(cursor: &mut Cursor<'_>) -> Result<TtlAction, ParseError> {
    let mut keys: Vec<Expr> = Vec::new();
    loop {
        keys.push(cursor.expr("a prefix of the primary key")?);
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    let mut set = Vec::new();
    if cursor.eat_words("SET") {
        loop {
            let name = cursor.ident("a column")?;
            cursor.expect_punct(Punct::Eq)?;
            set.push((name, cursor.expr("an aggregate")?));
            let goes_on = cursor.is_punct(Punct::Comma)
                && cursor.peek_at(1).is_some_and(|token| token.is_name())
                && cursor.is_punct_at(2, Punct::Eq);
            if !goes_on {
                break;
            }
            cursor.advance();
        }
    }
    Ok(TtlAction::GroupBy { keys, set })
}
