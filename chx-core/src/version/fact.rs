//! The table of facts: what became of a piece of DDL, release by release.

use crate::ddl::AlterCommand;
use crate::diag::{Code, code};
use crate::model::{Column, DefaultKind, Direction, Index, Schedule};
use crate::sql::{Expr, TokenKind, lex};
use crate::types::{DataType, GeoType};

use super::ServerVersion;
use super::piece::{Piece, is_nullable_tuple};

/// What servers do with a piece of DDL.
pub struct Fact {
    /// The rule.
    pub code: Code,
    /// The piece, in words.
    pub what: &'static str,
    /// From which version on what is true, ascending; before the first, it is refused.
    pub statuses: &'static [(ServerVersion, Status)],
    /// What to use where no later version takes it.
    pub instead: &'static str,
    /// How it is known.
    pub source: &'static str,
    /// Is this the piece?
    pub(super) is_about: fn(&Piece<'_>) -> bool,
}

/// What a version does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Takes it.
    Works,
    /// Refuses it, whatever is set.
    Refused,
    /// Stands between a version that refuses and one that takes it, and was not measured.
    Unknown,
    /// Takes it for something else.
    Becomes(&'static str),
    /// Takes it, and then fails where there are rows of a kind: when, and what happens.
    Fails(&'static str),
    /// Takes it where this setting of the session is on.
    Needs(&'static str),
    /// Takes it where this setting of the table is on.
    NeedsOnTable(&'static str),
}

impl Fact {
    /// What is true of a version.
    pub fn status(&self, version: ServerVersion) -> Status {
        let reached = self.statuses.iter().rev().find(|(since, _)| *since <= version);
        reached.map_or(Status::Refused, |(_, status)| *status)
    }

    /// All that are known, by subject.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        FACTS
            .iter()
            .chain(super::expression::FACTS)
            .chain(super::change::FACTS)
            .chain(super::of_server::FACTS)
            .chain(super::text::FACTS)
            .chain(super::of_server::DATABASES)
    }

    /// The fact of a rule, if it is one about versions.
    pub fn of(code: Code) -> Option<&'static Self> {
        Self::all().find(|fact| fact.code == code)
    }
}

const fn v(year: u16, release: u16) -> ServerVersion {
    ServerVersion::new(year, release)
}

use Status::{Becomes, Needs, NeedsOnTable, Refused, Unknown, Works};

/// Everything that is known, by code.
///
/// "Measured" names the versions on which the statements of `version::tests` were run. Those about expressions stand in
/// [`super::expression`], those about single changes in [`super::change`].
const FACTS: &[Fact] = &[
    Fact {
        code: code::DESCENDING_KEY,
        what: "a descending part of the sorting key",
        statuses: &[
            (v(24, 12), NeedsOnTable("allow_experimental_reverse_key")),
            (v(26, 7), Works),
        ],
        instead: "sort ascending, and read with `ORDER BY ... DESC`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.7, 26.9; 24.12 from the changelog",
        is_about: |piece| matches!(piece, Piece::Table(table) if table.storage.order_by.parts.iter().any(|part| part.direction == Direction::Descending)),
    },
    Fact {
        code: code::JSON_TYPE,
        what: "the type JSON",
        statuses: &[
            (v(24, 8), Needs("allow_experimental_json_type")),
            (v(25, 3), Works),
        ],
        instead: "keep the text in a String",
        source: "measured on 24.8, 25.5 and newer; 25.3 from the changelog",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::Json(_))),
    },
    Fact {
        code: code::VARIANT_TYPE,
        what: "the type Variant",
        statuses: &[
            (v(24, 1), Needs("allow_experimental_variant_type")),
            (v(25, 3), Works),
        ],
        instead: "use a column for each type",
        source: "measured on 24.8, 25.5 and newer; 24.1 and 25.3 from the changelog",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::Variant(_))),
    },
    Fact {
        code: code::DYNAMIC_TYPE,
        what: "the type Dynamic",
        statuses: &[
            (v(24, 5), Needs("allow_experimental_dynamic_type")),
            (v(25, 3), Works),
        ],
        instead: "use a column for each type",
        source: "measured on 24.8, 25.5 and newer; 24.5 and 25.3 from the changelog",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::Dynamic { .. })),
    },
    Fact {
        code: code::TIME_TYPE,
        what: "the type Time",
        statuses: &[
            (v(0, 0), Becomes("`Int64`")),
            (v(25, 6), Needs("enable_time_time64_type")),
            (v(25, 12), Works),
        ],
        instead: "keep seconds in an Int32",
        source: "measured on 24.8, 25.5 (Int64), 25.8 (setting), 26.1 and newer; 25.6 and 25.12 from the changelog",
        is_about: |piece| piece.is_type(|data_type| *data_type == DataType::Time),
    },
    Fact {
        code: code::TIME64_TYPE,
        what: "the type Time64",
        statuses: &[(v(25, 6), Needs("enable_time_time64_type")), (v(25, 12), Works)],
        instead: "keep parts of a second in an Int64",
        source: "measured on 24.8, 25.5, 25.8, 26.1 and newer; 25.6 and 25.12 from the changelog",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::Time64 { .. })),
    },
    Fact {
        code: code::QBIT_TYPE,
        what: "the type QBit",
        statuses: &[(v(25, 9), Unknown), (v(25, 12), Works)],
        instead: "use `Array(Float32)`",
        source: "measured on 25.8 (unknown type) and 26.1; 25.12 from the changelog",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::QBit { .. })),
    },
    Fact {
        code: code::GEOMETRY_TYPE,
        what: "the type Geometry",
        statuses: &[
            (v(0, 0), Becomes("`String`")),
            (v(25, 9), Unknown),
            (v(26, 1), Works),
        ],
        instead: "use the type of one shape, such as Polygon",
        source: "measured on 24.8, 25.5, 25.8 (String), 26.1 and newer",
        is_about: |piece| piece.is_type(|data_type| *data_type == DataType::Geo(GeoType::Geometry)),
    },
    Fact {
        code: code::MULTI_POINT_TYPE,
        what: "the type MultiPoint",
        statuses: &[(v(26, 8), Unknown), (v(26, 9), Works)],
        instead: "use `Array(Point)`, which is stored the same way",
        source: "measured on 26.3, 26.7 (unknown type) and 26.9",
        is_about: |piece| piece.is_type(|data_type| *data_type == DataType::Geo(GeoType::MultiPoint)),
    },
    Fact {
        code: code::BFLOAT16_TYPE,
        what: "the type BFloat16",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "use Float32",
        source: "measured on 24.8 (unknown type), 25.5 and newer",
        is_about: |piece| piece.is_type(|data_type| *data_type == DataType::BFloat16),
    },
    Fact {
        code: code::NULLABLE_TUPLE,
        what: "a Nullable tuple",
        statuses: &[
            (v(25, 9), Unknown),
            (v(26, 1), Needs("allow_experimental_nullable_tuple_type")),
            (v(26, 8), Unknown),
            (v(26, 9), Works),
        ],
        instead: "make the elements Nullable",
        source: "measured on 24.8, 25.5, 25.8 (43), 26.1, 26.3, 26.7 (setting) and 26.9",
        is_about: |piece| piece.is_type(is_nullable_tuple),
    },
    Fact {
        code: code::OBJECT_TYPE,
        what: "the type Object('json')",
        statuses: &[
            (v(0, 0), Needs("allow_experimental_object_type")),
            (v(25, 9), Unknown),
            (v(26, 1), Refused),
        ],
        instead: "use JSON, which took its place",
        source: "measured on 24.8, 25.5, 25.8 (setting), 26.1 and newer (unknown type)",
        is_about: |piece| piece.is_type(|data_type| matches!(data_type, DataType::Object(_))),
    },
    Fact {
        code: code::TEXT_INDEX,
        what: "a text index",
        statuses: &[
            (v(25, 9), Unknown),
            (v(26, 1), Needs("allow_experimental_full_text_index")),
            (v(26, 2), Works),
        ],
        instead: "use `tokenbf_v1` or `ngrambf_v1`",
        source: "measured on 24.8, 25.5, 25.8 (80), 26.1 (setting), 26.3 and newer; 26.2 from the changelog",
        is_about: |piece| piece.is_index(&["text"]),
    },
    Fact {
        code: code::FULL_TEXT_INDEX,
        what: "an index of the type `full_text` or `inverted`",
        statuses: &[(v(0, 0), Works), (v(25, 6), Unknown), (v(25, 8), Refused)],
        instead: "use `text`, which took its place",
        source: "measured on 24.8, 25.5 and 25.8 (unknown type)",
        is_about: |piece| piece.is_index(&["full_text", "inverted", "gin"]),
    },
    Fact {
        code: code::ANNOY_INDEX,
        what: "an index of the type `annoy` or `usearch`",
        statuses: &[(v(0, 0), Works), (v(24, 9), Unknown), (v(25, 5), Refused)],
        instead: "use `vector_similarity`, which took its place",
        source: "measured on 24.8 and 25.5 (unknown type)",
        is_about: |piece| piece.is_index(&["annoy", "usearch"]),
    },
    Fact {
        code: code::HYPOTHESIS_INDEX,
        what: "an index of the type `hypothesis`",
        statuses: &[(v(0, 0), Works), (v(26, 2), Unknown), (v(26, 3), Refused)],
        instead: "drop the index; an ASSUME constraint says the same",
        source: "measured on 26.1, 26.3 (127) and newer",
        is_about: |piece| piece.is_index(&["hypothesis"]),
    },
    Fact {
        code: code::VECTOR_SIMILARITY_INDEX,
        what: "a vector_similarity index",
        statuses: &[
            (v(24, 9), Needs("allow_experimental_vector_similarity_index")),
            (v(25, 8), Works),
        ],
        instead: "search without an index",
        source: "measured on 24.8 (unknown type), 25.5 (setting), 26.7 and 26.9; 25.8 from the changelog",
        is_about: |piece| piece.is_index(&["vector_similarity"]),
    },
    Fact {
        code: code::SPARSE_GRAMS_INDEX,
        what: "a sparse_grams index",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "use `ngrambf_v1`",
        source: "measured on 25.8 (unknown type) and 26.1",
        is_about: |piece| piece.is_index(&["sparse_grams"]),
    },
    Fact {
        code: code::STATISTICS,
        what: "STATISTICS of a column",
        statuses: &[
            (v(24, 8), Needs("allow_experimental_statistics")),
            (v(26, 2), Unknown),
            (v(26, 3), Works),
        ],
        instead: "leave the clause out",
        source: "measured on 24.8, 25.5, 25.8, 26.1 (setting), 26.3 and newer",
        is_about: declares_statistics,
    },
    Fact {
        code: code::COALESCING_ENGINE,
        what: "the engine CoalescingMergeTree",
        statuses: &[(v(25, 6), Works)],
        instead: "use ReplacingMergeTree, or AggregatingMergeTree with `anyLast`",
        source: "measured on 24.8, 25.5 (unknown engine), 25.8 and newer; 25.6 from the changelog",
        is_about: |piece| matches!(piece, Piece::Table(table) if table.storage.engine.base_name() == "CoalescingMergeTree"),
    },
    Fact {
        code: code::AGGREGATING_DIMENSIONS,
        what: "a plain column of an AggregatingMergeTree outside its sorting key",
        statuses: &[
            (v(0, 0), Works),
            (v(26, 6), Unknown),
            (v(26, 7), NeedsOnTable("allow_dimensions_outside_sorting_key")),
        ],
        instead: "put the column into the sorting key, or give it an aggregating type such as `SimpleAggregateFunction(any, T)`",
        source: "measured on 26.5 (taken), 26.7 and 26.9 (36)",
        is_about: is_dimension_outside_key,
    },
    Fact {
        code: code::PROJECTION_INDEX,
        what: "a projection that is an index",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "write the projection as a query, `SELECT _part_offset ORDER BY ...`",
        source: "measured on 25.8 (syntax error) and 26.1",
        is_about: |piece| matches!(piece, Piece::Projection(projection) if projection.is_index()),
    },
    Fact {
        code: code::PROJECTION_SETTINGS,
        what: "WITH SETTINGS of a projection",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "leave the settings out",
        source: "measured on 25.8 (syntax error) and 26.1",
        is_about: |piece| matches!(piece, Piece::Projection(projection) if !projection.settings.is_empty()),
    },
    Fact {
        code: code::PROJECTION_WHERE,
        what: "WHERE in a projection",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "put the rows into a table of their own, with a materialized view",
        source: "measured on 26.3, 26.5 (syntax error) and 26.7",
        is_about: |piece| matches!(piece, Piece::Projection(projection) if !projection.is_index() && has_clause(projection.body.as_sql(), "WHERE")),
    },
    Fact {
        code: code::REFRESHABLE_VIEW,
        what: "a refreshable materialized view",
        statuses: &[
            (
                v(23, 12),
                Needs("allow_experimental_refreshable_materialized_view"),
            ),
            (v(24, 10), Works),
        ],
        instead: "run its INSERT SELECT from outside",
        source: "measured on 24.8 (setting), 25.5 and newer; 23.12 and 24.10 from the changelog",
        is_about: |piece| matches!(piece, Piece::MaterializedView(view) if view.refresh.is_some()),
    },
    Fact {
        code: code::REFRESH_APPEND,
        what: "APPEND of a refreshable materialized view",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "run its INSERT SELECT from outside",
        source: "measured on 24.8 (syntax error) and 25.5",
        is_about: |piece| matches!(piece, Piece::MaterializedView(view) if view.refresh.as_ref().is_some_and(|refresh| refresh.append)),
    },
    Fact {
        code: code::REPLACE_MATERIALIZED_VIEW,
        what: "CREATE OR REPLACE of a materialized view",
        statuses: &[(v(26, 4), Unknown), (v(26, 7), Works)],
        instead: "drop the view and create it; rows that are inserted meanwhile pass it by",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3 (syntax error), 26.7 and 26.9",
        is_about: |piece| matches!(piece, Piece::ReplaceMaterializedView),
    },
    Fact {
        code: code::DATABASE_COMMENT,
        what: "changing the comment of a database",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "keep the comment as it is",
        source: "measured on 24.8 (syntax error), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::DatabaseComment),
    },
    Fact {
        code: code::INDEXED_COLUMN_TYPE,
        what: "another type for a column that a skipping index reads",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "drop the index in a migration before, and add it again behind",
        source: "measured on 24.8, 25.5, 25.8 (524), 26.1 and newer",
        is_about: is_indexed_column_type,
    },
    Fact {
        code: code::COLUMN_TTL_ALONE,
        what: "a column TTL that changes without the type",
        statuses: &[(v(26, 2), Unknown), (v(26, 3), Works)],
        instead: "repeat the type: `MODIFY COLUMN c T TTL ...`",
        source: "measured on 24.8, 25.5, 25.8, 26.1 (syntax error), 26.3 and newer",
        is_about: |piece| matches!(piece, Piece::ModifyColumn(change, _) if change.ttl.is_some() && change.data_type.is_none()),
    },
    Fact {
        code: code::PARENTHESISED_ALTER,
        what: "an ALTER with its commands in parentheses",
        statuses: &[(v(23, 11), Unknown), (v(24, 8), Works)],
        instead: "chx supports no server that is older",
        source: "measured on 23.10 (syntax error), 24.8 and newer",
        is_about: |piece| matches!(piece, Piece::Alter),
    },
    Fact {
        code: code::ADD_ENUM_VALUES,
        what: "ADD ENUM VALUES",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "write the whole type: `MODIFY COLUMN c Enum8(...)`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| matches!(piece, Piece::Command(AlterCommand::AddEnumValues { .. })),
    },
    Fact {
        code: code::MODIFY_CONSTRAINT,
        what: "MODIFY CONSTRAINT",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "drop the constraint and add it again in one ALTER",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| matches!(piece, Piece::Command(AlterCommand::ModifyConstraint { .. })),
    },
    Fact {
        code: code::STATISTICS_BASIC,
        what: "STATISTICS of the kind `basic` or `uniq_v2`",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "use `uniq` and `tdigest`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (unknown kind), 26.7 and 26.9",
        is_about: |piece| statistics_of(piece).any(|kind| matches!(kind.as_sql(), "basic" | "uniq_v2")),
    },
    Fact {
        code: code::STATISTICS_MINMAX,
        what: "STATISTICS of the kind `minmax`",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "use `tdigest`",
        source: "measured on 24.8 (unknown kind), 25.5 and newer",
        is_about: |piece| statistics_of(piece).any(|kind| kind.as_sql() == "minmax"),
    },
    Fact {
        code: code::DICTIONARY_MAP,
        what: "a Map in a dictionary",
        statuses: &[(v(26, 4), Unknown), (v(26, 5), Works)],
        instead: "keep the keys and the values in an Array each",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3 (50), 26.5 and newer",
        is_about: |piece| matches!(piece, Piece::Attribute(attribute) if matches!(attribute.data_type, DataType::Map(..))),
    },
    Fact {
        code: code::REFRESH_AFTER_OTHERS,
        what: "REFRESH DEPENDS ON without a time",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "give it a time: `REFRESH EVERY 1 HOUR DEPENDS ON ...`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| matches!(piece, Piece::MaterializedView(view) if view.refresh.as_ref().is_some_and(|refresh| refresh.schedule == Schedule::AfterOthers)),
    },
    Fact {
        code: code::MATERIALIZED_UNION,
        what: "UNION in a materialized view",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "write a materialized view into the same table for each of the queries",
        source: "measured on 24.8 (397), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::MaterializedView(view) if has_word(view.query.as_sql(), "UNION")),
    },
    Fact {
        code: code::EPHEMERAL_CLAUSES,
        what: "a clause behind EPHEMERAL without a default",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "give it a default: `EPHEMERAL ''`",
        source: "measured on 24.8 (syntax error), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::Column(column) if is_followed_ephemeral(column)),
    },
    Fact {
        code: code::ALIAS_ENGINE,
        what: "the engine Alias",
        statuses: &[
            (v(25, 9), Unknown),
            (v(26, 1), Needs("allow_experimental_alias_table_engine")),
            (v(26, 4), Unknown),
            (v(26, 5), Works),
        ],
        instead: "use a view",
        source: "measured on 24.8, 25.5, 25.8 (unknown engine), 26.1, 26.3 (setting), 26.5 and newer",
        is_about: |piece| matches!(piece, Piece::Table(table) if table.is_alias()),
    },
];

/// Does this word stand in a query, wherever?
fn has_word(sql: &str, word: &str) -> bool {
    lex(sql).is_ok_and(|tokens| tokens.iter().any(|token| token.is_word(word)))
}

/// Is there more of the column behind an EPHEMERAL without a default?
fn is_followed_ephemeral(column: &Column) -> bool {
    let default = column.default.as_ref();
    let is_bare =
        default.is_some_and(|default| default.kind == DefaultKind::Ephemeral && default.expr.is_none());
    let more = !column.comment.is_empty()
        || column.codec.is_some()
        || !column.statistics.is_empty()
        || column.ttl.is_some()
        || !column.settings.is_empty();
    is_bare && more
}

/// Does this word stand in a projection's query, outside all brackets?
fn has_clause(sql: &str, word: &str) -> bool {
    let mut depth = 0_usize;
    lex(sql).is_ok_and(|tokens| {
        tokens.iter().any(|token| {
            if matches!(token.kind, TokenKind::Punct(punct) if punct.opens()) {
                depth += 1;
            } else if matches!(token.kind, TokenKind::Punct(punct) if punct.closes()) {
                depth = depth.saturating_sub(1);
            }
            depth == 0 && token.is_word(word)
        })
    })
}

/// A column that a merge keeps any one value of. A table without any aggregate is not looked at (measured on 26.7, 26.9).
fn is_dimension_outside_key(piece: &Piece<'_>) -> bool {
    let Piece::Table(table) = piece else { return false };
    let is_measure = |column: &Column| {
        matches!(
            column.data_type,
            DataType::AggregateFunction(_) | DataType::SimpleAggregateFunction(_)
        )
    };
    let key = &table.storage.order_by.parts;
    let in_key = |column: &Column| {
        key.iter().any(|part| {
            part.expr
                .references()
                .any(|name| name.parts.last().is_some_and(|last| last == column.name.as_str()))
        })
    };
    table.storage.engine.base_name() == "AggregatingMergeTree"
        && table.columns.iter().any(is_measure)
        && table
            .columns
            .iter()
            .any(|column| column.is_stored() && !is_measure(column) && !in_key(column))
}

fn is_indexed_column_type(piece: &Piece<'_>) -> bool {
    let Piece::ModifyColumn(change, Some(table)) = piece else {
        return false;
    };
    let reads = |index: &Index| {
        index
            .expr
            .references()
            .any(|name| name.parts.last().is_some_and(|last| last == change.name.as_str()))
    };
    let old = table.column(change.name.as_str()).map(|column| &column.data_type);
    change.data_type.is_some() && change.data_type.as_ref() != old && table.indexes.iter().any(reads)
}

fn declares_statistics(piece: &Piece<'_>) -> bool {
    statistics_of(piece).next().is_some()
}

/// The kinds of statistics that a piece declares.
fn statistics_of<'a>(piece: &'a Piece<'_>) -> impl Iterator<Item = &'a Expr> {
    let kinds: &[Expr] = match piece {
        Piece::Column(column) => &column.statistics,
        Piece::Command(
            AlterCommand::AddStatistics { kinds, .. } | AlterCommand::ModifyStatistics { kinds, .. },
        ) => kinds,
        _ => &[],
    };
    kinds.iter()
}
