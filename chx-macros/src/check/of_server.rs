//! A named collection, a resource or a workload as a whole.

use syn::{Data, DeriveInput, Fields};

use super::Heading;
use crate::attr;
use crate::attr::named::Named;
use crate::attr::of_server::Kind;
use crate::diag::Diag;

/// An object of the server, ready to be written down.
pub(crate) struct OfServer {
    /// What it is.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) heading: Heading,
    /// The parent of a workload.
    pub(crate) parent: Option<String>,
    /// Entries, operations or settings.
    pub(crate) says: String,
}

impl OfServer {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, kind: Kind, input: &DeriveInput) -> Self {
        let mut attrs = attr::of_server::OfServer::read(diag, kind, &input.attrs);
        refuse_fields(diag, kind, input);
        let (key, example) = kind.says();
        let needs = match kind {
            Kind::NamedCollection => Some("a named collection needs its keys and values"),
            Kind::Resource => Some("a resource needs what it counts"),
            Kind::Workload => None,
        };
        if let Some(needs) = needs.filter(|_| !attrs.says.is_given()) {
            diag.error(input.ident.span(), format!("{needs}: `{key} = {example}`"));
        }
        let named = Named {
            name: attrs.name,
            krate: attrs.krate,
            ..Named::default()
        };
        let parent_span = attrs.parent.span();
        let parent = attrs.parent.take().map(|parent| parent.value());
        // The server keeps no comment of it: the doc comment is for the readers of the code.
        let heading = Heading::new(diag, &named, &input.ident, "");
        if parent.as_deref() == Some(heading.name.as_str()) {
            diag.error(
                parent_span.unwrap_or(input.ident.span()),
                "a workload cannot be its own parent",
            );
        }
        Self {
            kind,
            heading,
            parent,
            says: attrs.says.take().map(|says| says.text).unwrap_or_default(),
        }
    }
}

fn refuse_fields(diag: &Diag, kind: Kind, input: &DeriveInput) {
    let name = &input.ident;
    let form = format!(
        "`{}` is for structs without fields: `struct {name};`",
        kind.derive()
    );
    if let Some(param) = input.generics.params.first() {
        diag.push(syn::Error::new_spanned(param, &form));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unit => {}
            Fields::Named(named) if named.named.is_empty() => {}
            fields @ (Fields::Named(_) | Fields::Unnamed(_)) => diag.push(syn::Error::new_spanned(
                fields,
                format!("{form}; what it says stands in `{}`", kind.says().0),
            )),
        },
        Data::Enum(_) | Data::Union(_) => diag.error(name.span(), form),
    }
}
