//! Which tables, views and dictionaries a piece of SQL reads.
//!
//! Decides by tokens: names behind FROM and JOIN, names behind IN, the first argument of `dictGet...` and
//! `joinGet`, `dictionary('name')`. Names of common table expressions are not references; what stands in strings
//! and comments is not SQL. Arguments of other table functions are not looked into: `merge('^x')` reads what a
//! pattern says at run time. A name that turns out to be a column or an alias does no harm: callers keep only the
//! names of objects that exist.

use std::collections::BTreeSet;

use super::{Expr, Punct, Token, TokenKind, lex, unquote_string};
use crate::ident::{Ident, QualifiedName};

/// The objects that an expression or query reads. Names without a database belong to `database`.
pub fn relations(sql: &Expr, database: &Ident) -> BTreeSet<QualifiedName> {
    let Ok(tokens) = lex(sql.as_sql()) else {
        return BTreeSet::new();
    };
    let mut finder = Finder {
        tokens: &tokens,
        database,
        ctes: BTreeSet::new(),
        found: BTreeSet::new(),
    };
    finder.find_ctes();
    finder.walk();
    finder.found
}

struct Finder<'a> {
    tokens: &'a [Token<'a>],
    database: &'a Ident,
    ctes: BTreeSet<String>,
    found: BTreeSet<QualifiedName>,
}

/// What is known about one level of parentheses.
#[derive(Default, Clone, Copy)]
struct Level {
    /// A SELECT was seen here, so that FROM is a clause and not part of `trim(... FROM ...)`.
    is_query: bool,
    /// Inside a FROM clause, where a comma separates tables.
    in_from: bool,
}

impl Finder<'_> {
    /// `name AS (SELECT`: in a WITH list.
    fn find_ctes(&mut self) {
        for window in self.tokens.windows(4) {
            let [name, keyword, open, first] = window else {
                continue;
            };
            if keyword.is_word("AS")
                && open.is(Punct::LParen)
                && (first.is_word("SELECT") || first.is_word("WITH") || first.is(Punct::LParen))
                && let Ok(Some(name)) = name.name()
            {
                self.ctes.insert(name.into_owned());
            }
        }
    }

    fn walk(&mut self) {
        let mut levels = vec![Level::default()];
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            at += 1;
            let nested = levels.len() > 1;
            let Some(level) = levels.last_mut() else { return };
            match token.kind {
                TokenKind::Punct(Punct::LParen) => levels.push(Level::default()),
                TokenKind::Punct(Punct::RParen) if nested => {
                    levels.pop();
                }
                TokenKind::Punct(Punct::Comma) if level.in_from => self.table_at(at),
                TokenKind::Word => {
                    if token.is_word("SELECT") || token.is_word("WITH") {
                        level.is_query = true;
                        level.in_from = false;
                    } else if token.is_word("FROM") {
                        // `FROM t SELECT x`: FROM may come first, but only where a query may begin.
                        let begins = at == 1 || self.tokens.get(at - 2).is_some_and(|t| t.is(Punct::LParen));
                        if level.is_query || begins {
                            level.is_query = true;
                            level.in_from = true;
                            self.table_at(at);
                        }
                    } else if token.is_word("JOIN") {
                        let array = at >= 2 && self.tokens.get(at - 2).is_some_and(|t| t.is_word("ARRAY"));
                        if array {
                            level.in_from = false;
                        } else {
                            self.table_at(at);
                        }
                    } else if token.is_word("IN") {
                        self.table_at(at);
                    } else if ENDS_FROM.iter().any(|word| token.is_word(word)) {
                        level.in_from = false;
                    } else {
                        self.lookup_at(token, at);
                    }
                }
                _ => {}
            }
        }
    }

    /// A table name that begins at this token, if one does.
    fn table_at(&mut self, at: usize) {
        let Some(first) = self.name_at(at) else { return };
        let qualified = self.tokens.get(at + 1).is_some_and(|t| t.is(Punct::Dot));
        let (database, name, end) = match self.name_at(at + 2) {
            Some(second) if qualified => (Some(first), second, at + 3),
            _ => (None, first, at + 1),
        };
        if self.tokens.get(end).is_some_and(|t| t.is(Punct::LParen)) {
            // A table function; `dictionary('x')` is found like `dictGet('x', ...)`.
            return;
        }
        self.add(database, name);
    }

    /// `dictGet('db.name', ...)`, `joinGet(...)`, `dictionary('db.name')`.
    fn lookup_at(&mut self, function: &Token<'_>, at: usize) {
        let name = function.text;
        let looks_up = name.starts_with("dict") || name.starts_with("joinGet");
        if !looks_up || !self.tokens.get(at).is_some_and(|t| t.is(Punct::LParen)) {
            return;
        }
        match self.tokens.get(at + 1) {
            Some(argument) if argument.kind == TokenKind::String => {
                let Ok(Some(value)) = unquote_string(argument.text) else {
                    return;
                };
                let (database, name) = match value.split_once('.') {
                    Some((database, name)) => (Some(database.to_owned()), name.to_owned()),
                    None => (None, value.into_owned()),
                };
                self.add(database, name);
            }
            _ => self.table_at(at + 1),
        }
    }

    fn name_at(&self, at: usize) -> Option<String> {
        self.tokens
            .get(at)?
            .name()
            .ok()
            .flatten()
            .map(std::borrow::Cow::into_owned)
    }

    fn add(&mut self, database: Option<String>, name: String) {
        if database.is_none() && self.ctes.contains(&name) {
            return;
        }
        let database = database.unwrap_or_else(|| self.database.as_str().to_owned());
        self.found.extend(QualifiedName::new(database, name));
    }
}

/// Words that end a FROM clause.
const ENDS_FROM: [&str; 15] = [
    "PREWHERE",
    "WHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "QUALIFY",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "SETTINGS",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "ON",
    "USING",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: &[&str]) {
        let expr = Expr::parse(sql).unwrap();
        let found: Vec<String> = relations(&expr, &Ident::new("app").unwrap())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, expected, "{sql}");
    }

    #[test]
    fn tables_stand_behind_from_and_join() {
        check("SELECT a FROM t", &["app.t"]);
        check(
            "SELECT a FROM web.t AS x JOIN u ON x.a = u.a",
            &["app.u", "web.t"],
        );
        check(
            "SELECT a FROM t, web.u v, `odd name` WHERE a, b",
            &["app.odd name", "app.t", "web.u"],
        );
        check("FROM t SELECT a", &["app.t"]);
        check("SELECT 1", &[]);
    }

    #[test]
    fn subqueries_are_looked_into() {
        check(
            "SELECT (SELECT max(x) FROM a), b FROM (SELECT * FROM c UNION ALL SELECT * FROM d)",
            &["app.a", "app.c", "app.d"],
        );
    }

    #[test]
    fn common_table_expressions_are_not_tables() {
        check(
            "WITH recent AS (SELECT * FROM t) SELECT * FROM recent JOIN web.recent USING a",
            &["app.t", "web.recent"],
        );
    }

    #[test]
    fn array_join_and_from_inside_functions_name_no_table() {
        check(
            "SELECT trim(BOTH 'x' FROM s), x FROM t ARRAY JOIN arr AS x, other",
            &["app.t"],
        );
    }

    #[test]
    fn in_and_lookups_read_tables_and_dictionaries() {
        check(
            "SELECT a FROM t WHERE a IN ids AND b NOT IN (1, 2)",
            &["app.ids", "app.t"],
        );
        check("dictGet('web.countries', 'name', id)", &["web.countries"]);
        check(
            "dictGetOrDefault('countries', 'name', id, '')",
            &["app.countries"],
        );
        check("joinGet(web.j, 'v', id)", &["web.j"]);
    }

    #[test]
    fn strings_and_table_functions_are_no_references() {
        check("SELECT 'FROM x', number FROM numbers(10)", &[]);
    }
}
