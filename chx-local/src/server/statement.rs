//! Takes a request's text apart: is it an INSERT with rows, and where do they begin; is it a query with a result,
//! in which format, and where may the destination of the result be written into it. Refuses several statements in
//! one request and results that are to go into a file.

use super::lexer::{Lexer, Token, TokenKind};
use super::processes;
use crate::engine::Exception;

/// What the beginning of a text is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing can be said before more of the text is there.
    Incomplete,
    /// An INSERT whose rows follow.
    Insert(InsertHead),
    /// Any other statement, INSERT ... SELECT among them: the whole text is the statement.
    Statement,
}

/// An INSERT whose rows follow in the same text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InsertHead {
    /// The statement without `FORMAT`; `SETTINGS` that stood behind the format are moved before it.
    pub(super) statement: Vec<u8>,
    /// The format of the rows, if the statement names one.
    pub(super) format: Option<String>,
    /// Where the rows begin.
    pub(super) data: usize,
}

/// Looks at the beginning of a text; `complete` says that no more will come.
pub(super) fn head(text: &[u8], complete: bool) -> Head {
    let mut tokens = Tokens {
        lexer: Lexer::new(text),
        text,
        complete,
    };
    match tokens.head() {
        Some(head) => head,
        None if complete => Head::Insert(InsertHead {
            statement: trim_end(text).to_vec(),
            format: None,
            data: text.len(),
        }),
        None => Head::Incomplete,
    }
}

struct Tokens<'a> {
    lexer: Lexer<'a>,
    text: &'a [u8],
    complete: bool,
}

impl Tokens<'_> {
    /// The next token, unless it may go on in what is yet to come.
    fn next(&mut self) -> Option<Token> {
        let token = self.lexer.next()?;
        (self.complete || token.span.end < self.text.len()).then_some(token)
    }

    fn is(&self, token: &Token, word: &str) -> bool {
        token.is_word(self.text, word)
    }

    /// `None` when the text ends before the answer is known.
    fn head(&mut self) -> Option<Head> {
        let Some(first) = self.next() else {
            return self.complete.then_some(Head::Statement);
        };
        if !self.is(&first, "INSERT") {
            return Some(Head::Statement);
        }
        let mut token = self.next()?;
        for word in ["INTO", "TABLE", "FUNCTION"] {
            if self.is(&token, word) {
                token = self.next()?;
            }
        }
        // The name of the table may be any word, so it is passed over before keywords are looked for.
        token = self.next()?;
        while token.is_symbol(b'.') {
            self.next()?;
            token = self.next()?;
        }
        let mut depth = 0_usize;
        let mut after_opening = false;
        loop {
            match token.kind {
                TokenKind::Symbol(b'(') => depth += 1,
                TokenKind::Symbol(b')') => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 || (depth == 1 && after_opening) => {
                    if ["SELECT", "WITH", "WATCH", "EXPLAIN"]
                        .iter()
                        .any(|word| self.is(&token, word))
                    {
                        return Some(Head::Statement);
                    }
                    if depth == 0 && self.is(&token, "FROM") {
                        return Some(Head::Statement); // FROM INFILE
                    }
                    if depth == 0 && self.is(&token, "VALUES") {
                        return Some(Head::Insert(InsertHead {
                            statement: self.text[..token.span.start].to_vec(),
                            format: Some("Values".to_owned()),
                            data: token.span.end,
                        }));
                    }
                    if depth == 0 && self.is(&token, "FORMAT") {
                        return self.format(&token);
                    }
                }
                TokenKind::Symbol(b';') if depth == 0 => {
                    return Some(Head::Insert(InsertHead {
                        statement: self.text[..token.span.start].to_vec(),
                        format: None,
                        data: token.span.end,
                    }));
                }
                _ => {}
            }
            after_opening = token.is_symbol(b'(');
            token = self.next()?;
        }
    }

    fn format(&mut self, keyword: &Token) -> Option<Head> {
        let name = self.next()?;
        let mut statement = self.text[..keyword.span.start].to_vec();
        let format = String::from_utf8_lossy(&self.text[name.span.clone()]).into_owned();
        let mut data = name.span.end;
        // `FORMAT CSV SETTINGS a = 1` is allowed as well; what looks like it is taken for it.
        let rest = &self.text[data..];
        let word = rest.trim_ascii_start();
        if !self.complete && word.len() <= "SETTINGS".len() && rest.len() < 64 {
            return None;
        }
        if word
            .get(.."SETTINGS".len())
            .is_some_and(|head| head.eq_ignore_ascii_case(b"SETTINGS"))
        {
            let settings = self.next()?;
            loop {
                self.next()?;
                self.next()?; // =
                data = self.next()?.span.end;
                let mut ahead = Lexer::new(&self.text[data..]);
                if !ahead.next().is_some_and(|token| token.is_symbol(b',')) {
                    break;
                }
                self.next()?;
            }
            statement.extend_from_slice(&self.text[settings.span.start..data]);
        }
        // The rows begin after the line break, or after the blanks where there is none.
        let blank = |b: &&u8| matches!(**b, b' ' | b'\t' | 0x0c);
        data += self.text[data..].iter().take_while(blank).count();
        if self.text.get(data) == Some(&b';') {
            data += 1;
            data += self.text[data..].iter().take_while(blank).count();
        }
        if !self.complete && self.text.len() < data + 2 {
            return None;
        }
        data += usize::from(self.text.get(data) == Some(&b'\r'));
        data += usize::from(self.text.get(data) == Some(&b'\n'));
        Some(Head::Insert(InsertHead {
            statement,
            format: Some(format),
            data,
        }))
    }
}

/// How the engine is to run a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A query whose result may be large: SELECT in all its shapes.
    Select,
    /// Reads and has a small result: SHOW, DESCRIBE, EXPLAIN, EXISTS, CHECK.
    Small,
    /// SET and USE: change the session only.
    Session,
    /// Everything else changes something.
    Change,
}

/// A whole statement, without what follows its end.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    text: &'a [u8],
    tokens: Vec<Token>,
    /// Index of `FORMAT`, if the statement names its format.
    format: Option<usize>,
    pub(super) kind: Kind,
}

impl<'a> Statement<'a> {
    /// # Errors
    /// Several statements, none, or `INTO OUTFILE` and `FROM INFILE`, which a server does not do for a client.
    pub(super) fn parse(text: &'a [u8]) -> Result<Self, Exception> {
        let mut tokens: Vec<Token> = Lexer::new(text).collect();
        refuse_input(text, &tokens)?;
        if let Some(end) = tokens.iter().position(|token| token.is_symbol(b';')) {
            if let Some(next) = tokens[end..].iter().find(|token| !token.is_symbol(b';')) {
                return Err(Exception::new(
                    62,
                    "SYNTAX_ERROR",
                    format!(
                        "Syntax error (Multi-statements are not allowed): failed at position {} (end of query) : ; {}. ",
                        tokens[end].span.start + 1,
                        String::from_utf8_lossy(&text[next.span.start..])
                            .chars()
                            .take(160)
                            .collect::<String>(),
                    ),
                ));
            }
            tokens.truncate(end);
        }
        let Some(first) = tokens.iter().find(|token| !token.is_symbol(b'(')) else {
            return Err(Exception::new(
                62,
                "SYNTAX_ERROR",
                "Syntax error: failed at position 1 (end of query): Empty query",
            ));
        };
        let kind = match String::from_utf8_lossy(&text[first.span.clone()])
            .to_ascii_uppercase()
            .as_str()
        {
            "SELECT" | "WITH" | "FROM" => Kind::Select,
            "SHOW" | "DESCRIBE" | "DESC" | "EXPLAIN" | "EXISTS" | "CHECK" => Kind::Small,
            "SET" | "USE" => Kind::Session,
            _ => Kind::Change,
        };
        let statement = Self {
            text,
            format: format_clause(text, &tokens),
            tokens,
            kind,
        };
        statement.refuse_files()?;
        Ok(statement)
    }

    fn refuse_files(&self) -> Result<(), Exception> {
        let pair = |a: &str, b: &str| {
            self.tokens
                .windows(2)
                .any(|two| two[0].is_word(self.text, a) && two[1].is_word(self.text, b))
        };
        if pair("INTO", "OUTFILE") {
            return Err(Exception::new(
                358,
                "INTO_OUTFILE_NOT_ALLOWED",
                "INTO OUTFILE is not allowed",
            ));
        }
        if pair("FROM", "INFILE") {
            return Err(Exception::new(
                78,
                "UNKNOWN_TYPE_OF_QUERY",
                "Query has infile and was send directly to server",
            ));
        }
        Ok(())
    }

    /// The format that the statement names.
    pub(super) fn format(&self) -> Option<String> {
        let name = self.tokens.get(self.format? + 1)?;
        Some(String::from_utf8_lossy(&self.text[name.span.clone()]).into_owned())
    }

    /// The statement without comments at its end and without a closing `;`.
    pub(super) fn text(&self) -> &'a [u8] {
        let end = self.tokens.last().map_or(0, |token| token.span.end);
        &self.text[..end]
    }

    /// The statement with the client's query ids in place of the engine's, if it asks for any.
    pub(super) fn with_client_ids(&self) -> Option<Vec<u8>> {
        processes::with_client_ids(self.text(), &self.tokens)
    }

    /// The statement with its result directed into a file.
    pub(super) fn directed_to(&self, path: &str) -> Vec<u8> {
        let text = self.text();
        let at = self
            .format
            .map_or(text.len(), |format| self.tokens[format].span.start);
        let mut out = Vec::with_capacity(text.len() + 64);
        out.extend_from_slice(&text[..at]);
        out.extend_from_slice(format!(" INTO OUTFILE '{path}' TRUNCATE ").as_bytes());
        out.extend_from_slice(&text[at..]);
        out
    }
}

/// Rows for `input()` would follow a statement that the engine takes without them, and be lost without a word.
fn refuse_input(text: &[u8], tokens: &[Token]) -> Result<(), Exception> {
    let inserts = tokens.first().is_some_and(|token| token.is_word(text, "INSERT"));
    let reads = |two: &[Token]| two[0].is_word(text, "input") && two[1].is_symbol(b'(');
    if inserts && tokens.windows(2).any(reads) {
        let message = "INSERT ... SELECT ... FROM input() is not supported by the embedded engine; \
                       insert the rows into a temporary table of a session and select from that";
        return Err(Exception::new(48, "NOT_IMPLEMENTED", message));
    }
    Ok(())
}

/// `FORMAT name` at the end, or before the last `SETTINGS`, outside of parentheses.
fn format_clause(text: &[u8], tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut found = None;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Symbol(b'(' | b'[' | b'{') => depth += 1,
            TokenKind::Symbol(b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            _ if depth == 0 && token.is_word(text, "FORMAT") => {
                let named = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.kind == TokenKind::Word);
                let ends = tokens
                    .get(index + 2)
                    .is_none_or(|next| next.is_word(text, "SETTINGS"));
                if named && ends {
                    found = Some(index);
                }
            }
            _ => {}
        }
    }
    found
}

fn trim_end(text: &[u8]) -> &[u8] {
    text.trim_ascii_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(statement: &str, format: Option<&str>, data: usize) -> Head {
        Head::Insert(InsertHead {
            statement: statement.as_bytes().to_vec(),
            format: format.map(str::to_owned),
            data,
        })
    }

    #[test]
    fn finds_where_rows_begin() {
        for (text, statement, format, data) in [
            (
                "INSERT INTO t FORMAT CSV\n1,2",
                "INSERT INTO t ",
                Some("CSV"),
                "1,2",
            ),
            (
                "INSERT INTO t FORMAT CSV 1,2",
                "INSERT INTO t ",
                Some("CSV"),
                "1,2",
            ),
            (
                "INSERT INTO t FORMAT CSV\r\n1,2",
                "INSERT INTO t ",
                Some("CSV"),
                "1,2",
            ),
            (
                "INSERT INTO t FORMAT CSV\n\n1",
                "INSERT INTO t ",
                Some("CSV"),
                "\n1",
            ),
            (
                "INSERT INTO t FORMAT CSV;\n1,2",
                "INSERT INTO t ",
                Some("CSV"),
                "1,2",
            ),
            (
                "insert into t (a, b) values (1, ';')",
                "insert into t (a, b) ",
                Some("Values"),
                " (1, ';')",
            ),
            (
                "INSERT INTO values VALUES (1)",
                "INSERT INTO values ",
                Some("Values"),
                " (1)",
            ),
            (
                "INSERT INTO `a b`.format VALUES (1)",
                "INSERT INTO `a b`.format ",
                Some("Values"),
                " (1)",
            ),
            (
                "INSERT INTO FUNCTION null('a Int8') VALUES (1)",
                "INSERT INTO FUNCTION null('a Int8') ",
                Some("Values"),
                " (1)",
            ),
            (
                "/* x */ INSERT INTO t -- y\n FORMAT TSV\n1",
                "/* x */ INSERT INTO t -- y\n ",
                Some("TSV"),
                "1",
            ),
            (
                "INSERT INTO t FORMAT CSV SETTINGS a = 1, b = 'x'\n1",
                "INSERT INTO t SETTINGS a = 1, b = 'x'",
                Some("CSV"),
                "1",
            ),
            ("INSERT INTO t", "INSERT INTO t", None, ""),
        ] {
            assert_eq!(
                head(text.as_bytes(), true),
                insert(statement, format, text.len() - data.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_statement_is_no_insert_with_rows() {
        for text in [
            "SELECT 1",
            "",
            "  ",
            "INSERT INTO t SELECT 1 FORMAT CSV",
            "INSERT INTO t (a) WITH 1 AS x SELECT x",
            "INSERT INTO t (SELECT 1)",
            "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
        ] {
            assert_eq!(head(text.as_bytes(), true), Head::Statement, "{text}");
        }
    }

    /// Whatever piece of the text has come, the answer is the same as for all of it, or not yet known.
    #[test]
    fn pieces_never_mislead() {
        let text = b"INSERT INTO d.t (a, b) SETTINGS x = 1 FORMAT RowBinary\n\x00\x01;;\n\n";
        let whole = head(text, true);
        for end in 0..text.len() {
            let part = head(&text[..end], false);
            assert!(
                part == Head::Incomplete || part == whole,
                "after {end} bytes: {part:?}"
            );
        }
        let longer = [text.as_slice(), &[0xff; 64]].concat();
        assert_eq!(head(&longer, false), whole);
    }

    #[test]
    fn directs_a_result() {
        for (text, expected) in [
            ("SELECT 1", "SELECT 1 INTO OUTFILE 'f' TRUNCATE "),
            (
                "SELECT 1 FORMAT JSON",
                "SELECT 1  INTO OUTFILE 'f' TRUNCATE FORMAT JSON",
            ),
            (
                "SELECT format FROM t",
                "SELECT format FROM t INTO OUTFILE 'f' TRUNCATE ",
            ),
            ("SELECT 1; -- done", "SELECT 1 INTO OUTFILE 'f' TRUNCATE "),
            (
                "SELECT (SELECT 1 FORMAT) FORMAT TSV SETTINGS a = 1",
                "SELECT (SELECT 1 FORMAT)  INTO OUTFILE 'f' TRUNCATE FORMAT TSV SETTINGS a = 1",
            ),
            (
                "SELECT ';' -- ;\n, $x$;$x$",
                "SELECT ';' -- ;\n, $x$;$x$ INTO OUTFILE 'f' TRUNCATE ",
            ),
        ] {
            let statement = Statement::parse(text.as_bytes()).expect(text);
            assert_eq!(String::from_utf8_lossy(&statement.directed_to("f")), expected);
        }
    }

    #[test]
    fn refuses_what_a_server_refuses() {
        for (text, code) in [
            ("SELECT 1; SELECT 2", 62),
            ("", 62),
            ("-- nothing", 62),
            ("SELECT 1 INTO OUTFILE 'x'", 358),
            ("INSERT INTO t FROM INFILE 'x' FORMAT CSV", 78),
            ("INSERT INTO t SELECT * FROM input('a Int8') FORMAT CSV\n1;2", 48),
        ] {
            assert_eq!(
                Statement::parse(text.as_bytes()).expect_err(text).code,
                code,
                "{text}"
            );
        }
    }
}
