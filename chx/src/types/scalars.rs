//! Column types of single values of the standard library.

use std::borrow::Cow;
use std::num::NonZero;

use chx_core::types::TypeExpr;

use super::{ChType, Writer};

macro_rules! scalars {
    ($($rust:ty => $name:literal),* $(,)?) => {
        $(impl ChType for $rust {
            const TYPE: TypeExpr = TypeExpr::named($name);
        })*
    };
}

scalars! {
    bool => "Bool",
    u8 => "UInt8",
    u16 => "UInt16",
    u32 => "UInt32",
    u64 => "UInt64",
    u128 => "UInt128",
    i8 => "Int8",
    i16 => "Int16",
    i32 => "Int32",
    i64 => "Int64",
    i128 => "Int128",
    f32 => "Float32",
    f64 => "Float64",
    clickhouse::types::UInt256 => "UInt256",
    clickhouse::types::Int256 => "Int256",
    clickhouse::types::BFloat16 => "BFloat16",
    String => "String",
    str => "String",
    std::path::PathBuf => "String",
    std::net::Ipv6Addr => "IPv6",
}

impl ChType for std::net::Ipv4Addr {
    const TYPE: TypeExpr = TypeExpr::named("IPv4");
    const WRITER: Writer = Writer::With("clickhouse::serde::ipv4");
}

macro_rules! non_zero {
    ($($rust:ty),*) => {
        $(impl ChType for NonZero<$rust> {
            const TYPE: TypeExpr = <$rust>::TYPE;
        })*
    };
}

non_zero!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

/// What owns or borrows a value is the column of the value.
macro_rules! transparent {
    ($($rust:ty),*) => {
        $(#[diagnostic::do_not_recommend]
        impl<T: ChType + ?Sized> ChType for $rust {
            const TYPE: TypeExpr = T::TYPE;
            const WRITER: Writer = T::WRITER.inside();
        })*
    };
}

transparent!(&T, Box<T>, std::rc::Rc<T>, std::sync::Arc<T>);

impl<T: ChType + ToOwned + ?Sized> ChType for Cow<'_, T> {
    const TYPE: TypeExpr = T::TYPE;
    const WRITER: Writer = T::WRITER.inside();
}
