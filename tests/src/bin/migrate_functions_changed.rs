//! `chx-migrate` of a project after one of its functions changed.

use chx::prelude::*;

/// What an order is worth.
#[derive(ChFunction)]
#[ch(lambda = "(price, pieces) -> price * pieces + 1")]
struct Worth;

/// Calls another function.
#[derive(ChFunction)]
#[ch(
    name = "worthOfMany",
    lambda = "(price, pieces) -> worth(price, pieces) * 100"
)]
struct WorthOfMany;

/// One order.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = id)]
struct Order {
    id: u64,
    price: u64,
    #[ch(default = "worth(price, 2)")]
    pair: u64,
}

/// What all orders are worth.
#[derive(ChView)]
#[ch(
    database = "shop",
    query = "SELECT id, worthOfMany(price, 3) AS many FROM shop.order"
)]
struct OrderWorth {
    id: u64,
    many: u64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
