//! 174 to 189: views and statements that not every version of ClickHouse takes. The versions stand in the table of facts,
//! [`crate::version::Fact::all`].

super::rules! { 174 to 189:
/// a refreshable materialized view on an old server
///
/// A materialized view has a REFRESH clause.
///
/// # Why
///
/// Until 24.10 it needs a setting (error 344).
///
/// # Example
///
/// ```text
/// error[CHX174]: web.page_view: a refreshable materialized view needs the setting `allow_experimental_refreshable_materialized_view` on ClickHouse 23.12
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or run its INSERT SELECT from outside. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
REFRESHABLE_VIEW = 174;

/// APPEND of a refreshable materialized view, on an old server
///
/// A refreshable materialized view says APPEND.
///
/// # Why
///
/// On 24.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX175]: web.page_view: APPEND of a refreshable materialized view is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or run its INSERT SELECT from outside. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
REFRESH_APPEND = 175;

/// CREATE OR REPLACE of a materialized view, on an old server
///
/// A step replaces a materialized view in place.
///
/// # Why
///
/// Up to 26.3 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX176]: web.page_view: CREATE OR REPLACE of a materialized view is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or drop the view and create it; rows that are inserted meanwhile pass it by. The version of a
/// server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
REPLACE_MATERIALIZED_VIEW = 176;

/// changing the comment of a database, on an old server
///
/// A step changes the comment of a database.
///
/// # Why
///
/// On 24.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX177]: web.page_view: changing the comment of a database is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep the comment as it is. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
DATABASE_COMMENT = 177;

/// another type for a column that a skipping index reads, on an old server
///
/// A column changes its type, and a skipping index of the table reads it.
///
/// # Why
///
/// Up to 25.8 the server refuses it (error 524).
///
/// # Example
///
/// ```text
/// error[CHX178]: web.page_view: another type for a column that a skipping index reads is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or drop the index in a migration before, and add it again behind. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
INDEXED_COLUMN_TYPE = 178;

/// a column TTL that changes without the type, on an old server
///
/// A step sets the TTL of a column and nothing else.
///
/// # Why
///
/// Up to 26.1 `MODIFY COLUMN c TTL ...` is a syntax error (62): the type has to be repeated.
///
/// # Example
///
/// ```text
/// error[CHX179]: web.page_view: a column TTL that changes without the type is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or repeat the type: `MODIFY COLUMN c T TTL ...`. The version of a server that cannot be asked
/// stands in `chx.toml`: `[env.prod] version = "25.8"`.
COLUMN_TTL_ALONE = 179;

/// an ALTER on a server before 24.8
///
/// A step alters a table.
///
/// # Why
///
/// chx puts every command of an ALTER into parentheses, because some swallow what follows a comma otherwise. 23.10
/// does not know them (error 62).
///
/// # Example
///
/// ```text
/// error[CHX180]: web.page_view: an ALTER with its commands in parentheses is refused by ClickHouse 23.10
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or chx supports no server that is older. The version of a server that cannot be asked stands
/// in `chx.toml`: `[env.prod] version = "25.8"`.
PARENTHESISED_ALTER = 180;

/// ADD ENUM VALUES on an old server
///
/// A step adds names to an Enum without repeating those that it has.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX181]: web.task: ADD ENUM VALUES is refused by ClickHouse 26.3
///   --> migrations/20261122T090000_states.sql:9
/// ```
///
/// # Way out
///
/// Update the server, or write the whole type: `MODIFY COLUMN c Enum8(...)`. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
ADD_ENUM_VALUES = 181;

/// MODIFY CONSTRAINT on an old server
///
/// A step changes a constraint in place.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX182]: web.page_view: MODIFY CONSTRAINT is refused by ClickHouse 26.3
///   --> migrations/20261122T090000_sane.sql:9
/// ```
///
/// # Way out
///
/// Update the server, or drop the constraint and add it again in one ALTER. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
MODIFY_CONSTRAINT = 182;

/// STATISTICS of the kind basic or uniq_v2, on an old server
///
/// A column has statistics of the kind `basic` or `uniq_v2`.
///
/// # Why
///
/// Up to 26.5 the kind is unknown (80).
///
/// # Example
///
/// ```text
/// error[CHX183]: web.page_view.url: STATISTICS of the kind `basic` or `uniq_v2` is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `uniq` and `tdigest`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
STATISTICS_BASIC = 183;

/// STATISTICS of the kind minmax, on an old server
///
/// A column has statistics of the kind `minmax`.
///
/// # Why
///
/// On 24.8 the kind is unknown (80).
///
/// # Example
///
/// ```text
/// error[CHX184]: web.page_view.at: STATISTICS of the kind `minmax` is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `tdigest`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
STATISTICS_MINMAX = 184;

/// A Map in a dictionary, on an old server
///
/// An attribute of a dictionary is a Map.
///
/// # Why
///
/// Up to 26.3 its type is unknown to a dictionary (50).
///
/// # Example
///
/// ```text
/// error[CHX185]: web.countries.names: a Map in a dictionary is refused by ClickHouse 26.3
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep the keys and the values in an Array each. The version of a server that cannot be asked
/// stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
DICTIONARY_MAP = 185;

/// REFRESH DEPENDS ON without a time, on an old server
///
/// A refreshable materialized view runs after others and has no time of its own.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX186]: web.totals: REFRESH DEPENDS ON without a time is refused by ClickHouse 26.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or give it a time: `REFRESH EVERY 1 HOUR DEPENDS ON ...`. The version of a server that cannot be
/// asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
REFRESH_AFTER_OTHERS = 186;

/// UNION in a materialized view, on an old server
///
/// The query of a materialized view has a UNION.
///
/// # Why
///
/// On 24.8 a materialized view reads one query (397).
///
/// # Example
///
/// ```text
/// error[CHX187]: app.per_site: UNION in a materialized view is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write a materialized view into the same table for each of the queries. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
MATERIALIZED_UNION = 187;

/// a clause behind EPHEMERAL, on an old server
///
/// An EPHEMERAL column without a default has a comment, a codec or another clause.
///
/// # Why
///
/// 24.8 takes the word behind EPHEMERAL for its default (62).
///
/// # Example
///
/// ```text
/// error[CHX188]: app.event.raw: a clause behind EPHEMERAL without a default is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or give the column a default: `EPHEMERAL ''`. The version of a server that cannot be asked stands
/// in `chx.toml`: `[env.prod] version = "25.8"`.
EPHEMERAL_CLAUSES = 188;

/// the engine Alias, on an old server
///
/// A table has the engine Alias.
///
/// # Why
///
/// Up to 25.8 the engine is unknown (56); 26.1 and 26.3 take it with a setting (344).
///
/// # Example
///
/// ```text
/// error[CHX189]: app.old_name: the engine Alias is refused by ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use a view. Where the setting is enough, give it to the user that migrates, in its settings
/// profile. The version of a server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
ALIAS_ENGINE = 189;
}
