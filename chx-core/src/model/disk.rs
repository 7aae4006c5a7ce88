//! `disk(type = s3, endpoint = '...', ...)`: a disk that a table or database brings along, as the value of its setting `disk`.
//!
//! Decides what such a value says and that order and spelling of its parameters mean nothing. It refuses values that are
//! calls of anything else, a parameter that is said twice, and disks in disks without end. What the parameters mean is the
//! server's business; all values but the type and the name are what it hides.

use std::fmt;

use super::written_out::{is_secret_setting, is_written_out, says_password};
use super::{Secret, SettingValue, Settings};
use crate::sql::{Punct, Token, TokenKind, lex, quote_string, unquote_string};

/// The setting that holds one.
pub const DISK: &str = "disk";

/// The setting that names the disks of the server's configuration on which a table may lie.
pub const STORAGE_POLICY: &str = "storage_policy";

/// Disks in disks: a cache over an encrypted one over S3 is three.
const DEEPEST: usize = 8;

/// A disk with its parameters: the type and the name first, the others by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    params: Vec<(String, DiskValue)>,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskValue {
    /// Text or a number; where it says where it comes from, a [`Secret`].
    Text(SettingValue),
    /// The disk that this one lies on.
    Disk(Disk),
}

impl DiskValue {
    /// Where the value comes from, if that is what it says.
    pub fn secret(&self) -> Option<Secret> {
        match self {
            Self::Text(text) => Secret::parse(text.as_str()),
            Self::Disk(_) => None,
        }
    }
}

/// What a disk cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiskError {
    /// A disk says of what type it is.
    #[error(
        "`disk(...)` takes its parameters as `key = value`, among them its `type`: `disk(type = s3, endpoint = '...')`"
    )]
    NoType,
    /// Something else than `key = value`.
    #[error(
        "a parameter of `disk(...)` is `key = value`, where the value is a string, a number, a word or another `disk(...)`"
    )]
    Parameter,
    /// A parameter stands twice.
    #[error("`{0}` stands twice in `disk(...)`")]
    Twice(String),
    /// Disks in disks in disks.
    #[error("disks lie no more than {DEEPEST} deep in one another")]
    Deep,
}

impl Disk {
    /// A disk with these parameters.
    ///
    /// # Errors
    /// One of them stands twice, or none is the type.
    pub fn new(mut params: Vec<(String, DiskValue)>) -> Result<Self, DiskError> {
        let rank = |key: &str| match key {
            "type" => 0,
            "name" => 1,
            _ => 2,
        };
        params.sort_by(|(a, _), (b, _)| (rank(a), a).cmp(&(rank(b), b)));
        if let Some(pair) = params.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(DiskError::Twice(pair[0].0.clone()));
        }
        match params.first() {
            Some((key, DiskValue::Text(_))) if key == "type" => Ok(Self { params }),
            _ => Err(DiskError::NoType),
        }
    }

    /// Reads `disk(type = s3, ...)`.
    ///
    /// # Errors
    /// It is no disk.
    ///
    /// ```
    /// use chx_core::model::Disk;
    /// let disk = Disk::parse("disk(path = '/cache/', type = 'cache', max_size = '1000', disk = 'slow')")?;
    /// assert_eq!(disk.to_string(), "disk(type = cache, disk = 'slow', max_size = 1000, path = '/cache/')");
    /// assert!(Disk::parse("disk(type = local, path = '/a/', path = '/b/')").is_err());
    /// # Ok::<(), chx_core::model::DiskError>(())
    /// ```
    pub fn parse(sql: &str) -> Result<Self, DiskError> {
        let tokens = lex(sql).map_err(|_| DiskError::Parameter)?;
        let mut at = 0;
        let disk = read(&tokens, &mut at, 0)?;
        if at == tokens.len() {
            Ok(disk)
        } else {
            Err(DiskError::Parameter)
        }
    }

    /// The parameters.
    pub fn params(&self) -> &[(String, DiskValue)] {
        &self.params
    }

    /// Visits every text, of the disks inside too, with its key. The type and the name are left out.
    pub(crate) fn each(&mut self, visit: &mut dyn FnMut(&str, &mut SettingValue)) {
        for (key, value) in &mut self.params {
            match value {
                DiskValue::Text(_) if is_shown(key) => {}
                DiskValue::Text(text) => visit(key, text),
                DiskValue::Disk(inside) => inside.each(visit),
            }
        }
    }

    /// The first secret that is written out.
    pub fn written_out(&self) -> Option<String> {
        let mut found = None;
        self.clone().each(&mut |key, text| {
            if found.is_none() && is_secret(key, text.as_str()) && is_written_out(text.as_str()) {
                found = Some(format!("{key} of disk(...)"));
            }
        });
        found
    }

    /// As a server shows it: every value hidden but the type and the name.
    pub(crate) fn hidden(mut self) -> Self {
        self.each(&mut |_, text| *text = SettingValue::new(&Secret::Hidden.text()));
        self
    }

    /// With the secrets hidden that are written out.
    pub(crate) fn without_secrets(mut self) -> Self {
        self.each(&mut |key, text| {
            if is_secret(key, text.as_str()) && is_written_out(text.as_str()) {
                *text = SettingValue::new(&Secret::Hidden.text());
            }
        });
        self
    }

    /// The values in order, without the type and the name.
    pub(crate) fn values(&self) -> Vec<(String, SettingValue)> {
        let mut values = Vec::new();
        self.clone()
            .each(&mut |key, text| values.push((key.to_owned(), text.clone())));
        values
    }
}

impl Settings {
    /// The disk that is brought along. A disk of the server's configuration is no more than a name.
    pub fn own_disk(&self) -> Option<Disk> {
        let value = self.get(DISK)?.as_str();
        if value.starts_with("disk(") {
            Disk::parse(value).ok()
        } else {
            None
        }
    }

    pub(crate) fn set_own_disk(&mut self, disk: &Disk) {
        self.0
            .insert(DISK.to_owned(), SettingValue::new(&disk.to_string()));
    }
}

/// What a server shows.
fn is_shown(key: &str) -> bool {
    matches!(key, "type" | "name")
}

/// Is it a value that nobody may see? `key`, `key_hex` and `key_0` encrypt a disk, `header` may hold a token.
fn is_secret(key: &str, text: &str) -> bool {
    is_secret_setting(key)
        || [
            "account_key",
            "connection_string",
            "customer_key",
            "sas",
            "header",
            "credential",
        ]
        .iter()
        .any(|word| key.contains(word))
        || key == "key"
        || key.starts_with("key_")
        || says_password(text)
        || text.contains("AccountKey=")
}

fn read(tokens: &[Token<'_>], at: &mut usize, depth: usize) -> Result<Disk, DiskError> {
    if depth == DEEPEST {
        return Err(DiskError::Deep);
    }
    let is = |at: usize, punct: Punct| tokens.get(at).is_some_and(|token| token.is(punct));
    if !tokens
        .get(*at)
        .is_some_and(|token| token.kind == TokenKind::Word && token.text == DISK)
        || !is(*at + 1, Punct::LParen)
    {
        return Err(DiskError::Parameter);
    }
    *at += 2;
    let mut params = Vec::new();
    while !is(*at, Punct::RParen) {
        let key = tokens.get(*at).and_then(|token| token.name().ok().flatten());
        let key = key.ok_or(DiskError::Parameter)?.into_owned();
        if !is(*at + 1, Punct::Eq) {
            return Err(DiskError::Parameter);
        }
        *at += 2;
        let value = if is(*at + 1, Punct::LParen) {
            DiskValue::Disk(read(tokens, at, depth + 1)?)
        } else {
            DiskValue::Text(text(tokens, at)?)
        };
        params.push((key, value));
        if is(*at, Punct::Comma) {
            *at += 1;
        } else if !is(*at, Punct::RParen) {
            return Err(DiskError::Parameter);
        }
    }
    *at += 1;
    Disk::new(params)
}

/// A string, a number with its sign, a word.
fn text(tokens: &[Token<'_>], at: &mut usize) -> Result<SettingValue, DiskError> {
    let is_signed = tokens.get(*at).is_some_and(|token| token.is(Punct::Minus));
    *at += usize::from(is_signed);
    let token = tokens.get(*at).ok_or(DiskError::Parameter)?;
    *at += 1;
    match token.kind {
        TokenKind::Number if is_signed => Ok(SettingValue::new(&format!("-{}", token.text))),
        _ if is_signed => Err(DiskError::Parameter),
        TokenKind::Number | TokenKind::Word => Ok(SettingValue::new(token.text)),
        TokenKind::String | TokenKind::Heredoc => match unquote_string(token.text) {
            Ok(Some(text)) => Ok(SettingValue::new(&text)),
            _ => Err(DiskError::Parameter),
        },
        _ => Err(DiskError::Parameter),
    }
}

/// As the server stores it, but for the order and the quotes of the type.
impl fmt::Display for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("disk(")?;
        for (index, (key, value)) in self.params.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{} = ", crate::ident::quoted(key))?;
            match value {
                DiskValue::Disk(inside) => write!(f, "{inside}")?,
                DiskValue::Text(text) => f.write_str(&text_of_disk(key, text))?,
            }
        }
        f.write_str(")")
    }
}

/// The value as SQL. A type is a word.
pub(crate) fn text_of_disk(key: &str, text: &SettingValue) -> String {
    let word = text.as_str();
    let is_word = !word.is_empty()
        && !word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if key == "type" && is_word {
        word.to_owned()
    } else if word.is_empty() {
        quote_string(word)
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use crate::ddl::{ParseContext, parse_object, parse_statement, render_line, secrets_of};

    fn table(disk: &str) -> String {
        format!("CREATE TABLE d.t (k UInt8) ENGINE = MergeTree ORDER BY k SETTINGS disk = {disk}")
    }

    #[test]
    fn a_disk_is_read_written_and_keeps_its_secrets() {
        for (said, written, secrets) in [
            (
                "disk(type=local,path='/a/')",
                "disk(type = local, path = '/a/')",
                0,
            ),
            (
                "disk(path = '/a/', type = 'local',)",
                "disk(type = local, path = '/a/')",
                0,
            ),
            (
                "disk(type = s3, name = dd, endpoint = 'http://h/b/', access_key_id = 'env:ID', secret_access_key = 'file:key', n = -3, ok = true)",
                "disk(type = s3, name = 'dd', access_key_id = 'env:ID', endpoint = 'http://h/b/', n = -3, ok = 1, secret_access_key = 'file:key')",
                2,
            ),
            (
                "disk(type = cache, max_size = '10Gi', path = 'c/', disk = disk(type = s3, secret_access_key = 'env:KEY'))",
                "disk(type = cache, disk = disk(type = s3, secret_access_key = 'env:KEY'), max_size = '10Gi', path = 'c/')",
                1,
            ),
            (
                "disk(type = cache, path = '', disk = 'slow')",
                "disk(type = cache, disk = 'slow', path = '')",
                0,
            ),
        ] {
            let statement = parse_statement(&table(said), &ParseContext::default()).unwrap();
            assert_eq!(render_line(&statement), table(written));
            assert_eq!(secrets_of(&statement).len(), secrets, "{said}");
            assert_eq!(
                parse_statement(&table(written), &ParseContext::default()).unwrap(),
                statement
            );
        }
    }

    #[test]
    fn a_key_that_is_written_out_is_refused_and_not_repeated() {
        for disk in [
            "disk(type = s3, endpoint = 'http://h/b/', access_key_id = 'id', secret_access_key = 'hunter2')",
            "disk(type = azure_blob_storage, account_key = 'hunter2')",
            "disk(type = azure_blob_storage, connection_string = 'hunter2')",
            "disk(type = encrypted, disk = 'slow', key = 'hunter2')",
            "disk(type = encrypted, disk = 'slow', key_hex_0 = 'hunter2')",
            "disk(type = web, endpoint = 'http://u:hunter2@h/')",
            "disk(type = s3, header = 'Authorization: hunter2')",
            "disk(type = cache, disk = disk(type = s3, secret_access_key = 'hunter2'))",
        ] {
            let error = parse_statement(&table(disk), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains("of disk(...)` is written out"), "{disk}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
            let shown = parse_object(&table(disk), &ParseContext::default()).unwrap();
            let text = crate::ddl::render_object_line(&shown);
            assert!(text.contains("[HIDDEN]") && !text.contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn what_is_no_disk_is_refused_and_shows_no_value() {
        let deep = format!(
            "{}type = local{}",
            "disk(type = cache, disk = ".repeat(9),
            ")".repeat(9)
        );
        for (disk, message) in [
            ("disk()", "its `type`"),
            ("disk(path = 'hunter2')", "its `type`"),
            (
                "disk(type = local, path = 'hunter2', path = 'hunter2')",
                "`path` stands twice",
            ),
            ("disk(type = local, 'hunter2')", "is `key = value`"),
            (
                "disk(type = local, path = concat('hunter2', 'b'))",
                "is `key = value`",
            ),
            ("disk(type = local path = 'hunter2')", "is `key = value`"),
            (&deep, "deep in one another"),
            ("file('hunter2')", "is `key = value`"),
        ] {
            let error = parse_statement(&table(disk), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(message), "{disk}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
        }
        let moved = "ALTER TABLE d.t MODIFY SETTING disk = disk(type = local, path = '/b/')";
        let error = parse_statement(moved, &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains("stays on the disk"), "{error}");
    }
}
