//! What a migration expects of the database, one line of its header each.
//!
//! ```sql
//! -- chx:expect web.page_view exists
//! -- chx:expect web.page_view_old missing
//! -- chx:expect web.page_view.user Nullable(String)
//! -- chx:expect web.page_view setting index_granularity = 8192
//! -- chx:expect web.page_view rows <= 1000000
//! -- chx:expect SELECT throwIf(count() > 0, 'users without a name') FROM web.page_view WHERE user = ''
//! ```
//!
//! Decides what such a line can say and whether a schema meets it. It refuses what it cannot read; whether rows meet it
//! is asked of a database, elsewhere.

use std::fmt;

use crate::ddl::{AlterCommand, Statement, parse_access_id};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, ObjectId, Schema, SettingValue};
use crate::plan::Plan;
use crate::plan::old_names::OldNames;
use crate::sql::{Punct, Tokens, lex, unquote_string};
use crate::types::DataType;

use super::parse::id_on_server;
use super::write::ObjectName;
use super::{DataEffect, Effect};

/// One thing that a migration expects before its first statement runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// The object is there.
    Exists(ObjectId),
    /// The name is free.
    Missing(ObjectId),
    /// The column is there and has this type. Whether it holds NULL is a part of the type.
    Column {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Ident,
        /// The type, in canonical form.
        data_type: DataType,
    },
    /// The table has no such column.
    NoColumn {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Ident,
    },
    /// The table has this setting.
    Setting {
        /// The table.
        table: QualifiedName,
        /// The name of the setting.
        name: String,
        /// Its value.
        value: SettingValue,
    },
    /// The table has so many rows.
    Rows {
        /// The table.
        table: QualifiedName,
        /// The comparison.
        bound: Bound,
        /// What the number of rows is compared with.
        rows: u64,
    },
    /// The query ends without an error: `SELECT throwIf(...)`.
    Query(String),
}

/// How a number of rows is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `=`
    Exactly,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Bound {
    /// Does this number of rows keep the bound?
    pub fn holds(self, rows: u64, wanted: u64) -> bool {
        match self {
            Self::Exactly => rows == wanted,
            Self::AtMost => rows <= wanted,
            Self::AtLeast => rows >= wanted,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Exactly => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }
}

impl Expect {
    /// Reads what stands behind `chx:expect`; an error says in words what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = lex(text).map_err(|error| error.kind.to_string())?;
        if tokens
            .first()
            .is_some_and(|first| first.is_word("SELECT") || first.is_word("WITH"))
        {
            return match Effect::of(text) {
                Ok(Effect::Data(DataEffect::Keeps)) => Ok(Self::Query(text.to_owned())),
                _ => Err("is not a SELECT on one line".to_owned()),
            };
        }
        if let [about @ .., verb] = &*tokens
            && let Some(id) = id_on_server(about)
        {
            return match verb.text {
                "exists" => Ok(Self::Exists(id)),
                "missing" => Ok(Self::Missing(id)),
                _ => Err(format!("says neither `exists` nor `missing` of the {id}")),
            };
        }
        if let Some((named, verb)) = text.trim_end().rsplit_once(' ')
            && let Some(id) = parse_access_id(named)
        {
            return match verb {
                "exists" => Ok(Self::Exists(ObjectId::Access(id))),
                "missing" => Ok(Self::Missing(ObjectId::Access(id))),
                _ => Err(format!("says neither `exists` nor `missing` of `{id}`")),
            };
        }
        let (names, at) = leading_names(&tokens)?;
        let rest = tokens
            .get(at)
            .map_or("", |token| text.get(token.at..).unwrap_or_default());
        let word = rest.split_whitespace().next().unwrap_or_default();
        let alone = word.len() == rest.trim().len();
        match (names.as_slice(), word) {
            (_, "") => Err("says a name, and nothing about it".to_owned()),
            ([database], "exists") if alone => Ok(Self::Exists(ObjectId::Database(database.clone()))),
            ([database], "missing") if alone => Ok(Self::Missing(ObjectId::Database(database.clone()))),
            ([database, name], "exists") if alone => Ok(Self::Exists(relation(database, name))),
            ([database, name], "missing") if alone => Ok(Self::Missing(relation(database, name))),
            ([database, name], "setting") => {
                let (setting, value) = rest
                    .trim_start_matches("setting")
                    .split_once('=')
                    .ok_or("is not `setting NAME = VALUE`")?;
                Ok(Self::Setting {
                    table: qualified(database, name),
                    name: setting.trim().to_owned(),
                    value: setting_value(value.trim())?,
                })
            }
            ([database, name], "rows") => {
                let (bound, rows) = read_bound(rest.trim_start_matches("rows").trim())
                    .ok_or("is not `rows = N`, `rows <= N` or `rows >= N`")?;
                Ok(Self::Rows {
                    table: qualified(database, name),
                    bound,
                    rows,
                })
            }
            ([database, name, column], "missing") if alone => Ok(Self::NoColumn {
                table: qualified(database, name),
                column: column.clone(),
            }),
            ([database, name, column], _) => Ok(Self::Column {
                table: qualified(database, name),
                column: column.clone(),
                data_type: DataType::parse(rest.trim()).map_err(|error| error.to_string())?,
            }),
            _ => Err(
                "says neither `exists`, `missing`, `setting NAME = VALUE`, `rows <= N` nor, for a column, a type"
                    .to_owned(),
            ),
        }
    }

    /// What it is about, where that is known without asking.
    pub fn object(&self) -> Option<ObjectId> {
        match self {
            Self::Exists(id) | Self::Missing(id) => Some(id.clone()),
            Self::Column { table, .. }
            | Self::NoColumn { table, .. }
            | Self::Setting { table, .. }
            | Self::Rows { table, .. } => Some(ObjectId::Relation(table.clone())),
            Self::Query(_) => None,
        }
    }

    /// Why a schema does not meet it; `None` where it does, and where only the rows can tell.
    pub fn unmet(&self, schema: &Schema) -> Option<String> {
        let gone = |id: &ObjectId| format!("`{id}` does not exist");
        match self {
            Self::Exists(id) => (!schema.contains(id)).then(|| gone(id)),
            Self::Missing(id) => {
                let there = schema.get(id)?;
                Some(format!("`{id}` is there, a {}", there.kind()))
            }
            Self::Column {
                table,
                column,
                data_type,
            } => {
                let Some(found) = schema.table(table) else {
                    return Some(no_table(schema, table));
                };
                match found.column(column.as_str()) {
                    None => Some(format!("`{table}` has no column `{column}`")),
                    Some(found) if found.data_type != *data_type => {
                        Some(format!("`{table}.{column}` is {}", found.data_type))
                    }
                    Some(_) => None,
                }
            }
            Self::NoColumn { table, column } => match schema.table(table) {
                None => Some(no_table(schema, table)),
                Some(found) => found
                    .column(column.as_str())
                    .map(|found| format!("`{table}.{column}` is there, {}", found.data_type)),
            },
            Self::Setting { table, name, value } => {
                let Some(found) = schema.table(table) else {
                    return Some(no_table(schema, table));
                };
                match found.storage.settings.get(name) {
                    // What the server writes into every table is left out of the canonical form.
                    None if name == "index_granularity" && value.as_str() == "8192" => None,
                    None => Some(format!("`{table}` does not set `{name}`")),
                    Some(found) if found != value => {
                        Some(format!("`{name}` of `{table}` is {}", found.as_str()))
                    }
                    Some(_) => None,
                }
            }
            Self::Rows { table, .. } => schema.table(table).is_none().then(|| no_table(schema, table)),
            Self::Query(_) => None,
        }
    }

    /// What the statements of a plan rely on without looking: the types of columns that they convert, rename and drop.
    pub(super) fn of_plan(plan: &Plan, before: &Schema) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let mut old_names = OldNames::default();
        for step in &plan.steps {
            old_names.follow(&step.statement);
            let Statement::AlterTable(alter) = &step.statement else {
                continue;
            };
            // A table that the same plan renames has its old name yet.
            let Some(table) = before.table(old_names.of(&alter.name)) else {
                continue;
            };
            for command in &alter.commands {
                let name = match command {
                    AlterCommand::ModifyColumn(change) if change.data_type.is_some() => &change.name,
                    AlterCommand::DropColumn { name, .. } => name,
                    AlterCommand::RenameColumn { from, .. } => from,
                    _ => continue,
                };
                let Some(column) = table.column(name.as_str()) else {
                    continue;
                };
                let expect = Self::Column {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    data_type: column.data_type.clone(),
                };
                if !found.contains(&expect) {
                    found.push(expect);
                }
            }
        }
        found
    }
}

/// As it stands behind `chx:expect`.
impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(id) => write!(f, "{} exists", ObjectName(id)),
            Self::Missing(id) => write!(f, "{} missing", ObjectName(id)),
            Self::Column {
                table,
                column,
                data_type,
            } => write!(f, "{}.{} {data_type}", table.sql(), column.sql()),
            Self::NoColumn { table, column } => write!(f, "{}.{} missing", table.sql(), column.sql()),
            Self::Setting { table, name, value } => {
                write!(f, "{} setting {name} = {value}", table.sql())
            }
            Self::Rows { table, bound, rows } => write!(f, "{} rows {} {rows}", table.sql(), bound.sign()),
            Self::Query(sql) => f.write_str(sql),
        }
    }
}

fn no_table(schema: &Schema, name: &QualifiedName) -> String {
    match schema.relation(name).map(Object::kind) {
        None => format!("`{name}` does not exist"),
        Some(kind) => format!("`{name}` is a {kind}"),
    }
}

fn qualified(database: &Ident, name: &Ident) -> QualifiedName {
    QualifiedName {
        database: database.clone(),
        name: name.clone(),
    }
}

fn relation(database: &Ident, name: &Ident) -> ObjectId {
    ObjectId::Relation(qualified(database, name))
}

/// A number, a word or a string in quotes.
fn setting_value(text: &str) -> Result<SettingValue, String> {
    let is_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '\'');
    match unquote_string(text) {
        Ok(Some(text)) => Ok(SettingValue::new(&text)),
        _ if is_word => Ok(SettingValue::new(text)),
        _ => Err(format!("`{text}` is not a value of a setting")),
    }
}

fn read_bound(text: &str) -> Option<(Bound, u64)> {
    [Bound::AtMost, Bound::AtLeast, Bound::Exactly]
        .into_iter()
        .find_map(|bound| {
            let rows = text.strip_prefix(bound.sign())?;
            Some((bound, rows.trim().parse().ok()?))
        })
}

/// Up to three names with dots between them, and the place of the token behind them.
fn leading_names(tokens: &Tokens<'_>) -> Result<(Vec<Ident>, usize), String> {
    let mut names = Vec::new();
    let mut at = 0;
    loop {
        let name = tokens
            .get(at)
            .and_then(|token| token.name().ok().flatten())
            .and_then(|name| Ident::new(name).ok());
        let Some(name) = name else {
            return Err("does not start with the name of an object, nor with SELECT".to_owned());
        };
        names.push(name);
        at += 1;
        if names.len() == 3 || !tokens.get(at).is_some_and(|token| token.is(Punct::Dot)) {
            return Ok((names, at));
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::schema_of_script;

    #[test]
    fn each_line_is_written_as_it_is_read() {
        for line in [
            "web exists",
            "web.a exists",
            "web.`odd name` missing",
            "function lin exists",
            "grantee reader exists",
            "row policy own ON web.hits missing",
            "row policy `odd name` ON web.* exists",
            "settings profile p missing",
            "function `odd name` missing",
            "web.a.user Nullable(String)",
            "web.a.`n.a` Array(UInt64)",
            "web.a.user missing",
            "web.a setting index_granularity = 4096",
            "web.a rows <= 1000000",
            "web.a rows >= 1",
            "web.a rows = 0",
            "SELECT throwIf(count() > 0, 'no') FROM web.a",
        ] {
            assert_eq!(
                Expect::parse(line).map(|expect| expect.to_string()),
                Ok(line.to_owned())
            );
        }
        assert_eq!(
            Expect::parse("web.a.n INT").map(|expect| expect.to_string()),
            Ok("web.a.n Int32".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (line, why) in [
            ("", "does not start with"),
            ("web.a", "nothing about it"),
            ("web.a there", "says neither"),
            ("web.a rows < 3", "is not `rows"),
            ("web.a rows <= many", "is not `rows"),
            ("web.a setting x", "is not `setting"),
            ("web.a.b Strin", "Strin"),
            ("SELECT 1; DROP TABLE web.a", "is not a SELECT"),
            ("exists", "nothing about it"),
        ] {
            let error = Expect::parse(line).expect_err(line);
            assert!(error.contains(why), "{line}: {error}");
        }
    }

    #[test]
    fn a_schema_meets_it_or_says_why_not() {
        let script = "CREATE TABLE web.a (id UInt64, user Nullable(String)) ENGINE = MergeTree ORDER BY id
                      SETTINGS min_bytes_for_wide_part = 0;
                      CREATE VIEW web.v AS SELECT id FROM web.a";
        let web = Ident::new("web").expect("a name");
        let schema = schema_of_script(script, "schema.sql", &web).expect("a schema");
        let why = |line: &str| Expect::parse(line).expect(line).unmet(&schema);
        for met in [
            "web.a exists",
            "web.b missing",
            "web.a.user Nullable(String)",
            "web.a.nick missing",
            "web.a setting index_granularity = 8192",
            "web.a setting min_bytes_for_wide_part = 0",
            "web.a rows = 0",
            "SELECT 1",
        ] {
            assert_eq!(why(met), None, "{met}");
        }
        for (unmet, words) in [
            ("web.b exists", "`web.b` does not exist"),
            ("web.v missing", "`web.v` is there, a view"),
            ("web.a.user String", "`web.a.user` is Nullable(String)"),
            ("web.a.nick String", "`web.a` has no column `nick`"),
            ("web.a.user missing", "`web.a.user` is there, Nullable(String)"),
            ("web.v.id UInt64", "`web.v` is a view"),
            (
                "web.a setting ttl_only_drop_parts = 1",
                "`web.a` does not set `ttl_only_drop_parts`",
            ),
            (
                "web.a setting min_bytes_for_wide_part = 1",
                "`min_bytes_for_wide_part` of `web.a` is 0",
            ),
            ("web.b rows = 0", "`web.b` does not exist"),
        ] {
            assert_eq!(why(unmet).as_deref(), Some(words), "{unmet}");
        }
    }
}
