//! What may be inserted and what a SELECT gives, where that is not the struct itself.

use chx::prelude::*;

use crate::{Case, Engine, Outcome, create, insert, same};

pub(crate) const CASES: [Case; 2] = [("computed", computed), ("materialized_view", materialized_view)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq, Clone)]
#[ch(
    database = "typed_rows",
    engine = MergeTree,
    order_by = id,
    insert(derive(Clone)),
    select(derive(Debug, PartialEq)),
)]
struct Computed {
    id: u64,
    #[ch(default = "upper(hint)")]
    text: String,
    #[ch(materialized = "id * 2")]
    double: u64,
    #[ch(alias = "concat(text, '!')")]
    loud: String,
    #[ch(ephemeral)]
    hint: String,
    #[ch(
        type = "AggregateFunction(sum, UInt64)",
        materialized = "initializeAggregation('sumState', id)"
    )]
    #[serde(skip)]
    state: (),
}

fn computed(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Computed::DECLARATION]).await?;
        let row = ComputedInsert {
            id: 21,
            text: "t".into(),
            hint: "h".into(),
        };
        insert::<Computed>(&client, &[row]).await?;
        let read = client
            .select_from::<Computed>("")
            .fetch_all::<ComputedSelect>()
            .await;
        let read = read.map_err(|error| error.to_string())?;
        same(
            &read,
            &[ComputedSelect {
                id: 21,
                text: "t".into(),
                double: 42,
                loud: "t!".into(),
            }],
        )
    })
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = site)]
struct Views {
    site: String,
    count: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = SummingMergeTree, order_by = site)]
struct Totals {
    site: String,
    total: u64,
}

#[derive(ChMaterializedView)]
#[ch(
    database = "typed_rows",
    to = Totals,
    query = "SELECT site, sum(count) AS total FROM typed_rows.views GROUP BY site"
)]
struct TotalsMv {
    site: String,
    total: u64,
}

#[derive(ChView, Row, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed_rows",
    query = "SELECT site, sum(total) AS views FROM typed_rows.totals GROUP BY site ORDER BY site"
)]
struct PerSite {
    site: String,
    views: u64,
}

fn materialized_view(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        let declared = [
            Views::DECLARATION,
            Totals::DECLARATION,
            TotalsMv::DECLARATION,
            PerSite::DECLARATION,
        ];
        create(&client, &declared).await?;
        let views = |site: &str, count| Views {
            site: site.to_owned(),
            count,
        };
        insert::<Views>(&client, &[views("a", 1), views("b", 2), views("a", 3)]).await?;
        let read = client.select_from::<PerSite>("").fetch_all::<PerSite>().await;
        let per_site = |site: &str, views| PerSite {
            site: site.to_owned(),
            views,
        };
        same(
            &read.map_err(|error| error.to_string())?,
            &[per_site("a", 4), per_site("b", 2)],
        )
    })
}
