//! Randomness for secrets, query ids and marks.

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

/// A password of 32 random hexadecimal digits.
pub(crate) fn password() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}
