//! Splits a script into its statements, with the comments that stand before each. It decides by tokens, so a
//! `;` inside a string, heredoc, comment or quoted identifier never ends a statement. Row data after
//! `INSERT ... FORMAT x` is no SQL and cannot be told from it; it is refused, never guessed at.

use super::error::{LexError, LexErrorKind};
use super::lex::{Lexer, lex};
use super::token::{Comment, Punct, Token, TokenKind, Tokens};

/// One statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementText<'a> {
    /// From its first token to its last, without the `;`.
    pub text: &'a str,
    /// Byte offset of `text` in the script.
    pub at: usize,
    /// The comments between the statement before (or the start) and this one.
    pub comments: Vec<Comment<'a>>,
}

/// A script in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements<'a> {
    /// The statements, in order. Empty ones (`;;`) are left out.
    pub statements: Vec<StatementText<'a>>,
    /// The comments after the last statement.
    pub trailing: Vec<Comment<'a>>,
}

/// Splits a script at its `;`.
///
/// # Errors
/// Text that does not lex, and `INSERT ... FORMAT` with data after it.
///
/// ```
/// use chx_core::sql::split_statements;
/// let script = split_statements("-- first\nSELECT ';';\nSELECT 2;")?;
/// assert_eq!(script.statements.len(), 2);
/// assert_eq!(script.statements[0].text, "SELECT ';'");
/// assert_eq!(script.statements[0].comments[0].body(), "first");
/// # Ok::<(), chx_core::sql::LexError>(())
/// ```
pub fn split_statements(sql: &str) -> Result<Statements<'_>, LexError> {
    // Data often does not even lex; say what is really wrong then.
    split(sql).map_err(|error| inline_data_before(sql, &error).unwrap_or(error))
}

/// One pass that keeps no tokens: a history may be many megabytes.
fn split(sql: &str) -> Result<Statements<'_>, LexError> {
    let mut lexer = Lexer::new(sql);
    let mut statements = Vec::new();
    let mut comments = Vec::new();
    let mut open: Option<Open<'_>> = None;
    let mut inline = None;
    loop {
        let token = lexer.next(&mut comments)?;
        match token {
            Some(token) if !token.is(Punct::Semicolon) => match &mut open {
                Some(statement) => statement.go_on(token),
                None => {
                    open = Some(Open::new(token, std::mem::take(&mut comments)));
                }
            },
            _ => {
                if let Some(statement) = open.take() {
                    inline = inline.or_else(|| inline_data(&statement.insert));
                    // Comments inside the statement stay in its text.
                    comments.retain(|comment| comment.at > statement.end);
                    statements.push(StatementText {
                        text: &sql[statement.at..statement.end],
                        at: statement.at,
                        comments: statement.comments,
                    });
                }
            }
        }
        if token.is_none() {
            break;
        }
    }
    match inline {
        Some(at) => Err(LexError::new(sql, at, LexErrorKind::InlineData)),
        None => Ok(Statements {
            statements,
            trailing: comments,
        }),
    }
}

/// A statement whose end has not been seen.
struct Open<'a> {
    at: usize,
    end: usize,
    comments: Vec<Comment<'a>>,
    /// Its tokens, where it is an INSERT: only there data may follow.
    insert: Vec<Token<'a>>,
}

impl<'a> Open<'a> {
    fn new(first: Token<'a>, comments: Vec<Comment<'a>>) -> Self {
        Self {
            at: first.at,
            end: first.end(),
            comments,
            insert: if first.is_word("INSERT") {
                vec![first]
            } else {
                Vec::new()
            },
        }
    }

    fn go_on(&mut self, token: Token<'a>) {
        self.end = token.end();
        if !self.insert.is_empty() {
            self.insert.push(token);
        }
    }
}

/// Where data follows the `FORMAT name` of an INSERT, its offset.
fn inline_data(statement: &[Token<'_>]) -> Option<usize> {
    if !statement.first()?.is_word("INSERT") {
        return None;
    }
    let mut depth = 0_usize;
    for (index, token) in statement.iter().enumerate() {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            TokenKind::Word if depth == 0 => {
                if token.is_word("SELECT") || token.is_word("WITH") {
                    return None;
                }
                let format = statement.get(index + 1).filter(|name| name.is_name());
                if index > 2 && token.is_word("FORMAT") && format.is_some() {
                    // `FORMAT Values (1), (2)` is VALUES by another name.
                    let values = format.is_some_and(|name| name.is_word("Values"));
                    return statement.get(index + 2).filter(|_| !values).map(|data| data.at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Was the text that does not lex the data of an INSERT?
fn inline_data_before(sql: &str, error: &LexError) -> Option<LexError> {
    let before = lex(&sql[..error.at]).ok()?;
    let statement: &[Token<'_>] = before.rsplit(|token| token.is(Punct::Semicolon)).next()?;
    let is_data = inline_data(statement).is_some()
        || (statement.first()?.is_word("INSERT") && ends_with_format(statement));
    is_data.then(|| LexError::new(sql, error.at, LexErrorKind::InlineData))
}

fn ends_with_format(statement: &[Token<'_>]) -> bool {
    matches!(statement, [.., format, name] if format.is_word("FORMAT") && name.is_name())
}

impl<'a> StatementText<'a> {
    /// Its tokens; offsets count from the start of `text`.
    ///
    /// # Errors
    /// None in practice: the text has been lexed before.
    pub fn tokens(&self) -> Result<Tokens<'a>, LexError> {
        lex(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str) -> Vec<&str> {
        split_statements(sql)
            .unwrap()
            .statements
            .iter()
            .map(|statement| statement.text)
            .collect()
    }

    #[test]
    fn semicolons_in_literals_and_comments_split_nothing() {
        let sql =
            "SELECT ';', `;`, \";\", $$;$$, $t$;$t$ /* ; /* ; */ ; */ -- ;\n, 1;\n # ;\n // ;\n SELECT 2 ;;";
        assert_eq!(texts(sql).len(), 2);
        assert_eq!(texts(sql)[1], "SELECT 2");
        assert_eq!(texts(" ;; -- nothing\n"), Vec::<&str>::new());
    }

    #[test]
    fn comments_go_to_the_statement_after_them() {
        let script = split_statements("-- a\n-- b\nSELECT /* c */ 1; -- d\nSELECT 2; /* e */").unwrap();
        let bodies: Vec<Vec<&str>> = script
            .statements
            .iter()
            .map(|statement| statement.comments.iter().map(Comment::body).collect())
            .collect();
        assert_eq!(bodies, [vec!["a", "b"], vec!["d"]]);
        assert_eq!(script.statements[0].text, "SELECT /* c */ 1");
        assert_eq!(
            script.trailing.iter().map(Comment::body).collect::<Vec<_>>(),
            ["e"]
        );
    }

    #[test]
    fn insert_with_inline_data_is_refused() {
        for sql in [
            "INSERT INTO t FORMAT TSV\n1\t2;",
            "SELECT 1; INSERT INTO t (a, b) FORMAT JSONEachRow {\"a\":1}",
            "INSERT INTO t FORMAT TSV it's",
        ] {
            assert_eq!(
                split_statements(sql).unwrap_err().kind,
                LexErrorKind::InlineData,
                "{sql}"
            );
        }
        for sql in [
            "INSERT INTO t VALUES (1, ';'), (2, '')",
            "INSERT INTO t FORMAT Values (1)",
            "INSERT INTO t FORMAT Native",
            "INSERT INTO t SELECT 1 FORMAT Null",
            "INSERT INTO format VALUES (1)",
        ] {
            assert_eq!(texts(sql), [sql]);
        }
    }
}
