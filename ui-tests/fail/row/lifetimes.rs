use chx::prelude::*;

#[derive(ChRow, Serialize, Deserialize)]
struct Borrowed<'a, 'b> {
    a: &'a str,
    b: &'b str,
}

fn main() {}
