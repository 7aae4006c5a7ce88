//! Writes DDL: the only place in chx that does.
//!
//! Two layouts of the same statements: [`render`] for people who read migration files, [`render_line`] for the
//! server, for fingerprints and for logs. Both are stable: the same statement gives the same bytes. Every name is
//! quoted where it needs it, every string is escaped, and a statement reads back as itself:
//! `parse(render(s)) == s`.

mod access;
mod alter;
mod column;
mod dictionary;
mod members;
mod named_collection;
mod out;
mod statement;
mod storage;
mod view;
mod workload;

use std::collections::BTreeMap;

use crate::model::access::{AccessEntity, GrantChange, Grants};
use crate::model::{
    Codec, Column, ColumnDefault, Constraint, DictionaryAttribute, DictionaryClause, Engine, EngineFamily,
    Expr, Function, Index, IndexType, Key, NamedCollection, Object, Projection, Refresh, Resource, Secret,
    Settings, SqlSecurity, TtlRule, Workload,
};

use super::{AccessClause, AccessStatement, AlterCommand, Statement};
use out::{Layout, Out};

/// The statement on several lines: one column, one member, one clause, one command of an ALTER on a line each,
/// four spaces deep. No `;` and no line end at the end.
///
/// ```
/// use chx_core::ddl::{ParseContext, parse_statement, render};
/// let line = "CREATE TABLE web.hits (id UInt64, url String) ENGINE = MergeTree ORDER BY (id, url)";
/// let statement = parse_statement(line, &ParseContext::default())?;
/// assert_eq!(render(&statement), "\
/// CREATE TABLE web.hits
/// (
///     id UInt64,
///     url String
/// )
/// ENGINE = MergeTree
/// ORDER BY (id, url)");
/// # Ok::<(), chx_core::ddl::ParseError>(())
/// ```
pub fn render(statement: &Statement) -> String {
    Out::write(Layout::Pretty, |out| statement::statement(out, statement))
}

/// The statement on one line, without a `;`.
pub fn render_line(statement: &Statement) -> String {
    Out::write(Layout::Line, |out| statement::statement(out, statement))
}

/// The statement on one line with the values of its secrets, to be sent and never to be shown. A secret without a
/// value stays the text that stands for it.
pub fn render_with_secrets(statement: &Statement, values: &BTreeMap<Secret, String>) -> String {
    Out::reveal(values, |out| statement::statement(out, statement))
}

/// The secrets of a statement, in the order in which they stand in it.
pub fn secrets_of(statement: &Statement) -> Vec<Secret> {
    if !may_have_secrets(statement) {
        return Vec::new();
    }
    Out::secrets(|out| statement::statement(out, statement))
}

/// The secrets of an object, in the order in which they stand in its CREATE.
pub fn secrets_of_object(object: &Object) -> Vec<Secret> {
    Out::secrets(|out| statement::create_object(out, object))
}

/// The CREATE of an object on several lines, as [`render`] writes it.
pub fn render_object(object: &Object) -> String {
    Out::write(Layout::Pretty, |out| statement::create_object(out, object))
}

/// The CREATE of an object on one line, as [`render_line`] writes it.
pub fn render_object_line(object: &Object) -> String {
    Out::write(Layout::Line, |out| statement::create_object(out, object))
}

/// An engine with its arguments: `ReplacingMergeTree(version)`.
pub fn render_engine(engine: &Engine) -> String {
    Out::write(Layout::Line, |out| storage::engine(out, engine))
}

/// The engine of a database with its settings, on one line.
pub(crate) fn render_database_engine(of: &Engine, settings: &Settings) -> String {
    Out::write(Layout::Line, |out| {
        storage::engine(out, of);
        if !settings.is_empty() {
            out.word(" SETTINGS ");
            column::settings(out, settings);
        }
    })
}

/// A column with all its clauses.
pub fn render_column(column: &Column) -> String {
    Out::write(Layout::Line, |out| column::column(out, column, true))
}

/// The default clause of a column: `MATERIALIZED toDate(ts)`.
pub fn render_column_default(default: &ColumnDefault) -> String {
    Out::write(Layout::Line, |out| column::default(out, default))
        .trim_start()
        .to_owned()
}

/// A codec: `CODEC(Delta(8), ZSTD(1))`.
pub fn render_codec(codec: &Codec) -> String {
    Out::write(Layout::Line, |out| column::codec(out, codec))
}

/// A key: `tuple()`, `a`, `(a, b DESC)`.
pub fn render_key(key: &Key) -> String {
    Out::write(Layout::Line, |out| storage::key(out, key))
}

/// The rules of a TTL, with commas between.
pub fn render_ttl(rules: &[TtlRule]) -> String {
    Out::write(Layout::Line, |out| storage::ttl_rules(out, rules))
}

/// An attribute of a dictionary with all its clauses.
pub fn render_dictionary_attribute(attribute: &DictionaryAttribute) -> String {
    Out::write(Layout::Line, |out| dictionary::attribute(out, attribute))
}

/// The source or layout of a dictionary: `CLICKHOUSE(TABLE 'countries')`.
pub fn render_dictionary_clause(clause: &DictionaryClause) -> String {
    Out::write(Layout::Line, |out| dictionary::clause(out, clause))
}

/// What stands behind the word REFRESH.
pub fn render_refresh(refresh: &Refresh) -> String {
    Out::write(Layout::Line, |out| view::refresh(out, refresh))
}

/// `DEFINER = user SQL SECURITY DEFINER` and the like.
pub fn render_security(security: &SqlSecurity) -> String {
    Out::write(Layout::Line, |out| view::security(out, security))
}

/// What stands behind AS of a function: `(x, y) -> x + y`.
pub fn render_lambda(function: &Function) -> String {
    Out::write(Layout::Line, |out| statement::lambda(out, function))
}

/// What an access entity says besides its name and its grants, clause by clause, as
/// [`parse_access_clause`](super::parse_access_clause) reads it.
pub fn render_access_clauses(entity: &AccessEntity) -> Vec<(AccessClause, String)> {
    access::attributes(entity)
}

/// What is granted, in order: the words between GRANT and TO with the option behind them, or between REVOKE and FROM, which is
/// said by `true`.
pub fn render_grants(grants: &Grants) -> Vec<(bool, String)> {
    let all = Grants::default().changes_to(grants);
    all.iter().map(access::granted).collect()
}

/// What stands between GRANT and TO, or REVOKE and FROM, with the option; and whether it is a REVOKE.
pub fn render_grant_change(change: &GrantChange) -> (bool, String) {
    access::granted(change)
}

/// The entries of a named collection: `url = 'https://...', password = 'env:PW' NOT OVERRIDABLE`.
pub fn render_collection_entries(collection: &NamedCollection) -> String {
    Out::write(Layout::Line, |out| {
        named_collection::entries(out, &collection.entries);
    })
    .trim_start()
    .to_owned()
}

/// What a resource counts: `READ ANY DISK, WRITE DISK s3`.
pub fn render_resource_operations(resource: &Resource) -> String {
    Out::write(Layout::Line, |out| {
        workload::operations(out, &resource.operations);
    })
}

/// The settings of a workload: `weight = 3, max_io_requests = 100 FOR disks`.
pub fn render_workload_settings(of: &Workload) -> String {
    Out::write(Layout::Line, |out| workload::settings(out, &of.settings))
}

/// A query with each of its clauses on a line of its own; it reads back as the same query.
pub fn render_query_lines(query: &Expr) -> String {
    view::in_lines(query.as_sql())
}

/// What stands behind the word INDEX.
pub(crate) fn render_index(index: &Index) -> String {
    Out::write(Layout::Line, |out| members::index(out, index))
}

/// What stands behind the word PROJECTION.
pub(crate) fn render_projection(projection: &Projection) -> String {
    Out::write(Layout::Line, |out| members::projection(out, projection))
}

/// What stands behind the word CONSTRAINT.
pub(crate) fn render_constraint(constraint: &Constraint) -> String {
    Out::write(Layout::Line, |out| members::constraint(out, constraint))
}

/// The type of a skipping index with its arguments: `bloom_filter(0.01)`.
pub fn render_index_type(index_type: &IndexType) -> String {
    Out::write(Layout::Line, |out| {
        column::call(out, &index_type.name, &index_type.args);
    })
}

/// Can a statement hold secrets at all? Most cannot, and are not looked through.
fn may_have_secrets(statement: &Statement) -> bool {
    match statement {
        Statement::CreateDictionary(_)
        | Statement::CreateDatabase(_)
        | Statement::CreateView(_)
        | Statement::CreateMaterializedView(_)
        | Statement::CreateFunction(_)
        | Statement::CreateNamedCollection(_)
        | Statement::AlterNamedCollection(_)
        | Statement::Access(AccessStatement::Create { .. } | AccessStatement::Alter { .. }) => true,
        Statement::CreateTable(create) => {
            let storage = &create.table.storage;
            storage.engine.family() == EngineFamily::Other || storage.settings.own_disk().is_some()
        }
        Statement::AlterTable(alter) => alter
            .commands
            .iter()
            .any(|command| matches!(command, AlterCommand::ModifyQuery { .. })),
        Statement::AlterDatabaseComment { .. }
        | Statement::CreateRaw(_)
        | Statement::Rename(_)
        | Statement::Exchange { .. }
        | Statement::Drop(_)
        | Statement::DropDatabase { .. }
        | Statement::DropFunction { .. }
        | Statement::DropNamedCollection { .. }
        | Statement::CreateResource(_)
        | Statement::DropResource { .. }
        | Statement::CreateWorkload(_)
        | Statement::DropWorkload { .. }
        | Statement::Access(
            AccessStatement::Rename { .. } | AccessStatement::Drop { .. } | AccessStatement::Grants { .. },
        ) => false,
    }
}
