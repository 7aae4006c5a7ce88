//! Dictionaries: attributes, key, source, layout and range.

use crate::ddl::parse_dictionary_clause;
use crate::declare::{AttributeDeclaration, DictionaryDeclaration};
use crate::ident::Ident;
use crate::model::{AttributeTraits, Dictionary, DictionaryAttribute, DictionaryRange, Lifetime, Object};

use super::{Declared, Reader, expr, settings};

impl Reader<'_> {
    pub(super) fn dictionary(&mut self, declared: &DictionaryDeclaration) -> Option<Declared> {
        let name = self.qualified(declared.heading.database, declared.heading.name);
        let renamed_from = self.renamed_from();
        let mut attributes = Vec::with_capacity(declared.attributes.len());
        for attribute in declared.attributes {
            self.line = attribute.line;
            attributes.extend(self.attribute(attribute));
        }
        self.line = 0;
        let names = declared.attributes.iter();
        self.refuse_duplicates(
            "attribute",
            names.map(|attribute| (attribute.name, attribute.line)),
        );
        let primary_key: Option<Vec<Ident>> =
            declared.primary_key.iter().map(|name| self.ident(name)).collect();
        let source = self.sql(("source", ""), declared.source, parse_dictionary_clause);
        let layout = self.sql(("layout", ""), declared.layout, parse_dictionary_clause);
        let range = match declared.range {
            None => None,
            Some((min, max)) => Some(DictionaryRange {
                min: self.ident(min)?,
                max: self.ident(max)?,
            }),
        };
        let object = Object::Dictionary(Dictionary {
            name: name?,
            attributes,
            primary_key: primary_key?,
            source: source?,
            layout: layout?,
            lifetime: declared.lifetime.map(|(min, max)| Lifetime { min, max }),
            range,
            settings: settings(declared.settings),
            comment: declared.heading.comment.to_owned(),
        });
        Some(Declared {
            renamed_from,
            ..Declared::of(object)
        })
    }

    fn attribute(&mut self, attribute: &AttributeDeclaration) -> Option<DictionaryAttribute> {
        let place = ("attribute", attribute.name);
        let default = match attribute.default {
            None => None,
            Some(default) => Some(self.sql(place, default, expr)?),
        };
        let expression = match attribute.expression {
            None => None,
            Some(expression) => Some(self.sql(place, expression, expr)?),
        };
        Some(DictionaryAttribute {
            name: self.ident(attribute.name)?,
            data_type: self.data_type(attribute.name, &attribute.data_type)?,
            default,
            expression,
            traits: AttributeTraits {
                hierarchical: attribute.hierarchical,
                bidirectional: attribute.bidirectional,
                injective: attribute.injective,
                is_object_id: attribute.is_object_id,
            },
        })
    }
}
