use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = a)]
struct Table {
    #[ch(codec = "Delta")]
    a: u64,
    #[ch(codec = "ZSTD, LZ4")]
    b: u64,
    #[ch(codec = "ZSTD(3), Delta")]
    c: u64,
    #[ch(codec = "Delta, zstd")]
    d: u64,
    #[ch(codec = "Dleta, ZSTD")]
    e: u64,
    #[ch(codec = "ZSTD(30)")]
    f: u64,
    #[ch(codec = "NONE, LZ4")]
    g: u64,
    #[ch(codec = "Delta(3), LZ4")]
    h: u64,
    #[ch(codec = "DoubleDelta, Gorilla")]
    i: f64,
    #[ch(codec = "AES_128_GCM_SIV, ZSTD")]
    j: u64,
    #[ch(codec = "BRANDNEW(1)")]
    k: u64,
    #[ch(alias = "a + 1", codec = "ZSTD")]
    l: u64,
}

fn main() {}
