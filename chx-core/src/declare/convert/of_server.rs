//! What belongs to the server: a name and a text.

use crate::ddl::{
    parse_collection_entries, parse_lambda, parse_resource_operations, parse_workload_settings,
};
use crate::declare::{
    FunctionDeclaration, NamedCollectionDeclaration, ResourceDeclaration, WorkloadDeclaration,
};
use crate::model::{Function, NamedCollection, Resource, Workload};

use super::{Declared, Reader};

impl Reader<'_> {
    pub(super) fn function(&mut self, function: &FunctionDeclaration) -> Option<Declared> {
        let name = self.ident(self.heading.name);
        let what = ("lambda of the function", self.heading.name);
        let (parameters, body) = self.sql(what, function.lambda, parse_lambda)?;
        Some(Declared::of(Function {
            name: name?,
            parameters,
            body,
        }))
    }

    pub(super) fn named_collection(&mut self, collection: &NamedCollectionDeclaration) -> Option<Declared> {
        let name = self.ident(self.heading.name);
        let what = ("entries of the named collection", self.heading.name);
        let entries = self.sql(what, collection.entries, parse_collection_entries)?;
        Some(Declared::of(NamedCollection { name: name?, entries }))
    }

    pub(super) fn resource(&mut self, resource: &ResourceDeclaration) -> Option<Declared> {
        let name = self.ident(self.heading.name);
        let what = ("operations of the resource", self.heading.name);
        let operations = self.sql(what, resource.operations, parse_resource_operations)?;
        Some(Declared::of(Resource {
            name: name?,
            operations,
        }))
    }

    pub(super) fn workload(&mut self, workload: &WorkloadDeclaration) -> Option<Declared> {
        let name = self.ident(self.heading.name);
        let parent = match workload.parent {
            Some(parent) => Some(self.ident(parent)?),
            None => None,
        };
        let what = ("settings of the workload", self.heading.name);
        let settings = if workload.settings.is_empty() {
            Vec::new()
        } else {
            self.sql(what, workload.settings, parse_workload_settings)?
        };
        Some(Declared::of(Workload {
            name: name?,
            parent,
            settings,
        }))
    }
}
