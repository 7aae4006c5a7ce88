//! The order of the steps: phase, then depth in the dependency graph, then name.

use std::collections::{BTreeMap, BTreeSet};

use crate::ident::{Ident, QualifiedName};
use crate::model::{Dictionary, Function, Object, ObjectId, Schema, Table, Target};
use crate::pair::Pair;
use crate::sql::{Expr, relations};

use super::{Phase, PlanError, Step, access, collections, functions_of, workloads};

/// Sorts the steps. An error names the members of a dependency cycle among objects that have to be created.
pub(super) fn sort(steps: Vec<Step>, schemas: Pair<&Schema>) -> Result<Vec<Step>, PlanError> {
    if steps.len() < 2 {
        return Ok(steps);
    }
    let graphs = schemas.map(Graph::of);
    // Who reads whom matters only where something comes or goes.
    let has = |phases: &[Phase]| steps.iter().any(|step| phases.contains(&step.phase));
    let depth = Pair {
        before: if has(&[Phase::DropReader, Phase::DropTable]) {
            graphs.before.depths().unwrap_or_default()
        } else {
            BTreeMap::new()
        },
        after: if has(&[Phase::CreateTable, Phase::Query]) {
            graphs.after.depths()?
        } else {
            BTreeMap::new()
        },
    };
    let flow = graphs.as_ref().map(Graph::flow);
    let at = |depths: &BTreeMap<&QualifiedName, i64>, step: &Step| {
        step.object
            .relation()
            .and_then(|name| depths.get(name).copied())
            .unwrap_or(0)
    };
    // A name is given when it is free: renames keep the order in which they were pushed.
    let renamed: BTreeMap<ObjectId, i64> = (0..)
        .zip(steps.iter().filter(|step| step.phase == Phase::Rename))
        .map(|(at, step)| (step.object.clone(), at))
        .collect();
    let key = |step: &Step| {
        let depth = match step.phase {
            // Profiles before users, roles before those who have them.
            Phase::CreateAccess => access::depth(&step.object, schemas.after),
            Phase::DropAccess => -access::depth(&step.object, schemas.before),
            Phase::CreateDatabase
            | Phase::CreateNamedCollection
            | Phase::CreateFunction
            | Phase::Restrict
            | Phase::Grant
            | Phase::QueryAgain
            | Phase::DropFunction
            | Phase::DropNamedCollection
            | Phase::DropDatabase => 0,
            Phase::Rename => renamed.get(&step.object).copied().unwrap_or(0),
            // Resources, then parents before children; on the way out the other way round.
            Phase::CreateWorkload => workloads::depth(schemas.after, &step.object),
            Phase::ClearWorkload | Phase::DropWorkload => -workloads::depth(schemas.before, &step.object),
            // What others read comes first.
            Phase::CreateTable | Phase::Query => at(&depth.after, step),
            // Readers go first.
            Phase::DropReader | Phase::DropTable => -at(&depth.before, step),
            // Targets of materialized views before their sources.
            Phase::RenameColumn | Phase::Extend | Phase::Rewrite => -at(&flow.after, step),
            // Sources before targets.
            Phase::Expire | Phase::Shrink => at(&flow.before, step),
        };
        (step.phase, depth)
    };
    // Both sorts are stable: several statements of one object keep the order in which they were pushed. Within a phase they
    // were pushed by name, so that names are compared once each when the phases stand apart.
    let keys: Vec<(Phase, i64)> = steps.iter().map(key).collect();
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|at| keys[*at]);
    order.sort_by(|a, b| (keys[*a], &steps[*a].object).cmp(&(keys[*b], &steps[*b].object)));
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    Ok(order.into_iter().filter_map(|at| steps[at].take()).collect())
}

/// Who reads whom, and where rows flow through materialized views.
struct Graph<'a> {
    schema: &'a Schema,
    /// A source and where its rows go by materialized views.
    feeds: BTreeMap<&'a QualifiedName, BTreeSet<&'a QualifiedName>>,
}

impl<'a> Graph<'a> {
    fn of(schema: &'a Schema) -> Self {
        let mut feeds: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for object in schema.objects() {
            let Object::MaterializedView(view) = object else {
                continue;
            };
            let Target::To(target) = &view.target else {
                continue;
            };
            let Some((target, _)) = schema.named(target) else {
                continue;
            };
            for source in relations(&view.query, &view.name.database) {
                if let Some((source, _)) = schema.named(&source) {
                    feeds.entry(source).or_default().insert(target);
                }
            }
        }
        Self { schema, feeds }
    }

    /// How many objects stand below each one at the most: 0 for what reads nothing.
    fn depths(&self) -> Result<BTreeMap<&'a QualifiedName, i64>, PlanError> {
        let reading = Reading::of([self.schema]);
        let reads = self.schema.iter().filter_map(|(id, object)| {
            let name = id.relation()?;
            let known: BTreeSet<&QualifiedName> = reading
                .relations(object)
                .iter()
                .filter_map(|read| self.schema.named(read))
                .map(|(read, _)| read)
                .filter(|read| *read != name)
                .collect();
            (!known.is_empty()).then_some((name, known))
        });
        let (depths, cycle) = longest_paths(&reads.collect());
        match cycle {
            None => Ok(depths),
            Some(members) => Err(PlanError::Cycle {
                members: members
                    .into_iter()
                    .map(|name| ObjectId::Relation(name.clone()))
                    .collect(),
            }),
        }
    }

    /// How far from its last target a table is: 0 for tables that feed nothing, more for their sources. Turned round,
    /// so that targets are large. Rows that flow in a circle have no order; name decides there.
    fn flow(&self) -> BTreeMap<&'a QualifiedName, i64> {
        let (distance, _) = longest_paths(&self.feeds);
        distance.into_iter().map(|(name, steps)| (name, -steps)).collect()
    }
}

/// The objects that an object cannot do without: its database, the functions that it calls (those of ClickHouse included), the
/// named collections that it takes, what a workload stands under and shares, what it reads, and where it writes. They need
/// not exist.
pub fn needs_of(object: &Object) -> BTreeSet<ObjectId> {
    let database = object.id().database().cloned().map(ObjectId::Database);
    let functions = functions_of(object).into_iter().map(ObjectId::Function);
    let relations = relations_of(object).into_iter().map(ObjectId::Relation);
    let collections = collections::of_object(object)
        .into_iter()
        .map(ObjectId::NamedCollection);
    let around = match object {
        Object::Workload(workload) => workloads::around(workload),
        Object::Access(entity) => entity.needs().into_iter().collect(),
        _ => Vec::new(),
    };
    database
        .into_iter()
        .chain(functions)
        .chain(collections)
        .chain(around)
        .chain(relations)
        .collect()
}

/// The relations that an object cannot do without: what it reads, and where it writes. They need not exist.
pub fn relations_of(object: &Object) -> BTreeSet<QualifiedName> {
    Reading {
        looked_up: true,
        ..Reading::default()
    }
    .relations(object)
}

/// How to find what the objects of some schemas read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Is there a dictionary or a Join table? Else no default of a column can look anything up, and there is no need to
    /// read through the defaults of ten thousand tables.
    looked_up: bool,
    /// What the bodies of functions read: whatever calls one reads that.
    bodies: BTreeMap<Ident, BTreeSet<QualifiedName>>,
}

impl Reading {
    pub(super) fn of<'s>(schemas: impl IntoIterator<Item = &'s Schema>) -> Self {
        let mut reading = Self::default();
        let mut functions = Vec::new();
        for object in schemas.into_iter().flat_map(Schema::objects) {
            match object {
                Object::Dictionary(_) => reading.looked_up = true,
                Object::Table(table) => reading.looked_up |= table.storage.engine.name == "Join",
                Object::Function(function) => functions.push(function),
                Object::Database(_)
                | Object::View(_)
                | Object::MaterializedView(_)
                | Object::NamedCollection(_)
                | Object::Resource(_)
                | Object::Workload(_)
                | Object::Raw(_)
                | Object::Access(_) => {}
            }
        }
        for function in &functions {
            let read = read_by_function(function);
            reading
                .bodies
                .entry(function.name.clone())
                .or_default()
                .extend(read);
        }
        // A function reads what those that it calls read; a chain of them is no longer than there are functions.
        for _ in 0..functions.len() {
            let mut grew = false;
            for function in &functions {
                let called = reading.of_calls(function.body.calls());
                let read = reading.bodies.entry(function.name.clone()).or_default();
                let known = read.len();
                read.extend(called);
                grew |= read.len() != known;
            }
            if !grew {
                break;
            }
        }
        reading.bodies.retain(|_, read| !read.is_empty());
        reading
    }

    /// What the bodies of these functions read.
    fn of_calls<'c>(
        &self,
        calls: impl IntoIterator<Item = std::borrow::Cow<'c, str>>,
    ) -> BTreeSet<QualifiedName> {
        let bodies = calls
            .into_iter()
            .filter_map(|name| self.bodies.get(name.as_ref()));
        bodies.flatten().cloned().collect()
    }

    /// What an object reads, and where it writes.
    pub(super) fn relations(&self, object: &Object) -> BTreeSet<QualifiedName> {
        let mut found = match object {
            Object::Database(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Access(_) => BTreeSet::new(),
            Object::Table(table) => {
                let mut found = read_by_engine(table);
                if self.looked_up {
                    found.extend(read_by_defaults(table));
                }
                found
            }
            Object::View(view) => relations(&view.query, &view.name.database),
            Object::Dictionary(dictionary) => read_by_dictionary(dictionary),
            Object::Function(function) => read_by_function(function),
            Object::Raw(raw) => raw.reads(),
            Object::MaterializedView(view) => {
                let mut found = relations(&view.query, &view.name.database);
                found.extend(
                    view.refresh
                        .iter()
                        .flat_map(|refresh| refresh.depends_on.iter().cloned()),
                );
                if let Target::To(target) = &view.target {
                    found.insert(target.clone());
                }
                found
            }
        };
        if !self.bodies.is_empty() {
            let called = functions_of(object);
            let bodies = called.iter().filter_map(|name| self.bodies.get(name));
            found.extend(bodies.flatten().cloned());
        }
        found
    }
}

/// A function reads what its body says. Names without a database are those of whoever calls it, so they say nothing here.
fn read_by_function(function: &Function) -> BTreeSet<QualifiedName> {
    let of_database = |name| match Ident::new(name) {
        Ok(database) => relations(&function.body, &database),
        Err(_) => BTreeSet::new(),
    };
    // What says its database is the same wherever it is called.
    &of_database("one") & &of_database("another")
}

/// A dictionary reads a table of the same server, named or in a query.
pub(super) fn read_by_dictionary(dictionary: &Dictionary) -> BTreeSet<QualifiedName> {
    let source = &dictionary.source;
    let is_here = source
        .text("HOST")
        .is_none_or(|host| matches!(host, "localhost" | "127.0.0.1" | "::1"));
    if source.kind != "CLICKHOUSE" || !is_here {
        return BTreeSet::new();
    }
    let own = &dictionary.name.database;
    let database = match source.text("DB").filter(|name| !name.is_empty()).map(Ident::new) {
        Some(Ok(database)) => database,
        Some(Err(_)) | None => own.clone(),
    };
    let mut found = BTreeSet::new();
    if let Some(table) = source.text("TABLE") {
        found.extend(QualifiedName::new(database.as_str(), table));
    }
    if let Some(Ok(query)) = source.text("QUERY").map(Expr::parse) {
        found.extend(relations(&query, &database));
    }
    found
}

/// Tables read others by dictGet and joinGet in defaults.
fn read_by_defaults(table: &Table) -> impl Iterator<Item = QualifiedName> {
    let looks_up = |expr: &&Expr| {
        let sql = expr.as_sql();
        sql.contains("dict") || sql.contains("joinGet")
    };
    table
        .columns
        .iter()
        .filter_map(|column| column.default.as_ref()?.expr.as_ref())
        .filter(looks_up)
        .flat_map(|expr| relations(expr, &table.name.database))
}

/// Tables read others as the table behind a Distributed, Buffer, Alias or Dictionary.
fn read_by_engine(table: &Table) -> BTreeSet<QualifiedName> {
    let database = &table.name.database;
    let mut found = BTreeSet::new();
    let engine = &table.storage.engine;
    let place = match engine.name.as_str() {
        "Distributed" => engine.args.get(1).zip(engine.args.get(2)),
        "Alias" => engine.args.first().zip(engine.args.get(1)),
        "Buffer" => engine.args.first().zip(engine.args.get(1)),
        "Dictionary" => {
            let name = engine.args.first().and_then(literal_or_name);
            found.extend(name.and_then(|name| match name.split_once('.') {
                Some((database, name)) => QualifiedName::new(database, name).ok(),
                None => QualifiedName::new(database.as_str(), name).ok(),
            }));
            None
        }
        _ => None,
    };
    if let Some((database, name)) = place
        && let (Some(database), Some(name)) = (literal_or_name(database), literal_or_name(name))
    {
        found.extend(QualifiedName::new(database, name));
    }
    found
}

/// `db` and `'db'` mean the same as an argument of an engine.
fn literal_or_name(expr: &Expr) -> Option<String> {
    if let Some(name) = expr.is_plain_column() {
        return Some(name.into_owned());
    }
    crate::sql::unquote_string(expr.as_sql())
        .ok()
        .flatten()
        .map(std::borrow::Cow::into_owned)
}

/// The longest path from each node along its edges, and the members of a cycle if there is one. Linear: every node
/// is finished once.
fn longest_paths<'a>(
    edges: &BTreeMap<&'a QualifiedName, BTreeSet<&'a QualifiedName>>,
) -> (BTreeMap<&'a QualifiedName, i64>, Option<Vec<&'a QualifiedName>>) {
    let none = BTreeSet::new();
    let next = |node: &QualifiedName| edges.get(node).unwrap_or(&none).iter().copied();
    let mut depths: BTreeMap<&QualifiedName, i64> = BTreeMap::new();
    for root in edges.keys().copied() {
        if depths.contains_key(root) {
            continue;
        }
        // An explicit stack: a chain of ten thousand views must not overflow the real one.
        let mut path: Vec<(&QualifiedName, Vec<&QualifiedName>)> = vec![(root, next(root).collect())];
        let mut on_path = BTreeSet::from([root]);
        while let Some((node, pending)) = path.last_mut() {
            let node = *node;
            match pending.pop() {
                Some(child) if on_path.contains(child) => {
                    let start = path.iter().position(|(name, _)| *name == child).unwrap_or(0);
                    let members: BTreeSet<_> = path.iter().skip(start).map(|(name, _)| *name).collect();
                    return (depths, Some(members.into_iter().collect()));
                }
                Some(child) if depths.contains_key(child) => {}
                Some(child) => {
                    on_path.insert(child);
                    path.push((child, next(child).collect()));
                }
                None => {
                    let below = next(node).filter_map(|child| depths.get(child)).max().copied();
                    depths.insert(node, below.map_or(0, |depth| depth + 1));
                    on_path.remove(node);
                    path.pop();
                }
            }
        }
    }
    (depths, None)
}
