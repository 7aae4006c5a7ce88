//! Grants in code that is changed.
//!
//! Decides which of the entries that a person wrote stay: those that say what is live as it is, however they are grouped and
//! whatever table they name by its struct. What they do not say is put in the place of what goes, or behind all. The result is
//! carried out in thought, and where it is not what is live nothing is changed.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::ddl::{ParseContext, parse_grant, parse_revoke, render_grant_change};
use chx_core::ident::QualifiedName;
use chx_core::model::access::{GrantChange, Grants};

use super::super::layout::Entry;
use super::super::literal::string;

/// A `grant` or `revoke` as it stands in the code.
pub(super) struct Said {
    pub(super) revokes: bool,
    /// What is in the quotes.
    pub(super) text: String,
    /// The last word of the type behind `on`.
    pub(super) on: Option<String>,
}

/// What becomes of the entries in the code, by their order there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// Those that go.
    pub(super) gone: BTreeSet<usize>,
    /// Those that become another.
    pub(super) replaced: BTreeMap<usize, Entry>,
    /// What stands behind them.
    pub(super) new: Vec<Entry>,
}

/// From what is declared to what is live; `None` where the code says what cannot be understood here.
pub(super) fn merge(code: &[&Said], declared: &Grants, live: &Grants) -> Option<Merged> {
    let changes: Vec<GrantChange> = code
        .iter()
        .map(|said| said.change(declared))
        .collect::<Option<_>>()?;
    if after(changes.iter()) != *declared {
        return None;
    }
    let stays = |change: &&GrantChange| live.says(change);
    let kept = after(changes.iter().filter(stays));
    let missing = kept.changes_to(live);
    let gone: Vec<usize> = (0..changes.len())
        .filter(|at| !live.says(&changes[*at]))
        .collect();
    // One takes the place of another where the order of all of them still says the same.
    let mut placed = changes.clone();
    for (at, new) in gone.iter().zip(&missing) {
        placed[*at] = new.clone();
    }
    let is_over = |at: &usize| !gone.iter().skip(missing.len()).any(|over| over == at);
    let in_place = (0..placed.len()).filter(is_over).map(|at| &placed[at]);
    let behind = missing.get(gone.len()..).unwrap_or_default();
    if missing.iter().all(can_be_said) && after(in_place.chain(behind)) == *live {
        return Some(Merged {
            gone: gone.iter().skip(missing.len()).copied().collect(),
            replaced: gone.iter().copied().zip(missing.iter().map(entry)).collect(),
            new: behind.iter().map(entry).collect(),
        });
    }
    let behind = changes.iter().filter(stays).chain(&missing);
    if missing.iter().all(can_be_said) && after(behind) == *live {
        return Some(Merged {
            gone: gone.into_iter().collect(),
            replaced: BTreeMap::new(),
            new: missing.iter().map(entry).collect(),
        });
    }
    // What stays is in the way, so that all is said anew.
    Some(Merged {
        gone: (0..changes.len()).collect(),
        replaced: BTreeMap::new(),
        new: Grants::default().changes_to(live).iter().map(entry).collect(),
    })
}

fn after<'c>(changes: impl Iterator<Item = &'c GrantChange>) -> Grants {
    let mut grants = Grants::default();
    for change in changes {
        grants.apply(change);
    }
    grants
}

/// Has a struct a word for it?
fn can_be_said(change: &GrantChange) -> bool {
    match change {
        GrantChange::Grant { .. } | GrantChange::GrantRoles { .. } | GrantChange::Revoke(_) => true,
        GrantChange::RevokeRoles(_)
        | GrantChange::RevokeGrantOption(_)
        | GrantChange::RevokeAdminOption(_) => false,
    }
}

fn entry(change: &GrantChange) -> Entry {
    let (revokes, text) = render_grant_change(change);
    Entry::value(if revokes { "revoke" } else { "grant" }, string(&text))
}

impl Said {
    fn change(&self, declared: &Grants) -> Option<GrantChange> {
        let Some(on) = &self.on else {
            return self.read(None);
        };
        // The table of a struct is one of those that are declared, and most have its name.
        let tables = declared.relations();
        let fits = |table: &&QualifiedName| {
            self.read(Some(table))
                .is_some_and(|change| declared.says(&change))
        };
        let tables: Vec<&QualifiedName> = tables.iter().filter(fits).collect();
        let table = match tables.as_slice() {
            [one] => one,
            several => several
                .iter()
                .find(|table| table.name.as_str().replace('_', "").eq_ignore_ascii_case(on))?,
        };
        self.read(Some(table))
    }

    fn read(&self, on: Option<&QualifiedName>) -> Option<GrantChange> {
        let parse = if self.revokes { parse_revoke } else { parse_grant };
        parse(&self.text, &ParseContext::default(), on).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `grant` and `revoke` entries, one a line; `Type: text` is for the table of a struct.
    fn said(text: &str) -> Vec<Said> {
        text.lines()
            .map(|line| {
                let (key, text) = line.trim().split_once(' ').unwrap();
                let (on, text) = match text.split_once(": ") {
                    Some((on, text)) => (Some(on.to_owned()), text),
                    None => (None, text),
                };
                Said {
                    revokes: key == "revoke",
                    text: text.to_owned(),
                    on,
                }
            })
            .collect()
    }

    fn grants(text: &str) -> Grants {
        let changes: Vec<GrantChange> = said(text).iter().map(|said| said.read(None).unwrap()).collect();
        after(changes.iter())
    }

    /// The entries as the code has them afterwards.
    fn merged(code: &str, declared: &str, live: &str) -> Option<String> {
        let said = said(code);
        let code_said: Vec<&Said> = said.iter().collect();
        let merged = merge(&code_said, &grants(declared), &grants(live))?;
        let mut lines = Vec::new();
        for (at, line) in code.lines().enumerate() {
            match merged.replaced.get(&at) {
                Some(entry) => lines.push(format!("{entry:?}")),
                None if merged.gone.contains(&at) => {}
                None => lines.push(line.trim().to_owned()),
            }
        }
        lines.extend(merged.new.iter().map(|entry| format!("{entry:?}")));
        let plain = lines
            .join("\n")
            .replace("Text(\"", "")
            .replace("\\\"\")", "")
            .replace(" = \\\"", " ");
        Some(plain)
    }

    #[test]
    fn what_still_holds_stays_as_it_is_written() {
        for (code, declared, live, expected) in [
            (
                "grant select on a.*\ngrant reader",
                "grant SELECT ON a.*\ngrant reader",
                "grant SELECT ON b.*\ngrant reader",
                "grant SELECT ON b.*\ngrant reader",
            ),
            (
                "grant Visits: SELECT(site)\ngrant INSERT ON a.*",
                "grant SELECT(site) ON a.visits\ngrant INSERT ON a.*",
                "grant SELECT(site) ON a.visits\ngrant SELECT ON b.t",
                "grant Visits: SELECT(site)\ngrant SELECT ON b.t",
            ),
            (
                "grant SELECT, INSERT ON a.*",
                "grant SELECT, INSERT ON a.*",
                "grant SELECT ON a.*",
                "grant SELECT ON a.*",
            ),
            (
                "grant SELECT ON a.*\nrevoke SELECT ON a.secret",
                "grant SELECT ON a.*\nrevoke SELECT ON a.secret",
                "grant SELECT ON a.*",
                "grant SELECT ON a.*",
            ),
            (
                "grant SELECT ON a.*",
                "grant SELECT ON a.*",
                "grant SELECT ON a.*\nrevoke SELECT ON a.secret\ngrant r WITH ADMIN OPTION",
                "grant SELECT ON a.*\nrevoke SELECT ON a.secret\ngrant r WITH ADMIN OPTION",
            ),
            (
                "grant SELECT ON a.* WITH GRANT OPTION\ngrant r WITH ADMIN OPTION",
                "grant SELECT ON a.* WITH GRANT OPTION\ngrant r WITH ADMIN OPTION",
                "grant SELECT ON a.*\ngrant r",
                "grant SELECT ON a.*\ngrant r",
            ),
            (
                "grant r",
                "grant r",
                "grant SELECT ON a.*\nrevoke SELECT ON a.b",
                "grant SELECT ON a.*\nrevoke SELECT ON a.b",
            ),
        ] {
            assert_eq!(merged(code, declared, live).as_deref(), Some(expected), "{code}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_left_alone() {
        // The name has no database, and the struct may be either table.
        assert_eq!(
            merged("grant SELECT ON t", "grant SELECT ON a.t", "grant SELECT ON b.t"),
            None
        );
        let two = "grant SELECT ON a.x\ngrant SELECT ON b.y";
        assert_eq!(
            merged("grant T: SELECT\ngrant U: SELECT", two, "grant SELECT ON a.x"),
            None
        );
    }
}
