//! 280 to 289: changes and clauses that old versions of ClickHouse take in one form and not in another. The versions stand in
//! the table of facts, [`crate::version::Fact::all`].

super::rules! { 280 to 289:
/// a Nullable column that becomes plain, on an old server
///
/// A plan changes a Nullable column to the type without Nullable.
///
/// # Why
///
/// Up to 25.8 the mutation does not put the default in place of a NULL: it fails at the first one (349), is tried again and again,
/// and until no NULL is left every read of the column fails too. From 26.1 on a NULL becomes the default.
///
/// # Example
///
/// ```text
/// warning[CHX280]: app.event.user: a Nullable column that becomes plain fails at the first NULL (349), and so does every
/// read of the column until there is none on ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Put a value in place of every NULL in a migration before: `ALTER TABLE t UPDATE c = 0 WHERE c IS NULL`. Where it has
/// happened, `KILL MUTATION`, then `ALTER TABLE t MODIFY COLUMN c Nullable(T)`, and the rows are as they were. The
/// version of a server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
NULLABLE_TO_PLAIN = 280;

/// REFRESH AFTER with DEPENDS ON, on an old server
///
/// A refreshable materialized view waits a time after its last refresh, and for other views.
///
/// # Why
///
/// Up to 26.5 only EVERY goes with DEPENDS ON (36).
///
/// # Example
///
/// ```text
/// error[CHX281]: app.totals: REFRESH AFTER with DEPENDS ON is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write EVERY in the place of AFTER. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
REFRESH_AFTER_DEPENDS = 281;

/// `STATISTICS(uniq)` of text, on an old server
///
/// A column of the type String has STATISTICS(uniq).
///
/// # Why
///
/// 24.8 counts numbers only (708).
///
/// # Example
///
/// ```text
/// error[CHX282]: app.event.user: STATISTICS(uniq) of a column of text is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the clause out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
STATISTICS_OF_TEXT = 282;
}
