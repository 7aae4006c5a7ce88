//! Column types of several values: Nullable, Array, Map, Tuple.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use chx_core::types::{TypeArg, TypeExpr};

use super::{ChType, Writer};

impl<T: ChType> ChType for Option<T> {
    const TYPE: TypeExpr = TypeExpr::with("Nullable", &[TypeArg::Type(T::TYPE)]);
    const WRITER: Writer = T::WRITER.optional();
}

macro_rules! arrays {
    ($($rust:ty, $writer:ident, [$($generics:tt)*];)*) => {
        $(impl<T: ChType, $($generics)*> ChType for $rust {
            const TYPE: TypeExpr = TypeExpr::with("Array", &[TypeArg::Type(T::TYPE)]);
            const WRITER: Writer = T::WRITER.$writer();
        })*
    };
}

arrays! {
    Vec<T>, listed, [];
    [T], inside, [];
    VecDeque<T>, inside, [];
    BTreeSet<T>, inside, [];
    HashSet<T, S>, inside, [S];
}

macro_rules! maps {
    ($($rust:ty, [$($generics:tt)*];)*) => {
        $(impl<K: ChType, V: ChType, $($generics)*> ChType for $rust {
            const TYPE: TypeExpr = TypeExpr::with("Map", &[TypeArg::Type(K::TYPE), TypeArg::Type(V::TYPE)]);
            const WRITER: Writer = K::WRITER.and(V::WRITER);
        })*
    };
}

maps! {
    BTreeMap<K, V>, [];
    HashMap<K, V, S>, [S];
}

macro_rules! tuples {
    ($(($($name:ident),+))*) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($name: ChType),+> ChType for ($($name,)+) {
            const TYPE: TypeExpr = TypeExpr::with("Tuple", &[$(TypeArg::Type($name::TYPE)),+]);
            const WRITER: Writer = Writer::Itself$(.and($name::WRITER))+;
        })*
    };
}

tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
    (A, B, C, D, E, F, G, H, I)
    (A, B, C, D, E, F, G, H, I, J)
    (A, B, C, D, E, F, G, H, I, J, K)
    (A, B, C, D, E, F, G, H, I, J, K, L)
}
