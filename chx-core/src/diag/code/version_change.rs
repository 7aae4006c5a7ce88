//! 280 to 289: changes, clauses and things of the server that old versions of ClickHouse take in one form and not in another. The
//! versions stand in the table of facts, [`crate::version::Fact::all`].

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

/// a named collection that an old server does not show
///
/// The schema declares a named collection.
///
/// # Why
///
/// 24.8 makes and changes named collections, but its `system.named_collections` has no `create_query`: the marks of the keys and
/// who made the collection are not to be seen. So drift and `pull` leave it out there.
///
/// # Example
///
/// ```text
/// warning[CHX283]: named collection files: a named collection is made, but not shown, so that drift and pull know nothing of it, on ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server. Until then change the collection by migrations only: what somebody else changes is not found out. The version
/// of a server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
UNSEEN_NAMED_COLLECTION = 283;

/// a workload or a resource, on an old server
///
/// The schema declares a workload or a resource.
///
/// # Why
///
/// On 24.8 they are a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX284]: workload reports: a workload or a resource is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave it out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
WORKLOAD_OR_RESOURCE = 284;

/// a resource that counts queries, on an old server
///
/// A resource is declared with QUERY.
///
/// # Why
///
/// On 25.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX285]: resource queries: a resource that counts QUERY is refused by ClickHouse 25.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or limit queries with `max_concurrent_queries` of the server. The version of a server that cannot be asked
/// stands in `chx.toml`: `[env.prod] version = "25.8"`.
RESOURCE_QUERY = 285;

/// a resource that counts memory, on an old server
///
/// A resource is declared with MEMORY RESERVATION.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX286]: resource ram: a resource that counts MEMORY RESERVATION is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or limit memory with `max_memory_usage_for_user` of a settings profile. The version of a server that cannot
/// be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
RESOURCE_MEMORY = 286;

/// a setting of a workload with a unit, on an old server
///
/// A setting of a workload is a text: `max_bytes_per_second = '10M'`.
///
/// # Why
///
/// Up to 26.5 these settings take numbers only (170).
///
/// # Example
///
/// ```text
/// error[CHX287]: workload reports: a setting of a workload with a unit, such as `'10M'` is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write the number: `10000000`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
WORKLOAD_UNITS = 287;

/// a condition of a JOIN that is no equality, on an old server
///
/// A query joins two tables, and ON compares columns of both with something else than `=`: `a.at >= b.at`, BETWEEN, a call.
///
/// # Why
///
/// On 24.8 such a condition needs a setting when the view is made (error 403), and beside it at least one equality. ASOF JOIN has
/// its one inequality on every version.
///
/// # Example
///
/// ```text
/// error[CHX288]: web.funnel: a condition of a JOIN that compares both tables and is no equality needs the setting `allow_experimental_join_condition` on ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or put the condition into WHERE, for an INNER JOIN. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
JOIN_CONDITION = 288;

/// UNIQUE KEY on an old server
///
/// A table has a UNIQUE KEY.
///
/// # Why
///
/// Up to 26.3 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX289]: shop.account: UNIQUE KEY is refused by ClickHouse 26.3
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use ReplacingMergeTree and read with FINAL. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
UNIQUE_KEY = 289;
}
