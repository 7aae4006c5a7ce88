//! Engines with their keys, TTL rules and settings.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ident::Ident;
use crate::model::{Direction, Engine, Key, KeyPart, SettingValue, Settings, Storage, TtlAction, TtlRule};

use super::column::codec;
use super::expression::expr;
use super::name::text;

const ENGINES: [&str; 7] = [
    "MergeTree",
    "ReplacingMergeTree",
    "SummingMergeTree",
    "AggregatingMergeTree",
    "ReplicatedMergeTree",
    "Memory",
    "Null",
];

/// Settings, often none.
pub fn settings() -> BoxedStrategy<Settings> {
    let name = select(vec![
        "index_granularity",
        "min_bytes_for_wide_part",
        "storage_policy",
        "ttl_only_drop_parts",
    ]);
    let value = select(vec![
        "8192",
        "1",
        "true",
        "0.50",
        "86400.",
        "-5",
        "10Mi",
        "it's",
        "007",
        "1e5",
        "",
        "99999999999999999999",
    ]);
    let one = btree_map(
        name.prop_map(str::to_owned),
        value.prop_map(SettingValue::new),
        0..3,
    );
    prop_oneof![2 => Just(Settings::default()), 1 => one.prop_map(Settings)].boxed()
}

/// A sorting key over these columns, of as many parts as the range says.
pub fn key(columns: &[Ident], parts: std::ops::Range<usize>) -> BoxedStrategy<Key> {
    let direction = prop_oneof![4 => Just(Direction::Ascending), 1 => Just(Direction::Descending)];
    let part = (expr(columns), direction).prop_map(|(expr, direction)| KeyPart {
        // Parentheses around a whole part mean nothing and are not kept.
        expr: expr.without_outer_parens(),
        direction,
    });
    vec(part, parts).prop_map(|parts| Key { parts }).boxed()
}

fn ascending(mut key: Key) -> Key {
    for part in &mut key.parts {
        part.direction = Direction::Ascending;
    }
    key
}

/// TTL rules over these columns.
pub fn ttl_rules(columns: &[Ident], rules: std::ops::Range<usize>) -> BoxedStrategy<Vec<TtlRule>> {
    let condition = option::of(expr(columns));
    let set = vec((select(columns.to_vec()), expr(columns)), 1..3);
    let action = prop_oneof![
        condition.prop_map(|condition| TtlAction::Delete { condition }),
        (text(), any::<bool>()).prop_map(|(disk, if_exists)| TtlAction::ToDisk { disk, if_exists }),
        (text(), any::<bool>()).prop_map(|(volume, if_exists)| TtlAction::ToVolume { volume, if_exists }),
        codec().prop_map(TtlAction::Recompress),
        (vec(expr(columns), 1..3), set).prop_map(|(keys, set)| TtlAction::GroupBy { keys, set }),
    ];
    // A rule that begins with `name =` would be taken for an assignment of the rule before; no date looks so.
    let moment = expr(columns).prop_map(|expr| format!("toDate({expr})"));
    let moment = moment.prop_map(|sql| crate::model::Expr::parse(&sql).expect("a call"));
    vec(
        (moment, action).prop_map(|(expr, action)| TtlRule { expr, action }),
        rules,
    )
    .boxed()
}

/// An engine with what it may have.
pub fn storage(columns: &[Ident]) -> BoxedStrategy<Storage> {
    let engine = (select(&ENGINES[..]), vec(expr(columns), 0..2)).prop_map(|(name, args)| Engine {
        name: name.to_owned(),
        args,
    });
    (
        engine,
        key(columns, 0..3).prop_map(ascending),
        key(columns, 0..4),
        option::weighted(0.2, 1_usize..3),
        option::weighted(0.1, expr(columns)),
        ttl_rules(columns, 0..3),
        settings(),
    )
        .prop_map(
            |(engine, partition_by, order_by, primary, sample_by, ttl, settings)| {
                let mut storage = Storage::new(engine);
                storage.settings = settings;
                if storage.engine.name.ends_with("MergeTree") {
                    storage.primary_key = primary.map(|parts| {
                        ascending(Key {
                            parts: order_by.parts.iter().take(parts).cloned().collect(),
                        })
                    });
                    storage.partition_by = partition_by;
                    storage.order_by = order_by;
                    storage.sample_by = sample_by;
                    storage.ttl = ttl;
                }
                storage
            },
        )
        .boxed()
}
