//! 290 and 291: what came out when a plan was tried out on an engine.

super::rules! { 290 to 291:
/// a plan runs, but leads to something else
///
/// `generate` tried the plan out on a scratch engine. All statements ran, but an object is not what was asked for.
///
/// # Why
///
/// chx never writes a plan that it has seen fail. This finding is a defect of chx: its picture of what a statement
/// does is not what the engine did.
///
/// # Example
///
/// ```text
/// error[CHX290]: web.page_view: becomes
///     CREATE TABLE web.page_view ...
///   instead of
///     CREATE TABLE web.page_view ...
/// ```
///
/// # Way out
///
/// Nothing was written. Please report it with the two definitions. `generate --no-verify` writes the plan unproven; read
/// it before you run it.
OTHER_RESULT = 290;

/// the result of a plan cannot be compared
///
/// The plan ran on the scratch engine, but what the engine stores for an object holds a clause that chx cannot read. Or the
/// object asks another place when it is made (a view over `url(...)`, a named collection that only the server has), and the
/// scratch engine gets no answer from there: then neither the object nor what is built on it was tried out.
///
/// # Why
///
/// What cannot be known is said to be unknown, never equal.
///
/// # Example
///
/// ```text
/// warning[CHX291]: web.page_view: the result of the plan cannot be compared, because chx cannot read what the engine stores
/// ```
///
/// # Way out
///
/// Of an object that cannot be read, the statements themselves were accepted by the engine. Look at the object after the
/// migration with `SHOW CREATE TABLE`, and report the clause so that chx learns to read it. What asks another place is first
/// tried out by the server that runs the migration: let a server of a test environment be the first.
UNKNOWN_RESULT = 291;
}
