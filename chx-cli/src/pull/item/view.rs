//! Views and materialized views as structs.
//!
//! Decides how their clauses are written: whose rights they read with, when they are refreshed, where their rows go.

use chx_core::ddl::{render_query_lines, render_refresh};
use chx_core::model::{Column, Expr, MaterializedView, SqlSecurity, Target, View, ViewColumn};

use super::super::layout::Entry;
use super::super::literal::{string, verbatim};
use super::{Field, Item, Writer, field};

impl Writer<'_> {
    pub(super) fn view(mut self, view: &View, columns: &[ViewColumn]) -> Item {
        self.comment(&view.comment);
        self.security(view.security.as_ref());
        self.entries.push(query(&view.query));
        self.name_fields(columns.iter().map(|column| column.name.as_str()));
        let is_row = Self::is_row(columns.iter().map(|column| &column.data_type));
        let fields = columns
            .iter()
            .map(|column| self.view_column(column, is_row))
            .collect();
        let derives = if is_row {
            "ChView, Row, Deserialize, Debug, Clone"
        } else {
            "ChView, Debug, Clone"
        };
        self.finish(derives, fields)
    }

    pub(super) fn materialized_view(mut self, view: &MaterializedView, columns: &[ViewColumn]) -> Item {
        self.comment(&view.comment);
        let own = match &view.target {
            Target::Inner(inner) if inner.has_list() => inner.columns.clone(),
            Target::Inner(_) | Target::To(_) => columns.iter().cloned().map(Column::from).collect(),
        };
        self.name_fields(own.iter().map(|column| column.name.as_str()));
        let fields = own.iter().map(|column| self.inner_column(column)).collect();
        if let Some(refresh) = &view.refresh {
            self.entries
                .push(Entry::value("refresh", string(&render_refresh(refresh))));
        }
        match &view.target {
            Target::To(name) => {
                let path = self.around.target.take();
                let to = path.unwrap_or_else(|| string(&name.sql().to_string()));
                self.entries.push(Entry::value("to", to));
            }
            Target::Inner(inner) => self.storage_and_members(&inner.as_table(&view.name)),
        }
        self.security(view.security.as_ref());
        self.entries.push(query(&view.query));
        self.finish("ChMaterializedView, Debug, Clone", fields)
    }

    /// Both words where there is a definer, so that each can be changed alone where it stands.
    fn security(&mut self, security: Option<&SqlSecurity>) {
        let Some(security) = security else { return };
        let (word, definer) = match security {
            SqlSecurity::Invoker => ("invoker", None),
            SqlSecurity::Definer(user) => ("definer", user.as_deref()),
            SqlSecurity::None => ("none", None),
        };
        self.entries.push(Entry::value("sql_security", word));
        self.entries
            .extend(definer.map(|user| Entry::value("definer", string(user))));
    }

    /// A `///` is no comment here: the derive takes `comment` alone.
    fn inner_column(&mut self, column: &Column) -> Field {
        let mut field = self.column(
            &Column {
                comment: String::new(),
                ..column.clone()
            },
            false,
        );
        if !column.comment.is_empty() {
            field
                .entries
                .push(Entry::value("comment", string(&column.comment)));
        }
        field
    }

    fn view_column(&mut self, column: &ViewColumn, is_row: bool) -> Field {
        let mut entries = Vec::new();
        let (ident, ty) = self.typed(column.name.as_str(), &column.data_type, &mut entries);
        field(column.name.as_str(), ident, ty, Vec::new(), entries, is_row)
    }
}

/// A short query on one line; a longer one with each of its clauses on its own.
fn query(query: &Expr) -> Entry {
    let line = query.as_sql();
    if line.chars().count() <= 60 || line.chars().any(char::is_control) {
        return Entry::value("query", string(line));
    }
    let mut text = String::from("\n");
    for line in render_query_lines(query).lines() {
        text.push_str("        ");
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("    ");
    Entry::value("query", verbatim(&text))
}
