//! Generated code does not care what the user calls `Some`, `None`, `Option`, `Vec`, `String`, `chx`.
#![allow(dead_code, non_snake_case, unused_imports)]

struct None;
struct Some;
struct Option;
struct Vec;
enum String {}
mod core {}
mod std {}
mod chx {}

#[derive(::chx::ChTable)]
#[ch(engine = MergeTree, order_by = id, primary_key = id, partition_by = id, sample_by = id)]
struct Page {
    #[ch(default = "1", codec = "ZSTD", renamed_from = "x")]
    id: u64,
    #[ch(ttl = "toDate(id)")]
    text: ::std::string::String,
}

fn main() {}
