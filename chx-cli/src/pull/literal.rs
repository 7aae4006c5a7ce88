//! Text as Rust string literals, and comments as doc comments.

use std::fmt::Write as _;

/// A text as a literal on one line: `"..."` where that needs no escapes, else a raw one, else one with escapes.
pub(super) fn string(text: &str) -> String {
    let needs_escape = |c: char| c.is_control() || is_invisible(c);
    if !text.chars().any(needs_escape) {
        return verbatim(text);
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as a literal of as many lines as it has, without escapes.
pub(super) fn verbatim(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    if !text.contains('"') {
        return format!("r\"{text}\"");
    }
    let hashes = |rest: &str| rest.len() - rest.trim_start_matches('#').len();
    let longest = text.split('"').skip(1).map(hashes).max().unwrap_or(0);
    let fence = "#".repeat(longest + 1);
    format!("r{fence}\"{text}\"{fence}")
}

/// Characters that a reader does not see, or that turn the text around: the compiler refuses some of them in literals.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// The lines of a doc comment that reads back as this text, if there are such.
///
/// A doc comment is read up to its first heading, its paragraphs as one line each, without spaces at their ends.
pub(super) fn doc_lines(text: &str, width: usize) -> Option<Vec<String>> {
    let odd = |c: char| c.is_control() || is_invisible(c) || (c.is_whitespace() && c != ' ');
    let is_plain = !text.is_empty()
        && !text.chars().any(odd)
        && !text.contains("  ")
        && text.trim() == text
        && !text.starts_with('#')
        // Rustdoc would run it, or read a link or a tag.
        && !text.contains("```")
        && !text.contains(['[', '<'])
        && !text.starts_with("===");
    if !is_plain {
        return None;
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut()?;
        let fits = last.is_empty() || last.chars().count() + 1 + word.chars().count() <= width;
        // A line that begins with one of these is something else in Markdown.
        let is_special = word.starts_with(['#', '-', '*', '+', '=', '>', '|', '~', '`', '_'])
            || word.starts_with(|c: char| c.is_ascii_digit());
        if fits || is_special {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_read_back_as_the_text() {
        for text in [
            "",
            "a",
            "it's",
            "a\"b",
            "c:\\d",
            "\"#",
            "\"##\\",
            "a\nb",
            "tab\t",
            "a\rb\"",
            "\u{202e}x",
            "ü 😀",
            "\0",
        ] {
            let literal: syn::LitStr = syn::parse_str(&string(text)).unwrap();
            assert_eq!(literal.value(), text, "{}", string(text));
        }
        assert_eq!(string("a\"b"), "r#\"a\"b\"#");
    }

    #[test]
    fn only_what_reads_back_is_a_doc_comment() {
        assert_eq!(doc_lines("One page view.", 80).unwrap(), ["One page view."]);
        assert_eq!(doc_lines("one two three", 8).unwrap(), ["one two", "three"]);
        assert_eq!(doc_lines("one two - 3 four", 8).unwrap(), ["one two - 3", "four"]);
        for text in ["", " a", "a  b", "# a", "a\nb", "see [x]", "Vec<u8>", "```"] {
            assert_eq!(doc_lines(text, 80), None, "{text:?}");
        }
    }
}
