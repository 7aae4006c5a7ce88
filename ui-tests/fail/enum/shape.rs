use chx::prelude::*;

#[derive(ChEnum)]
struct Id(u64);

#[derive(ChEnum)]
enum Never {}

#[derive(ChEnum)]
#[ch(rename_all = "snake-case", name = "kind")]
enum Kind {
    One,
}

#[derive(ChEnum)]
enum Of<'a> {
    One,
}

fn main() {}
