//! Whole statements but ALTER TABLE.

use crate::ddl::{
    CreateDatabase, CreateFunction, CreateMaterializedView, CreateView, DropRelation, Fill, OnExisting,
    RenameRelation, Statement,
};

use crate::model::{Database, Dictionary, Function, MaterializedView, Object, Table, View};

use super::alter::alter_table;
use super::dictionary::dictionary;
use super::members::members;
use super::out::Out;
use super::storage;
use super::view::{materialized_view, query_line, view};

pub(super) fn statement(out: &mut Out, statement: &Statement) {
    match statement {
        Statement::CreateDatabase(CreateDatabase {
            database,
            on_existing,
        }) => create_database(out, database, *on_existing),
        Statement::CreateTable(created) => create_table(out, &created.table, created.on_existing),
        Statement::CreateView(CreateView { view, on_existing }) => create_view(out, view, *on_existing),
        Statement::CreateMaterializedView(created) => {
            let CreateMaterializedView {
                view,
                on_existing,
                fill,
            } = &**created;
            create_materialized_view(out, view, *on_existing, *fill);
        }
        Statement::CreateDictionary(created) => {
            create_dictionary(out, &created.dictionary, created.on_existing);
        }
        Statement::CreateFunction(CreateFunction {
            function,
            on_existing,
        }) => create_function(out, function, *on_existing),
        Statement::DropFunction { name, if_exists } => {
            out.word("DROP FUNCTION ");
            out.word_if(*if_exists, "IF EXISTS ");
            out.sql(name.sql());
        }
        Statement::AlterTable(alter) => alter_table(out, alter),
        Statement::AlterDatabaseComment { database, comment } => {
            out.word("ALTER DATABASE ");
            out.sql(database.sql());
            out.word(" MODIFY COMMENT ");
            out.string(comment);
        }
        Statement::Rename(RenameRelation { from, to, if_exists }) => {
            out.word("RENAME TABLE ");
            out.word_if(*if_exists, "IF EXISTS ");
            out.sql(from.sql());
            out.word(" TO ");
            out.sql(to.sql());
        }
        Statement::Exchange { a, b } => {
            out.word("EXCHANGE TABLES ");
            out.sql(a.sql());
            out.word(" AND ");
            out.sql(b.sql());
        }
        Statement::Drop(DropRelation {
            name,
            kind,
            if_exists,
            sync,
        }) => {
            out.word("DROP ");
            out.word(kind.keyword());
            out.word_if(*if_exists, " IF EXISTS");
            out.word(" ");
            out.sql(name.sql());
            out.word_if(*sync, " SYNC");
        }
        Statement::DropDatabase {
            database,
            if_exists,
            sync,
        } => {
            out.word("DROP DATABASE ");
            out.word_if(*if_exists, "IF EXISTS ");
            out.sql(database.sql());
            out.word_if(*sync, " SYNC");
        }
    }
}

/// The statement that creates an object, and fails where its name is taken.
pub(super) fn create_object(out: &mut Out, object: &Object) {
    let on_existing = OnExisting::Fail;
    match object {
        Object::Database(database) => create_database(out, database, on_existing),
        Object::Table(table) => create_table(out, table, on_existing),
        Object::View(view) => create_view(out, view, on_existing),
        Object::Dictionary(dictionary) => create_dictionary(out, dictionary, on_existing),
        Object::MaterializedView(view) => create_materialized_view(out, view, on_existing, Fill::default()),
        Object::Function(function) => create_function(out, function, on_existing),
    }
}

/// `CREATE [OR REPLACE] kind [IF NOT EXISTS] `.
fn create(out: &mut Out, kind: &str, on_existing: OnExisting) {
    out.word("CREATE ");
    out.word_if(on_existing == OnExisting::Replace, "OR REPLACE ");
    out.word(kind);
    out.word_if(on_existing == OnExisting::Keep, " IF NOT EXISTS");
    out.word(" ");
}

fn create_database(out: &mut Out, database: &Database, on_existing: OnExisting) {
    create(out, "DATABASE", on_existing);
    out.sql(database.name.sql());
    if let Some(engine) = &database.engine {
        out.clause("ENGINE = ");
        storage::engine(out, engine);
    }
    out.comment_clause(database.comment());
}

fn create_view(out: &mut Out, created: &View, on_existing: OnExisting) {
    create(out, "VIEW", on_existing);
    view(out, created);
}

fn create_materialized_view(out: &mut Out, created: &MaterializedView, on_existing: OnExisting, fill: Fill) {
    create(out, "MATERIALIZED VIEW", on_existing);
    materialized_view(out, created, fill);
}

fn create_dictionary(out: &mut Out, created: &Dictionary, on_existing: OnExisting) {
    create(out, "DICTIONARY", on_existing);
    dictionary(out, created);
}

fn create_function(out: &mut Out, function: &Function, on_existing: OnExisting) {
    create(out, "FUNCTION", on_existing);
    out.sql(function.name.sql());
    out.word(" AS ");
    lambda(out, function);
}

/// `(x, y) -> body`.
pub(super) fn lambda(out: &mut Out, function: &Function) {
    out.word("(");
    out.list(&function.parameters, |out, parameter| out.sql(parameter.sql()));
    out.word(") -> ");
    query_line(out, &function.body);
}

fn create_table(out: &mut Out, table: &Table, on_existing: OnExisting) {
    create(out, "TABLE", on_existing);
    out.sql(table.name.sql());
    members(out, table);
    storage::storage(out, &table.storage);
    out.comment_clause(&table.comment);
}
