//! The pieces of a dictionary.

use std::collections::BTreeMap;

use crate::ddl::{render_dictionary_attribute, render_dictionary_clause};
use crate::diag::Severity;
use crate::model::Dictionary;

use super::Changes;

pub(super) fn push(found: &mut Changes, before: &Dictionary, after: &Dictionary) {
    let attributes = |dictionary: &Dictionary| -> BTreeMap<String, String> {
        dictionary
            .attributes
            .iter()
            .map(|attribute| (attribute.name.to_string(), render_dictionary_attribute(attribute)))
            .collect()
    };
    found.members(
        "attribute",
        &attributes(before),
        &attributes(after),
        Severity::Error,
    );
    let names = |dictionary: &Dictionary| {
        let names = dictionary
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    if attributes(before).keys().eq(attributes(after).keys()) {
        found.put(
            "order of the attributes",
            names(before),
            names(after),
            Severity::Warning,
        );
    }
    let mut piece = |name: &str, value: &dyn Fn(&Dictionary) -> String, severity| {
        found.put(name, value(before), value(after), severity);
    };
    piece(
        "primary key",
        &|dictionary| {
            let key = dictionary.primary_key.iter().map(|name| name.sql().to_string());
            key.collect::<Vec<_>>().join(", ")
        },
        Severity::Error,
    );
    piece(
        "source",
        &|dictionary| render_dictionary_clause(&dictionary.source),
        Severity::Error,
    );
    piece(
        "lifetime",
        &|dictionary| match dictionary.lifetime {
            Some(lifetime) => format!("MIN {} MAX {}", lifetime.min, lifetime.max),
            None => String::new(),
        },
        Severity::Warning,
    );
    piece(
        "layout",
        &|dictionary| render_dictionary_clause(&dictionary.layout),
        Severity::Warning,
    );
    piece(
        "range",
        &|dictionary| match &dictionary.range {
            Some(range) => format!("MIN {} MAX {}", range.min.sql(), range.max.sql()),
            None => String::new(),
        },
        Severity::Error,
    );
    found.settings("setting", &before.settings, &after.settings);
    found.put(
        "comment",
        before.comment.as_str(),
        after.comment.as_str(),
        Severity::Note,
    );
}
