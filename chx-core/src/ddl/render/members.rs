//! What stands in the list of a table: columns, indexes, constraints, projections, in the order in which the
//! server writes them.

use crate::model::{Column, Constraint, Index, Projection, Table};

use super::column::{call, column, settings_in_parens};
use super::out::Out;

enum Member<'a> {
    Column(&'a Column),
    Index(&'a Index),
    Constraint(&'a Constraint),
    Projection(&'a Projection),
}

pub(super) fn members(out: &mut Out, table: &Table) {
    let columns = table.columns.iter().map(Member::Column);
    let indexes = table.indexes.iter().map(Member::Index);
    let constraints = table.constraints.iter().map(Member::Constraint);
    let projections = table.projections.iter().map(Member::Projection);
    let mut all = columns
        .chain(indexes)
        .chain(constraints)
        .chain(projections)
        .peekable();
    // Without a list the engine finds the columns itself (File, Merge, Distributed, ...).
    if all.peek().is_none() {
        return;
    }
    out.block(all, |out, member| match member {
        Member::Column(member) => column(out, member, true),
        Member::Index(member) => {
            out.word("INDEX ");
            index(out, member);
        }
        Member::Constraint(member) => {
            out.word("CONSTRAINT ");
            constraint(out, member);
        }
        Member::Projection(member) => {
            out.word("PROJECTION ");
            projection(out, member);
        }
    });
}

/// Behind the word INDEX.
pub(super) fn index(out: &mut Out, index: &Index) {
    out.sql(index.name.sql());
    out.word(" ");
    out.sql(&index.expr);
    out.word(" TYPE ");
    call(out, &index.index_type.name, &index.index_type.args);
    if let Some(granularity) = index.granularity {
        out.word(" GRANULARITY ");
        out.sql(granularity);
    }
}

/// Behind the word CONSTRAINT.
pub(super) fn constraint(out: &mut Out, constraint: &Constraint) {
    out.sql(constraint.name.sql());
    out.word(" ");
    out.word(constraint.kind.keyword());
    out.word(" ");
    out.sql(&constraint.expr);
}

/// Behind the word PROJECTION.
pub(super) fn projection(out: &mut Out, projection: &Projection) {
    out.sql(projection.name.sql());
    if projection.is_index() {
        out.word(" ");
        out.sql(&projection.body);
    } else {
        out.word(" (");
        out.sql(&projection.body);
        out.word(")");
    }
    if !projection.settings.is_empty() {
        out.word(" WITH SETTINGS ");
        settings_in_parens(out, &projection.settings);
    }
}
