//! Dictionaries as structs.
//!
//! Decides how their clauses are written. A secret is written as the place where its value comes from; which place that is
//! was decided before.

use chx_core::ddl::render_dictionary_clause;
use chx_core::ident::Ident;
use chx_core::model::{Dictionary, DictionaryAttribute, Lifetime};

use super::super::layout::Entry;
use super::super::literal::string;
use super::{Field, Item, Writer, field, settings};

impl Writer<'_> {
    pub(super) fn dictionary(mut self, dictionary: &Dictionary) -> Item {
        self.comment(&dictionary.comment);
        let attributes = &dictionary.attributes;
        self.name_fields(attributes.iter().map(|attribute| attribute.name.as_str()));
        let is_row = Self::is_row(attributes.iter().map(|attribute| &attribute.data_type));
        let fields = attributes
            .iter()
            .map(|attribute| self.attribute(attribute, is_row))
            .collect();
        let key: Vec<&str> = dictionary
            .primary_key
            .iter()
            .map(|name| self.field_of(name))
            .collect();
        let key = match key.as_slice() {
            [only] => (*only).to_owned(),
            parts => format!("({})", parts.join(", ")),
        };
        self.entries.push(Entry::value("primary_key", key));
        if let Some(range) = &dictionary.range {
            let range = format!("({}, {})", self.field_of(&range.min), self.field_of(&range.max));
            self.entries.push(Entry::value("range", range));
        }
        for (key, clause) in [("source", &dictionary.source), ("layout", &dictionary.layout)] {
            self.entries
                .push(Entry::value(key, string(&render_dictionary_clause(clause))));
        }
        self.entries.extend(dictionary.lifetime.map(lifetime));
        self.entries.extend(settings(&dictionary.settings));
        let derives = if is_row {
            "ChDictionary, Row, Deserialize, Debug, Clone"
        } else {
            "ChDictionary, Debug, Clone"
        };
        self.finish(derives, fields)
    }

    /// The field of an attribute. A name that is no attribute stays as it is, for the compiler to refuse.
    fn field_of<'n>(&'n self, name: &'n Ident) -> &'n str {
        self.fields
            .get(name.as_str())
            .map_or_else(|| name.as_str(), String::as_str)
    }

    fn attribute(&mut self, attribute: &DictionaryAttribute, is_row: bool) -> Field {
        let name = attribute.name.as_str();
        let mut entries = Vec::new();
        let (ident, ty) = self.typed(name, &attribute.data_type, &mut entries);
        for (key, expr) in [
            ("default", &attribute.default),
            ("expression", &attribute.expression),
        ] {
            if let Some(expr) = expr {
                entries.push(Entry::value(key, string(expr.as_sql())));
            }
        }
        let traits = &attribute.traits;
        for (key, holds) in [
            ("hierarchical", traits.hierarchical),
            ("bidirectional", traits.bidirectional),
            ("injective", traits.injective),
            ("is_object_id", traits.is_object_id),
        ] {
            if holds {
                entries.push(Entry::Text(key.to_owned()));
            }
        }
        field(name, ident, ty, Vec::new(), entries, is_row)
    }
}

fn lifetime(lifetime: Lifetime) -> Entry {
    let Lifetime { min, max } = lifetime;
    if min == 0 {
        Entry::value("lifetime", max)
    } else {
        Entry::value("lifetime", format!("({min}, {max})"))
    }
}
