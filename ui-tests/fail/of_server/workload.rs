use chx::prelude::*;

#[derive(ChWorkload)]
#[ch(parent = "a", parent = "b")]
struct TwoParents;

#[derive(ChWorkload)]
#[ch(parent = "own_parent")]
struct OwnParent;

#[derive(ChWorkload)]
#[ch(parents = "a")]
struct Unknown;

#[derive(ChWorkload)]
#[ch(parent = "a", settings(weight = 3))]
struct List;

#[derive(ChWorkload)]
#[ch(parent = "a", settings = "weight = 1 FOR r, weight = 2 FOR r")]
struct Twice;

#[derive(ChWorkload)]
#[ch(parent = "")]
struct Nameless;

#[derive(ChWorkload)]
enum One {}

#[derive(ChResource)]
struct CountsNothing;

#[derive(ChResource)]
#[ch(operations = "QUERY, READ ANY DISK")]
struct Mixed;

#[derive(ChResource)]
#[ch(operations = "READ DISK")]
struct NoDisk;

#[derive(ChResource)]
#[ch(operations = "QUERIES")]
struct Word;

#[derive(ChResource)]
#[ch(operation = "QUERY")]
struct Misspelt;

fn main() {}
