//! Structs that stand for something without columns: a database, a function, what belongs to the server, a raw object.
//!
//! Decides that such a struct has neither fields nor parameters.

use std::fmt::Display;

use syn::{Data, DeriveInput, Fields};

use crate::diag::Diag;

/// Refuses whatever is more than a name. `instead` says where what stood in fields belongs.
pub(super) fn refuse_fields(diag: &Diag, input: &DeriveInput, derive: &str, instead: &dyn Display) {
    let name = &input.ident;
    let form = format!("`{derive}` is for structs without fields: `struct {name};`");
    if let Some(param) = input.generics.params.first() {
        diag.push(syn::Error::new_spanned(param, &form));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unit => {}
            Fields::Named(named) if named.named.is_empty() => {}
            fields @ (Fields::Named(_) | Fields::Unnamed(_)) => {
                diag.push(syn::Error::new_spanned(fields, format!("{form}; {instead}")));
            }
        },
        Data::Enum(_) | Data::Union(_) => diag.error(name.span(), form),
    }
}
