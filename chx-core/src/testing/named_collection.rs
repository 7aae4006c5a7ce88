//! Named collections.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::Ident;
use crate::model::{CollectionEntry, CollectionValue, NamedCollection, Secret};

use super::name::{ident, text};

/// Any named collection.
pub(super) fn named_collection() -> BoxedStrategy<NamedCollection> {
    (ident(), entries(1))
        .prop_map(|(name, entries)| NamedCollection { name, entries })
        .boxed()
}

/// So many entries or more.
pub(super) fn entries(least: usize) -> BoxedStrategy<BTreeMap<Ident, CollectionEntry>> {
    let shown = |(key, entry): &(Ident, CollectionEntry)| !entry.is_written_out(key);
    let pair = (entry_key(), entry()).prop_filter("a secret is not written out", shown);
    vec(pair, least..least + 3)
        .prop_map(|pairs| pairs.into_iter().collect())
        .boxed()
}

pub(super) fn entry_key() -> BoxedStrategy<Ident> {
    prop_oneof![
        3 => select(vec!["url", "format", "password", "a.b"])
            .prop_map(|key| Ident::new(key).expect("a name")),
        1 => ident(),
    ]
    .boxed()
}

fn entry() -> BoxedStrategy<CollectionEntry> {
    let secret = prop_oneof![
        Just(Secret::Env("PLACE".to_owned())),
        Just(Secret::File("secrets/place".to_owned())),
        Just(Secret::Hidden),
    ];
    let value = prop_oneof![
        1 => secret.prop_map(CollectionValue::Secret),
        1 => any::<u64>().prop_map(|number| CollectionValue::Text(number.to_string())),
        2 => text().prop_map(CollectionValue::of_text),
    ];
    (value, option::of(any::<bool>()))
        .prop_map(|(value, overridable)| CollectionEntry { value, overridable })
        .boxed()
}
