use chx::prelude::*;

#[derive(ChRole)]
#[ch(grant("SELECT(site)", on = Missing))]
struct NoTable;

#[derive(ChRowPolicy)]
#[ch(on = Plain, using = "1")]
struct NotDeclared;

struct Plain;

fn main() {}
