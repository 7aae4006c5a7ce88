//! Which failures of a run are worth another try.
//!
//! Decides by the class of the error alone. That a statement may have run is no reason to give up, and none to send it
//! again: the next try begins by asking the database about it.

use super::RunError;
use crate::lock::LockError;

impl RunError {
    /// Can it be another error, or none, in a moment?
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Statement(_, error)
            | Self::Lost(_, error)
            | Self::Ask(error)
            | Self::Verify(error)
            | Self::Journal { source: error, .. }
            | Self::Lock(LockError::Server { source: error, .. }) => error.may_pass(),
            Self::Lock(_)
            | Self::History(_)
            | Self::Refused(_)
            | Self::Unmet(_)
            | Self::Secret(..)
            | Self::Unknown(..)
            | Self::Stuck { .. }
            | Self::Left { .. }
            | Self::NoWayBack(..)
            | Self::Disproven(..)
            | Self::SavepointExists(_)
            | Self::Scratch(_) => false,
        }
    }
}
