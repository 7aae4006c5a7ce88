//! `[check]`: what each kind of finding means for the gate of a pipeline.

/// What a failed check means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLevel {
    /// The gate is shut.
    Error,
    /// It is said, and the gate stays open.
    Warning,
    /// It is not checked.
    Off,
}

/// The levels of all checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckPolicy {
    /// Objects that the engine refuses.
    pub engine: CheckLevel,
    /// Migrations that were edited, are missing or are not finished.
    pub history: CheckLevel,
    /// Changes of the Rust schema that no migration brings.
    pub generate: CheckLevel,
    /// What such changes endanger.
    pub hazards: CheckLevel,
    /// Migrations that the database has not seen, or has seen otherwise.
    pub pending: CheckLevel,
    /// A database that is not what the applied migrations made of it.
    pub drift: CheckLevel,
}

impl Default for CheckPolicy {
    fn default() -> Self {
        Self {
            engine: CheckLevel::Error,
            history: CheckLevel::Error,
            generate: CheckLevel::Error,
            hazards: CheckLevel::Warning,
            pending: CheckLevel::Error,
            drift: CheckLevel::Error,
        }
    }
}

/// The keys of `[check]`.
pub(super) const KEYS: [&str; 6] = ["engine", "history", "generate", "hazards", "pending", "drift"];

impl CheckLevel {
    /// Is nothing checked?
    pub fn is_off(self) -> bool {
        self == Self::Off
    }

    /// The level of this name.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "error" => Self::Error,
            "warning" => Self::Warning,
            "off" => Self::Off,
            _ => return None,
        })
    }
}

impl CheckPolicy {
    /// The level of a key of [`KEYS`].
    pub(super) fn level(&mut self, key: &str) -> Option<&mut CheckLevel> {
        Some(match key {
            "engine" => &mut self.engine,
            "history" => &mut self.history,
            "generate" => &mut self.generate,
            "hazards" => &mut self.hazards,
            "pending" => &mut self.pending,
            "drift" => &mut self.drift,
            _ => return None,
        })
    }
}
