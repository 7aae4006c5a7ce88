//! 200 to 227: what a plan endangers.

super::rules! { 200 to 227:
/// rows or values are deleted
///
/// A step drops a table, a database, a stored column, or a materialized view together with its inner table.
///
/// # Why
///
/// A dropped table of an Atomic database keeps its files for eight minutes (`UNDROP TABLE`). A dropped column is gone
/// when its mutation is done. `DROP DATABASE` asks nobody: it also deletes what chx does not manage. A rollback brings
/// the definition back, never the rows.
///
/// # Example
///
/// ```text
/// warning[CHX201]: web.page_view.usr: all values of the column are deleted
///   help: if it was renamed, say so with `renamed_from`; the values do not come back by a rollback
/// ```
///
/// # Way out
///
/// Was it renamed? Then write `renamed_from = "usr"` on the field or struct, or answer the question of `generate`.
/// Otherwise make a backup first. To run the step, `chx.toml` must allow destructive steps, and
/// `migrate --allow-destructive web.page_view.usr` must name this one.
DATA_LOSS = 201;

/// a type change can fail on the data, or changes values
///
/// A column gets a type that not every value of the old type fits into.
///
/// # Why
///
/// ClickHouse changes the metadata first and rewrites the parts afterwards. A value that does not fit stops that
/// mutation (error 341): the column can then not be read, and later mutations wait behind it. Narrowing a number does
/// not even fail, the value wraps.
///
/// # Example
///
/// ```text
/// warning[CHX202]: app.t.n: a value that does not fit UInt32 stops the conversion and makes the column unreadable
///   help: this must be 0 before you migrate: SELECT count() FROM app.t WHERE n IS NOT NULL AND accurateCastOrNull(n, 'UInt32') IS NULL
/// ```
///
/// # Way out
///
/// Run the question in the help; if it gives 0, the change is safe. If not, correct the rows first, or add a second
/// column with the new type and fill it from the old one. A mutation that is stuck already: `KILL MUTATION`, and
/// `MODIFY COLUMN` back to the old type makes the column readable again.
FAILING_CAST = 202;

/// another DEFAULT speaks about old rows too
///
/// The DEFAULT expression of a column changes or goes.
///
/// # Why
///
/// Parts that were written before the column existed hold no value for it: they give whatever the expression says
/// now, or the type's own default once it is removed. Parts that hold values keep them, so that one query sees
/// both.
///
/// # Example
///
/// ```text
/// note[CHX203]: app.t.city: rows whose parts hold no value for the column give the new expression from now on
///   help: if old rows shall keep what they give now, run before: ALTER TABLE app.t MATERIALIZE COLUMN city
/// ```
///
/// # Way out
///
/// Nothing, if only new rows matter. Otherwise run the MATERIALIZE COLUMN of the help before the migration: it
/// writes the old values into all parts.
DEFAULT_REWRITES_PAST = 203;

/// a new TTL deletes what is past due at once
///
/// The TTL of a table or of a column is set or changed.
///
/// # Why
///
/// `MODIFY TTL` starts a mutation that applies the rule to every part (`materialize_ttl_after_modify = 1`, the
/// default). Rows that are past due are gone when it is done, not with some later merge.
///
/// # Example
///
/// ```text
/// warning[CHX204]: web.page_view: rows that are past due are deleted at once
///   help: count them first; nothing brings them back
/// ```
///
/// # Way out
///
/// Count the rows that the rule meets: `SELECT count() FROM web.page_view WHERE ts + INTERVAL 90 DAY < now()`. To let
/// merges do it over time, run the statement by hand with `SETTINGS materialize_ttl_after_modify = 0`.
TTL_DELETES = 204;

/// views keep the old name of what they read
///
/// A table or column is renamed that a view or materialized view reads.
///
/// # Why
///
/// RENAME is not blocked by readers, and their queries do not follow. A materialized view whose source table was
/// renamed receives no more rows, without an error. One whose source column was renamed makes every insert fail, and
/// its part may be written already, so that a retry doubles the rows: it always is on 26.7, on 26.1 to 26.5 in about half
/// of the inserts.
///
/// # Example
///
/// ```text
/// warning[CHX205]: app.src: until their queries follow, `app.mv` read the old name: inserts fail or pass them by
///   help: stop inserts for the few statements between the rename and the new queries
/// ```
///
/// # Way out
///
/// The plan changes the queries right behind the rename. Stop inserts for that moment, or do it in steps: add the new
/// column beside the old one, fill it, move the readers, and drop the old one later.
RENAME_UNDER_READER = 205;

/// a new index or projection covers new parts only
///
/// A skipping index or a projection is added to a table that has parts.
///
/// # Why
///
/// ADD changes metadata. Parts that are there stay without it until a merge writes them anew, so queries on old rows
/// do not become faster.
///
/// # Example
///
/// ```text
/// note[CHX206]: web.page_view.by_user: the index covers new parts only
///   help: for all parts, at a quiet hour: ALTER TABLE web.page_view MATERIALIZE INDEX by_user
/// ```
///
/// # Way out
///
/// Run the MATERIALIZE of the help when reading every part does not hurt; or wait for the merges.
NEW_MEMBER_ON_OLD_PARTS = 206;

/// a materialized view sees only rows that are inserted from now on
///
/// A materialized view is created over a source with rows, or its query changes.
///
/// # Why
///
/// A materialized view is a trigger on inserts. Neither CREATE nor MODIFY QUERY goes back to rows that are in the
/// source already. POPULATE does, but misses rows that are inserted meanwhile, and leaves the view behind when it fails.
///
/// # Example
///
/// ```text
/// note[CHX207]: web.site_day_mv: rows that are in the source already do not pass through the view
///   help: insert the past by hand: INSERT INTO the target SELECT ... with a bound on time
/// ```
///
/// # Way out
///
/// Insert the past into the target with the view's own query and a bound: everything before the moment at which the
/// view was created, so that no row is counted twice.
VIEW_MISSES_PAST_ROWS = 207;

/// an Enum loses names, or names change their numbers
///
/// The new type of an Enum column has not all the names of the old one, or a number has another name.
///
/// # Why
///
/// Parts hold numbers. A number without a name makes its rows unreadable (error 691), although the mutation is
/// reported as done. A number with another name makes old rows say something else.
///
/// # Example
///
/// ```text
/// warning[CHX208]: web.task.status: rows that hold 'open' become unreadable
///   help: this must be 0 before you migrate: SELECT count() FROM web.task WHERE toString(status) IN ('open')
/// ```
///
/// # Way out
///
/// Keep names and numbers, and only add. Where a name has to go, rewrite its rows first and run the question of the
/// help until it gives 0.
ENUM_VALUES = 208;

/// every NULL becomes the default
///
/// A column that was Nullable no longer is.
///
/// # Why
///
/// ClickHouse refuses the change without a DEFAULT (error 36); with one, every NULL becomes it and cannot be told
/// from a value that was always there. Servers up to 25.8 do not replace NULL: the mutation fails on it (349), and
/// the column cannot be read.
///
/// # Example
///
/// ```text
/// warning[CHX209]: web.page_view.user: every NULL becomes the default
///   help: servers up to 25.8 stop at a NULL instead (349): rewrite them first there. This counts them: SELECT count() FROM web.page_view WHERE user IS NULL
/// ```
///
/// # Way out
///
/// Nothing, if a default says the same as NULL. Otherwise keep `Option`, or write a value of your own first: `ALTER
/// TABLE ... UPDATE user = 'nobody' WHERE user IS NULL`.
NULL_BECOMES_DEFAULT = 209;

/// stored values of a MATERIALIZED column keep what the old expression gave
///
/// The expression of a MATERIALIZED column changes.
///
/// # Why
///
/// MODIFY changes metadata. Parts that are written from now on hold what the new expression gives, older ones what
/// the old expression gave, and one query sees both.
///
/// # Example
///
/// ```text
/// note[CHX210]: web.page_view.day: stored values stay what they were, only new rows get the new expression
///   help: to write it into all parts, after the migration: ALTER TABLE web.page_view MATERIALIZE COLUMN day
/// ```
///
/// # Way out
///
/// Run the MATERIALIZE COLUMN of the help, at a quiet hour: it rewrites the column in every part.
MATERIALIZED_STAYS_OLD = 210;

/// a materialized view's query gives columns that its target lacks
///
/// The query of a materialized view with `to` has a column of a name that the target table does not have.
///
/// # Why
///
/// MODIFY QUERY is not checked against the target: the values of such a column are dropped, without an error.
/// CREATE is checked, and refuses (error 8).
///
/// # Example
///
/// ```text
/// warning[CHX211]: web.site_day_mv: `web.site_day` has no `visitors`: their values are dropped without an error
///   help: add the columns to the target, or give them the target's names with AS
/// ```
///
/// # Way out
///
/// Add the column to the target in the same migration (chx puts it before the query), or name the column in the
/// query as the target does: `count() AS views`.
QUERY_BEYOND_TARGET = 211;

/// a materialized view writes into a table that is renamed
///
/// A table is renamed that is the target of a materialized view.
///
/// # Why
///
/// The view keeps the name. From the rename on, every insert into its source fails (error 60), until the view is
/// replaced.
///
/// # Example
///
/// ```text
/// warning[CHX212]: web.site_day: written into by `web.site_day_mv`: until that is replaced, inserts into its source fail
///   help: stop inserts for the few statements between the rename and the replaced views
/// ```
///
/// # Way out
///
/// Stop inserts into the source for that moment. A view that the plan does not change has to get its new target in
/// the same migration.
RENAMED_TARGET = 212;

/// a constraint is not checked on the rows that are there
///
/// A CHECK or ASSUME constraint is added to a table that may hold rows that break it.
///
/// # Why
///
/// CHECK is looked at by INSERT only. ASSUME is never checked: the optimizer believes it, and queries over rows
/// that break it give wrong results.
///
/// # Example
///
/// ```text
/// note[CHX213]: web.page_view.sane: rows that are there already are not checked
///   help: this finds them: SELECT count() FROM web.page_view WHERE NOT (duration >= 0)
/// ```
///
/// # Way out
///
/// Run the question of the help. Correct or delete what it finds before you rely on the constraint; for ASSUME,
/// before you migrate.
CONSTRAINT_ON_OLD_ROWS = 213;

/// a codec is for new parts
///
/// The codec of a column changes.
///
/// # Why
///
/// MODIFY COLUMN ... CODEC changes metadata. Parts that are there stay compressed as they are until a merge writes
/// them anew, so that no space is won yet.
///
/// # Example
///
/// ```text
/// note[CHX214]: web.page_view.id: parts that are there keep their compression until they are merged
///   help: at a quiet hour: OPTIMIZE TABLE web.page_view FINAL
/// ```
///
/// # Way out
///
/// Wait for the merges, or run the OPTIMIZE of the help; it rewrites the whole table.
CODEC_FOR_NEW_PARTS = 214;

/// `SELECT *` does not follow its table, or follows by surprise
///
/// A column is added to a table that a view or materialized view reads with `*`.
///
/// # Why
///
/// A view keeps the columns of the day when it was created: the new one is not in it. A materialized view does pass
/// the new column on, from the moment at which its target has one of that name.
///
/// # Example
///
/// ```text
/// note[CHX215]: web.page_view.city: `*` in `web.recent` means the columns of the day when it was created
///   help: create the views again (CREATE OR REPLACE VIEW) to have the column in them
/// ```
///
/// # Way out
///
/// Name the columns in the query. To have the new column in a view, create it again.
STAR_VIEW = 215;

/// a view keeps the types that it was created with
///
/// A column changes its type, and a view reads it.
///
/// # Why
///
/// The list of columns of a view is frozen when it is created. It goes on giving the old type, by a cast from the
/// new one; a cast that cannot be made fails when the view is read, or when rows come in for a materialized view.
///
/// # Example
///
/// ```text
/// note[CHX216]: web.page_view.id: stays UInt32 in `web.recent`, by a cast back from UInt64
///   help: create the views again, once the type has changed, to have the new one in them
/// ```
///
/// # Way out
///
/// Create the view again after the change.
FROZEN_VIEW_TYPES = 216;

/// `POPULATE` misses the rows that are inserted while it runs
///
/// A materialized view is created with POPULATE.
///
/// # Why
///
/// POPULATE reads the source once. What arrives meanwhile is neither in that read nor in the view's own inserts.
/// When it fails, the view and its inner table stay behind, half filled.
///
/// # Example
///
/// ```text
/// warning[CHX217]: web.site_day_mv: rows that are inserted while POPULATE runs are missed, and a failure leaves the view half filled
///   help: create the view without it and insert the past afterwards, up to the moment of the CREATE
/// ```
///
/// # Way out
///
/// Create the view without POPULATE, then insert the past with a bound on time: everything before the moment of the
/// CREATE.
POPULATE = 217;

/// replacing a materialized view deletes its inner table
///
/// A materialized view without `to` is changed in a way that needs CREATE OR REPLACE.
///
/// # Why
///
/// Its rows live in a hidden table that belongs to the view. CREATE OR REPLACE makes a new, empty one.
///
/// # Example
///
/// ```text
/// warning[CHX218]: web.site_day_mv: replacing the view deletes the rows of its inner table
///   help: create a table with `to`, copy the rows into it, then replace the view
/// ```
///
/// # Way out
///
/// Give the view a table of its own: declare the table, copy the rows from the inner table into it, then let the
/// view write `to` it. From then on the view can be replaced at will.
REPLACED_INNER_TABLE = 218;

/// something that stays reads what goes
///
/// A table or column is dropped, and a view, materialized view or dictionary that stays needs it.
///
/// # Why
///
/// Views do not block a DROP. One that reads what is gone fails when it is read (errors 60, 47); a materialized
/// view without its target makes every insert into its source fail (60). Only dictionaries (630) and columns that a
/// materialized view reads (524) are protected by the server.
///
/// # Example
///
/// ```text
/// warning[CHX219]: web.page_view: still read by `web.recent`, which fails from now on
///   help: change or drop them in the same migration
/// ```
///
/// # Way out
///
/// Drop or change the readers in the same migration; chx orders the statements.
READER_LOSES_SOURCE = 219;

/// a Distributed or Buffer table does not follow the table behind it
///
/// The columns of a table change, and a Distributed or Buffer table in front of it keeps its own.
///
/// # Why
///
/// Such a table has a list of columns of its own. A column that only the table behind it has cannot be selected
/// through it (error 47); one that only the table in front has fails on every shard.
///
/// # Example
///
/// ```text
/// warning[CHX220]: web.page_view_local: not followed by `web.page_view`, whose own columns will differ
///   help: declare the same columns there: additions go to the table behind first, drops to the one in front
/// ```
///
/// # Way out
///
/// Declare the same columns on both. Add behind first, and drop in front first.
DISTRIBUTED_STAYS = 220;

/// a mutation is stuck on the table already
///
/// The database says that an earlier mutation of the table fails again and again.
///
/// # Why
///
/// Mutations of a table run one after the other. Behind one that fails for ever, the next one waits for ever.
///
/// # Example
///
/// ```text
/// error[CHX221]: web.page_view: mutation `mutation_3.txt` (MODIFY COLUMN n UInt32) is stuck: the mutation of this step would wait behind it for ever: Cannot parse string 'x' as UInt32
///   help: undo it by changing the column back, or KILL MUTATION ...
/// ```
///
/// # Way out
///
/// Change the column back to its old type, which makes it readable again and ends the mutation. `KILL MUTATION`
/// alone leaves the new type in the metadata.
STUCK_MUTATION = 221;

/// a mutation needs more disk than there is
///
/// The database says that the parts which a step rewrites are larger than the free space of the disk that they are
/// on.
///
/// # Why
///
/// A rewritten part stands beside the old one until that is cleaned up, about eight minutes later.
///
/// # Example
///
/// ```text
/// error[CHX222]: web.page_view: it rewrites 80.2 GB and 12.0 GB are free
///   help: make room first: a mutation that runs out of disk stays behind half done
/// ```
///
/// # Way out
///
/// Make room, or split the change: a new column with the new type can be filled partition by partition.
DISK_TOO_SMALL = 222;

/// a default that gives another value at each read
///
/// A new column has a default such as `now()`, `rand()` or `generateUUIDv4()`.
///
/// # Why
///
/// Parts that were written before the column existed hold no value for it. Its expression is computed whenever they
/// are read, so that the same row gives another value every time, until a merge happens to write one down.
///
/// # Example
///
/// ```text
/// warning[CHX223]: web.page_view.token: rows that are there already give another value of `generateUUIDv4()` at each read
///   help: write one value down, right after the migration: ALTER TABLE web.page_view MATERIALIZE COLUMN token
/// ```
///
/// # Way out
///
/// Run the MATERIALIZE COLUMN of the help right after the migration, or choose a default that is the same at each
/// read.
VOLATILE_DEFAULT = 223;

/// stored values cannot be read any more
///
/// A stored column becomes ALIAS or EPHEMERAL.
///
/// # Why
///
/// An ALIAS is computed when it is read, and an EPHEMERAL column cannot be read at all. What was stored is out of
/// reach, and merges leave it out.
///
/// # Example
///
/// ```text
/// warning[CHX224]: web.page_view.day: the stored values are out of reach: the expression is computed instead
///   help: copy them into another column first, if they matter
/// ```
///
/// # Way out
///
/// If the values matter, copy them into another column before the change.
VALUES_OUT_OF_REACH = 224;

/// `IF NOT EXISTS` keeps whatever has the name
///
/// A statement creates an object with IF NOT EXISTS, and an object of that name is there with another definition.
///
/// # Why
///
/// The server compares names only. The object that is there stays as it is, without an error.
///
/// # Example
///
/// ```text
/// warning[CHX225]: web.page_view: a table of this name is there already, with another definition, and stays as it is
///   help: alter it, or give the new one another name
/// ```
///
/// # Way out
///
/// Alter the object that is there, or give the new one another name.
KEEPS_OTHER_DEFINITION = 225;

/// each run of a refreshable materialized view replaces all rows of its target
///
/// A refreshable materialized view without APPEND gets a target that may hold rows.
///
/// # Why
///
/// Each refresh puts the result of the query in the place of everything in the target. What is there goes with the
/// first run, whoever put it there.
///
/// # Example
///
/// ```text
/// warning[CHX226]: web.site_day: each refresh of `web.site_day_mv` replaces all rows of the table
///   help: say `APPEND` in the REFRESH clause to add rows instead, or give the view a table of its own
/// ```
///
/// # Way out
///
/// Say `APPEND` to add rows instead, or give the view a table that nothing else writes to.
REFRESH_OVERWRITES = 226;

/// a function changes, and what calls it keeps what it was
///
/// A SQL function gets another body, and a view, default, index or key that calls it is not said again behind it.
///
/// # Why
///
/// The server puts the body of a function in the place of each call when it stores what calls it. From then on it does not
/// look at the function any more: a new body changes nothing that is there.
///
/// # Example
///
/// ```text
/// warning[CHX227]: function score: changes, and `web.best` still has it as it was
///   help: say the query, default or index again behind it: the server puts the body in when it stores them
/// ```
///
/// # Way out
///
/// Let `generate` write the migration: it says again whatever calls the function. By hand, put the CREATE OR REPLACE VIEW,
/// MODIFY QUERY or MODIFY COLUMN behind the CREATE OR REPLACE FUNCTION. A sorting or partition key cannot be said again: give
/// the new function another name, and let new tables call that.
FUNCTION_STAYS_INLINED = 227;
}
