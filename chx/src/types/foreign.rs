//! Column types of values of other crates, and conversions from and to them.
//!
//! Of the types that need `#[serde(with = "...")]`, those with one meaning have a column type here; of the others
//! (`OffsetDateTime` is a DateTime or a DateTime64 of any precision) the module that writes them says it.

#[cfg(feature = "uuid")]
mod uuid {
    use chx_core::types::TypeExpr;

    use crate::types::{ChType, Writer};

    impl ChType for uuid::Uuid {
        const TYPE: TypeExpr = TypeExpr::named("UUID");
        const WRITER: Writer = Writer::With("clickhouse::serde::uuid");
    }
}

#[cfg(feature = "time")]
mod time {
    use time::OffsetDateTime;

    use crate::types::{Date, Date32, DateTime, DateTime64, OutOfRange};

    impl TryFrom<time::Date> for Date {
        type Error = OutOfRange;
        fn try_from(date: time::Date) -> Result<Self, OutOfRange> {
            Self::from_ymd(date.year(), date.month().into(), date.day())
        }
    }

    impl TryFrom<time::Date> for Date32 {
        type Error = OutOfRange;
        fn try_from(date: time::Date) -> Result<Self, OutOfRange> {
            Self::from_ymd(date.year(), date.month().into(), date.day())
        }
    }

    impl TryFrom<Date32> for time::Date {
        type Error = OutOfRange;
        fn try_from(date: Date32) -> Result<Self, OutOfRange> {
            let (year, month, day) = date.ymd();
            let month = time::Month::try_from(month).map_err(|_| Date32::OUT_OF_RANGE)?;
            Self::from_calendar_date(year, month, day).map_err(|_| Date32::OUT_OF_RANGE)
        }
    }

    impl TryFrom<Date> for time::Date {
        type Error = OutOfRange;
        fn try_from(date: Date) -> Result<Self, OutOfRange> {
            Date32::from(date).try_into()
        }
    }

    impl TryFrom<OffsetDateTime> for DateTime {
        type Error = OutOfRange;
        fn try_from(time: OffsetDateTime) -> Result<Self, OutOfRange> {
            let seconds = u32::try_from(time.unix_timestamp()).map_err(|_| Self::OUT_OF_RANGE)?;
            Ok(Self::from_unix_seconds(seconds))
        }
    }

    impl TryFrom<DateTime> for OffsetDateTime {
        type Error = OutOfRange;
        fn try_from(time: DateTime) -> Result<Self, OutOfRange> {
            Self::from_unix_timestamp(time.unix_seconds().into()).map_err(|_| DateTime::OUT_OF_RANGE)
        }
    }

    impl<const P: u8> TryFrom<OffsetDateTime> for DateTime64<P> {
        type Error = OutOfRange;
        fn try_from(time: OffsetDateTime) -> Result<Self, OutOfRange> {
            Self::from_unix_nanos(time.unix_timestamp_nanos())
        }
    }

    impl<const P: u8> TryFrom<DateTime64<P>> for OffsetDateTime {
        type Error = OutOfRange;
        fn try_from(time: DateTime64<P>) -> Result<Self, OutOfRange> {
            Self::from_unix_timestamp_nanos(time.unix_nanos()).map_err(|_| DateTime64::<P>::OUT_OF_RANGE)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::{Datelike, NaiveDate, TimeDelta, Utc};

    use crate::types::{Date, Date32, DateTime, DateTime64, OutOfRange};

    impl TryFrom<NaiveDate> for Date {
        type Error = OutOfRange;
        fn try_from(date: NaiveDate) -> Result<Self, OutOfRange> {
            Date32::try_from(date)?.try_into()
        }
    }

    impl TryFrom<NaiveDate> for Date32 {
        type Error = OutOfRange;
        fn try_from(date: NaiveDate) -> Result<Self, OutOfRange> {
            Self::from_days(date.num_days_from_ce() - DAYS_TO_1970)
        }
    }

    /// The days from the day before 0001-01-01, where chrono begins to count, to 1970-01-01.
    const DAYS_TO_1970: i32 = 719_163;

    impl TryFrom<Date32> for NaiveDate {
        type Error = OutOfRange;
        fn try_from(date: Date32) -> Result<Self, OutOfRange> {
            Self::from_num_days_from_ce_opt(date.days() + DAYS_TO_1970).ok_or(Date32::OUT_OF_RANGE)
        }
    }

    impl TryFrom<Date> for NaiveDate {
        type Error = OutOfRange;
        fn try_from(date: Date) -> Result<Self, OutOfRange> {
            Date32::from(date).try_into()
        }
    }

    impl TryFrom<chrono::DateTime<Utc>> for DateTime {
        type Error = OutOfRange;
        fn try_from(time: chrono::DateTime<Utc>) -> Result<Self, OutOfRange> {
            let seconds = u32::try_from(time.timestamp()).map_err(|_| Self::OUT_OF_RANGE)?;
            Ok(Self::from_unix_seconds(seconds))
        }
    }

    impl TryFrom<DateTime> for chrono::DateTime<Utc> {
        type Error = OutOfRange;
        fn try_from(time: DateTime) -> Result<Self, OutOfRange> {
            Self::from_timestamp(time.unix_seconds().into(), 0).ok_or(DateTime::OUT_OF_RANGE)
        }
    }

    impl<const P: u8> TryFrom<chrono::DateTime<Utc>> for DateTime64<P> {
        type Error = OutOfRange;
        fn try_from(time: chrono::DateTime<Utc>) -> Result<Self, OutOfRange> {
            let distance = time.signed_duration_since(chrono::DateTime::<Utc>::UNIX_EPOCH);
            let whole = i128::from(distance.num_seconds()) * 1_000_000_000;
            Self::from_unix_nanos(whole + i128::from(distance.subsec_nanos()))
        }
    }

    impl<const P: u8> TryFrom<DateTime64<P>> for chrono::DateTime<Utc> {
        type Error = OutOfRange;
        fn try_from(time: DateTime64<P>) -> Result<Self, OutOfRange> {
            let nanos = time.unix_nanos();
            let seconds = i64::try_from(nanos.div_euclid(1_000_000_000));
            let rest = u32::try_from(nanos.rem_euclid(1_000_000_000));
            let (Ok(seconds), Ok(rest)) = (seconds, rest) else {
                return Err(DateTime64::<P>::OUT_OF_RANGE);
            };
            let delta = TimeDelta::new(seconds, rest).ok_or(DateTime64::<P>::OUT_OF_RANGE)?;
            Self::UNIX_EPOCH
                .checked_add_signed(delta)
                .ok_or(DateTime64::<P>::OUT_OF_RANGE)
        }
    }
}
