use chx::prelude::*;

#[derive(ChVariant)]
struct NoEnum {
    a: u8,
}

#[derive(ChVariant)]
enum Shapes {
    None,
    Two(u8, u8),
    Named { a: u8 },
}

#[derive(ChVariant)]
enum Unsorted {
    Text(String),
    List(Vec<String>),
}

#[derive(ChVariant)]
enum Twice {
    Text(String),
    Other(Box<str>),
}

#[derive(ChVariant, Serialize)]
enum Maybe {
    Number(Option<u8>),
}

#[derive(ChVariant, Serialize)]
enum Content {
    Text(String),
    Number(u64),
}

#[derive(ChTable, Row, Serialize)]
#[ch(engine = MergeTree, order_by = content)]
struct Table {
    content: Content,
    maybe: Option<Content>,
    nullable: Vec<Maybe>,
}

fn main() {}
