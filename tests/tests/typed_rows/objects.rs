//! Dictionaries and views of every kind, declared, created and read.

use chx::prelude::*;

use crate::{Case, Engine, Outcome, create, insert, same};

pub(crate) const CASES: [Case; 2] = [
    ("dictionary", dictionary),
    ("refreshed_and_secured", refreshed_and_secured),
];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Country {
    id: u64,
    name: String,
    continent: u64,
}

#[derive(ChDictionary, Row, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed_rows",
    primary_key = id,
    source = "CLICKHOUSE(TABLE 'country' DB 'typed_rows')",
    layout = "HASHED()",
    lifetime = 0,
)]
struct Countries {
    id: u64,
    #[ch(default = "'unknown'")]
    name: String,
    #[ch(default = "0", hierarchical, bidirectional)]
    continent: u64,
}

fn dictionary(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Country::DECLARATION]).await?;
        let country = Country {
            id: 49,
            name: "Germany".into(),
            continent: 1,
        };
        insert::<Country>(&client, &[country]).await?;
        create(&client, &[Countries::DECLARATION]).await?;
        let read = client.select_from::<Countries>("").fetch_all::<Countries>().await;
        let expected = Countries {
            id: 49,
            name: "Germany".into(),
            continent: 1,
        };
        same(&read.map_err(|error| error.to_string())?, &[expected])?;
        let query = format!("SELECT dictGet('{}', 'name', toUInt64(7))", Countries::TABLE);
        let name = client.query(&query).fetch_one::<String>().await;
        same(
            &[name.map_err(|error| error.to_string())?],
            &["unknown".to_owned()],
        )
    })
}

#[derive(ChMaterializedView, Row, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed_rows",
    refresh = "EVERY 1 YEAR RANDOMIZE FOR 1 HOUR SETTINGS refresh_retries = 3",
    engine = MergeTree,
    order_by = number,
    query = "SELECT number FROM numbers(2)"
)]
struct Refreshed {
    number: u64,
}

#[derive(ChView, Row, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed_rows",
    sql_security = invoker,
    query = "SELECT number FROM numbers(2) ORDER BY number"
)]
struct Secured {
    number: u64,
}

fn refreshed_and_secured(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Refreshed::DECLARATION, Secured::DECLARATION]).await?;
        let read = client.select_from::<Secured>("").fetch_all::<Secured>().await;
        let secured = |number| Secured { number };
        same(&read.map_err(|error| error.to_string())?, &[secured(0), secured(1)])?;
        let stored = client
            .query("SELECT create_table_query FROM system.tables WHERE database = 'typed_rows' AND name = 'refreshed'")
            .fetch_one::<String>()
            .await
            .map_err(|error| error.to_string())?;
        let clause = "REFRESH EVERY 1 YEAR RANDOMIZE FOR 1 HOUR SETTINGS refresh_retries = 3";
        if stored.contains(clause) { Ok(()) } else { Err(stored) }
    })
}
