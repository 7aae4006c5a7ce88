use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: uuid::Uuid,
    parent: Option<uuid::Uuid>,
    children: Vec<uuid::Uuid>,
    from: std::net::Ipv4Addr,
    hops: Vec<std::net::Ipv4Addr>,
}

fn main() {}
