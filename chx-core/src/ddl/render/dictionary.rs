//! Dictionaries.

use crate::model::{Dictionary, DictionaryAttribute, DictionaryClause, DictionaryParam, DictionaryValue};

use super::column::settings_in_parens;
use super::out::Out;

/// Behind `CREATE DICTIONARY`, in the order in which the server keeps the clauses.
pub(super) fn dictionary(out: &mut Out, dictionary: &Dictionary) {
    out.sql(dictionary.name.sql());
    out.block(&dictionary.attributes, attribute);
    out.clause("PRIMARY KEY ");
    out.list(&dictionary.primary_key, |out, name| out.sql(name.sql()));
    out.clause("SOURCE(");
    clause(out, &dictionary.source);
    out.word(")");
    if let Some(lifetime) = &dictionary.lifetime {
        out.clause("LIFETIME(MIN ");
        out.sql(lifetime.min);
        out.word(" MAX ");
        out.sql(lifetime.max);
        out.word(")");
    }
    out.clause("LAYOUT(");
    clause(out, &dictionary.layout);
    out.word(")");
    if let Some(range) = &dictionary.range {
        out.clause("RANGE(MIN ");
        out.sql(range.min.sql());
        out.word(" MAX ");
        out.sql(range.max.sql());
        out.word(")");
    }
    if !dictionary.settings.is_empty() {
        out.clause("SETTINGS");
        settings_in_parens(out, &dictionary.settings);
    }
    out.comment_clause(&dictionary.comment);
}

pub(super) fn attribute(out: &mut Out, attribute: &DictionaryAttribute) {
    out.sql(attribute.name.sql());
    out.word(" ");
    out.data_type(&attribute.data_type);
    if let Some(default) = &attribute.default {
        out.word(" DEFAULT ");
        out.sql(default);
    }
    if let Some(expression) = &attribute.expression {
        out.word(" EXPRESSION ");
        out.sql(expression);
    }
    let traits = &attribute.traits;
    out.word_if(traits.hierarchical, " HIERARCHICAL");
    out.word_if(traits.bidirectional, " BIDIRECTIONAL");
    out.word_if(traits.injective, " INJECTIVE");
    out.word_if(traits.is_object_id, " IS_OBJECT_ID");
}

pub(super) fn clause(out: &mut Out, clause: &DictionaryClause) {
    word(out, &clause.kind);
    params(out, &clause.params);
}

/// `(KEY value KEY value)`. Nested parameters wait on a stack of their own.
fn params(out: &mut Out, params: &[DictionaryParam]) {
    out.word("(");
    let mut open = vec![params.iter().enumerate()];
    while let Some(level) = open.last_mut() {
        let Some((index, param)) = level.next() else {
            out.word(")");
            open.pop();
            continue;
        };
        out.word_if(index > 0, " ");
        word(out, &param.key);
        match &param.value {
            DictionaryValue::Params(inside) => {
                out.word("(");
                open.push(inside.iter().enumerate());
            }
            DictionaryValue::Text(text) => {
                out.word(" ");
                out.string(text);
            }
            DictionaryValue::Number(number) => {
                out.word(" ");
                out.word(number);
            }
            DictionaryValue::Call(call) => {
                out.word(" ");
                out.sql(call);
            }
            DictionaryValue::Secret(secret) => {
                out.word(" ");
                out.secret(secret);
            }
        }
    }
}

/// Kinds and keys are words of their own: `TABLE` and `NULL` need no quotes here.
fn word(out: &mut Out, word: &str) {
    if word
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        out.word(word);
    } else {
        out.name(word);
    }
}
