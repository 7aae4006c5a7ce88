//! 228 to 279: what a statement does that its words do not show: definitions that chx does not read, rows and rights that
//! people gain or lose.

super::rules! { 228 to 279:
/// a statement is taken as it is, because chx does not read all of it
///
/// A plan creates or replaces an object that is declared as `ChRaw`, or that the history made in a statement which holds
/// something chx has no place for.
///
/// # Why
///
/// chx checks what it reads. Of a raw statement it knows the name and the kind of the object and nothing else: the scratch engine
/// takes it or refuses it, and compares it as a whole. What it means for rows and readers is for people to see.
///
/// # Example
///
/// ```text
/// note[CHX228]: web.daily: is raw: chx takes its statement as it is, because it does not read all of it: `CREATE TABLE ... AS` is not supported by chx yet
///   help: look through the statement; where it changes, the whole object is another one to chx
/// ```
///
/// # Way out
///
/// Nothing has to be done. Where a newer chx reads the statement, `pull` writes the struct for it.
RAW_STATEMENT = 228;

/// a value is taken as it is, past the rules of the derives
///
/// A plan creates or changes an object that says something with `raw("...")`.
///
/// # Why
///
/// The derives refuse what ClickHouse refuses, and some of what it takes and regrets. `raw("...")` is the way past them, for whoever
/// knows better. The SQL is still read, planned and tried; that a rule was left out is for people to see.
///
/// # Example
///
/// ```text
/// note[CHX229]: web.page_view: says with `raw("...")`, which no rule of the derives has looked at: `codec = T64('bit')`
///   help: look at it: the engine that tries the plan takes it, what it means for rows nobody has checked
/// ```
///
/// # Way out
///
/// Nothing has to be done. Where the value passes the rules by now, take `raw` away.
RAW_VALUE = 229;

/// rows that a row policy hides can be seen
///
/// A row policy is dropped, filters otherwise, stops being restrictive or is for others.
///
/// # Why
///
/// A row policy is all that stands between a user who may read the table and the rows that are not theirs. What they have seen
/// does not come back by a rollback. So the statement is asked for like one that deletes rows.
///
/// # Example
///
/// ```text
/// warning[CHX230]: row policy own ON web.hits: rows of `web.hits` that it hides can be seen from then on
///   help: make sure that whoever may read the table may see all of them, or revoke that first
/// ```
///
/// # Way out
///
/// Give the new policy another name and drop the old one when it is there. Where nobody is to see the rows, revoke `SELECT` on the
/// table first. Where it is meant, consent to it by its name.
OPENS_ROWS = 230;

/// somebody loses access
///
/// A right or role is revoked, a user or role goes, or a user has to log in otherwise or from elsewhere.
///
/// # Why
///
/// The server forgets the right with the statement. What runs with it fails at its next query, and a program that cannot log in
/// any more is found out about by whoever waits for it.
///
/// # Example
///
/// ```text
/// warning[CHX231]: grantee reader: what runs with this right fails from then on
///   help: where it is granted again in another form in this plan, there is a moment without it in between
/// ```
///
/// # Way out
///
/// Look into `system.query_log` for who used it. Grant what is still needed first, in a migration of its own.
ENDS_ACCESS = 231;

/// rights and row policies stay with the old name of a table
///
/// A table is renamed or dropped, and a row policy or a grant names it as it was called.
///
/// # Why
///
/// ClickHouse keeps both by name and does not follow a rename. Under its new name nobody reads the table by the old grant, and
/// whoever may read all of the database sees rows that the policy hid. Behind a DROP they wait for the next table of the name.
///
/// # Example
///
/// ```text
/// warning[CHX232]: web.hits: `row policy own ON web.hits` names it by this name, which the server does not change: under the new name the policy hides nothing and the grant gives nothing
///   help: say the new name in the policy and the grants in the same migration, or take them out
/// ```
///
/// # Way out
///
/// Declare the policy and the grants for the new name. The plan then creates them before the old ones go.
ACCESS_BY_OLD_NAME = 232;

/// a table or a dictionary keeps the old values of a named collection
///
/// A named collection changes, and a table or a dictionary that stays takes it.
///
/// # Why
///
/// A table takes the values when it is made or loaded, a dictionary when it is loaded. So the table goes on with the old address and
/// the old password until it is attached again or the server starts again; a view, which reads the collection each time, has
/// the new ones at once.
///
/// # Example
///
/// ```text
/// warning[CHX233]: named collection files: changes, and `web.import` keeps the values from before until it is loaded anew
///   help: behind the migration, `DETACH TABLE` and `ATTACH TABLE` of a table, `SYSTEM RELOAD DICTIONARY` of a dictionary; or a restart
/// ```
///
/// # Way out
///
/// Behind the migration, run `DETACH TABLE t` and `ATTACH TABLE t` for each table, and `SYSTEM RELOAD DICTIONARY d` for each
/// dictionary, or start the server again. They need nothing of chx and change no definition.
KEEPS_OLD_VALUES = 233;

/// a named collection is dropped that something still takes
///
/// A named collection is dropped, and a table, dictionary, view or function that stays takes it.
///
/// # Why
///
/// Since 26.3 a server refuses to drop what a table or a loaded dictionary takes (769), and the migration stops there. Before, it
/// drops it, and cannot load the table again: not with ATTACH, not when it starts (669). No version protects a view: it fails when it
/// is read (669, or 701 where `remote` takes the name for a cluster).
///
/// # Example
///
/// ```text
/// warning[CHX234]: named collection files: still read by `web.remote`, which fails from now on
///   help: keep the collection, or change or drop what reads it in the same migration
/// ```
///
/// # Way out
///
/// Keep the collection, or drop what takes it in the same migration: the plan drops it first. Where it is dropped because the only
/// key loses its mark, give it a mark again, or another key.
TAKEN_COLLECTION_GOES = 234;
}
