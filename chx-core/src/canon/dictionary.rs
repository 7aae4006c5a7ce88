//! Dictionaries.
//!
//! The order of parameters means nothing, a word means the string, a number in quotes the number. Parameters of one
//! key keep their order: replicas are tried in it.

use crate::model::{Dictionary, DictionaryParam, DictionaryValue};
use crate::sql::Expr;

use super::strip_parens;

pub(super) fn canonical_dictionary(mut dictionary: Dictionary) -> Dictionary {
    for attribute in &mut dictionary.attributes {
        attribute.default.iter_mut().for_each(strip_parens);
        attribute.expression.iter_mut().for_each(strip_parens);
    }
    canonical_params(&mut dictionary.source.params);
    canonical_params(&mut dictionary.layout.params);
    dictionary
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
