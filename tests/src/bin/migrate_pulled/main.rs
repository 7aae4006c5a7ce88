//! `chx-migrate` of a project whose schema was pulled from the databases of `tests/live`, and nothing else.

#[rustfmt::skip]
#[expect(unreachable_pub, reason = "what is pulled is for other crates too")]
mod schema;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
