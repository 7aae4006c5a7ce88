//! What each token of an expression or query is for. One forward pass decides by the neighbours: a value may
//! start here or has just ended, inside which bracket, in which clause. The rules follow from two measured
//! facts: where a value may start every word can be a name, and after a value the words below are never an
//! alias. A word that no rule takes stays a name, as written; that may hide an equality, never invent one.

mod keyword;

use super::super::token::{Punct, Token, TokenKind};
use super::keywords::{Form, Keyword, interval_function};

/// The part that a token plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A keyword in keyword position.
    Keyword,
    /// A reference to a column, table or constant parameter: the first word of it.
    Name,
    /// What follows a dot in a compound name.
    Part,
    /// A function or aggregate name.
    Function,
    /// A name that is introduced here (alias, lambda parameter, window) or means no column (setting, format).
    Introduced,
    /// Part of a type (`x::T`, `CAST(x AS T)`).
    Type,
    /// The unit of an INTERVAL or a date function.
    Unit,
    /// A string, number or parameter.
    Literal,
    /// NULL, true, false, inf, nan.
    Constant,
    /// `*` in the place of a value.
    Star,
    /// An operator between two values.
    Operator,
    /// An operator before a value.
    Prefix,
    /// Brackets, commas, dots.
    Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clause {
    /// No query: a plain expression or list.
    Expression,
    With,
    Select,
    From,
    Filter,
    OrderBy,
    Limit,
    Settings,
    Window,
    /// Inside ROWS/RANGE of a window.
    WindowFrame,
}

/// What a pair of brackets holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// A group, a subquery, a list, or the top level.
    Group,
    /// The arguments of a function.
    Call(Form),
    /// The parameters of a type.
    Type,
    /// Keys and values between `{` and `}`.
    Map,
    /// `OVER (...)` and `WINDOW w AS (...)`.
    Window,
    /// `FILTER (...)`.
    Filter,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    inside: Inside,
    clause: Clause,
    /// Nothing has been read in it, so a query may begin.
    fresh: bool,
    /// CASE without its END.
    cases: u32,
}

impl Frame {
    const fn new(inside: Inside) -> Self {
        Self {
            inside,
            clause: Clause::Expression,
            fresh: true,
            cases: 0,
        }
    }
}

/// Is this the unit of a date function, as in `date_add(DAY, 1, d)`? A name in quotes is a column, whatever it says.
fn is_unit(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Word && interval_function(token.text).is_some()
}

/// One role for each token.
pub(super) fn roles(tokens: &[Token<'_>]) -> Vec<Role> {
    let mut pass = Pass {
        tokens,
        roles: Vec::with_capacity(tokens.len()),
        open: Vec::new(),
        here: Frame::new(Inside::Group),
        value: true,
    };
    while pass.roles.len() < tokens.len() {
        pass.step();
    }
    pass.roles
}

struct Pass<'t, 'a> {
    tokens: &'t [Token<'a>],
    roles: Vec<Role>,
    /// The frames around the one we are in.
    open: Vec<Frame>,
    here: Frame,
    /// May a value start here? Otherwise one has just ended.
    value: bool,
}

impl<'t, 'a> Pass<'t, 'a> {
    fn at(&self) -> usize {
        self.roles.len()
    }

    fn token(&self, ahead: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at() + ahead)
    }

    fn keyword(&self, ahead: usize) -> Option<Keyword> {
        let token = self.token(ahead)?;
        if token.kind == TokenKind::Word {
            Keyword::of(token.text)
        } else {
            None
        }
    }

    fn is_punct(&self, ahead: usize, punct: Punct) -> bool {
        self.token(ahead).is_some_and(|token| token.is(punct))
    }

    fn is_literal(&self, ahead: usize) -> bool {
        self.token(ahead).is_some_and(|token| {
            matches!(
                token.kind,
                TokenKind::Number | TokenKind::String | TokenKind::Heredoc | TokenKind::Parameter
            )
        })
    }

    fn is_string(&self, ahead: usize) -> bool {
        self.token(ahead)
            .is_some_and(|token| matches!(token.kind, TokenKind::String | TokenKind::Heredoc))
    }

    /// Is the token `back` tokens ago this punctuation?
    fn was_punct(&self, back: usize, punct: Punct) -> bool {
        self.at()
            .checked_sub(back)
            .is_some_and(|index| self.tokens[index].is(punct))
    }

    /// Is the token `back` tokens ago this word, in keyword position?
    fn was_keyword(&self, back: usize, keyword: Keyword) -> bool {
        self.at().checked_sub(back).is_some_and(|index| {
            self.roles[index] == Role::Keyword && Keyword::of(self.tokens[index].text) == Some(keyword)
        })
    }

    fn push(&mut self, role: Role, value_next: bool) {
        self.roles.push(role);
        self.value = value_next;
        self.here.fresh = false;
    }

    fn push_keywords(&mut self, count: usize, value_next: bool) {
        for _ in 0..count {
            self.push(Role::Keyword, value_next);
        }
    }

    fn clause(&mut self, clause: Clause, keywords: usize) {
        self.push_keywords(keywords, true);
        self.here.clause = clause;
    }

    fn step(&mut self) {
        let Some(token) = self.token(0) else { return };
        match token.kind {
            TokenKind::Number | TokenKind::String | TokenKind::Heredoc | TokenKind::Parameter => {
                self.push(Role::Literal, false);
            }
            TokenKind::QuotedIdent => self.name(),
            TokenKind::Word => self.word(token.text),
            TokenKind::Punct(punct) => self.punct(punct),
        }
    }

    fn punct(&mut self, punct: Punct) {
        match punct {
            Punct::LParen | Punct::LBracket | Punct::LBrace => {
                let inside = self.inside(punct);
                self.push(Role::Mark, true);
                self.open.push(self.here);
                self.here = Frame::new(inside);
            }
            Punct::RParen | Punct::RBracket | Punct::RBrace => {
                self.here = self.open.pop().unwrap_or(Frame::new(Inside::Group));
                self.push(Role::Mark, false);
            }
            Punct::Comma | Punct::Semicolon | Punct::VerticalOutput => self.push(Role::Mark, true),
            Punct::Dot => self.push(Role::Mark, true),
            Punct::Caret if self.was_punct(1, Punct::Dot) => self.push(Role::Mark, true),
            Punct::Colon if self.was_punct(1, Punct::Dot) || self.here.inside == Inside::Map => {
                self.push(Role::Mark, true);
            }
            Punct::DoubleColon => self.push(Role::Mark, true),
            Punct::DoubleAt => self.push(Role::Prefix, true),
            Punct::Star if self.value => self.push(Role::Star, false),
            Punct::Minus | Punct::Plus if self.value => self.push(Role::Prefix, true),
            Punct::Arrow => {
                self.introduce_lambda_parameters();
                self.push(Role::Operator, true);
            }
            _ => self.push(Role::Operator, true),
        }
    }

    fn inside(&self, punct: Punct) -> Inside {
        if punct == Punct::LBrace {
            return Inside::Map;
        }
        let before = self
            .at()
            .checked_sub(1)
            .map(|index| (self.roles[index], self.tokens[index].text));
        match before {
            Some((Role::Function, name)) if punct == Punct::LParen => Inside::Call(Form::of(name)),
            Some((Role::Type, _)) => Inside::Type,
            Some((Role::Keyword, _)) if self.was_keyword(1, Keyword::Over) => Inside::Window,
            Some((Role::Keyword, _)) if self.was_keyword(1, Keyword::Filter) => Inside::Filter,
            Some((Role::Keyword, _))
                if self.was_keyword(1, Keyword::As) && self.here.clause == Clause::Window =>
            {
                Inside::Window
            }
            _ if self.here.inside == Inside::Type => Inside::Type,
            _ => Inside::Group,
        }
    }

    /// `x ->` and `(x, y) ->` introduce names.
    fn introduce_lambda_parameters(&mut self) {
        let mut index = self.at();
        if self.was_punct(1, Punct::RParen) {
            index -= 1;
            while let Some(before) = index.checked_sub(1) {
                match self.roles[before] {
                    Role::Name => self.roles[before] = Role::Introduced,
                    Role::Mark if self.tokens[before].is(Punct::Comma) => {}
                    _ => return,
                }
                index = before;
            }
        } else if let Some(before) = index.checked_sub(1)
            && self.roles[before] == Role::Name
        {
            self.roles[before] = Role::Introduced;
        }
    }

    /// A word or quoted identifier that is no keyword here.
    fn name(&mut self) {
        let calls = self.is_punct(1, Punct::LParen);
        let role = if self.was_punct(1, Punct::DoubleColon) || self.here.inside == Inside::Type {
            Role::Type
        } else if self.was_punct(1, Punct::Dot) {
            if calls { Role::Function } else { Role::Part }
        } else if self.was_punct(1, Punct::Colon) && self.was_punct(2, Punct::Dot) {
            Role::Type
        } else if self.was_punct(1, Punct::Caret) && self.was_punct(2, Punct::Dot) {
            Role::Part
        } else if self.was_keyword(1, Keyword::As) {
            if self.here.inside == Inside::Call(Form::Cast) {
                Role::Type
            } else {
                Role::Introduced
            }
        } else if self.was_keyword(1, Keyword::Over) || self.was_keyword(1, Keyword::Format) {
            Role::Introduced
        } else if !self.value {
            // An alias without AS, or a word that no rule knows.
            Role::Introduced
        } else if calls {
            Role::Function
        } else if self.is_introduced_here() {
            Role::Introduced
        } else if self.here.inside == Inside::Call(Form::Unit)
            && self.here.fresh
            && self.is_punct(1, Punct::Comma)
            && self.token(0).is_some_and(is_unit)
        {
            Role::Unit
        } else {
            Role::Name
        };
        self.push(role, false);
    }

    /// `WITH x AS (...)`, `WINDOW w AS (...)`, `SETTINGS name = 1`.
    fn is_introduced_here(&self) -> bool {
        match self.here.clause {
            Clause::Settings => self.is_punct(1, Punct::Eq),
            Clause::With | Clause::Window => {
                self.keyword(1) == Some(Keyword::As) && self.is_punct(2, Punct::LParen)
            }
            _ => false,
        }
    }

    fn word(&mut self, text: &str) {
        let after_mark = self.was_punct(1, Punct::Dot)
            || self.was_punct(1, Punct::DoubleColon)
            || (self.was_punct(2, Punct::Dot)
                && (self.was_punct(1, Punct::Colon) || self.was_punct(1, Punct::Caret)));
        if after_mark || self.here.inside == Inside::Type || self.was_keyword(1, Keyword::As) {
            return self.name();
        }
        let taken = match Keyword::of(text) {
            None => false,
            Some(keyword) if self.value => self.keyword_before_value(keyword),
            Some(keyword) => self.keyword_after_value(keyword),
        };
        if !taken {
            self.name();
        }
    }
}
