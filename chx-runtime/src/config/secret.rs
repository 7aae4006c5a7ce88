//! Passwords: where they come from, and that they are never shown.
//!
//! A password in the configuration is a text, `env:NAME` or `file:PATH`. It is read when it is needed and not before,
//! so that an environment that is not used needs no password. Nothing here prints one.

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

/// Where a password comes from.
#[derive(Clone)]
pub enum Password {
    /// It stands in the configuration.
    Text(SecretString),
    /// `env:NAME`: a variable of the process.
    Variable(String),
    /// `file:PATH`: the content of a file, without the line break at its end.
    File(PathBuf),
}

/// Why a password cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The variable is not set.
    #[error("the password is in the variable `{0}`, which is not set")]
    Unset(String),
    /// The file cannot be read.
    #[error("the password is in `{}`, which cannot be read: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Password {
    /// Takes the text of the configuration; a relative path starts from `root`.
    pub fn parse(text: &str, root: &Path) -> Self {
        if let Some(name) = text.strip_prefix("env:") {
            Self::Variable(name.to_owned())
        } else if let Some(path) = text.strip_prefix("file:") {
            Self::File(root.join(path))
        } else {
            Self::Text(text.to_owned().into())
        }
    }

    /// Reads the password.
    pub fn resolve(&self) -> Result<SecretString, PasswordError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Variable(name) => std::env::var(name)
                .map(SecretString::from)
                .map_err(|_| PasswordError::Unset(name.clone())),
            Self::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).to_owned().into()),
                Err(source) => Err(PasswordError::File {
                    path: path.clone(),
                    source,
                }),
            },
        }
    }
}

impl PartialEq for Password {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.expose_secret() == b.expose_secret(),
            (Self::Variable(a), Self::Variable(b)) => a == b,
            (Self::File(a), Self::File(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Password {}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text([redacted])"),
            Self::Variable(name) => write!(f, "Variable({name:?})"),
            Self::File(path) => write!(f, "File({path:?})"),
        }
    }
}

/// Takes secrets out of texts that are about to be shown or stored.
#[derive(Clone, Default)]
pub struct Redactor(Vec<SecretString>);

impl Redactor {
    /// What stands in the place of a secret.
    pub const MASK: &'static str = "[redacted]";

    /// Learns a secret. The empty text is none.
    pub fn learn(&mut self, secret: SecretString) {
        if !secret.expose_secret().is_empty() {
            self.0.push(secret);
        }
    }

    /// The text without the secrets.
    pub fn redact(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            let secret = secret.expose_secret();
            if text.contains(secret) {
                text.replace(secret, Self::MASK)
            } else {
                text
            }
        })
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redactor({} secrets)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_read_from_where_they_are() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("pw"), "hunter2\n").unwrap();
        let resolve = |text: &str| Password::parse(text, folder.path()).resolve();
        assert_eq!(resolve("plain").unwrap().expose_secret(), "plain");
        assert_eq!(resolve("file:pw").unwrap().expose_secret(), "hunter2");
        assert!(matches!(resolve("file:gone"), Err(PasswordError::File { .. })));
        assert!(matches!(
            resolve("env:CHX_NO_SUCH_VARIABLE"),
            Err(PasswordError::Unset(_))
        ));
    }

    #[test]
    fn secrets_are_never_shown() {
        let password = Password::parse("hunter2", Path::new("."));
        assert!(!format!("{password:?}").contains("hunter2"));
        let mut redactor = Redactor::default();
        redactor.learn("hunter2".to_owned().into());
        redactor.learn(String::new().into());
        assert_eq!(redactor.redact("a hunter2 b"), "a [redacted] b");
        assert!(!format!("{redactor:?}").contains("hunter2"));
    }
}
