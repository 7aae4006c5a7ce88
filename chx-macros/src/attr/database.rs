//! `#[ch(...)]` on a struct with `ChDatabase`.
//!
//! Decides whether an engine's name is known (a string goes unchecked, for engines younger than this list) and that no
//! secret is written out in its arguments.

use chx_core::ddl::parse_database_engine;
use chx_core::model::Database as Model;
use proc_macro2::{Delimiter, TokenTree};
use syn::{Attribute, Ident, LitStr, Path};

use super::entry::{self, Entry, Given};
use super::fragment::{self, Fragment};
use super::keys;
use super::named;
use super::settings::{self, Setting};
use super::slot::Slot;
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// A database as written.
#[derive(Default)]
pub(crate) struct Database {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `comment = "..."`.
    pub(crate) comment: Slot<LitStr>,
    /// `engine = ...`, as SQL.
    pub(crate) engine: Slot<String>,
    /// `settings(...)`.
    pub(crate) settings: Slot<Vec<Setting>>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Database {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut database = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => database.name.set(diag, &entry, named::name(diag, &entry)),
                "comment" => database.comment.set(diag, &entry, named::comment(diag, &entry)),
                "engine" => database.engine.set(diag, &entry, engine(diag, &entry)),
                "settings" => database
                    .settings
                    .set(diag, &entry, settings::settings(diag, &entry)),
                "crate" => database.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::DATABASE),
            }
        }
        database
    }
}

/// Reads `Name`, `Name("argument", ...)` or `"Name(arguments)"`.
fn engine(diag: &Diag, entry: &Entry) -> Option<String> {
    const FORM: &str =
        "takes the engine of a database, such as `Memory` or `Replicated(\"'/databases/app'\", ...)`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Some(written) = Written::read(value) {
        let (sql, _) = Sql::parsed(diag, &written, parse_database_engine)?;
        return Some(sql.text);
    }
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    let (name, args) = match tokens.as_slice() {
        [TokenTree::Ident(name)] => (name, Vec::new()),
        [TokenTree::Ident(name), TokenTree::Group(args)] if args.delimiter() == Delimiter::Parenthesis => {
            (name, fragment::all(diag, args.stream(), "engine")?)
        }
        _ => return entry.malformed(diag, FORM),
    };
    if !Model::ENGINES.contains(&name.to_string().as_str()) {
        report_unknown(diag, name);
    }
    if fragment::report_bare_texts(diag, name, &args, parse_database_engine) {
        return None;
    }
    let args = args.iter().map(|arg| argument(diag, arg));
    let args: Vec<String> = args.collect::<Option<_>>()?;
    let sql = if args.is_empty() {
        name.to_string()
    } else {
        format!("{name}({})", args.join(", "))
    };
    match parse_database_engine(&sql) {
        Ok(_) => Some(sql),
        Err(error) => {
            if error.kind.is_about_secret() {
                diag.keep_secret();
            }
            diag.error(name.span(), error.kind);
            None
        }
    }
}

fn argument(diag: &Diag, arg: &Fragment) -> Option<String> {
    match arg {
        Fragment::Sql(sql) => Some(sql.text.clone()),
        Fragment::Field(word) => Some(super::super::check::quoted(&word.to_string())),
        Fragment::Tuple(_, span) => {
            diag.error(
                *span,
                "an argument of a database's engine is a word, a number or SQL in quotes",
            );
            None
        }
    }
}

fn report_unknown(diag: &Diag, name: &Ident) {
    let written = name.to_string();
    let message = match chx_core::nearest::nearest(&written, Model::ENGINES) {
        Some(near) => format!("unknown database engine `{written}`; did you mean `{near}`?"),
        None => format!(
            "unknown database engine `{written}`; if the server knows it, write it in quotes: `engine = \"{written}\"`"
        ),
    };
    diag.error(name.span(), message);
}
