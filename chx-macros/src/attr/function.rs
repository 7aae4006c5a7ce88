//! `#[ch(...)]` on a struct with `ChFunction`.

use chx_core::ddl::parse_lambda;
use syn::{Attribute, LitStr, Path};

use super::entry;
use super::fragment;
use super::keys;
use super::named;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A function as written.
#[derive(Default)]
pub(crate) struct Function {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `lambda = "(x, y) -> x + y"`.
    pub(crate) lambda: Slot<Sql>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Function {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut function = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => function.name.set(diag, &entry, named::name(diag, &entry)),
                "lambda" => function.lambda.set(diag, &entry, lambda(diag, &entry)),
                "crate" => function.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::FUNCTION),
            }
        }
        function
    }
}

fn lambda(diag: &Diag, entry: &entry::Entry) -> Option<Sql> {
    const FORM: &str = "takes the parameters and the body in quotes, such as `\"(x, y) -> x + y\"`";
    let written = fragment::sql(diag, entry, FORM)?;
    Sql::parsed(diag, &written, parse_lambda).map(|(sql, _)| sql)
}
