//! Dates and times at their edges; the server prints what was meant.

use chx::prelude::*;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 2] = [("edges", edges), ("meaning", meaning)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Dates {
    id: u8,
    day: Date,
    far_day: Date32,
    second: DateTime,
    whole: DateTime64<0>,
    milli: DateTime64<3>,
    micro: DateTime64<6>,
    nano: DateTime64<9>,
    #[ch(type = "DateTime64(3, 'Asia/Tokyo')")]
    tokyo: DateTime64<3>,
    time: Time,
    fine_time: Time64<6>,
}

fn edges(engine: &Engine) -> Outcome {
    let out_of_range = |error: chx::types::OutOfRange| error.to_string();
    let row = |id, day, far_day, second, seconds: i64, time| {
        Ok::<_, String>(Dates {
            id,
            day,
            far_day,
            second,
            whole: DateTime64::from_ticks(seconds),
            milli: DateTime64::from_ticks(seconds * 1_000 + 1),
            micro: DateTime64::from_ticks(seconds * 1_000_000 + 1),
            nano: DateTime64::from_ticks(seconds.min(9_223_372_036) * 1_000_000_000 + 1),
            tokyo: DateTime64::from_ticks(seconds * 1_000),
            time,
            fine_time: Time64::from_ticks(i64::from(time.seconds()) * 1_000_000).map_err(out_of_range)?,
        })
    };
    let zero = Time::from_seconds(0).map_err(out_of_range)?;
    let epoch = Date32::from(Date::MIN);
    engine.round_trip(&[
        row(0, Date::MIN, epoch, DateTime::default(), 0, zero)?,
        // 1900-01-01 and 2299-12-31 23:59:59.
        row(
            1,
            Date::MAX,
            Date32::MIN,
            DateTime::MAX,
            -2_208_988_800,
            Time::MIN,
        )?,
        row(
            2,
            Date::MAX,
            Date32::MAX,
            DateTime::MAX,
            10_413_791_999,
            Time::MAX,
        )?,
    ])
}

/// What a value means is the server's word, not only its bytes.
fn meaning(engine: &Engine) -> Outcome {
    #[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
    #[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
    struct Meaning {
        id: u8,
        day: Date,
        far_day: Date32,
        #[ch(type = "DateTime('UTC')")]
        second: DateTime,
        #[ch(type = "DateTime64(3, 'UTC')")]
        milli: DateTime64<3>,
        time: Time,
        fine_time: Time64<3>,
    }
    let out_of_range = |error: chx::types::OutOfRange| error.to_string();
    let row = Meaning {
        id: 0,
        day: Date::from_ymd(2026, 11, 22).map_err(out_of_range)?,
        far_day: Date32::from_ymd(1930, 2, 28).map_err(out_of_range)?,
        second: DateTime::from_unix_seconds(1_000_000_000),
        milli: DateTime64::from_ticks(-1),
        time: Time::from_seconds(3 * 3_600 + 62).map_err(out_of_range)?,
        fine_time: Time64::from_ticks(1_500).map_err(out_of_range)?,
    };
    let expected = [
        row.day.to_string(),
        row.far_day.to_string(),
        "2001-09-09 01:46:40".to_owned(),
        "1969-12-31 23:59:59.999".to_owned(),
        "03:01:02".to_owned(),
        "00:00:01.500".to_owned(),
    ];
    engine.round_trip(&[row])?;
    engine.run(async |client| {
        let columns = ["day", "far_day", "second", "milli", "time", "fine_time"];
        let mut printed = Vec::new();
        for column in columns {
            let sql = format!("SELECT toString({column}) FROM typed_rows.meaning");
            printed.push(
                client
                    .query_raw(&sql)
                    .fetch_one::<String>()
                    .await
                    .map_err(|error| error.to_string())?,
            );
        }
        crate::same(&printed, &expected)
    })
}
