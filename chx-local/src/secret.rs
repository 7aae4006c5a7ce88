//! Randomness for secrets, query ids and marks, and the digits that it is written in.

/// Random bytes of the system. Should the system have none, which no supported one lacks, the process' own hash
/// seeds serve.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    use std::hash::{BuildHasher, Hasher};
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        for byte in &mut bytes {
            *byte = std::hash::RandomState::new()
                .build_hasher()
                .finish()
                .to_le_bytes()[0];
        }
    }
    bytes
}

/// A password, which no debug output shows.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password(String);

impl Password {
    /// 32 random hexadecimal digits.
    pub(crate) fn random() -> Self {
        Self(hex(&random::<16>()))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Bytes as lower case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
