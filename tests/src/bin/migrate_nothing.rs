//! `chx-migrate` of a project that links no schema.

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
