//! Skipping indexes, projections and constraints: there is no MODIFY that works on all versions, so a changed one
//! is dropped and added in the same ALTER, which is atomic.

use crate::ddl::AlterCommand;
use crate::ident::Ident;
use crate::model::{Column, Constraint, Expr, Index, Projection, Table};
use crate::pair::Pair;

use super::TableChanges;
use super::columns::reads;

/// Pushes everything that has to do with indexes, projections and constraints.
///
/// A member that only goes does so with the columns, before them. A member that changes or comes does so after the
/// new columns.
pub(super) fn push(tables: Pair<&Table>, changes: &mut TableChanges) {
    let mut gone = Vec::new();
    let indexes = compare(tables.map(|table| table.indexes.as_slice()), |index| &index.name);
    let projections = compare(tables.map(|table| table.projections.as_slice()), |projection| {
        &projection.name
    });
    let constraints = compare(tables.map(|table| table.constraints.as_slice()), |constraint| {
        &constraint.name
    });

    let drop_index = |name: &Ident| AlterCommand::DropIndex {
        name: name.clone(),
        if_exists: false,
    };
    let drop_projection = |name: &Ident| AlterCommand::DropProjection {
        name: name.clone(),
        if_exists: false,
    };
    let drop_constraint = |name: &Ident| AlterCommand::DropConstraint {
        name: name.clone(),
        if_exists: false,
    };

    changes
        .extend
        .extend(indexes.changed.iter().map(|new| drop_index(&new.name)));
    changes
        .extend
        .extend(projections.changed.iter().map(|new| drop_projection(&new.name)));
    // A column cannot change its type under a projection (524): it goes before and comes again behind the change.
    let rewritten: Vec<Ident> = changes
        .rewrite
        .iter()
        .filter_map(|command| match command {
            AlterCommand::ModifyColumn(change) => Some(change.name.clone()),
            _ => None,
        })
        .collect();
    // Nothing else asks which columns changed.
    let asks = !indexes.gone.is_empty()
        || !constraints.gone.is_empty()
        || tables.before.projections.len() + tables.after.projections.len() > 0;
    let changed = |differs: fn(Pair<&Column>) -> bool| -> Vec<Ident> {
        if !asks {
            return Vec::new();
        }
        kept_columns(tables)
            .filter(|pair| differs(*pair))
            .map(|pair| pair.after.name.clone())
            .collect()
    };
    let retyped = changed(|pair| pair.before.data_type != pair.after.data_type);
    let redefined = changed(|pair| pair.before.default != pair.after.default);
    let stands_on =
        |projection: &Projection, columns: &[Ident]| columns.iter().any(|column| depends(projection, column));
    let waits = |projection: &Projection| stands_on(projection, &rewritten);
    let (gone_first, gone_projections): (Vec<&Projection>, Vec<&Projection>) = projections
        .gone
        .iter()
        .copied()
        .partition(|projection| stands_on(projection, &retyped) || stands_on(projection, &redefined));
    let again: Vec<&Projection> = tables
        .after
        .projections
        .iter()
        .filter(|projection| {
            tables.before.projections.contains(projection) && stands_on(projection, &retyped)
        })
        .collect();
    let first = again.iter().chain(&gone_first);
    changes
        .extend
        .splice(0..0, first.map(|projection| drop_projection(&projection.name)));
    changes
        .extend
        .extend(constraints.changed.iter().map(|new| drop_constraint(&new.name)));

    for index in indexes.changed.iter().chain(&indexes.added) {
        changes.extend.push(AlterCommand::AddIndex {
            index: (*index).clone(),
            position: None,
            if_not_exists: false,
        });
    }
    for projection in projections.changed.iter().chain(&projections.added).chain(&again) {
        let add = AlterCommand::AddProjection {
            projection: (*projection).clone(),
            if_not_exists: false,
        };
        if waits(projection) {
            changes.rewrite.push(add);
        } else {
            changes.extend.push(add);
        }
    }
    for constraint in constraints.changed.iter().chain(&constraints.added) {
        changes.extend.push(AlterCommand::AddConstraint {
            constraint: (*constraint).clone(),
            if_not_exists: false,
        });
    }

    // What reads a column that becomes another goes before that.
    let (first_indexes, last_indexes): (Vec<&Index>, Vec<&Index>) = indexes
        .gone
        .iter()
        .copied()
        .partition(|index| redefined.iter().any(|column| reads(&index.expr, column)));
    let (first_constraints, last_constraints): (Vec<&Constraint>, Vec<&Constraint>) = constraints
        .gone
        .iter()
        .copied()
        .partition(|constraint| redefined.iter().any(|column| reads(&constraint.expr, column)));
    let first_indexes = first_indexes.iter().map(|index| drop_index(&index.name));
    let first_constraints = first_constraints
        .iter()
        .map(|constraint| drop_constraint(&constraint.name));
    changes
        .extend
        .splice(0..0, first_indexes.chain(first_constraints));

    gone.extend(last_indexes.iter().map(|old| drop_index(&old.name)));
    gone.extend(gone_projections.iter().map(|old| drop_projection(&old.name)));
    gone.extend(last_constraints.iter().map(|old| drop_constraint(&old.name)));
    changes.shrink.splice(0..0, gone);
}

/// The columns that both states have. Most stand where they stood, and are not searched for.
fn kept_columns(tables: Pair<&Table>) -> impl Iterator<Item = Pair<&Column>> {
    tables
        .after
        .columns
        .iter()
        .enumerate()
        .filter_map(move |(at, after)| {
            let same_place = tables.before.columns.get(at);
            let before = same_place
                .filter(|before| before.name == after.name)
                .or_else(|| tables.before.column(after.name.as_str()))?;
            Some(Pair { before, after })
        })
}

/// Does the type of the column matter to the projection? What only stands in the list of one that sorts does not.
fn depends(projection: &Projection, column: &Ident) -> bool {
    let sql = projection.body.as_sql();
    let sorts = sql
        .rsplit_once(" ORDER BY ")
        .filter(|_| !sql.contains(" GROUP BY "));
    match sorts.map(|(_, keys)| Expr::parse(keys)) {
        Some(Ok(keys)) => reads(&keys, column),
        _ => reads(&projection.body, column),
    }
}

struct Compared<'a, T> {
    added: Vec<&'a T>,
    changed: Vec<&'a T>,
    gone: Vec<&'a T>,
}

/// Members by name; their order means nothing.
fn compare<'a, T: PartialEq>(members: Pair<&'a [T]>, name: impl Fn(&T) -> &Ident) -> Compared<'a, T> {
    let find = |list: &'a [T], wanted: &Ident| list.iter().find(|member| name(member) == wanted);
    let mut compared = Compared {
        added: Vec::new(),
        changed: Vec::new(),
        gone: Vec::new(),
    };
    for member in members.after {
        match find(members.before, name(member)) {
            None => compared.added.push(member),
            Some(old) if old != member => compared.changed.push(member),
            Some(_) => {}
        }
    }
    compared.gone.extend(
        members
            .before
            .iter()
            .filter(|old| find(members.after, name(old)).is_none()),
    );
    compared
}
