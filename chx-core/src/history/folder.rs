//! A migration that is a folder: its parts, put together to the one script that it means.
//!
//! ```text
//! migrations/20261122T090000_split_user/
//!     up.sql      the header, the line `-- chx:up`, the statements
//!     pre.sql     statements before them: what has to be done to the rows first
//!     post.sql    statements behind them: what has to be done to the rows then
//!     down.sql    the way back, with its lines `-- chx:lost`
//!     checks.sql  queries that `validate` asks when the migration is applied
//! ```
//!
//! Decides which files a folder may have and in which order they run, and remembers where each line came from. It
//! refuses what looks like a part and is none.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::Place;
use crate::nearest::nearest;
use crate::sql::{Punct, lex};

use super::files::SourceFile;
use super::write::UP_LINE;
use super::{IdError, MigrationId};

/// A file of a folder. The order is the order in which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `up.sql`
    Up,
    /// `pre.sql`
    Pre,
    /// `post.sql`
    Post,
    /// `down.sql`
    Down,
    /// `checks.sql`
    Checks,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 5] = [Self::Up, Self::Pre, Self::Post, Self::Down, Self::Checks];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Up => "up.sql",
            Self::Pre => "pre.sql",
            Self::Post => "post.sql",
            Self::Down => "down.sql",
            Self::Checks => "checks.sql",
        }
    }

    /// The part that a file in a folder is; `None` for other programs' files.
    pub(super) fn of(folder: &str, name: &str) -> Result<Option<Self>, RoleError> {
        if let Some(part) = Self::ALL.into_iter().find(|part| part.file_name() == name) {
            return Ok(Some(part));
        }
        let file = format!("{folder}/{name}");
        match name {
            "backfill.toml" => Err(RoleError::Backfill { file }),
            "migration.toml" => Err(RoleError::Header { file }),
            _ if name.strip_suffix(".sql").is_some() && !name.starts_with('.') => Err(RoleError::NoPart {
                hint: nearest(name, Self::ALL.map(Self::file_name)),
                file,
            }),
            _ => Ok(None),
        }
    }
}

/// Why a file cannot be what its name says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    /// Its stem, or the name of its folder, is no id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A SQL file in a folder that is none of its parts.
    #[error("`{file}` is no part of a migration: a folder has up.sql, pre.sql, post.sql, down.sql and checks.sql{}", .hint.map(|hint| format!("; did you mean `{hint}`?")).unwrap_or_default())]
    NoPart {
        /// The folder and the file.
        file: String,
        /// The part with the nearest name.
        hint: Option<&'static str>,
    },
    /// `backfill.toml`, which this version does not know how to run.
    #[error(
        "`{file}`: this version of chx runs no backfills; take the file out, and move the rows in `post.sql` or by hand"
    )]
    Backfill {
        /// The folder and the file.
        file: String,
    },
    /// `migration.toml`.
    #[error("`{file}`: the header of a migration stands in its `up.sql`, as in a migration of one file")]
    Header {
        /// The folder and the file.
        file: String,
    },
}

/// The parts of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    parts: BTreeMap<Part, SourceFile>,
}

/// A part in the script: its lines start behind this line of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// The first line in the script, from 1.
    from: u32,
    /// The file.
    file: String,
    /// The line in the file that stands there.
    line: u32,
}

/// Where the lines of a script come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// In the order of the script; never empty.
    pieces: Vec<Piece>,
}

impl Places {
    /// The lines of one file.
    pub fn of_file(file: &str) -> Self {
        Self {
            pieces: vec![Piece {
                from: 1,
                file: file.to_owned(),
                line: 1,
            }],
        }
    }

    /// Where a line of the script, counted from 1, stands.
    pub fn place(&self, line: u32) -> Place {
        let behind = self.pieces.partition_point(|piece| piece.from <= line);
        let piece = behind.checked_sub(1).and_then(|at| self.pieces.get(at));
        Place {
            file: piece.map(|piece| piece.file.clone()).unwrap_or_default(),
            line: piece.map_or(line, |piece| piece.line + line.saturating_sub(piece.from)),
        }
    }
}

impl Folder {
    /// Takes a part in.
    pub(super) fn add(&mut self, part: Part, file: SourceFile) {
        self.parts.insert(part, file);
    }

    /// The text of a part.
    pub fn text(&self, part: Part) -> Option<&str> {
        self.parts.get(&part).map(|file| file.text.as_str())
    }

    /// The queries that are asked once the migration is applied.
    pub fn checks(&self) -> Option<&SourceFile> {
        self.parts.get(&Part::Checks)
    }

    /// The same folder with another `up.sql`.
    #[must_use]
    pub fn with_up(&self, text: String) -> Self {
        let mut folder = self.clone();
        if let Some(up) = folder.parts.get_mut(&Part::Up) {
            up.text = text;
        }
        folder
    }

    /// The bytes that the folder's sum is made of: each part with its name and its length, so that no line can move
    /// from one part to another unseen.
    pub fn content(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (part, file) in &self.parts {
            bytes.extend_from_slice(format!("{} {}\n", part.file_name(), file.text.len()).as_bytes());
            bytes.extend_from_slice(file.text.as_bytes());
        }
        bytes
    }

    /// The script that the folder means, and where its lines come from. It starts with `up.sql` up to the line
    /// `-- chx:up`, whatever else there is.
    pub(super) fn script(&self, path: &str) -> (String, Places) {
        let mut script = Script::default();
        let up_path = format!("{path}/{}", Part::Up.file_name());
        match self.parts.get(&Part::Up) {
            Some(up) => {
                let end = header_end(&up.text);
                script.add(&up.path, 1, up.text.get(..end).unwrap_or_default());
                self.add_to(&mut script, Part::Pre);
                let lines = up.text.get(..end).unwrap_or_default().lines().count();
                let next = u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1);
                script.add_statements(&up.path, next, up.text.get(end..).unwrap_or_default());
            }
            None => {
                script.add(&up_path, 1, "-- the file is missing\n");
                self.add_to(&mut script, Part::Pre);
            }
        }
        self.add_to(&mut script, Part::Post);
        if let Some(down) = self.parts.get(&Part::Down) {
            script.add(&down.path, 1, "-- chx:down\n");
            self.add_to(&mut script, Part::Down);
        }
        (
            script.text,
            Places {
                pieces: script.pieces,
            },
        )
    }

    fn add_to(&self, script: &mut Script, part: Part) {
        if let Some(file) = self.parts.get(&part) {
            script.add_statements(&file.path, 1, &file.text);
        }
    }
}

/// Behind the line `-- chx:up`; the whole text where there is none, which the reader then says.
fn header_end(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim() == UP_LINE {
            return end;
        }
    }
    text.len()
}

#[derive(Default)]
struct Script {
    text: String,
    lines: u32,
    pieces: Vec<Piece>,
}

impl Script {
    fn add(&mut self, file: &str, line: u32, text: &str) {
        self.pieces.push(Piece {
            from: self.lines.saturating_add(1),
            file: file.to_owned(),
            line,
        });
        self.text.push_str(text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.text.push('\n');
        }
        let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        self.lines = self.lines.saturating_add(lines);
    }

    /// As [`add`](Self::add), and ends the last statement where its file does not.
    fn add_statements(&mut self, file: &str, line: u32, text: &str) {
        self.add(file, line, text);
        let is_open =
            lex(text).is_ok_and(|tokens| tokens.last().is_some_and(|last| !last.is(Punct::Semicolon)));
        if is_open {
            let _ = writeln!(self.text, ";");
            self.lines = self.lines.saturating_add(1);
        }
    }
}

/// The folder's name for messages, from the path of one of its files.
pub(super) fn path_of_folder(file: &str, id: &MigrationId) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => folder.to_owned(),
        None => id.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(parts: &[(Part, &str)]) -> Folder {
        let mut folder = Folder::default();
        for (part, text) in parts {
            let file = SourceFile {
                path: format!("m/1_a/{}", part.file_name()),
                text: (*text).to_owned(),
            };
            folder.add(*part, file);
        }
        folder
    }

    #[test]
    fn parts_run_in_their_order_and_every_line_knows_its_file() {
        let folder = folder(&[
            (Part::Post, "SELECT 'post';\n"),
            (Part::Down, "-- chx:lost rows\nSELECT 'down'"),
            (
                Part::Up,
                "-- chx:migration 1\n-- chx:id 1_a\n-- chx:up\n\nSELECT 'up'",
            ),
            (Part::Pre, "-- first\nSELECT 'pre'"),
        ]);
        let (text, places) = folder.script("m/1_a");
        assert_eq!(
            text,
            "-- chx:migration 1\n-- chx:id 1_a\n-- chx:up\n-- first\nSELECT 'pre'\n;\n\nSELECT 'up'\n;\n\
             SELECT 'post';\n-- chx:down\n-- chx:lost rows\nSELECT 'down'\n;\n"
        );
        let place = |words: &str| {
            let line = text.lines().position(|line| line.contains(words)).expect(words) + 1;
            places.place(u32::try_from(line).expect("a line")).to_string()
        };
        assert_eq!(place("chx:id"), "m/1_a/up.sql:2");
        assert_eq!(place("'pre'"), "m/1_a/pre.sql:2");
        assert_eq!(place("'up'"), "m/1_a/up.sql:5");
        assert_eq!(place("'post'"), "m/1_a/post.sql:1");
        assert_eq!(place("'down'"), "m/1_a/down.sql:2");
    }

    #[test]
    fn no_line_moves_from_one_part_to_another_unseen() {
        let a = folder(&[(Part::Up, "x"), (Part::Pre, "SELECT 1;\n")]);
        let b = folder(&[(Part::Up, "xSELECT 1;\n"), (Part::Pre, "")]);
        let c = folder(&[(Part::Up, "x"), (Part::Post, "SELECT 1;\n")]);
        assert_ne!(a.content(), b.content());
        assert_ne!(a.content(), c.content());
    }

    #[test]
    fn what_looks_like_a_part_and_is_none_is_refused() {
        assert_eq!(Part::of("1_a", "down.sql"), Ok(Some(Part::Down)));
        assert_eq!(Part::of("1_a", "README.md"), Ok(None));
        assert_eq!(Part::of("1_a", ".up.sql.swp"), Ok(None));
        let said = |name: &str| Part::of("1_a", name).expect_err(name).to_string();
        assert!(said("dwon.sql").contains("did you mean `down.sql`?"));
        assert!(said("backfill.toml").contains("runs no backfills"));
        assert!(said("migration.toml").contains("stands in its `up.sql`"));
    }
}
