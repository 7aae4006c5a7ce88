//! Keys: lists of expressions, each with a direction where the key sorts.
//!
//! Decides what can be asked of a key without the types: its columns are stored, and none stands in it twice.

use chx_core::ddl::parse_key;
use chx_core::model::KeyPart;
use proc_macro2::Span;
use syn::ext::IdentExt;

use super::Columns;
use super::demand::What;
use crate::attr::fragment::Fragment;
use crate::diag::Diag;

/// One of the keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Partition,
    /// The primary key, where it is not the sorting key.
    Prefix,
    /// The primary key, where it is the sorting key.
    Primary,
    Sorting,
    /// Rows that are alike in it are one row.
    Unique,
}

impl Kind {
    /// Its name in messages.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Self::Partition => "the partition key",
            Self::Prefix | Self::Primary => "the primary key",
            Self::Sorting => "the sorting key",
            Self::Unique => "the unique key",
        }
    }
}

/// The key as the SQL behind its keyword. A single string is a whole key of its own (`"(site, ts)"`, `"tuple()"`).
pub(crate) fn sql(
    diag: &Diag,
    columns: &Columns,
    fragments: &[Fragment],
    kind: Kind,
    allows_null: bool,
) -> String {
    let place = kind.place();
    let parts: Vec<String> = fragments
        .iter()
        .map(|fragment| columns.resolve(diag, fragment, place))
        .collect();
    let sql = match parts.as_slice() {
        [] => "tuple()".to_owned(),
        [single] => single.clone(),
        several => format!("({})", several.join(", ")),
    };
    match parse_key(&sql) {
        Err(error) => {
            if let Some(first) = fragments.first() {
                // `"a, b"`
                let list = format!("({sql})");
                let message = if parse_key(&list).is_ok() {
                    format!("{place} has several parts: they stand in parentheses, `\"{list}\"`")
                } else {
                    format!("{place}: {error}")
                };
                diag.error(first.span(), message);
            }
        }
        Ok(key) if kind == Kind::Unique && key.is_empty() => {
            diag.error(
                Span::call_site(),
                "a unique key has at least one column: `unique_key = id`",
            );
        }
        Ok(key) => {
            let is_whole = key.parts.len() == 1;
            let mut seen = Vec::new();
            for (part, span) in parts_with_places(columns, fragments) {
                // The server takes a partition key that says the same twice.
                if seen.contains(&part.expr) && kind != Kind::Partition {
                    diag.error(
                        span,
                        format!("`{}` stands in {place} twice; keep the first", part.expr.as_sql()),
                    );
                    continue;
                }
                if kind == Kind::Unique && part.expr.is_plain_column().is_none() {
                    diag.error(
                        span,
                        format!("a unique key has columns, no expressions: make `{}` a column with `materialized`", part.expr.as_sql()),
                    );
                    continue;
                }
                for reference in part.expr.references() {
                    columns.refuse_computed(diag, span, &reference.name(), place);
                }
                // Of a prefix, the sorting key says the same.
                if let Some(column) = part.expr.is_plain_column()
                    && kind != Kind::Prefix
                {
                    let what = if kind == Kind::Partition {
                        What::Partition {
                            allows_null,
                            is_whole,
                        }
                    } else {
                        What::Key {
                            place,
                            allows_null: allows_null || kind == Kind::Unique,
                        }
                    };
                    columns.demand(&column, span, what);
                }
                seen.push(part.expr.clone());
            }
        }
    }
    sql
}

/// The parts of a key, each with the place where it stands; of `raw("...")` none.
fn parts_with_places(columns: &Columns, fragments: &[Fragment]) -> Vec<(KeyPart, Span)> {
    let parts = |text: &str| parse_key(text).unwrap_or_default().parts;
    let mut found = Vec::new();
    for fragment in fragments {
        match fragment {
            Fragment::Field(ident) => {
                let name = ident.unraw().to_string();
                let column = super::quoted(columns.column_of_field(&name).unwrap_or(&name));
                found.extend(parts(&column).into_iter().map(|part| (part, ident.span())));
            }
            Fragment::Tuple(inner, _) => found.extend(parts_with_places(columns, inner)),
            Fragment::Sql(sql) if sql.is_raw => {}
            Fragment::Sql(sql) => {
                let placed = |part: KeyPart| {
                    let span = sql.span_of_name(part.expr.as_sql());
                    (part, span)
                };
                found.extend(parts(&sql.text).into_iter().map(placed));
            }
        }
    }
    found
}
