//! Settings that several tables share.

use syn::{Data, DeriveInput, Fields, Ident, Path};

use super::settings;
use crate::attr::settings::Shared;
use crate::diag::Diag;

/// A struct of settings, ready to be written down.
pub(crate) struct SharedSettings {
    /// The struct.
    pub(crate) ident: Ident,
    /// The settings.
    pub(crate) settings: Vec<(String, String)>,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

impl SharedSettings {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        let mut shared = Shared::read(diag, &input.attrs);
        let is_empty = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Unit => true,
                Fields::Named(fields) => fields.named.is_empty(),
                Fields::Unnamed(_) => false,
            },
            Data::Enum(_) | Data::Union(_) => false,
        };
        let DeriveInput { ident, generics, .. } = input;
        if !is_empty || !generics.params.is_empty() {
            let form = format!("`ChSettings` is for structs without fields: `struct {ident};`");
            diag.error(ident.span(), form);
        }
        if shared.settings.get().is_none_or(Vec::is_empty) && !shared.settings.is_given() {
            diag.error(
                ident.span(),
                "it says no settings: `#[ch(settings(index_granularity = 1024))]`",
            );
        }
        Self {
            settings: settings(shared.settings.get()),
            krate: shared.krate.take(),
            ident,
        }
    }
}
