//! `chx.sum`: the order of the migrations and the proof that none was changed, lost or moved.
//!
//! One line for each migration: its id and a hash over the line before and the file's bytes. The order of the lines
//! is the order of the history, so that two branches that both add a migration conflict here, on purpose: a person
//! decides which comes first. It refuses nothing; whatever does not fit is a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest, Sha256};

use super::MigrationId;
use crate::diag::{Diagnostic, Place, Severity, code};

/// A SHA-256 sum, printed in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// The sum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut sum = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in sum.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(sum))
    }

    /// The link that follows this one when a migration with these bytes is added.
    fn next(self, id: &MigrationId, bytes: &[u8]) -> Self {
        let mut sha = Sha256::new();
        sha.update(self.0);
        sha.update(id.as_str());
        sha.update(b"\0");
        sha.update(bytes);
        Self(sha.finalize().into())
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One line of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The migration.
    pub id: MigrationId,
    /// The sum over the line before and the migration's bytes.
    pub sum: Checksum,
}

/// All lines of `chx.sum`, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    links: Vec<Link>,
    /// The line of each link, counted from 1; links that were pushed have none.
    lines: Vec<u32>,
}

/// What stands on top of the file, for whoever opens it.
const PREAMBLE: &str = "\
# The migrations in the order in which they run, one line each; a hash covers the file and the line before.
# When two branches meet here, keep both lines in the order that you want and run `chx-migrate seal`.
";

impl Chain {
    /// The name of the file, in the folder of the migrations.
    pub const FILE_NAME: &'static str = "chx.sum";

    /// Reads the file. Lines that cannot be read are findings and left out.
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut chain = Self::default();
        let mut findings = Vec::new();
        let mut conflict = false;
        let mut seen = BTreeSet::new();
        for (number, line) in (1_u32..).zip(text.lines()) {
            let place = Some(Place {
                file: file.to_owned(),
                line: number,
            });
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if is_conflict_marker(line) {
                // One finding for one conflict, not one for each of its marks.
                if !std::mem::replace(&mut conflict, true) {
                    findings.push(merge_conflict(file).at(place));
                }
                continue;
            }
            let link = line.split_once(' ').and_then(|(id, sum)| {
                Some(Link {
                    id: MigrationId::new(id).ok()?,
                    sum: Checksum::parse(sum.trim_start())?,
                })
            });
            let Some(link) = link else {
                findings.push(
                    Diagnostic::new(
                        code::SUM_UNREADABLE,
                        Severity::Error,
                        Self::FILE_NAME,
                        format!("`{line}` is not an id and a hash"),
                    )
                    .help("take the file back from version control, or run `chx-migrate seal`")
                    .at(place),
                );
                continue;
            };
            if !seen.insert(link.id.clone()) {
                findings.push(
                    Diagnostic::new(
                        code::SUM_UNREADABLE,
                        Severity::Error,
                        &link.id,
                        "stands in `chx.sum` twice",
                    )
                    .help("keep one of the two lines and run `chx-migrate seal`")
                    .at(place),
                );
                continue;
            }
            chain.links.push(link);
            chain.lines.push(number);
        }
        (chain, findings)
    }

    /// The lines, in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The migrations, in order.
    pub fn ids(&self) -> impl Iterator<Item = &MigrationId> {
        self.links.iter().map(|link| &link.id)
    }

    /// Adds a migration at the end.
    pub fn push(&mut self, id: MigrationId, bytes: &[u8]) {
        let sum = self.last_sum().next(&id, bytes);
        self.links.push(Link { id, sum });
    }

    fn last_sum(&self) -> Checksum {
        self.links.last().map_or(ROOT, |link| link.sum)
    }

    /// What does not fit between the chain and the files: changed, lost, moved and unknown migrations.
    pub fn check(&self, file: &str, contents: &BTreeMap<&MigrationId, &[u8]>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut before = ROOT;
        for (at, link) in self.links.iter().enumerate() {
            let place = self.lines.get(at).map(|line| Place {
                file: file.to_owned(),
                line: *line,
            });
            match contents.get(&link.id) {
                None => findings.push(
                    Diagnostic::new(
                        code::FILE_MISSING,
                        Severity::Error,
                        &link.id,
                        "stands in `chx.sum`, but its file is gone",
                    )
                    .help("take the file back from version control; what was applied somewhere must stay")
                    .at(place),
                ),
                Some(bytes) if before.next(&link.id, bytes) != link.sum => {
                    findings.push(self.explain(at, bytes).at(place));
                }
                Some(_) => {}
            }
            before = link.sum;
        }
        let known: BTreeSet<&MigrationId> = self.ids().collect();
        for id in contents.keys().filter(|id| !known.contains(*id)) {
            findings.push(
                Diagnostic::new(
                    code::NOT_IN_SUM,
                    Severity::Error,
                    id,
                    "is not in `chx.sum`, so its place in the order is not known",
                )
                .help("run `chx-migrate seal` to add it at the end, or remove the file"),
            );
        }
        findings
    }

    /// Why the sum of a link is not what it should be: moved if it fits behind another link, changed otherwise.
    fn explain(&self, at: usize, bytes: &[u8]) -> Diagnostic {
        let link = &self.links[at];
        let other = std::iter::once((None, ROOT))
            .chain(self.links.iter().map(|other| (Some(&other.id), other.sum)))
            .find(|(_, sum)| sum.next(&link.id, bytes) == link.sum);
        match other {
            Some((behind, _)) => Diagnostic::new(
                code::MOVED,
                Severity::Error,
                &link.id,
                match behind {
                    Some(behind) => {
                        format!("was written to follow `{behind}`, and now follows something else")
                    }
                    None => "was written to be the first, and now follows something else".to_owned(),
                },
            )
            .help("two branches met: put the lines in the order that you want and run `chx-migrate seal`"),
            None => Diagnostic::new(
                code::FILE_CHANGED,
                Severity::Error,
                &link.id,
                "the file was changed after it was written",
            )
            .help(
                "take the file back from version control; or, if it was applied nowhere, add the line \
                     `-- chx:draft` below its id and run `chx-migrate seal`",
            ),
        }
    }
}

/// What the first line continues.
const ROOT: Checksum = Checksum([0; 32]);

/// The first line that a version control system left in a file that it could not merge, counted from 1.
pub(super) fn first_conflict_marker(text: &str) -> Option<u32> {
    // Two quick looks at the whole text spare nearly every file the look at its lines.
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    (1..)
        .zip(text.lines())
        .find(|(_, line)| is_conflict_marker(line))
        .map(|(number, _)| number)
}

/// Is the line one of those that a version control system leaves in a file that it could not merge?
fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", ">>>>>>>", "|||||||", "======="]
        .iter()
        .any(|mark| line.starts_with(mark))
}

pub(super) fn merge_conflict(subject: impl fmt::Display) -> Diagnostic {
    Diagnostic::new(
        code::MERGE_CONFLICT,
        Severity::Error,
        subject,
        "holds the marks of a merge that was not finished",
    )
    .help("keep what belongs there, take the marks out, and run `chx-migrate seal`")
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREAMBLE)?;
        self.links
            .iter()
            .try_for_each(|link| writeln!(f, "{} {}", link.id, link.sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> MigrationId {
        MigrationId::new(name).unwrap()
    }

    fn chain(files: &[(&MigrationId, &[u8])]) -> Chain {
        let mut chain = Chain::default();
        for (id, bytes) in files {
            chain.push((*id).clone(), bytes);
        }
        chain
    }

    #[track_caller]
    fn codes(text: &str, files: &[(&MigrationId, &[u8])]) -> Vec<String> {
        let (chain, mut findings) = Chain::parse("chx.sum", text);
        findings.extend(chain.check("chx.sum", &files.iter().copied().collect()));
        findings
            .iter()
            .map(|finding| format!("{} {}", finding.code, finding.subject))
            .collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (a, b) = (id("a"), id("b"));
        let files: [(&MigrationId, &[u8]); 2] = [(&a, b"one"), (&b, b"two")];
        let text = chain(&files).to_string();
        assert_eq!(codes(&text, &files), Vec::<String>::new());
        let (read, _) = Chain::parse("chx.sum", &text);
        assert_eq!(read.to_string(), text);
    }

    #[test]
    fn only_the_changed_file_is_named() {
        let (a, b, c) = (id("a"), id("b"), id("c"));
        let text = chain(&[(&a, b"1"), (&b, b"2"), (&c, b"3")]).to_string();
        assert_eq!(codes(&text, &[(&a, b"1"), (&b, b"2x"), (&c, b"3")]), ["CHX301 b"]);
        assert_eq!(codes(&text, &[(&a, b"1"), (&c, b"3")]), ["CHX302 b"]);
        let d = id("d");
        assert_eq!(
            codes(&text, &[(&a, b"1"), (&b, b"2"), (&c, b"3"), (&d, b"4")]),
            ["CHX303 d"]
        );
    }

    #[test]
    fn lines_that_changed_places_are_seen() {
        let (a, b) = (id("a"), id("b"));
        let text = chain(&[(&a, b"1"), (&b, b"2")]).to_string();
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.len() - 1;
        lines.swap(last, last - 1);
        assert_eq!(
            codes(&lines.join("\n"), &[(&a, b"1"), (&b, b"2")]),
            ["CHX304 b", "CHX304 a"]
        );
    }

    #[test]
    fn merged_branches_are_seen() {
        let (a, b, c) = (id("a"), id("b"), id("c"));
        let base = chain(&[(&a, b"1")]);
        let mut ours = base.clone();
        ours.push(b.clone(), b"2");
        let mut theirs = base;
        theirs.push(c.clone(), b"3");
        let theirs_line = theirs.to_string().lines().last().unwrap().to_owned();
        let files: [(&MigrationId, &[u8]); 3] = [(&a, b"1"), (&b, b"2"), (&c, b"3")];
        assert_eq!(codes(&format!("{ours}{theirs_line}\n"), &files), ["CHX304 c"]);

        let conflict = format!("<<<<<<< ours\n{ours}=======\n{theirs_line}\n>>>>>>> theirs\n");
        assert_eq!(codes(&conflict, &files), ["CHX305 chx.sum", "CHX304 c"]);
        assert_eq!(
            codes(&format!("{ours}garbage\n"), &files[..2]),
            ["CHX306 chx.sum"]
        );
    }
}
