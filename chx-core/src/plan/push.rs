//! Which statements a difference between two schemas takes. One function a kind of difference; order is decided
//! later, by the sort.

mod dictionary;
pub(super) mod raw;
pub(super) mod star;
mod view;

use std::collections::BTreeSet;

use crate::ddl::{
    AlterCommand, AlterTable, OnExisting, RenameRelation, Statement, render_database_engine, secrets_of,
};
use crate::diff::{RebuildReason, TableChanges, in_order};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Column, Database, Object, ObjectId, Schema, Secret, Table, Target};
use crate::pair::Pair;
use crate::types::Conversion;

use super::{Cost, Phase, Rebuild, Renames, Risk, Step, cost, functions};

/// What has been pushed so far.
#[derive(Default)]
pub(super) struct Pushed {
    /// The steps, in any order.
    pub(super) steps: Vec<Step>,
    /// Tables that no ALTER can change.
    pub(super) rebuilds: Vec<Rebuild>,
    /// Objects that would have to be created with a secret that is not known.
    pub(super) hidden: Vec<ObjectId>,
    /// Every object that a step is about, under its old and its new name.
    pub(super) touched: Vec<ObjectId>,
}

impl Pushed {
    pub(super) fn step(&mut self, phase: Phase, statement: Statement, risk: Risk, cost: Cost) {
        self.touched.push(statement.object());
        if secrets_of(&statement).contains(&Secret::Hidden) {
            self.hidden.push(statement.object());
            return;
        }
        let step = Step::new(phase, statement, risk, cost);
        if self.touched.last() != Some(&step.object) {
            self.touched.push(step.object.clone());
        }
        self.steps.push(step);
    }

    pub(super) fn alter(
        &mut self,
        phase: Phase,
        name: &QualifiedName,
        commands: Vec<AlterCommand>,
        risk: Risk,
        cost: Cost,
    ) {
        if !commands.is_empty() {
            self.step(
                phase,
                Statement::AlterTable(AlterTable {
                    name: name.clone(),
                    commands,
                }),
                risk,
                cost,
            );
        }
    }
}

pub(super) fn databases(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    for (id, object) in schemas.after.iter() {
        let Object::Database(new) = object else { continue };
        let Some(before @ Object::Database(old)) = schemas.before.get(id) else {
            pushed.step(
                Phase::CreateDatabase,
                // Databases are often there already, made by whoever set the server up.
                Statement::creating_or(object.clone(), OnExisting::Keep),
                Risk::Safe,
                Cost::Metadata,
            );
            continue;
        };
        let reasons = database_reasons(Pair::new(old, new));
        if !reasons.is_empty() {
            pushed.touched.push(id.clone());
            let definition = Pair::new(before, object);
            pushed
                .rebuilds
                .push(Rebuild::of_database(definition, &new.name, reasons));
        } else if old.comment() != new.comment() {
            pushed.step(
                Phase::Extend,
                Statement::AlterDatabaseComment {
                    database: new.name.clone(),
                    comment: new.comment().to_owned(),
                },
                Risk::Safe,
                Cost::Metadata,
            );
        }
    }
    for (id, object) in schemas.before.iter() {
        if matches!(object, Object::Database(_)) && !schemas.after.contains(id) {
            pushed.step(
                Phase::DropDatabase,
                Statement::dropping(object),
                Risk::Destructive,
                Cost::Metadata,
            );
        }
    }
}

/// What no ALTER changes in a database. An engine that is not said any more stays what it is.
fn database_reasons(databases: Pair<&Database>) -> Vec<RebuildReason> {
    let Pair { before, after } = databases;
    let mut reasons = Vec::new();
    let show = |database: &Database| match &database.engine {
        Some(engine) => render_database_engine(engine, &database.settings),
        None => "the server's own".to_owned(),
    };
    // Settings are a part of the engine: of those whose tables are on this server none can be changed (48).
    if after.engine.is_some() && (&before.engine, &before.settings) != (&after.engine, &after.settings) {
        reasons.push(RebuildReason::Engine {
            before: show(before),
            after: show(after),
        });
    }
    if before.comment() != after.comment() && !before.alters_comment() {
        reasons.push(RebuildReason::EngineCannotAlter {
            engine: show(before),
            what: "comment",
        });
    }
    reasons
}

/// SQL functions: new, changed and gone.
pub(super) fn functions(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    for after in schemas.after.functions() {
        let (on_existing, risk) = match schemas.before.function(&after.name) {
            None if !schemas.before.contains(&ObjectId::Function(after.name.clone())) => {
                (OnExisting::Fail, Risk::Safe)
            }
            Some(before) if before == after => continue,
            // What queries give that call it changes at once.
            Some(_) | None => (OnExisting::Replace, Risk::Caution),
        };
        let statement = Statement::creating_or(after.clone().into(), on_existing);
        pushed.step(Phase::CreateFunction, statement, risk, Cost::Metadata);
    }
    raw::functions(schemas, pushed);
    for before in schemas.before.functions() {
        if !schemas.after.contains(&ObjectId::Function(before.name.clone())) {
            let statement = Statement::dropping(&before.clone().into());
            pushed.step(Phase::DropFunction, statement, Risk::Caution, Cost::Metadata);
        }
    }
}

pub(super) fn renamed_relations(schemas: Pair<&Schema>, renames: &Renames, pushed: &mut Pushed) {
    let temporary = |name: &QualifiedName| {
        let mut free = name.clone();
        while schemas.before.relation(&free).is_some() || schemas.after.relation(&free).is_some() {
            let Ok(next) = Ident::new(format!("{}_renaming", free.name)) else {
                break;
            };
            free.name = next;
        }
        free
    };
    for (a, b) in renames.exchanges() {
        let (a, b) = (a.clone(), b.clone());
        pushed.touched.push(ObjectId::Relation(b.clone()));
        pushed.step(
            Phase::Rename,
            Statement::Exchange { a, b },
            Risk::Caution,
            Cost::Metadata,
        );
    }
    for (from, to) in in_order(&renames.by_rename(), temporary) {
        // Readers keep the old name: materialized views stop receiving rows until their query follows.
        let rename = RenameRelation {
            from,
            to,
            if_exists: false,
        };
        pushed.step(
            Phase::Rename,
            Statement::Rename(rename),
            Risk::Caution,
            Cost::Metadata,
        );
    }
}

/// What is new, and what is there already and may have changed.
pub(super) fn wanted_relations(
    schemas: Pair<&Schema>,
    renames: &Renames,
    changed_functions: &BTreeSet<Ident>,
    pushed: &mut Pushed,
) {
    for (id, after) in schemas.after.iter() {
        let Some(name) = id.relation() else { continue };
        let was = renames
            .origin(name)
            .and_then(|name| schemas.before.relation(name));
        match was {
            Some(before) if before.kind() == after.kind() => {
                let before = &*functions::as_it_was(before, changed_functions);
                let rebuilds = pushed.rebuilds.len();
                changed_relation(Pair { before, after }, schemas, renames, pushed);
                for rebuild in pushed.rebuilds.iter_mut().skip(rebuilds) {
                    let called = functions::functions_of(after);
                    let names: Vec<Ident> = called.intersection(changed_functions).cloned().collect();
                    if !names.is_empty() {
                        rebuild.reasons.insert(0, RebuildReason::Functions { names });
                    }
                }
            }
            // Another kind is a drop and a create.
            _ => new_relation(after, schemas, renames, pushed),
        }
    }
}

fn new_relation(object: &Object, schemas: Pair<&Schema>, renames: &Renames, pushed: &mut Pushed) {
    let (phase, risk) = match object {
        Object::Database(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Access(_) => return,
        Object::Raw(new) => (raw::phase(new), Risk::Safe),
        Object::Table(_) | Object::Dictionary(_) => (Phase::CreateTable, Risk::Safe),
        Object::View(_) => (Phase::Query, Risk::Safe),
        Object::MaterializedView(view) => (Phase::Query, view::created_risk(view, schemas, renames)),
    };
    let statement = renames.starting(Statement::creating(object.clone()));
    pushed.step(phase, statement, risk, Cost::Metadata);
}

fn changed_relation(objects: Pair<&Object>, schemas: Pair<&Schema>, renames: &Renames, pushed: &mut Pushed) {
    match (objects.before, objects.after) {
        (Object::Table(before), Object::Table(after)) => {
            table(Pair { before, after }, renames, pushed);
        }
        (Object::View(before), Object::View(after)) => view::push(Pair { before, after }, pushed),
        (Object::MaterializedView(before), Object::MaterializedView(after)) => {
            view::push_materialized(Pair { before, after }, schemas, renames, pushed);
        }
        (Object::Dictionary(before), Object::Dictionary(after)) => {
            dictionary::push(Pair { before, after }, renames, pushed);
        }
        (before, after @ Object::Raw(_)) => raw::changed(Pair { before, after }, pushed),
        (before @ Object::Raw(_), after) => raw::changed(Pair { before, after }, pushed),
        // Databases and what belongs to the server have no relation name; another kind is a drop and a create.
        (
            Object::Database(_)
            | Object::Table(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Access(_),
            _,
        ) => {}
    }
}

pub(super) fn gone_relations(schemas: Pair<&Schema>, renames: &Renames, pushed: &mut Pushed) {
    let renamed_away: BTreeSet<&QualifiedName> = renames.relations.values().collect();
    for (id, object) in schemas.before.iter() {
        let Some(name) = id.relation() else { continue };
        let successor = schemas.after.get(id);
        if successor.is_some_and(|new| new.kind() == object.kind()) || renamed_away.contains(name) {
            continue;
        }
        let (phase, risk) = match object {
            Object::Database(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Access(_) => continue,
            Object::Raw(gone) => raw::gone(gone, successor.is_some()),
            // The name is needed for an object of another kind.
            Object::Table(table) => (
                if successor.is_some() {
                    Phase::DropReader
                } else {
                    Phase::DropTable
                },
                if table.storage.engine.holds_rows() {
                    Risk::Destructive
                } else {
                    Risk::Caution
                },
            ),
            Object::Dictionary(_) if successor.is_some() => (Phase::DropReader, Risk::Caution),
            Object::Dictionary(gone) => (
                dictionary::make_way(gone, schemas.before, renames, pushed),
                Risk::Caution,
            ),
            Object::View(_) => (Phase::DropReader, Risk::Caution),
            Object::MaterializedView(view) => match view.target {
                Target::To(_) => (Phase::DropReader, Risk::Caution),
                Target::Inner(_) => (Phase::DropReader, Risk::Destructive),
            },
        };
        pushed.step(phase, Statement::dropping(object), risk, Cost::Metadata);
    }
}

fn table(tables: Pair<&Table>, renames: &Renames, pushed: &mut Pushed) {
    let name = &tables.after.name;
    let changes = TableChanges::between(tables, &renames.columns_of(name));
    if !changes.rebuild.is_empty() && !tables.before.storage.engine.holds_rows() {
        // Nothing has to be copied, and copying would send every row to where it is already.
        let statement = Statement::creating_or(tables.after.clone().into(), OnExisting::Replace);
        pushed.step(Phase::Query, statement, Risk::Caution, Cost::Metadata);
        return;
    }
    if !changes.rebuild.is_empty() {
        pushed.touched.push(ObjectId::Relation(name.clone()));
        pushed.rebuilds.push(Rebuild::of_table(
            tables,
            changes.rebuild,
            renames.columns_of(name),
        ));
        return;
    }
    let renamed = renames.columns_of(name);
    let old = |column: &Ident| {
        tables
            .before
            .column(renamed.get(column).unwrap_or(column).as_str())
    };
    let of_extend = worst(changes.extend.iter().map(|command| extend_risk(&old, command)));
    let shrink_risk = if tables.before.storage.engine.holds_rows() {
        worst(changes.shrink.iter().map(|command| shrink_risk(&old, command)))
    } else {
        Risk::Caution
    };
    let mut alter = |phase, commands: Vec<AlterCommand>, risk| {
        let cost = cost::of_commands(&commands, &old);
        pushed.alter(phase, name, commands, risk, cost);
    };
    for commands in independent_renames(changes.rename) {
        alter(Phase::RenameColumn, commands, Risk::Caution);
    }
    alter(Phase::Extend, changes.extend, of_extend);
    // A conversion can fail on the data, so each column has a statement of its own.
    for command in changes.rewrite {
        let risk = rewrite_risk(&old, &command).max(extend_risk(&old, &command));
        alter(Phase::Rewrite, vec![command], risk);
    }
    for command in changes.expire {
        alter(Phase::Expire, vec![command], Risk::Caution);
    }
    alter(Phase::Shrink, changes.shrink, shrink_risk);
}

/// Renames that may share an ALTER: one that needs the name that another gives up is refused beside it (48). What has
/// to go before them goes in an ALTER of its own.
fn independent_renames(commands: Vec<AlterCommand>) -> Vec<Vec<AlterCommand>> {
    let is_rename = |command: &AlterCommand| matches!(command, AlterCommand::RenameColumn { .. });
    let (renames, first): (Vec<_>, Vec<_>) = commands.into_iter().partition(is_rename);
    let mut batches: Vec<Vec<AlterCommand>> = Vec::new();
    let mut used: BTreeSet<Ident> = BTreeSet::new();
    for command in renames {
        let names = match &command {
            AlterCommand::RenameColumn { from, to, .. } => [from.clone(), to.clone()],
            _ => continue,
        };
        if batches.is_empty() || names.iter().any(|name| used.contains(name)) {
            used.clear();
            batches.push(Vec::new());
        }
        used.extend(names);
        if let Some(batch) = batches.last_mut() {
            batch.push(command);
        }
    }
    if !first.is_empty() {
        batches.insert(0, first);
    }
    batches
}

fn worst(risks: impl Iterator<Item = Risk>) -> Risk {
    risks.max().unwrap_or(Risk::Safe)
}

fn rewrite_risk<'a>(old: &impl Fn(&Ident) -> Option<&'a Column>, command: &AlterCommand) -> Risk {
    let AlterCommand::ModifyColumn(change) = command else {
        return Risk::Safe;
    };
    let (Some(column), Some(new)) = (old(&change.name), &change.data_type) else {
        return Risk::Caution;
    };
    match crate::types::conversion(&column.data_type, new) {
        Conversion::Rewrite { lossy: true, .. } | Conversion::Refused => Risk::Destructive,
        Conversion::Rewrite { may_fail: true, .. } => Risk::Caution,
        Conversion::Rewrite { .. } | Conversion::Same | Conversion::Metadata => Risk::Safe,
    }
}

fn extend_risk<'a>(old: &impl Fn(&Ident) -> Option<&'a Column>, command: &AlterCommand) -> Risk {
    match command {
        AlterCommand::ModifyColumn(change) => match (&change.default, old(&change.name)) {
            // Stored values are out of reach from now on, or were never stored.
            (Some(default), Some(column))
                if column.is_stored() && default.kind != crate::model::DefaultKind::Default =>
            {
                if default.kind == crate::model::DefaultKind::Materialized {
                    Risk::Caution
                } else {
                    Risk::Destructive
                }
            }
            (Some(_), _) => Risk::Caution,
            (None, _) => Risk::Safe,
        },
        AlterCommand::RemoveColumnProperty { .. } | AlterCommand::AddConstraint { .. } => Risk::Caution,
        _ => Risk::Safe,
    }
}

fn shrink_risk<'a>(old: &impl Fn(&Ident) -> Option<&'a Column>, command: &AlterCommand) -> Risk {
    match command {
        AlterCommand::DropColumn { name, .. } if old(name).is_some_and(Column::is_stored) => {
            Risk::Destructive
        }
        _ => Risk::Caution,
    }
}
