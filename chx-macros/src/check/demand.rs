//! What a clause demands of a column's type. Only the compiler knows the type; the derive hands it the question.

use chx_core::rules::engine::Role;
use proc_macro2::Span;

/// A demand on the type of one column.
pub(crate) struct Demand {
    /// The column.
    pub(crate) column: String,
    /// Where it is used.
    pub(crate) span: Span,
    /// As what.
    pub(crate) what: What,
}

/// What the column is used as.
pub(crate) enum What {
    /// A name; `place` says where, in words.
    Exists {
        /// `the sorting key`.
        place: String,
    },
    /// A part of a sorting or primary key; `place` says of which, in words.
    Key {
        /// `the sorting key`.
        place: &'static str,
        /// `allow_nullable_key`.
        allows_null: bool,
    },
    /// A part of the partition key, or the whole.
    Partition {
        /// `allow_nullable_key`.
        allows_null: bool,
        /// The whole?
        is_whole: bool,
    },
    /// The sampling key itself.
    Sample,
    /// An argument of an engine.
    Role(Role),
    /// What a TTL counts from; with an interval or without.
    Ttl {
        /// With an interval?
        is_shifted: bool,
    },
    /// Compressed by a codec.
    Codec(String),
    /// Indexed by an index of this type.
    Index(String),
    /// Described by statistics of this kind.
    Statistics(String),
    /// Stands outside of the key of an AggregatingMergeTree.
    Dimension,
}
