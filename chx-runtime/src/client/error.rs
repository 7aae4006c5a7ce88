//! What went wrong at the server, in parts: code, name, message and class.
//!
//! The client hands out one text for every exception of the server. Here it is taken apart; whatever chx decides
//! after an error it decides by code and class, never by words.

use std::fmt;

use serde::Serialize;

use crate::config::Redactor;

/// A statement or query that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// The server refused or failed.
    #[error("{0}")]
    Exception(Exception),
    /// No answer: the server cannot be reached, or the connection broke.
    #[error("no answer from the server: {0}")]
    Network(String),
    /// An answer that cannot be understood.
    #[error("the server's answer cannot be understood: {0}")]
    Answer(String),
}

/// An exception of the server. `Code: 60. DB::Exception: message. (UNKNOWN_TABLE) (version ...)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The number: 60.
    pub code: u32,
    /// The name, where the server says it: `UNKNOWN_TABLE`.
    pub name: Option<String>,
    /// The message without number, name and version.
    pub message: String,
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "error {} ({name}): {}", self.code, self.message),
            None => write!(f, "error {}: {}", self.code, self.message),
        }
    }
}

/// What kind of failure it is, as far as what to do next depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClass {
    /// The connection: whether the statement ran is not known.
    Network,
    /// The server gave up waiting; the work may go on.
    Timeout,
    /// The server is overloaded for the moment: too many parts, queries or connections, or memory.
    Busy,
    /// The coordination between replicas is disturbed.
    Keeper,
    /// Tables are read-only for the moment.
    ReadOnly,
    /// The user may not do this.
    Access,
    /// An object is missing.
    Missing,
    /// An object is there already.
    Exists,
    /// Everything else: doing the same again gives the same.
    Permanent,
    /// The server has no room left on its disks.
    Full,
}

impl ServerError {
    /// Takes an error of the client apart. Secrets are taken out of all texts.
    pub(super) fn from_client(error: &clickhouse::error::Error, redactor: &Redactor) -> Self {
        use clickhouse::error::Error;
        match error {
            Error::BadResponse(text) => Self::from_text(&redactor.redact(text)),
            Error::Network(_) | Error::TimedOut => Self::Network(redactor.redact(&causes(error))),
            other => Self::Answer(redactor.redact(&causes(other))),
        }
    }

    /// Takes the text of an answer apart.
    pub fn from_text(text: &str) -> Self {
        Exception::parse(text).map_or_else(|| Self::Answer(text.trim().to_owned()), Self::Exception)
    }

    /// The number of the server's exception, if it is one.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Exception(exception) => Some(exception.code),
            Self::Network(_) | Self::Answer(_) => None,
        }
    }

    /// What kind of failure it is.
    pub fn class(&self) -> ErrorClass {
        match self {
            // What broke on the way is as unknown as what never came.
            Self::Network(_) | Self::Answer(_) => ErrorClass::Network,
            Self::Exception(exception) => match exception.code {
                159 | 160 | 209 => ErrorClass::Timeout,
                210 | 279 => ErrorClass::Network,
                202 | 241 | 252 => ErrorClass::Busy,
                225 | 999 | 319 => ErrorClass::Keeper,
                242 => ErrorClass::ReadOnly,
                164 | 192..=195 | 291 | 497 | 516 => ErrorClass::Access,
                60 | 81 => ErrorClass::Missing,
                57 | 82 => ErrorClass::Exists,
                // Not enough space, and the error of the system behind a write.
                243 => ErrorClass::Full,
                75 if exception.message.contains("No space left") => ErrorClass::Full,
                _ => ErrorClass::Permanent,
            },
        }
    }

    /// Is it possible that the statement ran all the same?
    pub fn may_have_run(&self) -> bool {
        matches!(
            self.class(),
            ErrorClass::Network | ErrorClass::Timeout | ErrorClass::Keeper
        )
    }
}

impl Exception {
    fn parse(text: &str) -> Option<Self> {
        let start = text.find("Code: ")?;
        let rest = &text[start + "Code: ".len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let code = rest[..digits].parse().ok()?;
        let rest = rest[digits..].trim_start_matches(['.', ',', ' ']);
        let rest = rest.strip_prefix("DB::Exception: ").unwrap_or(rest);
        // Old servers write `e.displayText() = DB::Exception: `.
        let rest = rest
            .strip_prefix("e.displayText() = DB::Exception: ")
            .unwrap_or(rest)
            .trim_end();
        let rest = rest.rfind(" (version ").map_or(rest, |at| &rest[..at]);
        let (message, name) = match rest.rsplit_once(" (") {
            Some((message, name)) if is_name(name) => (message, name.strip_suffix(')').map(str::to_owned)),
            _ => (rest, None),
        };
        let message = message.trim_end().trim_end_matches('.').trim_end();
        let message = if message.is_empty() {
            "no further words"
        } else {
            message
        };
        Some(Self {
            code,
            name,
            message: message.to_owned(),
        })
    }
}

/// `UNKNOWN_TABLE)`.
fn is_name(text: &str) -> bool {
    text.strip_suffix(')').is_some_and(|name| {
        name.len() > 2
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    })
}

/// The message of an error and of all its causes, each once.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let message = error.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parts(text: &str, code: u32, name: Option<&str>, message: &str) {
        let expected = Exception {
            code,
            name: name.map(str::to_owned),
            message: message.to_owned(),
        };
        assert_eq!(ServerError::from_text(text), ServerError::Exception(expected));
    }

    #[test]
    fn exceptions_are_taken_apart() {
        parts(
            "Code: 60. DB::Exception: Table web.x does not exist. (UNKNOWN_TABLE) (version 26.7.2.1 (official build))",
            60,
            Some("UNKNOWN_TABLE"),
            "Table web.x does not exist",
        );
        parts(
            "Code: 62. DB::Exception: Syntax error (at ')'): failed. (SYNTAX_ERROR)",
            62,
            Some("SYNTAX_ERROR"),
            "Syntax error (at ')'): failed",
        );
        parts("Code: 209", 209, None, "no further words");
        parts(
            "Code: 57, e.displayText() = DB::Exception: Table a.b already exists., e.what() = DB::Exception",
            57,
            None,
            "Table a.b already exists., e.what() = DB::Exception",
        );
    }

    #[test]
    fn what_is_no_exception_stays_what_it_is() {
        assert_eq!(
            ServerError::from_text("404 Not Found\n"),
            ServerError::Answer("404 Not Found".into())
        );
        assert!(ServerError::from_text("502 Bad Gateway").may_have_run());
        assert!(!ServerError::from_text("Code: 62. DB::Exception: no (SYNTAX_ERROR)").may_have_run());
        assert_eq!(
            ServerError::from_text("Code: 497. DB::Exception: no").class(),
            ErrorClass::Access
        );
    }
}
