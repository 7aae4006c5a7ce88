use chx::prelude::*;

#[derive(ChNamedCollection)]
struct Missing;

#[derive(ChNamedCollection)]
#[ch(entries = "")]
struct Empty;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a', url = 'b'")]
struct Twice;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a', password = 'hunter2'")]
struct WrittenOut;

#[derive(ChNamedCollection)]
#[ch(entries = "ratio = 1.5")]
struct Fraction;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a' OVERRIDEABLE")]
struct Misspelt;

#[derive(ChNamedCollection)]
#[ch(entry = "url = 'a'")]
struct Unknown;

#[derive(ChNamedCollection)]
#[ch(entries(url = "a"))]
struct List;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a'")]
struct Fields {
    url: String,
}

fn main() {}
