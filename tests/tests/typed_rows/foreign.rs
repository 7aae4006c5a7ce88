//! Values of other crates, written by the client's own modules.

use std::net::{Ipv4Addr, Ipv6Addr};

use chrono::TimeZone;
use chx::prelude::*;
use uuid::Uuid;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 3] = [
    ("uuids_and_addresses", uuids_and_addresses),
    ("time", of_time),
    ("chrono", of_chrono),
];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Addresses {
    id: u8,
    #[serde(with = "clickhouse::serde::uuid")]
    uuid: Uuid,
    #[serde(with = "clickhouse::serde::uuid::option")]
    parent: Option<Uuid>,
    #[serde(with = "clickhouse::serde::uuid_vec")]
    children: Vec<Uuid>,
    #[serde(with = "clickhouse::serde::ipv4")]
    v4: Ipv4Addr,
    #[serde(with = "clickhouse::serde::ipv4::option")]
    maybe_v4: Option<Ipv4Addr>,
    v6: Ipv6Addr,
    #[ch(type = "IPv6")]
    raw_v6: [u8; 16],
}

fn uuids_and_addresses(engine: &Engine) -> Outcome {
    let uuid = Uuid::from_u128(0x0123_4567_89ab_cdef_0011_2233_4455_6677);
    let rows = [
        Addresses {
            id: 0,
            uuid: Uuid::nil(),
            parent: None,
            children: vec![],
            v4: Ipv4Addr::UNSPECIFIED,
            maybe_v4: None,
            v6: Ipv6Addr::UNSPECIFIED,
            raw_v6: [0; 16],
        },
        Addresses {
            id: 1,
            uuid,
            parent: Some(Uuid::max()),
            children: vec![uuid, Uuid::max()],
            v4: Ipv4Addr::new(192, 0, 2, 1),
            maybe_v4: Some(Ipv4Addr::BROADCAST),
            v6: Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1),
            raw_v6: Ipv6Addr::LOCALHOST.octets(),
        },
    ];
    engine.round_trip(&rows)?;
    engine.run(async |client| {
        let sql = "SELECT toString(uuid), toString(v4), toString(v6), toString(raw_v6) \
                   FROM typed_rows.addresses WHERE id = 1";
        let printed = client
            .query_raw(sql)
            .fetch_one::<(String, String, String, String)>()
            .await;
        let expected = (
            uuid.to_string(),
            "192.0.2.1".to_owned(),
            "2001:db8::1".to_owned(),
            "::1".to_owned(),
        );
        crate::same(&[printed.map_err(|error| error.to_string())?], &[expected])
    })
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct OfTime {
    id: u8,
    #[serde(with = "clickhouse::serde::time::date")]
    date: time::Date,
    #[serde(with = "clickhouse::serde::time::date32::option")]
    date32: Option<time::Date>,
    #[serde(with = "clickhouse::serde::time::datetime")]
    second: time::OffsetDateTime,
    #[serde(with = "clickhouse::serde::time::datetime64::secs")]
    whole: time::OffsetDateTime,
    #[serde(with = "clickhouse::serde::time::datetime64::millis")]
    milli: time::OffsetDateTime,
    #[serde(with = "clickhouse::serde::time::datetime64::micros::option")]
    micro: Option<time::OffsetDateTime>,
    #[serde(with = "clickhouse::serde::time::datetime64::nanos")]
    nano: time::OffsetDateTime,
    #[serde(with = "clickhouse::serde::time::time")]
    time: time::Duration,
    #[serde(with = "clickhouse::serde::time::time64::millis")]
    fine_time: time::Duration,
}

fn of_time(engine: &Engine) -> Outcome {
    let row = |id, nanos: i128, date: Date| {
        let moment =
            time::OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(|error| error.to_string())?;
        let date = time::Date::try_from(date).map_err(|error| error.to_string())?;
        Ok::<_, String>(OfTime {
            id,
            date,
            date32: (id > 0).then_some(date),
            second: moment.replace_nanosecond(0).map_err(|error| error.to_string())?,
            whole: moment.replace_nanosecond(0).map_err(|error| error.to_string())?,
            milli: moment
                .replace_nanosecond(123_000_000)
                .map_err(|error| error.to_string())?,
            micro: (id > 0).then_some(
                moment
                    .replace_nanosecond(123_456_000)
                    .map_err(|error| error.to_string())?,
            ),
            nano: moment,
            time: time::Duration::seconds(-3_600),
            fine_time: time::Duration::milliseconds(1_500),
        })
    };
    engine.round_trip(&[
        row(0, 0, Date::MIN)?,
        row(1, 1_700_000_000_123_456_789, Date::MAX)?,
    ])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct OfChrono {
    id: u8,
    #[serde(with = "clickhouse::serde::chrono::date::option")]
    date: Option<chrono::NaiveDate>,
    #[serde(with = "clickhouse::serde::chrono::date32")]
    date32: chrono::NaiveDate,
    #[serde(with = "clickhouse::serde::chrono::datetime")]
    second: chrono::DateTime<chrono::Utc>,
    #[serde(with = "clickhouse::serde::chrono::datetime64::millis::option")]
    milli: Option<chrono::DateTime<chrono::Utc>>,
    #[serde(with = "clickhouse::serde::chrono::datetime64::nanos")]
    nano: chrono::DateTime<chrono::Utc>,
    #[serde(with = "clickhouse::serde::chrono::time64::nanos")]
    fine_time: chrono::Duration,
    /// Of the same moment, by our own type.
    own: DateTime64<9>,
}

fn of_chrono(engine: &Engine) -> Outcome {
    let row = |id, seconds, nanos| {
        let moment = chrono::Utc
            .timestamp_opt(seconds, nanos)
            .single()
            .ok_or("no such moment")?;
        let second = chrono::Utc
            .timestamp_opt(seconds, 0)
            .single()
            .ok_or("no such moment")?;
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
        Ok::<_, &str>(OfChrono {
            id,
            date: (id > 0).then_some(date),
            date32: date,
            second,
            milli: (id > 0).then_some(second),
            nano: moment,
            fine_time: chrono::Duration::nanoseconds(1),
            own: DateTime64::try_from(moment).map_err(|_| "out of range")?,
        })
    };
    engine.round_trip(&[row(0, 0, 0)?, row(1, 1_700_000_000, 123_456_789)?])?;
    engine.run(async |client| {
        let sql = "SELECT count() FROM typed_rows.of_chrono WHERE nano = own";
        let equal = client
            .query_raw(sql)
            .fetch_one::<u64>()
            .await
            .map_err(|error| error.to_string())?;
        crate::same(&[equal], &[2])
    })
}
