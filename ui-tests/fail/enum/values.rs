use chx::prelude::*;

const ONE: isize = 1;

#[derive(ChEnum)]
enum Kind {
    Computed = ONE,
    Large = 40_000,
    Same = 3,
    #[ch(name = "same")]
    Other,
    #[ch(nmae = "x")]
    Last,
}

#[derive(ChEnum)]
enum Carries {
    One(u8),
    Two { a: u8 },
}

#[derive(ChEnum)]
#[repr(i8)]
enum Small {
    Large = 128,
}

fn main() {}
