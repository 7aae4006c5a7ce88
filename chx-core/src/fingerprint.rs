//! Fingerprints: one short name for one meaning of an object.
//!
//! A fingerprint is the hash of the object's CREATE on one line, in canonical form. Objects that chx takes for
//! equal have the same; it changes with the canonical form, so the version of that form stands in front and
//! fingerprints of different versions are never equal.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::canon::{CANON_VERSION, canonical};
use crate::ddl::{Statement, render_line, render_object_line};
use crate::model::Object;

/// The fingerprint of an object: `1:` and 32 hexadecimal digits.
///
/// ```
/// use chx_core::ddl::{ParseContext, parse_object};
/// use chx_core::fingerprint::Fingerprint;
/// let of = |sql| parse_object(sql, &ParseContext::default()).map(|object| Fingerprint::of(&object));
/// let written = of("CREATE TABLE d.t (n INT) ENGINE = MergeTree() ORDER BY (n)")?;
/// let stored = of("CREATE TABLE d.t (`n` Int32) ENGINE = MergeTree ORDER BY n SETTINGS index_granularity = 8192")?;
/// assert_eq!(written, stored);
/// assert_eq!(written.to_string().parse(), Ok(written));
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint {
    version: u32,
    /// The first half of a SHA-256: 128 bits are plenty against accidents, and no one gains by a collision.
    hash: [u8; 16],
}

/// Text that is no fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a fingerprint: expected a version, `:` and 32 lower-case hexadecimal digits")]
pub struct FingerprintError(String);

impl Fingerprint {
    /// The fingerprint of what an object means, however it is spelt.
    pub fn of(object: &Object) -> Self {
        Self::of_canonical(&canonical(object.clone()))
    }

    /// The same for an object that is in canonical form already, as every object of a
    /// [`Schema`](crate::model::Schema) is.
    pub(crate) fn of_canonical(object: &Object) -> Self {
        Self::of_line(&render_object_line(object))
    }

    /// The same for the object that a `CREATE` makes of nothing, whose parts are in canonical form.
    pub(crate) fn of_created(create: &Statement) -> Self {
        Self::of_line(&render_line(create))
    }

    fn of_line(line: &str) -> Self {
        let digest = Sha256::digest(line.as_bytes());
        let mut hash = [0; 16];
        for (to, from) in hash.iter_mut().zip(digest) {
            *to = from;
        }
        Self {
            version: CANON_VERSION,
            hash,
        }
    }

    /// The version of the canonical form that it was made with. Only fingerprints of
    /// [`CANON_VERSION`] say anything about an object of today.
    pub fn version(&self) -> u32 {
        self.version
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.version)?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        read(text).ok_or_else(|| FingerprintError(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Fingerprint> {
    let (version, digits) = text.split_once(':')?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.starts_with('0');
    if !is_version || digits.len() != 32 || !digits.bytes().all(is_digit) {
        return None;
    }
    let mut hash = [0; 16];
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(Fingerprint {
        version: version.parse().ok()?,
        hash,
    })
}

impl TryFrom<String> for Fingerprint {
    type Error = FingerprintError;

    fn try_from(text: String) -> Result<Self, FingerprintError> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object};

    fn of(sql: &str) -> Fingerprint {
        Fingerprint::of(&parse_object(sql, &ParseContext::default()).unwrap())
    }

    #[test]
    fn it_is_stable() {
        // This value stands in the headers of migrations: when it changes, so must CANON_VERSION.
        assert_eq!(
            of("CREATE TABLE d.t (n Int32) ENGINE = MergeTree ORDER BY n").to_string(),
            "1:7263c0ea81407e7ef448821a7f6585da"
        );
    }

    #[test]
    fn spelling_does_not_change_it_and_meaning_does() {
        let table = of("CREATE TABLE d.t (n Int32, s String) ENGINE = MergeTree ORDER BY (n, s)");
        for same in [
            "create table if not exists d.t (`n` INTEGER, s TEXT comment '',) engine MergeTree() order by tuple(n, s)",
            "CREATE TABLE d.t (n Int32, s String) ENGINE = MergeTree PRIMARY KEY (n, s) ORDER BY (n, s) SETTINGS index_granularity = 8192",
        ] {
            assert_eq!(of(same), table, "{same}");
        }
        for other in [
            "CREATE TABLE d.t (s String, n Int32) ENGINE = MergeTree ORDER BY (n, s)",
            "CREATE TABLE d.t (n Int32, s String) ENGINE = MergeTree ORDER BY (n, s DESC)",
            "CREATE TABLE d.t (n Int32, s String) ENGINE = MergeTree ORDER BY (n, s) COMMENT 'c'",
            "CREATE TABLE d.u (n Int32, s String) ENGINE = MergeTree ORDER BY (n, s)",
        ] {
            assert_ne!(of(other), table, "{other}");
        }
    }

    #[test]
    fn only_fingerprints_are_read() {
        for bad in [
            "",
            "1",
            "1:",
            ":0123456789abcdef0123456789abcdef",
            "01:0123456789abcdef0123456789abcdef",
            "+1:0123456789abcdef0123456789abcdef",
            "1:0123456789ABCDEF0123456789abcdef",
            "1:0123456789abcdef0123456789abcde",
            "1:0123456789abcdef0123456789abcdeé",
            "99999999999:0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(
                bad.parse::<Fingerprint>(),
                Err(FingerprintError(bad.into())),
                "{bad}"
            );
        }
        let text = "7:0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), text);
    }
}
