//! Sealing: drafts become migrations, and the chain takes the order in which its lines stand.
//!
//! Decides what the header of a hand-written migration says, from its SQL. It refuses wherever a migration that is no
//! draft was changed or does not do what it says: sealing never covers up an edit.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chain::{Chain, Checksum};
use super::claims::{LastChanges, prove};
use super::files::HistoryFiles;
use super::parse::{ParsedMigration, parse_script};
use super::replay::{Entry, Touched, order, run};
use super::write::{OBJECT_DIRECTIVE, object_line};
use super::{MigrationId, Part};
use crate::diag::{Diagnostic, code};
use crate::model::Schema;

/// The result of sealing: the files that have to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The drafts with their new text, by id; of a folder, the text of its `up.sql`.
    pub migrations: BTreeMap<MigrationId, String>,
    /// The new `chx.sum`.
    pub sum: String,
}

/// Finishes drafts: fills in the objects that their SQL touches, takes unknown files in at the end and makes the
/// chain anew in the order in which its lines stand.
///
/// Refuses where a migration that is no draft does not do what it says: sealing never covers up an edit.
pub fn seal(files: &HistoryFiles) -> Result<Sealed, Vec<Diagnostic>> {
    let (chain, mut findings) = match &files.sum {
        Some(sum) => Chain::parse(&sum.path, &sum.text),
        None => (Chain::default(), Vec::new()),
    };
    let mut changed = BTreeMap::new();
    let contents = files.contents();
    if let Some(sum) = &files.sum {
        let contents = contents.iter().map(|(id, content)| (*id, &**content)).collect();
        for finding in chain.check(&sum.path, &contents) {
            match finding.code {
                code::FILE_MISSING => findings.push(finding),
                code::FILE_CHANGED => {
                    changed.insert(finding.subject.clone(), finding);
                }
                // The order is what sealing is asked to take as it stands.
                _ => {}
            }
        }
    }
    let mut sealed = Sealed {
        migrations: BTreeMap::new(),
        sum: String::new(),
    };
    let mut schema = Schema::default();
    let mut last = LastChanges::default();
    let mut made = Chain::default();
    for id in order(&chain, files) {
        let Some(file) = files.migrations.get(&id) else {
            continue;
        };
        let places = files.places(&id);
        let folder = files.folders.get(&id);
        let content: &[u8] = contents.get(&id).map_or(&[], |content| content);
        let checks = files.checks(&id);
        let read = parse_script(&places, &id, &file.text).and_then(|parsed| Ok((parsed, checks?)));
        let (parsed, checks) = match read {
            Ok(read) => read,
            Err(mut found) => {
                findings.append(&mut found);
                break;
            }
        };
        let entry = Entry {
            path: file.path.clone(),
            places,
            checks,
            checksum: Checksum::of(content),
            parsed,
        };
        let touched = match run(
            &entry,
            &mut schema,
            &mut std::iter::empty(),
            &last,
            &mut |_, _, _| {},
        ) {
            Ok(touched) => touched,
            Err(finding) => {
                findings.push(finding);
                break;
            }
        };
        let mut wrong = prove(&entry, &touched, &last);
        last.note(&entry, &touched);
        match &entry.parsed.draft_at {
            None => {
                // What is wrong with it says more than that it was changed.
                if wrong.is_empty() {
                    findings.extend(changed.remove(id.as_str()));
                }
                findings.append(&mut wrong);
                made.push(id, content);
            }
            Some(draft_at) => {
                // The header of a folder is the beginning of its `up.sql`.
                let up = folder
                    .and_then(|folder| folder.text(Part::Up))
                    .unwrap_or(&file.text);
                let text = sealed_text(up, &entry.parsed, draft_at, &touched);
                match folder {
                    Some(folder) => made.push(id.clone(), &folder.with_up(text.clone()).content()),
                    None => made.push(id.clone(), text.as_bytes()),
                }
                sealed.migrations.insert(id, text);
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    sealed.sum = made.to_string();
    Ok(sealed)
}

/// The text of a draft with the line that makes it one replaced by what its SQL touches, and claims of an earlier
/// seal taken out. Nothing else changes.
fn sealed_text(text: &str, parsed: &ParsedMigration, draft_at: &Range<usize>, touched: &Touched) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text[..parsed.header_end].split_inclusive('\n') {
        if at == draft_at.start {
            for (id, state) in touched {
                out.push_str(&object_line(id, state));
                out.push('\n');
            }
        } else if !line.starts_with(OBJECT_DIRECTIVE) {
            out.push_str(line);
        }
        at += line.len();
    }
    out.push_str(&text[parsed.header_end..]);
    out
}
