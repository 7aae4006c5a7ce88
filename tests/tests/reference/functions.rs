//! # Functions
//!
//! A SQL function belongs to the server and to no database: a struct with `#[derive(ChFunction)]`. What calls it is said again
//! where it changes.

use chx::prelude::*;

// CREATE FUNCTION reference_score AS (pages, seconds) -> pages * 2 + seconds <- lambda = "(pages, seconds) -> pages * 2 + seconds"
/// For the readers of the code: the server keeps no comment.
#[derive(ChFunction)]
#[ch(lambda = "(pages, seconds) -> pages * 2 + seconds")]
struct ReferenceScore;

// CREATE FUNCTION referenceHalf AS (x) -> x / 2 <- name = "referenceHalf", lambda = "x -> x / 2"
#[derive(ChFunction)]
#[ch(name = "referenceHalf", lambda = "x -> x / 2")]
struct ReferenceHalf;
