//! `Time` and `Time64`: times of day and spans of up to 999 hours.

use serde::{Deserialize, Serialize};

use super::{ChType, OutOfRange, TypeArg, TypeExpr};

/// Seconds from -999:59:59 to 999:59:59: ClickHouse's `Time`, four bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(i32);

/// Ticks of 10^-`P` seconds from -999:59:59 to 999:59:59: ClickHouse's `Time64(P)`, eight bytes. `P` is 0 to 9.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time64<const P: u8>(i64);

impl ChType for Time {
    const TYPE: TypeExpr = TypeExpr::named("Time");
}

impl<const P: u8> ChType for Time64<P> {
    const TYPE: TypeExpr = TypeExpr::with("Time64", &[TypeArg::Number(P as i64)]);
}

/// 999:59:59.
const MAX_SECONDS: i32 = 3_599_999;

impl Time {
    /// The least: -999:59:59.
    pub const MIN: Self = Self(-MAX_SECONDS);
    /// The greatest: 999:59:59.
    pub const MAX: Self = Self(MAX_SECONDS);

    /// That many seconds.
    ///
    /// # Errors
    /// More than 999:59:59 in either direction.
    pub fn from_seconds(seconds: i32) -> Result<Self, OutOfRange> {
        let time = Self(seconds);
        let range = OutOfRange::new("Time", "-999:59:59 to 999:59:59");
        if (Self::MIN..=Self::MAX).contains(&time) {
            Ok(time)
        } else {
            Err(range)
        }
    }

    /// The seconds.
    pub const fn seconds(self) -> i32 {
        self.0
    }
}

impl<const P: u8> Time64<P> {
    /// The ticks in a second: 10 to the power of `P`.
    pub const TICKS_PER_SECOND: i64 = 10_i64.pow(P as u32);

    /// That many ticks.
    ///
    /// # Errors
    /// More than 999:59:59 (and the digits behind it) in either direction.
    pub fn from_ticks(ticks: i64) -> Result<Self, OutOfRange> {
        let seconds = ticks.unsigned_abs() / Self::TICKS_PER_SECOND.unsigned_abs();
        if seconds <= u64::from(MAX_SECONDS.unsigned_abs()) {
            Ok(Self(ticks))
        } else {
            Err(OutOfRange::new("Time64", "-999:59:59 to 999:59:59"))
        }
    }

    /// The ticks.
    pub const fn ticks(self) -> i64 {
        self.0
    }
}
