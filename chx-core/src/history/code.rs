//! The codes of findings about a history. A code never changes its meaning.

use crate::diag::Code;

/// A migration's file was changed after it was written.
pub const FILE_CHANGED: Code = Code(301);
/// A migration stands in `chx.sum`, but its file is gone.
pub const FILE_MISSING: Code = Code(302);
/// A file is not in `chx.sum`.
pub const NOT_IN_SUM: Code = Code(303);
/// A line of `chx.sum` does not follow the one that it was written to follow.
pub const MOVED: Code = Code(304);
/// A file holds the marks of a merge that was not finished.
pub const MERGE_CONFLICT: Code = Code(305);
/// A line of `chx.sum` cannot be read, or the file is gone.
pub const SUM_UNREADABLE: Code = Code(306);
/// A migration's header or sections cannot be read.
pub const HEADER: Code = Code(307);
/// A migration is written in a format that this version does not know.
pub const FORMAT: Code = Code(308);
/// The SQL leads to something else than the header says.
pub const FINGERPRINT: Code = Code(309);
/// The SQL touches an object that the header does not name, or the other way round.
pub const OBJECTS: Code = Code(310);
/// A statement cannot be read, so that its effect is not known.
pub const UNREADABLE_STATEMENT: Code = Code(311);
/// A statement cannot be carried out on the schema before it.
pub const IMPOSSIBLE_STATEMENT: Code = Code(312);
/// A migration was written for another state of an object than the one before it.
pub const OTHER_STATE: Code = Code(313);
/// A migration is a draft.
pub const DRAFT: Code = Code(314);
/// The id in the header is not the name of the file.
pub const NAME: Code = Code(315);
/// A migration was applied, but is not in the history.
pub const APPLIED_UNKNOWN: Code = Code(320);
/// A migration was changed after it was applied.
pub const APPLIED_CHANGED: Code = Code(321);
/// A migration is pending although a later one was applied.
pub const OUT_OF_ORDER: Code = Code(322);
