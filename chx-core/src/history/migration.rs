//! A migration: what one file of the history says.
//!
//! Decides what a migration consists of: its id, the objects that it touches with their fingerprints on both sides,
//! the statements up and down, and what the way down cannot bring back. The SQL is the record; everything else is
//! derived from it and proves it.

use serde::Serialize;

use super::MigrationId;
use crate::fingerprint::Fingerprint;
use crate::model::{ObjectId, ObjectKind, Schema};
use crate::pair::Pair;
use crate::plan::{Cost, Risk};

/// The version of the file format that this version of chx writes. It reads this one and all before it.
pub const FORMAT_VERSION: u32 = 1;

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its name, also the stem of its file.
    pub id: MigrationId,
    /// Free words in the header.
    pub notes: Vec<Note>,
    /// Which objects it touches.
    pub seal: Seal,
    /// The way there, in order.
    pub up: Vec<SqlStep>,
    /// The way back, in order.
    pub down: Vec<SqlStep>,
    /// What the way back cannot bring back.
    pub lost: Vec<Note>,
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

/// What a migration expects of the database before it runs. Derived from the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation<'a> {
    /// The object must be there, in this state.
    MustExist(&'a ObjectId, &'a ObjectState),
    /// The name must be free.
    MustNotExist(&'a ObjectId),
}

impl Migration {
    /// What must hold before the first statement runs, in the order of the header.
    pub fn expectations(&self) -> impl Iterator<Item = Expectation<'_>> {
        self.seal
            .objects()
            .iter()
            .map(|object| match &object.state.before {
                Some(state) => Expectation::MustExist(&object.id, state),
                None => Expectation::MustNotExist(&object.id),
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
