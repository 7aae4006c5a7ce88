//! When a refreshable materialized view runs its query.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{QualifiedName, Settings};

/// The `REFRESH` clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refresh {
    /// When.
    pub schedule: Schedule,
    /// `RANDOMIZE FOR`: each run is moved by up to this much.
    pub randomize: Option<Period>,
    /// `DEPENDS ON`: refreshable views that have to run first.
    pub depends_on: BTreeSet<QualifiedName>,
    /// `SETTINGS` of the refresh, such as `refresh_retries`.
    pub settings: Settings,
    /// `APPEND`: each run adds rows. Otherwise each run replaces all rows of the target.
    pub append: bool,
}

/// The moments of a refresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// `EVERY period [OFFSET offset]`: at moments of the calendar.
    Every {
        /// The period.
        period: Period,
        /// How long after the beginning of each period.
        offset: Option<Period>,
    },
    /// `AFTER period`: so long after the last run.
    After(Period),
    /// Whenever the views of `DEPENDS ON` have run.
    AfterOthers,
}

/// A length of time as the calendar counts it: months and seconds.
///
/// ClickHouse adds up what is written and prints the sum in the largest units, so `60 MINUTE` and `1 HOUR` are one.
///
/// ```
/// use chx_core::model::Period;
/// assert_eq!(Period { months: 13, seconds: 5400 }.to_string(), "1 YEAR 1 MONTH 1 HOUR 30 MINUTE");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Whole months.
    pub months: u64,
    /// Seconds besides.
    pub seconds: u64,
}

const MONTHS: [(u64, &str); 2] = [(12, "YEAR"), (1, "MONTH")];
const SECONDS: [(u64, &str); 5] = [
    (7 * 86_400, "WEEK"),
    (86_400, "DAY"),
    (3_600, "HOUR"),
    (60, "MINUTE"),
    (1, "SECOND"),
];

impl Period {
    /// No time at all.
    pub const ZERO: Self = Self {
        months: 0,
        seconds: 0,
    };

    /// So many of a unit: `DAY`, `DAYS`, `D`, `SQL_TSI_DAY`. `None` for what is no unit or too long.
    pub fn of(count: u64, unit: &str) -> Option<Self> {
        let unit = unit.to_ascii_uppercase();
        let unit = unit.strip_prefix("SQL_TSI_").unwrap_or(&unit);
        let (months, seconds) = match unit {
            "SECOND" | "SECONDS" | "SS" | "S" => (0, 1),
            "MINUTE" | "MINUTES" | "MI" | "N" => (0, 60),
            "HOUR" | "HOURS" | "HH" | "H" => (0, 3_600),
            "DAY" | "DAYS" | "DD" | "D" => (0, 86_400),
            "WEEK" | "WEEKS" | "WW" | "WK" => (0, 7 * 86_400),
            "MONTH" | "MONTHS" | "MM" | "M" => (1, 0),
            "QUARTER" | "QUARTERS" | "QQ" | "Q" => (3, 0),
            "YEAR" | "YEARS" | "YYYY" | "YY" => (12, 0),
            _ => return None,
        };
        Some(Self {
            months: count.checked_mul(months)?,
            seconds: count.checked_mul(seconds)?,
        })
    }

    /// The sum; `None` if it is too long.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            seconds: self.seconds.checked_add(other.seconds)?,
        })
    }
}

/// As ClickHouse prints it: `4 WEEK 2 DAY`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (total, units) in [(self.months, &MONTHS[..]), (self.seconds, &SECONDS[..])] {
            let mut left = total;
            for (size, unit) in units {
                let count = left / size;
                left %= size;
                if count > 0 {
                    if !first {
                        f.write_str(" ")?;
                    }
                    write!(f, "{count} {unit}")?;
                    first = false;
                }
            }
        }
        if first { f.write_str("0 SECOND") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_added_up_and_printed_in_the_largest_units() {
        // What 26.7 stores for each of these.
        for (parts, expected) in [
            (&[(60, "MINUTE")][..], "1 HOUR"),
            (&[(90, "minutes")], "1 HOUR 30 MINUTE"),
            (&[(24, "HOUR")], "1 DAY"),
            (&[(7, "DAY")], "1 WEEK"),
            (&[(30, "DAY")], "4 WEEK 2 DAY"),
            (&[(1, "QUARTER")], "3 MONTH"),
            (&[(12, "MONTH"), (14, "DAY")], "1 YEAR 2 WEEK"),
            (&[(1, "DAY"), (0, "HOUR")], "1 DAY"),
            (&[(0, "SECOND")], "0 SECOND"),
        ] {
            let sum = parts.iter().try_fold(Period::ZERO, |sum, (count, unit)| {
                sum.checked_add(Period::of(*count, unit)?)
            });
            assert_eq!(sum.unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_is_no_unit_or_too_long_is_none() {
        assert_eq!(Period::of(1, "FORTNIGHT"), None);
        assert_eq!(Period::of(u64::MAX, "YEAR"), None);
        let most = Period::of(u64::MAX, "SECOND").unwrap();
        assert_eq!(most.checked_add(most), None);
    }
}
