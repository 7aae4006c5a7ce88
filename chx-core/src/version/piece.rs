//! The pieces of objects and statements that servers treat differently.

use crate::ddl::{AlterCommand, ColumnChange, OnExisting, Statement};
use crate::ident::Ident;
use crate::model::{
    Column, DataType, DictionaryAttribute, Index, MaterializedView, Object, ObjectId, Projection, Schema,
    SettingValue, Table, Target,
};
use crate::types::TupleType;

/// One thing that a server is shown.
pub(super) enum Piece<'a> {
    /// A type, alone or inside another, of a column of this table.
    Type(&'a DataType),
    /// A column with its clauses.
    Column(&'a Column),
    /// A skipping index.
    Index(&'a Index),
    /// A projection.
    Projection(&'a Projection),
    /// A whole table: engine, keys, settings, columns.
    Table(&'a Table),
    /// A materialized view.
    MaterializedView(&'a MaterializedView),
    /// An attribute of a dictionary.
    Attribute(&'a DictionaryAttribute),
    /// CREATE OR REPLACE of a materialized view.
    ReplaceMaterializedView,
    /// `ALTER DATABASE db MODIFY COMMENT`.
    DatabaseComment,
    /// An ALTER TABLE: all its commands in parentheses.
    Alter,
    /// A command of an ALTER TABLE.
    Command(&'a AlterCommand),
    /// `MODIFY COLUMN` of a table as it was before.
    ModifyColumn(&'a ColumnChange, Option<&'a Table>),
}

/// What a piece belongs to.
pub(super) struct Subject<'a> {
    pub(super) object: ObjectId,
    pub(super) column: Option<&'a Ident>,
}

type Visit<'v> = dyn FnMut(&Subject<'_>, Piece<'_>) + 'v;

impl Piece<'_> {
    /// The value of a setting of the table.
    pub(super) fn setting(&self, name: &str) -> Option<&SettingValue> {
        match self {
            Self::Table(table) => table.storage.settings.get(name),
            _ => None,
        }
    }

    /// Is it a type that this holds for?
    pub(super) fn is_type(&self, is: impl Fn(&DataType) -> bool) -> bool {
        matches!(self, Self::Type(data_type) if is(data_type))
    }

    /// Is it a skipping index of one of these types?
    pub(super) fn is_index(&self, names: &[&str]) -> bool {
        matches!(self, Self::Index(index)
            if names.iter().any(|name| index.index_type.name.eq_ignore_ascii_case(name)))
    }
}

/// The pieces of an object.
pub(super) fn of_object(object: &Object, visit: &mut Visit<'_>) {
    let whole = Subject {
        object: object.id(),
        column: None,
    };
    match object {
        Object::Table(table) => of_table(table, &whole, visit),
        Object::MaterializedView(view) => {
            visit(&whole, Piece::MaterializedView(view));
            if let Target::Inner(storage) = &view.target {
                let mut table = Table::new(view.name.clone(), storage.engine.clone());
                table.storage = (**storage).clone();
                visit(&whole, Piece::Table(&table));
            }
        }
        Object::Dictionary(dictionary) => {
            for attribute in &dictionary.attributes {
                let subject = Subject {
                    object: object.id(),
                    column: Some(&attribute.name),
                };
                visit(&subject, Piece::Attribute(attribute));
            }
        }
        // Their queries are the server's business.
        _ => {}
    }
}

fn of_table(table: &Table, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    visit(whole, Piece::Table(table));
    for column in &table.columns {
        of_column(column, whole, visit);
    }
    for index in &table.indexes {
        visit(whole, Piece::Index(index));
    }
    for projection in &table.projections {
        visit(whole, Piece::Projection(projection));
    }
}

fn of_column(column: &Column, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    let subject = Subject {
        object: whole.object.clone(),
        column: Some(&column.name),
    };
    visit(&subject, Piece::Column(column));
    of_type(&column.data_type, &subject, visit);
}

/// The type and all types inside it.
fn of_type(data_type: &DataType, subject: &Subject<'_>, visit: &mut Visit<'_>) {
    let mut waiting = vec![data_type];
    while let Some(data_type) = waiting.pop() {
        visit(subject, Piece::Type(data_type));
        waiting.extend(data_type.children());
    }
}

/// The pieces that a statement shows to a server.
pub(super) fn of_statement(statement: &Statement, before: &Schema, visit: &mut Visit<'_>) {
    let whole = Subject {
        object: statement.object(),
        column: None,
    };
    match statement {
        Statement::CreateTable(create) => of_table(&create.table, &whole, visit),
        Statement::CreateMaterializedView(create) => {
            if create.on_existing == OnExisting::Replace {
                visit(&whole, Piece::ReplaceMaterializedView);
            }
            of_object(&Object::MaterializedView(create.view.clone()), visit);
        }
        Statement::CreateDictionary(create) => {
            of_object(&Object::Dictionary(create.dictionary.clone()), visit);
        }
        Statement::AlterDatabaseComment { .. } => visit(&whole, Piece::DatabaseComment),
        Statement::AlterTable(alter) => {
            visit(&whole, Piece::Alter);
            let table = before.table(&alter.name);
            for command in &alter.commands {
                of_command(command, table, &whole, visit);
            }
        }
        _ => {}
    }
}

fn of_command(command: &AlterCommand, table: Option<&Table>, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    visit(whole, Piece::Command(command));
    match command {
        AlterCommand::AddColumn { column, .. } => of_column(column, whole, visit),
        AlterCommand::ModifyColumn(change) => {
            let subject = Subject {
                object: whole.object.clone(),
                column: Some(&change.name),
            };
            visit(&subject, Piece::ModifyColumn(change, table));
            if let Some(data_type) = &change.data_type {
                of_type(data_type, &subject, visit);
            }
        }
        AlterCommand::AddIndex { index, .. } => visit(whole, Piece::Index(index)),
        AlterCommand::AddProjection { projection, .. } => visit(whole, Piece::Projection(projection)),
        _ => {}
    }
}

/// `Nullable(Tuple(...))`.
pub(super) fn is_nullable_tuple(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Nullable(inner)
        if matches!(&**inner, DataType::Tuple(TupleType::Named(_) | TupleType::Unnamed(_))))
}
