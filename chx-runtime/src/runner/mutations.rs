//! Mutations: the work that an ALTER leaves behind, seen on the server.
//!
//! Decides when the work of a statement has ended, and when it never will: a mutation that fails on the data fails again
//! each time it is tried. Anything else that goes wrong the server tries again by itself.

use chx_core::ident::QualifiedName;
use chx_core::sql::{lex, write_string};
use serde::{Deserialize, Serialize};

use crate::client::{ErrorClass, ServerError, Session};

/// A mutation that has not ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mutation {
    /// The database of its table.
    pub database: String,
    /// Its table.
    pub table: String,
    /// Its name on the server.
    pub mutation_id: String,
    /// What it does.
    pub command: String,
    /// For how long it has been there, in seconds.
    pub age_s: u64,
    /// The number of parts that it still has to rewrite.
    pub parts_to_do: u64,
    /// How far the parts are that are being rewritten now: the sum of their shares, from 0 to their number.
    pub running: f64,
    /// Rows that were read in the parts that are being rewritten now.
    pub rows: u64,
    /// Bytes that were read in the parts that are being rewritten now, uncompressed.
    pub bytes: u64,
    /// The part that it last failed on; empty if it did not fail.
    pub failed_part: String,
    /// What went wrong there.
    pub reason: String,
}

impl Mutation {
    /// Will it fail again each time that the server tries?
    pub fn is_stuck(&self) -> bool {
        !self.reason.is_empty() && ServerError::from_text(&self.reason).class() == ErrorClass::Permanent
    }

    /// The statement that takes it away. What it was to change stays as its ALTER has left it.
    pub fn kill(&self) -> String {
        let mut sql = "KILL MUTATION WHERE database = ".to_owned();
        write_string(&mut sql, &self.database);
        sql.push_str(" AND table = ");
        write_string(&mut sql, &self.table);
        sql.push_str(" AND mutation_id = ");
        write_string(&mut sql, &self.mutation_id);
        sql
    }
}

/// How far the work of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Progress {
    /// The parts that are rewritten.
    pub parts_done: u64,
    /// The parts that were to be rewritten when it was first looked at.
    pub parts: u64,
    /// The seconds that are left if it goes on as before; `None` before anything is done.
    pub left_s: Option<u64>,
}

impl Progress {
    /// Of a mutation that had `parts` to rewrite when it was first looked at.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate for people"
    )]
    pub fn of(mutation: &Mutation, parts: u64) -> Self {
        let parts_done = parts.saturating_sub(mutation.parts_to_do);
        let done = parts_done as f64 + mutation.running.clamp(0.0, mutation.parts_to_do as f64);
        let left = parts as f64 - done;
        Self {
            parts_done,
            parts,
            left_s: (done > 0.0).then(|| (mutation.age_s as f64 * left / done) as u64),
        }
    }
}

/// The mutations of these tables that have not ended, in the order in which they run.
pub async fn unfinished(session: &Session, tables: &[QualifiedName]) -> Result<Vec<Mutation>, ServerError> {
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = String::new();
    for table in tables {
        names.push_str(if names.is_empty() { "(" } else { ", (" });
        write_string(&mut names, table.database.as_str());
        names.push_str(", ");
        write_string(&mut names, table.name.as_str());
        names.push(')');
    }
    let of_tables = format!("WHERE NOT is_done AND (database, table) IN ({names})");
    // Most often there is none, and joining what runs costs several times as much as asking.
    let any = session
        .scalar(&format!("SELECT count() FROM system.mutations {of_tables}"))
        .await?;
    if any == "0" {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT database, table, mutation_id, command, toUInt64(greatest(0, dateDiff('second', create_time, now()))) AS age_s, \
         toUInt64(parts_to_do) AS parts_to_do, latest_failed_part AS failed_part, latest_fail_reason AS reason, \
         toFloat64(progress) AS running, toUInt64(rows_read) AS rows, toUInt64(bytes_read) AS bytes \
         FROM (SELECT * FROM system.mutations {of_tables}) AS m \
         LEFT JOIN (SELECT database, table, sum(progress) AS progress, sum(rows_read) AS rows_read, \
         sum(bytes_read_uncompressed) AS bytes_read FROM system.merges WHERE is_mutation GROUP BY database, table) AS r \
         ON m.database = r.database AND m.table = r.table \
         ORDER BY create_time, mutation_id"
    );
    session.rows(&sql).await
}

#[derive(Deserialize)]
struct Made {
    same: u64,
    earlier: u64,
    strange: u64,
}

/// Did this ALTER or DELETE leave its mutation, since a moment of the server's clock, which is SQL? `None` where nothing
/// tells: an older one by the same words is of an earlier time, or of now by a clock that was set back. `others` are the statements around it, whose mutations are known to be theirs.
///
/// The server formats both sides, so that spelling does not matter. A mutation of several commands has a row for each.
pub(super) async fn was_made(
    session: &Session,
    table: &QualifiedName,
    sql: &str,
    others: &[&str],
    since: &str,
) -> Result<Option<bool>, ServerError> {
    let formatted = |sql: &str| {
        let mut text = "formatQuerySingleLine(".to_owned();
        write_string(&mut text, &as_alter(table, sql));
        text.push(')');
        text
    };
    let mut start = String::new();
    write_string(&mut start, &format!("ALTER TABLE {} ", table.sql()));
    let command = format!("replaceOne(formatQuerySingleLine(concat({start}, command)), {start}, '')");
    let others: Vec<String> = others.iter().map(|sql| formatted(sql)).collect();
    let mut query = format!(
        "WITH {command} AS made, position({}, made) > 0 AS is_same, create_time >= {since} AS is_later \
         SELECT countIf(is_same AND is_later) AS same, countIf(is_same AND NOT is_later) AS earlier, \
         countIf(NOT is_same AND is_later AND match(command, '^.?(UPDATE|DELETE) ') \
         AND NOT arrayExists(other -> position(other, made) > 0, CAST([{}], 'Array(String)'))) AS strange \
         FROM system.mutations WHERE database = ",
        formatted(sql),
        others.join(", ")
    );
    write_string(&mut query, table.database.as_str());
    query.push_str(" AND table = ");
    write_string(&mut query, table.name.as_str());
    let rows: Vec<Made> = session.rows(&query).await?;
    Ok(match rows.first() {
        Some(Made { same: 1.., .. }) => Some(true),
        Some(Made {
            strange: 0,
            earlier: 0,
            ..
        }) => Some(false),
        // Perhaps the server calls this one by other words: it replaces functions of users by what they stand for.
        _ => None,
    })
}

/// What the server makes of it: `DELETE FROM` marks rows by an UPDATE.
fn as_alter(table: &QualifiedName, sql: &str) -> String {
    let Ok(tokens) = lex(sql) else {
        return sql.to_owned();
    };
    let condition = tokens.iter().find(|token| token.is_word("WHERE"));
    match (
        tokens.first().is_some_and(|token| token.is_word("DELETE")),
        condition,
    ) {
        (true, Some(condition)) => {
            let condition = &sql[condition.at..];
            format!("ALTER TABLE {} UPDATE _row_exists = 0 {condition}", table.sql())
        }
        _ => sql.to_owned(),
    }
}
