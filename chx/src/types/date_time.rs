//! `DateTime` and `DateTime64`.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::{ChType, OutOfRange, TypeArg, TypeExpr};

/// A second from 1970-01-01 00:00:00 to 2106-02-07 06:28:15 UTC: ClickHouse's `DateTime`, four bytes.
///
/// A time zone on the column (`#[ch(type = "DateTime('Europe/Berlin')")]`) changes how ClickHouse reads and writes
/// text, not the value.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use chx::types::DateTime;
/// let noon = DateTime::try_from(SystemTime::UNIX_EPOCH + Duration::from_secs(43_200))?;
/// assert_eq!(noon.unix_seconds(), 43_200);
/// # Ok::<(), chx::types::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(u32);

/// A moment with `P` digits behind the second: ClickHouse's `DateTime64(P)`, eight bytes. `P` is 0 to 9: 3 for
/// milliseconds, 6 for microseconds, 9 for nanoseconds.
///
/// ClickHouse keeps 1900-01-01 to 2299-12-31 (to 2262-04-11 for `P` = 9); this type holds whatever ticks it is given.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use chx::types::DateTime64;
/// let moment = DateTime64::<3>::try_from(SystemTime::UNIX_EPOCH + Duration::from_micros(1_234_567))?;
/// assert_eq!(moment.ticks(), 1_234); // finer digits are cut off
/// # Ok::<(), chx::types::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime64<const P: u8>(i64);

impl ChType for DateTime {
    const TYPE: TypeExpr = TypeExpr::named("DateTime");
}

impl<const P: u8> ChType for DateTime64<P> {
    const TYPE: TypeExpr = TypeExpr::with("DateTime64", &[TypeArg::Number(P as i64)]);
}

impl DateTime {
    /// The last second: 2106-02-07 06:28:15 UTC.
    pub const MAX: Self = Self(u32::MAX);

    /// The second that many seconds after 1970-01-01 00:00:00 UTC.
    pub const fn from_unix_seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// The seconds since 1970-01-01 00:00:00 UTC.
    pub const fn unix_seconds(self) -> u32 {
        self.0
    }

    pub(super) const OUT_OF_RANGE: OutOfRange = OutOfRange {
        column_type: "DateTime",
        holds: "the seconds from 1970-01-01 to 2106-02-07 UTC",
    };
}

impl<const P: u8> DateTime64<P> {
    /// The ticks in a second: 10 to the power of `P`.
    pub const TICKS_PER_SECOND: i64 = 10_i64.pow(P as u32);

    /// The moment that many ticks after 1970-01-01 00:00:00 UTC, before it if negative.
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// The ticks since 1970-01-01 00:00:00 UTC; negative before it.
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// The moment of a count of nanoseconds since 1970-01-01 00:00:00 UTC; finer digits than `P` are cut off
    /// (towards the past).
    ///
    /// # Errors
    /// The ticks do not fit into 64 bits.
    pub fn from_unix_nanos(nanos: i128) -> Result<Self, OutOfRange> {
        let ticks = nanos.div_euclid(Self::nanos_per_tick());
        i64::try_from(ticks).map(Self).map_err(|_| Self::OUT_OF_RANGE)
    }

    /// The nanoseconds since 1970-01-01 00:00:00 UTC.
    pub fn unix_nanos(self) -> i128 {
        i128::from(self.0) * Self::nanos_per_tick()
    }

    fn nanos_per_tick() -> i128 {
        i128::from(1_000_000_000 / Self::TICKS_PER_SECOND)
    }

    pub(super) const OUT_OF_RANGE: OutOfRange = OutOfRange {
        column_type: "DateTime64",
        holds: "a 64-bit count of ticks since 1970-01-01",
    };
}

/// Nanoseconds since 1970, negative before.
fn nanos_of(time: SystemTime) -> Option<i128> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).ok(),
        Err(before) => i128::try_from(before.duration().as_nanos())
            .ok()
            .map(|nanos| -nanos),
    }
}

/// Digits behind the second are cut off.
impl TryFrom<SystemTime> for DateTime {
    type Error = OutOfRange;
    fn try_from(time: SystemTime) -> Result<Self, OutOfRange> {
        let seconds = nanos_of(time).map(|nanos| nanos.div_euclid(1_000_000_000));
        seconds
            .and_then(|seconds| u32::try_from(seconds).ok())
            .map(Self)
            .ok_or(Self::OUT_OF_RANGE)
    }
}

impl From<DateTime> for SystemTime {
    fn from(time: DateTime) -> Self {
        Self::UNIX_EPOCH + Duration::from_secs(time.0.into())
    }
}

/// Finer digits than `P` are cut off.
impl<const P: u8> TryFrom<SystemTime> for DateTime64<P> {
    type Error = OutOfRange;
    fn try_from(time: SystemTime) -> Result<Self, OutOfRange> {
        nanos_of(time)
            .ok_or(Self::OUT_OF_RANGE)
            .and_then(Self::from_unix_nanos)
    }
}

impl<const P: u8> TryFrom<DateTime64<P>> for SystemTime {
    type Error = OutOfRange;
    fn try_from(time: DateTime64<P>) -> Result<Self, OutOfRange> {
        let nanos = time.unix_nanos();
        let seconds = u64::try_from((nanos / 1_000_000_000).unsigned_abs());
        let rest = u32::try_from((nanos % 1_000_000_000).unsigned_abs());
        let (Ok(seconds), Ok(rest)) = (seconds, rest) else {
            return Err(DateTime64::<P>::OUT_OF_RANGE);
        };
        let distance = Duration::new(seconds, rest);
        let moment = if nanos < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        moment.ok_or(DateTime64::<P>::OUT_OF_RANGE)
    }
}

impl<const P: u8> From<DateTime> for DateTime64<P> {
    fn from(time: DateTime) -> Self {
        // 2^32 seconds of 10^9 ticks fit into 64 bits.
        Self(i64::from(time.0) * Self::TICKS_PER_SECOND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_before_1970_are_cut_towards_the_past() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_micros(1);
        assert_eq!(DateTime64::<3>::try_from(before).unwrap().ticks(), -1);
        assert_eq!(DateTime64::<6>::try_from(before).unwrap().ticks(), -1);
        assert_eq!(SystemTime::try_from(DateTime64::<6>::from_ticks(-1)), Ok(before));
        assert_eq!(DateTime::try_from(before), Err(DateTime::OUT_OF_RANGE));
    }

    #[test]
    fn a_datetime_fits_into_any_precision() {
        assert_eq!(
            DateTime64::<9>::from(DateTime::MAX).ticks(),
            4_294_967_295_000_000_000
        );
        assert_eq!(DateTime64::<0>::from(DateTime::MAX).ticks(), 4_294_967_295);
    }
}
