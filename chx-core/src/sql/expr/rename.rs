//! Making and changing expressions without an engine: integers, and one column under another name.

use std::fmt::Write as _;

use super::{Expr, Reference};
use crate::ident::Ident;

impl Expr {
    /// A whole number.
    pub fn integer(value: u64) -> Self {
        Self {
            sql: value.to_string().into(),
        }
    }

    /// Does the expression read this column? A dotted name counts for its first part too: `t.a` may be the element
    /// `a` of a tuple `t`.
    pub fn reads_column(&self, column: &str) -> bool {
        // A plain name stands in the text as it is, so that most texts need no second look.
        let plain = column.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (!plain || self.sql.contains(column))
            && self.references().any(|reference| reference.is_column(column))
    }

    /// The same expression with one column under its new name, as RENAME COLUMN rewrites it.
    ///
    /// ```
    /// use chx_core::{ident::Ident, sql::Expr};
    /// let expr = Expr::parse("lower(usr) || toString(t.usr)")?;
    /// let renamed = expr.with_column_renamed("usr", &Ident::new("user name").expect("not empty"));
    /// assert_eq!(renamed.as_sql(), "lower(`user name`) || toString(t.usr)");
    /// # Ok::<(), chx_core::sql::LexError>(())
    /// ```
    #[must_use]
    pub fn with_column_renamed(&self, from: &str, to: &Ident) -> Self {
        let mut sql = String::with_capacity(self.sql.len());
        let mut copied = 0;
        for reference in self.references().filter(|reference| reference.is_column(from)) {
            sql.push_str(self.sql.get(copied..reference.at).unwrap_or_default());
            let rest = reference.parts.get(1..).unwrap_or_default();
            let whole = reference.name() == from;
            // Writing to a String cannot fail.
            let _ = write!(sql, "{}", to.sql());
            if !whole {
                for part in rest {
                    let _ = Ident::new(part.as_ref()).map(|part| write!(sql, ".{}", part.sql()));
                }
            }
            copied = reference.at + reference.text.len();
        }
        sql.push_str(self.sql.get(copied..).unwrap_or_default());
        // Text that was canonical and had one name replaced lexes again.
        Self::parse(&sql).unwrap_or_else(|_| self.clone())
    }
}

impl Reference<'_> {
    /// Is this the column, or a part of it?
    pub fn is_column(&self, column: &str) -> bool {
        self.parts.first().is_some_and(|first| first == column) || self.name() == column
    }
}
