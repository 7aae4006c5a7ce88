//! `chx-migrate` of a project whose types are nested as deep as they can be, and deeper, as `pull` wrote it.

#[rustfmt::skip]
#[expect(
    unreachable_pub,
    clippy::type_complexity,
    reason = "what is pulled is for other crates too, and its names are those of the database"
)]
mod schema;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
