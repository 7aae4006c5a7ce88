//! What CREATE and DROP do to workloads and resources.
//!
//! They share names, workloads are one tree, and what workloads name stays. A parent or resource that is not there is not
//! refused here: the schema may be a part of one.

use std::collections::BTreeSet;

use crate::ddl::{CreateResource, CreateWorkload, OnExisting, Statement};
use crate::ident::Ident;
use crate::model::{Object, ObjectId, Resource, Schema, Workload};

use super::ApplyError;

impl Schema {
    pub(super) fn create_workload(&mut self, create: &CreateWorkload) -> Result<(), ApplyError> {
        let CreateWorkload {
            workload,
            on_existing,
        } = create;
        self.refuse_taken(ObjectId::Resource(workload.name.clone()))?;
        let id = ObjectId::Workload(workload.name.clone());
        let was = self.workload(&workload.name);
        if was.is_some() && *on_existing == OnExisting::Keep {
            return Ok(());
        }
        match &workload.parent {
            None => {
                let mut roots = self.workloads().filter(|other| other.parent.is_none());
                if let Some(root) = roots.find(|root| root.name != workload.name) {
                    let root = ObjectId::Workload(root.name.clone());
                    return Err(ApplyError::SecondRoot { id, root });
                }
            }
            Some(_) if was.is_some_and(|was| was.parent.is_none()) => return Err(ApplyError::Root { id }),
            Some(parent) => {
                if self.ancestors(parent).contains(&workload.name) {
                    return Err(ApplyError::Ancestor { id });
                }
            }
        }
        self.create(workload.clone().into(), *on_existing)
    }

    pub(super) fn create_resource(&mut self, create: &CreateResource) -> Result<(), ApplyError> {
        let CreateResource {
            resource,
            on_existing,
        } = create;
        self.refuse_taken(ObjectId::Workload(resource.name.clone()))?;
        let id = ObjectId::Resource(resource.name.clone());
        if let Some(was) = self.resource(&resource.name) {
            match on_existing {
                OnExisting::Keep => return Ok(()),
                OnExisting::Replace if was.unit() != resource.unit() => return Err(ApplyError::Unit { id }),
                OnExisting::Replace | OnExisting::Fail => {}
            }
        }
        for other in self.resources().filter(|other| other.name != resource.name) {
            let single = resource
                .operations
                .iter()
                .filter(|operation| operation.is_single());
            if let Some(operation) = single
                .into_iter()
                .find(|operation| other.operations.contains(operation))
            {
                return Err(ApplyError::Counted {
                    id,
                    operation: operation.to_string(),
                    by: ObjectId::Resource(other.name.clone()),
                });
            }
        }
        self.create(resource.clone().into(), *on_existing)
    }

    /// Drops a workload or a resource that no workload names.
    pub(super) fn drop_unreferenced(&mut self, id: &ObjectId, if_exists: bool) -> Result<(), ApplyError> {
        let names = |workload: &&Workload| match id {
            ObjectId::Workload(name) => workload.parent.as_ref() == Some(name),
            ObjectId::Resource(name) => workload.resources().any(|resource| resource == name),
            _ => false,
        };
        if let Some(by) = self.workloads().find(names) {
            return Err(ApplyError::Referenced {
                id: id.clone(),
                by: ObjectId::Workload(by.name.clone()),
            });
        }
        self.drop_object(id, if_exists)
    }

    /// Workloads and resources have one space of names.
    fn refuse_taken(&self, id: ObjectId) -> Result<(), ApplyError> {
        match self.get(&id) {
            Some(taken) => Err(ApplyError::Exists {
                kind: taken.kind(),
                id,
            }),
            None => Ok(()),
        }
    }

    /// A workload and those above it.
    fn ancestors(&self, name: &Ident) -> BTreeSet<Ident> {
        let mut found = BTreeSet::new();
        let mut next = Some(name.clone());
        while let Some(name) = next.take() {
            next = self.workload(&name).and_then(|workload| workload.parent.clone());
            if !found.insert(name) {
                break;
            }
        }
        found
    }
}

impl Schema {
    /// The workload of this name.
    pub fn workload(&self, name: &Ident) -> Option<&Workload> {
        match self.get(&ObjectId::Workload(name.clone())) {
            Some(Object::Workload(workload)) => Some(workload),
            _ => None,
        }
    }

    /// The workloads.
    pub fn workloads(&self) -> impl Iterator<Item = &Workload> {
        self.objects().filter_map(|object| match object {
            Object::Workload(workload) => Some(workload),
            _ => None,
        })
    }

    /// The resource of this name.
    pub fn resource(&self, name: &Ident) -> Option<&Resource> {
        match self.get(&ObjectId::Resource(name.clone())) {
            Some(Object::Resource(resource)) => Some(resource),
            _ => None,
        }
    }

    /// The resources.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.objects().filter_map(|object| match object {
            Object::Resource(resource) => Some(resource),
            _ => None,
        })
    }
}

impl Schema {
    /// What the server would refuse of the workloads and resources of a whole schema, and why.
    pub fn mistakes_of_workloads(&self) -> Vec<(ObjectId, String)> {
        let mut mistakes = Vec::new();
        let mut made = Self::default();
        let mut make = |object: Object| {
            let id = object.id();
            if let Err(error) = made.apply(&Statement::creating(object)) {
                mistakes.push((id, error.to_string()));
            }
        };
        for resource in self.resources() {
            make(resource.clone().into());
        }
        // Roots and those in a circle first, then whoever has a parent that is made already.
        let mut workloads: Vec<&Workload> = self.workloads().collect();
        workloads.sort_by_key(|workload| {
            let above = workload.parent.as_ref();
            above.map_or(0, |parent| self.ancestors(parent).len())
        });
        for workload in &workloads {
            make(Workload::clone(workload).into());
        }
        for workload in workloads {
            let parent = workload.parent.iter().cloned().map(ObjectId::Workload);
            let named = parent.chain(workload.resources().cloned().map(ObjectId::Resource));
            for id in named.filter(|id| !self.contains(id)) {
                let about = ObjectId::Workload(workload.name.clone());
                mistakes.push((about, format!("names the {id}, which is not there")));
            }
        }
        mistakes
    }
}

#[cfg(test)]
mod tests {
    use crate::ddl::{ParseContext, parse_statement};
    use crate::ident::Ident;
    use crate::script::schema_of_script;

    /// What a statement is refused with on these workloads and resources.
    #[track_caller]
    fn refused(sql: &str, expected: &str) {
        let mut schema = schema_of_script(
            "CREATE RESOURCE disks (READ ANY DISK); CREATE RESOURCE queries (QUERY); CREATE WORKLOAD top; \
             CREATE WORKLOAD a IN top SETTINGS weight = 2 FOR disks; CREATE WORKLOAD b IN a;",
            "test.sql",
            &Ident::new("app").unwrap(),
        )
        .unwrap();
        let before = schema.clone();
        let statement = parse_statement(sql, &ParseContext::default()).unwrap();
        let error = schema.apply(&statement).unwrap_err();
        assert_eq!(error.to_string(), expected, "{sql}");
        assert_eq!(schema, before, "nothing changed");
    }

    #[test]
    fn the_tree_stays_one() {
        refused(
            "CREATE WORKLOAD other",
            "`workload other` says no parent, and `workload top` is the root already: a server has one tree of workloads",
        );
        refused(
            "CREATE OR REPLACE WORKLOAD b",
            "`workload b` says no parent, and `workload top` is the root already: a server has one tree of workloads",
        );
        refused(
            "CREATE OR REPLACE WORKLOAD top IN b",
            "`workload top` is the root of the workloads and stays it",
        );
        refused(
            "CREATE OR REPLACE WORKLOAD a IN b",
            "`workload a` would be its own ancestor",
        );
        refused("CREATE WORKLOAD c IN c", "`workload c` would be its own ancestor");
        refused("DROP WORKLOAD a", "`workload a` cannot go: `workload b` names it");
        refused(
            "DROP WORKLOAD top",
            "`workload top` cannot go: `workload a` names it",
        );
    }

    #[test]
    fn resources_count_what_they_counted() {
        refused(
            "DROP RESOURCE disks",
            "`resource disks` cannot go: `workload a` names it",
        );
        refused(
            "CREATE OR REPLACE RESOURCE disks (QUERY)",
            "`resource disks` cannot be replaced by one that counts something else: drop it first",
        );
        refused(
            "CREATE RESOURCE more (QUERY)",
            "`resource more` would count `QUERY`, which `resource queries` counts already",
        );
    }

    #[test]
    fn workloads_and_resources_share_names() {
        refused(
            "CREATE WORKLOAD disks IN top",
            "`resource disks` is there already, as a resource",
        );
        refused(
            "CREATE RESOURCE a (READ DISK x)",
            "`workload a` is there already, as a workload",
        );
    }
}
