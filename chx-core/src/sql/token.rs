//! What the lexer gives out: tokens that borrow the text, and the comments between them.

use std::ops::Deref;

use super::error::{LexError, LexErrorKind};

/// One token and where it stands. `text` is exactly what was written, quotes and escapes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As written.
    pub text: &'a str,
    /// Byte offset of its first byte.
    pub at: usize,
}

impl<'a> Token<'a> {
    /// Byte offset after its last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Is it this unquoted word, in any case? Keywords of ClickHouse are case-insensitive.
    #[inline]
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Is it this punctuation?
    #[inline]
    pub fn is(&self, punct: Punct) -> bool {
        self.kind == TokenKind::Punct(punct)
    }

    /// Can it name something: an unquoted word or a quoted identifier?
    pub fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::QuotedIdent)
    }

    /// The name that this token stands for (escapes resolved), if it can name something.
    ///
    /// # Errors
    /// A quoted identifier with a broken `\x` escape.
    pub fn name(&self) -> Result<Option<std::borrow::Cow<'a, str>>, LexErrorKind> {
        match self.kind {
            TokenKind::Word => Ok(Some(self.text.into())),
            TokenKind::QuotedIdent => super::quote::unquote_ident(self.text).map(Some),
            _ => Ok(None),
        }
    }
}

/// The kinds of token. Which words are keywords depends on where they stand, so the lexer does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// An unquoted word: keyword, identifier, function or type name. May start with a digit (`1st`).
    Word,
    /// `` `a` ``, `"a"` or `“a”`.
    QuotedIdent,
    /// `'a'`, `‘a’`, `x'41'` or `b'01'`.
    String,
    /// `$$a$$` or `$tag$a$tag$`: a string without escapes.
    Heredoc,
    /// `1`, `1.5`, `1e3`, `0x1F`, `0b11`, `1_000`. A sign is a token of its own.
    Number,
    /// `{name:Type}`, a query parameter.
    Parameter,
    /// An operator, bracket or separator.
    Punct(Punct),
}

/// Operators, brackets and separators; each is one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Punct {
    /// `(`
    LParen,
    /// `)`
    RParen,
    /// `[`
    LBracket,
    /// `]`
    RBracket,
    /// `{`, of a map: `{'a': 'b'}`
    LBrace,
    /// `}`
    RBrace,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `.`
    Dot,
    /// `:`
    Colon,
    /// `::`
    DoubleColon,
    /// `+`
    Plus,
    /// `-`, also the typographic minus `−`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `->`
    Arrow,
    /// `=` or `==`
    Eq,
    /// `!=` or `<>`
    NotEq,
    /// `<`
    Less,
    /// `<=`
    LessEq,
    /// `>`
    Greater,
    /// `>=`
    GreaterEq,
    /// `<=>`
    NullSafeEq,
    /// `?`
    Question,
    /// `^`
    Caret,
    /// `|`
    Pipe,
    /// `||`
    Concat,
    /// `@`
    At,
    /// `@@`
    DoubleAt,
    /// `\G`
    VerticalOutput,
}

impl Punct {
    /// The spelling that ClickHouse prints: `=` for `==`, `!=` for `<>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LParen => "(",
            Self::RParen => ")",
            Self::LBracket => "[",
            Self::RBracket => "]",
            Self::LBrace => "{",
            Self::RBrace => "}",
            Self::Comma => ",",
            Self::Semicolon => ";",
            Self::Dot => ".",
            Self::Colon => ":",
            Self::DoubleColon => "::",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Star => "*",
            Self::Slash => "/",
            Self::Percent => "%",
            Self::Arrow => "->",
            Self::Eq => "=",
            Self::NotEq => "!=",
            Self::Less => "<",
            Self::LessEq => "<=",
            Self::Greater => ">",
            Self::GreaterEq => ">=",
            Self::NullSafeEq => "<=>",
            Self::Question => "?",
            Self::Caret => "^",
            Self::Pipe => "|",
            Self::Concat => "||",
            Self::At => "@",
            Self::DoubleAt => "@@",
            Self::VerticalOutput => "\\G",
        }
    }

    /// Does it open a bracket?
    pub const fn opens(self) -> bool {
        matches!(self, Self::LParen | Self::LBracket | Self::LBrace)
    }

    /// Does it close a bracket?
    pub const fn closes(self) -> bool {
        matches!(self, Self::RParen | Self::RBracket | Self::RBrace)
    }
}

/// A comment as written, with its marks (`-- x`, `# x`, `// x`, `/* x */`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment<'a> {
    /// As written, without the line's end.
    pub text: &'a str,
    /// Byte offset of its first byte.
    pub at: usize,
}

impl<'a> Comment<'a> {
    /// What it says: the text without its marks and the white space around.
    pub fn body(&self) -> &'a str {
        let text = self.text;
        if let Some(inner) = text.strip_prefix("/*") {
            return inner.strip_suffix("*/").unwrap_or(inner).trim();
        }
        ["--", "//", "#!", "#"]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .unwrap_or(text)
            .trim()
    }
}

/// A lexed text: its tokens (it derefs to their slice) and its comments, both in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens<'a> {
    pub(super) source: &'a str,
    pub(super) list: Vec<Token<'a>>,
    pub(super) comments: Vec<Comment<'a>>,
}

impl<'a> Tokens<'a> {
    /// The text that was lexed.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The comments, in order.
    pub fn comments(&self) -> &[Comment<'a>] {
        &self.comments
    }

    /// An error at a byte of this text.
    pub fn error_at(&self, at: usize, kind: LexErrorKind) -> LexError {
        LexError::new(self.source, at, kind)
    }
}

impl<'a> Deref for Tokens<'a> {
    type Target = [Token<'a>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}
