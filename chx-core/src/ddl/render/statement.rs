//! Whole statements but ALTER TABLE.

use crate::ddl::{
    CreateDatabase, CreateFunction, CreateMaterializedView, CreateRaw, CreateView, DropRelation, Fill,
    OnExisting, RenameRelation, Statement,
};

use crate::model::{
    Database, Dictionary, Function, Ident, MaterializedView, NamedCollection, Object, ObjectId, RawObject,
    Resource, Table, View, Workload,
};

use super::access;
use super::alter::alter_table;
use super::column::settings;
use super::dictionary::dictionary;
use super::members::members;
use super::named_collection;
use super::out::Out;
use super::storage;
use super::view::{materialized_view, query_line, view};
use super::workload;

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
        Statement::CreateRaw(created) => {
            let CreateRaw { object, on_existing } = &**created;
            create_raw(out, object, *on_existing);
        }
        Statement::Access(about) => access::access(out, about),
        Statement::DropFunction { name, if_exists } => drop(out, "FUNCTION", *if_exists, name),
        Statement::CreateNamedCollection(created) => {
            let on_existing = if created.keeps_existing {
                OnExisting::Keep
            } else {
                OnExisting::Fail
            };
            create_named_collection(out, &created.collection, on_existing);
        }
        Statement::AlterNamedCollection(alter) => named_collection::alter(out, alter),
        Statement::DropNamedCollection { name, if_exists } => drop(out, "NAMED COLLECTION", *if_exists, name),
        Statement::CreateResource(created) => create_resource(out, &created.resource, created.on_existing),
        Statement::DropResource { name, if_exists } => drop(out, "RESOURCE", *if_exists, name),
        Statement::CreateWorkload(created) => create_workload(out, &created.workload, created.on_existing),
        Statement::DropWorkload { name, if_exists } => drop(out, "WORKLOAD", *if_exists, name),
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
        Object::NamedCollection(collection) => create_named_collection(out, collection, on_existing),
        Object::Resource(resource) => create_resource(out, resource, on_existing),
        Object::Workload(workload) => create_workload(out, workload, on_existing),
        Object::Raw(raw) => create_raw(out, raw, on_existing),
        Object::Access(entity) => access::create(out, entity, on_existing, None),
    }
}

/// `DROP kind [IF EXISTS] name`, of what belongs to the server.
fn drop(out: &mut Out, kind: &str, if_exists: bool, name: &Ident) {
    out.word("DROP ");
    out.word(kind);
    out.word_if(if_exists, " IF EXISTS");
    out.word(" ");
    out.sql(name.sql());
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
        if !database.settings.is_empty() {
            out.clause("SETTINGS ");
            settings(out, &database.settings);
        }
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

/// What stands behind the name is written as it is.
fn create_raw(out: &mut Out, raw: &RawObject, on_existing: OnExisting) {
    create(out, &raw.words, on_existing);
    match &raw.id {
        ObjectId::Relation(name) => out.sql(name.sql()),
        ObjectId::Function(name)
        | ObjectId::Database(name)
        | ObjectId::NamedCollection(name)
        | ObjectId::Resource(name)
        | ObjectId::Workload(name) => out.sql(name.sql()),
        // None of these is raw.
        ObjectId::Access(id) => out.sql(id.name().sql()),
    }
    out.word(" ");
    out.word(&raw.text);
}

fn create_named_collection(out: &mut Out, collection: &NamedCollection, on_existing: OnExisting) {
    create(out, "NAMED COLLECTION", on_existing);
    out.sql(collection.name.sql());
    out.word(" AS");
    named_collection::entries(out, &collection.entries);
}

fn create_resource(out: &mut Out, created: &Resource, on_existing: OnExisting) {
    create(out, "RESOURCE", on_existing);
    out.sql(created.name.sql());
    out.word(" (");
    workload::operations(out, &created.operations);
    out.word(")");
}

fn create_workload(out: &mut Out, created: &Workload, on_existing: OnExisting) {
    create(out, "WORKLOAD", on_existing);
    out.sql(created.name.sql());
    if let Some(parent) = &created.parent {
        out.word(" IN ");
        out.sql(parent.sql());
    }
    if !created.settings.is_empty() {
        out.word(" SETTINGS ");
        workload::settings(out, &created.settings);
    }
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
