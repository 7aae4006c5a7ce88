//! Brackets: which one closes which. It refuses those that close nothing, the wrong one, or never.

use super::error::{LexError, LexErrorKind};
use super::token::{Punct, TokenKind, Tokens};

/// Checks that brackets of all three kinds close in the order in which they open.
///
/// # Errors
/// The first bracket that closes nothing or the wrong one, else the innermost that is not closed.
pub fn check_balanced(tokens: &Tokens<'_>) -> Result<(), LexError> {
    pair_brackets(tokens, |_, _| {})
}

/// [`check_balanced`], and shows the indexes of each opening bracket and of the one that closes it.
pub(crate) fn pair_brackets(tokens: &Tokens<'_>, mut pair: impl FnMut(usize, usize)) -> Result<(), LexError> {
    let mut open: Vec<(Punct, usize)> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let TokenKind::Punct(punct) = token.kind else {
            continue;
        };
        if punct.opens() {
            open.push((punct, index));
        } else if punct.closes() {
            let (open_char, close_char) = match punct {
                Punct::RParen => ('(', ')'),
                Punct::RBrace => ('{', '}'),
                _ => ('[', ']'),
            };
            match open.pop() {
                None => return Err(tokens.error_at(token.at, LexErrorKind::NotOpened(close_char))),
                Some((opened, at)) if char_of(opened) != open_char => {
                    let kind = LexErrorKind::Mismatched {
                        open: char_of(opened),
                        close: close_char,
                    };
                    return Err(tokens.error_at(tokens[at].at, kind));
                }
                Some((_, opened)) => pair(opened, index),
            }
        }
    }
    match open.pop() {
        Some((opened, at)) => Err(tokens.error_at(tokens[at].at, LexErrorKind::NotClosed(char_of(opened)))),
        None => Ok(()),
    }
}

const fn char_of(open: Punct) -> char {
    match open {
        Punct::LParen => '(',
        Punct::LBrace => '{',
        _ => '[',
    }
}
