//! Rust enums as Enum8 and Enum16.

use chx::prelude::*;

use crate::{Case, Engine, Outcome, create, insert, same};

pub(crate) const CASES: [Case; 3] = [
    ("values", values),
    ("by_name_in_queries", by_name_in_queries),
    ("a_number_that_no_variant_has", a_number_that_no_variant_has),
];

#[derive(ChEnum, Debug, PartialEq, Eq, Hash, Clone, Copy, PartialOrd, Ord)]
enum Status {
    New,
    #[ch(name = "it's\\done, größe")]
    Done = 127,
    Least = -128,
}

#[derive(ChEnum, Debug, PartialEq, Clone, Copy)]
#[ch(rename_all = "UPPERCASE")]
enum Code {
    NotFound = 404,
    Least = -32_768,
    Most = 32_767,
}

#[derive(ChEnum, Debug, PartialEq, Clone, Copy)]
#[repr(i16)]
enum Wide {
    One = 1,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Task {
    id: u8,
    status: Status,
    code: Code,
    wide: Wide,
    maybe: Option<Status>,
    all: Vec<Status>,
    by_status: std::collections::BTreeMap<Status, u8>,
    #[ch(type = "Enum8('it\\'s\\\\done, größe' = 127, 'new' = 0, 'least' = -128)")]
    explicit: Status,
}

fn task(id: u8, status: Status, code: Code) -> Task {
    Task {
        id,
        status,
        code,
        wide: Wide::One,
        maybe: (id == 1).then_some(status),
        all: vec![Status::Least, Status::Done, status],
        by_status: [(status, 1), (Status::Done, 2)].into(),
        explicit: status,
    }
}

fn values(engine: &Engine) -> Outcome {
    engine.round_trip(&[
        task(0, Status::New, Code::NotFound),
        task(1, Status::Done, Code::Least),
        task(2, Status::Least, Code::Most),
    ])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = status)]
struct Named {
    status: Status,
}

fn by_name_in_queries(engine: &Engine) -> Outcome {
    engine.run(async |client| {
        create(&client, &[Named::DECLARATION]).await?;
        let named = |status| Named { status };
        insert::<Named>(&client, &[named(Status::New), named(Status::Done)]).await?;
        let query = client.select_from::<Named>("WHERE status = ?").bind(Status::Done);
        let read = query
            .fetch_all::<Named>()
            .await
            .map_err(|error| error.to_string())?;
        same(&read, &[named(Status::Done)])?;
        let json = serde_json::to_string(&named(Status::Done)).map_err(|error| error.to_string())?;
        same(&[json.as_str()], &[r#"{"status":"it's\\done, größe"}"#])?;
        let back: Named = serde_json::from_str(&json).map_err(|error| error.to_string())?;
        same(&[back], &[named(Status::Done)])
    })
}

fn a_number_that_no_variant_has(engine: &Engine) -> Outcome {
    #[derive(Row, Deserialize, Debug)]
    struct Read {
        #[expect(dead_code, reason = "it cannot be read")]
        status: Status,
    }
    engine.run(async |client| {
        let query = client.query("SELECT CAST('x', 'Enum8(\\'x\\' = 5)') AS status");
        match query.fetch_one::<Read>().await {
            Err(error) if error.to_string().contains("no value of Enum8(") => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
}
