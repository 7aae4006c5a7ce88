//! `engine = ReplacingMergeTree(version)`.
//!
//! Decides whether an engine's name is known (a string goes unchecked, for engines younger than this list) and reads
//! its arguments.

use chx_core::ddl::parse_engine;
use proc_macro2::{Delimiter, Span, TokenTree};
use syn::{Ident, LitStr};

use super::entry::{Entry, Given};
use super::fragment::{self, Fragment};
use super::sql::Sql;
use crate::diag::Diag;

/// An engine as written.
pub(crate) struct Engine {
    /// Its name.
    pub(crate) name: String,
    /// Its arguments.
    pub(crate) args: Vec<Fragment>,
    /// Where the name stands.
    pub(crate) span: Span,
}

/// The table engines of ClickHouse 26.7 (`system.table_engines`), without the prefixes Replicated and Shared.
const KNOWN: [&str; 51] = [
    "MergeTree",
    "ReplacingMergeTree",
    "SummingMergeTree",
    "AggregatingMergeTree",
    "CollapsingMergeTree",
    "VersionedCollapsingMergeTree",
    "CoalescingMergeTree",
    "GraphiteMergeTree",
    "Memory",
    "Log",
    "TinyLog",
    "StripeLog",
    "Null",
    "Set",
    "Join",
    "Buffer",
    "Merge",
    "Distributed",
    "File",
    "FileLog",
    "URL",
    "Kafka",
    "NATS",
    "RabbitMQ",
    "Redis",
    "MySQL",
    "PostgreSQL",
    "MaterializedPostgreSQL",
    "SQLite",
    "MongoDB",
    "ODBC",
    "JDBC",
    "EmbeddedRocksDB",
    "KeeperMap",
    "GenerateRandom",
    "Executable",
    "ExecutablePool",
    "Dictionary",
    "Alias",
    "TimeSeries",
    "S3",
    "S3Queue",
    "AzureBlobStorage",
    "AzureQueue",
    "HDFS",
    "COSN",
    "OSS",
    "Iceberg",
    "DeltaLake",
    "Hudi",
    "Paimon",
];

impl Engine {
    /// Does it belong to the MergeTree family, whose arguments are columns?
    pub(crate) fn is_merge_tree(&self) -> bool {
        self.name.ends_with("MergeTree")
    }
}

/// Reads `Name`, `Name(args)` or `"Name(args)"`.
pub(crate) fn engine(diag: &Diag, entry: &Entry) -> Option<Engine> {
    const FORM: &str = "takes a table engine, such as `MergeTree` or `ReplacingMergeTree(version)`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Ok(literal) = syn::parse2::<LitStr>(value.clone()) {
        return in_quotes(diag, &literal);
    }
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    let (name, args) = match tokens.as_slice() {
        [TokenTree::Ident(name)] => (name, Vec::new()),
        [TokenTree::Ident(name), TokenTree::Group(args)] if args.delimiter() == Delimiter::Parenthesis => {
            (name, fragment::all(diag, args.stream(), "engine")?)
        }
        _ => return entry.malformed(diag, FORM),
    };
    if !is_known(&name.to_string()) {
        report_unknown(diag, name);
    }
    Some(Engine {
        name: name.to_string(),
        args,
        span: name.span(),
    })
}

/// The name, and the arguments as SQL, of an engine in a string: its name is not checked.
fn in_quotes(diag: &Diag, literal: &LitStr) -> Option<Engine> {
    let (sql, engine) = Sql::parsed(diag, literal, parse_engine)?;
    let args = engine
        .args
        .iter()
        .map(|arg| Fragment::Sql(Sql::verbatim(arg.as_sql().to_owned(), sql.span())));
    Some(Engine {
        name: engine.name,
        args: args.collect(),
        span: sql.span(),
    })
}

fn is_known(name: &str) -> bool {
    KNOWN.contains(&base(name))
}

/// The name without the prefix of its replicated variant.
fn base(name: &str) -> &str {
    let base = name
        .strip_prefix("Replicated")
        .or_else(|| name.strip_prefix("Shared"));
    base.filter(|base| base.ends_with("MergeTree")).unwrap_or(name)
}

fn report_unknown(diag: &Diag, name: &Ident) {
    let written = name.to_string();
    let message = match chx_core::nearest::nearest(&written, KNOWN) {
        Some(near) => format!("unknown table engine `{written}`; did you mean `{near}`?"),
        None => format!(
            "unknown table engine `{written}`; if the server knows it, write it in quotes: `engine = \"{written}\"`"
        ),
    };
    diag.error(name.span(), message);
}
