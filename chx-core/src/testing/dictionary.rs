//! Dictionaries.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::{Ident, QualifiedName};
use crate::model::{
    AttributeTraits, Dictionary, DictionaryAttribute, DictionaryClause, DictionaryParam, DictionaryRange,
    DictionaryValue, Expr, Lifetime, Secret,
};

use super::column::data_type;
use super::expression::expr;
use super::name::text;
use super::storage::settings;

const LITERALS: [&str; 6] = ["''", "'it\\'s'", "0", "-1.5", "NULL", "true"];

fn attribute(name: Ident, columns: &[Ident]) -> BoxedStrategy<DictionaryAttribute> {
    let literal = select(&LITERALS[..]).prop_map(|sql| Expr::parse(sql).expect("a literal"));
    let traits = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(hierarchical, bidirectional, injective, is_object_id)| AttributeTraits {
            hierarchical,
            bidirectional,
            injective,
            is_object_id,
        },
    );
    let expression = option::weighted(0.3, expr(columns));
    (data_type(), option::of(literal), expression, traits)
        .prop_map(
            move |(data_type, default, expression, traits)| DictionaryAttribute {
                name: name.clone(),
                data_type,
                default,
                expression,
                traits,
            },
        )
        .boxed()
}

fn param() -> BoxedStrategy<DictionaryParam> {
    let secret = select(vec![
        Secret::Env("CHX_PASSWORD".to_owned()),
        Secret::File("secrets/it's".to_owned()),
        Secret::Empty,
    ])
    .prop_map(|secret| DictionaryParam {
        key: "PASSWORD".to_owned(),
        value: DictionaryValue::Secret(secret),
    });
    let number = select(vec!["0", "9000", "-1", "0.5"]);
    let value = prop_oneof![
        text().prop_map(DictionaryValue::Text),
        number.prop_map(|number| DictionaryValue::Number(number.to_owned())),
        Just(DictionaryValue::Call(Expr::parse("tcpPort()").expect("a call"))),
    ];
    let key = select(vec!["TABLE", "PORT", "WHERE", "NAME"]);
    let plain = (key, value).prop_map(|(key, value)| DictionaryParam {
        key: key.to_owned(),
        value,
    });
    prop_oneof![4 => plain, 1 => secret].boxed()
}

fn clause(kinds: &'static [&'static str]) -> BoxedStrategy<DictionaryClause> {
    let nested = vec(param(), 0..3).prop_map(|inside| DictionaryParam {
        key: "HEADERS".to_owned(),
        value: DictionaryValue::Params(inside),
    });
    let params = vec(prop_oneof![4 => param(), 1 => nested], 0..4);
    (select(kinds), params)
        .prop_map(|(kind, params)| DictionaryClause {
            kind: kind.to_owned(),
            params,
        })
        .boxed()
}

/// A dictionary of this name with these attributes.
pub fn dictionary(name: QualifiedName, attributes: &[Ident]) -> BoxedStrategy<Dictionary> {
    let all: Vec<_> = attributes
        .iter()
        .map(|name| attribute(name.clone(), attributes))
        .collect();
    let names = attributes.to_vec();
    let lifetime = (0..100_u64, 0..1_000_u64).prop_map(|(min, max)| Lifetime { min, max });
    let bounds = (select(names.clone()), select(names.clone()));
    let parts = (
        all,
        1..=names.len(),
        clause(&["CLICKHOUSE", "HTTP", "NULL"]),
        clause(&["FLAT", "HASHED", "RANGE_HASHED"]),
        option::of(lifetime),
        option::weighted(0.2, bounds.prop_map(|(min, max)| DictionaryRange { min, max })),
        settings(),
        text(),
    );
    parts
        .prop_map(
            move |(attributes, keys, source, layout, lifetime, range, settings, comment)| Dictionary {
                name: name.clone(),
                attributes,
                primary_key: names.iter().take(keys).cloned().collect(),
                source,
                layout,
                lifetime,
                range,
                settings,
                comment,
            },
        )
        .boxed()
}
