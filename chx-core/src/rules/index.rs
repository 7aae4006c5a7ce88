//! Which skipping indexes there are, their arguments, and the types that they take.

use crate::model::{Expr, IndexType};
use crate::nearest::nearest;
use crate::types::{TypeArg, TypeExpr};

use super::{is_float, is_one_of, not_null, plain, same};

/// The index types of ClickHouse 26.7.
const KNOWN: [&str; 8] = [
    "minmax",
    "set",
    "bloom_filter",
    "ngrambf_v1",
    "tokenbf_v1",
    "sparse_grams",
    "text",
    "vector_similarity",
];

/// Index types that are gone, and what took their place.
const GONE: [(&str, &str); 6] = [
    ("inverted", "text"),
    ("full_text", "text"),
    ("gin", "text"),
    ("annoy", "vector_similarity"),
    ("usearch", "vector_similarity"),
    ("hypothesis", "minmax"),
];

/// Checks the name and the arguments.
///
/// # Errors
/// What the server refuses whatever is indexed (errors 36, 42, 80, 117, 127).
pub fn check(index: &IndexType) -> Result<(), String> {
    let name = index.name.to_ascii_lowercase();
    if let Some((_, successor)) = GONE.iter().find(|(gone, _)| *gone == name) {
        return Err(format!("the index type `{name}` is gone; use `{successor}`"));
    }
    if !KNOWN.contains(&name.as_str()) {
        return Err(match nearest(&name, KNOWN) {
            Some(near) => format!("ClickHouse has no index type `{name}`; did you mean `{near}`?"),
            None => format!(
                "ClickHouse has no index type `{name}`; for one that is newer than this version, `raw(\"{name}\")`"
            ),
        });
    }
    let args: Vec<&str> = index.args.iter().map(Expr::as_sql).collect();
    let form = match (name.as_str(), args.as_slice()) {
        ("set", [rows]) if is_whole(rows, 0) => return Ok(()),
        ("set", _) => "takes the most different values that a block may have, 0 for any: `set(100)`",
        ("bloom_filter", []) => return Ok(()),
        ("bloom_filter", [rate]) if is_rate(rate) => return Ok(()),
        ("bloom_filter", _) => "takes the share of false hits, between 0 and 1: `bloom_filter(0.01)`",
        ("ngrambf_v1", [length, bytes, hashes, _]) if filter(bytes, hashes) && is_whole(length, 1) => {
            return Ok(());
        }
        ("ngrambf_v1", _) => {
            "takes four numbers: the length of a piece, the bytes of a filter, hash functions, a seed: \
             `ngrambf_v1(4, 1024, 2, 0)`"
        }
        ("tokenbf_v1", [bytes, hashes, _]) if filter(bytes, hashes) => return Ok(()),
        ("tokenbf_v1", _) => {
            "takes three numbers: the bytes of a filter, hash functions, a seed: `tokenbf_v1(1024, 2, 0)`"
        }
        ("sparse_grams", args) if matches!(args.len(), 5 | 6) => return Ok(()),
        ("sparse_grams", _) => {
            "takes the least and the most length of a piece, the bytes of a filter, hash functions, a seed: \
             `sparse_grams(3, 10, 1024, 2, 0)`"
        }
        ("text", args) if is_text(args) => return Ok(()),
        ("text", _) => {
            "takes its arguments by name, the tokenizer first: `text(tokenizer = 'splitByNonAlpha')`"
        }
        ("vector_similarity", args) if is_vector(args) => return Ok(()),
        ("vector_similarity", _) => {
            "takes `'hnsw'`, a distance (`'L2Distance'`, `'cosineDistance'`, `'dotProduct'`) and the length of the \
             vectors, and if need be a quantization, connections and candidates: \
             `vector_similarity('hnsw', 'L2Distance', 768)`"
        }
        _ => return Ok(()),
    };
    Err(format!("`{name}` {form}"))
}

fn is_whole(text: &str, least: u64) -> bool {
    text.parse::<u64>().is_ok_and(|number| number >= least)
}

fn is_rate(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|rate| rate > 0.0 && rate < 1.0)
}

fn filter(bytes: &str, hashes: &str) -> bool {
    is_whole(bytes, 1) && is_whole(hashes, 1)
}

fn is_text(args: &[&str]) -> bool {
    let name = |arg: &&str| arg.split_once('=').map(|(name, _)| name.trim().to_owned());
    args.iter().all(|arg| name(arg).is_some())
        && args.iter().any(|arg| name(arg).as_deref() == Some("tokenizer"))
}

fn is_vector(args: &[&str]) -> bool {
    // A word means the string.
    let text = |arg: &str| arg.trim_matches('\'').to_owned();
    let distances = ["L2Distance", "cosineDistance", "dotProduct"];
    match args {
        [method, distance, dimensions, rest @ ..] => {
            text(method) == "hnsw"
                && distances.contains(&text(distance).as_str())
                && is_whole(dimensions, 1)
                && matches!(rest.len(), 0 | 3)
        }
        _ => false,
    }
}

/// Do the types that this index takes matter at all?
pub fn depends_on_type(index: &IndexType) -> bool {
    !index.name.eq_ignore_ascii_case("set")
}

/// Why an index of this type cannot be over a column of that type. The name is in lower case.
pub const fn refuse(index: &str, column: &TypeExpr) -> Option<&'static str> {
    let value = plain(column);
    let family = not_null(value).family;
    if same(index, "minmax") {
        if is_one_of(family, &["JSON", "Dynamic", "Variant", "AggregateFunction"]) {
            return Some("its values have no order; index a part of it that has a type of its own");
        }
        return None;
    }
    if same(index, "bloom_filter") {
        let element = plain(not_null(element(value)));
        return if is_one_of(
            element.family,
            &[
                "Decimal",
                "Date32",
                "Time",
                "Time64",
                "Array",
                "Map",
                "Tuple",
                "JSON",
                "Variant",
                "Dynamic",
                "Point",
                "AggregateFunction",
                "Nested",
            ],
        ) {
            Some(
                "a bloom filter takes numbers, text, dates and lists of them; of a map index `\"mapKeys(...)\"` or `\"mapValues(...)\"`",
            )
        } else {
            None
        };
    }
    if is_one_of(index, &["ngrambf_v1", "tokenbf_v1", "sparse_grams"]) {
        let is_list = same(value.family, "Array");
        let inner = if is_list { element(value) } else { value };
        return if is_one_of(inner.family, &["String", "FixedString", "IPv6"]) {
            None
        } else if same(plain(not_null(inner)).family, "String") {
            Some(
                "it takes text without NULL, in a list also without LowCardinality; index `\"assumeNotNull(...)\"`",
            )
        } else {
            Some("it takes text: String, FixedString or a list of String")
        };
    }
    if same(index, "text") {
        let mut inner = plain(not_null(value));
        while same(inner.family, "Array") {
            inner = plain(not_null(plain(element(inner))));
        }
        return if is_one_of(inner.family, &["String", "FixedString"]) {
            None
        } else {
            Some(
                "it takes text: String, FixedString or a list of them; of a map index `\"mapKeys(...)\"` or `\"mapValues(...)\"`",
            )
        };
    }
    if same(index, "vector_similarity") {
        return if same(value.family, "Array") && is_float(element(value).family) {
            None
        } else {
            Some("it takes vectors: `Vec<f32>`, an Array of Float32, Float64 or BFloat16")
        };
    }
    None
}

/// The type of an array's elements, or the type itself.
const fn element(data_type: &TypeExpr) -> &TypeExpr {
    match data_type.args.first() {
        Some(TypeArg::Type(inner)) if same(data_type.family, "Array") => inner,
        _ => data_type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::parse_index_type;

    #[test]
    fn arguments_that_the_server_takes() {
        for kind in [
            "minmax",
            "MinMax",
            "minmax(1)",
            "set(0)",
            "bloom_filter",
            "bloom_filter(0.01)",
            "ngrambf_v1(3, 256, 2, 0)",
            "tokenbf_v1(256, 2, 0)",
            "sparse_grams(3, 5, 256, 2, 0)",
            "sparse_grams(3, 5, 4, 256, 2, 0)",
            "text(tokenizer = 'ngrams')",
            "text(tokenizer = splitByNonAlpha, preprocessor = lower(c))",
            "vector_similarity('hnsw', 'L2Distance', 4)",
            "vector_similarity(hnsw, L2Distance, 4)",
            "vector_similarity('hnsw', 'dotProduct', 4, 'bf16', 32, 128)",
        ] {
            assert_eq!(check(&parse_index_type(kind).unwrap()), Ok(()), "{kind}");
        }
    }

    #[test]
    fn arguments_that_the_server_refuses() {
        for kind in [
            "set",
            "set(1, 2)",
            "set(0.5)",
            "set(-1)",
            "bloom_filter(0)",
            "bloom_filter(1)",
            "bloom_filter(0.01, 2)",
            "ngrambf_v1",
            "ngrambf_v1(3, 256, 2)",
            "ngrambf_v1(0, 256, 2, 0)",
            "ngrambf_v1(3, 0, 2, 0)",
            "tokenbf_v1(256, 2)",
            "tokenbf_v1(0, 2, 0)",
            "sparse_grams(3, 5, 256, 2)",
            "text",
            "text('ngrams')",
            "text(tokeniser = 'ngrams')",
            "vector_similarity",
            "vector_similarity('hnsw', 'L2Distance')",
            "vector_similarity('ivf', 'L2Distance', 4)",
            "vector_similarity('hnsw', 'L1Distance', 4)",
            "vector_similarity('hnsw', 'L2Distance', 0)",
            "vector_similarity('hnsw', 'L2Distance', 4, 'bf16')",
            "inverted",
            "annoy",
            "hypothesis",
            "bloom",
            "minmaks",
        ] {
            assert!(check(&parse_index_type(kind).unwrap()).is_err(), "{kind}");
        }
    }
}
