//! Between a value and its spelling: string literals and quoted identifiers, with ClickHouse's escapes.
//! Printing gives exactly what the server prints (measured on 26.7): `\b \f \n \r \t \0 \\` and the quote are
//! escaped, every other character stands for itself.

use std::borrow::Cow;

use super::error::LexErrorKind;

/// A string literal for `value`, as the server prints it: `it's` gives `'it\'s'`.
pub fn quote_string(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    write_quoted(&mut out, value, '\'');
    out
}

/// Appends [`quote_string`] to `out`.
pub fn write_string(out: &mut String, value: &str) {
    write_quoted(out, value, '\'');
}

/// Appends `name` to `out` in backticks, as the server prints an identifier that needs them.
pub(crate) fn write_ident_in_backticks(out: &mut String, name: &str) {
    write_quoted(out, name, '`');
}

/// Appends `value` to `out` between `quote`s, with the server's escapes.
fn write_quoted(out: &mut String, value: &str, quote: char) {
    out.push(quote);
    for character in value.chars() {
        match character {
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            '\\' => out.push_str("\\\\"),
            _ if character == quote => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
}

/// A string literal for bytes. What is not UTF-8 is written as `\xNN`, so that the result is text.
pub fn quote_bytes(value: &[u8]) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('\'');
    for chunk in value.utf8_chunks() {
        let mut part = String::new();
        write_quoted(&mut part, chunk.valid(), '\'');
        out.push_str(&part[1..part.len() - 1]);
        for byte in chunk.invalid() {
            out.push_str("\\x");
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out.push('\'');
    out
}

/// The bytes that a token of kind [`String`](super::TokenKind::String) or
/// [`Heredoc`](super::TokenKind::Heredoc) stands for. ClickHouse strings are bytes, and `'\xFF'` is one.
///
/// # Errors
/// [`LexErrorKind::BadEscape`] for `\x` without two digits, [`LexErrorKind::UnclosedString`] for text that is
/// no such token.
pub fn unquote_bytes(literal: &str) -> Result<Cow<'_, [u8]>, LexErrorKind> {
    let bytes = literal.as_bytes();
    match bytes {
        [b'\'', inner @ .., b'\''] => unescape(inner, b'\''),
        [b'x' | b'X', b'\'', digits @ .., b'\''] => from_digits(digits, 4).map(Cow::Owned),
        [b'b' | b'B', b'\'', digits @ .., b'\''] => from_digits(digits, 1).map(Cow::Owned),
        [b'$', rest @ ..] => {
            let tag = rest
                .iter()
                .position(|byte| *byte == b'$')
                .map_or(0, |end| end + 2);
            bytes
                .get(tag..bytes.len().saturating_sub(tag))
                .map(Cow::Borrowed)
                .ok_or(LexErrorKind::UnclosedString)
        }
        _ => literal
            .strip_prefix('‘')
            .and_then(|rest| rest.strip_suffix('’'))
            .map(|inner| Cow::Borrowed(inner.as_bytes()))
            .ok_or(LexErrorKind::UnclosedString),
    }
}

/// The text that a string token stands for, or `None` where its bytes are not UTF-8.
///
/// # Errors
/// As [`unquote_bytes`].
///
/// ```
/// use chx_core::sql::unquote_string;
/// assert_eq!(unquote_string(r"'it''s \x41'")?.as_deref(), Some("it's A"));
/// # Ok::<(), chx_core::sql::LexErrorKind>(())
/// ```
pub fn unquote_string(literal: &str) -> Result<Option<Cow<'_, str>>, LexErrorKind> {
    Ok(match unquote_bytes(literal)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    })
}

/// The name that a quoted identifier stands for. A word without quotes stands for itself.
///
/// # Errors
/// [`LexErrorKind::BadEscape`], also where the escapes make bytes that are not UTF-8.
pub fn unquote_ident(text: &str) -> Result<Cow<'_, str>, LexErrorKind> {
    let (inner, quote) = match text.as_bytes() {
        [quote @ (b'`' | b'"'), inner @ .., last] if last == quote => (inner, *quote),
        _ => {
            let inner = text.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
            return Ok(Cow::Borrowed(inner.unwrap_or(text)));
        }
    };
    match unescape(inner, quote)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
    }
    .ok_or(LexErrorKind::BadEscape)
}

/// Resolves backslashes and doubled quotes. Unknown escapes keep their backslash (`\q` is two characters),
/// `\N` is nothing; both as the server does.
fn unescape(inner: &[u8], quote: u8) -> Result<Cow<'_, [u8]>, LexErrorKind> {
    if !inner.iter().any(|byte| *byte == b'\\' || *byte == quote) {
        return Ok(Cow::Borrowed(inner));
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == quote {
            // The lexer lets a quote through only as the first of two.
            bytes.next();
            out.push(quote);
            continue;
        }
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(escaped) = bytes.next() else {
            return Err(LexErrorKind::BadEscape);
        };
        match escaped {
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'e' => out.push(0x1b),
            b'f' => out.push(0xc),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(0xb),
            b'0' => out.push(0),
            b'N' => {}
            b'x' => {
                let digit = |byte: Option<u8>| byte.and_then(hex_value).ok_or(LexErrorKind::BadEscape);
                let high = digit(bytes.next())?;
                out.push(high << 4 | digit(bytes.next())?);
            }
            b'\\' | b'\'' | b'"' | b'`' | b'/' | b'=' | 0..=0x1f | 0x7f => out.push(escaped),
            _ => out.extend([b'\\', escaped]),
        }
    }
    Ok(Cow::Owned(out))
}

fn hex_value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// The bytes of `x'...'` (4 bits a digit) and `b'...'` (1 bit a digit). Digits that do not fill a byte stand
/// in the first one, as on the server: `x'123'` is `01 23`.
fn from_digits(digits: &[u8], bits: usize) -> Result<Vec<u8>, LexErrorKind> {
    let per_byte = 8 / bits;
    let mut out = Vec::with_capacity(digits.len().div_ceil(per_byte));
    let (first, rest) = digits.split_at(digits.len() % per_byte);
    for group in std::iter::once(first)
        .filter(|first| !first.is_empty())
        .chain(rest.chunks(per_byte))
    {
        let mut byte = 0_u8;
        for digit in group {
            byte = byte << bits | hex_value(*digit).ok_or(LexErrorKind::BadEscape)?;
        }
        out.push(byte);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_mean_what_the_server_reads() {
        let cases: [(&str, &[u8]); 16] = [
            ("'a\\x41'", b"aA"),
            ("'it''s'", b"it's"),
            ("'\\q\\%\\_'", b"\\q\\%\\_"),
            ("'\\/\\=\\`\\\"'", b"/=`\""),
            ("'a\\Nb'", b"ab"),
            ("'\\e\\a\\v\\0'", b"\x1b\x07\x0b\0"),
            ("'\\xFF'", b"\xff"),
            ("x'4142'", b"AB"),
            ("X'123'", b"\x01\x23"),
            ("x''", b""),
            ("b'101'", b"\x05"),
            ("B'100000001'", b"\x01\x01"),
            ("$$a'b$$", b"a'b"),
            ("$t$a$$b$t$", b"a$$b"),
            ("‘a\\'’", b"a\\'"),
            ("''", b""),
        ];
        for (literal, bytes) in cases {
            assert_eq!(unquote_bytes(literal).as_deref(), Ok(bytes), "{literal}");
        }
        assert_eq!(unquote_bytes("'\\x4'"), Err(LexErrorKind::BadEscape));
        assert_eq!(unquote_string("'\\xFF'"), Ok(None));
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for value in [
            "",
            "a",
            "it's",
            "\\",
            "\n\r\t\0\u{8}\u{c}",
            "é`\"",
            "\u{7}\u{1b}",
            "\\N\\x41",
        ] {
            let literal = quote_string(value);
            assert_eq!(
                unquote_string(&literal).unwrap().as_deref(),
                Some(value),
                "{literal}"
            );
            assert_eq!(quote_bytes(value.as_bytes()), literal);
        }
        assert_eq!(quote_string("a'\n"), "'a\\'\\n'");
        assert_eq!(quote_bytes(b"a\xff'"), "'a\\xFF\\''");
        assert_eq!(
            unquote_bytes(&quote_bytes(b"a\xff'")).as_deref(),
            Ok(&b"a\xff'"[..])
        );
    }

    #[test]
    fn identifiers_lose_their_quotes() {
        for (text, name) in [
            ("`a``b`", "a`b"),
            ("`a\\`b`", "a`b"),
            ("\"a\"\"b\"", "a\"b"),
            ("“a”", "a"),
            ("plain", "plain"),
        ] {
            assert_eq!(unquote_ident(text).as_deref(), Ok(name));
        }
    }
}
