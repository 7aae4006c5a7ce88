//! The canonical form: one spelling for one meaning, as far as that can be known without an engine.
//!
//! Decides which differences between two objects are only spelling (level 1 of two; the second level asks the
//! engine). Types, tokens of expressions and setting values are canonical from the moment they are parsed; here
//! follows what depends on more than one part of an object. It refuses nothing and never guesses: what it does not
//! know to be equal stays different.

mod codec;
mod dictionary;
mod disk;
mod file_format;
mod open;
mod portable;
mod secrets;
mod spelling;
mod stand_in;

pub(crate) use open::is_like;
pub use open::{adopt_access, adopt_databases, leave_open};
pub use portable::{portable, portable_schema, portable_statement, same_rights};
pub use secrets::{Agreement, as_shown, hidden, secrets_agree, with_places};
pub use spelling::adopt_grouping;
pub use stand_in::{arguments_in_place, restored, stand_in, stand_in_statement, untried};

use crate::model::{
    Column, ColumnDefault, Columns, DataType, Database, DefaultKind, Engine, EngineFamily, Expr, Function,
    Ident, Index, Key, MaterializedView, Object, Period, Refresh, Resource, Schedule, SqlSecurity, Storage,
    Table, Target, TtlAction, TtlRule, View, Workload,
};

use crate::sql::quote_string;

/// The version of the canonical form. It stands in front of every fingerprint, so that fingerprints of different
/// forms are never compared.
pub const CANON_VERSION: u32 = 1;

/// The object in canonical form. Doing it twice changes nothing more.
pub fn canonical(object: Object) -> Object {
    match object {
        Object::Database(database) => Object::Database(canonical_database(database)),
        Object::Table(mut table) => {
            canonicalize_table(&mut table);
            Object::Table(table)
        }
        Object::View(view) => Object::View(canonical_view(view)),
        Object::MaterializedView(view) => Object::MaterializedView(canonical_materialized_view(view)),
        Object::Dictionary(dictionary) => Object::Dictionary(dictionary::canonical_dictionary(dictionary)),
        Object::Function(function) => Object::Function(canonical_function(function)),
        // Its entries are a map, and the server keeps their text.
        Object::NamedCollection(collection) => Object::NamedCollection(collection),
        Object::Resource(resource) => Object::Resource(canonical_resource(resource)),
        Object::Workload(workload) => Object::Workload(canonical_workload(workload)),
        Object::Raw(raw) => Object::Raw(raw),
        Object::Access(entity) => Object::Access(Box::new(entity.canonical())),
    }
}

/// Atomic is what a server makes when nobody names an engine.
fn canonical_database(mut database: Database) -> Database {
    let has_settings = !database.settings.is_empty();
    database.engine = database
        .engine
        .filter(|engine| engine.name != "Atomic" || !engine.args.is_empty() || has_settings);
    database
}

/// The server stores the body of a function in parentheses. Those of a subquery are a part of it.
fn canonical_function(mut function: Function) -> Function {
    let bare = function.body.without_outer_parens();
    let is_query = ["SELECT ", "WITH ", "FROM "]
        .iter()
        .any(|word| bare.as_sql().starts_with(word));
    if !is_query {
        function.body = bare;
    }
    function
}

/// Order means nothing here, nor does it mean more to say an operation twice.
fn canonical_resource(mut resource: Resource) -> Resource {
    resource.operations.sort();
    resource.operations.dedup();
    resource
}

/// Order means nothing here.
fn canonical_workload(mut workload: Workload) -> Workload {
    workload.settings.sort();
    workload
}

fn canonical_view(mut view: View) -> View {
    view.columns.clear();
    // The default. The server writes it down only where a statement said it.
    view.security = view.security.filter(|security| *security != SqlSecurity::Invoker);
    view
}

fn canonical_materialized_view(mut view: MaterializedView) -> MaterializedView {
    view.columns.clear();
    if let Some(refresh) = &mut view.refresh {
        canonical_refresh(refresh);
        // The server gives every refreshable view a definer.
        view.security = view.security.or(Some(SqlSecurity::Definer(None)));
    }
    if let Target::Inner(inner) = &mut view.target {
        let mut table = inner.as_table(&view.name);
        canonicalize_table(&mut table);
        **inner = table.into();
    }
    view
}

/// Moving a refresh by no time at all does not move it.
fn canonical_refresh(refresh: &mut Refresh) {
    let moves = |period: &Period| *period != Period::ZERO;
    if let Schedule::Every { offset, .. } = &mut refresh.schedule {
        *offset = offset.filter(moves);
    }
    refresh.randomize = refresh.randomize.filter(moves);
}

/// [`canonical`] for a table where it stands.
pub(crate) fn canonicalize_table(table: &mut Table) {
    if table.is_alias() {
        // The server writes down the columns of the table behind it, as they were, and takes none (36).
        table.columns = Columns::default();
        canonical_alias(&mut table.storage.engine, &table.name.database);
        return;
    }
    if table
        .columns
        .iter()
        .any(|column| matches!(column.data_type, DataType::Nested(_)))
    {
        let columns = std::mem::take(&mut table.columns);
        table.columns = columns.into_iter().flat_map(flatten_nested).collect();
    }
    table.columns.map_changed(canonical_column);
    table.indexes.iter_mut().for_each(canonical_index);
    for constraint in &mut table.constraints {
        strip_parens(&mut constraint.expr);
    }
    table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    table.projections.sort_by(|a, b| a.name.cmp(&b.name));
    table.constraints.sort_by(|a, b| a.name.cmp(&b.name));
    canonical_storage(&mut table.storage);
}

/// A Nested column is stored as one array per member (`flatten_nested = 1`, the default).
fn flatten_nested(column: Column) -> Vec<Column> {
    match column.data_type.flattened(&column.name) {
        None => vec![column],
        Some(members) => members
            .into_iter()
            .map(|(name, data_type)| Column {
                name,
                data_type,
                ..column.clone()
            })
            .collect(),
    }
}

/// The column in canonical form; `None` where it is that already, as all but the changed one are after an ALTER.
fn canonical_column(column: &Column) -> Option<Column> {
    let has_parens = |expr: &Expr| expr.as_sql().starts_with('(');
    let bare_default = |default: &ColumnDefault| {
        let may_be_implied = default.kind == DefaultKind::Ephemeral;
        let goes = |expr: &Expr| has_parens(expr) || may_be_implied && is_implied(expr);
        !default.expr.iter().any(goes)
    };
    let bare = column.default.iter().all(bare_default) && !column.ttl.iter().any(has_parens);
    let sorted = column.statistics.is_sorted_by_key(Expr::as_sql);
    let codec = column
        .codec
        .as_ref()
        .and_then(|codec| codec::with_defaults(codec, &column.data_type));
    if bare && sorted && codec.is_none() {
        return None;
    }
    let mut column = column.clone();
    if let Some(default) = &mut column.default {
        default.expr.iter_mut().for_each(strip_parens);
        if default.kind == DefaultKind::Ephemeral {
            default.expr = default.expr.take().filter(|expr| !is_implied(expr));
        }
    }
    column.codec = codec.or(column.codec);
    column.ttl.iter_mut().for_each(strip_parens);
    // The server has an order of its own, which differs by how they came.
    column.statistics.sort_by(|a, b| a.as_sql().cmp(b.as_sql()));
    Some(column)
}

/// What the server fills in behind EPHEMERAL, on some paths and not on others.
fn is_implied(expr: &Expr) -> bool {
    expr.as_sql().starts_with("defaultValueOfTypeName(")
}

fn canonical_index(index: &mut Index) {
    strip_parens(&mut index.expr);
    index.index_type.name.make_ascii_lowercase();
    index.granularity = match index.index_type.name.as_str() {
        // A text index covers whole parts, whatever the statement says.
        "text" => Some(100_000_000),
        "vector_similarity" => index.granularity.or(Some(100_000_000)),
        _ => index.granularity.or(Some(1)),
    };
}

fn canonical_storage(storage: &mut Storage) {
    canonical_distributed(&mut storage.engine);
    file_format::name_format(&mut storage.engine);
    if storage.engine.family() == EngineFamily::MergeTree {
        // One column to sum, with brackets or without.
        storage.engine.args.iter_mut().for_each(strip_parens);
    }
    canonical_key(&mut storage.partition_by);
    canonical_key(&mut storage.order_by);
    canonical_key(&mut storage.unique_key);
    if let Some(key) = &mut storage.primary_key {
        canonical_key(key);
    }
    if storage
        .primary_key
        .as_ref()
        .is_some_and(|key| *key == storage.order_by)
    {
        storage.primary_key = None;
    }
    // `PRIMARY KEY` alone sorts by it. Other engines (EmbeddedRocksDB) have a primary key and no order.
    if storage.engine.family() == EngineFamily::MergeTree
        && storage.order_by.is_empty()
        && let Some(key) = storage.primary_key.take()
    {
        storage.order_by = key;
    }
    storage.sample_by.iter_mut().for_each(strip_parens);
    storage.ttl.iter_mut().for_each(canonical_ttl);
    if storage.engine.family() == EngineFamily::MergeTree
        && storage
            .settings
            .get("index_granularity")
            .is_some_and(|value| value.as_str() == "8192")
    {
        // The server writes its default into every MergeTree table that does not say it.
        storage.settings.0.remove("index_granularity");
    }
}

/// The server writes the cluster, the database and the table of a Distributed as texts. No scratch engine knows the cluster,
/// so that is decided here.
fn canonical_distributed(engine: &mut Engine) {
    if engine.name != "Distributed" {
        return;
    }
    let names = engine.args.len().min(3);
    as_texts(engine.args.get_mut(..names).unwrap_or_default());
}

/// An Alias names its table as a text, and without a database one in its own.
fn canonical_alias(engine: &mut Engine, database: &Ident) {
    if engine.args.len() == 1 {
        engine
            .args
            .extend(Expr::parse(&quote_string(database.as_str())).ok());
        engine.args.reverse();
    }
    as_texts(&mut engine.args);
}

/// Names as texts.
fn as_texts(args: &mut [Expr]) {
    for arg in args {
        if let Some(name) = arg.is_plain_column()
            && let Ok(text) = Expr::parse(&quote_string(&name))
        {
            *arg = text;
        }
    }
}

fn canonical_key(key: &mut Key) {
    for part in &mut key.parts {
        strip_parens(&mut part.expr);
    }
}

fn canonical_ttl(rule: &mut TtlRule) {
    strip_parens(&mut rule.expr);
    match &mut rule.action {
        TtlAction::Delete { condition } => condition.iter_mut().for_each(strip_parens),
        TtlAction::GroupBy { keys, set } => {
            for key in keys {
                strip_parens(key);
            }
            for (_, expr) in set {
                strip_parens(expr);
            }
        }
        TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. } | TtlAction::Recompress(_) => {}
    }
}

/// Parentheses around a whole expression mean nothing; servers before 26.5 drop them, later ones keep them.
fn strip_parens(expr: &mut Expr) {
    if expr.as_sql().starts_with('(') {
        *expr = expr.without_outer_parens();
    }
}
