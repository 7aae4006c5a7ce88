//! What is wrong with a piece of SQL text, and where. One error type serves the lexer and everything that
//! looks no deeper than tokens, so that callers translate it into a diagnostic in one place.

use std::fmt;

use thiserror::Error;

/// A place in a text as an editor shows it. Both numbers start at 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

impl Position {
    /// The position of the byte `at` in `text`. An offset past the end, or inside a character, is taken
    /// back to the nearest place that exists.
    pub fn of(text: &str, at: usize) -> Self {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Text that is no SQL at the level of tokens.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} ({position})")]
pub struct LexError {
    /// What is wrong.
    pub kind: LexErrorKind,
    /// Byte offset in the text that was given; for something that is not closed, where it opens.
    pub at: usize,
    /// The same place as line and column.
    pub position: Position,
}

impl LexError {
    pub(crate) fn new(sql: &str, at: usize, kind: LexErrorKind) -> Self {
        Self {
            kind,
            at,
            position: Position::of(sql, at),
        }
    }
}

/// The ways in which text fails to be SQL tokens. Messages carry the way out where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LexErrorKind {
    /// A string literal without its closing quote.
    #[error("this string is not closed: its last `'` is missing (a quote inside is written `\\'` or `''`)")]
    UnclosedString,
    /// A quoted identifier without its closing quote.
    #[error("this quoted identifier is not closed: its last `{0}` is missing")]
    UnclosedIdentifier(char),
    /// A `$tag$` without its second `$tag$`.
    #[error(
        "this heredoc is not closed: its second `{0}` is missing (an identifier with `$` needs backticks)"
    )]
    UnclosedHeredoc(String),
    /// A `/*` without its `*/`. ClickHouse nests these comments, so each one inside needs its own.
    #[error("this comment is not closed: its `*/` is missing (comments nest in ClickHouse)")]
    UnclosedComment,
    /// A `{` that goes on neither as `{name:Type}` nor as `{'key': 'value'}`.
    #[error("`{{` starts a query parameter `{{name:Type}}` or a map `{{'key': 'value'}}`")]
    BadParameter,
    /// A number that ClickHouse does not read, such as `1.5abc` or `0B11`.
    #[error("`{0}` is not a number that ClickHouse reads")]
    BadNumber(String),
    /// A `\x` that two hexadecimal digits do not follow.
    #[error("`\\x` in a string needs two hexadecimal digits after it")]
    BadEscape,
    /// A character that starts no token.
    #[error("{0:?} means nothing in ClickHouse SQL here")]
    UnexpectedCharacter(char),
    /// A bracket that closes nothing.
    #[error("`{0}` closes nothing: the bracket that opens it is missing")]
    NotOpened(char),
    /// A bracket that nothing closes.
    #[error("`{0}` is not closed")]
    NotClosed(char),
    /// A bracket closed by one of another kind.
    #[error("`{open}` is closed by `{close}`")]
    Mismatched {
        /// The bracket that opens.
        open: char,
        /// The bracket that was found.
        close: char,
    },
    /// Nothing but white space and comments where SQL is needed.
    #[error("this is empty; an expression is needed")]
    Empty,
    /// A `;` inside what must be one expression or query.
    #[error("`;` ends a statement and cannot stand inside an expression")]
    StatementEnd,
    /// `INSERT ... FORMAT x` followed by its data.
    #[error(
        "`INSERT ... FORMAT` with its data in the file cannot be split into statements; write `VALUES` or load the data on its own"
    )]
    InlineData,
}
