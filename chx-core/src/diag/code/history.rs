//! 3xx: what is wrong with a history of migrations, alone or against what a database has run.

super::rules! { 300 to 399:
/// a migration's file was changed after it was written
///
/// The bytes of the file are not those that its line in `chx.sum` was made from.
///
/// # Why
///
/// Where the migration ran already, the database has the old statements: a changed file makes two databases of one
/// history differ.
///
/// # Example
///
/// ```text
/// error[CHX301]: 20261122T090000_users: the file was changed after it was written
///   --> migrations/20261122T090000_users.sql:1
/// ```
///
/// # Way out
///
/// Take the file back from version control and say what has to change in a new migration. If it was applied nowhere
/// yet, put the line `-- chx:draft` below its id and run `chx-migrate seal`.
FILE_CHANGED = 301;

/// a migration that the history needs is not there
///
/// `chx.sum` names a migration whose file is gone, or `migrate --to` names one that the history does not have.
///
/// # Why
///
/// What was applied somewhere must stay: without it nobody can say what the schema of that database is.
///
/// # Example
///
/// ```text
/// error[CHX302]: 20261122T090000_users: stands in `chx.sum`, but its file is gone
///   --> migrations/chx.sum:3
/// ```
///
/// # Way out
///
/// Take the file back from version control. If the migration ran nowhere, take its line out of `chx.sum` and run
/// `chx-migrate seal`.
FILE_MISSING = 302;

/// a file is not in `chx.sum`
///
/// The folder of the migrations holds a file without a line in `chx.sum`.
///
/// # Why
///
/// The order of the migrations is the order of the lines in `chx.sum`. A file without a line has no place in it.
///
/// # Example
///
/// ```text
/// error[CHX303]: 20261122T090000_users: is not in `chx.sum`, so its place in the order is not known
/// ```
///
/// # Way out
///
/// `chx-migrate seal` adds it at the end. Remove the file if it does not belong there.
NOT_IN_SUM = 303;

/// a migration does not follow the one that it was written to follow
///
/// The lines of `chx.sum` form a chain. This one was made behind another line than the one that stands before it.
///
/// # Why
///
/// This is what a merge of two branches looks like: both added a migration at the end. The order of the two is a
/// decision, and a tool must not take it silently.
///
/// # Example
///
/// ```text
/// error[CHX304]: 20261122T090000_users: was written to follow `20261121T201500_create`, and now follows something else
///   --> migrations/chx.sum:4
/// ```
///
/// # Way out
///
/// Put the lines in the order that you want and run `chx-migrate seal`. It refuses (CHX313) where the two touch one
/// object and do not fit together.
MOVED = 304;

/// a file holds the marks of a merge that was not finished
///
/// A line of `chx.sum` or of a migration starts with `<<<<<<<`, `=======` or `>>>>>>>`.
///
/// # Why
///
/// Such a file says two things at once. In `chx.sum` the conflict is there on purpose: it makes two branches meet.
///
/// # Example
///
/// ```text
/// error[CHX305]: chx.sum: holds the marks of a merge that was not finished
///   --> migrations/chx.sum:3
/// ```
///
/// # Way out
///
/// Keep what belongs there (in `chx.sum` mostly both lines), take the marks out, and run `chx-migrate seal`.
MERGE_CONFLICT = 305;

/// `chx.sum` cannot be read
///
/// The file is gone although there are migrations, or a line is not an id and a hash, or a migration has two lines.
///
/// # Why
///
/// Without it neither the order of the migrations nor their integrity is known.
///
/// # Example
///
/// ```text
/// error[CHX306]: chx.sum: `20261122T090000_users` is not an id and a hash
///   --> migrations/chx.sum:3
/// ```
///
/// # Way out
///
/// Take the file back from version control, or run `chx-migrate seal`, which writes it anew.
SUM_UNREADABLE = 306;

/// the header or the sections of a migration cannot be read
///
/// A line that starts with `-- chx:` is unknown, incomplete, in the wrong place or missing.
///
/// # Why
///
/// Directives that are not known are refused, so that an old chx never half-understands a new file.
///
/// # Example
///
/// ```text
/// error[CHX307]: 20261122T090000_users: the line `-- chx:up` is missing
///   --> migrations/20261122T090000_users.sql:1
/// ```
///
/// # Way out
///
/// Correct the line that the message names. Comments of your own may start with anything but `-- chx:`.
HEADER = 307;

/// a migration is written in a format that this version does not know
///
/// The first line, `-- chx:migration N`, has a larger number than this program understands.
///
/// # Why
///
/// A newer chx wrote the file. What it says there could mean something that this version would do wrong.
///
/// # Example
///
/// ```text
/// error[CHX308]: 20261122T090000_users: is written in format 9, and this version knows 1
/// ```
///
/// # Way out
///
/// Update chx where this program is built.
FORMAT = 308;

/// the SQL of a migration leads to something else than its header says
///
/// chx carried the statements out in thought. The object has not the fingerprint that the header gives for the state
/// after the migration.
///
/// # Why
///
/// The SQL was edited after the migration was made. The migrations behind it were planned for another state.
///
/// # Example
///
/// ```text
/// error[CHX309]: 1_create: the SQL was changed: it does not make `web.hits` what the header says
///   --> migrations/1_create.sql:12
/// ```
///
/// # Way out
///
/// Take the file back from version control. If the edit is meant and the migration ran nowhere, put the line
/// `-- chx:draft` below its id and run `chx-migrate seal`: it writes the header to fit.
FINGERPRINT = 309;

/// header and SQL of a migration speak about different objects
///
/// A statement touches an object that the header does not name, or the header names one that no statement touches.
///
/// # Why
///
/// The header tells other branches which objects a migration is about. A wrong one hides a conflict.
///
/// # Example
///
/// ```text
/// error[CHX310]: 1_create: no statement touches `web.users`, which the header names
///   --> migrations/1_create.sql:4
/// ```
///
/// # Way out
///
/// Take the file back from version control, or put the line `-- chx:draft` below its id and run `chx-migrate seal`,
/// which writes the lines of the header.
OBJECTS = 310;

/// a statement cannot be read
///
/// A statement of a migration is not SQL that chx understands, so its effect on the schema is not known.
///
/// # Why
///
/// The state of the history is what its statements do. One that is not understood would make every later answer wrong.
///
/// # Example
///
/// ```text
/// error[CHX311]: 2_alter: expected a kind of object, found `TABEL`
///   --> migrations/2_alter.sql:12
/// ```
///
/// # Way out
///
/// Correct the statement at the place that the message names.
UNREADABLE_STATEMENT = 311;

/// a statement cannot be carried out on the schema before it
///
/// It alters or drops what is not there, or creates what is there already.
///
/// # Why
///
/// The server would refuse it too, after the statements before it have run.
///
/// # Example
///
/// ```text
/// error[CHX312]: 2_alter: there is no `web.hots`
///   --> migrations/2_alter.sql:12
/// ```
///
/// # Way out
///
/// Correct the statement, or the order of the migrations in `chx.sum`.
IMPOSSIBLE_STATEMENT = 312;

/// a migration was written for another state of an object
///
/// The header gives the fingerprint of the object before the migration, and the migrations before it lead to another.
///
/// # Why
///
/// Two branches changed the same object. Each plan was right alone; together nobody has looked at them.
///
/// # Example
///
/// ```text
/// error[CHX313]: 2_theirs: was written for another state of `web.hits` than `2_ours` leaves it in (migrations/2_ours.sql:3)
///   --> migrations/2_theirs.sql:3
/// ```
///
/// # Way out
///
/// Remove the later migration, if it ran nowhere, and `generate` it again on top of the other one. Or correct its SQL,
/// put the line `-- chx:draft` below its id, and run `chx-migrate seal`.
OTHER_STATE = 313;

/// a migration is a draft
///
/// The header holds the line `-- chx:draft`: somebody is still writing the migration.
///
/// # Why
///
/// A draft has no checked header yet. It never runs.
///
/// # Example
///
/// ```text
/// error[CHX314]: 20261122T090000_users: is a draft
///   --> migrations/20261122T090000_users.sql:3
/// ```
///
/// # Way out
///
/// Finish its statements and run `chx-migrate seal`.
DRAFT = 314;

/// the id in the header is not the name of the file
///
/// A migration is named twice, by its file and by the line `-- chx:id`, and the two differ.
///
/// # Why
///
/// The journal of every database knows the migration by its id. Under another one it would run again.
///
/// # Example
///
/// ```text
/// error[CHX315]: 1_create: the header says `1_other`
///   --> migrations/1_create.sql:2
/// ```
///
/// # Way out
///
/// Give the file its old name back.
NAME = 315;

/// a migration was applied that the history does not have
///
/// The journal of the database names a migration that has no file here.
///
/// # Why
///
/// The program that runs is older than the database, or the file was deleted. What a next migration would find is not
/// known.
///
/// # Example
///
/// ```text
/// error[CHX320]: 20261122T090000_users: was applied here, but is not in the history
/// ```
///
/// # Way out
///
/// Take its file back from version control, or deploy the version of the code that has it.
APPLIED_UNKNOWN = 320;

/// a migration was changed after it ran
///
/// The checksum in the journal of the database is not that of the file.
///
/// # Why
///
/// The database has what the old statements did. Nobody runs the new ones there.
///
/// # Example
///
/// ```text
/// error[CHX321]: 20261122T090000_users: was changed after it ran here
///   --> migrations/20261122T090000_users.sql:9
/// ```
///
/// # Way out
///
/// Take the file back from version control, and say what has to change in a new migration.
APPLIED_CHANGED = 321;

/// a migration is pending although a later one was applied
///
/// The order in `chx.sum` puts a migration before one that this database has run already.
///
/// # Why
///
/// The databases run them in different orders. Where the two touch different objects that is harmless, a warning; where
/// they touch one object the result could differ, an error.
///
/// # Example
///
/// ```text
/// warning[CHX322]: 2_theirs: is applied late: `2_ours`, which comes after it, was applied before
///   help: they touch different objects, so nothing has to be done
/// ```
///
/// # Way out
///
/// For the error: put its line behind the applied one in `chx.sum`, make its SQL fit, and run `chx-migrate seal`.
OUT_OF_ORDER = 322;

/// a change of the Rust schema is in no migration
///
/// Somebody changed a struct and forgot `generate`, or did not commit what it wrote.
///
/// # Why
///
/// The next deploy would bring code that expects another table than the one that is there.
///
/// # Example
///
/// ```text
/// error[CHX323]: `web.page_view` is not in the migrations as the Rust schema has it
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Run `chx-migrate generate`, read what it wrote, and commit it with the change.
NOT_GENERATED = 323;

/// a migration is not applied to the database
///
/// It is waiting, was started and has not ended, or failed.
///
/// # Why
///
/// The database is not yet what the code expects.
///
/// # Example
///
/// ```text
/// error[CHX324]: `20261121T201500_create_page_view` is not applied
/// ```
///
/// # Way out
///
/// Run `chx-migrate migrate`; `status` says more. A pipeline that runs before the deploy sets `check.pending = "off"` in
/// `chx.toml`, or runs `check --offline`.
NOT_APPLIED = 324;

/// the database is not what a migration expects
///
/// A line `-- chx:expect` in the header of a pending migration does not hold: an object that must be there or must not,
/// a column with its type, a setting, a number of rows, a query that throws.
///
/// # Why
///
/// The migration was written for another state. Run anyway, it would fail halfway, or do to the rows what nobody meant.
///
/// # Example
///
/// ```text
/// error[CHX330]: 20261122T090000_users: expects `web.user.age UInt8`, but `web.user.age` is String
///   --> migrations/20261122T090000_users.sql:4
/// ```
///
/// # Way out
///
/// Nothing of it has run. Bring the database to what the migration expects (`chx-migrate drift` shows the way), or change
/// the migration, put the line `-- chx:draft` below its id and run `chx-migrate seal`.
NOT_EXPECTED = 330;

/// a statement of a pending migration cannot run on what is there
///
/// The definitions of the live database were read and the pending statements carried out on them in thought: this one
/// creates what exists, changes what does not exist, or drops a database that holds more than the history knows.
///
/// # Why
///
/// The server would refuse it, after the statements before it have run. `DROP DATABASE` it would not refuse, and delete
/// what nobody spoke of.
///
/// # Example
///
/// ```text
/// error[CHX331]: 20261122T090000_users: statement 2 cannot run here: `web.user` has no column `age`
///   --> migrations/20261122T090000_users.sql:12
/// ```
///
/// # Way out
///
/// `chx-migrate drift` shows what somebody changed by hand and the statements that bring the database back.
CANNOT_RUN = 331;

/// something that a migration expects could not be looked at
///
/// The object is there, but its definition cannot be read.
///
/// # Why
///
/// What was not seen is not claimed. The server itself decides when the statement runs.
///
/// # Example
///
/// ```text
/// note[CHX332]: 20261122T090000_users: `web.user exists` could not be looked at: its definition cannot be read
/// ```
///
/// # Way out
///
/// `chx-migrate drift` says why the definition cannot be read.
NOT_VERIFIED = 332;

/// a check of an applied migration fails
///
/// A query in the `checks.sql` of a migration that was applied throws.
///
/// # Why
///
/// The rows are not what the migration was to make of them, or have stopped being it.
///
/// # Example
///
/// ```text
/// error[CHX333]: 20261122T090000_split_user: every user has a name: 3 users without a name
///   --> migrations/20261122T090000_split_user/checks.sql:2
/// ```
///
/// # Way out
///
/// Ask the query without `throwIf` for the rows that it is about, and mend them. Once a later migration touches a table that
/// the check reads, it is not asked any more.
CHECK_FAILED = 333;
}
