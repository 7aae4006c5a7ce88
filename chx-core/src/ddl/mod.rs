//! DDL statements: their model, the parser that reads them and the renderer that writes them.
//!
//! One statement model serves the planner (a step is a statement), the history (a migration is statements) and
//! introspection (`create_table_query` is a statement). Laws: `parse(render(s)) == s` for every statement, and the
//! renderer is the only place in chx that writes DDL.

mod access;
mod alter;
#[cfg(test)]
mod laws;
mod object;
mod parse;
mod render;
mod statement;

pub use access::{AccessClause, AccessStatement};
pub use alter::{AlterCommand, AlterTable, ColumnChange, ColumnProperty, Position};
pub use parse::{
    ParseContext, ParseError, ParseErrorKind, is_secret_setting_written_out, may_hold_secret,
    parse_access_clause, parse_codec, parse_collection_entries, parse_database_engine,
    parse_dictionary_clause, parse_engine, parse_grant, parse_index_type, parse_key, parse_lambda,
    parse_migration_statement, parse_migration_statements, parse_object, parse_object_or_raw,
    parse_projection_body, parse_refresh, parse_resource_operations, parse_revoke, parse_security,
    parse_settings, parse_shown, parse_statement, parse_statement_or_raw, parse_stored_database_engine,
    parse_ttl, parse_unique_key, parse_workload_settings, secret_in_query,
};
pub(crate) use parse::{parse_access_id, parse_view_query};
pub use render::{
    render, render_access_clauses, render_codec, render_collection_entries, render_column,
    render_column_default, render_dictionary_attribute, render_dictionary_clause, render_engine,
    render_grant_change, render_grants, render_index_type, render_key, render_lambda, render_line,
    render_object, render_object_line, render_query_lines, render_refresh, render_resource_operations,
    render_security, render_ttl, render_with_secrets, render_workload_settings, secrets_of,
    secrets_of_object,
};
pub(crate) use render::{render_constraint, render_database_engine, render_index, render_projection};
pub use statement::{
    AlterNamedCollection, CreateDatabase, CreateDictionary, CreateFunction, CreateMaterializedView,
    CreateNamedCollection, CreateRaw, CreateResource, CreateTable, CreateView, CreateWorkload, DropRelation,
    Fill, OnExisting, RelationKind, RenameRelation, Statement,
};
