//! What `ChDictionary` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Door, Mode, field_type, option, pairs, view};
use crate::check::Dictionary;

/// The impls, the registry entry and the checks.
pub(crate) fn dictionary(declared: &Dictionary, mode: Mode) -> TokenStream {
    let Dictionary {
        primary_key,
        source,
        layout,
        ..
    } = declared;
    view::written(
        &declared.view,
        &[],
        &quote!(ChDictionary),
        mode,
        |door, heading, _| {
            let attributes = attributes(door, declared, mode);
            let lifetime = option(declared.lifetime.map(|(min, max)| quote!((#min, #max))));
            let range = option(declared.range.as_ref().map(|(from, to)| quote!((#from, #to))));
            let settings = pairs(&declared.settings);
            quote! {
                #door::Declaration::Dictionary(&#door::DictionaryDeclaration {
                    heading: #heading,
                    attributes: &[#(#attributes),*],
                    primary_key: &[#(#primary_key),*],
                    source: #source,
                    layout: #layout,
                    lifetime: #lifetime,
                    range: #range,
                    settings: #settings,
                })
            }
        },
    )
}

fn attributes(door: &Door, declared: &Dictionary, mode: Mode) -> Vec<TokenStream> {
    let columns = declared.view.columns.iter().zip(&declared.attributes);
    let columns = columns.filter(|_| mode == Mode::Full);
    let attribute = columns.map(|(column, attribute)| {
        let (name, line) = (&column.name, column.line);
        let data_type = field_type::tokens(door, &column.data_type, &column.ty);
        let default = option(attribute.default.as_ref());
        let expression = option(attribute.expression.as_ref());
        let [hierarchical, bidirectional, injective, is_object_id] = attribute.traits;
        quote! {
            #door::AttributeDeclaration {
                name: #name,
                data_type: #data_type,
                line: #line,
                default: #default,
                expression: #expression,
                hierarchical: #hierarchical,
                bidirectional: #bidirectional,
                injective: #injective,
                is_object_id: #is_object_id,
            }
        }
    });
    attribute.collect()
}
