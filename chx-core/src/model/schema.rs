//! A whole schema: objects in canonical form, by identity.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::pair::Pair;

use super::access::AccessEntity;
use super::{Dictionary, Function, Ident, MaterializedView, Object, ObjectId, QualifiedName, Table, View};

/// A set of objects, each in canonical form, each under its own identity.
///
/// Where a schema comes from (the registry, the history, a server, a file) is not known here and changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Object>", into = "Vec<Object>")]
pub struct Schema {
    /// Shared, so that a copy of a schema copies no object.
    objects: BTreeMap<ObjectId, Arc<Object>>,
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
        match self.objects.entry(object.id()) {
            Entry::Occupied(first) => Err(DuplicateObject {
                id: first.key().clone(),
                first: first.get().kind(),
                second: object.kind(),
            }),
            Entry::Vacant(place) => {
                place.insert(Arc::new(crate::canon::canonical(object)));
                Ok(())
            }
        }
    }

    /// Brings an object into canonical form and puts it in place of whatever had its name.
    pub fn put(&mut self, object: impl Into<Object>) {
        let object = crate::canon::canonical(object.into());
        self.objects.insert(object.id(), Arc::new(object));
    }

    /// Changes an object where it stands, and brings it into canonical form again; its identity must stay. Gives the object
    /// before and after it. After an error the schema is as it was. `None` where the object is not there.
    pub(crate) fn change<E>(
        &mut self,
        id: &ObjectId,
        change: impl FnOnce(&mut Object) -> Result<(), E>,
    ) -> Option<Result<Pair<Arc<Object>>, E>> {
        let place = self.objects.get_mut(id)?;
        let mut object = Object::clone(place);
        Some(change(&mut object).map(|()| {
            let after = Arc::new(crate::canon::canonical(object));
            let before = std::mem::replace(place, Arc::clone(&after));
            Pair { before, after }
        }))
    }

    /// Takes an object out.
    pub fn remove(&mut self, id: &ObjectId) -> Option<Object> {
        self.objects.remove(id).map(Arc::unwrap_or_clone)
    }

    /// Takes out the databases that the other schema does not have: nobody declared them, they are where objects live.
    pub fn forget_other_databases(&mut self, other: &Self) {
        self.objects
            .retain(|id, _| !id.is_database() || other.contains(id));
    }

    /// The object of this identity.
    pub fn get(&self, id: &ObjectId) -> Option<&Object> {
        self.objects.get(id).map(|object| &**object)
    }

    /// The object of this identity, to be kept without a copy.
    pub(crate) fn shared(&self, id: &ObjectId) -> Option<&Arc<Object>> {
        self.objects.get(id)
    }

    /// Those objects of another schema that have one of these identities; no object is copied.
    pub(crate) fn part<'a>(&self, ids: impl IntoIterator<Item = &'a ObjectId>) -> Self {
        let objects = ids
            .into_iter()
            .filter_map(|id| self.objects.get_key_value(id))
            .map(|(id, object)| (id.clone(), Arc::clone(object)));
        Self {
            objects: objects.collect(),
        }
    }

    /// The fingerprint of the object of this identity.
    pub fn fingerprint(&self, id: &ObjectId) -> Option<Fingerprint> {
        self.get(id).map(Fingerprint::of_canonical)
    }

    /// Is there an object of this identity?
    pub fn contains(&self, id: &ObjectId) -> bool {
        self.objects.contains_key(id)
    }

    /// All objects, by identity: databases first, then what belongs to the server, then everything else by full name.
    pub fn iter(&self) -> impl Iterator<Item = (&ObjectId, &Object)> {
        self.objects.iter().map(|(id, object)| (id, &**object))
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values().map(|object| &**object)
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
        self.get(&ObjectId::Relation(name.clone()))
    }

    /// The object of this identity, with the identity as it stands here.
    pub(crate) fn get_entry(&self, id: &ObjectId) -> Option<(&ObjectId, &Object)> {
        self.objects.get_key_value(id).map(|(id, object)| (id, &**object))
    }

    /// The users, roles, row policies, quotas and settings profiles.
    pub fn access(&self) -> impl Iterator<Item = &AccessEntity> {
        self.objects().filter_map(|object| match object {
            Object::Access(entity) => Some(&**entity),
            _ => None,
        })
    }

    /// The object that has this full name, with the name as it stands here.
    pub(crate) fn named(&self, name: &QualifiedName) -> Option<(&QualifiedName, &Object)> {
        let (id, object) = self.objects.get_key_value(&ObjectId::Relation(name.clone()))?;
        id.relation().map(|name| (name, &**object))
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

    /// The dictionary of this name, if the name is one's.
    pub fn dictionary(&self, name: &QualifiedName) -> Option<&Dictionary> {
        match self.relation(name) {
            Some(Object::Dictionary(dictionary)) => Some(dictionary),
            _ => None,
        }
    }

    /// The SQL function of this name.
    pub fn function(&self, name: &Ident) -> Option<&Function> {
        match self.get(&ObjectId::Function(name.clone())) {
            Some(Object::Function(function)) => Some(function),
            _ => None,
        }
    }

    /// The SQL functions.
    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        self.objects().filter_map(|object| match object {
            Object::Function(function) => Some(function),
            _ => None,
        })
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
        let objects = objects.into_iter().map(|object| {
            let object = crate::canon::canonical(object);
            (object.id(), Arc::new(object))
        });
        Self {
            objects: objects.collect(),
        }
    }
}

impl From<Vec<Object>> for Schema {
    fn from(objects: Vec<Object>) -> Self {
        objects.into_iter().collect()
    }
}

impl From<Schema> for Vec<Object> {
    fn from(schema: Schema) -> Self {
        schema.objects.into_values().map(Arc::unwrap_or_clone).collect()
    }
}
