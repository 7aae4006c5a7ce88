//! Classes of bytes, as the lexer tells them apart.

/// What a byte can be; one look into a table for each byte.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte {
            0x09..=0x0d | 0x20 => SPACE,
            0x41..=0x5a | 0x5f | 0x61..=0x7a => LETTER | WORD,
            0x30..=0x39 => WORD,
            0x24 => DOLLAR,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// White space of ASCII.
pub(super) const SPACE: u8 = 1;
/// A letter or `_`: what a word begins with.
pub(super) const LETTER: u8 = 2;
/// What a word goes on with.
pub(super) const WORD: u8 = 4;
/// `$`, with which an unquoted word goes on too.
pub(super) const DOLLAR: u8 = 8;

/// Is the byte one of a class?
pub(super) fn is(class: u8, byte: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// Can a word go on with the byte?
pub(super) fn is_word_byte(byte: u8) -> bool {
    is(WORD, byte)
}
