//! Tests of the workspace that belong to no single crate. Here: the code in the README compiles, the engine that
//! the tests share, and a promise about every plan.

pub mod drops;
pub mod engine;

/// The README's blocks, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
