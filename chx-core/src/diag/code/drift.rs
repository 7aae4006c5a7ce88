//! 4xx: where a live database is not what it should be.

super::rules! { 400 to 499:
/// the definition of a live object cannot be read
///
/// The database has the object, but chx does not understand the CREATE statement that the server stores for it.
///
/// # Why
///
/// Nothing can then be said about the object: neither that it is what it should be nor that it is not.
///
/// # Example
///
/// ```text
/// warning[CHX401]: web.page_view: is there, but its definition cannot be read: ...
///   help: whether it is what it should be is not known
/// ```
///
/// # Way out
///
/// If nobody declared the object, nothing has to be done. Otherwise compare by hand with `SHOW CREATE TABLE`, and
/// report the clause so that chx learns to read it.
UNREADABLE_OBJECT = 401;

/// a database shows the objects of another place
///
/// A database of the server has an engine such as PostgreSQL, MySQL or DataLakeCatalog: its tables live elsewhere.
///
/// # Why
///
/// Their definitions are not kept by this server and cannot be changed through it. chx leaves them alone.
///
/// # Example
///
/// ```text
/// note[CHX402]: crm: shows the objects of another place (engine `PostgreSQL`), which are left alone
/// ```
///
/// # Way out
///
/// Nothing has to be done. To keep the note away, leave the database out of what is looked at.
FOREIGN_DATABASE = 402;

/// a database that was asked for is not there, or may not be seen
///
/// The database is declared or was chosen, but the server does not list it for this user.
///
/// # Why
///
/// ClickHouse does not show what a user has no right to. To such a user a database that is hidden looks like one
/// that is not there.
///
/// # Example
///
/// ```text
/// note[CHX403]: web: is not on the server, or this user may not see it
/// ```
///
/// # Way out
///
/// Look at the spelling of the name. `SHOW GRANTS` says what the user may see; it needs `SHOW` on the database.
NO_DATABASE = 403;

/// the user may not see the objects
///
/// The server lists only what the user may see. An object that is expected and not listed may be there all the same.
///
/// # Why
///
/// What is called missing is created by the next repair, and what is not seen is not pulled, adopted or compared.
///
/// # Example
///
/// ```text
/// warning[CHX404]: shop.site_views: is not listed by the server, and this user may not see everything in its database
/// ```
///
/// # Way out
///
/// `GRANT SHOW TABLES, SHOW DICTIONARIES ON shop.* TO user`. That shows definitions, not rows. Or leave the objects that
/// are hidden on purpose out with `scope.exclude` in `chx.toml`.
HIDDEN_OBJECTS = 404;

/// a pattern chooses nothing
///
/// A pattern of `--include`, or of `scope.include` in `chx.toml`, means nothing that is declared or was looked at.
///
/// # Why
///
/// A name that was misspelt, or that something no longer has, chooses nothing, and what is not looked at has no drift.
///
/// # Example
///
/// ```text
/// note[CHX405]: `web.page_veiw` chooses nothing that is there or declared
/// ```
///
/// # Way out
///
/// Correct the pattern, or take it away.
IDLE_PATTERN = 405;

/// an object that should be there is not
///
/// The history (or, with `drift --registry`, the Rust schema) has an object that the live database has not.
///
/// # Why
///
/// Somebody dropped or renamed it by hand, or a migration was taken back without chx. Inserts, queries and later
/// migrations that need it fail.
///
/// # Example
///
/// ```text
/// error[CHX410]: web.page_view: this table should be there and is not
/// ```
///
/// # Way out
///
/// If it was dropped within the last eight minutes, `UNDROP TABLE` brings it back with its rows. If it was renamed,
/// rename it back. Otherwise the repair that `drift` prints creates it, without rows.
OBJECT_MISSING = 410;

/// an object is there that nobody declared
///
/// A database that the schema lives in holds an object that is not part of the schema.
///
/// # Why
///
/// Something that is made by hand in production is lost with the next environment: nobody else has it.
///
/// # Example
///
/// ```text
/// warning[CHX411]: web.page_view_backup: this table is there, but nobody declared it
/// ```
///
/// # Way out
///
/// Declare it as a struct, drop it if it was only a try, or move it to a database that chx does not look at.
OBJECT_EXTRA = 411;

/// an object is not what it should be
///
/// The live definition means something else than the one in the history or in the Rust schema. Two spellings of one
/// meaning are no difference: what is left was compared by the engine as well.
///
/// # Why
///
/// The next migration was planned for the object as it should be. On another one it may fail, or do something that
/// nobody has looked at.
///
/// # Example
///
/// ```text
/// error[CHX412]: web.page_view: this table is not what it should be
/// ```
///
/// # Way out
///
/// Either the change by hand was right: write it into the Rust struct and `generate`. Or it was not: run the repair
/// that `drift` prints.
OBJECT_CHANGED = 412;

/// whether an object is what it should be cannot be known
///
/// A part of the live definition is hidden (`[HIDDEN]` in place of a password) or cannot be read or compared.
///
/// # Why
///
/// What cannot be known is said to be unknown, never equal.
///
/// # Example
///
/// ```text
/// warning[CHX413]: web.users: whether it is what it should be cannot be known: ...
/// ```
///
/// # Way out
///
/// Compare by hand with `SHOW CREATE TABLE`. A user with the privilege `displaySecretsInShowAndSelect` sees hidden
/// values, where the server allows it.
OBJECT_UNKNOWN = 413;

/// an object has a secret, which no server shows
///
/// The live definition says `[HIDDEN]` where the declared one has a password or key. All else is equal.
///
/// # Why
///
/// What cannot be known is said to be unknown, never equal: the secret may have changed on either side.
///
/// # Example
///
/// ```text
/// note[CHX414]: web.users: has a secret that the server does not show: whether it is the declared one is not known
/// ```
///
/// # Way out
///
/// Keep secrets in a named collection, so that they stand in no definition. Otherwise try the object out with a
/// query.
OBJECT_SECRET = 414;

/// there is no plan for a way out of the drift
///
/// The differences are known, but chx found no order of statements that takes the database from one side to the
/// other.
///
/// # Why
///
/// Objects that read each other in a circle cannot be created one after the other, for instance.
///
/// # Example
///
/// ```text
/// warning[CHX415]: the schema: there is no plan to repair it: these objects read each other, so none can be created first: `web.a`, `web.b`
/// ```
///
/// # Way out
///
/// The differences themselves are reported all the same. Make the change by hand, object by object.
NO_PLAN = 415;

/// the object cannot be said in Rust
///
/// `pull` found an object for which there is no derive, or a clause that cannot be written in an attribute.
///
/// # Why
///
/// What is left out in silence would be dropped by the next migration, or missing in the next environment.
///
/// # Example
///
/// ```text
/// warning[CHX420]: `default` has a comment, which cannot be said in Rust: the server makes this database
/// ```
///
/// # Way out
///
/// Keep the object in a migration that is written by hand (`generate --empty`), and out of `drift` with
/// `scope.exclude` in `chx.toml`.
UNSAID_OBJECT = 420;

/// the object is declared, but the database that is pulled does not have it
///
/// Its struct stays as it is.
///
/// # Why
///
/// `pull` never takes code away: the object may be new and not migrated yet, or live in another database.
///
/// # Example
///
/// ```text
/// note[CHX421]: web.page_view: this table is declared, but the database does not have it; its struct stays
/// ```
///
/// # Way out
///
/// If the table is gone for good, take its struct away. If it is new, `generate` and `migrate` bring it to the database.
ONLY_DECLARED = 421;

/// the code has to be changed by hand
///
/// The database has an object otherwise than the code says, and `pull` cannot change the code at its place.
///
/// # Why
///
/// `pull` changes pieces of code only where it is sure what they mean: the order of fields, the values of an enum that
/// other code uses, and structs that a macro writes are not such pieces.
///
/// # Example
///
/// ```text
/// warning[CHX422]: web.page_view: has to be finished by hand: its columns are in another order in the database; move
/// the fields
/// ```
///
/// # Way out
///
/// Make the change that the finding names; `drift --against registry` says when nothing is left.
CODE_BY_HAND = 422;

/// a secret that the server does not show was given a place
///
/// A definition says `[HIDDEN]` where a password or key stands. What is written for it says that the value comes from a variable
/// of the environment, which is named after the object.
///
/// # Why
///
/// No server shows its secrets, and no code, migration or plan of chx holds one: what stands there is where the value comes
/// from. The database that was read has the value already; the next one that `migrate` makes needs it.
///
/// # Example
///
/// ```text
/// note[CHX423]: shop.country: has a secret that the server does not show; it is written as `env:SHOP_COUNTRY_PASSWORD`
///   help: give the variable the value where `migrate` creates the object, or write `'file:PATH'` in its place
/// ```
///
/// # Way out
///
/// Set the variable where migrations run, take a name of your own, or read the value from a file: `'file:/run/secrets/country'`.
PLACED_SECRET = 423;

/// an object was pulled as raw
///
/// The statement of a live object holds something that chx has no place for. `pull` writes the whole statement into a struct with
/// `ChRaw`.
///
/// # Why
///
/// Nothing is lost: the statement is what the server stores, it makes the same object again, and `drift` compares it as a whole.
/// But chx cannot say what is in it, plans no ALTER for it, and there are no typed rows.
///
/// # Example
///
/// ```text
/// note[CHX424]: web.per_minute: is written as raw (`ChRaw`): chx does not read all of its statement
///   help: it is compared as a whole; what is not read: `CREATE WINDOW VIEW` is not supported by chx yet
/// ```
///
/// # Way out
///
/// Nothing has to be done. Where a newer chx reads it, take the struct out and pull again.
PULLED_RAW = 424;

/// a check of the rows fails
///
/// A query beside a struct (`check(...)`) or in the folder `checks` throws.
///
/// # Why
///
/// The rows are not what the schema says of them. What the types and constraints of a table cannot say, a check does.
///
/// # Example
///
/// ```text
/// error[CHX430]: shop.invoice: no debts: 3 invoices below zero
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Ask the query without `throwIf` for the rows that it is about, and mend them; or change the check. `severity = warning` reports
/// it without failing.
DATA_CHECK_FAILED = 430;
}
