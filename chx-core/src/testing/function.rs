//! SQL functions.

use proptest::collection::btree_set;
use proptest::prelude::*;

use crate::ident::Ident;
use crate::model::Function;

use super::expression::expr;
use super::name::ident;

/// Any function. It calls none of the others.
pub(super) fn function() -> BoxedStrategy<Function> {
    (ident(), btree_set(ident(), 0..3))
        .prop_flat_map(|(name, parameters)| {
            let parameters: Vec<Ident> = parameters.into_iter().collect();
            expr(&parameters).prop_map(move |body| Function {
                name: name.clone(),
                parameters: parameters.clone(),
                body,
            })
        })
        .boxed()
}
