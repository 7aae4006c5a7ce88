use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = Memory)]
struct Table {
    text: str,
    at: std::time::Instant,
    json: serde_json::Value,
    price: rust_decimal::Decimal,
}

fn main() {}
