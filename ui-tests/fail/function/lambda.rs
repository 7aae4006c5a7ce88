use chx::prelude::*;

#[derive(ChFunction)]
struct Missing;

#[derive(ChFunction)]
#[ch(lambda = "x + 1")]
struct NoArrow;

#[derive(ChFunction)]
#[ch(lambda = "(x, x) -> x")]
struct Twice;

#[derive(ChFunction)]
#[ch(lambda = "(x) ->")]
struct NoBody;

#[derive(ChFunction)]
#[ch(lambda = "(x) -> x; DROP TABLE t")]
struct TwoStatements;

#[derive(ChFunction)]
#[ch(lambda = |x| x)]
struct Rust;

#[derive(ChFunction)]
#[ch(lambda = "x -> (SELECT count() FROM mysql('h:1', 'd', 't', 'u', 'hunter2') WHERE a = x)")]
struct Secret;

fn main() {}
