//! Statements of drafts that chx does not understand, and whose effect nobody has written down yet.
//!
//! Decides which one is next, and what the schema is before it. What it does is found out on an engine, elsewhere.

use crate::diag::Place;
use crate::model::Schema;

use super::chain::Chain;
use super::files::HistoryFiles;
use super::migration::Seal;
use super::parse::parse_script;
use super::replay::order;
use super::{Effect, EffectError, MigrationId};

/// The way that a statement is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The way there.
    Up,
    /// The way back.
    Down,
}

/// A statement whose effect is to be found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its migration, a draft.
    pub id: MigrationId,
    /// Does it stand among the statements up or down?
    pub direction: Direction,
    /// Its number among them, from 1.
    pub number: usize,
    /// Where it stands.
    pub place: Place,
    /// The statement.
    pub sql: String,
    /// The schema right before it.
    pub before: Schema,
}

/// The first such statement of a history; `None` where there is none, and where something before it is wrong, which
/// [`seal`](super::seal()) then says.
pub fn first_unknown(files: &HistoryFiles) -> Option<Unknown> {
    let chain = files
        .sum
        .as_ref()
        .map_or_else(Chain::default, |sum| Chain::parse(&sum.path, &sum.text).0);
    let mut schema = Schema::default();
    for id in order(&chain, files) {
        let file = files.migrations.get(&id)?;
        let places = files.places(&id);
        let parsed = parse_script(&places, &id, &file.text).ok()?;
        let is_draft = parsed.migration.seal == Seal::Draft;
        let up = (&parsed.migration.up, &parsed.up_lines, Direction::Up);
        let down = (&parsed.migration.down, &parsed.down_lines, Direction::Down);
        // The way back starts where the way there ends, and the next migration does too.
        let mut back = None;
        for (steps, lines, direction) in [up, down] {
            let schema = match direction {
                Direction::Up => &mut schema,
                Direction::Down => back.insert(schema.clone()),
            };
            for (index, step) in steps.iter().enumerate() {
                match Effect::of_step(step) {
                    Ok(effect) => {
                        for statement in effect.statements() {
                            schema.apply(statement).ok()?;
                        }
                    }
                    Err(EffectError::Parse(error)) if is_draft && !error.says_instead() => {
                        return Some(Unknown {
                            direction,
                            number: index + 1,
                            place: places.place(lines.get(index).copied()?),
                            sql: step.sql.clone(),
                            before: std::mem::take(schema),
                            id,
                        });
                    }
                    Err(_) => return None,
                }
            }
        }
    }
    None
}
