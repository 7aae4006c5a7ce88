//! 100 to 149: what is wrong with a schema, whoever wrote it.

super::rules! { 100 to 149:
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

/// ClickHouse refuses the object
///
/// `check` makes every declared object in an empty engine, and this one was not taken.
///
/// # Why
///
/// What the compiler cannot know, such as whether a function exists or which types it takes, only the engine knows. Better
/// before the commit than during the deploy. A note instead of an error says that the object, or a part of it, needs something
/// that the engine here does not have: a cluster, a queue, a disk, a named collection, another server. Of such an object
/// the columns are tried out all the same.
///
/// # Example
///
/// ```text
/// error[CHX106]: `web.page_view` is refused by ClickHouse: error 46 (UNKNOWN_FUNCTION): Function with name `toDat` does
/// not exist
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Change the declaration so that ClickHouse takes it. `check.engine = "off"` in `chx.toml` skips the try.
REFUSED_BY_ENGINE = 106;

/// the declared workloads and resources are none that a server takes
///
/// Two workloads without a parent, one that is its own ancestor, a parent or a resource that nothing declares, two resources
/// that count the same queries, a name that both kinds have.
///
/// # Why
///
/// A server has one tree of workloads, and refuses each of these (error 36). Seen in the declarations, it costs no deploy.
///
/// # Example
///
/// ```text
/// error[CHX107]: workload reports: names the workload everything, which is not there
///   --> src/schema.rs:8
///   help: a server has one tree of workloads: declare all of it, with the resources that it names
/// ```
///
/// # Way out
///
/// Declare the whole tree: its root, which has no `parent`, and every resource that stands behind `FOR`.
WORKLOADS = 107;

/// a setting of queries stands among those of a table
///
/// A table of the MergeTree family has a setting in its `settings(...)` that MergeTree has not and a query has, such as
/// `allow_experimental_json_type` or `max_threads`.
///
/// # Why
///
/// Servers of 25.5 and later take it for a setting of the CREATE itself and store the table without it, so that the database
/// could never be what the code says. 24.8 refuses it (error 115).
///
/// # Example
///
/// ```text
/// error[CHX108]: web.page_view: `allow_experimental_json_type` is a setting of queries and not of MergeTree: the server takes it for the statement's and stores the table without it; take it away
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Take it away. Where the server refuses the table without it, chx names the setting that it needs (CHX150 and on): that
/// belongs to the user or the profile that migrates. In a migration that is written by hand it may stay: `seal` notes what the
/// statement does without it.
QUERY_SETTING = 108;

/// a statement of a schema script cannot be read
///
/// `file:schema.sql` holds text that is no DDL statement, or one that chx has no place for.
///
/// # Why
///
/// A script is compared with other schemas. Leaving out what cannot be read would show differences that are none, and
/// hide some that are.
///
/// # Example
///
/// ```text
/// error[CHX120]: `schema.sql` expected a data type, found `UInt7` (line 4, column 3)
///   --> schema.sql:4
/// ```
///
/// # Way out
///
/// Correct the line. A script holds CREATE, ALTER, RENAME and DROP statements with `;` between them; statements about
/// rows (INSERT, SELECT) do not belong there.
UNREADABLE_SCRIPT = 120;

/// a statement of a schema script cannot be carried out
///
/// A statement of `file:schema.sql` does not work on the schema that the statements before it make.
///
/// # Why
///
/// A script begins with nothing. What it alters, renames or drops has to be created in it before.
///
/// # Example
///
/// ```text
/// error[CHX121]: `schema.sql` `shop.c` does not exist
///   --> schema.sql:5
/// ```
///
/// # Way out
///
/// Put the statements into their order, or take out the one that is about something else.
IMPOSSIBLE_SCRIPT = 121;

/// a snapshot cannot be taken for a schema
///
/// `snapshot:schema.json` is no JSON of the known form, has another version, or was edited.
///
/// # Why
///
/// A snapshot is written by chx and carries the fingerprint of each object. Where the statement no longer fits it,
/// nobody can tell which of the two is meant.
///
/// # Example
///
/// ```text
/// error[CHX122]: `schema.json` `shop.site_views` is not what its fingerprint says: the snapshot was edited
///   --> schema.json:12
///   help: `chx-migrate schema --snapshot FILE` writes one
/// ```
///
/// # Way out
///
/// Write it again with `chx-migrate schema --snapshot FILE`. To write a schema by hand, use a script: `file:schema.sql`.
BAD_SNAPSHOT = 122;
}
