//! Which statements may be announced to the journal in one write.
//!
//! A row stands in the journal before its statement is sent. In a long run one write announces several statements that
//! follow each other, because a write costs more than most statements do. A run that dies then leaves all of them open,
//! and the next one has to tell from the database alone which of them ran. So a statement is announced together with
//! those before it only where the schema tells: each object that it changes becomes something that it was not before, at
//! no moment since the first of them.

use std::collections::BTreeMap;

use chx_core::canon::hidden;
use chx_core::history::Effect;
use chx_core::model::{Object, ObjectId, Schema};

use super::pending::objects_of;

/// Follows the statements that are left, in their order, and says of each whether it may be announced together with the
/// one before it.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// What each object was at any moment since the first statement that is announced together.
    states: BTreeMap<ObjectId, Vec<Option<Object>>>,
    /// The statement that was looked at last: its objects, none where the schema does not tell of it.
    open: Option<Vec<ObjectId>>,
    /// The answers so far.
    answers: Vec<bool>,
    /// Does the next statement stand behind one that has to stand alone?
    is_behind_alone: bool,
}

impl Together {
    /// A statement, and the schema right before it.
    pub(super) fn look(&mut self, effect: &Effect, has_probe: bool, before: &Schema) {
        self.close(before);
        // Rows do not tell, and a probe may not fit any more when later statements ran.
        let told_by_schema = matches!(effect, Effect::Schema(_)) && !has_probe;
        let ids = if told_by_schema {
            objects_of(effect, before)
        } else {
            Vec::new()
        };
        for id in &ids {
            self.states
                .entry(id.clone())
                .or_insert_with(|| vec![as_shown(before, id)]);
        }
        self.open = Some(ids);
    }

    /// Something else happens here: what follows is not announced with what came before.
    pub(super) fn part(&mut self, before: &Schema) {
        self.close(before);
        self.is_behind_alone = true;
    }

    /// The answers, one for each statement; `after` is the schema behind the last one.
    pub(super) fn answers(mut self, after: &Schema) -> Vec<bool> {
        self.close(after);
        self.answers
    }

    fn close(&mut self, after: &Schema) {
        let Some(ids) = self.open.take() else { return };
        let may_join = !std::mem::take(&mut self.is_behind_alone);
        let mut moves = Vec::new();
        for id in ids {
            let before = self
                .states
                .get(&id)
                .and_then(|states| states.last())
                .cloned()
                .flatten();
            let now = as_shown(after, &id);
            if before != now {
                moves.push((id, before, now));
            }
        }
        let returns = |(id, _, now): &(ObjectId, Option<Object>, Option<Object>)| {
            self.states.get(id).is_some_and(|states| states.contains(now))
        };
        let joins = may_join && !moves.is_empty() && !moves.iter().any(returns);
        if !joins {
            self.states.clear();
        }
        self.is_behind_alone = moves.is_empty();
        for (id, before, now) in moves {
            self.states.entry(id).or_insert_with(|| vec![before]).push(now);
        }
        self.answers.push(joins);
    }
}

/// An object as a server shows it: without the values of secrets.
fn as_shown(schema: &Schema, id: &ObjectId) -> Option<Object> {
    schema.get(id).cloned().map(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn joins(script: &[(&str, bool)]) {
        let (mut together, mut schema) = (Together::default(), Schema::default());
        for (sql, _) in script {
            let (sql, probe) = match sql.strip_prefix("probe ") {
                Some(sql) => (sql, true),
                None => (*sql, false),
            };
            let effect = Effect::of(sql).unwrap();
            together.look(&effect, probe, &schema);
            if let Effect::Schema(statement) = &effect {
                schema.apply(statement).unwrap();
            }
        }
        let expected: Vec<bool> = script.iter().map(|(_, joins)| *joins).collect();
        assert_eq!(together.answers(&schema)[1..], expected[1..]);
    }

    const A: &str = "CREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n";

    #[test]
    fn what_only_adds_is_announced_together() {
        joins(&[
            (A, false),
            ("ALTER TABLE shop.a ADD COLUMN x UInt8", true),
            ("ALTER TABLE shop.a COMMENT COLUMN x 'why'", true),
            (
                "CREATE TABLE shop.b (n UInt64) ENGINE = MergeTree ORDER BY n",
                true,
            ),
            ("DROP TABLE shop.b", false),
            ("ALTER TABLE shop.a DROP COLUMN x", true),
        ]);
    }

    #[test]
    fn what_brings_an_earlier_state_back_begins_anew() {
        joins(&[
            (A, false),
            ("ALTER TABLE shop.a ADD COLUMN x UInt8", true),
            ("ALTER TABLE shop.a DROP COLUMN x", false),
            ("ALTER TABLE shop.a ADD COLUMN y UInt8", true),
            ("ALTER TABLE shop.a ADD COLUMN x UInt8", true),
            // As it was before x came: the state is one of those since the column went.
            ("ALTER TABLE shop.a DROP COLUMN x", false),
            // The state right before the one above counts as well.
            ("ALTER TABLE shop.a ADD COLUMN x UInt8", false),
            ("RENAME TABLE shop.a TO shop.c", true),
            ("RENAME TABLE shop.c TO shop.a", false),
        ]);
    }

    #[test]
    fn what_the_schema_does_not_tell_stands_alone() {
        joins(&[
            (A, false),
            ("INSERT INTO shop.a SELECT 1", false),
            ("ALTER TABLE shop.a ADD COLUMN x UInt8", false),
            ("ALTER TABLE shop.a ADD COLUMN y UInt8", true),
            ("probe ALTER TABLE shop.a ADD COLUMN z UInt8", false),
            ("ALTER TABLE shop.a ADD COLUMN q UInt8", false),
            // Nothing is to be seen of it.
            ("ALTER TABLE shop.a MATERIALIZE COLUMN q", false),
            ("ALTER TABLE shop.a ADD COLUMN r UInt8", false),
        ]);
    }
}
