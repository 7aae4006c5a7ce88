//! Views and materialized views.

use crate::ddl::Fill;
use crate::model::written_out::secrets_of_query;
use crate::model::{
    Expr, MaterializedView, Period, Refresh, Schedule, SqlSecurity, Target, View, ViewColumn,
};
use crate::sql::{Punct, TokenKind, lex};

use super::column::settings;
use super::members::members;
use super::out::Out;
use super::storage::storage;

/// Behind `CREATE VIEW`.
pub(super) fn view(out: &mut Out, view: &View) {
    out.sql(view.name.sql());
    columns(out, &view.columns);
    security_clause(out, view.security.as_ref());
    query_clause(out, &view.query, &view.comment);
}

/// Behind `CREATE MATERIALIZED VIEW`.
pub(super) fn materialized_view(out: &mut Out, view: &MaterializedView, fill: Fill) {
    out.sql(view.name.sql());
    if let Some(clause) = &view.refresh {
        out.clause("REFRESH ");
        refresh(out, clause);
    }
    if let Target::To(target) = &view.target {
        if view.refresh.is_some() {
            out.clause("TO ");
        } else {
            out.word(" TO ");
        }
        out.sql(target.sql());
    }
    match &view.target {
        Target::To(_) => columns(out, &view.columns),
        Target::Inner(inner) => {
            if inner.has_list() {
                members(out, &inner.as_table(&view.name));
            } else {
                columns(out, &view.columns);
            }
            storage(out, &inner.storage);
        }
    }
    // Servers before 26.3 take the rights behind EMPTY only.
    match fill {
        Fill::Usual => {}
        Fill::Populate => out.clause("POPULATE"),
        Fill::Empty => out.clause("EMPTY"),
    }
    security_clause(out, view.security.as_ref());
    query_clause(out, &view.query, &view.comment);
}

/// Behind REFRESH.
pub(super) fn refresh(out: &mut Out, refresh: &Refresh) {
    let period = |out: &mut Out, word: &str, period: &Period| {
        out.word(word);
        out.sql(period);
    };
    match &refresh.schedule {
        Schedule::Every {
            period: every,
            offset,
        } => {
            period(out, "EVERY ", every);
            // One of no time means nothing, and servers up to 25.5 store it as text on which they do not start again.
            if let Some(offset) = offset.filter(|offset| *offset != Period::ZERO) {
                period(out, " OFFSET ", &offset);
            }
        }
        Schedule::After(after) => period(out, "AFTER ", after),
        Schedule::AfterOthers => {}
    }
    if let Some(randomize) = &refresh.randomize {
        period(out, " RANDOMIZE FOR ", randomize);
    }
    if !refresh.depends_on.is_empty() {
        out.word_if(refresh.schedule != Schedule::AfterOthers, " ");
        out.word("DEPENDS ON ");
        out.list(&refresh.depends_on, |out, name| out.sql(name.sql()));
    }
    if !refresh.settings.is_empty() {
        out.word(" SETTINGS ");
        settings(out, &refresh.settings);
    }
    out.word_if(refresh.append, " APPEND");
}

fn security_clause(out: &mut Out, clause: Option<&SqlSecurity>) {
    if let Some(clause) = clause {
        out.clause("");
        security(out, clause);
    }
}

/// `DEFINER = user SQL SECURITY DEFINER` and the like. Without a user, the server takes the one who runs it.
pub(super) fn security(out: &mut Out, security: &SqlSecurity) {
    match security {
        SqlSecurity::Invoker => out.word("SQL SECURITY INVOKER"),
        SqlSecurity::Definer(None) => out.word("SQL SECURITY DEFINER"),
        SqlSecurity::Definer(Some(user)) => {
            out.word("DEFINER = ");
            out.name(user);
            out.word(" SQL SECURITY DEFINER");
        }
        SqlSecurity::None => out.word("SQL SECURITY NONE"),
    }
}

fn columns(out: &mut Out, columns: &[ViewColumn]) {
    if columns.is_empty() {
        return;
    }
    out.block(columns, |out, column| {
        out.sql(column.name.sql());
        out.word(" ");
        out.sql(&column.data_type);
    });
}

/// The query, and a comment behind it. A comment before AS is refused before 26.3, one behind a bare query, which may end in
/// a table's name, before 26.7; behind a query in parentheses every version takes it.
fn query_clause(out: &mut Out, query: &Expr, comment: &str) {
    let is_grouped = !comment.is_empty();
    out.clause("AS");
    out.clause("");
    out.word_if(is_grouped, "(");
    if out.is_pretty() {
        out.word(&in_lines(query.as_sql()));
    } else {
        query_line(out, query);
    }
    out.word_if(is_grouped, ")");
    out.comment_clause(comment);
}

/// The query on one line, with the secrets of its table functions.
pub(super) fn query_line(out: &mut Out, query: &Expr) {
    let sql = query.as_sql();
    let mut from = 0;
    for (at, secret) in secrets_of_query(query) {
        out.word(&sql[from..at.start]);
        out.secret(&secret);
        from = at.end;
    }
    out.word(&sql[from..]);
}

/// The query with each of its clauses on a line of its own. Only a space between two tokens ever becomes a line
/// end, so that nothing changes its meaning.
pub(super) fn in_lines(sql: &str) -> String {
    let Ok(tokens) = lex(sql) else {
        return sql.to_owned();
    };
    let mut out = String::with_capacity(sql.len());
    let mut copied = 0;
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            TokenKind::Word if depth == 0 && index > 0 => {
                let before = tokens[index - 1];
                let is_clause = CLAUSES.iter().any(|words| {
                    words.split(' ').enumerate().all(|(ahead, word)| {
                        tokens.get(index + ahead).is_some_and(|token| token.is_word(word))
                    })
                });
                if is_clause && !before.is(Punct::Comma) && before.end() < token.at {
                    out.push_str(&sql[copied..before.end()]);
                    out.push('\n');
                    copied = token.at;
                }
            }
            _ => {}
        }
    }
    out.push_str(&sql[copied..]);
    out
}

/// The clauses that begin a line. A column of such a name may break a line too: it does no harm.
const CLAUSES: [&str; 17] = [
    "SELECT",
    "FROM",
    "ARRAY JOIN",
    "PREWHERE",
    "WHERE",
    "GROUP BY",
    "HAVING",
    "WINDOW",
    "QUALIFY",
    "ORDER BY",
    "LIMIT",
    "OFFSET",
    "SETTINGS",
    "UNION ALL",
    "UNION DISTINCT",
    "INTERSECT",
    "EXCEPT",
];
