//! Groups of columns and the lists of a Nested.

use chx::prelude::*;

use crate::{Case, Engine, Outcome, create, insert, same};

pub(crate) const CASES: [Case; 3] = [
    ("flatten_and_nested", flatten_and_nested),
    ("borrowed", borrowed),
    ("companions", companions),
];

#[derive(ChColumns, Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Audit {
    #[ch(codec = "Delta, ZSTD(1)")]
    created_at: DateTime,
    #[ch(name = "created by", low_cardinality)]
    created_by: String,
}

#[derive(ChNested, Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Goals {
    id: Vec<u32>,
    #[ch(codec = "ZSTD(3)")]
    price: Vec<f64>,
}

#[derive(ChTable, ChRow, Serialize, Deserialize, Debug, PartialEq, Clone)]
#[ch(
    database = "typed_rows",
    engine = ReplacingMergeTree(created_at),
    partition_by = "toYYYYMM(created_at)",
    order_by = (id, "`created by`"),
    ttl = "created_at + INTERVAL 50 YEAR",
    index(by_goal, expr = "goals.id", type = "bloom_filter(0.01)"),
    constraint(sane, check = "length(goals.id) < 10"),
)]
struct Visit {
    id: u8,
    #[ch(flatten)]
    audit: Audit,
    site: String,
    #[ch(nested)]
    goals: Goals,
    #[ch(name = "last?")]
    last: u64,
}

fn visit(id: u8) -> Visit {
    Visit {
        id,
        audit: Audit {
            created_at: DateTime::from_unix_seconds(1_700_000_000),
            created_by: "größe".into(),
        },
        site: "a".into(),
        goals: Goals {
            id: vec![1; id.into()],
            price: vec![-0.5; id.into()],
        },
        last: u64::MAX,
    }
}

fn flatten_and_nested(engine: &Engine) -> Outcome {
    engine.round_trip(&[visit(0), visit(1), visit(3)])
}

#[derive(ChColumns, Serialize, Deserialize, Debug, PartialEq)]
struct Names<'a> {
    first: &'a str,
    last: String,
}

#[derive(ChTable, ChRow, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = last)]
struct Person<'a> {
    #[serde(borrow)]
    #[ch(flatten)]
    names: Names<'a>,
    age: u8,
}

fn borrowed(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Person::DECLARATION]).await?;
        let row = Person {
            names: Names {
                first: "a",
                last: "b".into(),
            },
            age: 3,
        };
        let write = async {
            let mut insert = client.insert_into::<Person<'_>>().await?;
            insert.write(&row).await?;
            insert.end().await
        };
        write
            .await
            .map_err(|error: clickhouse::error::Error| error.to_string())?;
        let mut cursor = client
            .select_from::<Person<'_>>("")
            .fetch::<Person<'_>>()
            .map_err(|error| error.to_string())?;
        match cursor.next().await {
            Ok(Some(read)) if read == row => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
}

#[derive(ChTable, ChRow, Serialize, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed_rows",
    engine = MergeTree,
    order_by = created_at,
    insert(derive(Clone)),
    select(derive(Debug, PartialEq)),
)]
struct Grouped {
    #[ch(nested)]
    goals: Goals,
    id: u64,
    #[ch(materialized = "id * 2")]
    double: u64,
    #[ch(ephemeral)]
    hint: String,
    #[ch(flatten)]
    audit: Audit,
    #[ch(default = "hint")]
    text: String,
}

fn companions(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Grouped::DECLARATION]).await?;
        let Visit { goals, audit, .. } = visit(2);
        let row = GroupedInsert {
            goals: goals.clone(),
            id: 21,
            hint: "h".into(),
            audit: audit.clone(),
            text: "t".into(),
        };
        insert::<Grouped>(&client, &[row]).await?;
        let read = client
            .select_from::<Grouped>("")
            .fetch_all::<GroupedSelect>()
            .await;
        let expected = GroupedSelect {
            goals,
            id: 21,
            double: 42,
            audit,
            text: "t".into(),
        };
        same(&read.map_err(|error| error.to_string())?, &[expected])
    })
}
