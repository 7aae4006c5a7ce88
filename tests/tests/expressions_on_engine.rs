//! Holds the canonical form of expressions to the real engine: for every query of `chx-core/testdata/queries.sql`
//! the canonical text must mean what the input means, which is to say that the server formats both alike.

use chx_core::sql::{Expr, quote_string};
use chx_local::Local;
use chx_local::engine::Connection;

const QUERIES: &str = include_str!("../../chx-core/testdata/queries.sql");

/// An unquoted name of this form is taken for an unclosed heredoc and refused, which the server does not do.
const REFUSED: [&str; 2] = ["SELECT $a$b", "SELECT $a$ $b"];

/// The server's formatter keeps the space after the type.
const SPACE_IN_PARAMETER: &str = "SELECT { p : UInt8 }";

fn formatted(connection: &mut Connection, sql: &str) -> Result<String, String> {
    connection
        .query(
            format!("SELECT formatQuerySingleLine({})", quote_string(sql)),
            "TSVRaw",
            &[],
        )
        .map(|output| output.text().trim_end().to_owned())
        .map_err(|exception| exception.to_string())
}

#[test]
fn canonical_text_means_the_same() {
    let local = Local::open_temporary().unwrap();
    let mut connection = local.engine().connect().unwrap();
    let mut wrong = Vec::new();
    for query in QUERIES.lines() {
        let expr = match Expr::parse(query) {
            Ok(expr) => expr,
            Err(_) if REFUSED.contains(&query) => continue,
            Err(error) => panic!("{query}: {error}"),
        };
        let meant = formatted(&mut connection, query).unwrap();
        let kept = formatted(&mut connection, expr.as_sql());
        if kept.as_ref() != Ok(&meant) && query != SPACE_IN_PARAMETER {
            wrong.push(format!(
                "{query}\n  is   {expr}\n  meant {meant}\n  now   {kept:?}"
            ));
        }
    }
    assert!(QUERIES.lines().count() > 300);
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
