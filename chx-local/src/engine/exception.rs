//! ClickHouse's exceptions: the number, the name and the text.

/// An exception of the engine, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.line())]
pub struct Exception {
    /// ClickHouse's number of the error, such as 60.
    pub code: i32,
    /// Its name, such as `UNKNOWN_TABLE`; empty if the engine gave none.
    pub name: String,
    /// What happened, without number, name and version.
    pub message: String,
}

/// For texts of the library that carry no number.
const UNKNOWN_EXCEPTION: i32 = 1002;

impl Exception {
    /// An exception that this crate raises itself, in ClickHouse's numbering.
    pub fn new(code: i32, name: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            name: name.to_owned(),
            message: message.into(),
        }
    }

    /// Takes apart `Code: 60. DB::Exception: text. (UNKNOWN_TABLE) (version 26.7.2.1)`.
    pub fn parse(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().trim();
        let text = text.strip_prefix("Error: ").unwrap_or(text);
        let unknown = || Self::new(UNKNOWN_EXCEPTION, "UNKNOWN_EXCEPTION", text);
        let Some((code, rest)) = text.strip_prefix("Code: ").and_then(|rest| rest.split_once('.')) else {
            return unknown();
        };
        let Ok(code) = code.parse() else { return unknown() };
        let mut message = rest.trim_start();
        for class in [
            "DB::Exception:",
            "DB::ErrnoException:",
            "DB::NetException:",
            "DB::ParsingException:",
        ] {
            message = message.strip_prefix(class).map_or(message, str::trim_start);
        }
        if let Some(at) = message.rfind(" (version ") {
            message = &message[..at];
        }
        let mut name = String::new();
        if let Some((head, tail)) = message.rsplit_once(" (")
            && let Some(word) = tail.strip_suffix(')')
            && !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        {
            message = head;
            word.clone_into(&mut name);
        }
        Self {
            code,
            name,
            message: message.trim_end().to_owned(),
        }
    }

    fn line(&self) -> String {
        let name = if self.name.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.name)
        };
        format!("Code: {}. DB::Exception: {}{name}", self.code, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_the_engine_says() {
        let text = "Code: 60. DB::Exception: Table d.t does not exist. (UNKNOWN_TABLE) (version 26.7.2.1)";
        let expected = Exception::new(60, "UNKNOWN_TABLE", "Table d.t does not exist.");
        assert_eq!(Exception::parse(text), expected);
        assert_eq!(Exception::parse(expected.to_string()), expected);
    }

    #[test]
    fn keeps_a_text_without_number() {
        let exception = Exception::parse("send_insert requires an INSERT query");
        assert_eq!(exception.code, 1002);
        assert_eq!(exception.message, "send_insert requires an INSERT query");
    }

    #[test]
    fn keeps_parentheses_that_are_no_name() {
        let exception = Exception::parse("Code: 47. DB::Exception: no such column (did you mean `a`)");
        assert_eq!(exception.name, "");
        assert_eq!(exception.message, "no such column (did you mean `a`)");
    }
}
