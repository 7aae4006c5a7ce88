//! `chx-migrate` on its own: everything that needs no Rust schema. A project's own `src/bin/chx-migrate.rs` has the
//! same commands and knows its schema.

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
