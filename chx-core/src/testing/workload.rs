//! Workloads and resources.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::{Resource, ResourceOperation, SettingValue, Workload, WorkloadSetting};

use super::name::ident;

/// Any workload.
pub(super) fn workload() -> BoxedStrategy<Workload> {
    let names = select(vec!["weight", "priority", "max_io_requests", "max_memory"]);
    let setting = (
        names,
        option::of(ident()),
        select(vec!["1", "-2", "2.5", "1Gi", ""]),
    );
    let setting = setting.prop_map(|(name, resource, value)| WorkloadSetting {
        name: name.to_owned(),
        resource,
        value: SettingValue::new(value),
    });
    (ident(), option::of(ident()), vec(setting, 0..4))
        .prop_map(|(name, parent, mut settings)| {
            // One value for a setting and a resource.
            settings.sort();
            settings.dedup_by(|a, b| a.name == b.name && a.resource == b.resource);
            Workload {
                name,
                parent,
                settings,
            }
        })
        .boxed()
}

/// Any resource.
pub(super) fn resource() -> BoxedStrategy<Resource> {
    let disk = prop_oneof![
        option::of(ident()).prop_map(ResourceOperation::Read),
        option::of(ident()).prop_map(ResourceOperation::Write),
    ];
    let thread = select(vec![
        ResourceOperation::MasterThread,
        ResourceOperation::WorkerThread,
    ]);
    let operations = prop_oneof![
        vec(disk, 1..4),
        vec(thread, 1..3),
        Just(vec![ResourceOperation::Query]),
        Just(vec![ResourceOperation::MemoryReservation]),
    ];
    (ident(), operations)
        .prop_map(|(name, operations)| Resource { name, operations })
        .boxed()
}
