//! Numbers as people read them: rows with separators, bytes in the unit that fits, durations in one or two words.

use std::fmt;

/// A number of rows or parts: `1,204`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(pub u64);

/// A number of bytes: `3.2 MiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub u64);

/// A number of seconds: `40 s`, `3 min`, `2 h 10 min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(pub u64);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        if self.0 < 1024 {
            return write!(f, "{} bytes", self.0);
        }
        // Tenths of the unit, so that no float is needed.
        let mut unit = 0;
        let mut size = self.0;
        while size >= 1024 * 1024 && unit + 1 < UNITS.len() {
            size /= 1024;
            unit += 1;
        }
        let (whole, tenths) = (size / 1024, size % 1024 * 10 / 1024);
        let unit = UNITS.get(unit).copied().unwrap_or("EiB");
        if whole >= 100 || tenths == 0 {
            write!(f, "{whole} {unit}")
        } else {
            write!(f, "{whole}.{tenths} {unit}")
        }
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("less than a second"),
            seconds @ 1..60 => write!(f, "{seconds} s"),
            seconds @ 60..3600 => write!(f, "{} min", seconds.div_ceil(60)),
            seconds => write!(f, "{} h {} min", seconds / 3600, seconds % 3600 / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_and_readable() {
        for (amount, expected) in [(0, "0"), (999, "999"), (1204, "1,204"), (1_234_567, "1,234,567")] {
            assert_eq!(Amount(amount).to_string(), expected);
        }
        for (bytes, expected) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1 KiB"),
            (3_355_443, "3.1 MiB"),
            (160 << 30, "160 GiB"),
            (u64::MAX, "15.9 EiB"),
        ] {
            assert_eq!(Bytes(bytes).to_string(), expected);
        }
        for (seconds, expected) in [
            (0, "less than a second"),
            (59, "59 s"),
            (61, "2 min"),
            (7800, "2 h 10 min"),
        ] {
            assert_eq!(Seconds(seconds).to_string(), expected);
        }
    }
}
