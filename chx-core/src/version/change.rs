//! The facts about what old servers take in one form and not in another: a column that stops being Nullable, a refresh that
//! waits for others, statistics of text.

use crate::ddl::AlterCommand;
use crate::diag::code;
use crate::model::{Column, Refresh, Schedule};
use crate::types::DataType;

use super::ServerVersion;
use super::fact::{Fact, Status};
use super::piece::Piece;

use Status::{Fails, Unknown, Works};

const fn v(year: u16, release: u16) -> ServerVersion {
    ServerVersion::new(year, release)
}

/// Everything of this kind that is known, by code.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        code: code::NULLABLE_TO_PLAIN,
        what: "a Nullable column that becomes plain",
        statuses: &[
            (
                v(0, 0),
                Fails(
                    "fails at the first NULL (349), and so does every read of the column until there is none",
                ),
            ),
            (v(25, 9), Unknown),
            (v(26, 1), Works),
        ],
        instead: "put a value in place of every NULL in a migration before: `ALTER TABLE t UPDATE c = 0 WHERE c IS NULL`",
        source: "measured on 25.8 (341, 349), 26.1 and newer",
        is_about: is_nullable_to_plain,
    },
    Fact {
        code: code::REFRESH_AFTER_DEPENDS,
        what: "REFRESH AFTER with DEPENDS ON",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "write EVERY in the place of AFTER",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (36), 26.7 and 26.9",
        is_about: |piece| match piece {
            Piece::MaterializedView(view) => view.refresh.as_ref().is_some_and(waits_for_others),
            Piece::Command(AlterCommand::ModifyRefresh { refresh }) => waits_for_others(refresh),
            _ => false,
        },
    },
    Fact {
        code: code::STATISTICS_OF_TEXT,
        what: "STATISTICS(uniq) of a column of text",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "leave the clause out",
        source: "measured on 24.8 (708), 25.5 and newer",
        is_about: |piece| matches!(piece, Piece::Column(column) if is_counted_text(column)),
    },
];

fn is_nullable_to_plain(piece: &Piece<'_>) -> bool {
    let Piece::ModifyColumn(change, Some(table)) = piece else {
        return false;
    };
    let is_nullable = |data_type: &DataType| match data_type {
        DataType::Nullable(_) => true,
        DataType::LowCardinality(inner) => matches!(&**inner, DataType::Nullable(_)),
        _ => false,
    };
    let old = table.column(change.name.as_str());
    old.is_some_and(|column| is_nullable(&column.data_type))
        && change.data_type.as_ref().is_some_and(|new| !is_nullable(new))
}

fn waits_for_others(refresh: &Refresh) -> bool {
    matches!(refresh.schedule, Schedule::After(_)) && !refresh.depends_on.is_empty()
}

fn is_counted_text(column: &Column) -> bool {
    let is_text = match &column.data_type {
        DataType::LowCardinality(inner) => matches!(&**inner, DataType::String),
        data_type => matches!(data_type, DataType::String),
    };
    is_text && column.statistics.iter().any(|kind| kind.as_sql() == "uniq")
}
