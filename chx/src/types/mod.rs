//! Rust types and the ClickHouse types that they are columns of.
//!
//! Decides which Rust type stands for which column type ([`ChType`]), and offers types of its own where Rust has
//! none: dates and times that a row carries without `#[serde(with = "...")]`, decimals, fixed strings. Refused are
//! types whose width depends on the platform (`usize`) and types that the client writes wrongly (`[u32; 4]`).
//!
//! | Rust | ClickHouse |
//! |---|---|
//! | `bool` | `Bool` |
//! | `u8` ... `u128`, `i8` ... `i128`, `NonZero<u32>` ... | `UInt8` ... `UInt128`, `Int8` ... `Int128` |
//! | `f32`, `f64` | `Float32`, `Float64` |
//! | `clickhouse::types::{UInt256, Int256, BFloat16}` | `UInt256`, `Int256`, `BFloat16` |
//! | `String`, `&str`, `Box<str>`, `Cow<str>`, `Arc<str>` | `String` |
//! | `[u8; N]`, [`FixedString<N>`](FixedString) | `FixedString(N)` |
//! | [`Date`], [`Date32`], [`DateTime`], [`DateTime64<P>`](DateTime64) | `Date`, `Date32`, `DateTime`, `DateTime64(P)` |
//! | [`Time`], [`Time64<P>`](Time64) | `Time`, `Time64(P)` |
//! | [`Decimal32<S>`](Decimal32), [`Decimal64<S>`](Decimal64), [`Decimal128<S>`](Decimal128) | `Decimal(9, S)`, `Decimal(18, S)`, `Decimal(38, S)` |
//! | `Ipv4Addr` with `#[serde(with = "clickhouse::serde::ipv4")]` | `IPv4` |
//! | `Ipv6Addr` | `IPv6` |
//! | `uuid::Uuid` with `#[serde(with = "clickhouse::serde::uuid")]` (feature `uuid`) | `UUID` |
//! | `time` and `chrono` types with their modules of `clickhouse::serde` | what the module writes |
//! | `Option<T>` | `Nullable(T)` |
//! | `Vec<T>`, `Box<[T]>`, `VecDeque<T>`, `HashSet<T>`, `BTreeSet<T>` | `Array(T)` |
//! | `HashMap<K, V>`, `BTreeMap<K, V>` | `Map(K, V)` |
//! | `(A, B, ...)` | `Tuple(A, B, ...)` |
//! | an enum with [`ChEnum`](derive@crate::ChEnum) | `Enum8(...)`, `Enum16(...)` |
//! | a struct with [`ChTuple`](derive@crate::ChTuple) | `Tuple(a A, b B, ...)` |
//! | an enum with [`ChVariant`](derive@crate::ChVariant) | `Variant(A, B, ...)` |
//! | [`LowCardinality<T>`](LowCardinality) | `LowCardinality(T)` |
//!
//! Every other type of ClickHouse is named with `#[ch(type = "...")]`; the compiler checks that it can hold the Rust
//! type.

mod calendar;
mod ch_type;
mod collections;
mod date;
mod date_time;
mod decimal;
mod enumeration;
mod fixed_string;
mod foreign;
mod low_cardinality;
mod scalars;
mod time_of_day;

pub use ch_type::{ChType, Writer};
pub use date::{Date, Date32};
pub use date_time::{DateTime, DateTime64};
pub use decimal::{Decimal32, Decimal64, Decimal128};
pub use enumeration::ChEnum;
pub use fixed_string::FixedString;
pub use low_cardinality::LowCardinality;
pub use time_of_day::{Time, Time64};

pub use chx_core::types::{TypeArg, TypeExpr};

/// A value that its ClickHouse type cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    column_type: &'static str,
    holds: &'static str,
}

impl OutOfRange {
    fn new(column_type: &'static str, holds: &'static str) -> Self {
        Self { column_type, holds }
    }
}

impl std::fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the value does not fit into `{}`, which holds {}",
            self.column_type, self.holds
        )
    }
}

impl std::error::Error for OutOfRange {}
