use chx::prelude::*;

#[derive(ChDatabase)]
#[ch(database = "web", comment = 5)]
struct Web {
    id: u64,
}

#[derive(ChDatabase)]
struct Many<T>(T);

#[derive(ChDatabase)]
enum One {}

#[derive(ChDatabase)]
struct Default;

#[derive(ChDatabase)]
#[ch(name = "default")]
struct Other;

fn main() {}
