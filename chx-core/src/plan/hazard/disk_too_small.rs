//! CHX222: a mutation needs more disk than there is.
//!
//! A rewritten part stands beside the old one until that is cleaned up (8 minutes). Only a database can tell how much
//! that is, so without one nothing is said.

use crate::diag::{Severity, code};
use crate::plan::amount::Bytes;
use crate::plan::impact::bytes_rewritten;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, _)) = look.altered_table() else {
        return;
    };
    let Some(size) = look.size(&table.name) else {
        return;
    };
    let needed = bytes_rewritten(look.step, size);
    if let Some(free) = size.free_disk.filter(|free| needed > *free) {
        look.push(
            Severity::Error,
            code::DISK_TOO_SMALL,
            &table.name,
            format!("it rewrites {} and {} are free", Bytes(needed), Bytes(free)),
            "make room first: a mutation that runs out of disk stays behind half done",
        );
    }
}
