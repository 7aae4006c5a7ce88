//! The columns of a struct, and what may be said about them in SQL.
//!
//! Decides whether a name in a key, an index or an expression is a column. In Rust's own syntax a name is a field's;
//! inside SQL it is a column's, which differs where `#[ch(name = "...")]` says so.

use std::cell::RefCell;

use chx_core::model::DefaultKind;
use chx_core::sql::{Expr, Punct, Token, lex};
use proc_macro2::Span;
use syn::ext::IdentExt;

use super::demand::{Demand, What};
use super::heading::quoted;
use crate::attr::fragment::Fragment;
use crate::attr::sql::Sql;
use crate::diag::Diag;

/// The columns of a struct, in order, and what is demanded of them.
pub(crate) struct Columns {
    columns: Vec<Known>,
    /// Are there more, in structs that only the compiler sees?
    is_open: bool,
    demands: RefCell<Vec<Demand>>,
}

/// Does an expression name what need be no column here? A subquery reads from elsewhere (the SELECT of a projection does not), and
/// `* APPLY` names functions.
fn names_others(expr: &Expr) -> bool {
    let names_others = |pair: &[Token<'_>]| match pair {
        [open, word] if open.is(Punct::LParen) => word.is_word("SELECT") || word.is_word("WITH"),
        [star, word] if star.is(Punct::Star) => word.is_word("APPLY"),
        _ => false,
    };
    lex(expr.as_sql()).is_ok_and(|tokens| tokens.windows(2).any(names_others))
}

/// A column as far as others may name it.
pub(crate) struct Known {
    /// The field.
    pub(crate) field: String,
    /// The column.
    pub(crate) name: String,
    /// Its default clause.
    pub(crate) default: Option<DefaultKind>,
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
    /// The columns of a struct.
    pub(crate) fn new(columns: Vec<Known>) -> Self {
        Self {
            is_open: false,
            columns,
            demands: RefCell::default(),
        }
    }

    /// The same with more columns, in structs that only the compiler sees.
    pub(crate) fn open(mut self, is_open: bool) -> Self {
        self.is_open = is_open;
        self
    }

    /// All columns.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Known> {
        self.columns.iter()
    }

    /// Demands something of the type of a column.
    pub(crate) fn demand(&self, column: &str, span: Span, what: What) {
        let column = column.to_owned();
        self.demands.borrow_mut().push(Demand { column, span, what });
    }

    /// Everything that was demanded.
    pub(crate) fn into_demands(self) -> Vec<Demand> {
        self.demands.into_inner()
    }

    /// Reports a column that is not stored, in a place that only sees what is.
    pub(crate) fn refuse_computed(&self, diag: &Diag, span: Span, column: &str, place: &str) {
        let known = self.columns.iter().find(|known| known.name == column);
        if let Some(kind @ (DefaultKind::Alias | DefaultKind::Ephemeral)) =
            known.and_then(|known| known.default)
        {
            diag.error(
                span,
                format!(
                    "`{column}` is {} and not stored, so it is not there for {place}; use the columns that it is made of",
                    kind.keyword()
                ),
            );
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
        if sql.is_raw || names_others(expr) {
            return;
        }
        let mut reported: Vec<String> = Vec::new();
        for reference in expr.references() {
            let name = reference.name();
            let first = reference.parts.first().map_or("", |part| part.as_ref());
            if self.is_column(&name)
                || self.is_column(first)
                || VIRTUAL.contains(&first)
                || reference.may_be_call()
                || reported.contains(&name)
            {
                continue;
            }
            self.report(diag, sql.span_of_name(reference.text), &name, place, false);
            reported.push(name);
        }
    }

    /// Reports a name in a piece of SQL that is no column.
    pub(crate) fn check_name(&self, diag: &Diag, sql: &Sql, name: &str, place: &str) {
        if !sql.is_raw && !self.is_column(name) {
            self.report(diag, sql.span_of_name(name), name, place, false);
        }
    }

    /// Is this a column, or the common name of the columns of a Nested (`n` of `n.a`)?
    fn is_column(&self, name: &str) -> bool {
        self.columns.iter().any(|known| {
            known.name == name
                || known
                    .name
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    }

    /// The column that a field stands for; the name itself where other structs may have it.
    pub(crate) fn named(&self, field: &str) -> Option<String> {
        let known = self.column_of_field(field).map(str::to_owned);
        known.or_else(|| self.is_open.then(|| field.to_owned()))
    }

    /// The column of a field.
    pub(crate) fn column_of_field(&self, name: &str) -> Option<&str> {
        let known = self.columns.iter().find(|known| known.field == name);
        known.map(|known| known.name.as_str())
    }

    fn report(&self, diag: &Diag, span: Span, name: &str, place: &str, as_field: bool) {
        if self.is_open {
            let place = place.to_owned();
            self.demand(name, span, What::Exists { place });
            return;
        }
        // Without any, the item is no struct, which was reported.
        if self.columns.is_empty() {
            return;
        }
        let noun = if as_field { "field" } else { "column" };
        let names = |known: &'_ Known| {
            if as_field {
                known.field.clone()
            } else {
                known.name.clone()
            }
        };
        let names: Vec<String> = self.columns.iter().map(names).collect();
        let meant = self.columns.iter().find(|known| {
            if as_field {
                known.name == name
            } else {
                known.field == name
            }
        });
        let near = chx_core::nearest::nearest(name, names.iter().map(String::as_str));
        let way_out = match (meant, near) {
            (Some(known), _) if as_field => {
                format!(
                    "that is the column of the field `{0}`; write `{0}` or `\"{1}\"`",
                    known.field,
                    quoted(&known.name)
                )
            }
            (Some(known), _) => format!("the column of that field is named `{}`", known.name),
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
