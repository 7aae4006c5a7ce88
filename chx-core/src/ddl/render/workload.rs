//! The settings of workloads and the operations of resources.

use crate::model::{ResourceOperation, WorkloadSetting};

use super::out::Out;

/// `READ DISK d, WRITE ANY DISK`.
pub(super) fn operations(out: &mut Out, operations: &[ResourceOperation]) {
    out.list(operations, Out::sql);
}

/// `weight = 3, max_io_requests = 100 FOR disks`.
pub(super) fn settings(out: &mut Out, settings: &[WorkloadSetting]) {
    out.list(settings, |out, setting| {
        out.name(&setting.name);
        out.word(" = ");
        out.sql(&setting.value);
        if let Some(resource) = &setting.resource {
            out.word(" FOR ");
            out.sql(resource.sql());
        }
    });
}
