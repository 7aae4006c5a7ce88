//! Exit codes: what a script learns without reading a word.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, nothing wrong.
    Done = 0,
    /// The operation failed.
    Failed = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// Changes are pending (with `--exit-code`).
    Pending = 3,
    /// Refused: something would be destroyed without consent.
    Refused = 4,
    /// The database is not what it should be.
    Drift = 5,
    /// The server cannot be reached.
    Unreachable = 6,
    /// Another run holds the lock.
    Locked = 7,
    /// Ended from outside, between two statements.
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
