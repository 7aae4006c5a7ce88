//! 292 to 299: servers as a whole, and expressions of old servers that find no place among those from 190 to 199.

super::rules! { 292 to 299:
/// a server that is older than chx supports
///
/// The server that a command connects to, or one of `chx.toml`, is older than ClickHouse 24.8.
///
/// # Why
///
/// chx was made for 24.8 and later, and run on no server before it. Older ones refuse every ALTER as chx writes it (62) and show
/// less of what they have, so nothing is read from them and nothing is sent.
///
/// # Example
///
/// ```text
/// error[CHX292]: `http://127.0.0.1:8123` is ClickHouse 23.10, and chx supports 24.8 and later
///   help: update the server
/// ```
///
/// # Way out
///
/// Update the server.
UNSUPPORTED_SERVER = 292;

/// a column called `select` that is added to, on an old server
///
/// A part of an expression of a table begins with a column called `select` and `+` or `-`.
///
/// # Why
///
/// Up to 26.1 the server writes the name without quotes, and brackets around the part: `(select + n)`. When it reads that again, it is a subquery, `(SELECT n)`, and
/// the default is another one.
///
/// # Example
///
/// ```text
/// error[CHX293]: web.page.total: a part of an expression that begins with a column called `select` and `+` or `-` is stored as a subquery by ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, put the column last (`n + select`), or rename it. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
SELECT_COLUMN = 293;

/// settings of a database, on an old server
///
/// A database has SETTINGS behind its engine.
///
/// # Why
///
/// Up to 25.5 the engines of databases take no settings (37). Later ones take `disk`, and since 26.3 `lazy_load_tables`.
///
/// # Example
///
/// ```text
/// error[CHX294]: web: a database with SETTINGS is refused by ClickHouse 25.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the settings out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
DATABASE_SETTINGS = 294;

/// `lazy_load_tables` of a database, on an old server
///
/// A database has the setting `lazy_load_tables`.
///
/// # Why
///
/// 25.8 and 26.1 do not know it yet. They keep it, as they keep any setting of a database that says no `disk`, and load all tables
/// when they start; beside `disk` they refuse it (115).
///
/// # Example
///
/// ```text
/// warning[CHX295]: web: the setting `lazy_load_tables` of a database is kept and not heeded, and refused where `disk` is set too, on ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the setting out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
LAZY_LOAD_TABLES = 295;
}
