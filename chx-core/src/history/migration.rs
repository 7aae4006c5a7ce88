//! A migration: what one file of the history says.
//!
//! Decides what a migration consists of: its id, the objects that it touches with their fingerprints on both sides,
//! the statements up and down, and what the way down cannot bring back. The SQL is the record; everything else is
//! derived from it and proves it.

use serde::Serialize;

use super::{Expect, MigrationId};
use crate::ddl::Statement;
use crate::fingerprint::Fingerprint;
use crate::model::{ObjectId, ObjectKind, Schema};
use crate::pair::Pair;
use crate::plan::{Cost, Risk};

/// The newest version of the file format that this version of chx reads and writes. It reads all before it too, and
/// writes the oldest that can say what the migration says: 2 where it expects something or records what a statement does,
/// else 1.
pub const FORMAT_VERSION: u32 = 2;

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its name, also the stem of its file.
    pub id: MigrationId,
    /// Free words in the header.
    pub notes: Vec<Note>,
    /// Which objects it touches.
    pub seal: Seal,
    /// What it expects of the database before its first statement, besides what its statements need anyway.
    pub expects: Vec<Expect>,
    /// The way there, in order.
    pub up: Vec<SqlStep>,
    /// The way back, in order.
    pub down: Vec<SqlStep>,
    /// What the way back cannot bring back.
    pub lost: Vec<Note>,
}

impl Migration {
    /// The oldest version of the file format that can say it.
    pub fn format(&self) -> u32 {
        let records = self
            .up
            .iter()
            .chain(&self.down)
            .any(|step| step.effects.is_some());
        if self.expects.is_empty() && !records { 1 } else { 2 }
    }
}

/// Is a migration finished, and what does it then claim?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seal {
    /// Somebody is still writing it: nothing may run it.
    Draft,
    /// It is finished and touches these objects, sorted by identity, each once.
    Sealed(Vec<ObjectChange>),
}

impl Seal {
    /// The objects that it claims to touch; none while it is a draft.
    pub fn objects(&self) -> &[ObjectChange] {
        match self {
            Self::Draft => &[],
            Self::Sealed(objects) => objects,
        }
    }
}

/// One object that a migration touches: what it is before and after, `None` where it does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectChange {
    /// The object.
    pub id: ObjectId,
    /// Its state before the first and after the last statement.
    pub state: Pair<Option<ObjectState>>,
}

/// The state of an object, as far as a header knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectState {
    /// What it is.
    pub kind: ObjectKind,
    /// Its content.
    pub fingerprint: Fingerprint,
}

impl ObjectState {
    /// The state of the object of this identity in a schema, if it is there.
    pub fn in_schema(schema: &Schema, id: &ObjectId) -> Option<Self> {
        let object = schema.get(id)?;
        Some(Self {
            kind: object.kind(),
            fingerprint: Fingerprint::of_canonical(object),
        })
    }
}

/// One statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlStep {
    /// What the generator said about it; a hand-written statement may go without. For readers only: whether a
    /// statement is destructive is always asked of the statement itself.
    pub label: Option<StepLabel>,
    /// Free words before the statement, such as hazards.
    pub notes: Vec<Note>,
    /// A SELECT that tells from the database whether the statement has happened: its first value is then not 0. For
    /// statements about rows, which the schema says nothing about.
    pub probe: Option<String>,
    /// What a statement that chx does not understand does to the schema; `None` where nobody has found out. Empty where
    /// it does nothing to it.
    pub effects: Option<Vec<Statement>>,
    /// The statement without its `;`, from its first token to its last.
    pub sql: String,
}

/// The object, risk and cost of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLabel {
    /// The object that it is about.
    pub object: ObjectId,
    /// What it can destroy.
    pub risk: Risk,
    /// What it costs the server.
    pub cost: Cost,
}

/// One line of free words: never empty, no line break, no blanks around, and never taken for a directive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Note(String);

impl Note {
    /// The lines of a text as notes; empty ones are left out.
    pub fn lines(text: &str) -> Vec<Self> {
        // A line that looks like a directive becomes one that does not.
        let plain = |line: &str| {
            if line.starts_with("chx:") {
                format!("- {line}")
            } else {
                line.to_owned()
            }
        };
        text.split(['\n', '\r', '\0'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| Self(plain(line)))
            .collect()
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Note> for String {
    fn from(note: Note) -> Self {
        note.0
    }
}
