//! Objects that chx does not read: the statement that creates them, as it is.
//!
//! Decides what is known of such an object all the same (its name, its kind, what it may read) and when two texts are one.
//! It refuses to understand more: what a clause means is the server's business, and the engine says whether two texts
//! mean the same.

use serde::{Deserialize, Serialize};

use super::{Expr, ObjectId, ObjectKind};
use crate::ident::QualifiedName;
use crate::sql::{Punct, TokenKind, lex, relations};

/// An object whose CREATE holds something that the model has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawObject {
    /// The identity.
    pub id: ObjectId,
    /// What it is like: how it is dropped, and what goes with it.
    pub raw_kind: RawKind,
    /// The words behind CREATE: `TABLE`, `WINDOW VIEW`.
    pub words: String,
    /// What stands behind the name: the tokens as they were written, without comments.
    pub text: String,
}

/// What such an object is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RawKind {
    /// A table.
    Table,
    /// A view that holds no rows.
    View,
    /// A view that holds rows, or writes them into a table.
    MaterializedView,
    /// A dictionary.
    Dictionary,
    /// A function.
    Function,
}

impl From<RawKind> for ObjectKind {
    fn from(kind: RawKind) -> Self {
        match kind {
            RawKind::Table => Self::Table,
            RawKind::View => Self::View,
            RawKind::MaterializedView => Self::MaterializedView,
            RawKind::Dictionary => Self::Dictionary,
            RawKind::Function => Self::Function,
        }
    }
}

impl RawObject {
    /// The words behind CREATE of what may be such an object. A window view holds rows of its own, as a view with an inner
    /// table does. The longer words come first.
    pub(crate) const WORDS: [(&'static str, RawKind); 7] = [
        ("MATERIALIZED VIEW", RawKind::MaterializedView),
        ("WINDOW VIEW", RawKind::MaterializedView),
        ("LIVE VIEW", RawKind::MaterializedView),
        ("TABLE", RawKind::Table),
        ("VIEW", RawKind::View),
        ("DICTIONARY", RawKind::Dictionary),
        ("FUNCTION", RawKind::Function),
    ];

    /// What it is like.
    pub fn kind(&self) -> ObjectKind {
        self.raw_kind.into()
    }

    /// The full name, if it lives in a database.
    pub fn name(&self) -> Option<&QualifiedName> {
        self.id.relation()
    }

    /// Can another definition take its place with nothing lost?
    pub fn is_replaceable(&self) -> bool {
        match self.raw_kind {
            RawKind::View | RawKind::Dictionary | RawKind::Function => true,
            RawKind::Table | RawKind::MaterializedView => false,
        }
    }

    /// Do rows go when it is dropped? Of a view that says `TO` a table, those stay.
    pub fn holds_rows(&self) -> bool {
        match self.raw_kind {
            RawKind::Table => true,
            RawKind::MaterializedView => self.target().is_none(),
            RawKind::View | RawKind::Dictionary | RawKind::Function => false,
        }
    }

    /// Does it run its query by the clock?
    pub fn is_refreshable(&self) -> bool {
        let begins =
            |tokens: &[crate::sql::Token<'_>]| tokens.first().is_some_and(|token| token.is_word("REFRESH"));
        self.raw_kind == RawKind::MaterializedView && lex(&self.text).is_ok_and(|tokens| begins(&tokens))
    }

    /// The same with EMPTY where it runs by the clock, so that it does not run at once.
    #[must_use]
    pub(crate) fn starting_empty(mut self) -> Self {
        /// What may stand behind EMPTY.
        const BEHIND: [&str; 4] = ["AS", "COMMENT", "DEFINER", "SQL"];
        if !self.is_refreshable() {
            return self;
        }
        let Ok(tokens) = lex(&self.text) else { return self };
        let mut depth = 0_usize;
        let mut place = None;
        for token in &*tokens {
            match token.kind {
                TokenKind::Punct(punct) if punct.opens() => depth += 1,
                TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && token.is_word("EMPTY") => return self,
                TokenKind::Word if depth == 0 && BEHIND.iter().any(|word| token.is_word(word)) => {
                    place = Some(token.at);
                    break;
                }
                _ => {}
            }
        }
        if let Some(at) = place {
            self.text.insert_str(at, "EMPTY ");
        }
        self
    }

    /// The relations that it names behind FROM, JOIN and TO. They need not exist.
    pub fn reads(&self) -> std::collections::BTreeSet<QualifiedName> {
        let (Some(name), Ok(text)) = (self.name(), Expr::parse(&self.text)) else {
            return std::collections::BTreeSet::new();
        };
        let mut found = relations(&text, &name.database);
        found.extend(self.target());
        found.remove(name);
        found
    }

    /// The table behind TO, before the query.
    fn target(&self) -> Option<QualifiedName> {
        if self.raw_kind != RawKind::MaterializedView {
            return None;
        }
        let tokens = lex(&self.text).ok()?;
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Punct(punct) if punct.opens() => depth += 1,
                TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && token.is_word("AS") => return None,
                TokenKind::Word if depth == 0 && token.is_word("TO") => {
                    let part = |ahead: usize| {
                        let name = tokens.get(at + ahead)?.name().ok()??;
                        Some(name.into_owned())
                    };
                    let database = &self.name()?.database;
                    let is_full = tokens.get(at + 2).is_some_and(|token| token.is(Punct::Dot));
                    return if is_full {
                        QualifiedName::new(part(1)?, part(3)?).ok()
                    } else {
                        QualifiedName::new(database.as_str(), part(1)?).ok()
                    };
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::ddl::{ParseContext, parse_object_or_raw};
    use crate::model::Object;

    #[track_caller]
    fn check(sql: &str, text: &str) {
        let Ok(Object::Raw(raw)) = parse_object_or_raw(sql, &ParseContext::default()) else {
            panic!("not raw: {sql}")
        };
        assert_eq!(raw.starting_empty().text, text);
    }

    #[test]
    fn a_raw_view_that_runs_by_the_clock_can_be_made_to_wait() {
        check(
            "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) AS SELECT 1 AS k",
            "REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) EMPTY AS SELECT 1 AS k",
        );
        check(
            "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) DEFINER = a SQL SECURITY DEFINER AS SELECT 1 AS k",
            "REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) EMPTY DEFINER = a SQL SECURITY DEFINER AS SELECT 1 AS k",
        );
        check(
            "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) EMPTY AS SELECT 1 AS k",
            "REFRESH EVERY 1 DAY TO d.t (k UInt8 CODEC(ZSTD)) EMPTY AS SELECT 1 AS k",
        );
        check(
            "CREATE MATERIALIZED VIEW d.v TO d.t (refresh UInt8 CODEC(ZSTD)) AS SELECT 1 AS refresh",
            "TO d.t (refresh UInt8 CODEC(ZSTD)) AS SELECT 1 AS refresh",
        );
    }
}
