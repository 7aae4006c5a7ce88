//! Writes a migration as its file. The same migration always gives the same bytes; nothing but what the migration
//! holds reaches the file.

use std::fmt::{self, Write as _};

use super::folder::Part;
use super::migration::{Migration, Note, ObjectState, Seal, SqlStep};
use crate::ddl::{Statement, render_line};
use crate::model::ObjectId;
use crate::pair::Pair;

impl Migration {
    /// The whole file.
    ///
    /// Law: [`parse_migration`](super::parse_migration) of the result gives this migration again.
    pub fn to_sql(&self) -> String {
        let mut out = String::new();
        // Writing to a `String` does not fail.
        let _ = self.write(&mut out);
        out
    }

    /// The files of the folder.
    ///
    /// Law: read as a folder, they give this migration again.
    pub fn to_folder(&self) -> Vec<(Part, String)> {
        let (mut up, mut down) = (String::new(), String::new());
        // Writing to a `String` does not fail.
        let _ = self.write_up(&mut up);
        let _ = self.write_down(&mut down);
        vec![(Part::Up, up), (Part::Down, down.trim_start().to_owned())]
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        self.write_up(out)?;
        out.push_str("\n-- chx:down\n");
        self.write_down(out)
    }

    fn write_up(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "-- chx:migration {}", self.format())?;
        writeln!(out, "-- chx:id {}", self.id)?;
        write_notes(out, &self.notes)?;
        match &self.seal {
            Seal::Draft => writeln!(out, "{DRAFT_LINE}")?,
            Seal::Sealed(objects) => {
                objects
                    .iter()
                    .try_for_each(|object| writeln!(out, "{}", object_line(&object.id, &object.state)))?;
            }
        }
        for expect in &self.expects {
            writeln!(out, "-- chx:expect {expect}")?;
        }
        writeln!(out, "\n{UP_LINE}")?;
        write_steps(out, &self.up)
    }

    fn write_down(&self, out: &mut String) -> fmt::Result {
        for what in &self.lost {
            writeln!(out, "-- chx:lost {}", what.as_str())?;
        }
        write_steps(out, &self.down)
    }
}

/// The line that makes a migration a draft.
pub(super) const DRAFT_LINE: &str = "-- chx:draft";

/// The line that ends the header.
pub(super) const UP_LINE: &str = "-- chx:up";

/// How the header's line for one object starts.
pub(super) const OBJECT_DIRECTIVE: &str = "-- chx:object ";

/// The header's line for one object.
pub(super) fn object_line(id: &ObjectId, state: &Pair<Option<ObjectState>>) -> String {
    let word = |state: &Option<ObjectState>| match state {
        None => "none".to_owned(),
        Some(state) => format!("{} {}", state.kind, state.fingerprint),
    };
    let Pair { before, after } = state.as_ref().map(word);
    format!("{OBJECT_DIRECTIVE}{}: {before} -> {after}", ObjectName(id))
}

fn write_steps(out: &mut String, steps: &[SqlStep]) -> fmt::Result {
    for step in steps {
        out.push('\n');
        if let Some(label) = &step.label {
            writeln!(
                out,
                "-- chx:step {}, {}, {}",
                ObjectName(&label.object),
                label.risk.word(),
                label.cost.word()
            )?;
        }
        if let Some(probe) = &step.probe {
            writeln!(out, "-- chx:probe {probe}")?;
        }
        for line in step.effects.iter().flat_map(|effects| effect_lines(effects)) {
            writeln!(out, "{line}")?;
        }
        write_notes(out, &step.notes)?;
        writeln!(out, "{};", step.sql)?;
    }
    Ok(())
}

/// The lines that record what a statement does.
pub fn effect_lines(effects: &[Statement]) -> Vec<String> {
    if effects.is_empty() {
        return vec!["-- chx:effect none".to_owned()];
    }
    effects
        .iter()
        .map(|effect| format!("-- chx:effect {}", render_line(effect)))
        .collect()
}

fn write_notes(out: &mut String, notes: &[Note]) -> fmt::Result {
    notes
        .iter()
        .try_for_each(|note| writeln!(out, "-- {}", note.as_str()))
}

/// An identity as SQL: `web` is a database, `web.page_view` stands in one, `function lin` in none. Names with a dot are quoted,
/// so that they cannot be confused.
pub(super) struct ObjectName<'a>(pub(super) &'a ObjectId);

impl fmt::Display for ObjectName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ObjectId::Database(name) => write!(f, "{}", name.sql()),
            ObjectId::Function(name) => write!(f, "function {}", name.sql()),
            ObjectId::NamedCollection(name) => write!(f, "named collection {}", name.sql()),
            ObjectId::Resource(name) => write!(f, "resource {}", name.sql()),
            ObjectId::Workload(name) => write!(f, "workload {}", name.sql()),
            ObjectId::Access(id) => write!(f, "{id}"),
            ObjectId::Relation(name) => write!(f, "{}", name.sql()),
        }
    }
}
