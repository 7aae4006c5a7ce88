//! Laws that hold for every type, shown on generated ones.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::sql::Expr;

fn name() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,6}".prop_map(Box::<str>::from),
        "[ -~é\n]{1,6}".prop_map(Box::from),
        prop::sample::select(vec![
            "select",
            "skip",
            "SKIP",
            "regexp",
            "NULL",
            "unsigned",
            "max_dynamic_paths"
        ])
        .prop_map(Box::from),
    ]
    .prop_filter("reserved", |name| **name != *"null")
}

fn fields(inner: impl Strategy<Value = DataType>) -> impl Strategy<Value = Vec<Field>> {
    vec((name(), inner), 1..4).prop_map(|fields| {
        let mut seen = std::collections::BTreeSet::new();
        fields
            .into_iter()
            .filter(|(name, _)| seen.insert(name.clone()))
            .map(|(name, data_type)| Field { name, data_type })
            .collect()
    })
}

fn leaf() -> impl Strategy<Value = DataType> {
    let zone = prop::option::of(prop::sample::select(vec!["UTC", "Europe/Moscow", "it's"]));
    let zone = zone.prop_map(|zone| zone.map(Box::from));
    prop_oneof![
        prop::sample::select(vec![
            DataType::Int8,
            DataType::UInt256,
            DataType::Float32,
            DataType::BFloat16,
            DataType::Bool,
            DataType::String,
            DataType::Uuid,
            DataType::IPv6,
            DataType::Date32,
            DataType::Time,
            DataType::Geo(GeoType::Ring),
            DataType::Interval(IntervalUnit::Quarter),
            DataType::Nothing,
        ]),
        (1_u8..=76).prop_flat_map(|precision| {
            (0..=precision).prop_map(move |scale| DataType::Decimal { precision, scale })
        }),
        (1_u32..=0xff_ffff).prop_map(DataType::FixedString),
        zone.clone().prop_map(|timezone| DataType::DateTime { timezone }),
        (0_u8..=9, zone).prop_map(|(precision, timezone)| DataType::DateTime64 { precision, timezone }),
        (0_u8..=9).prop_map(|precision| DataType::Time64 { precision }),
        (0_u8..=254).prop_map(|max_types| DataType::Dynamic { max_types }),
        (1_u32..1000).prop_map(|dimension| DataType::QBit {
            element: Box::new(DataType::Float32),
            dimension: dimension * 16,
            stride: Some(8).filter(|_| dimension % 2 == 0),
        }),
        prop::collection::btree_map("[ -~é\n']{0,5}", any::<i16>(), 1..5).prop_filter_map(
            "values",
            |values| {
                let values =
                    EnumValues::new(values.into_iter().map(|(name, value)| (name.into(), value))).ok()?;
                Some(if values.fit_enum8() {
                    DataType::Enum8(values)
                } else {
                    DataType::Enum16(values)
                })
            }
        ),
    ]
}

fn data_type() -> impl Strategy<Value = DataType> {
    leaf().prop_recursive(4, 32, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let json = (
            0_u8..=254,
            0_u16..=10_000,
            prop::option::of(fields(inner.clone())),
            vec(name(), 0..3),
            vec(name(), 0..3),
        );
        prop_oneof![
            boxed.clone().prop_map(DataType::Array),
            boxed.clone().prop_map(DataType::Nullable),
            boxed.clone().prop_map(DataType::LowCardinality),
            (boxed.clone(), boxed).prop_map(|(key, value)| DataType::Map(key, value)),
            vec(inner.clone(), 0..4).prop_map(|types| DataType::Tuple(TupleType::Unnamed(types))),
            fields(inner.clone()).prop_map(|fields| DataType::Tuple(TupleType::Named(fields))),
            fields(inner.clone()).prop_map(DataType::Nested),
            vec(inner.clone(), 1..4).prop_filter_map("empty", |types| VariantTypes::new(types)
                .ok()
                .map(DataType::Variant)),
            json.prop_filter_map("skipped", |(types, paths, typed, skip, regexp)| {
                let json = JsonType::new(types, paths, typed.unwrap_or_default(), skip, regexp).ok()?;
                Some(DataType::Json(Box::new(json)))
            }),
            (
                prop::option::of(0_u64..3),
                "[a-zA-Z]{1,9}(If|Array)?",
                vec(inner.clone(), 0..3)
            )
                .prop_map(|(version, name, arguments)| {
                    let parameters = vec![Expr::parse("0.5").unwrap()];
                    let function = AggregateFunction::new(version, &name, parameters, arguments);
                    DataType::AggregateFunction(Box::new(function))
                }),
            inner.prop_filter_map("simple", |data_type| {
                let function = SimpleAggregateFunction::new("anyLast", Vec::new(), data_type).ok()?;
                Some(DataType::SimpleAggregateFunction(Box::new(function)))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(data_type in data_type()) {
        let text = data_type.to_string();
        let read = DataType::parse(&text);
        if data_type.check().is_err() {
            // What may not be built by hand may not be written either.
            prop_assert!(read.is_err(), "{text}");
            return Ok(());
        }
        prop_assert_eq!(read, Ok(data_type.clone()));
        let json = serde_json::to_string(&data_type).unwrap();
        prop_assert_eq!(serde_json::from_str::<DataType>(&json).unwrap(), data_type);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[ -~éA-Z(),'`]{0,60}") {
        let _ = DataType::parse(&text);
    }

    #[test]
    fn a_conversion_to_itself_changes_nothing(before in data_type(), after in data_type()) {
        prop_assert_eq!(conversion(&before, &before), Conversion::Same);
        prop_assert_eq!(conversion(&before, &after) == Conversion::Same, before == after);
    }
}
