use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    size: usize,
    sizes: Vec<isize>,
    letter: Option<char>,
    words: [u32; 4],
    took: std::time::Duration,
    at: (u8, std::time::SystemTime),
    from: std::net::IpAddr,
}

fn main() {}
