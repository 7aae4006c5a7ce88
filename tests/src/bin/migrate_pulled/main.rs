//! `chx-migrate` of a project whose schema was pulled from the databases of `tests/live`, and nothing else.

#[rustfmt::skip]
#[expect(
    unreachable_pub,
    clippy::enum_variant_names,
    clippy::type_complexity,
    reason = "what is pulled is for other crates too, and its names are those of the database"
)]
mod schema;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
