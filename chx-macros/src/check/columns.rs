//! The columns of a struct, and what may be said about them in SQL.
//!
//! Decides whether a name in a key, an index or an expression is a column. In Rust's own syntax a name is a field's;
//! inside SQL it is a column's, which differs where `#[ch(name = "...")]` says so.

use chx_core::sql::Expr;
use proc_macro2::Span;
use syn::ext::IdentExt;

use super::heading::quoted;
use crate::attr::fragment::Fragment;
use crate::attr::sql::Sql;
use crate::diag::Diag;

/// Field names and the columns that they stand for, in order.
pub(crate) struct Columns {
    columns: Vec<(String, String)>,
    /// Are the fields unknown because the item is no struct? Then nothing is reported about them.
    unknown: bool,
}

/// Columns that every MergeTree table has unasked.
const VIRTUAL: [&str; 12] = [
    "_part",
    "_part_index",
    "_part_starting_offset",
    "_part_offset",
    "_part_granule_offset",
    "_part_uuid",
    "_part_data_version",
    "_partition_id",
    "_partition_value",
    "_sample_factor",
    "_block_number",
    "_block_offset",
];

impl Columns {
    /// The columns of a struct: field and column name.
    pub(crate) fn new(columns: Vec<(String, String)>) -> Self {
        Self {
            unknown: columns.is_empty(),
            columns,
        }
    }

    /// The expression as SQL. Reports fields and columns that do not exist; `place` says where, in words.
    pub(crate) fn resolve(&self, diag: &Diag, fragment: &Fragment, place: &str) -> String {
        match fragment {
            Fragment::Field(ident) => {
                let name = ident.unraw().to_string();
                match self.column_of_field(&name) {
                    Some(column) => quoted(column),
                    None => {
                        self.report(diag, ident.span(), &name, place, true);
                        quoted(&name)
                    }
                }
            }
            Fragment::Sql(sql) => {
                self.check(diag, sql, place);
                sql.text.clone()
            }
            Fragment::Tuple(parts, _) => {
                let parts: Vec<String> = parts.iter().map(|part| self.resolve(diag, part, place)).collect();
                format!("({})", parts.join(", "))
            }
        }
    }

    /// Reports the names in a piece of SQL that are no columns.
    pub(crate) fn check(&self, diag: &Diag, sql: &Sql, place: &str) {
        if let Ok(expr) = Expr::parse(&sql.text) {
            self.check_expr(diag, sql, &expr, place);
        }
    }

    /// The same for a part of the SQL that was parsed already.
    pub(crate) fn check_expr(&self, diag: &Diag, sql: &Sql, expr: &Expr, place: &str) {
        let mut reported: Vec<String> = Vec::new();
        for reference in expr.references() {
            let name = reference.name();
            let first = reference.parts.first().map_or("", |part| part.as_ref());
            if self.is_column(&name)
                || self.is_column(first)
                || VIRTUAL.contains(&first)
                || reported.contains(&name)
            {
                continue;
            }
            self.report(diag, span_of_name(sql, reference.text), &name, place, false);
            reported.push(name);
        }
    }

    /// Reports a name in a piece of SQL that is no column.
    pub(crate) fn check_name(&self, diag: &Diag, sql: &Sql, name: &str, place: &str) {
        if !self.is_column(name) {
            self.report(diag, span_of_name(sql, name), name, place, false);
        }
    }

    /// Is this a column, or the common name of the columns of a Nested (`n` of `n.a`)?
    fn is_column(&self, name: &str) -> bool {
        self.columns.iter().any(|(_, column)| {
            column == name
                || column
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    }

    fn column_of_field(&self, name: &str) -> Option<&str> {
        self.columns
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, column)| column.as_str())
    }

    fn report(&self, diag: &Diag, span: Span, name: &str, place: &str, as_field: bool) {
        if self.unknown {
            return;
        }
        let (noun, names): (_, Vec<&str>) = if as_field {
            (
                "field",
                self.columns.iter().map(|(field, _)| field.as_str()).collect(),
            )
        } else {
            (
                "column",
                self.columns.iter().map(|(_, column)| column.as_str()).collect(),
            )
        };
        let meant = self
            .columns
            .iter()
            .find(|(field, column)| if as_field { column == name } else { field == name });
        let way_out = match (meant, chx_core::nearest::nearest(name, names.iter().copied())) {
            (Some((field, column)), _) if as_field => {
                format!(
                    "that is the column of the field `{field}`; write `{field}` or `\"{}\"`",
                    quoted(column)
                )
            }
            (Some((_, column)), _) => format!("the column of that field is named `{column}`"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => {
                let listed: Vec<String> = names.iter().take(12).map(|name| format!("`{name}`")).collect();
                let more = if names.len() > 12 { ", ..." } else { "" };
                format!("the {noun}s are {}{more}", listed.join(", "))
            }
        };
        diag.error(span, format!("no {noun} `{name}` for {place}; {way_out}"));
    }
}

/// The span of a name in a piece of SQL.
fn span_of_name(sql: &Sql, name: &str) -> Span {
    find_name(&sql.text, name).map_or(sql.span(), |at| sql.span_of(at..at + name.len()))
}

/// Where a name stands in the text as written, as a word of its own.
fn find_name(text: &str, name: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}
