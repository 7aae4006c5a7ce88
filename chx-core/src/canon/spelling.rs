//! What two stored definitions of one meaning are still spelt differently by.
//!
//! The engine stores what it reads in one form, but for parentheses that group what stands alone anyway. Where the two
//! objects differ by nothing else in a piece, the first one takes the words of the second.

use crate::model::{Column, Expr, Key, Object, Storage, Table, Target, TtlAction, TtlRule};

/// Gives each expression of an object the words that the other one has for it, where they mean the same by their tokens.
pub fn adopt_grouping(object: &mut Object, other: &Object) {
    match (object, other) {
        (Object::Table(table), Object::Table(other)) => in_table(table, other),
        (Object::View(view), Object::View(other)) => in_expr(&mut view.query, &other.query),
        (Object::MaterializedView(view), Object::MaterializedView(other)) => {
            in_expr(&mut view.query, &other.query);
            if let (Target::Inner(inner), Target::Inner(of_other)) = (&mut view.target, &other.target) {
                let mut table = inner.as_table(&view.name);
                in_table(&mut table, &of_other.as_table(&other.name));
                **inner = table.into();
            }
        }
        (Object::Function(function), Object::Function(other)) => in_expr(&mut function.body, &other.body),
        _ => {}
    }
}

fn in_expr(expr: &mut Expr, other: &Expr) {
    if expr != other && expr.is_grouped_like(other) {
        expr.clone_from(other);
    }
}

fn in_option(expr: Option<&mut Expr>, other: Option<&Expr>) {
    if let (Some(expr), Some(other)) = (expr, other) {
        in_expr(expr, other);
    }
}

fn in_table(table: &mut Table, other: &Table) {
    table.columns.map_changed(|column| {
        let other = other.column(column.name.as_str())?;
        let mut changed = column.clone();
        in_column(&mut changed, other);
        (changed != *column).then_some(changed)
    });
    for index in &mut table.indexes {
        if let Some(other) = other.indexes.iter().find(|other| other.name == index.name) {
            in_expr(&mut index.expr, &other.expr);
        }
    }
    for projection in &mut table.projections {
        if let Some(other) = other
            .projections
            .iter()
            .find(|other| other.name == projection.name)
        {
            in_expr(&mut projection.body, &other.body);
        }
    }
    for constraint in &mut table.constraints {
        if let Some(other) = other
            .constraints
            .iter()
            .find(|other| other.name == constraint.name)
        {
            in_expr(&mut constraint.expr, &other.expr);
        }
    }
    in_storage(&mut table.storage, &other.storage);
}

fn in_column(column: &mut Column, other: &Column) {
    if let (Some(default), Some(other)) = (&mut column.default, &other.default) {
        in_option(default.expr.as_mut(), other.expr.as_ref());
    }
    in_option(column.ttl.as_mut(), other.ttl.as_ref());
}

fn in_storage(storage: &mut Storage, other: &Storage) {
    in_key(&mut storage.partition_by, &other.partition_by);
    in_key(&mut storage.order_by, &other.order_by);
    if let (Some(key), Some(other)) = (&mut storage.primary_key, &other.primary_key) {
        in_key(key, other);
    }
    in_option(storage.sample_by.as_mut(), other.sample_by.as_ref());
    if storage.ttl.len() == other.ttl.len() {
        for (rule, other) in storage.ttl.iter_mut().zip(&other.ttl) {
            in_ttl(rule, other);
        }
    }
}

fn in_key(key: &mut Key, other: &Key) {
    if key.parts.len() == other.parts.len() {
        for (part, other) in key.parts.iter_mut().zip(&other.parts) {
            in_expr(&mut part.expr, &other.expr);
        }
    }
}

fn in_ttl(rule: &mut TtlRule, other: &TtlRule) {
    in_expr(&mut rule.expr, &other.expr);
    match (&mut rule.action, &other.action) {
        (TtlAction::Delete { condition }, TtlAction::Delete { condition: other }) => {
            in_option(condition.as_mut(), other.as_ref());
        }
        (TtlAction::GroupBy { set, .. }, TtlAction::GroupBy { set: other, .. })
            if set.len() == other.len() =>
        {
            for ((_, expr), (_, other)) in set.iter_mut().zip(other) {
                in_expr(expr, other);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object};

    fn read(sql: &str) -> Object {
        parse_object(sql, &ParseContext::default()).unwrap()
    }

    #[track_caller]
    fn check(sql: &str, other: &str, same: bool) {
        let (mut object, other) = (read(sql), read(other));
        adopt_grouping(&mut object, &other);
        assert_eq!(object == other, same, "{object:#?}\n{other:#?}");
    }

    #[test]
    fn every_expression_takes_the_words_of_the_other() {
        check(
            "CREATE VIEW d.v AS SELECT a FROM d.t WHERE (a = 1)",
            "CREATE VIEW d.v AS SELECT a FROM d.t WHERE a = 1",
            true,
        );
        check(
            "CREATE TABLE d.t (a UInt8 DEFAULT f((b)), b UInt8, INDEX i f((a)) TYPE minmax, PROJECTION p (SELECT a WHERE (a = 1)), \
             CONSTRAINT c CHECK f((a))) ENGINE = MergeTree PARTITION BY f((a)) ORDER BY (f((a)), b) TTL f((a)) WHERE f((b))",
            "CREATE TABLE d.t (a UInt8 DEFAULT f(b), b UInt8, INDEX i f(a) TYPE minmax, PROJECTION p (SELECT a WHERE a = 1), \
             CONSTRAINT c CHECK f(a)) ENGINE = MergeTree PARTITION BY f(a) ORDER BY (f(a), b) TTL f(a) WHERE f(b)",
            true,
        );
    }

    #[test]
    fn what_is_different_stays_so() {
        check(
            "CREATE VIEW d.v AS SELECT a FROM d.t WHERE (a = 1)",
            "CREATE VIEW d.v AS SELECT a FROM d.t WHERE a = 2",
            false,
        );
        check(
            "CREATE TABLE d.t (a UInt8 DEFAULT f((b)), b UInt8) ENGINE = MergeTree ORDER BY a",
            "CREATE TABLE d.t (a UInt8 DEFAULT f(b), b UInt16) ENGINE = MergeTree ORDER BY a",
            false,
        );
    }
}
