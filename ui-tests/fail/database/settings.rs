use chx::prelude::*;

#[derive(ChDatabase)]
#[ch(settings(lazy_load_tables = 1))]
struct WithoutEngine;

#[derive(ChDatabase)]
#[ch(engine = Atomic, settings = "lazy_load_tables = 1")]
struct AsText;

fn main() {}
