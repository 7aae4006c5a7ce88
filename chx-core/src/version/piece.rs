//! The pieces of objects and statements that servers treat differently.

use crate::ddl::{AlterCommand, ColumnChange, OnExisting, Statement};
use crate::ident::Ident;
use crate::model::access::{AccessEntity, RowPolicy};
use crate::model::{
    Column, Constraint, DataType, Database, DictionaryAttribute, Engine, Expr, Index, MaterializedView,
    Object, ObjectId, Projection, RawObject, Resource, Schema, SettingValue, Settings, Table, Target,
    Workload,
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
    /// A named collection.
    NamedCollection,
    /// An object that chx does not read.
    Raw(&'a RawObject),
    /// A resource.
    Resource(&'a Resource),
    /// A workload.
    Workload(&'a Workload),
    /// A database.
    Database(&'a Database),
    /// `ALTER DATABASE db MODIFY COMMENT`.
    DatabaseComment,
    /// An ALTER TABLE: all its commands in parentheses.
    Alter,
    /// A command of an ALTER TABLE.
    Command(&'a AlterCommand),
    /// `MODIFY COLUMN` of a table as it was before.
    ModifyColumn(&'a ColumnChange, Option<&'a Table>),
    /// Settings of a table with this engine.
    Settings(&'a Engine, &'a Settings),
    /// An expression or a query.
    Expression {
        /// The whole of it.
        expr: &'a Expr,
        /// The table in a clause of which it stands, as far as it is known.
        table: Option<&'a Table>,
        /// The clause.
        clause: Clause,
    },
}

/// Where an expression stands, as far as it decides how a server takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// A constraint, which a server computes for the first time when rows come.
    Constraint,
    /// Everything else.
    Other,
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
        Object::View(view) => of_expression(&view.query, None, &whole, visit),
        Object::MaterializedView(view) => {
            visit(&whole, Piece::MaterializedView(view));
            of_expression(&view.query, None, &whole, visit);
            if let Target::Inner(inner) = &view.target {
                of_table(&inner.as_table(&view.name), &whole, visit);
            }
        }
        Object::Function(function) => of_expression(&function.body, None, &whole, visit),
        Object::Dictionary(dictionary) => {
            for attribute in &dictionary.attributes {
                let subject = Subject {
                    object: object.id(),
                    column: Some(&attribute.name),
                };
                visit(&subject, Piece::Attribute(attribute));
            }
        }
        Object::Access(entity) => {
            if let AccessEntity::RowPolicy(RowPolicy {
                using: Some(using), ..
            }) = &**entity
            {
                of_expression(using, None, &whole, visit);
            }
        }
        Object::NamedCollection(_) => visit(&whole, Piece::NamedCollection),
        Object::Resource(resource) => visit(&whole, Piece::Resource(resource)),
        Object::Workload(workload) => visit(&whole, Piece::Workload(workload)),
        Object::Raw(raw) => visit(&whole, Piece::Raw(raw)),
        Object::Database(database) => visit(&whole, Piece::Database(database)),
    }
}

fn of_table(table: &Table, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    visit(whole, Piece::Table(table));
    for column in &table.columns {
        of_column(column, Some(table), whole, visit);
    }
    for index in &table.indexes {
        of_index(index, Some(table), whole, visit);
    }
    for projection in &table.projections {
        of_projection(projection, Some(table), whole, visit);
    }
    for constraint in &table.constraints {
        of_constraint(constraint, Some(table), whole, visit);
    }
    of_storage(table, whole, visit);
}

fn of_storage(table: &Table, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    let storage = &table.storage;
    visit(whole, Piece::Settings(&storage.engine, &storage.settings));
    let keys = [&storage.partition_by, &storage.order_by]
        .into_iter()
        .chain(&storage.primary_key);
    let keys = keys.flat_map(|key| &key.parts).map(|part| &part.expr);
    let rules = storage.ttl.iter().map(|rule| &rule.expr);
    for expr in keys.chain(&storage.sample_by).chain(rules) {
        of_expression(expr, Some(table), whole, visit);
    }
}

fn of_expression(expr: &Expr, table: Option<&Table>, subject: &Subject<'_>, visit: &mut Visit<'_>) {
    let clause = Clause::Other;
    visit(subject, Piece::Expression { expr, table, clause });
}

fn of_index(index: &Index, table: Option<&Table>, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    visit(whole, Piece::Index(index));
    of_expression(&index.expr, table, whole, visit);
}

fn of_projection(projection: &Projection, table: Option<&Table>, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    visit(whole, Piece::Projection(projection));
    of_expression(&projection.body, table, whole, visit);
}

fn of_constraint(constraint: &Constraint, table: Option<&Table>, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    let (expr, clause) = (&constraint.expr, Clause::Constraint);
    visit(whole, Piece::Expression { expr, table, clause });
}

fn of_column(column: &Column, table: Option<&Table>, whole: &Subject<'_>, visit: &mut Visit<'_>) {
    let subject = Subject {
        object: whole.object.clone(),
        column: Some(&column.name),
    };
    visit(&subject, Piece::Column(column));
    of_type(&column.data_type, &subject, visit);
    let default = column.default.as_ref().and_then(|default| default.expr.as_ref());
    for expr in default.into_iter().chain(&column.ttl) {
        of_expression(expr, table, &subject, visit);
    }
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
        Statement::CreateDatabase(create) => visit(&whole, Piece::Database(&create.database)),
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
        Statement::CreateView(create) => of_expression(&create.view.query, None, &whole, visit),
        Statement::CreateFunction(create) => of_expression(&create.function.body, None, &whole, visit),
        Statement::CreateNamedCollection(_) | Statement::AlterNamedCollection(_) => {
            visit(&whole, Piece::NamedCollection);
        }
        Statement::CreateRaw(create) => visit(&whole, Piece::Raw(&create.object)),
        Statement::CreateResource(create) => visit(&whole, Piece::Resource(&create.resource)),
        Statement::CreateWorkload(create) => visit(&whole, Piece::Workload(&create.workload)),
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
        AlterCommand::AddColumn { column, .. } => of_column(column, table, whole, visit),
        AlterCommand::ModifyColumn(change) => {
            let subject = Subject {
                object: whole.object.clone(),
                column: Some(&change.name),
            };
            visit(&subject, Piece::ModifyColumn(change, table));
            if let Some(data_type) = &change.data_type {
                of_type(data_type, &subject, visit);
            }
            let default = change.default.as_ref().and_then(|default| default.expr.as_ref());
            for expr in default.into_iter().chain(&change.ttl) {
                of_expression(expr, table, &subject, visit);
            }
        }
        AlterCommand::ModifyTtl { rules } => {
            for rule in rules {
                of_expression(&rule.expr, table, whole, visit);
            }
        }
        AlterCommand::ModifySettings { settings } => {
            if let Some(table) = table {
                visit(whole, Piece::Settings(&table.storage.engine, settings));
            }
        }
        AlterCommand::ModifyQuery { query } => of_expression(query, None, whole, visit),
        AlterCommand::AddIndex { index, .. } => of_index(index, table, whole, visit),
        AlterCommand::AddProjection { projection, .. } => of_projection(projection, table, whole, visit),
        AlterCommand::AddConstraint { constraint, .. }
        | AlterCommand::ModifyConstraint { constraint, .. } => {
            of_constraint(constraint, table, whole, visit);
        }
        _ => {}
    }
}

/// `Nullable(Tuple(...))`.
pub(super) fn is_nullable_tuple(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Nullable(inner)
        if matches!(&**inner, DataType::Tuple(TupleType::Named(_) | TupleType::Unnamed(_))))
}
