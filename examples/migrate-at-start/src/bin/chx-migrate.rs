//! Writes the migrations: `cargo run --bin migrate-at-start-migrate -- generate`.

// Links the schema: a crate that nobody names registers nothing.
use migrate_at_start as _;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
