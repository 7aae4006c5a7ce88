//! A named collection, a resource or a workload as a whole.

use syn::DeriveInput;

use super::Heading;
use super::unit::refuse_fields;
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
        let (key, example) = kind.says();
        let instead = format!("what it says stands in `{key}`");
        refuse_fields(diag, input, kind.derive(), &instead);
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
