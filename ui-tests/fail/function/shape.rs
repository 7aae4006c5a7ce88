use chx::prelude::*;

#[derive(ChFunction)]
#[ch(database = "web", lambda = "x -> x")]
struct InADatabase;

#[derive(ChFunction)]
#[ch(lamda = "x -> x")]
struct Misspelt;

#[derive(ChFunction)]
#[ch(lambda = "x -> x")]
struct Parameters {
    x: u64,
}

#[derive(ChFunction)]
#[ch(lambda = "x -> x")]
struct Many<T>(T);

#[derive(ChFunction)]
#[ch(lambda = "x -> x")]
enum One {}

#[derive(ChFunction)]
#[ch(name = "", lambda = "x -> x")]
struct Nameless;

fn main() {}
