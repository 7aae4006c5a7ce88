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
/// note[CHX228]: web.daily: is raw: chx takes its statement as it is, because it does not read all of it: `a column of a view with more than its type` is not supported by chx yet
///   help: look through the statement; where it changes, the whole object is another one to chx
/// ```
///
/// # Way out
///
/// Nothing has to be done. Where a newer chx reads the statement, `pull` writes the struct for it.
RAW_STATEMENT = 228;

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
}
