//! Structs as named tuples, enums as Variants, JSON as text.

use chx::prelude::*;

use crate::{Case, Engine, Outcome, create, insert};

pub(crate) const CASES: [Case; 4] = [
    ("tuples", tuples),
    ("variants", variants),
    ("json", json),
    ("a_state_that_the_row_leaves_out", a_state_that_the_row_leaves_out),
];

#[derive(ChTuple, Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Price {
    amount: Decimal64<2>,
    #[ch(low_cardinality)]
    currency: String,
    #[ch(name = "valid from")]
    from: Option<Date>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Range<T> {
    low: T,
    high: T,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Nested {
    price: Price,
    ranges: Vec<Range<f64>>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Offer {
    id: u8,
    price: Price,
    former: Vec<Price>,
    range: Range<i32>,
    nested: Nested,
    by_country: std::collections::BTreeMap<String, Price>,
    #[ch(type = "Tuple(a UInt8, b String)")]
    named: (u8, String),
    last: u64,
}

fn tuples(engine: &Engine) -> Outcome {
    let price = |unscaled, currency: &str, from| -> Result<Price, String> {
        Ok(Price {
            amount: Decimal64::from_unscaled(unscaled).map_err(|error| error.to_string())?,
            currency: currency.to_owned(),
            from,
        })
    };
    let (euro, none) = (price(1_99, "EUR", Some(Date::MAX))?, price(-1, "", None)?);
    engine.round_trip(&[
        Offer {
            id: 0,
            price: euro.clone(),
            former: vec![none.clone(), euro.clone()],
            range: Range {
                low: -1,
                high: i32::MAX,
            },
            nested: Nested {
                price: none.clone(),
                ranges: vec![Range {
                    low: 0.5,
                    high: 1e300,
                }],
            },
            by_country: [("DE".to_owned(), euro.clone())].into(),
            named: (7, "seven".to_owned()),
            last: u64::MAX,
        },
        Offer {
            id: 1,
            price: none,
            former: Vec::new(),
            range: Range { low: 0, high: 0 },
            nested: Nested {
                price: euro,
                ranges: Vec::new(),
            },
            by_country: std::collections::BTreeMap::new(),
            named: (0, String::new()),
            last: 0,
        },
    ])
}

#[derive(ChVariant, Serialize, Deserialize, Debug, PartialEq)]
enum Content {
    List(Vec<String>),
    At(DateTime64<3>),
    #[ch(low_cardinality)]
    Tag(String),
    Map(std::collections::BTreeMap<String, u64>),
    Pair((u8, i8)),
    Number(u64),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Property {
    id: u8,
    content: Content,
    all: Vec<Content>,
}

fn variants(engine: &Engine) -> Outcome {
    let contents = || {
        vec![
            Content::List(vec!["a".into(), String::new()]),
            Content::At(DateTime64::default()),
            Content::Tag("größe".into()),
            Content::Map([("k".to_owned(), 1)].into()),
            Content::Pair((255, -128)),
            Content::Number(u64::MAX),
        ]
    };
    let mut rows = Vec::new();
    for (id, content) in (0..).zip(contents()) {
        let all = if id == 0 { contents() } else { Vec::new() };
        rows.push(Property { id, content, all });
    }
    engine.round_trip(&rows)
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Documents {
    id: u8,
    #[ch(type = "JSON")]
    plain: String,
    #[ch(type = "JSON(max_dynamic_paths = 8, `user.id` UInt64, tags Array(String), SKIP secret)")]
    typed: String,
}

fn json(engine: &Engine) -> Outcome {
    engine.round_trip(&[Documents {
        id: 0,
        plain: r#"{"a":"1","b":{"c":"x"}}"#.into(),
        typed: r#"{"tags":["a"],"user":{"id":18446744073709551615}}"#.into(),
    }])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = AggregatingMergeTree, order_by = site)]
struct State {
    site: String,
    #[ch(
        type = "AggregateFunction(sum, UInt64)",
        default = "initializeAggregation('sumState', toUInt64(1))"
    )]
    #[serde(skip)]
    views: (),
}

fn a_state_that_the_row_leaves_out(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[State::DECLARATION]).await?;
        let row = |site: &str| State {
            site: site.to_owned(),
            views: (),
        };
        insert::<State>(&client, &[row("a"), row("b")]).await?;
        let read = client
            .select_from::<State>("ORDER BY site")
            .fetch_all::<State>()
            .await;
        crate::same(&read.map_err(|error| error.to_string())?, &[row("a"), row("b")])
    })
}
