//! Which functions an expression calls, and the same expression calling another one.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::lex::lex;
use super::super::quote::unquote_ident;
use super::Expr;
use super::roles::{Role, roles};
use crate::ident::Ident;

impl Expr {
    /// The functions that it calls, in order, repetitions and aggregate functions included.
    ///
    /// ```
    /// use chx_core::sql::Expr;
    /// let expr = Expr::parse("plus(lin(k), `odd name`(lin))")?;
    /// assert_eq!(expr.calls(), ["plus", "lin", "odd name"]);
    /// # Ok::<(), chx_core::sql::LexError>(())
    /// ```
    pub fn calls(&self) -> Vec<Cow<'_, str>> {
        self.called().into_iter().map(|(_, name)| name).collect()
    }

    /// The same with what `other` gives in the place of the functions that it calls; `None` where it gives nothing.
    pub(crate) fn with_calls(&self, other: impl Fn(&str) -> Option<Ident>) -> Option<Self> {
        let mut sql = String::new();
        let mut copied = 0;
        for (text, name) in self.called() {
            let Some(other) = other(&name) else { continue };
            let (from, to) = text;
            sql.push_str(self.sql.get(copied..from).unwrap_or_default());
            // Writing to a String cannot fail.
            let _ = write!(sql, "{}", other.sql());
            copied = to;
        }
        if copied == 0 {
            return None;
        }
        sql.push_str(self.sql.get(copied..).unwrap_or_default());
        Self::parse(&sql).ok()
    }

    /// Where the names of functions stand, and the names.
    fn called(&self) -> Vec<((usize, usize), Cow<'_, str>)> {
        if !self.sql.contains('(') {
            return Vec::new();
        }
        // The text is canonical, so it lexes.
        let Ok(tokens) = lex(&self.sql) else {
            return Vec::new();
        };
        let roles = roles(&tokens);
        let functions = tokens
            .iter()
            .zip(roles)
            .filter(|(_, role)| *role == Role::Function);
        functions
            .filter_map(|(token, _)| {
                // The token borrows from the list; the text that it points to is ours.
                let text = self.sql.get(token.at..token.end())?;
                Some(((token.at, token.end()), unquote_ident(text).ok()?))
            })
            .collect()
    }
}
