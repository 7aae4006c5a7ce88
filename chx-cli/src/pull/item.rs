//! One object as a struct: its attributes, its fields, and what stands around them.

mod access;
mod codec;
mod dictionary;
mod view;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chx_core::ddl::{
    render_collection_entries, render_engine, render_index_type, render_key, render_lambda,
    render_object_line, render_resource_operations, render_ttl, render_workload_settings,
};
use chx_core::model::{
    Column, Constraint, ConstraintKind, DISK, Database, DefaultKind, Direction, Disk, DiskValue, Engine,
    EngineFamily, Expr, Index, Key, Object, ObjectId, Projection, SettingValue, Settings, Storage, Table,
    ViewColumn,
};
use chx_core::types::DataType;

use super::layout::{Entry, attribute};
use super::literal::{doc_lines, string};
use super::made::{FileTypes, Needed};
use super::names::{Taken, field_name, field_names, is_named_like, is_snake_of, type_name};
use super::rust_type::{Nameless, RustType, Said, rust_type};

/// How wide the text of a doc comment is.
const DOC_WIDTH: usize = 96;

/// A struct for one object.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The struct's name.
    pub(crate) ident: String,
    /// What is derived.
    pub(super) derives: String,
    /// The doc comment, line by line.
    pub(super) docs: Vec<String>,
    /// The entries of `#[ch(...)]`.
    pub(super) entries: Vec<Entry>,
    /// The fields.
    pub(super) fields: Vec<Field>,
    /// Has it no place for fields?
    pub(super) is_unit: bool,
}

/// A field for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The column.
    pub(super) column: String,
    /// The field's name.
    pub(super) ident: String,
    /// The doc comment, line by line.
    pub(super) docs: Vec<String>,
    /// The entries of `#[ch(...)]`.
    pub(super) entries: Vec<Entry>,
    /// The entries of `#[serde(...)]`.
    pub(super) serde: Vec<Entry>,
    /// Its type.
    pub(super) ty: String,
    /// Is there no Rust type for its values?
    pub(super) is_valueless: bool,
}

impl Field {
    /// The lines of the field, in a struct that stands so far to the right.
    pub(super) fn code(&self, indent: usize) -> String {
        let pad = " ".repeat(indent + 4);
        let mut out = String::new();
        // Writing to a String cannot fail.
        for line in &self.docs {
            let _ = writeln!(out, "{pad}/// {line}");
        }
        if self.is_valueless {
            let _ = writeln!(
                out,
                "{pad}// No Rust type holds its values: a row goes without it."
            );
        }
        for (name, entries) in [("ch", &self.entries), ("serde", &self.serde)] {
            if let Some(attribute) = attribute(name, entries, indent + 4) {
                let _ = writeln!(out, "{pad}{attribute}");
            }
        }
        let _ = writeln!(out, "{pad}pub {}: {},", self.ident, self.ty);
        out
    }
}

/// What a struct is written with: names that are taken, types that the file has made.
pub(super) struct Surroundings<'a> {
    pub(super) taken: &'a mut Taken,
    pub(super) types: &'a mut FileTypes,
    /// The name of the struct where it is decided already.
    pub(super) ident: Option<String>,
    /// The path to the struct of the target of a materialized view, where it may be named by it.
    pub(super) target: Option<String>,
}

/// The struct for an object; `columns` are those of a view.
pub(super) fn item(object: &Object, columns: &[ViewColumn], around: Surroundings<'_>) -> Item {
    match object {
        Object::Table(table) if table.is_alias() => {
            let frozen = columns.iter().cloned().map(Column::from).collect();
            let table = Table {
                columns: frozen,
                ..table.clone()
            };
            Writer::new(object, around).table(&table)
        }
        Object::Table(table) => Writer::new(object, around).table(table),
        Object::View(view) => Writer::new(object, around).view(view, columns),
        Object::MaterializedView(view) => Writer::new(object, around).materialized_view(view, columns),
        Object::Dictionary(dictionary) => Writer::new(object, around).dictionary(dictionary),
        Object::Database(database) => Writer::new(object, around).database(database),
        Object::Function(function) => {
            Writer::new(object, around).of_server("ChFunction", [("lambda", render_lambda(function))])
        }
        Object::NamedCollection(collection) => {
            let entries = render_collection_entries(collection);
            Writer::new(object, around).of_server("ChNamedCollection", [("entries", entries)])
        }
        Object::Resource(resource) => {
            let operations = render_resource_operations(resource);
            Writer::new(object, around).of_server("ChResource", [("operations", operations)])
        }
        Object::Workload(workload) => {
            let parent = workload.parent.as_ref().map(|parent| parent.as_str().to_owned());
            let settings = Some(render_workload_settings(workload)).filter(|settings| !settings.is_empty());
            let parent = parent.map(|parent| ("parent", parent));
            let says = parent
                .into_iter()
                .chain(settings.map(|settings| ("settings", settings)));
            Writer::new(object, around).of_server("ChWorkload", says)
        }
        Object::Raw(_) => raw(object, around),
        Object::Access(entity) => access::entity(Writer::new(object, around), entity),
    }
}

/// The name that the struct of an object gets.
pub(super) fn take_ident(object: &Object, taken: &mut Taken) -> String {
    let id = object.id();
    let name = match id {
        ObjectId::Relation(name) => name.name,
        ObjectId::Database(name)
        | ObjectId::Function(name)
        | ObjectId::NamedCollection(name)
        | ObjectId::Resource(name)
        | ObjectId::Workload(name) => name,
        ObjectId::Access(id) => id.name().clone(),
    };
    // The derive of a table makes rows of its own where not all columns can be inserted or read.
    let (word, suffixes): (&str, &[&str]) = match object {
        Object::Table(table) if table.columns.iter().any(|column| column.default.is_some()) => {
            ("Table", &["Insert", "Select"])
        }
        Object::Table(_) => ("Table", &[]),
        Object::Dictionary(_) => ("Dictionary", &[]),
        Object::Database(_) => ("Database", &[]),
        Object::Function(_) => ("Function", &[]),
        Object::NamedCollection(_) => ("Collection", &[]),
        Object::Resource(_) => ("Resource", &[]),
        Object::Workload(_) => ("Workload", &[]),
        Object::Raw(_) => ("Raw", &[]),
        Object::Access(entity) => (access::word(entity.kind()), &[]),
        Object::View(_) | Object::MaterializedView(_) => ("View", &[]),
    };
    taken.take(&type_name(name.as_str()), word, suffixes)
}

/// A TTL. The derives refuse a moment that is the same for all rows, which servers have with `allow_suspicious_ttl_expressions`.
fn moment(expr: &Expr, text: &str) -> String {
    let text = string(text);
    if expr.references().next().is_none() {
        format!("raw({text})")
    } else {
        text
    }
}

/// The statement as the server stores it; the name stands in it.
fn raw(object: &Object, around: Surroundings<'_>) -> Item {
    let mut writer = Writer::new(object, around);
    writer.entries = vec![Entry::value("sql", string(&render_object_line(object)))];
    writer.docs = vec![RAW_NOTE.to_owned()];
    Item {
        is_unit: true,
        ..writer.finish("ChRaw", Vec::new())
    }
}

/// What stands above a raw struct.
const RAW_NOTE: &str = "As the server stores it: chx has no words for a part of it.";

struct Writer<'a> {
    ident: String,
    entries: Vec<Entry>,
    docs: Vec<String>,
    /// The fields of columns, by column.
    fields: BTreeMap<String, String>,
    around: Surroundings<'a>,
    /// Columns and the simple fields that stand for them in keys.
    by_column: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    fn new(object: &Object, mut around: Surroundings<'a>) -> Self {
        let ident = around
            .ident
            .take()
            .unwrap_or_else(|| take_ident(object, around.taken));
        let id = object.id();
        let mut entries = Vec::new();
        let name = match &id {
            ObjectId::Relation(name) => {
                entries.push(Entry::value("database", string(name.database.as_str())));
                &name.name
            }
            ObjectId::Database(name)
            | ObjectId::Function(name)
            | ObjectId::NamedCollection(name)
            | ObjectId::Resource(name)
            | ObjectId::Workload(name) => name,
            ObjectId::Access(id) => id.name(),
        };
        if !is_snake_of(&ident, name.as_str()) {
            entries.push(Entry::value("name", string(name.as_str())));
        }
        Self {
            ident,
            entries,
            docs: Vec::new(),
            fields: BTreeMap::new(),
            around,
            by_column: Vec::new(),
        }
    }

    fn comment(&mut self, comment: &str) {
        match doc_lines(comment, DOC_WIDTH) {
            Some(lines) => self.docs = lines,
            None if comment.is_empty() => {}
            None => self.entries.push(Entry::value("comment", string(comment))),
        }
    }

    fn finish(self, derives: &str, fields: Vec<Field>) -> Item {
        Item {
            ident: self.ident,
            derives: derives.to_owned(),
            docs: self.docs,
            entries: self.entries,
            fields,
            is_unit: false,
        }
    }

    fn database(mut self, database: &Database) -> Item {
        self.comment(database.comment());
        if let Some(engine) = &database.engine {
            let is_word = engine.args.is_empty() && Database::ENGINES.contains(&engine.name.as_str());
            let text = if is_word {
                engine.name.clone()
            } else {
                string(&render_engine(engine))
            };
            self.entries.push(Entry::value("engine", text));
            self.entries.extend(settings(&database.settings));
        }
        Item {
            is_unit: true,
            ..self.finish("ChDatabase", Vec::new())
        }
    }

    /// What belongs to the server is a name and what it says.
    fn of_server(mut self, derive: &str, says: impl IntoIterator<Item = (&'static str, String)>) -> Item {
        let says = says
            .into_iter()
            .map(|(key, text)| Entry::value(key, string(&text)));
        self.entries.extend(says);
        Item {
            is_unit: true,
            ..self.finish(derive, Vec::new())
        }
    }

    fn table(mut self, table: &Table) -> Item {
        self.comment(&table.comment);
        self.name_fields(table.columns.iter().map(|column| column.name.as_str()));
        let is_row = Self::is_row(table.columns.iter().map(|column| &column.data_type));
        let fields: Vec<Field> = table
            .columns
            .iter()
            .map(|column| self.column(column, is_row))
            .collect();
        self.storage_and_members(table);
        let derives = if is_row {
            "ChTable, Row, Serialize, Deserialize, Debug, Clone"
        } else {
            "ChTable, Debug, Clone"
        };
        self.finish(derives, fields)
    }

    /// The engine with its clauses, the indexes, the projections and the constraints.
    fn storage_and_members(&mut self, table: &Table) {
        self.storage(&table.storage);
        for index in &table.indexes {
            let entry = self.index(index);
            self.entries.push(entry);
        }
        self.entries.extend(table.projections.iter().map(projection));
        self.entries.extend(table.constraints.iter().map(constraint));
    }

    /// Decides what the fields of these columns are called: those that need no other name keep theirs.
    fn name_fields<'t>(&mut self, columns: impl Iterator<Item = &'t str>) {
        self.fields.extend(field_names(columns));
    }

    /// Can a row have any of these columns?
    fn is_row<'t>(mut types: impl Iterator<Item = &'t DataType>) -> bool {
        types.any(|data_type| rust_type(data_type, &mut Nameless).said != Said::Nothing)
    }

    /// The type of a column, and the beginning of its entries.
    fn typed(&mut self, name: &str, data_type: &DataType, entries: &mut Vec<Entry>) -> (String, RustType) {
        let ident = self.fields.get(name).cloned().unwrap_or_else(|| field_name(name));
        if !is_named_like(&ident, name) {
            entries.push(Entry::value("name", string(name)));
        }
        if !ident.starts_with("r#") {
            self.by_column.push((name.to_owned(), ident.clone()));
        }
        let mut needed = Needed {
            types: self.around.types,
            taken: self.around.taken,
            holder: &self.ident,
            column: name,
            data_type,
        };
        let ty = rust_type(data_type, &mut needed);
        match ty.said {
            Said::All => {}
            Said::ButLowCardinality => entries.push(Entry::Text("low_cardinality".to_owned())),
            Said::NotAll | Said::Nothing => {
                entries.push(Entry::value("type", string(&data_type.to_string())));
            }
        }
        (ident, ty)
    }

    fn column(&mut self, column: &Column, is_row: bool) -> Field {
        let name = column.name.as_str();
        let mut entries = Vec::new();
        let (ident, ty) = self.typed(name, &column.data_type, &mut entries);
        if let Some(default) = &column.default {
            let key = match default.kind {
                DefaultKind::Default => "default",
                DefaultKind::Materialized => "materialized",
                DefaultKind::Alias => "alias",
                DefaultKind::Ephemeral => "ephemeral",
            };
            entries.push(match &default.expr {
                Some(expr) => Entry::value(key, string(expr.as_sql())),
                None => Entry::Text(key.to_owned()),
            });
        }
        if let Some(codec) = &column.codec {
            entries.push(codec::entry(codec, &column.data_type));
        }
        if !column.statistics.is_empty() {
            let kind = |expr: &Expr| {
                let sql = expr.as_sql();
                Entry::Text(if syn::parse_str::<syn::Ident>(sql).is_ok() {
                    sql.to_owned()
                } else {
                    string(sql)
                })
            };
            entries.push(Entry::List(
                "statistics".to_owned(),
                column.statistics.iter().map(kind).collect(),
            ));
        }
        if let Some(ttl) = &column.ttl {
            entries.push(Entry::value("ttl", moment(ttl, ttl.as_sql())));
        }
        entries.extend(settings(&column.settings));
        let docs = doc_lines(&column.comment, DOC_WIDTH - 4);
        if docs.is_none() && !column.comment.is_empty() {
            entries.push(Entry::value("comment", string(&column.comment)));
        }
        field(name, ident, ty, docs.unwrap_or_default(), entries, is_row)
    }

    fn storage(&mut self, storage: &Storage) {
        let engine = self.engine(&storage.engine);
        self.entries.push(Entry::value("engine", engine));
        if !storage.partition_by.is_empty() {
            let key = self.key(&storage.partition_by);
            self.entries.push(Entry::value("partition_by", key));
        }
        if !storage.order_by.is_empty() || storage.engine.family() == EngineFamily::MergeTree {
            let key = self.key(&storage.order_by);
            self.entries.push(Entry::value("order_by", key));
        }
        if let Some(primary_key) = &storage.primary_key {
            let key = self.key(primary_key);
            self.entries.push(Entry::value("primary_key", key));
        }
        if !storage.unique_key.is_empty() {
            let key = self.key(&storage.unique_key);
            self.entries.push(Entry::value("unique_key", key));
        }
        if let Some(expr) = &storage.sample_by {
            let expr = self.expr(expr);
            self.entries.push(Entry::value("sample_by", expr));
        }
        let rules: Vec<String> = storage
            .ttl
            .iter()
            .map(|rule| moment(&rule.expr, &render_ttl(std::slice::from_ref(rule))))
            .collect();
        match rules.as_slice() {
            [] => {}
            [rule] => self.entries.push(Entry::value("ttl", rule)),
            rules => self
                .entries
                .push(Entry::value("ttl", format!("({})", rules.join(", ")))),
        }
        self.entries.extend(settings(&storage.settings));
    }

    fn engine(&self, engine: &Engine) -> String {
        const BARE: [&str; 5] = ["Memory", "Log", "TinyLog", "StripeLog", "Null"];
        let columns: Option<Vec<&str>> = engine.args.iter().map(|arg| self.simple_field(arg)).collect();
        match columns {
            Some(columns) if engine.family() == EngineFamily::MergeTree && !columns.is_empty() => {
                format!("{}({})", engine.name, columns.join(", "))
            }
            Some(columns)
                if columns.is_empty()
                    && (engine.family() == EngineFamily::MergeTree
                        || BARE.contains(&engine.name.as_str())) =>
            {
                engine.name.clone()
            }
            _ => string(&render_engine(engine)),
        }
    }

    /// The field that stands for a column, where an expression is one.
    fn simple_field(&self, expr: &Expr) -> Option<&str> {
        let column = expr.is_plain_column()?;
        let found = self.by_column.iter().find(|(name, _)| *name == *column);
        found.map(|(_, field)| field.as_str())
    }

    fn expr(&self, expr: &Expr) -> String {
        self.simple_field(expr)
            .map_or_else(|| string(expr.as_sql()), str::to_owned)
    }

    fn key(&self, key: &Key) -> String {
        match key.parts.as_slice() {
            [] => "()".to_owned(),
            [only] => match self.simple_field(&only.expr) {
                Some(field) if only.direction == Direction::Ascending => field.to_owned(),
                _ => string(&render_key(key)),
            },
            parts => {
                let part = |part: &chx_core::model::KeyPart| match part.direction {
                    Direction::Ascending => self.expr(&part.expr),
                    Direction::Descending => string(&format!("{} DESC", part.expr)),
                };
                format!("({})", parts.iter().map(part).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn index(&self, index: &Index) -> Entry {
        let mut inner = vec![
            Entry::Text(member_name(index.name.as_str())),
            Entry::value("expr", self.expr(&index.expr)),
            Entry::value("type", string(&render_index_type(&index.index_type))),
        ];
        let usual = if matches!(index.index_type.name.as_str(), "text" | "vector_similarity") {
            100_000_000
        } else {
            1
        };
        if let Some(granularity) = index.granularity.filter(|granularity| *granularity != usual) {
            inner.push(Entry::value("granularity", granularity));
        }
        Entry::List("index".to_owned(), inner)
    }
}

fn member_name(name: &str) -> String {
    let is_plain = name.is_ascii() && syn::parse_str::<syn::Ident>(name).is_ok();
    if is_plain { name.to_owned() } else { string(name) }
}

fn projection(projection: &Projection) -> Entry {
    let mut inner = vec![
        Entry::Text(member_name(projection.name.as_str())),
        Entry::Text(string(projection.body.as_sql())),
    ];
    inner.extend(settings(&projection.settings));
    Entry::List("projection".to_owned(), inner)
}

fn constraint(constraint: &Constraint) -> Entry {
    let key = match constraint.kind {
        ConstraintKind::Check => "check",
        ConstraintKind::Assume => "assume",
    };
    let inner = vec![
        Entry::Text(member_name(constraint.name.as_str())),
        Entry::value(key, string(constraint.expr.as_sql())),
    ];
    Entry::List("constraint".to_owned(), inner)
}

fn settings(settings: &Settings) -> Option<Entry> {
    let entry = |(name, value): (&String, &SettingValue)| match settings.own_disk() {
        Some(own) if name == DISK => disk(&own),
        _ => setting(name, value),
    };
    let entries: Vec<Entry> = settings.0.iter().map(entry).collect();
    (!entries.is_empty()).then(|| Entry::List("settings".to_owned(), entries))
}

fn setting(name: &str, value: &SettingValue) -> Entry {
    let text = value.as_str();
    let is_integer = !text.is_empty() && text.len() < 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    Entry::value(name, if is_integer { text.to_owned() } else { string(text) })
}

/// `disk(type = "s3", ...)`; disks lie in few others.
fn disk(of: &Disk) -> Entry {
    let params = of.params().iter().map(|(key, value)| match value {
        DiskValue::Disk(inside) => disk(inside),
        DiskValue::Text(text) => setting(key, text),
    });
    Entry::List(DISK.to_owned(), params.collect())
}

fn field(
    column: &str,
    ident: String,
    ty: RustType,
    docs: Vec<String>,
    entries: Vec<Entry>,
    is_row: bool,
) -> Field {
    let is_valueless = ty.said == Said::Nothing;
    let mut serde = Vec::new();
    if is_row && is_valueless {
        serde.push(Entry::Text("skip".to_owned()));
    } else if is_row {
        if ident.strip_prefix("r#").unwrap_or(&ident) != column {
            serde.push(Entry::value("rename", string(column)));
        }
        serde.extend(ty.with.map(|module| Entry::value("with", string(module))));
    }
    Field {
        column: column.to_owned(),
        ident,
        docs,
        entries,
        serde,
        ty: ty.text,
        is_valueless,
    }
}

impl Item {
    /// The struct as code.
    pub(crate) fn code(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        for line in &self.docs {
            let _ = writeln!(out, "/// {line}");
        }
        let _ = writeln!(out, "#[derive({})]", self.derives);
        if let Some(attribute) = self.ch_attribute() {
            out.push_str(&attribute);
            out.push('\n');
        }
        if self.is_unit {
            let _ = writeln!(out, "pub struct {};", self.ident);
            return out;
        }
        if self.fields.is_empty() {
            let _ = writeln!(out, "pub struct {} {{}}", self.ident);
            return out;
        }
        let _ = writeln!(out, "pub struct {} {{", self.ident);
        for field in &self.fields {
            out.push_str(&field.code(0));
        }
        out.push_str("}\n");
        out
    }

    /// `#[ch(...)]`.
    pub(super) fn ch_attribute(&self) -> Option<String> {
        attribute("ch", &self.entries, 0)
    }
}
