//! A schema as a design that can be edited: columns are numbers until the SQL is written, so that whatever reads a column
//! follows its name, and goes with it.

use std::fmt::Write as _;

/// The types of columns, from which edits draw.
pub(crate) const TYPES: [&str; 24] = [
    "UInt8",
    "UInt16",
    "UInt32",
    "UInt64",
    "Int32",
    "Int64",
    "Float64",
    "Decimal(10, 2)",
    "Bool",
    "String",
    "LowCardinality(String)",
    "Nullable(UInt32)",
    "Nullable(String)",
    "Date",
    "DateTime('UTC')",
    "DateTime64(3, 'UTC')",
    "Enum8('a' = 1, 'b' = 2)",
    "Enum8('a' = 1, 'b' = 2, 'c' = 3)",
    "Array(UInt8)",
    "Array(String)",
    "Map(String, UInt8)",
    "Tuple(x UInt8, y String)",
    "UUID",
    "FixedString(4)",
];

/// Of the types, those that an index and a projection can be about.
const SCALARS: usize = 18;

#[derive(Debug, Clone)]
pub(crate) struct Design {
    pub(crate) tables: Vec<Table>,
    server: Server,
    next: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    columns: Vec<Column>,
    /// Columns behind `k` in the sorting key; the primary key is `k`.
    sorted: Vec<u32>,
    engine: &'static str,
    partition: bool,
    index: Option<(u32, u8)>,
    projection: Option<u32>,
    constraint: Option<(u32, u8)>,
    ttl: Option<(u32, u8)>,
    setting: u8,
    comment: u8,
    /// The columns of a view over the table.
    view: Option<Vec<u32>>,
    /// What a materialized view over the table multiplies `k` with.
    feeds: Option<u8>,
    /// The attribute of a dictionary over the table, and its lifetime.
    looked_up: Option<(u32, u8)>,
    /// In how many years a refreshable materialized view reads the table again.
    refreshed: Option<u8>,
    /// What a materialized view with an inner table adds to `k`, and how its column is packed.
    inner: Option<u8>,
    /// Do a view and a default call the function?
    calls: bool,
    /// What a role may do with it, and whether a row policy hides rows of it.
    granted: u8,
}

#[derive(Debug, Clone)]
struct Column {
    id: u32,
    name: String,
    data_type: usize,
    default: Default,
    codec: bool,
    comment: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Default {
    None,
    Value(u8),
    Materialized(u8),
    Alias(u8),
}

/// One edit: what, and three numbers that say where and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit {
    pub(crate) what: u8,
    pub(crate) table: u8,
    pub(crate) column: u8,
    pub(crate) how: u8,
}

/// A rename that an edit made: of a table, of two tables that change places, or of a column of the table of this name.
#[derive(Debug, Clone)]
pub(crate) enum Rename {
    Table { from: String, to: String },
    Swap { a: String, b: String },
    Column { table: String, from: String, to: String },
}

impl Design {
    /// A design with so many tables, and columns of these types.
    pub(crate) fn new(tables: &[Vec<u8>]) -> Self {
        let mut design = Self {
            tables: Vec::new(),
            server: Server::default(),
            next: 0,
        };
        for types in tables {
            design.add_table();
            let at = design.tables.len() - 1;
            for data_type in types {
                design.add_column(at, *data_type, 0, 255);
            }
        }
        design
    }

    fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn add_table(&mut self) {
        let id = self.id();
        self.tables.push(Table {
            name: format!("t{id}"),
            columns: Vec::new(),
            sorted: Vec::new(),
            engine: "MergeTree",
            partition: false,
            index: None,
            projection: None,
            constraint: None,
            ttl: None,
            setting: 0,
            comment: 0,
            view: None,
            feeds: None,
            looked_up: None,
            refreshed: None,
            inner: None,
            calls: false,
            granted: 0,
        });
    }

    fn add_column(&mut self, table: usize, data_type: u8, default: u8, at: u8) -> u32 {
        let id = self.id();
        let data_type = usize::from(data_type) % TYPES.len();
        let columns = &mut self.tables[table].columns;
        let at = usize::from(at).min(columns.len());
        columns.insert(
            at,
            Column {
                id,
                name: format!("c{id}"),
                data_type,
                default: default_of(default),
                codec: false,
                comment: 0,
            },
        );
        id
    }

    /// Edits the design; says what was renamed.
    pub(crate) fn edit(&mut self, edit: Edit) -> Option<Rename> {
        if self.tables.is_empty() || edit.what == 0 {
            self.add_table();
            let at = self.tables.len() - 1;
            self.add_column(at, edit.column, edit.how, 0);
            return None;
        }
        let at = usize::from(edit.table) % self.tables.len();
        if edit.what == 1 {
            self.tables.remove(at);
            return None;
        }
        if self.server.edit(edit) {
            return None;
        }
        if edit.what == 2 {
            let id = self.add_column(at, edit.column, edit.how, edit.how / 16);
            let plain = matches!(self.tables[at].columns.iter().find(|column| column.id == id), Some(column) if column.default == Default::None && column.data_type < 11);
            // A new column may be appended to the sorting key.
            if edit.how == 0 && plain && self.tables[at].engine == "MergeTree" {
                self.tables[at].sorted.push(id);
            }
            return None;
        }
        if edit.what == 21 {
            let other = usize::from(edit.column) % self.tables.len();
            if other == at {
                return None;
            }
            let (a, b) = (self.tables[at].name.clone(), self.tables[other].name.clone());
            self.tables[at].name.clone_from(&b);
            self.tables[other].name.clone_from(&a);
            return Some(Rename::Swap { a, b });
        }
        let id = self.id();
        let table = &mut self.tables[at];
        if edit.what == 3 {
            let from = std::mem::replace(&mut table.name, format!("t{id}"));
            return Some(Rename::Table {
                from,
                to: table.name.clone(),
            });
        }
        if table.columns.is_empty() {
            return None;
        }
        let position = usize::from(edit.column) % table.columns.len();
        let column = table.columns[position].id;
        let is_sorted = table.sorted.contains(&column);
        let scalar = table.columns[position].data_type < SCALARS;
        let stored = !matches!(table.columns[position].default, Default::Alias(_));
        match edit.what {
            4 if table.sorted.last() == Some(&column) => {
                table.sorted.pop();
            }
            4 if !is_sorted => table.drop_column(column),
            5 if !is_sorted => {
                table.columns[position].data_type = usize::from(edit.how) % TYPES.len();
                table.forget_what_does_not_fit();
            }
            6 if !is_sorted => {
                table.columns[position].default = default_of(edit.how);
                table.forget_what_does_not_fit();
            }
            7 if stored => table.columns[position].codec = !table.columns[position].codec,
            8 => table.columns[position].comment = edit.how % 3,
            9 => {
                let moved = table.columns.remove(position);
                let to = usize::from(edit.how) % (table.columns.len() + 1);
                table.columns.insert(to, moved);
            }
            10 if !is_sorted => {
                let from = std::mem::replace(&mut table.columns[position].name, format!("r{id}"));
                return Some(Rename::Column {
                    table: table.name.clone(),
                    from,
                    to: table.columns[position].name.clone(),
                });
            }
            11 => {
                table.index =
                    (!edit.how.is_multiple_of(3) && scalar && stored).then_some((column, edit.how % 3));
            }
            12 => table.projection = (!edit.how.is_multiple_of(3) && scalar && stored).then_some(column),
            13 => {
                table.constraint = (!edit.how.is_multiple_of(3) && stored).then_some((column, edit.how % 3));
            }
            14 => {
                let dated = matches!(
                    TYPES[table.columns[position].data_type],
                    "Date" | "DateTime('UTC')"
                );
                table.ttl = (dated && stored).then_some((column, 30 + edit.how % 3));
            }
            15 => table.setting = edit.how % 3,
            16 => table.comment = edit.how % 3,
            17 => {
                table.view = (!edit.how.is_multiple_of(3)).then(|| {
                    let columns = table.columns.iter().skip(position);
                    columns.map(|column| column.id).collect()
                });
            }
            18 => table.feeds = (!edit.how.is_multiple_of(4)).then_some(edit.how % 4),
            19 if edit.how.is_multiple_of(4) => table.partition = !table.partition,
            20 if edit.how.is_multiple_of(4) && table.projection.is_none() => {
                table.engine = if table.engine == "MergeTree" {
                    "ReplacingMergeTree"
                } else {
                    "MergeTree"
                };
            }
            22 => {
                table.looked_up = (!edit.how.is_multiple_of(3) && scalar).then_some((column, edit.how % 3));
            }
            23 => table.refreshed = (!edit.how.is_multiple_of(3)).then_some(edit.how % 3),
            28 => table.inner = (!edit.how.is_multiple_of(3)).then_some(edit.how % 3),
            29 => table.calls = !table.calls,
            30 => table.granted = edit.how % 5,
            _ => {}
        }
        if table.engine != "MergeTree" {
            table.projection = None;
        }
        None
    }

    /// The statements that make the schema.
    pub(crate) fn statements(&self) -> Vec<String> {
        let mut statements = self.server.statements();
        let calls = |table: &Table| table.calls && self.server.function > 0;
        statements.extend(self.tables.iter().map(|table| table.create(calls(table))));
        for table in &self.tables {
            let name = &table.name;
            if calls(table) {
                statements.push(format!(
                    "CREATE VIEW app.f_{name} AS SELECT app_more(k) AS n FROM app.{name}"
                ));
            }
            if let Some(more) = table.inner {
                statements.push(format!(
                    "CREATE MATERIALIZED VIEW app.i_{name} (n UInt64 CODEC(ZSTD({more}))) ENGINE = MergeTree ORDER BY n AS \
                     SELECT toUInt64(k + {more}) AS n FROM app.{name}"
                ));
            }
            if let Some(columns) = &table.view {
                let columns: Vec<&str> = columns.iter().filter_map(|id| table.name_of(*id)).collect();
                let list: String = columns.iter().fold(String::new(), |mut list, column| {
                    let _ = write!(list, ", {column}");
                    list
                });
                statements.push(format!(
                    "CREATE VIEW app.v_{name} AS SELECT k{list} FROM app.{name}"
                ));
            }
            if let Some(factor) = table.feeds {
                statements.push(format!(
                    "CREATE TABLE app.d_{name} (n UInt64) ENGINE = MergeTree ORDER BY n"
                ));
                statements.push(format!(
                    "CREATE MATERIALIZED VIEW app.m_{name} TO app.d_{name} AS SELECT k * {factor} AS n FROM app.{name}"
                ));
            }
            if let Some((id, lifetime)) = table.looked_up
                && let Some(column) = table.name_of(id)
            {
                statements.push(format!(
                    "CREATE DICTIONARY app.l_{name} (k UInt64, {column} String) PRIMARY KEY k \
                     SOURCE(CLICKHOUSE(DB 'app' TABLE '{name}')) LAYOUT(FLAT()) LIFETIME(MIN 0 MAX {lifetime}00)"
                ));
            }
            if let Some(years) = table.refreshed {
                statements.push(format!(
                    "CREATE TABLE app.e_{name} (n UInt64) ENGINE = MergeTree ORDER BY n"
                ));
                statements.push(format!(
                    "CREATE MATERIALIZED VIEW app.r_{name} REFRESH EVERY {years} YEAR TO app.e_{name} EMPTY AS SELECT k AS n FROM app.{name}"
                ));
            }
        }
        statements
    }
}

/// What belongs to the server and not to a database, and the database itself.
#[derive(Debug, Clone, Default)]
struct Server {
    /// What the function adds; 0 where there is none.
    function: u8,
    collection: u8,
    workloads: u8,
    comment: u8,
}

impl Server {
    /// Edits it, if the edit is one of these.
    fn edit(&mut self, edit: Edit) -> bool {
        match edit.what {
            24 => self.function = edit.how % 3,
            25 => self.collection = edit.how % 4,
            26 => self.workloads = edit.how % 4,
            27 => self.comment = edit.how % 3,
            _ => return false,
        }
        true
    }

    fn statements(&self) -> Vec<String> {
        let comment = match self.comment {
            0 => String::new(),
            comment => format!(" COMMENT 'the database {comment}'"),
        };
        let mut statements = vec![format!("CREATE DATABASE app ENGINE = Atomic{comment}")];
        if self.function > 0 {
            statements.push(format!("CREATE FUNCTION app_more AS x -> x + {}", self.function));
        }
        match self.collection {
            0 => {}
            1 => statements.push("CREATE NAMED COLLECTION app_files AS url = 'a', format = 'CSV'".to_owned()),
            other => statements.push(format!(
                "CREATE NAMED COLLECTION app_files AS url = 'b' NOT OVERRIDABLE, n = {other}"
            )),
        }
        if self.workloads > 0 {
            statements.push("CREATE RESOURCE app_cpu (MASTER THREAD, WORKER THREAD)".to_owned());
            statements.push("CREATE WORKLOAD app_all".to_owned());
        }
        if self.workloads > 1 {
            statements.push(format!(
                "CREATE WORKLOAD app_part IN app_all SETTINGS weight = {}",
                self.workloads
            ));
        }
        statements
    }
}

impl Design {
    /// The statements about who may do what, which the engine has nowhere to keep.
    pub(crate) fn access(&self) -> Vec<String> {
        let mut statements = Vec::new();
        if self.tables.iter().any(|table| table.granted > 0) {
            statements.push("CREATE SETTINGS PROFILE app_careful SETTINGS max_threads = 4".to_owned());
            statements.push("CREATE ROLE app_reader SETTINGS PROFILE 'app_careful'".to_owned());
        }
        for table in &self.tables {
            let name = &table.name;
            match table.granted {
                0 => {}
                1 => statements.push(format!("GRANT SELECT ON app.{name} TO app_reader")),
                2 => statements.push(format!(
                    "GRANT SELECT(k), INSERT ON app.{name} TO app_reader WITH GRANT OPTION"
                )),
                3 => {
                    statements.push(format!(
                        "CREATE USER app_{name} HOST LOCAL DEFAULT ROLE app_reader"
                    ));
                    statements.push(format!(
                        "CREATE ROW POLICY own ON app.{name} USING k > 1 TO app_{name}"
                    ));
                }
                _ => {
                    statements.push("GRANT READ ON S3 TO app_reader".to_owned());
                    statements.push(format!(
                        "CREATE QUOTA app_{name} FOR INTERVAL 1 hour MAX queries = 9 TO app_reader"
                    ));
                }
            }
        }
        statements
    }
}

fn default_of(how: u8) -> Default {
    match how % 8 {
        1 | 2 => Default::Value(how % 8),
        3 => Default::Materialized(how % 8),
        4 => Default::Alias(how % 8),
        _ => Default::None,
    }
}

impl Table {
    fn name_of(&self, id: u32) -> Option<&str> {
        let column = self.columns.iter().find(|column| column.id == id)?;
        Some(&column.name)
    }

    fn drop_column(&mut self, id: u32) {
        self.columns.retain(|column| column.id != id);
        if let Some(view) = &mut self.view {
            view.retain(|column| *column != id);
        }
        self.forget_what_does_not_fit();
    }

    /// Members whose column went, or became something that they cannot be about.
    fn forget_what_does_not_fit(&mut self) {
        let columns = self.columns.clone();
        let is = |id: u32, fits: &dyn Fn(&Column) -> bool| {
            columns.iter().any(|column| column.id == id && fits(column))
        };
        let stored = |column: &Column| !matches!(column.default, Default::Alias(_));
        let scalar = |column: &Column| stored(column) && column.data_type < SCALARS;
        let dated =
            |column: &Column| stored(column) && matches!(TYPES[column.data_type], "Date" | "DateTime('UTC')");
        self.index = self.index.filter(|(id, _)| is(*id, &scalar));
        self.projection = self.projection.filter(|id| is(*id, &scalar));
        self.constraint = self.constraint.filter(|(id, _)| is(*id, &stored));
        self.ttl = self.ttl.filter(|(id, _)| is(*id, &dated));
        self.looked_up = self
            .looked_up
            .filter(|(id, _)| is(*id, &|column| column.data_type < SCALARS));
        for column in &mut self.columns {
            if matches!(column.default, Default::Alias(_)) {
                column.codec = false;
            }
        }
    }

    fn create(&self, calls: bool) -> String {
        let mut parts = vec!["k UInt32".to_owned()];
        if calls {
            parts.push("more UInt64 DEFAULT app_more(k)".to_owned());
        }
        for column in &self.columns {
            let data_type = TYPES[column.data_type];
            let mut text = format!("{} {data_type}", column.name);
            let (keyword, value) = match column.default {
                Default::None => ("", 0),
                Default::Value(value) => (" DEFAULT ", value),
                Default::Materialized(value) => (" MATERIALIZED ", value),
                Default::Alias(value) => (" ALIAS ", value),
            };
            if !keyword.is_empty() {
                let _ = write!(text, "{keyword}{}", value_of(data_type, &value.to_string()));
            }
            if column.comment > 0 {
                let _ = write!(text, " COMMENT 'it is {}'", column.comment);
            }
            if column.codec {
                text.push_str(" CODEC(ZSTD(3))");
            }
            parts.push(text);
        }
        let name = |id: u32| self.name_of(id).unwrap_or("k");
        if let Some((id, kind)) = self.index {
            let kind = if kind == 1 { "minmax" } else { "set(10)" };
            parts.push(format!("INDEX i {} TYPE {kind} GRANULARITY 1", name(id)));
        }
        if let Some((id, kind)) = self.constraint {
            parts.push(format!(
                "CONSTRAINT c CHECK isNotNull({}) OR k >= {kind}",
                name(id)
            ));
        }
        if let Some(id) = self.projection {
            parts.push(format!(
                "PROJECTION p (SELECT {0}, count() GROUP BY {0})",
                name(id)
            ));
        }
        let mut text = format!(
            "CREATE TABLE app.{} ({}) ENGINE = {}",
            self.name,
            parts.join(", "),
            self.engine
        );
        if self.partition {
            text.push_str(" PARTITION BY k % 2");
        }
        let sorted: String = self.sorted.iter().fold(String::new(), |mut list, id| {
            let _ = write!(list, ", {}", name(*id));
            list
        });
        if sorted.is_empty() {
            text.push_str(" ORDER BY k");
        } else {
            let _ = write!(text, " PRIMARY KEY k ORDER BY (k{sorted})");
        }
        if let Some((id, years)) = self.ttl {
            let _ = write!(text, " TTL {} + INTERVAL {years} YEAR", name(id));
        }
        match self.setting {
            1 => text.push_str(" SETTINGS merge_with_ttl_timeout = 3600"),
            2 => text.push_str(" SETTINGS merge_with_ttl_timeout = 7200, ttl_only_drop_parts = 1"),
            _ => {}
        }
        if self.comment > 0 {
            let _ = write!(text, " COMMENT 'the table {}'", self.comment);
        }
        text
    }

    /// Three rows with a value in every column that takes one.
    pub(crate) fn insert(&self) -> String {
        let takes = |column: &&Column| matches!(column.default, Default::None | Default::Value(_));
        let mut names = vec!["k"];
        let mut values = vec!["toUInt32(number)".to_owned()];
        for column in self.columns.iter().filter(takes) {
            names.push(&column.name);
            values.push(value_of(TYPES[column.data_type], "number"));
        }
        format!(
            "INSERT INTO app.{} ({}) SELECT {} FROM numbers(3)",
            self.name,
            names.join(", "),
            values.join(", ")
        )
    }
}

/// A value of a type, made of a number.
fn value_of(data_type: &str, number: &str) -> String {
    match data_type {
        "Date" => format!("toDate('2020-01-01') + {number}"),
        "DateTime('UTC')" => format!("toDateTime('2020-01-01 00:00:00', 'UTC') + {number}"),
        "DateTime64(3, 'UTC')" => format!("toDateTime64('2020-01-01 00:00:00', 3, 'UTC') + {number}"),
        "Array(UInt8)" => format!("[toUInt8({number})]"),
        "Array(String)" => format!("[toString({number})]"),
        "Map(String, UInt8)" => format!("map('a', toUInt8({number}))"),
        "Tuple(x UInt8, y String)" => format!("CAST((toUInt8({number}), 's'), 'Tuple(x UInt8, y String)')"),
        "UUID" => format!("toUUID(concat('61f0c404-5cb3-11e7-907b-a6006ad3dba', toString({number})))"),
        "Bool" => format!("({number}) % 2 = 1"),
        other if other.starts_with("Enum") => "'a'".to_owned(),
        other if other.contains("String") => format!("toString({number})"),
        _ => number.to_owned(),
    }
}
