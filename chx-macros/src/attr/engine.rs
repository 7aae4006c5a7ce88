//! `engine = ReplacingMergeTree(version)`.
//!
//! Decides whether an engine's name is known (a string goes unchecked, for engines younger than this list) and reads
//! its arguments.

use chx_core::ddl::parse_engine;
use chx_core::rules::engine::{self, EngineRules};
use proc_macro2::{Delimiter, Span, TokenTree};
use syn::Ident;

use super::entry::{Entry, Given};
use super::fragment::{self, Fragment};
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// An engine as written.
pub(crate) struct Engine {
    /// Its name.
    pub(crate) name: String,
    /// Its arguments.
    pub(crate) args: Vec<Fragment>,
    /// Where the name stands.
    pub(crate) span: Span,
    /// Is it `raw("...")`?
    pub(crate) is_raw: bool,
}

impl Engine {
    /// Refuses a secret that is written out among the arguments.
    fn keep_secrets(&self, diag: &Diag) -> Option<()> {
        let argument = |arg: &Fragment| match arg {
            Fragment::Sql(sql) => sql.text.clone(),
            Fragment::Field(_) | Fragment::Tuple(..) => "x".to_owned(),
        };
        let args: Vec<String> = self.args.iter().map(argument).collect();
        match parse_engine(&format!("{}({})", self.name, args.join(", "))) {
            Err(error) if error.kind.is_about_secret() => {
                diag.keep_secret();
                diag.error(self.span, error.kind);
                None
            }
            _ => Some(()),
        }
    }

    /// Does it belong to the MergeTree family, whose arguments are columns?
    pub(crate) fn is_merge_tree(&self) -> bool {
        self.name.ends_with("MergeTree")
    }

    /// The name without the prefixes Replicated and Shared.
    pub(crate) fn base(&self) -> &str {
        engine::base(&self.name)
    }

    /// What is known of it; nothing of one that is newer than this version or in `raw(...)`.
    pub(crate) fn rules(&self) -> Option<EngineRules> {
        engine::rules(&self.name).filter(|_| !self.is_raw)
    }
}

/// Reads `Name`, `Name(args)` or `"Name(args)"`.
pub(crate) fn engine(diag: &Diag, entry: &Entry) -> Option<Engine> {
    const FORM: &str = "takes a table engine, such as `MergeTree` or `ReplacingMergeTree(version)`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    if let Some(written) = Written::read(value) {
        return in_quotes(diag, &written);
    }
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    let (name, args) = match tokens.as_slice() {
        [TokenTree::Ident(name)] => (name, Vec::new()),
        [TokenTree::Ident(name), TokenTree::Group(args)] if args.delimiter() == Delimiter::Parenthesis => {
            (name, fragment::all(diag, args.stream(), "engine")?)
        }
        _ => return entry.malformed(diag, FORM),
    };
    if engine::rules(&name.to_string()).is_none() {
        report_unknown(diag, name);
    }
    fragment::report_bare_texts(diag, name, &args, parse_engine);
    let engine = Engine {
        name: name.to_string(),
        args,
        span: name.span(),
        is_raw: false,
    };
    engine.keep_secrets(diag)?;
    Some(engine)
}

/// The name, and the arguments as SQL, of an engine in a string: its name is not checked.
fn in_quotes(diag: &Diag, written: &Written) -> Option<Engine> {
    let (sql, engine) = Sql::parsed(diag, written, parse_engine)?;
    let args = engine
        .args
        .iter()
        .map(|arg| Fragment::Sql(Sql::verbatim(arg.as_sql().to_owned(), sql.span())));
    Some(Engine {
        name: engine.name,
        args: args.collect(),
        span: sql.span(),
        is_raw: sql.is_raw,
    })
}

fn report_unknown(diag: &Diag, name: &Ident) {
    let written = name.to_string();
    let message = match chx_core::nearest::nearest(&written, engine::names()) {
        Some(near) => format!("unknown table engine `{written}`; did you mean `{near}`?"),
        None => format!(
            "unknown table engine `{written}`; if the server knows it, write it in quotes: `engine = \"{written}\"`"
        ),
    };
    diag.error(name.span(), message);
}
