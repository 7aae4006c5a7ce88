//! Where text is put together: the two layouts, lists, names and strings.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use crate::ident::quoted;
use crate::model::Secret;
use crate::sql::write_string;
use crate::types::DataType;

/// How a statement is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// On several lines.
    Pretty,
    /// On one line.
    Line,
}

/// A statement in the making.
pub(super) struct Out {
    text: String,
    layout: Layout,
    /// The secrets that were met.
    secrets: Vec<Secret>,
    /// What takes the place of secrets.
    values: BTreeMap<Secret, String>,
}

const INDENT: &str = "    ";

impl Out {
    pub(super) fn write(layout: Layout, fill: impl FnOnce(&mut Self)) -> String {
        let mut out = Self::new(layout);
        fill(&mut out);
        out.text
    }

    /// Writes on one line, with values in the place of secrets.
    pub(super) fn reveal(values: &BTreeMap<Secret, String>, fill: impl FnOnce(&mut Self)) -> String {
        let mut out = Self::new(Layout::Line);
        out.values.clone_from(values);
        fill(&mut out);
        out.text
    }

    /// The secrets that are met on the way.
    pub(super) fn secrets(fill: impl FnOnce(&mut Self)) -> Vec<Secret> {
        let mut out = Self::new(Layout::Line);
        fill(&mut out);
        out.secrets
    }

    fn new(layout: Layout) -> Self {
        Self {
            text: String::new(),
            layout,
            secrets: Vec::new(),
            values: BTreeMap::new(),
        }
    }

    pub(super) fn is_pretty(&self) -> bool {
        self.layout == Layout::Pretty
    }

    /// Appends keywords and punctuation.
    pub(super) fn word(&mut self, word: &str) {
        self.text.push_str(word);
    }

    /// Appends words where something holds.
    pub(super) fn word_if(&mut self, holds: bool, word: &str) {
        if holds {
            self.word(word);
        }
    }

    /// Appends what writes itself as SQL: expressions, quoted names, numbers.
    pub(super) fn sql(&mut self, sql: impl Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{sql}");
    }

    /// Appends a type.
    pub(super) fn data_type(&mut self, data_type: &DataType) {
        data_type.write_sql(&mut self.text);
    }

    /// Appends a name, in backticks where it needs them.
    pub(super) fn name(&mut self, name: &str) {
        self.sql(quoted(name));
    }

    /// Appends a string literal.
    pub(super) fn string(&mut self, value: &str) {
        write_string(&mut self.text, value);
    }

    /// Appends a secret as a string literal: where its value comes from, or the value.
    pub(super) fn secret(&mut self, secret: &Secret) {
        match self.values.get(secret) {
            Some(value) => write_string(&mut self.text, value),
            None => write_string(&mut self.text, &secret.text()),
        }
        self.secrets.push(secret.clone());
    }

    /// Begins a clause: on a line of its own, or behind a space.
    pub(super) fn clause(&mut self, keyword: &str) {
        self.text.push(if self.is_pretty() { '\n' } else { ' ' });
        self.text.push_str(keyword);
    }

    /// The clause `COMMENT 'text'`, unless there is none.
    pub(super) fn comment_clause(&mut self, comment: &str) {
        if !comment.is_empty() {
            self.clause("COMMENT ");
            self.string(comment);
        }
    }

    /// `a, b, c`.
    pub(super) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        for (index, item) in items.into_iter().enumerate() {
            self.word_if(index > 0, ", ");
            each(self, item);
        }
    }

    /// Items on lines of their own, one step deeper, with commas between; on one line, `a, b, c`.
    pub(super) fn lines<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            match self.layout {
                Layout::Pretty => {
                    self.word_if(index > 0, ",");
                    self.text.push('\n');
                    self.text.push_str(INDENT);
                }
                Layout::Line => self.word_if(index > 0, ", "),
            }
            each(self, item);
        }
    }

    /// [`lines`](Self::lines) in parentheses.
    pub(super) fn block<T>(&mut self, items: impl IntoIterator<Item = T>, each: impl FnMut(&mut Self, T)) {
        self.clause("(");
        self.lines(items, each);
        self.word_if(self.is_pretty(), "\n");
        self.word(")");
    }
}
