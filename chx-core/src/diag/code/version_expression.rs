//! 190 to 199: expressions and settings that not every version of ClickHouse takes. The versions stand in the table of facts,
//! [`crate::version::Fact::all`], and in that of the settings.

super::rules! { 190 to 199:
/// a subcolumn in a clause of a table, on an old server
///
/// A default, a key, an index, a TTL or a projection names a part of a column: `t.a` of a tuple, `n.null`, `a.size0`,
/// `m.keys`, a path of a JSON.
///
/// # Why
///
/// 24.8 knows subcolumns in queries only (47).
///
/// # Example
///
/// ```text
/// error[CHX190]: app.event.city: a subcolumn in a clause of a table is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or take the part with a function: `tupleElement(t, 'a')`, `isNull(n)`, `length(a)`, `mapKeys(m)`.
/// The version of a server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
SUBCOLUMN = 190;

/// IS DISTINCT FROM, on an old server
///
/// An expression says IS DISTINCT FROM.
///
/// # Why
///
/// Up to 25.8 it is a syntax error (62); IS NOT DISTINCT FROM is none.
///
/// # Example
///
/// ```text
/// error[CHX191]: app.event.changed: IS DISTINCT FROM is refused by ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write `NOT (a <=> b)`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
IS_DISTINCT_FROM = 191;

/// LIKE with ESCAPE, on an old server
///
/// An expression says LIKE or ILIKE with ESCAPE.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX192]: app.event.hit: LIKE with ESCAPE is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or escape with a backslash, which LIKE knows by itself. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
LIKE_ESCAPE = 192;

/// AT TIME ZONE, on an old server
///
/// An expression says AT TIME ZONE.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX193]: app.event.at: AT TIME ZONE is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write `toTimeZone(t, 'zone')`. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
AT_TIME_ZONE = 193;

/// trim of other characters, on an old server
///
/// An expression calls `trim`, `ltrim` or `rtrim` with a second argument.
///
/// # Why
///
/// Up to 25.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX194]: app.event.name: trim of other characters than blanks, as a call is refused by ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write `TRIM(BOTH 'x' FROM s)`, with LEADING for `ltrim` and TRAILING for `rtrim`. The version of
/// a server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
TRIM_CHARACTERS = 194;

/// TRIM that is stored as something else
///
/// An expression says TRIM with BOTH, LEADING or TRAILING.
///
/// # Why
///
/// 24.8 stores a call of `replaceRegexpOne` or `replaceRegexpAll` in its place, and drift would find that.
///
/// # Example
///
/// ```text
/// error[CHX195]: app.event.name: TRIM with BOTH, LEADING or TRAILING is stored as a call of `replaceRegexpOne` or `replaceRegexpAll` by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write what it is stored as. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
TRIM_WORDS = 195;

/// overlay with PLACING, on an old server
///
/// An expression says overlay with PLACING.
///
/// # Why
///
/// Up to 26.3 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX196]: app.event.name: overlay with PLACING is refused by ClickHouse 26.3
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write `overlay(s, 'x', 1)`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
OVERLAY_PLACING = 196;

/// a function without parentheses, on an old server
///
/// A clause of a table calls a function without parentheses: `CURRENT_TIMESTAMP`, `CURRENT_DATE`, `now`.
///
/// # Why
///
/// Up to 26.1 it is the name of a column that is not there (47).
///
/// # Example
///
/// ```text
/// error[CHX197]: app.event.at: a function without parentheses, such as `CURRENT_TIMESTAMP` or `now` is refused by ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write the parentheses: `now()`, `today()`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
CALL_WITHOUT_PARENTHESES = 197;

/// `_part_offset` in a projection, on an old server
///
/// A projection reads `_part_offset`.
///
/// # Why
///
/// 24.8 does not know the column there (47).
///
/// # Example
///
/// ```text
/// error[CHX198]: app.event: `_part_offset` in a projection is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the column out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
PROJECTION_PART_OFFSET = 198;

/// a setting of a later release
///
/// A table or a workload has a setting that came with a later release than that of the server.
///
/// # Why
///
/// A server refuses a setting that it does not know (115, of a workload 36). Which release knows which comes from
/// `system.merge_tree_settings` of the releases from 24.8 to 26.9, and from workloads that were made on them.
///
/// # Example
///
/// ```text
/// error[CHX199]: app.event: the setting `auto_statistics_types` is unknown to ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the setting out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
LATER_SETTING = 199;
}
