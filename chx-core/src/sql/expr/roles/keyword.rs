//! Which words are keywords where they stand: one function for the places where a value may start, one for the
//! places after a value.

use super::super::super::token::{Punct, Token, TokenKind};
use super::super::keywords::{Form, Keyword, interval_function};
use super::{Clause, Inside, Pass, Role};

impl Pass<'_, '_> {
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
                    Punct::LParen
                        | Punct::LBracket
                        | Punct::LBrace
                        | Punct::Minus
                        | Punct::Plus
                        | Punct::DoubleAt
                )
            }
            _ => true,
        }
    }

    /// A keyword where a value may start. True when it was taken.
    pub(super) fn keyword_before_value(&mut self, keyword: Keyword) -> bool {
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
    pub(super) fn keyword_after_value(&mut self, keyword: Keyword) -> bool {
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
