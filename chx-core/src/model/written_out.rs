//! Which arguments of an engine and which settings are secrets.
//!
//! Decides it as the server does, which hides them in what it shows (measured on 26.7, for each engine below). A secret
//! stands in a statement as the place that it comes from ([`Secret`]); written out it is refused, and where a server was
//! told to show it, nobody else is.
//!
//! A secret is a string: an argument of its own, the value of a named one (`password = '...'`), or the value of a header
//! (`headers('Authorization' = '...')`).

mod query;

use std::ops::Range;

use super::{Engine, Expr, Secret, Settings};
use crate::sql::{Punct, TokenKind, lex, quote_string, unquote_string};

pub use query::hides_arguments;
pub(crate) use query::{hide_in_query, of_query, secrets_of_query, with_secrets};

/// Whose engine it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EngineOf {
    /// Of a table.
    Table,
    /// Of a database.
    Database,
}

/// The engines with a secret at a place of its own, counted from 0: of tables and of databases.
const TABLE_ENGINES: [(&str, usize); 9] = [
    ("ExternalDistributed", 5),
    ("JDBC", 0),
    ("MaterializedPostgreSQL", 4),
    ("MongoDB", 4),
    ("MySQL", 4),
    ("ODBC", 0),
    ("PostgreSQL", 4),
    ("Redis", 2),
    ("YTsaurus", 2),
];
const DATABASE_ENGINES: [(&str, usize); 7] = [
    ("MaterializeMySQL", 3),
    ("MaterializedMySQL", 3),
    ("MaterializedPostgreSQL", 3),
    ("MySQL", 3),
    ("PostgreSQL", 3),
    ("Remote", 3),
    ("RemoteSecure", 3),
];
/// The engines over objects of S3: `('url', 'access key', 'secret'[, 'session token'][, format[, compression]])`.
const OBJECT_STORES: [&str; 11] = [
    "COSN",
    "DeltaLake",
    "DeltaLakeS3",
    "GCS",
    "Hudi",
    "Iceberg",
    "IcebergS3",
    "OSS",
    "PaimonS3",
    "S3",
    "S3Queue",
];
/// What the names of formats begin with. They stand where a key could stand.
const FORMATS: [&str; 34] = [
    "arrow",
    "auto",
    "avro",
    "bson",
    "capnproto",
    "csv",
    "customseparated",
    "dwarf",
    "form",
    "hash",
    "json",
    "line",
    "markdown",
    "msgpack",
    "mysql",
    "native",
    "ndjson",
    "npy",
    "null",
    "odbc",
    "one",
    "orc",
    "parquet",
    "pretty",
    "prometheus",
    "protobuf",
    "raw",
    "regexp",
    "rowbinary",
    "sqlinsert",
    "tabseparated",
    "template",
    "tsv",
    "values",
];

/// Is this a setting whose value the server hides, of a table or a database: `kafka_sasl_password`, `nats_token`,
/// `catalog_credential`?
pub(crate) fn is_secret_setting(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("password")
        || name.contains("secret")
        || name.ends_with("_token")
        || name == "catalog_credential"
        || name == "auth_header"
}

/// `scheme://user:password@host`.
pub(crate) fn says_password(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    authority
        .rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':'))
}

/// The strings of an argument that can be secrets: the argument itself, or what stands behind an `=` in it.
pub(crate) fn strings(arg: &Expr) -> Vec<Range<usize>> {
    let Ok(tokens) = lex(arg.as_sql()) else {
        return Vec::new();
    };
    let is_lone = tokens.len() == 1;
    let mut behind_eq = false;
    let mut found = Vec::new();
    for token in &*tokens {
        if token.kind == TokenKind::String && (is_lone || behind_eq) {
            found.push(token.at..token.end());
        }
        behind_eq = token.is(Punct::Eq);
    }
    found
}

/// The secret that a string of an argument stands for.
pub(crate) fn secret_at(arg: &Expr, at: &Range<usize>) -> Option<Secret> {
    Secret::parse(&unquote_string(arg.as_sql().get(at.clone())?).ok()??)
}

/// Puts another text in the place of a string.
pub(crate) fn replaced(arg: &Expr, at: &Range<usize>, text: &str) -> Option<Expr> {
    let sql = arg.as_sql();
    let (before, after) = (sql.get(..at.start)?, sql.get(at.end..)?);
    Expr::parse(&format!("{before}{}{after}", quote_string(text))).ok()
}

/// The argument with its secrets hidden; `None` where it has none that is shown.
pub(crate) fn with_hidden(arg: &Expr) -> Option<Expr> {
    hide(arg, |at| {
        secret_at(arg, at).is_some_and(|secret| secret != Secret::Hidden)
    })
}

/// The argument with the strings hidden that are secrets in another argument of the same shape.
pub(crate) fn with_hidden_like(arg: &Expr, other: &Expr) -> Option<Expr> {
    let theirs = strings(other);
    let mut ours = strings(arg).into_iter().zip(&theirs);
    let hidden: Vec<Range<usize>> = ours
        .by_ref()
        .filter(|(_, at)| secret_at(other, at).is_some())
        .map(|(at, _)| at)
        .collect();
    hide(arg, |at| {
        hidden.contains(at) && secret_at(arg, at) != Some(Secret::Hidden)
    })
}

fn hide(arg: &Expr, is_secret: impl Fn(&Range<usize>) -> bool) -> Option<Expr> {
    let places: Vec<_> = strings(arg).into_iter().filter(is_secret).collect();
    let mut hidden = None;
    // From the end, so that the places in front stay where they are.
    for at in places.iter().rev() {
        hidden = Some(replaced(
            hidden.as_ref().unwrap_or(arg),
            at,
            &Secret::Hidden.text(),
        )?);
    }
    hidden
}

/// A secret that is written out in an engine, by the words of the statement.
pub(crate) fn of_engine(engine: &Engine, of: EngineOf) -> Option<String> {
    find(engine, of).into_iter().next().map(|found| found.what)
}

/// The engine with the secrets that are written out hidden.
pub(crate) fn hide_in_engine(engine: &mut Engine, of: EngineOf) {
    for found in find(engine, of).into_iter().rev() {
        if let Some(arg) = engine.args.get_mut(found.arg)
            && let Some(hidden) = replaced(arg, &found.at, &Secret::Hidden.text())
        {
            *arg = hidden;
        }
    }
}

/// A setting whose secret is written out.
pub(crate) fn of_settings(settings: &Settings) -> Option<String> {
    let of_disk = settings.own_disk().and_then(|disk| disk.written_out());
    of_disk.or_else(|| {
        let mut all = settings.0.iter();
        let found = all.find(|(name, value)| of_setting(name, value.as_str()));
        found.map(|(name, _)| name.clone())
    })
}

/// Is the value of a setting a secret that is written out?
pub(crate) fn of_setting(name: &str, value: &str) -> bool {
    is_secret_setting(name) && is_written_out(value)
}

/// A value that says not where it comes from.
pub(crate) fn is_written_out(text: &str) -> bool {
    !text.is_empty() && Secret::parse(text).is_none()
}

struct Found {
    arg: usize,
    at: Range<usize>,
    what: String,
}

/// All secrets that are written out, in order.
fn find(engine: &Engine, of: EngineOf) -> Vec<Found> {
    let positional = positional(engine, of);
    let mut found = Vec::new();
    for (arg, expr) in engine.args.iter().enumerate() {
        let name = expr.as_sql().split([' ', '(']).next().unwrap_or_default();
        let name = name.trim_matches('`');
        let is_lone = expr.as_sql().starts_with('\'');
        for at in strings(expr) {
            let text = expr
                .as_sql()
                .get(at.clone())
                .and_then(|literal| unquote_string(literal).ok().flatten());
            let Some(text) = text.filter(|text| is_written_out(text)) else {
                continue;
            };
            let what = if is_lone && positional.contains(&arg) {
                format!("argument {} of {}", arg + 1, engine.name)
            } else if !is_lone && (is_secret_argument(name) || name.eq_ignore_ascii_case("headers")) {
                format!("{name} of {}", engine.name)
            } else if says_password(&text) || text.contains("AccountKey=") {
                format!("the address in argument {} of {}", arg + 1, engine.name)
            } else {
                continue;
            };
            found.push(Found { arg, at, what });
        }
    }
    found
}

/// Is this the name of an argument that is a secret: `password = '...'`?
fn is_secret_argument(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "secret", "session_token", "account_key"]
        .iter()
        .any(|word| name.contains(word))
}

/// The places of secrets among the arguments.
fn positional(engine: &Engine, of: EngineOf) -> Vec<usize> {
    let name = engine.name.as_str();
    let at = |engines: &[(&str, usize)]| {
        let place = engines.iter().find(|(engine, _)| *engine == name);
        place.map(|(_, place)| *place).into_iter().collect()
    };
    if of == EngineOf::Database {
        return at(&DATABASE_ENGINES);
    }
    if query::CIPHERS.iter().any(|(_, function)| *function == name) {
        return vec![2];
    }
    match name {
        "redis()" => return vec![4],
        // ('host', db.table, 'user', 'password') and ('host', 'db', 'table', 'user', 'password')
        "remote()" => {
            let named = |arg: &Expr| arg.as_sql().contains(['.', '(']) && !arg.as_sql().starts_with('\'');
            return vec![if engine.args.get(1).is_some_and(named) {
                3
            } else {
                4
            }];
        }
        // The cluster comes first.
        "S3Cluster" | "AzureBlobStorageCluster" => {
            let rest = Engine {
                name: name.trim_end_matches("Cluster").to_owned(),
                args: engine.args.get(1..).unwrap_or_default().to_vec(),
            };
            return positional(&rest, of).into_iter().map(|place| place + 1).collect();
        }
        _ => {}
    }
    let is_plain = |arg: &&Expr| arg.as_sql().starts_with('\'') || arg.is_plain_column().is_some();
    let plain = engine.args.iter().take_while(is_plain).count();
    let is_format = |index: usize| {
        let arg = engine.args.get(index).map_or("", |arg| arg.as_sql());
        let word = arg.trim_matches('\'').to_ascii_lowercase();
        FORMATS.iter().any(|format| word.starts_with(format))
    };
    if OBJECT_STORES.contains(&name) {
        let is_unsigned = engine.args.get(1).is_some_and(|arg| {
            let word = arg.as_sql().trim_matches('\'');
            word.eq_ignore_ascii_case("NOSIGN")
        });
        return match plain {
            _ if is_unsigned || is_format(1) => Vec::new(),
            0..=2 => Vec::new(),
            3 => vec![2],
            // ('url', 'key', 'secret', 'CSV'[, 'gzip']) or ('url', 'key', 'secret', 'token'[, 'CSV'])
            _ if is_format(3) => vec![2],
            _ => vec![2, 3],
        };
    }
    if matches!(
        name,
        "AzureBlobStorage" | "AzureQueue" | "IcebergAzure" | "DeltaLakeAzure"
    ) {
        // ('url', 'container', 'path', 'account', 'key'[, format[, compression]])
        let has_key = plain >= 5 && !is_format(3);
        return if has_key { vec![4] } else { Vec::new() };
    }
    at(&TABLE_ENGINES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object, parse_statement, render_line, render_object_line};

    fn table(engine: &str) -> String {
        format!("CREATE TABLE d.t (k UInt8) ENGINE = {engine}")
    }

    #[test]
    fn a_password_that_is_written_out_is_refused_and_not_repeated() {
        for engine in [
            "MySQL('h:1', 'd', 't', 'u', 'hunter2')",
            "MySQL(nc, password = 'hunter2')",
            "PostgreSQL('h:1', 'd', 't', 'u', 'hunter2', 'schema')",
            "MongoDB('h:1', 'd', 'c', 'u', 'hunter2')",
            "MongoDB('mongodb://u:hunter2@h:1/d', 'c')",
            "Redis('h:1', 0, 'hunter2') PRIMARY KEY k",
            "ODBC('DSN=x;PWD=hunter2', 'd', 't')",
            "S3('http://h/b/x', 'id', 'hunter2')",
            "S3('http://h/b/x', 'id', 'hunter2', 'CSV')",
            "S3('http://h/b/x', 'id', 'hunter2', 'CSV', 'gzip')",
            "S3('http://h/b/x', 'id', 'env:KEY', 'hunter2', 'CSV')",
            "S3('http://h/b/x', access_key_id = 'id', secret_access_key = 'hunter2')",
            "S3Queue('http://h/b/x', 'id', 'hunter2', 'CSV')",
            "AzureBlobStorage('http://h', 'c', 'x.csv', 'name', 'hunter2', 'CSV')",
            "AzureBlobStorage('AccountName=a;AccountKey=hunter2', 'c', 'x.csv')",
            "URL('http://u:hunter2@h/x', 'CSV')",
            "URL('http://h/x', 'CSV', headers('Authorization' = 'hunter2'))",
            "Kafka SETTINGS kafka_broker_list = 'h:1', kafka_sasl_password = 'hunter2'",
            "NATS SETTINGS nats_url = 'h:1', nats_token = 'hunter2'",
        ] {
            let error = parse_statement(&table(engine), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains("is written out"), "{engine}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
            // A server that shows its secrets is not repeated either.
            let shown = parse_object(&table(engine), &ParseContext::default()).unwrap();
            let text = render_object_line(&shown);
            assert!(text.contains("[HIDDEN]") && !text.contains("hunter2"), "{text}");
        }
        let database = "CREATE DATABASE d ENGINE = MySQL('h:1', 'd', 'u', 'hunter2')";
        let error = parse_statement(database, &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains("argument 4 of MySQL"), "{error}");
    }

    #[test]
    fn a_mistake_beside_a_password_does_not_show_it() {
        for engine in [
            "MySQL('h:1', 'd', 't', 'u' 'hunter2')",
            "MySQL('h:1', 'd', 't', 'u', 'hunter2') ORDERBY k",
            "S3('h', 'id', 'env:KEY' 'hunter2', 'CSV')",
            "ORDERBY MySQL('h:1', 'd', 't', 'u', 'hunter2')",
            "MySQL('h:1', 'd', 't', 'u', 'hunter2",
        ] {
            let error = parse_statement(&table(engine), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(!text.contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn what_is_no_secret_may_stand() {
        for engine in [
            "MySQL('h:1', 'd', 't', 'u', 'env:PW')",
            "MySQL('h:1', 'd', 't', 'u', '')",
            "S3('http://h/b/x', 'CSV')",
            "S3('http://h/b/x', 'CSV', 'gzip')",
            "S3('http://h/b/x', NOSIGN, 'CSV', 'gzip')",
            "S3('http://h/b/x', 'id', 'env:KEY', 'file:token', 'CSV')",
            "URL('http://h/x', 'CSV', headers('Authorization' = 'env:TOKEN'))",
            "Distributed('c', 'd', 'a@b', cityHash64(k))",
            "Kafka SETTINGS kafka_sasl_password = 'env:PW', kafka_sasl_username = 'u'",
        ] {
            let sql = table(engine);
            let statement = parse_statement(&sql, &ParseContext::default()).unwrap();
            assert_eq!(render_line(&statement), sql);
        }
    }

    #[test]
    fn secrets_are_found_inside_of_arguments() {
        let arg = Expr::parse("headers('a' = 'env:A', 'b' = 'shown')").unwrap();
        assert_eq!(
            with_hidden(&arg).unwrap().as_sql(),
            "headers('a' = '[HIDDEN]', 'b' = 'shown')"
        );
        let live = Expr::parse("headers('a' = 'x', 'b' = 'shown')").unwrap();
        assert_eq!(
            with_hidden_like(&live, &arg).unwrap().as_sql(),
            "headers('a' = '[HIDDEN]', 'b' = 'shown')"
        );
    }
}
