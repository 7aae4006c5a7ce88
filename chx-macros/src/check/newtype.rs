//! A newtype as a column type.

use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics, Ident, Path, Type};

use super::ColumnType;
use crate::attr;
use crate::diag::Diag;

/// A newtype, ready to be written down.
pub(crate) struct Newtype {
    /// The struct.
    pub(crate) ident: Ident,
    /// Its generics.
    pub(crate) generics: Generics,
    /// The type of its one field; `None` was reported.
    pub(crate) inner: Option<Type>,
    /// The column type.
    pub(crate) data_type: ColumnType,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

impl Newtype {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        let mut attrs = attr::newtype::Newtype::read(diag, &input.attrs);
        let inner = inner(diag, &input);
        let serde = attr::serde::Field::default();
        let data_type = match &inner {
            Some(inner) => ColumnType::new(
                diag,
                &attrs.data_type,
                &attrs.low_cardinality,
                &serde,
                inner,
                inner.span(),
            ),
            None => ColumnType::Inferred,
        };
        Self {
            ident: input.ident,
            generics: input.generics,
            inner,
            data_type,
            krate: attrs.krate.take(),
        }
    }
}

/// The type of the one field.
fn inner(diag: &Diag, input: &DeriveInput) -> Option<Type> {
    const FORM: &str =
        "`ChType` can be derived for a struct with one field; for others, write `impl ChType` by hand";
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) => &fields.unnamed,
            Fields::Named(fields) => &fields.named,
            Fields::Unit => {
                diag.error(input.ident.span(), FORM);
                return None;
            }
        },
        Data::Enum(_) => {
            diag.error(
                input.ident.span(),
                "`ChType` is for structs with one field; an enum is an Enum8 or Enum16 with `ChEnum`",
            );
            return None;
        }
        Data::Union(_) => {
            diag.error(input.ident.span(), FORM);
            return None;
        }
    };
    if fields.len() != 1 {
        diag.error(input.ident.span(), FORM);
        return None;
    }
    fields.first().map(|field| field.ty.clone())
}
