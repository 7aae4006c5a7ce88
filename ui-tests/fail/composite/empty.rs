use chx::prelude::*;

#[derive(ChTuple)]
struct Nothing {}

#[derive(ChVariant)]
enum Never {}

fn main() {}
