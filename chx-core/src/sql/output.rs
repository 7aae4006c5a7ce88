//! What the columns of a query are called, as far as its text says.

use super::{Expr, Punct, Token, TokenKind, lex};
use crate::ident::Ident;

/// Words that end the list behind SELECT.
const ENDS_LIST: [&str; 14] = [
    "FROM",
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
];

/// The names of a query's columns, in order; `None` where the server makes up the name (`count()`). Nothing at all
/// where the text does not say which columns there are (`SELECT *`).
///
/// ```
/// use chx_core::sql::{Expr, output_columns};
/// let query = Expr::parse("SELECT t.site, count() AS hits, max(ts) FROM t GROUP BY site")?;
/// let names = output_columns(&query).unwrap_or_default();
/// assert_eq!(names, [Some("site".to_owned()), Some("hits".to_owned()), None]);
/// # Ok::<(), chx_core::sql::LexError>(())
/// ```
pub fn output_columns(query: &Expr) -> Option<Vec<Option<String>>> {
    let tokens = lex(query.as_sql()).ok()?;
    let lists = lists(&tokens)?;
    Some(lists.first()?.iter().map(|item| name_of(item)).collect())
}

/// The query with these names for its columns, behind AS in each of its lists, as the server writes `CREATE VIEW v (a, b) AS`.
/// `None` where the text does not say which columns there are, or says another number of them.
///
/// ```
/// use chx_core::ident::Ident;
/// use chx_core::sql::{Expr, with_output_names};
/// let query = Expr::parse("SELECT site, count() AS n FROM t GROUP BY site")?;
/// let names = [Ident::new("place").unwrap(), Ident::new("hits").unwrap()];
/// let named = with_output_names(&query, &names).unwrap();
/// assert_eq!(named.as_sql(), "SELECT site AS place, count() AS hits FROM t GROUP BY site");
/// # Ok::<(), chx_core::sql::LexError>(())
/// ```
pub fn with_output_names(query: &Expr, names: &[Ident]) -> Option<Expr> {
    let sql = query.as_sql();
    let tokens = lex(sql).ok()?;
    let mut named = String::with_capacity(sql.len());
    let mut copied = 0;
    for list in lists(&tokens)? {
        if list.len() != names.len() {
            return None;
        }
        for (item, name) in list.iter().zip(names) {
            if name_of(item).as_deref() == Some(name.as_str()) {
                continue;
            }
            let last = item.last()?;
            let (from, to) = alias_of(item).unwrap_or((last.end(), last.end()));
            named.push_str(sql.get(copied..from)?);
            named.push_str(" AS ");
            named.push_str(&name.sql().to_string());
            copied = to;
        }
    }
    named.push_str(sql.get(copied..)?);
    Expr::parse(&named).ok()
}

/// The lists of columns behind each SELECT that stands in no brackets, item by item.
fn lists<'t>(tokens: &'t [Token<'t>]) -> Option<Vec<Vec<Vec<&'t Token<'t>>>>> {
    let mut depth = 0_usize;
    let mut lists = Vec::new();
    let mut items: Vec<Vec<&Token<'_>>> = Vec::new();
    let mut in_list = false;
    for token in tokens {
        if let TokenKind::Punct(punct) = token.kind {
            if punct.opens() {
                depth += 1;
            } else if punct.closes() {
                depth = depth.checked_sub(1)?;
            }
        }
        if !in_list {
            if depth == 0 && token.is_word("SELECT") {
                in_list = true;
                items.push(Vec::new());
            }
        } else if depth == 0 && ENDS_LIST.iter().any(|word| token.is_word(word)) && !is_qualified(&items) {
            lists.push(whole_list(std::mem::take(&mut items))?);
            in_list = false;
        } else if depth == 0 && token.is(Punct::Comma) {
            items.push(Vec::new());
        } else {
            items.last_mut()?.push(token);
        }
    }
    if in_list {
        lists.push(whole_list(items)?);
    }
    (!lists.is_empty()).then_some(lists)
}

/// The items of a list without DISTINCT; `None` where one of them is several columns.
fn whole_list<'t>(mut items: Vec<Vec<&'t Token<'t>>>) -> Option<Vec<Vec<&'t Token<'t>>>> {
    if let Some(first) = items.first_mut()
        && first.first().is_some_and(|token| token.is_word("DISTINCT"))
    {
        if first.get(1).is_some_and(|token| token.is_word("ON")) {
            return None;
        }
        first.remove(0);
    }
    // `, WITH TOTALS` and the like do not exist in the list; a last comma does.
    if items.last().is_some_and(Vec::is_empty) {
        items.pop();
    }
    if items.is_empty() || items.iter().any(|item| takes_many(item)) {
        return None;
    }
    Some(items)
}

/// Where the alias of an item stands, from the end of the expression on.
fn alias_of(item: &[&Token<'_>]) -> Option<(usize, usize)> {
    let (last, before) = item.split_last()?;
    let (previous, expr) = before.split_last()?;
    if previous.is_word("AS") {
        return Some((expr.last()?.end(), last.end()));
    }
    let closes = matches!(previous.kind, TokenKind::Punct(punct) if punct.closes());
    (closes && last.is_name()).then(|| (previous.end(), last.end()))
}

/// Behind a dot a keyword is a name: `t.from`.
fn is_qualified(items: &[Vec<&Token<'_>>]) -> bool {
    items
        .last()
        .and_then(|item| item.last())
        .is_some_and(|token| token.is(Punct::Dot) || token.is_word("AS"))
}

/// `*`, `t.*`, `COLUMNS(...)`, with or without EXCEPT and APPLY.
fn takes_many(item: &[&Token<'_>]) -> bool {
    let star = match item {
        [first, ..] if first.is(Punct::Star) || first.is_word("COLUMNS") => true,
        [_, dot, star, ..] if dot.is(Punct::Dot) => star.is(Punct::Star) || star.is_word("COLUMNS"),
        _ => false,
    };
    star || matches!(item, [_, _, _, dot, star, ..] if dot.is(Punct::Dot) && star.is(Punct::Star))
}

fn name_of(item: &[&Token<'_>]) -> Option<String> {
    let (last, before) = item.split_last()?;
    let name = || last.name().ok().flatten().map(std::borrow::Cow::into_owned);
    let Some(previous) = before.last() else {
        return name();
    };
    if previous.is_word("AS") {
        return name();
    }
    // `a.b.c`, and nothing else.
    let compound = item.len() % 2 == 1
        && item.iter().enumerate().all(|(at, token)| {
            if at % 2 == 1 {
                token.is(Punct::Dot)
            } else {
                token.is_name()
            }
        });
    if compound {
        return name();
    }
    // `sum(x) total`: a word right behind a bracket can only be an alias.
    let closes = matches!(previous.kind, TokenKind::Punct(punct) if punct.closes());
    if closes && last.is_name() { name() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: Option<&[&str]>) {
        let found = output_columns(&Expr::parse(sql).unwrap());
        let found: Option<Vec<String>> = found.map(|names| {
            names
                .into_iter()
                .map(|name| name.unwrap_or_else(|| "?".to_owned()))
                .collect()
        });
        let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(found, expected, "{sql}");
    }

    #[test]
    fn names_are_aliases_and_last_parts() {
        check("SELECT a, t.b, c.d.e FROM t", Some(&["a", "b", "e"]));
        check(
            "SELECT a + 1 AS b, count(), sum(x) total FROM t",
            Some(&["b", "?", "total"]),
        );
        check("WITH x AS (SELECT 1 AS y) SELECT DISTINCT y FROM x", Some(&["y"]));
        check("SELECT a UNION ALL SELECT b", Some(&["a"]));
        check("SELECT (SELECT max(a) FROM u) AS m, 1", Some(&["m", "?"]));
    }

    #[test]
    fn every_list_gets_the_names() {
        let names = ["a", "order by"].map(|name| Ident::new(name).unwrap());
        for (sql, expected) in [
            ("SELECT 1, 2", Some("SELECT 1 AS a, 2 AS `order by`")),
            (
                "WITH 1 AS y SELECT DISTINCT y AS z, sum(x) total FROM t UNION ALL SELECT t.a, b + 1 FROM t",
                Some(
                    "WITH 1 AS y SELECT DISTINCT y AS a, sum(x) AS `order by` FROM t UNION ALL SELECT t.a, b + 1 AS `order by` FROM t",
                ),
            ),
            ("SELECT 1", None),
            ("SELECT * FROM t", None),
            ("SELECT 1, 2 UNION ALL SELECT 3", None),
            ("(SELECT 1, 2)", None),
        ] {
            let named = with_output_names(&Expr::parse(sql).unwrap(), &names);
            assert_eq!(named.as_ref().map(Expr::as_sql), expected, "{sql}");
        }
    }

    #[test]
    fn stars_say_nothing() {
        check("SELECT * FROM t", None);
        check("SELECT a, t.* FROM t", None);
        check("SELECT COLUMNS('x') FROM t", None);
        check("SELECT a * 2 AS b, count(*) AS n FROM t", Some(&["b", "n"]));
    }
}
