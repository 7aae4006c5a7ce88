//! What goes wrong for a moment is tried again, after a pause that grows.

use std::time::Duration;

use super::{ErrorClass, ServerError};

/// How often, and after which pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How many times something is tried again. 0: never.
    pub times: u32,
    /// The pause before the first time; each one is twice as long as the one before it, up to half a minute.
    pub pause: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            times: 5,
            pause: Duration::from_millis(200),
        }
    }
}

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(30);

impl Retry {
    /// Nothing is tried again.
    pub const NEVER: Self = Self {
        times: 0,
        pause: Duration::ZERO,
    };

    /// The pauses, one for each time.
    pub(crate) fn pauses(self) -> impl Iterator<Item = Duration> {
        (0..self.times).scan(self.pause, |pause, _| {
            let now = (*pause).min(LONGEST);
            *pause = now.saturating_mul(2);
            Some(now)
        })
    }
}

impl ServerError {
    /// Can it be another error, or none, in a moment?
    pub fn may_pass(&self) -> bool {
        match self.class() {
            ErrorClass::Network | ErrorClass::Busy | ErrorClass::Keeper | ErrorClass::ReadOnly => true,
            // A statement that ran out of its own time would do so again; a socket would not.
            ErrorClass::Timeout => self.code() == Some(209),
            ErrorClass::Access
            | ErrorClass::Missing
            | ErrorClass::Exists
            | ErrorClass::Full
            | ErrorClass::Permanent => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let retry = Retry {
            times: 8,
            pause: Duration::from_secs(1),
        };
        let seconds: Vec<u64> = retry.pauses().map(|pause| pause.as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(Retry { times: 0, ..retry }.pauses().count(), 0);
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let passes =
            |code: u32| ServerError::from_text(&format!("Code: {code}. DB::Exception: x (Y)")).may_pass();
        for code in [202, 209, 210, 225, 241, 242, 252, 319, 999] {
            assert!(passes(code), "{code}");
        }
        for code in [57, 60, 62, 159, 164, 243, 341, 497, 516] {
            assert!(!passes(code), "{code}");
        }
        assert!(ServerError::Network("broken pipe".into()).may_pass());
    }
}
