//! Numbers: every width at its edges.

use std::num::NonZero;

use chx::prelude::*;
use clickhouse::types::{BFloat16, Int256, UInt256};

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 4] = [
    ("integers", integers),
    ("floats", floats),
    ("wide", wide),
    ("decimals", decimals),
];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Integers {
    id: u8,
    flag: bool,
    a: u8,
    b: u16,
    c: u32,
    d: u64,
    e: u128,
    f: i8,
    g: i16,
    h: i32,
    i: i64,
    j: i128,
    k: NonZero<u32>,
    l: NonZero<i64>,
    m: Box<u16>,
}

fn integers(engine: &Engine) -> Outcome {
    let zero = || Integers {
        id: 0,
        flag: false,
        a: 0,
        b: 0,
        c: 0,
        d: 0,
        e: 0,
        f: 0,
        g: 0,
        h: 0,
        i: 0,
        j: 0,
        k: NonZero::<u32>::MIN,
        l: NonZero::<i64>::MIN,
        m: Box::new(0),
    };
    let least = Integers {
        id: 1,
        flag: true,
        f: i8::MIN,
        g: i16::MIN,
        h: i32::MIN,
        i: i64::MIN,
        j: i128::MIN,
        ..zero()
    };
    let greatest = Integers {
        id: 2,
        flag: true,
        a: u8::MAX,
        b: u16::MAX,
        c: u32::MAX,
        d: u64::MAX,
        e: u128::MAX,
        f: i8::MAX,
        g: i16::MAX,
        h: i32::MAX,
        i: i64::MAX,
        j: i128::MAX,
        k: NonZero::<u32>::MAX,
        l: NonZero::<i64>::MAX,
        m: Box::new(u16::MAX),
    };
    engine.round_trip(&[zero(), least, greatest])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Floats {
    id: u8,
    single: f32,
    double: f64,
    brief: BFloat16,
}

/// Equal by bits: NaN is NaN here, and -0 is not 0.
impl PartialEq for Floats {
    fn eq(&self, other: &Self) -> bool {
        let bits = |row: &Self| {
            (
                row.id,
                row.single.to_bits(),
                row.double.to_bits(),
                f32::from(row.brief).to_bits(),
            )
        };
        bits(self) == bits(other)
    }
}

fn floats(engine: &Engine) -> Outcome {
    let row = |id, single: f32, double: f64| Floats {
        id,
        single,
        double,
        brief: BFloat16::from(single),
    };
    engine.round_trip(&[
        row(0, 0.0, 0.0),
        row(1, -0.0, -0.0),
        row(2, f32::MIN, f64::MIN),
        row(3, f32::MAX, f64::MAX),
        row(4, f32::MIN_POSITIVE, f64::MIN_POSITIVE),
        row(5, f32::INFINITY, f64::INFINITY),
        row(6, f32::NEG_INFINITY, f64::NEG_INFINITY),
        row(7, f32::NAN, f64::NAN),
        row(8, 0.1, 0.1),
        row(9, 1e-45, 5e-324),
    ])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Wide {
    id: u8,
    unsigned: UInt256,
    signed: Int256,
}

fn wide(engine: &Engine) -> Outcome {
    engine.round_trip(&[
        Wide {
            id: 0,
            unsigned: UInt256::from(0_u8),
            signed: Int256::from(0_i8),
        },
        Wide {
            id: 1,
            unsigned: UInt256::from(u128::MAX),
            signed: Int256::from(i128::MIN),
        },
        Wide {
            id: 2,
            unsigned: UInt256::MAX,
            signed: Int256::MAX,
        },
        Wide {
            id: 3,
            unsigned: UInt256::from(1_u8),
            signed: Int256::MIN,
        },
    ])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Decimals {
    id: u8,
    whole: Decimal32<0>,
    cents: Decimal32<2>,
    all_behind: Decimal32<9>,
    exact: Decimal64<4>,
    wide: Decimal128<10>,
    #[ch(type = "Decimal(38, 20)")]
    raw: i128,
}

fn decimals(engine: &Engine) -> Outcome {
    let row = |id, nines: i32, many: i64, most: i128| {
        let out_of_range = |error: chx::types::OutOfRange| error.to_string();
        Ok::<_, String>(Decimals {
            id,
            whole: Decimal32::from_unscaled(nines).map_err(out_of_range)?,
            cents: Decimal32::from_unscaled(nines).map_err(out_of_range)?,
            all_behind: Decimal32::from_unscaled(nines).map_err(out_of_range)?,
            exact: Decimal64::from_unscaled(many).map_err(out_of_range)?,
            wide: Decimal128::from_unscaled(most).map_err(out_of_range)?,
            raw: most,
        })
    };
    let most = 10_i128.pow(38) - 1;
    let rows = [
        row(0, 0, 0, 0)?,
        row(1, 1, 1, 1)?,
        row(2, 999_999_999, 999_999_999_999_999_999, most)?,
        row(3, -999_999_999, -999_999_999_999_999_999, -most)?,
    ];
    engine.round_trip(&rows)?;
    // The scale is right, too: the server prints what this prints.
    engine.run(async |client| {
        let sql = "SELECT toString(cents), toString(exact) FROM typed_rows.decimals ORDER BY id";
        let printed = client.query_raw(sql).fetch_all::<(String, String)>().await;
        let printed = printed.map_err(|error| error.to_string())?;
        let expected: Vec<(String, String)> = rows
            .iter()
            .map(|row| (row.cents.to_string(), row.exact.to_string()))
            .map(|(cents, exact)| (trimmed(&cents), trimmed(&exact)))
            .collect();
        crate::same(&printed, &expected)
    })
}

/// ClickHouse prints no zeros at the end.
fn trimmed(number: &str) -> String {
    if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        number.to_owned()
    }
}
