//! A SQL function as a whole.

use syn::DeriveInput;

use super::Heading;
use super::unit::refuse_fields;
use crate::attr;
use crate::attr::named::Named;
use crate::diag::Diag;

/// A function, ready to be written down.
pub(crate) struct Function {
    /// What it is called.
    pub(crate) heading: Heading,
    /// Parameters and body.
    pub(crate) lambda: String,
}

impl Function {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: &DeriveInput) -> Self {
        let mut attrs = attr::function::Function::read(diag, &input.attrs);
        refuse_fields(diag, input, "ChFunction", &"its parameters stand in the lambda");
        if !attrs.lambda.is_given() {
            diag.error(
                input.ident.span(),
                "a function needs its parameters and its body: `lambda = \"(x, y) -> x + y\"`",
            );
        }
        let named = Named {
            name: attrs.name,
            krate: attrs.krate,
            ..Named::default()
        };
        Self {
            // The server keeps no comment of a function: the doc comment is for the readers of the code.
            heading: Heading::new(diag, &named, &input.ident, ""),
            lambda: attrs.lambda.take().map(|lambda| lambda.text).unwrap_or_default(),
        }
    }
}
