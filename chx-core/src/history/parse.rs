//! Reads a migration's file.
//!
//! Decides by tokens: what looks like a directive inside a string or a statement is none. Every directive that is
//! not known, stands twice or stands in the wrong place is a finding with its line; none is skipped. The statements
//! themselves are not understood here.

use std::collections::BTreeSet;

use super::chain::{first_conflict_marker, merge_conflict};
use super::migration::{
    FORMAT_VERSION, Migration, Note, ObjectChange, ObjectState, Seal, SqlStep, StepLabel,
};
use super::{DataEffect, Effect, Expect, MigrationId, Places};
use crate::ddl::{ParseContext, Statement, parse_access_id, parse_statement_or_raw};
use crate::diag::{Code, Diagnostic, Place, Severity, code};
use crate::fingerprint::Fingerprint;
use crate::ident::{Ident, QualifiedName};
use crate::model::{ObjectId, ObjectKind};
use crate::nearest::nearest;
use crate::pair::Pair;
use crate::plan::{Cost, Risk};
use crate::sql::{Comment, Punct, Token, lex, split_statements};

/// A migration and where its parts stand. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedMigration {
    /// What the file says.
    pub migration: Migration,
    /// The line of each object of the header.
    pub object_lines: Vec<u32>,
    /// The line of each expectation of the header.
    pub expect_lines: Vec<u32>,
    /// The line of each statement up.
    pub up_lines: Vec<u32>,
    /// The line of each statement down.
    pub down_lines: Vec<u32>,
    /// The bytes of the line that makes it a draft, without its line break.
    pub(super) draft_at: Option<std::ops::Range<usize>>,
    /// Where the header ends: the offset of the line `-- chx:up`.
    pub(super) header_end: usize,
}

/// Reads the file of the migration that the file's name says. All that is wrong is found, not only the first.
pub fn parse_migration(file: &str, id: &MigrationId, text: &str) -> Result<ParsedMigration, Vec<Diagnostic>> {
    parse_script(&Places::of_file(file), id, text)
}

/// Reads a migration whose lines stand in these places.
pub(super) fn parse_script(
    places: &Places,
    id: &MigrationId,
    text: &str,
) -> Result<ParsedMigration, Vec<Diagnostic>> {
    let mut reader = Reader::new(places, id, text);
    reader.read();
    reader.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Header,
    Up,
    Down,
}

/// The directives, for the nearest one to a misspelt one.
const DIRECTIVES: [&str; 11] = [
    "migration",
    "id",
    "draft",
    "object",
    "expect",
    "up",
    "down",
    "step",
    "probe",
    "effect",
    "lost",
];

struct Reader<'a> {
    places: &'a Places,
    id: &'a MigrationId,
    text: &'a str,
    lines: Lines<'a>,
    section: Section,
    format: Option<u32>,
    header_id: Option<MigrationId>,
    objects: Vec<ObjectChange>,
    named: BTreeSet<ObjectId>,
    parsed: ParsedMigration,
    /// The label of the statement to come.
    label: Option<StepLabel>,
    /// The probe of the statement to come.
    probe: Option<String>,
    /// What the statement to come does, as far as it was read.
    effects: Option<Vec<Statement>>,
    /// The first line that needs format 2, and its directive.
    newer: Option<(u32, &'static str)>,
    findings: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn new(places: &'a Places, id: &'a MigrationId, text: &'a str) -> Self {
        let migration = Migration {
            id: id.clone(),
            notes: Vec::new(),
            seal: Seal::Draft,
            expects: Vec::new(),
            up: Vec::new(),
            down: Vec::new(),
            lost: Vec::new(),
        };
        Self {
            places,
            id,
            text,
            lines: Lines { text, at: 0, line: 1 },
            section: Section::Header,
            format: None,
            header_id: None,
            objects: Vec::new(),
            named: BTreeSet::new(),
            parsed: ParsedMigration {
                migration,
                object_lines: Vec::new(),
                expect_lines: Vec::new(),
                up_lines: Vec::new(),
                down_lines: Vec::new(),
                draft_at: None,
                header_end: 0,
            },
            label: None,
            probe: None,
            effects: None,
            newer: None,
            findings: Vec::new(),
        }
    }

    fn read(&mut self) {
        if let Some(line) = first_conflict_marker(self.text) {
            self.findings
                .push(merge_conflict(self.id).at(Some(self.place(line))));
            return;
        }
        let script = match split_statements(self.text) {
            Ok(script) => script,
            Err(error) => {
                let line = u32::try_from(error.position.line).unwrap_or(u32::MAX);
                let finding = Diagnostic::new(code::HEADER, Severity::Error, self.id, error.kind.to_string());
                self.findings.push(finding.at(Some(self.place(line))));
                return;
            }
        };
        for statement in &script.statements {
            let notes = self.comments(&statement.comments);
            let line = self.lines.of(statement.at);
            let step = SqlStep {
                label: self.label.take(),
                notes,
                probe: self.probe.take(),
                effects: self.effects.take(),
                sql: statement.text.to_owned(),
            };
            if step.effects.is_some() && Effect::of(&step.sql).is_ok() {
                let message = "chx understands this statement: take the line `-- chx:effect` out";
                self.finding(line, code::HEADER, message);
            }
            match self.section {
                Section::Header => {
                    self.finding(
                        line,
                        code::HEADER,
                        "a statement stands before the line `-- chx:up`",
                    );
                    // One finding for all statements of such a file.
                    self.section = Section::Up;
                }
                Section::Up => {
                    self.parsed.migration.up.push(step);
                    self.parsed.up_lines.push(line);
                }
                Section::Down => {
                    self.parsed.migration.down.push(step);
                    self.parsed.down_lines.push(line);
                }
            }
        }
        // Free words behind the last statement belong to nothing.
        let _ = self.comments(&script.trailing);
        if self.section == Section::Header && self.findings.is_empty() {
            self.finding(1, code::HEADER, "the line `-- chx:up` is missing");
        }
    }

    /// Takes the directives out of the comments before a statement and gives back the free words for it.
    fn comments(&mut self, comments: &[Comment<'a>]) -> Vec<Note> {
        let mut notes = Vec::new();
        for comment in comments {
            let line = self.lines.of(comment.at);
            let body = comment.body();
            match body.strip_prefix("chx:") {
                Some(directive) => {
                    let (name, value) = directive
                        .split_once(char::is_whitespace)
                        .unwrap_or((directive, ""));
                    if matches!(name, "up" | "down") {
                        notes.clear();
                    }
                    self.directive(line, comment, name, value.trim());
                }
                None if self.section == Section::Header => {
                    self.parsed.migration.notes.extend(Note::lines(body));
                }
                None => notes.extend(Note::lines(body)),
            }
        }
        notes
    }

    fn directive(&mut self, line: u32, comment: &Comment<'a>, name: &str, value: &str) {
        let header = self.section == Section::Header;
        match (name, header) {
            ("migration", true) => self.read_format(line, value),
            ("id", true) => self.read_id(line, value),
            ("draft", true) => self.parsed.draft_at = Some(comment.at..comment.at + comment.text.len()),
            ("object", true) => self.read_object(line, value),
            ("expect", true) => match Expect::parse(value) {
                Ok(expect) => {
                    self.newer.get_or_insert((line, "expect"));
                    self.parsed.migration.expects.push(expect);
                    self.parsed.expect_lines.push(line);
                }
                Err(why) => self.finding(line, code::HEADER, format!("`{value}` {why}")),
            },
            ("up", true) => {
                self.section = Section::Up;
                self.parsed.header_end = comment.at;
            }
            ("down", false) if self.section == Section::Up => self.section = Section::Down,
            ("lost", false) if self.section == Section::Down => {
                self.parsed.migration.lost.extend(Note::lines(value));
            }
            ("step", false) => match read_label(value) {
                Some(label) => self.label = Some(label),
                None => self.finding(
                    line,
                    code::HEADER,
                    format!("`{value}` is not an object, a risk and a cost"),
                ),
            },
            ("probe", false) if matches!(Effect::of(value), Ok(Effect::Data(DataEffect::Keeps))) => {
                self.probe = Some(value.to_owned());
            }
            ("effect", false) => self.read_effect(line, value),
            ("probe", false) => self.finding(
                line,
                code::HEADER,
                format!("`{value}` is not a SELECT on one line, so it cannot tell whether the statement has happened"),
            ),
            (known, _) if DIRECTIVES.contains(&known) => {
                self.finding(line, code::HEADER, format!("`chx:{known}` cannot stand here"));
            }
            (unknown, _) => {
                let hint = nearest(unknown, DIRECTIVES).map(|name| format!("; did you mean `chx:{name}`?"));
                let message = format!("`chx:{unknown}` is not a directive{}", hint.unwrap_or_default());
                self.finding(line, code::HEADER, message);
            }
        }
    }

    fn read_effect(&mut self, line: u32, value: &str) {
        self.newer.get_or_insert((line, "effect"));
        let effects = self.effects.get_or_insert_default();
        if value == "none" {
            return;
        }
        match parse_statement_or_raw(value, &ParseContext::default()) {
            Ok(statement) => effects.push(statement),
            Err(error) => {
                let message = format!(
                    "`{value}` is neither `none` nor a statement that says what becomes of an object: {error}"
                );
                self.finding(line, code::HEADER, message);
            }
        }
    }

    fn read_format(&mut self, line: u32, value: &str) {
        match value.parse() {
            Ok(version) if version <= FORMAT_VERSION && version > 0 => self.format = Some(version),
            Ok(version) => {
                self.format = Some(version);
                let message =
                    format!("is written in format {version}; this chx reads formats up to {FORMAT_VERSION}");
                let finding = Diagnostic::new(code::FORMAT, Severity::Error, self.id, message);
                self.findings.push(
                    finding
                        .help("use the version of chx that wrote it, or a later one")
                        .at(Some(self.place(line))),
                );
            }
            Err(_) => self.finding(line, code::HEADER, format!("`{value}` is not a format version")),
        }
    }

    fn read_id(&mut self, line: u32, value: &str) {
        match MigrationId::new(value) {
            Ok(id) if id == *self.id => self.header_id = Some(id),
            Ok(id) => {
                let message = format!("the header says `{id}`");
                let finding = Diagnostic::new(code::NAME, Severity::Error, self.id, message);
                self.findings.push(
                    finding
                        .help("an id never changes: give the file its name back")
                        .at(Some(self.place(line))),
                );
                self.header_id = Some(id);
            }
            Err(error) => self.finding(line, code::HEADER, error.to_string()),
        }
    }

    fn read_object(&mut self, line: u32, value: &str) {
        let Some(object) = read_object_change(value) else {
            let message = format!("`{value}` is not an object with its state before and after");
            return self.finding(line, code::HEADER, message);
        };
        if !self.named.insert(object.id.clone()) {
            return self.finding(
                line,
                code::HEADER,
                format!("`{}` stands in the header twice", object.id),
            );
        }
        self.objects.push(object);
        self.parsed.object_lines.push(line);
    }

    fn place(&self, line: u32) -> Place {
        self.places.place(line)
    }

    fn finding(&mut self, line: u32, code: Code, message: impl Into<String>) {
        let finding = Diagnostic::new(code, Severity::Error, self.id, message).at(Some(self.place(line)));
        self.findings.push(finding);
    }

    fn finish(mut self) -> Result<ParsedMigration, Vec<Diagnostic>> {
        if self.findings.is_empty() {
            let newer = self.parsed.migration.format();
            if let Some(format) = self.format.filter(|format| *format < newer)
                && let Some((line, directive)) = self.newer
            {
                let message = format!(
                    "`chx:{directive}` came with format {newer}, and this file says `-- chx:migration {format}`: write `-- chx:migration {newer}`"
                );
                self.finding(line, code::HEADER, message);
            } else if self.format.is_none() {
                self.finding(1, code::HEADER, "the line `-- chx:migration 1` is missing");
            } else if self.header_id.is_none() {
                self.finding(
                    1,
                    code::HEADER,
                    format!("the line `-- chx:id {}` is missing", self.id),
                );
            } else if self.parsed.draft_at.is_some() && !self.objects.is_empty() {
                // A draft that was sealed before: its claims are made anew.
                self.objects.clear();
                self.parsed.object_lines.clear();
            }
        }
        if !self.findings.is_empty() {
            return Err(self.findings);
        }
        if self.parsed.draft_at.is_none() {
            self.parsed.migration.seal = Seal::Sealed(self.objects);
        }
        Ok(self.parsed)
    }
}

/// Line numbers of growing offsets, in one pass over the text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        #[expect(
            clippy::naive_bytecount,
            reason = "every byte is passed once; a dependency would not show"
        )]
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self
            .line
            .saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.line
    }
}

/// `web.page_view: none -> table 1:...`.
fn read_object_change(value: &str) -> Option<ObjectChange> {
    let (id, rest) = read_object_id(value)?;
    let (before, after) = rest.trim_start().strip_prefix(':')?.split_once("->")?;
    let (before, after) = (read_state(before)?, read_state(after)?);
    Some(ObjectChange {
        id,
        state: Pair::new(before, after),
    })
}

/// `none`, or a kind and a fingerprint. `None` where it is neither.
#[expect(
    clippy::option_option,
    reason = "outer: can it be read; inner: does the object exist"
)]
fn read_state(text: &str) -> Option<Option<ObjectState>> {
    let text = text.trim();
    if text == "none" {
        return Some(None);
    }
    let (kind, fingerprint) = text.rsplit_once(' ')?;
    let kind = ObjectKind::from_noun(kind.trim_end())?;
    let fingerprint: Fingerprint = fingerprint.parse().ok()?;
    Some(Some(ObjectState { kind, fingerprint }))
}

/// `web.page_view, safe, metadata`.
fn read_label(value: &str) -> Option<StepLabel> {
    let (object, rest) = read_object_id(value)?;
    let (risk, cost) = rest.trim_start().strip_prefix(',')?.split_once(',')?;
    let risk = [Risk::Safe, Risk::Caution, Risk::Destructive]
        .into_iter()
        .find(|word| word.word() == risk.trim())?;
    let cost = [Cost::Metadata, Cost::Mutation, Cost::Rebuild]
        .into_iter()
        .find(|word| word.word() == cost.trim())?;
    Some(StepLabel { object, risk, cost })
}

/// `function lin`, `named collection s3`: the words of a kind and a name, for what belongs to the server.
pub(super) fn id_on_server(tokens: &[Token<'_>]) -> Option<ObjectId> {
    let (name, words) = tokens.split_last()?;
    let name = Ident::new(name.name().ok()??).ok()?;
    let words: Vec<String> = words.iter().map(|word| word.text.to_ascii_lowercase()).collect();
    ObjectId::of_server(&words.join(" "), name)
}

/// A name, two with a dot between them, or a kind and a name at the start of a text, and the rest of it.
fn read_object_id(text: &str) -> Option<(ObjectId, &str)> {
    // Only the name is lexed: what follows is not SQL.
    let end = name_end(text)?;
    if let Some(id) = parse_access_id(&text[..end]) {
        return Some((ObjectId::Access(id), &text[end..]));
    }
    let tokens = lex(&text[..end]).ok()?;
    let name = |at: usize| -> Option<Ident> { Ident::new(tokens.get(at)?.name().ok()??).ok() };
    if let Some(id) = id_on_server(&tokens) {
        return Some((id, &text[end..]));
    }
    let id = match tokens.len() {
        1 => ObjectId::Database(name(0)?),
        3 if tokens[1].is(Punct::Dot) => ObjectId::Relation(QualifiedName {
            database: name(0)?,
            name: name(2)?,
        }),
        _ => return None,
    };
    Some((id, &text[end..]))
}

/// Where the first `:` or `,` outside of backticks stands.
fn name_end(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'`' => quoted = !quoted,
            b':' | b',' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}
