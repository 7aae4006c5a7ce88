//! Why a text or a tree is no ClickHouse type, where, and what to write instead.

use thiserror::Error;

use crate::sql::{LexError, LexErrorKind, Position};

/// A type that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} ({position})")]
pub struct TypeError {
    /// What is wrong, with the way out.
    pub kind: TypeErrorKind,
    /// Byte offset in the text that was given.
    pub at: usize,
    /// The same place as line and column.
    pub position: Position,
}

impl TypeError {
    pub(super) fn new(sql: &str, at: usize, kind: TypeErrorKind) -> Self {
        Self {
            kind,
            at,
            position: Position::of(sql, at),
        }
    }
}

impl From<LexError> for TypeError {
    fn from(error: LexError) -> Self {
        Self {
            kind: TypeErrorKind::Lex(error.kind),
            at: error.at,
            position: error.position,
        }
    }
}

/// The ways in which a type can be wrong. Numbers in the docs are the server's error codes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TypeErrorKind {
    /// The text is no SQL.
    #[error(transparent)]
    Lex(#[from] LexErrorKind),
    /// Something else was needed here (62).
    #[error("{expected} is needed here, not {found}")]
    Expected {
        /// What.
        expected: &'static str,
        /// What stands there, in backticks, or `the end`.
        found: String,
    },
    /// Text after a whole type.
    #[error("{0} does not belong to the type")]
    Trailing(String),
    /// No family of this name (50).
    #[error("ClickHouse has no type `{name}`{}", suggest(suggestion.as_deref()))]
    Unknown {
        /// As written.
        name: String,
        /// The nearest name, in its right case.
        suggestion: Option<String>,
    },
    /// `UInt8 UNSIGNED`.
    #[error("`{0}` has no `{1}` form")]
    NoSignedForm(String, &'static str),
    /// Wrong number of arguments (42, 378).
    #[error("`{family}` takes {takes}")]
    Arguments {
        /// The family.
        family: &'static str,
        /// What it takes, in words.
        takes: &'static str,
    },
    /// A number outside its range (69, 223).
    #[error("{what} of `{family}` must be from {from} to {to}, not {found}")]
    OutOfRange {
        /// The family.
        family: &'static str,
        /// Which argument.
        what: &'static str,
        /// The least.
        from: i64,
        /// The greatest.
        to: i64,
        /// As written.
        found: String,
    },
    /// A type inside another that cannot hold it (36, 43).
    #[error("{outer} cannot hold `{inner}`; {way_out}")]
    Inside {
        /// The outer type, in words.
        outer: &'static str,
        /// The inner type.
        inner: String,
        /// What to write instead.
        way_out: String,
    },
    /// Some elements of a tuple have names, others not (36).
    #[error("name all elements of the tuple or none")]
    MixedTuple,
    /// The same name twice in a Tuple, Nested or JSON (15, 36).
    #[error("`{0}` is there twice")]
    DuplicateName(String),
    /// `null` as the name of an element (36).
    #[error("`null` cannot name an element: the server keeps it for the null map")]
    ReservedName,
    /// Nested without columns (92).
    #[error("Nested needs at least one column, as in `Nested(name Type)`")]
    EmptyNested,
    /// Variant without types (36).
    #[error("Variant needs at least one type")]
    EmptyVariant,
    /// Enum without elements (92).
    #[error("an Enum needs at least one element, as in `Enum('a' = 1)`")]
    EmptyEnum,
    /// The same name twice in an Enum (62).
    #[error("{0} is there twice in the Enum")]
    DuplicateEnumName(String),
    /// The same value twice in an Enum (62).
    #[error("{first} and {second} of the Enum have the same value {value}")]
    DuplicateEnumValue {
        /// The value.
        value: i16,
        /// The name that has it first.
        first: String,
        /// The name that has it again.
        second: String,
    },
    /// Some elements have values, others not (223).
    #[error("give a value to each element of the Enum, or to none, or to the first alone")]
    MixedEnum,
    /// A path of JSON is typed and skipped (36).
    #[error("the JSON path `{path}` has a type and is skipped by `SKIP {skip}`")]
    SkippedPath {
        /// The typed path.
        path: String,
        /// The skip that covers it.
        skip: String,
    },
    /// An unknown parameter of JSON or Dynamic (223).
    #[error("`{family}` has no parameter `{name}`; it takes {takes}")]
    UnknownParameter {
        /// The family.
        family: &'static str,
        /// As written.
        name: String,
        /// The parameters that there are.
        takes: &'static str,
    },
    /// A function that SimpleAggregateFunction does not take (36).
    #[error("SimpleAggregateFunction does not take `{0}`; use `AggregateFunction({0}, ...)`")]
    NotSimple(String),
    /// `SimpleAggregateFunction(sum, UInt8)` (36).
    #[error("`sum` gives {gives}, so SimpleAggregateFunction(sum, ...) needs that type, not `{found}`")]
    SumType {
        /// What sum returns.
        gives: String,
        /// What was written.
        found: String,
    },
    /// More than [`MAX_DEPTH`](super::MAX_DEPTH) types inside one another.
    #[error("types are nested more than {} levels deep", super::MAX_DEPTH)]
    TooDeep,
}

fn suggest(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
