//! What a deploy calls: `cargo run --bin chx-migrate -- migrate`.

// Links the schema: a crate that nobody names registers nothing.
use quickstart as _;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
