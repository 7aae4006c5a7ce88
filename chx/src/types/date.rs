//! `Date` and `Date32`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::{date_of, days_of, is_date};
use super::{ChType, OutOfRange, TypeExpr};

/// A day from 1970-01-01 to 2149-06-06: ClickHouse's `Date`, two bytes.
///
/// ```
/// use chx::types::Date;
/// let day = Date::from_ymd(2026, 11, 22)?;
/// assert_eq!(day.to_string(), "2026-11-22");
/// assert_eq!(day.days(), 20_779);
/// # Ok::<(), chx::types::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(u16);

/// A day from 1900-01-01 to 2299-12-31: ClickHouse's `Date32`, four bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date32(i32);

impl ChType for Date {
    const TYPE: TypeExpr = TypeExpr::named("Date");
}

impl ChType for Date32 {
    const TYPE: TypeExpr = TypeExpr::named("Date32");
}

impl Date {
    /// The first day: 1970-01-01.
    pub const MIN: Self = Self(u16::MIN);
    /// The last day: 2149-06-06.
    pub const MAX: Self = Self(u16::MAX);

    /// The day that many days after 1970-01-01.
    pub const fn from_days(days: u16) -> Self {
        Self(days)
    }

    /// A day of the Gregorian calendar.
    ///
    /// # Errors
    /// There is no such day, or `Date` does not reach it.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Result<Self, OutOfRange> {
        let days = is_date(year, month, day).then(|| days_of(year, month, day));
        days.and_then(|days| u16::try_from(days).ok())
            .map(Self)
            .ok_or(Self::OUT_OF_RANGE)
    }

    /// The days since 1970-01-01.
    pub const fn days(self) -> u16 {
        self.0
    }

    /// Year, month (from 1) and day of month (from 1).
    pub fn ymd(self) -> (i32, u8, u8) {
        let (year, month, day) = date_of(self.0.into());
        (i32::try_from(year).unwrap_or(i32::MAX), month, day)
    }

    pub(super) const OUT_OF_RANGE: OutOfRange = OutOfRange {
        column_type: "Date",
        holds: "the days from 1970-01-01 to 2149-06-06",
    };
}

impl Date32 {
    /// The first day: 1900-01-01.
    pub const MIN: Self = Self(-25_567);
    /// The last day: 2299-12-31.
    pub const MAX: Self = Self(120_529);

    /// The day that many days after 1970-01-01, before it if negative.
    ///
    /// # Errors
    /// `Date32` does not reach that day.
    pub fn from_days(days: i32) -> Result<Self, OutOfRange> {
        let day = Self(days);
        if (Self::MIN..=Self::MAX).contains(&day) {
            Ok(day)
        } else {
            Err(Self::OUT_OF_RANGE)
        }
    }

    /// A day of the Gregorian calendar.
    ///
    /// # Errors
    /// There is no such day, or `Date32` does not reach it.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Result<Self, OutOfRange> {
        let days = is_date(year, month, day).then(|| days_of(year, month, day));
        let days = days
            .and_then(|days| i32::try_from(days).ok())
            .ok_or(Self::OUT_OF_RANGE)?;
        Self::from_days(days)
    }

    /// The days since 1970-01-01; negative before it.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month (from 1) and day of month (from 1).
    pub fn ymd(self) -> (i32, u8, u8) {
        let (year, month, day) = date_of(self.0.into());
        (i32::try_from(year).unwrap_or(i32::MAX), month, day)
    }

    pub(super) const OUT_OF_RANGE: OutOfRange = OutOfRange {
        column_type: "Date32",
        holds: "the days from 1900-01-01 to 2299-12-31",
    };
}

impl From<Date> for Date32 {
    fn from(day: Date) -> Self {
        Self(day.0.into())
    }
}

impl TryFrom<Date32> for Date {
    type Error = OutOfRange;
    fn try_from(day: Date32) -> Result<Self, OutOfRange> {
        u16::try_from(day.0).map(Self).map_err(|_| Self::OUT_OF_RANGE)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Date32::from(*self).fmt(f)
    }
}

impl fmt::Display for Date32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_are_the_servers() {
        assert_eq!(Date::MIN.to_string(), "1970-01-01");
        assert_eq!(Date::MAX.to_string(), "2149-06-06");
        assert_eq!(Date32::MIN.to_string(), "1900-01-01");
        assert_eq!(Date32::MAX.to_string(), "2299-12-31");
        assert_eq!(Date::from_ymd(2149, 6, 7), Err(Date::OUT_OF_RANGE));
        assert_eq!(Date::from_ymd(1969, 12, 31), Err(Date::OUT_OF_RANGE));
        assert_eq!(Date32::from_ymd(2300, 1, 1), Err(Date32::OUT_OF_RANGE));
        assert_eq!(Date32::from_ymd(2026, 2, 29), Err(Date32::OUT_OF_RANGE));
    }
}
