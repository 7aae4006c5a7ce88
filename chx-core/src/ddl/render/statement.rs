//! Whole statements but ALTER TABLE.

use crate::ddl::{
    CreateDatabase, CreateMaterializedView, CreateTable, CreateView, DropRelation, OnExisting,
    RenameRelation, Statement,
};

use super::alter::alter_table;
use super::column::call;
use super::members::members;
use super::out::Out;
use super::storage::storage;
use super::view::{materialized_view, view};

pub(super) fn statement(out: &mut Out, statement: &Statement) {
    match statement {
        Statement::CreateDatabase(create) => create_database(out, create),
        Statement::CreateTable(create) => create_table(out, create),
        Statement::CreateView(CreateView {
            view: body,
            on_existing,
        }) => {
            create(out, "VIEW", *on_existing);
            view(out, body);
        }
        Statement::CreateMaterializedView(created) => {
            let CreateMaterializedView {
                view,
                on_existing,
                populate,
            } = &**created;
            create(out, "MATERIALIZED VIEW", *on_existing);
            materialized_view(out, view, *populate);
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

/// `CREATE [OR REPLACE] kind [IF NOT EXISTS] `.
fn create(out: &mut Out, kind: &str, on_existing: OnExisting) {
    out.word("CREATE ");
    out.word_if(on_existing == OnExisting::Replace, "OR REPLACE ");
    out.word(kind);
    out.word_if(on_existing == OnExisting::Keep, " IF NOT EXISTS");
    out.word(" ");
}

fn create_database(out: &mut Out, created: &CreateDatabase) {
    let CreateDatabase {
        database,
        on_existing,
    } = created;
    create(out, "DATABASE", *on_existing);
    out.sql(database.name.sql());
    if let Some(engine) = &database.engine {
        out.clause("ENGINE = ");
        call(out, &engine.name, &engine.args);
    }
    out.comment_clause(&database.comment);
}

fn create_table(out: &mut Out, created: &CreateTable) {
    let CreateTable { table, on_existing } = created;
    create(out, "TABLE", *on_existing);
    out.sql(table.name.sql());
    members(out, table);
    storage(out, &table.storage);
    out.comment_clause(&table.comment);
}
