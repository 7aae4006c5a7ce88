//! Query ids. The embedded engine gives each statement an id of its own and lets nobody choose; the interface keeps
//! the client's id in a setting, which `system.processes` shows. Here statements that ask for `query_id` are
//! rewritten to see the client's: `KILL QUERY WHERE query_id = ...`, and SELECTs FROM `system.processes`, where the
//! destination of the result, which the interface writes into a SELECT, is taken out of `query` as well.
//!
//! Not rewritten, and so with the engine's ids: views, subqueries by another name, the result of KILL QUERY, and
//! the functions `queryID()` and `initialQueryID()`.

use super::lexer::{Token, TokenKind};
use crate::engine::QUERY_ID_SETTING;

/// The statement with the client's ids, if it asks for any.
pub(super) fn with_client_ids(text: &[u8], tokens: &[Token]) -> Option<Vec<u8>> {
    let is = |index: usize, word: &str| tokens.get(index).is_some_and(|token| token.is_word(text, word));
    let mut out = Vec::new();
    let mut copied = 0;
    let mut replace = |token: &Token, end: usize, with: &str| {
        out.extend_from_slice(&text[copied..token.span.start]);
        out.extend_from_slice(with.as_bytes());
        copied = end;
    };
    if is(0, "KILL") && is(1, "QUERY") {
        for token in tokens
            .iter()
            .filter(|token| is_identifier(text, token, "query_id"))
        {
            replace(token, token.span.end, &client_id("query_id"));
        }
    } else {
        for (index, token) in tokens.iter().enumerate() {
            let Some([system, dot, table]) = tokens.get(index..index + 3) else {
                break;
            };
            let named = is_identifier(text, system, "system")
                && dot.is_symbol(b'.')
                && is_identifier(text, table, "processes");
            if named && index > 0 && (is(index - 1, "FROM") || is(index - 1, "JOIN")) {
                let alias = if has_alias(text, tokens.get(index + 3)) {
                    ""
                } else {
                    " AS processes"
                };
                replace(token, table.span.end, &format!("{}{alias}", processes()));
            }
        }
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(&text[copied..]);
    Some(out)
}

/// The client's id where there is one.
fn client_id(column: &str) -> String {
    let id = format!("Settings['{QUERY_ID_SETTING}']");
    format!("if({id} != '', toString({id}), {column})")
}

fn processes() -> String {
    format!(
        "(SELECT * REPLACE ({} AS query_id, {} AS initial_query_id, \
         replaceRegexpOne(query, ' INTO OUTFILE \\'/dev/fd/[0-9]+\\' TRUNCATE ', '') AS query) FROM system.processes)",
        client_id("query_id"),
        client_id("initial_query_id"),
    )
}

fn is_identifier(text: &[u8], token: &Token, name: &str) -> bool {
    match token.kind {
        TokenKind::Word => token.is_word(text, name),
        TokenKind::Quoted => {
            let quoted = &text[token.span.clone()];
            [format!("`{name}`"), format!("\"{name}\"")]
                .iter()
                .any(|spelling| quoted == spelling.as_bytes())
        }
        TokenKind::Symbol(_) => false,
    }
}

/// Is this token, which stands behind a table, its alias?
fn has_alias(text: &[u8], next: Option<&Token>) -> bool {
    const CLAUSES: [&str; 32] = [
        "ALL",
        "ANTI",
        "ANY",
        "ARRAY",
        "ASOF",
        "CROSS",
        "EXCEPT",
        "FETCH",
        "FINAL",
        "FORMAT",
        "FULL",
        "GLOBAL",
        "GROUP",
        "HAVING",
        "INNER",
        "INTERSECT",
        "INTO",
        "JOIN",
        "LEFT",
        "LIMIT",
        "OFFSET",
        "ON",
        "ORDER",
        "PASTE",
        "PREWHERE",
        "QUALIFY",
        "RIGHT",
        "SAMPLE",
        "SEMI",
        "SETTINGS",
        "UNION",
        "USING",
    ];
    let Some(next) = next else { return false };
    match next.kind {
        TokenKind::Symbol(_) => false,
        TokenKind::Quoted => true,
        TokenKind::Word => !CLAUSES
            .iter()
            .chain(&["WHERE", "WINDOW"])
            .any(|clause| next.is_word(text, clause)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::Lexer;
    use super::*;

    fn rewritten(text: &str) -> Option<String> {
        let tokens: Vec<Token> = Lexer::new(text.as_bytes()).collect();
        with_client_ids(text.as_bytes(), &tokens).map(|bytes| String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn kill_sees_the_clients_ids() {
        assert_eq!(
            rewritten("KILL QUERY WHERE `query_id` = 'query_id' SYNC").as_deref(),
            Some(
                "KILL QUERY WHERE if(Settings['chdb_client_name'] != '', toString(Settings['chdb_client_name']), query_id) = 'query_id' SYNC"
            )
        );
    }

    #[test]
    fn the_table_is_replaced_where_it_is_read() {
        let text = rewritten("SELECT query_id FROM system.processes WHERE 1").expect("rewritten");
        assert!(
            text.starts_with("SELECT query_id FROM (SELECT * REPLACE ("),
            "{text}"
        );
        assert!(
            text.ends_with(" FROM system.processes) AS processes WHERE 1"),
            "{text}"
        );
        let text = rewritten("SELECT p.query_id FROM system.processes AS p").expect("rewritten");
        assert!(text.ends_with(" FROM system.processes) AS p"), "{text}");
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "SELECT 1",
            "DESCRIBE TABLE system.processes",
            "SELECT 'FROM system.processes'",
            "KILL MUTATION WHERE 1",
        ] {
            assert_eq!(rewritten(text), None, "{text}");
        }
    }
}
