//! What each token of an expression or query is for. One forward pass decides by the neighbours: a value may
//! start here or has just ended, inside which bracket, in which clause. The rules follow from two measured
//! facts: where a value may start every word can be a name, and after a value the words below are never an
//! alias. A word that no rule takes stays a name, as written; that may hide an equality, never invent one.

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
            Punct::LParen | Punct::LBracket => {
                let inside = self.inside(punct);
                self.push(Role::Mark, true);
                self.open.push(self.here);
                self.here = Frame::new(inside);
            }
            Punct::RParen | Punct::RBracket => {
                self.here = self.open.pop().unwrap_or(Frame::new(Inside::Group));
                self.push(Role::Mark, false);
            }
            Punct::Comma | Punct::Semicolon | Punct::VerticalOutput => self.push(Role::Mark, true),
            Punct::Dot => self.push(Role::Mark, true),
            Punct::Caret if self.was_punct(1, Punct::Dot) => self.push(Role::Mark, true),
            Punct::Colon if self.was_punct(1, Punct::Dot) => self.push(Role::Mark, true),
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

    /// Could the token `ahead` start a value, so that the word before it is a prefix keyword?
    fn starts_value(&self, ahead: usize) -> bool {
        let Some(token) = self.token(ahead) else {
            return false;
        };
        match token.kind {
            TokenKind::Word => !Keyword::of(token.text).is_some_and(Keyword::continues_value),
            TokenKind::Punct(punct) => {
                matches!(
                    punct,
                    Punct::LParen | Punct::LBracket | Punct::Minus | Punct::Plus | Punct::DoubleAt
                )
            }
            _ => true,
        }
    }

    /// A keyword where a value may start. True when it was taken.
    fn keyword_before_value(&mut self, keyword: Keyword) -> bool {
        match keyword {
            Keyword::Null
            | Keyword::True
            | Keyword::False
            | Keyword::Inf
            | Keyword::Infinity
            | Keyword::Nan
                if !self.is_punct(1, Punct::LParen) =>
            {
                self.push(Role::Constant, false);
            }
            // As to the server: `not in (1)` negates a call of `in`.
            Keyword::Not if self.starts_value(1) || self.keyword(1).is_some() => self.push_keywords(1, true),
            Keyword::Case if self.is_case() => {
                self.push_keywords(1, true);
                self.here.cases += 1;
                if self.keyword(0) == Some(Keyword::When) {
                    self.push_keywords(1, true);
                }
            }
            Keyword::Interval => return self.interval(),
            Keyword::Date | Keyword::Timestamp if self.is_string(1) => self.push_keywords(1, true),
            Keyword::Select if self.here.fresh && self.starts_select() => self.select(),
            Keyword::With if self.here.fresh && self.starts_value(1) && !self.is_punct(1, Punct::LParen) => {
                self.clause(Clause::With, 1);
                if self.keyword(0) == Some(Keyword::Recursive) && self.starts_value(1) {
                    self.push_keywords(1, true);
                }
            }
            Keyword::Distinct
                if self.here.fresh && self.was_punct(1, Punct::LParen) && self.starts_value(1) =>
            {
                self.push_keywords(1, true);
            }
            Keyword::Where if self.here.inside == Inside::Filter && self.here.fresh => {
                self.push_keywords(1, true);
            }
            Keyword::Partition | Keyword::Order
                if self.here.inside == Inside::Window
                    && self.here.fresh
                    && self.keyword(1) == Some(Keyword::By) =>
            {
                let clause = if keyword == Keyword::Order {
                    Clause::OrderBy
                } else {
                    Clause::Filter
                };
                self.clause(clause, 2);
            }
            Keyword::Rows | Keyword::Range if self.here.inside == Inside::Window && self.here.fresh => {
                self.clause(Clause::WindowFrame, 1);
            }
            Keyword::Between if self.here.clause == Clause::WindowFrame => self.push_keywords(1, true),
            Keyword::Unbounded if self.here.clause == Clause::WindowFrame => self.push_keywords(1, false),
            Keyword::Current
                if self.here.clause == Clause::WindowFrame && self.keyword(1) == Some(Keyword::Row) =>
            {
                self.push_keywords(2, false);
            }
            _ => return false,
        }
        true
    }

    /// A keyword after a value. True when it was taken.
    fn keyword_after_value(&mut self, keyword: Keyword) -> bool {
        use Keyword as K;
        let next = self.keyword(1);
        let in_case = self.here.cases > 0;
        let ordering = matches!(self.here.clause, Clause::OrderBy | Clause::Expression);
        match keyword {
            K::And | K::Or | K::In | K::Like | K::Ilike | K::Regexp | K::Between | K::Div | K::Mod => {
                self.push_keywords(1, true);
            }
            K::As => self.push_keywords(1, true),
            K::Not if matches!(next, Some(K::In | K::Like | K::Ilike | K::Between | K::Regexp)) => {
                self.push_keywords(2, true);
            }
            K::Global if next == Some(K::In) => self.push_keywords(2, true),
            K::Global if next == Some(K::Not) && self.keyword(2) == Some(K::In) => {
                self.push_keywords(3, true);
            }
            K::Is => return self.is_test(),
            K::Escape | K::Collate if self.is_string(1) => self.push_keywords(1, true),
            K::When | K::Then | K::Else if in_case => self.push_keywords(1, true),
            K::End if in_case => {
                self.here.cases -= 1;
                self.push_keywords(1, false);
            }
            K::From | K::For
                if self.here.inside == Inside::Call(Form::Words)
                    && self.here.clause == Clause::Expression =>
            {
                self.push_keywords(1, true);
            }
            K::Asc | K::Desc if ordering => self.push_keywords(1, false),
            K::Nulls if ordering && matches!(next, Some(K::First | K::Last)) => self.push_keywords(2, false),
            K::From | K::To | K::Step | K::Interpolate if self.here.clause == Clause::OrderBy => {
                self.push_keywords(1, true);
            }
            K::Respect | K::Ignore if next == Some(K::Nulls) => self.push_keywords(2, false),
            K::Over if self.was_punct(1, Punct::RParen) || self.was_keyword(1, K::Nulls) => {
                let named =
                    next.is_none_or(|next| next == K::Window) && self.token(1).is_some_and(Token::is_name);
                if !named && !self.is_punct(1, Punct::LParen) {
                    return false;
                }
                self.push_keywords(1, true);
            }
            K::Filter if self.is_punct(1, Punct::LParen) && self.keyword(2) == Some(K::Where) => {
                self.push_keywords(1, true);
            }
            K::Rows | K::Range if self.here.inside == Inside::Window => self.clause(Clause::WindowFrame, 1),
            K::Preceding | K::Following if self.here.clause == Clause::WindowFrame => {
                self.push_keywords(1, false);
            }
            _ => return self.clause_keyword(keyword, next),
        }
        true
    }

    /// A keyword that starts or shapes a clause of a query, after a value.
    fn clause_keyword(&mut self, keyword: Keyword, next: Option<Keyword>) -> bool {
        use Keyword as K;
        match keyword {
            K::From => self.clause(Clause::From, 1),
            K::Where | K::Prewhere | K::Having | K::Qualify | K::On | K::Using | K::Sample => {
                self.clause(Clause::Filter, 1);
            }
            K::Group | K::Order if next == Some(K::By) => {
                let clause = if keyword == K::Order {
                    Clause::OrderBy
                } else {
                    Clause::Filter
                };
                self.clause(clause, 2);
                if self.keyword(0) == Some(K::All)
                    && !self.is_punct(1, Punct::LParen)
                    && !self.is_punct(1, Punct::Dot)
                {
                    self.push_keywords(1, false);
                }
            }
            K::Limit | K::Offset => self.clause(Clause::Limit, 1),
            K::By if self.here.clause == Clause::Limit => self.clause(Clause::Filter, 1),
            K::Settings => self.clause(Clause::Settings, 1),
            K::Format => self.push_keywords(1, true),
            K::Window => self.clause(Clause::Window, 1),
            K::Final => self.push_keywords(1, false),
            K::With => match next {
                Some(K::Totals | K::Rollup | K::Cube | K::Ties | K::Fill) => self.push_keywords(2, false),
                _ => return false,
            },
            K::Select if self.here.clause == Clause::With => self.select(),
            K::Union | K::Except | K::Intersect => {
                let all = matches!(next, Some(K::All | K::Distinct));
                self.push_keywords(1 + usize::from(all), true);
                self.here.fresh = true;
            }
            _ => {
                let mut length = 0;
                while self.keyword(length).is_some_and(Keyword::describes_join) {
                    length += 1;
                }
                if self.keyword(length) != Some(K::Join) {
                    return false;
                }
                self.clause(Clause::From, length + 1);
            }
        }
        true
    }

    fn select(&mut self) {
        self.clause(Clause::Select, 1);
        if self.keyword(0) == Some(Keyword::Distinct)
            && (self.starts_value(1) || self.is_punct(1, Punct::Star))
        {
            self.push_keywords(1, true);
        }
    }

    /// `select` may be a column; it starts a query where any word, a value or a whole `*` follows (the server
    /// reads a query first, so `select from` selects the column `from`).
    fn starts_select(&self) -> bool {
        if !self.is_punct(1, Punct::Star) {
            return self.starts_value(1) || self.token(1).is_some_and(Token::is_name);
        }
        match self.token(2).map(|token| token.kind) {
            None | Some(TokenKind::Punct(Punct::Comma | Punct::RParen)) => true,
            Some(TokenKind::Word) => self.keyword(2).is_some(),
            _ => false,
        }
    }

    /// `case` may be a column; it is a keyword where its WHEN follows.
    fn is_case(&self) -> bool {
        const FAR_ENOUGH: usize = 64;
        let mut depth = 0_usize;
        for ahead in 1..FAR_ENOUGH {
            let Some(token) = self.token(ahead) else {
                return false;
            };
            match token.kind {
                TokenKind::Punct(punct) if punct.opens() => depth += 1,
                TokenKind::Punct(punct) if punct.closes() => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return false,
                },
                TokenKind::Punct(Punct::Comma) if depth == 0 => return false,
                TokenKind::Word if depth == 0 => match Keyword::of(token.text) {
                    Some(Keyword::When) => return self.starts_value(ahead + 1),
                    Some(Keyword::As | Keyword::From) => return false,
                    _ => {}
                },
                _ => {}
            }
        }
        false
    }

    /// `INTERVAL 1 DAY`, `INTERVAL x DAY`, `INTERVAL '1 day'`.
    fn interval(&mut self) -> bool {
        let unit = |token: Option<&Token<'_>>| {
            token
                .is_some_and(|token| token.kind == TokenKind::Word && interval_function(token.text).is_some())
        };
        let has_unit = unit(self.token(2)) && !self.is_punct(3, Punct::LParen);
        if self.is_literal(1) {
            self.push_keywords(1, true);
            self.push(Role::Literal, false);
            if has_unit {
                self.push(Role::Unit, false);
            }
        } else if self.token(1).is_some_and(Token::is_name) && has_unit && !self.is_punct(3, Punct::Dot) {
            self.push_keywords(1, true);
            self.push(Role::Name, false);
            self.push(Role::Unit, false);
        } else {
            return false;
        }
        true
    }

    /// `IS [NOT] NULL`, `IS [NOT] DISTINCT FROM`, `IS [NOT] TRUE`.
    fn is_test(&mut self) -> bool {
        let not = usize::from(self.keyword(1) == Some(Keyword::Not));
        match self.keyword(1 + not) {
            Some(Keyword::Null | Keyword::True | Keyword::False | Keyword::Unknown) => {
                self.push_keywords(2 + not, false);
            }
            Some(Keyword::Distinct) if self.keyword(2 + not) == Some(Keyword::From) => {
                self.push_keywords(3 + not, true);
            }
            _ => return false,
        }
        true
    }
}
