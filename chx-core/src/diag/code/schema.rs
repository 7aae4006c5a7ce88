//! 1xx: what is wrong with a schema, whoever wrote it.

super::rules! { 100 to 199:
/// a name cannot be one, or is there twice
///
/// A database, table, column, index, projection or constraint has a name that ClickHouse cannot store, or two members
/// of one table have the same name.
///
/// # Why
///
/// ClickHouse takes nearly every text as a name, as long as it is quoted. An empty name and a NUL byte cannot be sent
/// to it at all. Of two columns of one name it refuses the second (error 15 or 44).
///
/// # Example
///
/// ```text
/// error[CHX101]: web.page_view: the column `site` is declared twice
///   --> src/schema.rs:13
/// ```
///
/// # Way out
///
/// Give one of the two another name, on the field with `#[ch(name = "...")]`. If the column was renamed, the field has
/// the new name and `#[ch(renamed_from = "...")]` the old one: then it is one column and not two.
INVALID_NAME = 101;

/// a piece of SQL in a declaration cannot be read
///
/// An expression, key, engine, codec, TTL, index type or query is not what ClickHouse's grammar says: something is not
/// closed, missing or too much. The message says what, and where in the text.
///
/// # Why
///
/// What cannot be read cannot be compared with what the database has, so every later answer would be a guess.
///
/// # Example
///
/// ```text
/// error[CHX102]: web.page_view: the partition key cannot be read: `(` is not closed (line 1, column 9, at `(ts`)
///   --> src/schema.rs:10
/// ```
///
/// # Way out
///
/// Correct the text at the place that the message names. Line and column count within the text itself.
INVALID_SQL = 102;

/// a type is one that no server accepts
///
/// The type of a column is unknown, has arguments that it cannot have, or stands inside a type that cannot hold it.
///
/// # Why
///
/// ClickHouse would refuse the CREATE (errors 43, 50, 370, 377 and others), perhaps behind statements that already ran.
///
/// # Example
///
/// ```text
/// error[CHX103]: web.page_view: the column `a` has a type that cannot be: ClickHouse has no type `Strin`; did you mean `String`?
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Use the type that the message offers. `Nullable` goes inside `LowCardinality` and `Array`, not around them.
INVALID_TYPE = 103;

/// two objects have one name
///
/// Two structs declare a table, view or materialized view of the same name in the same database.
///
/// # Why
///
/// Tables, views and dictionaries of a database share one space of names. Which of the two declarations counts would
/// depend on the order in which the linker leaves them.
///
/// # Example
///
/// ```text
/// error[CHX104]: app.hits: `app.hits` is declared twice: at src/schema.rs:10 and at src/schema.rs:20, by `app::schema::Hits`
///   --> src/schema.rs:20
/// ```
///
/// # Way out
///
/// Give one of them another name with `#[ch(name = "...")]` or another database with `#[ch(database = "...")]`, or take
/// one away. A struct that is only another view on the rows needs no derive of the schema.
DUPLICATE_OBJECT = 104;

/// the target of a materialized view is not declared
///
/// A materialized view writes with `to` into a table that is not part of the Rust schema.
///
/// # Why
///
/// chx creates the target before the view and changes it before the view's query. It cannot do that for a table that
/// it does not know; a view without its target makes every insert into the source fail (error 60).
///
/// # Example
///
/// ```text
/// error[CHX105]: app.site_day_mv: its target `app.site_days` is not declared
///   --> src/schema.rs:20
///   help: did you mean `app.site_day`?
/// ```
///
/// # Way out
///
/// Declare the target with `#[derive(ChTable)]`, or correct the name. Naming it as a Rust type, `to = SiteDay`, lets
/// the compiler find the mistake.
MISSING_TARGET = 105;
}
