//! Outside of `cargo test` a test is not compiled, so what the attribute asks of types stands here by hand.

use chx::__private::test::{Argument, Verdict};
use clickhouse::Client;

fn takes<T: Argument>() {}
fn returns<T: Verdict>() {}

fn main() {
    takes::<Client>();
    takes::<&Client>();
    takes::<String>();
    returns::<Result<(), String>>();
    returns::<u8>();
}
