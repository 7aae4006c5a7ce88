//! What Rust cannot say: what is left to the server, what stands in migrations alone, and what chx cannot read.

use std::fmt::Write as _;

use chx_core::ddl::{ParseContext, Statement, parse_statement, parse_statement_or_raw};

use crate::page::cell;

/// Read in migrations and in live databases, and not declared by any derive.
const BY_HAND: [(&str, &str); 4] = [
    (
        "CREATE VIEW d.v (a) AS SELECT 1",
        "other names for the columns of a view; in Rust they stand in the query, behind AS",
    ),
    (
        "CREATE MATERIALIZED VIEW d.v ENGINE = Memory POPULATE AS SELECT 1 AS a",
        "filling a view with the rows that are there; what comes in meanwhile is missed",
    ),
    ("EXCHANGE TABLES d.a AND d.b", "tables that change places"),
    (
        "ALTER TABLE d.t (MATERIALIZE INDEX i)",
        "work on the parts that are there",
    ),
];

/// Not read by chx as more than a whole: declared with `ChRaw`.
const RAW: [(&str, &str); 3] = [
    (
        "CREATE TABLE d.t (number UInt64) AS numbers(10)",
        "tables over a table function",
    ),
    (
        "CREATE VIEW d.v (a UInt8 COMMENT 'c') AS SELECT 1 AS a",
        "comments of the columns of a view, and of a materialized one without a table of its own",
    ),
    ("CREATE WINDOW VIEW d.v AS SELECT 1", "window views"),
];

/// Not read by chx, and so only in migrations written by hand, where its effect is found out on the local engine.
const NOT_READ: [(&str, &str); 3] = [
    (
        "CREATE TABLE d.t ON CLUSTER c (k UInt8) ENGINE = Memory",
        "statements on a cluster",
    ),
    ("CREATE TEMPORARY TABLE t (k UInt8)", "temporary tables"),
    (
        "CREATE TABLE d.t AS d.s",
        "tables after the model of another, `CLONE AS`, `AS SELECT` and `AS` a table function too",
    ),
];

/// What is not as the lists say.
pub(crate) fn mistakes() -> Vec<String> {
    let read = |sql: &str| parse_statement(sql, &ParseContext::default());
    let by_hand = BY_HAND.iter().filter_map(|(sql, what)| {
        let error = read(sql).err()?;
        Some(format!("{what}: {error}"))
    });
    let not_read = NOT_READ.iter().filter_map(|(sql, what)| match read(sql) {
        Ok(_) => Some(format!("{what}: chx reads `{sql}`")),
        Err(error) if error.is_unsupported() => None,
        Err(error) => Some(format!("{what}: {error}")),
    });
    let raw = RAW.iter().filter_map(|(sql, what)| {
        let read = parse_statement_or_raw(sql, &ParseContext::default());
        (!matches!(read, Ok(Statement::CreateRaw(_)))).then(|| format!("{what}: {read:?}"))
    });
    by_hand.chain(not_read).chain(raw).collect()
}

/// The end of the page.
pub(crate) fn text() -> String {
    let mut text = String::from(
        "\n## The raw door\n\n\
         Where the compiler would refuse what you know the server takes (a flag of the session, a server that is newer than \
         chx), `raw(\"...\")` takes the place of the string: `codec = raw(\"...\")`, `engine = raw(\"...\")`, keys, expressions, \
         TTLs and types of indexes. The SQL is still read, still planned, and proven on the scratch engine; the rules of the \
         derives are left out for it. Every plan and migration that creates or changes the object says so (CHX229).\n\n\
         What chx does not read at all is declared with `ChRaw`, by its whole statement: a table, view, materialized view, dictionary \
         or function. It is created as it is, tried out on the scratch engine, and compared as a whole by what the engine makes of \
         it; every plan and migration that creates or replaces one says so (CHX228), and `pull` writes it with a note (CHX424).\n\n\
         | ClickHouse | |\n|---|---|\n",
    );
    for (sql, what) in RAW {
        let _ = writeln!(text, "| {} | {what} |", cell(sql));
    }
    text.push_str(
        "\n\
         ## Not in Rust\n\n\
         In migrations written by hand, which chx reads, plans around and compares:\n\n\
         | ClickHouse | |\n|---|---|\n",
    );
    for (sql, what) in BY_HAND {
        let _ = writeln!(text, "| {} | {what} |", cell(sql));
    }
    text.push_str(
        "\nNot read yet. A migration written by hand may say it; what it does to the schema is found out on the local engine \
         when it is sealed:\n\n| ClickHouse | |\n|---|---|\n",
    );
    for (sql, what) in NOT_READ {
        let _ = writeln!(text, "| {} | {what} |", cell(sql));
    }
    text
}
