//! From declarations to objects of the model.
//!
//! Decides what a declared text means; reports what means nothing, each with the line of the struct or field, and
//! goes on with the rest.

mod access;
mod dictionary;
mod of_server;

use std::fmt::Display;

use super::{
    ColumnDeclaration, DatabaseDeclaration, Declaration, Heading, InnerTableDeclaration,
    MaterializedViewDeclaration, RawDeclaration, StorageDeclaration, TableDeclaration, TargetDeclaration,
    ViewColumnDeclaration, ViewDeclaration,
};
use crate::ddl::{
    ParseContext, parse_codec, parse_database_engine, parse_engine, parse_index_type, parse_key,
    parse_object_or_raw, parse_projection_body, parse_refresh, parse_security, parse_ttl, parse_unique_key,
    parse_view_query,
};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::history::Check;
use crate::ident::{Ident, QualifiedName};
use crate::model::written_out::of_settings;
use crate::model::{
    Column, ColumnDefault, Constraint, DataType, Database, Expr, Index, InnerTable, MaterializedView, Object,
    Projection, SettingValue, Settings, SqlSecurity, Storage, Table, Target, View, ViewColumn,
};
use crate::rules::query_setting;
use crate::types::TypeExpr;

/// What a declaration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The object.
    pub object: Object,
    /// The name that it had before, if it says so.
    pub renamed_from: Option<QualifiedName>,
    /// Columns that had another name before: the old name and the new one.
    pub renamed_columns: Vec<(Ident, Ident)>,
    /// What is to be checked about its rows.
    pub checks: Vec<Check>,
    /// Is it a materialized view that is created EMPTY?
    pub starts_empty: bool,
    /// What it says with `raw("...")`, which no rule of the derives has looked at.
    pub raw: Vec<String>,
}

impl Declared {
    /// An object, and nothing more.
    fn of(object: impl Into<Object>) -> Self {
        Self {
            object: object.into(),
            renamed_from: None,
            renamed_columns: Vec::new(),
            checks: Vec::new(),
            starts_empty: false,
            raw: Vec::new(),
        }
    }
}

impl Declaration {
    /// Reads the declaration. Names without a database belong to `default_database`.
    ///
    /// # Errors
    /// Everything in it that cannot be, in the order in which it is declared.
    pub fn read(&self, default_database: &Ident) -> Result<Declared, Vec<Diagnostic>> {
        let mut reader = Reader {
            heading: self.heading(),
            declaration: *self,
            default_database,
            line: 0,
            findings: Vec::new(),
        };
        let declared = match self {
            Self::Database(database) => reader.database(database),
            Self::Table(table) => reader.table(table),
            Self::View(view) => reader.view(view),
            Self::MaterializedView(view) => reader.materialized_view(view),
            Self::Dictionary(dictionary) => reader.dictionary(dictionary),
            Self::Function(function) => reader.function(function),
            Self::Raw(raw) => reader.raw(raw),
            Self::NamedCollection(collection) => reader.named_collection(collection),
            Self::Resource(resource) => reader.resource(resource),
            Self::Workload(workload) => reader.workload(workload),
            Self::Access(entity) => reader.access(entity),
        };
        let checks = reader.checks();
        match declared {
            Some(declared) if reader.findings.is_empty() => Ok(Declared {
                checks,
                raw: self.heading().raw.iter().copied().map(str::to_owned).collect(),
                ..declared
            }),
            _ => Err(reader.findings),
        }
    }
}

/// Reads one declaration and remembers what is wrong with it.
struct Reader<'a> {
    heading: &'static Heading,
    /// The declaration itself.
    declaration: Declaration,
    default_database: &'a Ident,
    /// The line that findings point to; 0 for the struct itself.
    line: u32,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn database(&mut self, database: &DatabaseDeclaration) -> Option<Declared> {
        let heading = self.heading;
        let name = self.ident(heading.name);
        if matches!(
            heading.name,
            "default" | "system" | "information_schema" | "INFORMATION_SCHEMA"
        ) {
            let message = format!(
                "the database `{}` is made by the server, and stays as it is",
                heading.name
            );
            self.report(code::INVALID_NAME, message);
        }
        let engine = self.optional(
            ("engine of the database", heading.name),
            database.engine,
            parse_database_engine,
        );
        let settings = settings(database.settings);
        self.refuse_written_out(&settings);
        if engine.is_none() && !settings.is_empty() {
            let message = "settings of a database stand behind its engine: say `engine` too";
            self.report(code::INVALID_SQL, message.to_owned());
        }
        Some(Declared::of(Database {
            name: name?,
            engine,
            settings,
            comment: Some(heading.comment.to_owned()),
        }))
    }

    /// What chx reads after all is what it says; a secret in it is refused as anywhere.
    fn raw(&mut self, raw: &RawDeclaration) -> Option<Declared> {
        let renamed_from = self.renamed_from();
        let object = self.sql(("statement of", self.heading.name), raw.sql, |sql| {
            parse_object_or_raw(sql, &ParseContext::in_database(self.default_database))
        })?;
        Some(Declared {
            renamed_from,
            ..Declared::of(object)
        })
    }

    fn table(&mut self, table: &TableDeclaration) -> Option<Declared> {
        let name = self.qualified(table.heading.database, table.heading.name);
        let renamed_from = self.renamed_from();
        let (members, renamed_columns) = self.members(&InnerTableDeclaration {
            columns: table.columns,
            indexes: table.indexes,
            projections: table.projections,
            constraints: table.constraints,
            storage: table.storage,
        })?;
        let object = Table {
            comment: table.heading.comment.to_owned(),
            ..members.into_table(name?)
        };
        Some(Declared {
            renamed_from,
            renamed_columns,
            ..Declared::of(object)
        })
    }

    /// What a table and an inner table consist of, and the columns that had other names.
    fn members(&mut self, table: &InnerTableDeclaration) -> Option<(InnerTable, Vec<(Ident, Ident)>)> {
        let mut renamed_columns = Vec::new();
        let mut columns = Vec::with_capacity(table.columns.len());
        for declaration in table.columns {
            self.line = declaration.line;
            if let Some(column) = self.column(declaration) {
                if let Some(old) = declaration.renamed_from.and_then(|old| self.ident(old)) {
                    renamed_columns.push((old, column.name.clone()));
                }
                columns.push(column);
            }
        }
        self.line = 0;
        self.refuse_duplicates(
            "column",
            table.columns.iter().map(|column| (column.name, column.line)),
        );
        self.refuse_duplicates("index", table.indexes.iter().map(|index| (index.name, 0)));
        self.refuse_duplicates(
            "projection",
            table.projections.iter().map(|projection| (projection.name, 0)),
        );
        self.refuse_duplicates(
            "constraint",
            table.constraints.iter().map(|constraint| (constraint.name, 0)),
        );

        let mut indexes = Vec::with_capacity(table.indexes.len());
        for index in table.indexes {
            let place = ("index", index.name);
            indexes.push(Index {
                name: self.ident(index.name)?,
                expr: self.sql(place, index.expr, expr)?,
                index_type: self.sql(place, index.index_type, parse_index_type)?,
                granularity: index.granularity,
            });
        }
        let mut projections = Vec::with_capacity(table.projections.len());
        for projection in table.projections {
            projections.push(Projection {
                name: self.ident(projection.name)?,
                body: self.sql(
                    ("projection", projection.name),
                    projection.body,
                    parse_projection_body,
                )?,
                settings: settings(projection.settings),
            });
        }
        let mut constraints = Vec::with_capacity(table.constraints.len());
        for constraint in table.constraints {
            constraints.push(Constraint {
                name: self.ident(constraint.name)?,
                kind: constraint.kind,
                expr: self.sql(("constraint", constraint.name), constraint.expr, expr)?,
            });
        }
        let members = InnerTable {
            storage: self.storage(&table.storage)?,
            columns: columns.into(),
            indexes,
            projections,
            constraints,
        };
        Some((members, renamed_columns))
    }

    fn checks(&mut self) -> Vec<Check> {
        let heading = self.heading;
        let mut checks = Vec::with_capacity(heading.checks.len());
        self.refuse_duplicates(
            "check",
            heading.checks.iter().map(|check| (check.name, check.line)),
        );
        for check in heading.checks {
            if !Check::is_query(check.sql) {
                self.line = check.line;
                self.report(
                    code::INVALID_SQL,
                    format!("the check `{}`: {}", check.name, Check::FORM),
                );
            }
            checks.push(Check {
                title: check.name.to_owned(),
                sql: check.sql.to_owned(),
                severity: check.severity,
                place: heading.origin.place_at(check.line),
            });
        }
        self.line = 0;
        checks
    }

    fn view(&mut self, view: &ViewDeclaration) -> Option<Declared> {
        let name = self.qualified(view.heading.database, view.heading.name);
        let renamed_from = self.renamed_from();
        let columns = self.view_columns(view.columns);
        let security = self.security(view.security);
        let query = self.sql(
            ("query of the view", view.heading.name),
            view.query,
            parse_view_query,
        );
        let object = Object::View(View {
            name: name?,
            columns,
            security,
            query: query?,
            comment: view.heading.comment.to_owned(),
        });
        Some(Declared {
            renamed_from,
            ..Declared::of(object)
        })
    }

    fn materialized_view(&mut self, view: &MaterializedViewDeclaration) -> Option<Declared> {
        let name = self.qualified(view.heading.database, view.heading.name);
        let renamed_from = self.renamed_from();
        let columns = self.view_columns(view.columns);
        let security = self.security(view.security);
        let refresh = match view.refresh {
            None => None,
            Some(refresh) => {
                let database = name.as_ref().map_or(self.default_database, |name| &name.database);
                let database = database.clone();
                let place = ("refresh of", view.heading.name);
                Some(self.sql(place, refresh, |sql| parse_refresh(sql, &database))?)
            }
        };
        let query = self.sql(
            ("query of the materialized view", view.heading.name),
            view.query,
            parse_view_query,
        );
        let target = match &view.target {
            TargetDeclaration::Table(table) => self
                .qualified(table.heading.database, table.heading.name)
                .map(Target::To),
            TargetDeclaration::Name { database, name } => self
                .qualified(database.or(view.heading.database), name)
                .map(Target::To),
            TargetDeclaration::Inner(inner) => {
                let name = name.clone();
                let inner = self.members(inner).map(|(inner, _)| inner);
                // What says nothing more than its query goes without a list.
                let inner = name.zip(inner).map(|(name, inner)| inner.into_table(name).into());
                inner.map(|inner| Target::Inner(Box::new(inner)))
            }
        };
        let target = target?;
        let columns = match &target {
            Target::Inner(inner) if inner.has_list() => Vec::new(),
            Target::Inner(_) | Target::To(_) => columns,
        };
        let object = Object::MaterializedView(MaterializedView {
            name: name?,
            refresh,
            target,
            columns,
            security,
            query: query?,
            comment: view.heading.comment.to_owned(),
        });
        Some(Declared {
            renamed_from,
            starts_empty: view.starts_empty,
            ..Declared::of(object)
        })
    }

    /// The security of a view; what is no such clause was reported.
    fn security(&mut self, security: Option<&str>) -> Option<SqlSecurity> {
        let place = ("SQL SECURITY of", self.heading.name);
        security.and_then(|security| self.sql(place, security, parse_security).flatten())
    }

    fn view_columns(&mut self, columns: &[ViewColumnDeclaration]) -> Vec<ViewColumn> {
        let mut read = Vec::with_capacity(columns.len());
        for column in columns {
            self.line = column.line;
            let name = self.ident(column.name);
            let data_type = self.data_type(column.name, &column.data_type);
            if let (Some(name), Some(data_type)) = (name, data_type) {
                read.push(ViewColumn { name, data_type });
            }
        }
        self.line = 0;
        self.refuse_duplicates("column", columns.iter().map(|column| (column.name, column.line)));
        read
    }

    fn column(&mut self, column: &ColumnDeclaration) -> Option<Column> {
        let name = self.ident(column.name);
        let data_type = self.data_type(column.name, &column.data_type);
        let place = ("column", column.name);
        let default = match &column.default {
            None => None,
            Some(default) => {
                let expr = match default.expr {
                    None => None,
                    Some(sql) => Some(self.sql(place, sql, expr)?),
                };
                Some(ColumnDefault {
                    kind: default.kind,
                    expr,
                })
            }
        };
        let codec = match column.codec {
            None => None,
            Some(codec) => Some(self.sql(place, codec, parse_codec)?),
        };
        let ttl = match column.ttl {
            None => None,
            Some(ttl) => Some(self.sql(place, ttl, expr)?),
        };
        let mut statistics = Vec::with_capacity(column.statistics.len());
        for kind in column.statistics {
            statistics.push(self.sql(place, kind, expr)?);
        }
        Some(Column {
            name: name?,
            data_type: data_type?,
            default,
            codec,
            statistics,
            ttl,
            settings: settings(column.settings),
            comment: column.comment.to_owned(),
        })
    }

    fn storage(&mut self, storage: &StorageDeclaration) -> Option<Storage> {
        let of = |clause: &'static str| (clause, "");
        let engine = self.sql(of("engine"), storage.engine, parse_engine);
        let partition_by = self.optional(of("partition key"), storage.partition_by, parse_key);
        let primary_key = self.optional(of("primary key"), storage.primary_key, parse_key);
        let order_by = self.optional(of("sorting key"), storage.order_by, parse_key);
        let unique_key = self.optional(of("unique key"), storage.unique_key, parse_unique_key);
        let sample_by = self.optional(of("sampling key"), storage.sample_by, expr);
        let mut ttl = Vec::with_capacity(storage.ttl.len());
        for rule in storage.ttl {
            ttl.extend(self.sql(of("TTL"), rule, parse_ttl)?);
        }
        // What is said last counts.
        let shared = storage.shared_settings.iter().copied().flatten();
        let settings = settings(shared.chain(storage.settings));
        self.refuse_written_out(&settings);
        let engine = engine?;
        for name in settings.0.keys() {
            if query_setting::is_of_query(&engine.name, name) {
                self.report(code::QUERY_SETTING, query_setting::message(&engine.name, name));
            }
        }
        Some(Storage {
            engine,
            partition_by: partition_by.unwrap_or_default(),
            primary_key,
            order_by: order_by.unwrap_or_default(),
            unique_key: unique_key.unwrap_or_default(),
            sample_by,
            ttl,
            settings,
        })
    }

    fn refuse_written_out(&mut self, settings: &Settings) {
        if let Some(name) = of_settings(settings) {
            self.report(
                code::INVALID_SQL,
                format!(
                    "the value of the setting `{name}` is written out: put it into the environment or a file, and write \
                     `env:NAME` or `file:PATH` here"
                ),
            );
        }
    }

    fn optional<T, E: Display>(
        &mut self,
        place: (&str, &str),
        sql: Option<&str>,
        read: fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        sql.and_then(|sql| self.sql(place, sql, read))
    }

    /// Reads a piece of SQL; `place` is what it belongs to, in words.
    fn sql<T, E: Display>(
        &mut self,
        (noun, name): (&str, &str),
        sql: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match read(sql) {
            Ok(value) => Some(value),
            Err(error) => {
                let name = if name.is_empty() {
                    String::new()
                } else {
                    format!(" `{name}`")
                };
                self.report(
                    code::INVALID_SQL,
                    format!("the {noun}{name} cannot be read: {error}"),
                );
                None
            }
        }
    }

    fn data_type(&mut self, column: &str, data_type: &TypeExpr) -> Option<DataType> {
        match DataType::try_from(data_type) {
            Ok(data_type) => Some(data_type),
            Err(error) => {
                self.report(
                    code::INVALID_TYPE,
                    format!("the column `{column}` has a type that cannot be: {error}"),
                );
                None
            }
        }
    }

    fn renamed_from(&mut self) -> Option<QualifiedName> {
        self.heading
            .renamed_from
            .and_then(|old| self.qualified(self.heading.database, old))
    }

    fn qualified(&mut self, database: Option<&str>, name: &str) -> Option<QualifiedName> {
        let database = match database {
            Some(database) => self.ident(database),
            None => Some(self.default_database.clone()),
        };
        Some(QualifiedName {
            name: self.ident(name)?,
            database: database?,
        })
    }

    fn ident(&mut self, name: &str) -> Option<Ident> {
        Ident::new(name)
            .map_err(|error| self.report(code::INVALID_NAME, error.to_string()))
            .ok()
    }

    fn refuse_duplicates<'b>(&mut self, noun: &str, names: impl Iterator<Item = (&'b str, u32)>) {
        let names: Vec<(&str, u32)> = names.collect();
        let mut sorted: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        sorted.sort_unstable();
        if sorted.array_windows().all(|[one, next]| one != next) {
            return;
        }
        let mut seen = std::collections::BTreeSet::new();
        for (name, line) in names {
            if !seen.insert(name) {
                self.line = line;
                self.report(
                    code::INVALID_NAME,
                    format!("the {noun} `{name}` is declared twice"),
                );
            }
        }
        self.line = 0;
    }

    fn report(&mut self, code: Code, message: String) {
        let heading = self.heading;
        let subject = self.declaration.subject(self.default_database);
        let place = heading.origin.place_at(self.line);
        self.findings
            .push(Diagnostic::new(code, Severity::Error, subject, message).at(Some(place)));
    }
}

fn expr(sql: &str) -> Result<Expr, crate::sql::LexError> {
    Expr::parse(sql)
}

fn settings<'s>(pairs: impl IntoIterator<Item = &'s (&'s str, &'s str)>) -> Settings {
    Settings(
        pairs
            .into_iter()
            .map(|(name, value)| ((*name).to_owned(), SettingValue::new(value)))
            .collect(),
    )
}
