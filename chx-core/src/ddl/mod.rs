//! DDL statements: their model, the parser that reads them and the renderer that writes them.
//!
//! One statement model serves the planner (a step is a statement), the history (a migration is statements) and
//! introspection (`create_table_query` is a statement). Laws: `parse(render(s)) == s` for every statement, and the
//! renderer is the only place in chx that writes DDL.

#[cfg(test)]
mod laws;
mod parse;
mod render;
mod statement;

pub use parse::{
    ParseContext, ParseError, ParseErrorKind, parse_codec, parse_engine, parse_index_type, parse_key,
    parse_object, parse_projection_body, parse_settings, parse_statement, parse_ttl,
};
pub use render::{
    render, render_codec, render_column, render_column_default, render_engine, render_index_type, render_key,
    render_line, render_object, render_object_line, render_refresh, render_security, render_ttl,
};
pub(crate) use render::{render_constraint, render_index, render_projection};
pub use statement::{
    AlterCommand, AlterTable, ColumnChange, ColumnProperty, CreateDatabase, CreateMaterializedView,
    CreateTable, CreateView, DropRelation, Fill, OnExisting, Position, RelationKind, RenameRelation,
    Statement,
};
