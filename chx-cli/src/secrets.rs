//! Places for secrets that a server hides.
//!
//! Decides from which variable of the environment a value comes that the server shows as `[HIDDEN]`: the place that the code
//! names already, else a variable that is named after the object and the key of the value, and never one for two.

use std::collections::BTreeSet;

use chx_core::canon::with_places;
use chx_core::ddl::secrets_of_object;
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::model::access::AccessId;
use chx_core::model::{Object, ObjectId, Schema, Secret};

/// Names of variables that were given out.
#[derive(Debug, Default)]
pub(crate) struct Places {
    taken: BTreeSet<String>,
    /// One note for each object whose secrets got new places.
    pub(crate) notes: Vec<Diagnostic>,
}

impl Places {
    /// Besides those of a schema.
    pub(crate) fn besides(schema: &Schema) -> Self {
        let secrets = schema.iter().flat_map(|(_, object)| secrets_of_object(object));
        let taken = secrets.filter_map(|secret| match secret {
            Secret::Env(name) => Some(name),
            Secret::File(_) | Secret::Empty | Secret::Hidden => None,
        });
        Self {
            taken: taken.collect(),
            notes: Vec::new(),
        }
    }

    /// The object with a place for each of its hidden secrets; where `known` has one, with that.
    pub(crate) fn place(&mut self, object: Object, known: Option<&Object>) -> Object {
        let id = object.id();
        let mut new = Vec::new();
        let placed = with_places(object, known, &mut |key| {
            let name = self.take(&id, key);
            new.push(name.clone());
            Secret::Env(name)
        });
        if !new.is_empty() {
            let listed: Vec<String> = new.iter().map(|name| format!("`env:{name}`")).collect();
            let message = format!(
                "has a secret that the server does not show; it is written as {}",
                listed.join(", ")
            );
            let note = Diagnostic::new(code::PLACED_SECRET, Severity::Note, &id, message);
            self.notes.push(note.help(
                "give the variable the value where `migrate` creates the object, or write `'file:PATH'` in its place",
            ));
        }
        placed
    }

    fn take(&mut self, id: &ObjectId, key: &str) -> String {
        let name = variable(id, key);
        let mut free = name.clone();
        let mut number = 1;
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{name}_{number}");
        }
        free
    }
}

/// `SHOP_COUNTRY_PASSWORD` for the password of `shop.country`.
fn variable(id: &ObjectId, key: &str) -> String {
    let (place, object) = match id {
        ObjectId::Database(name) => (name.as_str(), ""),
        ObjectId::Function(name) => ("function", name.as_str()),
        // What a collection is called says enough.
        ObjectId::NamedCollection(name) => (name.as_str(), ""),
        ObjectId::Resource(name) => ("resource", name.as_str()),
        ObjectId::Workload(name) => ("workload", name.as_str()),
        ObjectId::Access(AccessId::Grantee(name)) => (name.as_str(), ""),
        // They have no secrets.
        ObjectId::Access(_) => ("access", ""),
        ObjectId::Relation(name) => (name.database.as_str(), name.name.as_str()),
    };
    let mut name = String::new();
    for part in [place, object, key] {
        let word: String = part
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_uppercase()
                } else {
                    '_'
                }
            })
            .collect();
        if !name.is_empty() && !word.is_empty() {
            name.push('_');
        }
        name.push_str(&word);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::{ParseContext, parse_object, render_object_line};

    use super::*;

    fn placed(places: &mut Places, name: &str) -> String {
        let sql = format!(
            "CREATE DICTIONARY {name} (k UInt64) PRIMARY KEY k SOURCE(MYSQL(PASSWORD '[HIDDEN]' REPLICA(PASSWORD '[HIDDEN]'))) \
             LAYOUT(FLAT()) LIFETIME(1)"
        );
        let object = parse_object(&sql, &ParseContext::default()).unwrap();
        let text = render_object_line(&places.place(object, None));
        let names: Vec<&str> = text
            .split("env:")
            .skip(1)
            .map(|rest| rest.split('\'').next().unwrap())
            .collect();
        names.join(" ")
    }

    #[test]
    fn every_secret_has_a_variable_of_its_own() {
        let mut places = Places::default();
        assert_eq!(placed(&mut places, "a_b.c"), "A_B_C_PASSWORD A_B_C_PASSWORD_2");
        assert_eq!(placed(&mut places, "a.b_c"), "A_B_C_PASSWORD_3 A_B_C_PASSWORD_4");
        assert_eq!(
            placed(&mut places, "`1-ü`.x"),
            "_1___X_PASSWORD _1___X_PASSWORD_2"
        );
        assert_eq!(places.notes.len(), 3);
    }
}
