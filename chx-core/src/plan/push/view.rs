//! Views and materialized views that change.

use crate::ddl::{AlterCommand, OnExisting, Statement};
use crate::ident::QualifiedName;
use crate::model::{MaterializedView, ObjectId, Schema, SqlSecurity, Target, View};
use crate::pair::Pair;
use crate::plan::{Cost, Phase, Rebuild, Renames, Risk};
use crate::sql::{output_columns, relations};

use super::Pushed;

/// A view that changed.
pub(super) fn push(views: Pair<&View>, pushed: &mut Pushed) {
    let Pair { before, after } = views;
    if before.query != after.query {
        let statement = Statement::creating_or(after.clone().into(), OnExisting::Replace);
        pushed.step(Phase::Query, statement, Risk::Caution, Cost::Metadata);
        return;
    }
    if before.security != after.security {
        // A view without the clause reads as its invoker.
        let security = after.security.clone().unwrap_or(SqlSecurity::Invoker);
        let commands = vec![AlterCommand::ModifySqlSecurity { security }];
        pushed.alter(Phase::Query, &after.name, commands, Risk::Caution, Cost::Metadata);
    }
    comment(&after.name, Pair::new(&before.comment, &after.comment), pushed);
}

fn comment(name: &QualifiedName, comments: Pair<&String>, pushed: &mut Pushed) {
    if comments.before != comments.after {
        let comment = comments.after.clone();
        let commands = vec![AlterCommand::ModifyComment { comment }];
        pushed.alter(Phase::Query, name, commands, Risk::Safe, Cost::Metadata);
    }
}

/// The risk of creating a materialized view: one whose runs replace the rows of a table that is there.
pub(super) fn created_risk(view: &MaterializedView, schemas: Pair<&Schema>, renames: &Renames) -> Risk {
    let was_there = |target| {
        let was = renames.origin(target).and_then(|name| schemas.before.table(name));
        was.is_some()
    };
    if view.overwrites().is_some_and(was_there) {
        Risk::Destructive
    } else {
        Risk::Safe
    }
}

/// A materialized view that changed.
pub(super) fn push_materialized(
    views: Pair<&MaterializedView>,
    schemas: Pair<&Schema>,
    renames: &Renames,
    pushed: &mut Pushed,
) {
    let Pair { before, after } = views;
    let name = &after.name;
    if must_be_replaced(views) {
        let overwrites = before.overwrites() != after.overwrites()
            && created_risk(after, schemas, renames) == Risk::Destructive;
        let risk = if matches!(before.target, Target::Inner(_)) || overwrites {
            Risk::Destructive
        } else {
            Risk::Caution
        };
        let statement = Statement::creating_or(after.clone().into(), OnExisting::Replace);
        pushed.step(Phase::Query, renames.starting(statement), risk, Cost::Metadata);
        return;
    }
    let columns = columns_beyond_inner_table(views);
    if !columns.is_empty() {
        pushed.touched.push(ObjectId::Relation(name.clone()));
        pushed.rebuilds.push(Rebuild::of_inner_table(views, columns));
        return;
    }
    let mut change = |command: AlterCommand| {
        pushed.alter(Phase::Query, name, vec![command], Risk::Caution, Cost::Metadata);
    };
    if before.query != after.query || is_fed_by_another(after, schemas, renames) {
        // MODIFY QUERY keeps the view attached: no insert passes it by.
        let query = after.query.clone();
        change(AlterCommand::ModifyQuery { query });
    }
    if before.refresh != after.refresh
        && let Some(refresh) = after.refresh.clone()
    {
        change(AlterCommand::ModifyRefresh { refresh });
    }
    if before.security != after.security
        && let Some(security) = after.security.clone()
    {
        change(AlterCommand::ModifySqlSecurity { security });
    }
    comment(name, Pair::new(&before.comment, &after.comment), pushed);
}

/// A view follows its source when that gets another name, whatever its query says, and receives nothing from a table that
/// takes the old name. Saying the query again attaches it to the table that has the name now.
fn is_fed_by_another(view: &MaterializedView, schemas: Pair<&Schema>, renames: &Renames) -> bool {
    if renames.relations.is_empty() || view.refresh.is_some() {
        return false;
    }
    relations(&view.query, &view.name.database)
        .iter()
        .any(|name| renames.gives_up(name) && schemas.after.relation(name).is_some())
}

/// What no ALTER of a materialized view can do: another target, triggered or by the clock, APPEND (48), and taking the
/// security away (397).
fn must_be_replaced(views: Pair<&MaterializedView>) -> bool {
    let appends = views.map(|view| view.refresh.as_ref().map(|refresh| refresh.append));
    views.before.target != views.after.target
        || appends.before != appends.after
        || (views.before.security.is_some() && views.after.security.is_none())
}

/// What the new query gives and the old one did not, where that is seen: an inner table has the columns of the query that
/// it was made for.
fn columns_beyond_inner_table(views: Pair<&MaterializedView>) -> Vec<String> {
    let Target::Inner(inner) = &views.before.target else {
        return Vec::new();
    };
    if views.before.query == views.after.query {
        return Vec::new();
    }
    let Pair {
        before: Some(before),
        after: Some(after),
    } = views.map(|view| output_columns(&view.query))
    else {
        return Vec::new();
    };
    after
        .into_iter()
        .filter(|column| !before.contains(column))
        .flatten()
        .filter(|column| inner.columns.iter().all(|there| there.name.as_str() != column))
        .collect()
}
