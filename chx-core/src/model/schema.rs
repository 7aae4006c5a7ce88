//! A whole schema: objects in canonical form, by identity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;

use super::{MaterializedView, Object, ObjectId, QualifiedName, Table, View};

/// A set of objects, each in canonical form, each under its own identity.
///
/// Where a schema comes from (the registry, the history, a server, a file) is not known here and changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Object>", into = "Vec<Object>")]
pub struct Schema {
    objects: BTreeMap<ObjectId, Object>,
}

/// Two objects with one name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} `{}` is there already, as a {}", .second, .id, .first)]
pub struct DuplicateObject {
    /// The name that both have.
    pub id: ObjectId,
    /// The kind of the one that was there.
    pub first: super::ObjectKind,
    /// The kind of the one that came.
    pub second: super::ObjectKind,
}

impl Schema {
    /// Brings an object into canonical form and adds it.
    pub fn insert(&mut self, object: impl Into<Object>) -> Result<(), DuplicateObject> {
        let object = object.into();
        let id = object.id();
        if let Some(first) = self.objects.get(&id) {
            return Err(DuplicateObject {
                id,
                first: first.kind(),
                second: object.kind(),
            });
        }
        self.put(object);
        Ok(())
    }

    /// Brings an object into canonical form and puts it in place of whatever had its name.
    pub fn put(&mut self, object: impl Into<Object>) -> Option<Object> {
        let object = crate::canon::canonical(object.into());
        self.objects.insert(object.id(), object)
    }

    /// Takes an object out.
    pub fn remove(&mut self, id: &ObjectId) -> Option<Object> {
        self.objects.remove(id)
    }

    /// The object of this identity.
    pub fn get(&self, id: &ObjectId) -> Option<&Object> {
        self.objects.get(id)
    }

    /// The fingerprint of the object of this identity.
    pub fn fingerprint(&self, id: &ObjectId) -> Option<Fingerprint> {
        self.objects.get(id).map(Fingerprint::of_canonical)
    }

    /// Is there an object of this identity?
    pub fn contains(&self, id: &ObjectId) -> bool {
        self.objects.contains_key(id)
    }

    /// All objects, by identity: databases first, then everything else by full name.
    pub fn iter(&self) -> impl Iterator<Item = (&ObjectId, &Object)> {
        self.objects.iter()
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// The number of objects.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Is there nothing at all?
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The object that has this full name.
    pub fn relation(&self, name: &QualifiedName) -> Option<&Object> {
        self.objects.get(&ObjectId::Relation(name.clone()))
    }

    /// The table of this name, if the name is a table's.
    pub fn table(&self, name: &QualifiedName) -> Option<&Table> {
        match self.relation(name) {
            Some(Object::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The view of this name, if the name is a view's.
    pub fn view(&self, name: &QualifiedName) -> Option<&View> {
        match self.relation(name) {
            Some(Object::View(view)) => Some(view),
            _ => None,
        }
    }

    /// The materialized view of this name, if the name is one's.
    pub fn materialized_view(&self, name: &QualifiedName) -> Option<&MaterializedView> {
        match self.relation(name) {
            Some(Object::MaterializedView(view)) => Some(view),
            _ => None,
        }
    }
}

/// Later objects replace earlier ones of the same name; use [`Schema::insert`] where that is a mistake.
impl FromIterator<Object> for Schema {
    fn from_iter<I: IntoIterator<Item = Object>>(objects: I) -> Self {
        let mut schema = Self::default();
        for object in objects {
            schema.put(object);
        }
        schema
    }
}

impl From<Vec<Object>> for Schema {
    fn from(objects: Vec<Object>) -> Self {
        objects.into_iter().collect()
    }
}

impl From<Schema> for Vec<Object> {
    fn from(schema: Schema) -> Self {
        schema.objects.into_values().collect()
    }
}
