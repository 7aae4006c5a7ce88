//! Tests of the workspace that belong to no single crate. Here: the code in the README and the guides compiles, the
//! engine that the tests share, schemas on it, and what holds for every plan.

pub mod corpus;
pub mod drops;
pub mod engine;
pub mod laws;
pub mod live;
pub mod scenario;
pub mod states;

/// The README's blocks, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The blocks of the guide on tests, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/testing.md")]
pub struct TestingGuide;

/// The blocks of the guide on the library, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/library.md")]
pub struct LibraryGuide;
