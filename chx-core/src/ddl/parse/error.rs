//! What is wrong with a statement, and where: one error, with the place as an editor shows it.
//!
//! Two kinds matter to callers: text that is no DDL of ClickHouse, and text that is but holds a clause that the
//! model has no place for ([`ParseErrorKind::Unsupported`]). Nothing is ever dropped in silence to avoid the second.

use crate::ident::IdentError;
use crate::model::DiskError;
use crate::sql::{LexError, LexErrorKind, Position};
use crate::types::{TypeError, TypeErrorKind};

/// A statement that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} ({position}{})", Near(snippet))]
pub struct ParseError {
    /// What is wrong.
    pub kind: Box<ParseErrorKind>,
    /// Byte offset in the text that was given.
    pub at: usize,
    /// The same place as line and column.
    pub position: Position,
    /// The text from that place to the end of its line, shortened; empty at the end of the text.
    pub snippet: String,
}

/// The ways in which a statement cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseErrorKind {
    /// The text does not even lex.
    #[error(transparent)]
    Lex(LexErrorKind),
    /// Something else had to stand here.
    #[error("expected {what}, found {found}")]
    Expected {
        /// What had to stand here, in words.
        what: String,
        /// What stands here.
        found: String,
    },
    /// ClickHouse knows this, chx has no place for it yet. The statement is refused as a whole.
    #[error("`{clause}` is not supported by chx yet")]
    Unsupported {
        /// The clause or statement, as ClickHouse calls it.
        clause: String,
    },
    /// ClickHouse knows this, and it can be said in another way that chx has a place for.
    #[error("`{clause}` is not supported by chx: {instead}")]
    Instead {
        /// The clause or statement, as ClickHouse calls it.
        clause: String,
        /// What to write, in words.
        instead: &'static str,
    },
    /// A name without its database, where no default database was given.
    #[error("`{name}` has no database: write `database.{name}`")]
    NoDatabase {
        /// The name.
        name: String,
    },
    /// A part of a column stands behind one that has to follow it.
    #[error(
        "`{clause}` has to stand before `{before}`: the order of a column is type, NULL, COLLATE, default, COMMENT, CODEC, \
         STATISTICS, TTL, PRIMARY KEY, SETTINGS"
    )]
    Order {
        /// The part.
        clause: &'static str,
        /// The one that stands before it and must not.
        before: &'static str,
    },
    /// A disk that is brought along and cannot be.
    #[error(transparent)]
    Disk(DiskError),
    /// A clause stands twice.
    #[error("`{clause}` stands here twice")]
    Twice {
        /// The clause.
        clause: &'static str,
    },
    /// A column without a type. The server derives it from the default expression; chx cannot, beyond literals.
    #[error("the column `{column}` has no type and its default is more than a literal: write the type")]
    NoType {
        /// The column.
        column: String,
    },
    /// A table without an engine. The server takes its setting `default_table_engine`.
    #[error(
        "the engine is missing, and which one the server would take depends on its settings: write `ENGINE = ...`"
    )]
    NoEngine,
    /// The type is not one.
    #[error(transparent)]
    Type(TypeErrorKind),
    /// The name cannot be one.
    #[error(transparent)]
    Name(IdentError),
    /// A password or key is written out.
    #[error(
        "the value of `{what}` is written out: put it into the environment or a file, and write `'env:NAME'` or `'file:PATH'` here"
    )]
    PlainSecret {
        /// What has the value, as the statement calls it. Never the value.
        what: String,
    },
    /// A secret in a statement that is taken as it is.
    #[error(
        "`{what}` holds a secret or says where it comes from, which a statement that chx does not read all of cannot"
    )]
    RawSecret {
        /// What has the value, as the statement calls it. Never the value.
        what: String,
    },
    /// A string that is not UTF-8 where text is needed.
    #[error("this string is not UTF-8 text")]
    NotText,
}

/// The snippet as a part of the message.
struct Near<'a>(&'a str);

impl std::fmt::Display for Near<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            Ok(())
        } else {
            write!(f, ", at `{}`", self.0)
        }
    }
}

/// The line up to where a password may stand.
fn without_secrets(line: &str) -> &str {
    let lower = line.to_ascii_lowercase();
    let first = ["password", "secret", "://"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min();
    first.map_or(line, |at| line.get(..at).unwrap_or_default().trim_end())
}

/// Does a statement hold an engine or a table function that takes secrets, or a password?
fn calls_with_secrets(sql: &str) -> bool {
    let lower = sql.to_ascii_lowercase();
    [
        "named collection",
        "identified",
        "sql(",
        "mongodb(",
        "redis(",
        "s3(",
        "s3queue(",
        "gcs(",
        "oss(",
        "cosn(",
        "iceberg",
        "deltalake",
        "hudi(",
        "odbc(",
        "jdbc(",
        "azure",
        "distributed(",
        "headers(",
        "remote",
        "token",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// May a text, or a part of it, hold a secret that is written out? Then a message repeats none of it.
pub fn may_hold_secret(sql: &str) -> bool {
    sql.contains('\'') && (calls_with_secrets(sql) || without_secrets(sql).len() < sql.trim_end().len())
}

/// How much of a line a message shows.
const SNIPPET_CHARS: usize = 60;

impl ParseErrorKind {
    /// The message without what stands in the text.
    #[must_use]
    pub fn without_text(&self) -> String {
        match self {
            Self::Expected { what, .. } => format!("expected {what}"),
            Self::NoDatabase { .. } => "a name has no database".to_owned(),
            other => other.to_string(),
        }
    }

    /// Is a secret written out?
    #[must_use]
    pub fn is_about_secret(&self) -> bool {
        matches!(self, Self::PlainSecret { .. } | Self::RawSecret { .. })
    }
}

impl ParseError {
    pub(super) fn new(sql: &str, at: usize, kind: ParseErrorKind) -> Self {
        let rest = sql.get(at..).unwrap_or_default();
        let mut line = without_secrets(rest.lines().next().unwrap_or_default());
        if kind.is_about_secret() || matches!(kind, ParseErrorKind::Disk(_)) {
            line = "";
        } else if calls_with_secrets(sql) {
            // Any string may be the secret.
            line = line.split('\'').next().unwrap_or_default().trim_end();
        }
        let mut snippet: String = line.chars().take(SNIPPET_CHARS).collect();
        if snippet.len() < line.len() {
            snippet.push_str("...");
        }
        Self {
            kind: Box::new(kind),
            at,
            position: Position::of(sql, at),
            snippet,
        }
    }

    /// From an error of the lexer about `sql`, or about the part of it that begins at the byte `offset`.
    pub(super) fn lex(sql: &str, offset: usize, error: LexError) -> Self {
        Self::new(sql, offset + error.at, ParseErrorKind::Lex(error.kind))
    }

    /// From an error about a type in `sql`.
    pub(super) fn of_type(sql: &str, error: TypeError) -> Self {
        Self::new(sql, error.at, ParseErrorKind::Type(error.kind))
    }

    /// Does it say what to write in the place of this?
    pub fn says_instead(&self) -> bool {
        matches!(*self.kind, ParseErrorKind::Instead { .. })
    }

    /// Is this a statement that ClickHouse may well know, and only chx does not?
    pub fn is_unsupported(&self) -> bool {
        self.says_instead() || matches!(*self.kind, ParseErrorKind::Unsupported { .. })
    }
}
