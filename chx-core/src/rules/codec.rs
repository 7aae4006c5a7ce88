//! Which codecs there are, in which order they may stand, and which types they take.

use crate::model::{Codec, CodecStage, Expr};
use crate::nearest::nearest;
use crate::types::{TypeArg, TypeExpr};

use super::{is_float, is_moment, is_one_of, is_signed, is_unsigned, same};

/// The codecs of ClickHouse 26.7 (`system.codecs`), with the arguments that they take.
const KNOWN: [(&str, Args); 17] = [
    ("NONE", Args::None),
    ("Default", Args::None),
    ("LZ4", Args::None),
    ("LZ4HC", Args::Numbers(&[(i64::MIN, i64::MAX)])),
    ("ZSTD", Args::Numbers(&[(i64::MIN, 22), (10, 31)])),
    ("ZXC", Args::Any),
    ("Delta", Args::Width),
    ("DoubleDelta", Args::Width),
    ("GCD", Args::None),
    ("Gorilla", Args::Width),
    ("FPC", Args::Numbers(&[(1, 28), (4, 8)])),
    ("ALP", Args::Any),
    ("T64", Args::Variant),
    ("Quantized", Args::Any),
    ("AES_128_GCM_SIV", Args::None),
    ("AES_256_GCM_SIV", Args::None),
    ("Multiple", Args::Any),
];

/// The arguments of a codec, all of them optional.
enum Args {
    None,
    /// The bytes of a value: 1, 2, 4 or 8.
    Width,
    /// Numbers, each within its bounds.
    Numbers(&'static [(i64, i64)]),
    /// `'byte'` or `'bit'`.
    Variant,
    /// What is too young to be known.
    Any,
}

/// A stage of a chain that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodecFlaw {
    /// The stage, counted from 0.
    pub stage: usize,
    /// Why not, and what to do.
    pub reason: String,
}

/// Checks the names, the arguments and the order of the stages.
///
/// # Errors
/// The first stage that the server refuses whatever the column's type is (errors 36, 378, 431, 432, 433).
pub fn check_chain(codec: &Codec) -> Result<(), CodecFlaw> {
    let flaw = |stage, reason: String| Err(CodecFlaw { stage, reason });
    for (index, stage) in codec.stages.iter().enumerate() {
        if let Err(reason) = check_stage(stage) {
            return flaw(index, reason);
        }
    }
    let stages: Vec<&str> = codec.stages.iter().map(|stage| stage.name.as_str()).collect();
    let pairs = stages.iter().enumerate().zip(stages.iter().skip(1));
    for ((index, first), second) in pairs {
        if *first == "NONE" || *second == "NONE" {
            return flaw(index, "NONE stands alone: it is no compression at all".to_owned());
        }
        if is_generic(first) && !is_encryption(second) {
            let reason = if is_generic(second) {
                format!("one compressor is enough; keep `{first}` or `{second}`")
            } else {
                format!("`{first}` is the last that compresses; put `{second}` before it")
            };
            return flaw(index + 1, reason);
        }
        if is_encryption(first) && !is_encryption(second) {
            return flaw(
                index + 1,
                format!("encrypted bytes do not compress; put `{second}` before `{first}`"),
            );
        }
    }
    if let Some(float) = stages
        .iter()
        .position(|stage| is_one_of(stage, &["Gorilla", "FPC", "ALP"]))
        && stages[..float]
            .iter()
            .any(|stage| is_one_of(stage, &["Delta", "DoubleDelta"]))
    {
        return flaw(
            float,
            format!(
                "`{}` takes differences itself; take away the Delta before it",
                stages[float]
            ),
        );
    }
    let transforms = |stage: &str| is_one_of(stage, &["Delta", "GCD", "Quantized"]);
    if stages.iter().any(|stage| transforms(stage))
        && stages
            .iter()
            .all(|stage| transforms(stage) || is_encryption(stage))
    {
        return flaw(
            0,
            format!(
                "`{}` compresses nothing by itself; put a compressor behind it: `{}, ZSTD`",
                stages[0],
                stages.join(", ")
            ),
        );
    }
    Ok(())
}

fn check_stage(stage: &CodecStage) -> Result<(), String> {
    let name = stage.name.as_str();
    if name == "CODEC" {
        return Err("leave out `CODEC(...)` and write what stands inside".to_owned());
    }
    let Some((_, takes)) = KNOWN.iter().find(|(known, _)| *known == name) else {
        let names = KNOWN.iter().map(|(known, _)| *known);
        return Err(
            match names.clone().find(|known| known.eq_ignore_ascii_case(name)) {
                Some(known) => format!("the case of a codec's name counts: `{known}`"),
                None => match nearest(name, names) {
                    Some(near) => format!("ClickHouse has no codec `{name}`; did you mean `{near}`?"),
                    None => format!(
                        "ClickHouse has no codec `{name}`; for one that is newer than this version, `raw(\"{name}\")`"
                    ),
                },
            },
        );
    };
    let args: Vec<&str> = stage.args.iter().map(Expr::as_sql).collect();
    let is_right = match (takes, args.as_slice()) {
        (_, []) | (Args::Any, _) | (Args::Variant, ["'byte'" | "'bit'"]) => true,
        (Args::Width, [width]) => is_one_of(width, &["1", "2", "4", "8"]),
        (Args::Numbers(bounds), args) => {
            args.len() <= bounds.len()
                && args.iter().zip(*bounds).all(|(arg, (least, most))| {
                    arg.replace(' ', "")
                        .parse::<i64>()
                        .is_ok_and(|number| (least..=most).contains(&&number))
                })
        }
        (Args::None | Args::Width | Args::Variant, _) => false,
    };
    if is_right {
        return Ok(());
    }
    let form = match (name, takes) {
        ("ZSTD", _) => "a level up to 22, and a window of 10 to 31",
        ("LZ4HC", _) => "a level",
        ("FPC", _) => "a level of 1 to 28, and a size of 4 or 8",
        (_, Args::Width) => "the bytes of a value: 1, 2, 4 or 8",
        (_, Args::Variant) => "`'byte'` or `'bit'`",
        _ => "no arguments",
    };
    Err(format!("`{name}` takes {form}"))
}

fn is_generic(codec: &str) -> bool {
    is_one_of(codec, &["LZ4", "LZ4HC", "ZSTD", "ZXC", "Default"])
}

fn is_encryption(codec: &str) -> bool {
    is_one_of(codec, &["AES_128_GCM_SIV", "AES_256_GCM_SIV"])
}

/// Do the types that this codec takes matter at all? General compressors take every type.
pub fn depends_on_type(stage: &CodecStage) -> bool {
    match stage.name.as_str() {
        "Delta" => stage.args.is_empty(),
        name => is_one_of(name, &["DoubleDelta", "Gorilla", "FPC", "ALP", "T64", "GCD"]),
    }
}

/// Why a codec cannot take a type, or one inside of it: a column of `Array(String)` is written as its strings.
pub const fn refuse(codec: &str, column: &TypeExpr) -> Option<&'static str> {
    let family = column.family;
    let is_container = is_one_of(
        family,
        &[
            "Array",
            "Nullable",
            "LowCardinality",
            "Map",
            "Tuple",
            "SimpleAggregateFunction",
            "Variant",
        ],
    );
    // Beside its values, each of these stores which type they have.
    if is_one_of(family, &["JSON", "Dynamic", "Variant"]) && is_one_of(codec, &["Gorilla", "FPC", "ALP"]) {
        return Some("its values are not all floats; `ZSTD` takes every type");
    }
    if is_container {
        let mut i = 0;
        while i < column.args.len() {
            if let TypeArg::Type(inner) | TypeArg::Named(_, inner) = &column.args[i]
                && let Some(reason) = refuse(codec, inner)
            {
                return Some(reason);
            }
            i += 1;
        }
        return None;
    }
    if is_one_of(family, &["JSON", "Dynamic", "Nested"]) {
        return None;
    }
    let is_float = is_float(family) || is_geometric(family);
    if same(codec, "Delta") {
        match width(column) {
            Some(1 | 2 | 4 | 8) => None,
            Some(_) => {
                Some("it takes values of 1, 2, 4 or 8 bytes; leave it out, or say a width: `Delta(8)`")
            }
            None => Some("it takes values of one size; for text, `ZSTD` alone"),
        }
    } else if same(codec, "DoubleDelta") {
        match width(column) {
            Some(1 | 2 | 4 | 8) if !same(family, "FixedString") => None,
            _ => Some("it takes numbers and dates of up to 8 bytes; for others, `ZSTD`"),
        }
    } else if same(codec, "Gorilla") {
        if is_float {
            None
        } else {
            Some("it is for Float32 and Float64; for whole numbers and dates, `DoubleDelta` or `Delta, ZSTD`")
        }
    } else if is_one_of(codec, &["FPC", "ALP"]) {
        if is_float && !same(family, "BFloat16") {
            None
        } else {
            Some("it is for Float32 and Float64; for whole numbers and dates, `DoubleDelta` or `Delta, ZSTD`")
        }
    } else if same(codec, "T64") {
        match width(column) {
            Some(1 | 2 | 4 | 8) if !is_float && !same(family, "FixedString") => None,
            _ => {
                Some("it takes whole numbers, decimals, dates and Enums of up to 8 bytes; for others, `ZSTD`")
            }
        }
    } else if same(codec, "GCD") {
        if is_signed(family)
            || is_unsigned(family)
            || is_moment(family)
            || is_one_of(family, &["Decimal", "Bool"])
        {
            None
        } else {
            Some("it takes whole numbers, decimals and dates; for others, `ZSTD`")
        }
    } else {
        None
    }
}

/// Shapes are stored as their coordinates, which are Float64.
const fn is_geometric(family: &str) -> bool {
    is_one_of(
        family,
        &[
            "Point",
            "Ring",
            "LineString",
            "MultiLineString",
            "Polygon",
            "MultiPolygon",
        ],
    )
}

/// The bytes of a value, if all values have the same.
const fn width(column: &TypeExpr) -> Option<i64> {
    let family = column.family;
    if is_one_of(family, &["Int8", "UInt8", "Bool", "Enum8"]) {
        Some(1)
    } else if is_one_of(family, &["Int16", "UInt16", "Date", "Enum16", "BFloat16"]) {
        Some(2)
    } else if is_one_of(
        family,
        &["Int32", "UInt32", "Float32", "Date32", "DateTime", "IPv4", "Time"],
    ) {
        Some(4)
    } else if is_geometric(family)
        || is_one_of(family, &["Int64", "UInt64", "Float64", "DateTime64", "Time64"])
    {
        Some(8)
    } else if is_one_of(family, &["Int128", "UInt128", "UUID", "IPv6"]) {
        Some(16)
    } else if is_one_of(family, &["Int256", "UInt256"]) {
        Some(32)
    } else {
        match (
            same(family, "Decimal"),
            same(family, "FixedString"),
            column.args.first(),
        ) {
            (true, _, Some(TypeArg::Number(..=9))) => Some(4),
            (true, _, Some(TypeArg::Number(10..=18))) => Some(8),
            (true, _, Some(TypeArg::Number(19..=38))) => Some(16),
            (true, _, _) => Some(32),
            (_, true, Some(TypeArg::Number(length))) => Some(*length),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::parse_codec;

    /// Chains on a UInt64 that ClickHouse 26.7 takes.
    #[test]
    fn chains_that_the_server_takes() {
        for chain in [
            "NONE",
            "Default",
            "Delta, Default",
            "Delta, Delta, ZSTD",
            "GCD, Delta, ZSTD",
            "T64, Delta, ZSTD",
            "Delta, T64",
            "DoubleDelta",
            "ZSTD, AES_128_GCM_SIV",
            "AES_128_GCM_SIV",
            "ZSTD(0)",
            "ZSTD(-1)",
            "ZSTD(3, 24)",
            "LZ4HC(13)",
            "Delta(8), LZ4",
            "T64('bit')",
            "FPC(28)",
            "FPC(12, 4)",
            "Gorilla, Delta, ZSTD",
            "Gorilla, FPC",
            "DoubleDelta(8), LZ4",
        ] {
            assert_eq!(check_chain(&parse_codec(chain).unwrap()), Ok(()), "{chain}");
        }
    }

    /// Chains that it refuses, and the stage that is wrong.
    #[test]
    fn chains_that_the_server_refuses() {
        for (chain, stage) in [
            ("Delta", 0),
            ("GCD, Delta", 0),
            ("Delta, AES_128_GCM_SIV", 0),
            ("ZSTD, LZ4", 1),
            ("ZSTD, Delta", 1),
            ("Delta, ZSTD, LZ4", 2),
            ("NONE, ZSTD", 0),
            ("ZSTD, NONE", 0),
            ("Default, ZSTD", 1),
            ("AES_128_GCM_SIV, ZSTD", 1),
            ("zstd", 0),
            ("LZ4, Zdts", 1),
            ("ZSTD(23)", 0),
            ("ZSTD(1, 9)", 0),
            ("ZSTD(1, 2, 3)", 0),
            ("LZ4(1)", 0),
            ("Delta(3), LZ4", 0),
            ("GCD(8), LZ4", 0),
            ("FPC(29)", 0),
            ("FPC(12, 3)", 0),
            ("T64('x')", 0),
            ("T64(1)", 0),
            ("Delta, Gorilla", 1),
            ("DoubleDelta, FPC", 1),
        ] {
            let found = check_chain(&parse_codec(chain).unwrap());
            assert_eq!(found.map_err(|flaw| flaw.stage), Err(stage), "{chain}");
        }
    }
}
