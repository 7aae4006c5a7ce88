//! Writes tokens as canonical text in ClickHouse's own spacing. The text means what the input means, reads
//! back to itself, and is equal for two inputs exactly when they differ in nothing but white space, comments,
//! quoting, the case of keywords, spellings of literals, and the sugar named at [`Expr`](super::Expr).

use std::borrow::Cow;

use super::super::error::LexErrorKind;
use super::super::quote::{
    quote_bytes, unquote_bytes, unquote_ident, write_ident_in_backticks, write_string,
};
use super::super::token::{Punct, Token, TokenKind};
use super::keywords::{Form, Keyword, has_own_syntax, interval_function};
use super::number;
use super::roles::Role;

/// The canonical text, or the byte and the reason why there is none.
pub(super) fn print(tokens: &[Token<'_>], roles: &[Role]) -> Result<String, (usize, LexErrorKind)> {
    let length = tokens
        .first()
        .zip(tokens.last())
        .map_or(0, |(first, last)| last.end() - first.at);
    let mut out = String::with_capacity(length + 8);
    let mut index = 0;
    while let (Some(token), Some(role)) = (tokens.get(index), roles.get(index)) {
        if index > 0 && space_before(tokens, roles, index) {
            out.push(' ');
        }
        let sugared = if *role == Role::Keyword {
            sugar(tokens, roles, index)
        } else {
            None
        };
        if let Some((function, literal, length)) = sugared {
            out.push_str(function);
            out.push('(');
            write_token(&mut out, &tokens[literal], Role::Literal)
                .map_err(|kind| (tokens[literal].at, kind))?;
            out.push(')');
            index += length;
            continue;
        }
        if reads_as_unit(tokens, roles, index) {
            let name = unquote_ident(token.text).map_err(|kind| (token.at, kind))?;
            write_ident_in_backticks(&mut out, &name);
        } else {
            write_token(&mut out, token, *role).map_err(|kind| (token.at, kind))?;
        }
        index += 1;
    }
    Ok(out)
}

/// Is this a quoted column that would be a unit without its quotes: ``date_add(`day`, INTERVAL 1 DAY)``?
fn reads_as_unit(tokens: &[Token<'_>], roles: &[Role], index: usize) -> bool {
    tokens[index].kind == TokenKind::QuotedIdent
        && index
            .checked_sub(2)
            .is_some_and(|call| roles[call] == Role::Function && Form::of(tokens[call].text) == Form::Unit)
        && tokens.get(index + 1).is_some_and(|next| next.is(Punct::Comma))
        && unquote_ident(tokens[index].text).is_ok_and(|name| interval_function(&name).is_some())
}

/// The canonical text of a number or a name that stands alone, as most arguments and keys do. `None` where it takes
/// more than a look at the token.
pub(super) fn lone<'a>(token: &Token<'a>) -> Option<Cow<'a, str>> {
    match token.kind {
        TokenKind::Number => number::canonical(token.text),
        TokenKind::Word if is_plain(token.text) && Keyword::of(token.text).is_none() => {
            Some(Cow::Borrowed(token.text))
        }
        _ => None,
    }
}

/// `INTERVAL 90 DAY` is `toIntervalDay(90)`, `INTERVAL '2' HOUR` is `toIntervalHour('2')`, `DATE '...'` is
/// `toDate('...')` and `TIMESTAMP '...'` is `toDateTime('...')`: the server stores these calls. Gives the
/// function, the index of its argument and the number of tokens.
fn sugar(tokens: &[Token<'_>], roles: &[Role], index: usize) -> Option<(&'static str, usize, usize)> {
    let literal = index + 1;
    match Keyword::of(tokens[index].text)? {
        Keyword::Date if roles.get(literal) == Some(&Role::Literal) => Some(("toDate", literal, 2)),
        Keyword::Timestamp if roles.get(literal) == Some(&Role::Literal) => Some(("toDateTime", literal, 2)),
        Keyword::Interval if roles.get(index + 2) == Some(&Role::Unit) => {
            let function = interval_function(tokens[index + 2].text)?;
            let text = tokens[literal].text;
            let is_whole = match tokens[literal].kind {
                TokenKind::Number => number::canonical(text)?.bytes().all(|byte| byte.is_ascii_digit()),
                TokenKind::String => {
                    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
                    !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())
                }
                _ => false,
            };
            is_whole.then_some((function, literal, 3))
        }
        _ => None,
    }
}

fn write_token(out: &mut String, token: &Token<'_>, role: Role) -> Result<(), LexErrorKind> {
    match token.kind {
        TokenKind::Punct(punct) => out.push_str(punct.as_str()),
        TokenKind::String | TokenKind::Heredoc => {
            let value = unquote_bytes(token.text)?;
            match std::str::from_utf8(&value) {
                Ok(text) => write_string(out, text),
                Err(_) => out.push_str(&quote_bytes(&value)),
            }
        }
        TokenKind::Number => {
            let text = number::canonical(token.text)
                .ok_or_else(|| LexErrorKind::BadNumber(token.text.to_owned()))?;
            out.push_str(&text);
        }
        TokenKind::Parameter => {
            let inner = token.text.trim_start_matches('{').trim_end_matches('}');
            let (name, kind) = inner.split_once(':').ok_or(LexErrorKind::BadParameter)?;
            for part in ["{", name.trim(), ":", kind.trim(), "}"] {
                out.push_str(part);
            }
        }
        TokenKind::Word | TokenKind::QuotedIdent => match role {
            Role::Keyword | Role::Unit => {
                out.extend(token.text.chars().map(|letter| letter.to_ascii_uppercase()));
            }
            Role::Constant => out.push_str(match Keyword::of(token.text) {
                Some(Keyword::True) => "true",
                Some(Keyword::False) => "false",
                Some(Keyword::Inf | Keyword::Infinity) => "inf",
                Some(Keyword::Nan) => "nan",
                _ => "NULL",
            }),
            _ => write_name(out, token)?,
        },
    }
    Ok(())
}

/// A name without quotes where it cannot be misread, in backticks otherwise.
fn write_name(out: &mut String, token: &Token<'_>) -> Result<(), LexErrorKind> {
    let name = if token.kind == TokenKind::QuotedIdent {
        unquote_ident(token.text)?
    } else {
        Cow::Borrowed(token.text)
    };
    let was_bare = token.kind == TokenKind::Word;
    if is_plain(&name) && (was_bare || (Keyword::of(&name).is_none() && !has_own_syntax(&name))) {
        out.push_str(&name);
    } else {
        write_ident_in_backticks(out, &name);
    }
    Ok(())
}

/// Letters, digits and `_`, and no digit first.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Is there a space between this token and the one before?
fn space_before(tokens: &[Token<'_>], roles: &[Role], index: usize) -> bool {
    let (before, token) = (&tokens[index - 1], &tokens[index]);
    let (role_before, role) = (roles[index - 1], roles[index]);
    match (before.kind, token.kind) {
        // `1 .5` must not become `1.5`; `x.1.1` must stay.
        (TokenKind::Number, TokenKind::Punct(Punct::Dot)) => {
            return !(index >= 2 && tokens[index - 2].is(Punct::Dot));
        }
        (TokenKind::Punct(Punct::Dot), TokenKind::Number) => {
            let after_value = index >= 2
                && match tokens[index - 2].kind {
                    TokenKind::Punct(punct) => punct.closes(),
                    TokenKind::String | TokenKind::Heredoc | TokenKind::Parameter => false,
                    _ => true,
                };
            return !after_value;
        }
        // `- -1`: two minus signs together are a comment, and other pairs are other operators.
        (TokenKind::Punct(before), TokenKind::Punct(token)) if is_sign(before) && is_sign(token) => {
            return true;
        }
        _ => {}
    }
    let mark_before = role_before == Role::Mark;
    let mark = role == Role::Mark;
    if role_before == Role::Prefix {
        return false;
    }
    if mark_before {
        match before.kind {
            TokenKind::Punct(Punct::Comma) => return true,
            TokenKind::Punct(Punct::RParen | Punct::RBracket | Punct::RBrace) => {}
            _ => return false,
        }
    }
    if mark {
        return match token.kind {
            TokenKind::Punct(Punct::LParen) => {
                !(matches!(role_before, Role::Function | Role::Type) || before.is(Punct::RParen))
            }
            TokenKind::Punct(Punct::LBracket) => matches!(role_before, Role::Keyword | Role::Operator),
            TokenKind::Punct(Punct::LBrace) => !mark_before,
            _ => false,
        };
    }
    true
}

/// Is it an operator that could become another one, or a comment, with the one beside it?
fn is_sign(punct: Punct) -> bool {
    !punct.opens() && !punct.closes() && !matches!(punct, Punct::Comma | Punct::Dot)
}
