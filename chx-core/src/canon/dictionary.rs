//! Dictionaries.
//!
//! The order of parameters means nothing, a word means the string, a number in quotes the number. Parameters of one
//! key keep their order: replicas are tried in it. A layout for numbers as keys, about a key that is none, is the layout for
//! complex keys: the server stores it so.

use crate::model::{DataType, Dictionary, DictionaryParam, DictionaryValue};
use crate::sql::Expr;

use super::strip_parens;

pub(super) fn canonical_dictionary(mut dictionary: Dictionary) -> Dictionary {
    for attribute in &mut dictionary.attributes {
        attribute.default.iter_mut().for_each(strip_parens);
        attribute.expression.iter_mut().for_each(strip_parens);
    }
    canonical_params(&mut dictionary.source.params);
    canonical_params(&mut dictionary.layout.params);
    if LAYOUTS_OF_BOTH.contains(&dictionary.layout.kind.as_str()) && !is_simple_key(&dictionary) {
        dictionary.layout.kind.insert_str(0, "COMPLEX_KEY_");
    }
    dictionary
}

/// The layouts that exist for numbers as keys and for complex ones.
const LAYOUTS_OF_BOTH: [&str; 7] = [
    "CACHE",
    "DIRECT",
    "HASHED",
    "HASHED_ARRAY",
    "RANGE_HASHED",
    "SPARSE_HASHED",
    "SSD_CACHE",
];

/// Is the key one number? Dates, times and addresses are none here. Measured on 24.8, 26.5 and 26.7.
fn is_simple_key(dictionary: &Dictionary) -> bool {
    let [key] = dictionary.primary_key.as_slice() else {
        return false;
    };
    let attribute = dictionary
        .attributes
        .iter()
        .find(|attribute| attribute.name == *key);
    // A key that is no attribute is refused elsewhere.
    attribute.is_none_or(|attribute| {
        matches!(
            attribute.data_type,
            DataType::Int8
                | DataType::Int16
                | DataType::Int32
                | DataType::Int64
                | DataType::Int128
                | DataType::Int256
                | DataType::UInt8
                | DataType::UInt16
                | DataType::UInt32
                | DataType::UInt64
                | DataType::UInt128
                | DataType::UInt256
                | DataType::Float32
                | DataType::Float64
                | DataType::Decimal { .. }
                | DataType::Bool
        )
    })
}

fn canonical_params(params: &mut [DictionaryParam]) {
    let mut open = vec![params];
    while let Some(params) = open.pop() {
        params.sort_by(|a, b| a.key.cmp(&b.key));
        for param in params {
            if let DictionaryValue::Text(text) = &param.value
                && is_number(text)
            {
                param.value = DictionaryValue::Number(text.clone());
            }
            if let DictionaryValue::Params(inside) = &mut param.value {
                open.push(inside);
            }
        }
    }
}

/// Does the text read as a number that is written as the same text?
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole) && digits(fraction) && Expr::parse(text).is_ok_and(|number| number.as_sql() == text)
}
