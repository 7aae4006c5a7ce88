//! The command line of chx.
//!
//! A project links its schema into a program of its own, `src/bin/chx-migrate.rs`:
//!
//! ```no_run
//! // use my_app as _; // links the schema
//!
//! fn main() -> std::process::ExitCode {
//!     chx_cli::main()
//! }
//! ```
//!
//! Results go to stdout, talk goes to stderr. Exit codes:
//!
//! | code | means |
//! |---|---|
//! | 0 | done, nothing wrong |
//! | 1 | the operation failed |
//! | 2 | the command line or the configuration is wrong |
//! | 3 | changes are pending (`generate --exit-code`) |
//! | 4 | refused: something would be destroyed without consent |
//! | 5 | the database is not what it should be (`drift`) |
//! | 6 | the server cannot be reached |
//! | 7 | another run holds the lock |
//! | 130 | ended from outside (Ctrl-C), between two statements |
//!
//! # JSON
//!
//! With `--json` stdout carries exactly one document: `version` (now 1), `command`, and what the command says. Fields
//! may be added within a version; none is renamed, taken away or given another meaning. A command that fails prints
//! `error` with `exit_code`, `message`, and where there is more to say `help`, `findings`, `refused`, `place`, `sql`.
//!
//! | command | fields |
//! |---|---|
//! | `init` | `created`, `kept`: paths |
//! | `generate` | `changed`: is there anything to do; `migration`: `id` and `path`, if one was written; `proven`: was it tried out; `plan` |
//! | `migrate` | `applied`: ids; `statements`: how many ran; `stopped`: by Ctrl-C; `pending`: what is left, with its statements |
//! | `rollback` | `reverted`: ids; `statements`: how many ran; `stopped`: by Ctrl-C; `pending`: what is left, with its statements |
//! | `repair` | `changed`: was anything written; `unproven`: numbers of statements about rows |
//! | `verify` | `pending`: ids; `met`, `statements`, `open`: counts; `findings` with their places |
//! | `validate` | `applied`, `unfinished`: ids; `checks`: `held`, `outdated`, `failed` (findings); and what `drift` says of the history that was applied |
//! | `status` | `migrations`: id, `state` (`applied`, `pending`, `unfinished`, `failed`, `reverting`, `changed`, `missing`), `record`; `lock`: who is migrating, if somebody is; `mutations` left running; `findings` |
//! | `unlock` | `unlocked`: was a lock taken away; `owner` of it |
//! | `seal` | `sealed`: ids of the drafts that are finished now; `changed`: was anything written |
//! | `diff` | `from`, `to`: the states; `changed`; `proven`: was it tried out; `plan` |
//! | `engine serve` | `url` |
//! | `drift` | `report` (the version of the report: 1), `against`, `objects`; `differences`: object, `kind` (`missing`, `extra`, `changed`, `unknown`), `object_kind`, `severity`, definitions on both sides, `attributes` with both values; `repair`, `accept`: statements; `unrepairable`; `findings` |
//! | `drift --watch` | one line for each event: the same, and `event` (`clean`, `drift`, `resolved`, `failed`), `environment`, `at`, `reason` |
//! | `baseline` | `migration`, `path`; `objects`: how many were adopted; `proven`: was it tried out on a scratch engine |
//! | `check` | `checks`: each with `check` (`schema`, `engine`, `history`, `generate`, `hazards`, `pending`, `drift`), `state` (`passed`, `warned`, `failed`, `skipped`), `because`, `findings` |
//! | `pull` | `created`, `changed`: paths; `objects`: how many are new; `findings`: what cannot be said in Rust, what has to be done by hand |
//! | `schema` | `objects`: name, `kind`, `place`, `sql` |
//! | `explain` | `rules`: code, `name`, `title`, and `text` (Markdown) where one was asked for |
//! | `engine install`, `engine path` | `path` |
//!
//! `migrate --events` and `rollback --events` print a line for each thing that happens, with `version`, `command` and
//! `event`; the last line is the document, as the event `end`. `docs/guide/events.md` lists the events.
//!
//! A `plan` has
//! - `steps`: in the order in which they have to be done, each with `number`, `object`, `kind` (`create_table`, `alter_table`, `rename`, `drop`...), `summary`, `sql`,
//!   `risk` (`safe`, `caution`, `destructive`), `cost` (`metadata`, `mutation`), `idempotent`, `hazards`, `reverse` (`sql`,
//!   and in words what is `lost` and what is `impossible`), `readers` (`kind` and `name` of what reads what it changes),
//!   and `size` where a database was asked: `rows`, `bytes`, `parts`, `bytes_rewritten`, `bytes_free`, `seconds`;
//!   A step of the `kind` `rebuild` is what no ALTER can do, at its place among the others. It has no `number` and no `sql`:
//!   a plan with one cannot be carried out. It says `object`, `summary`, `reasons`, `risk`, `cost` (`rebuild`), `after` (how
//!   many statements come before it), `definition` (`before` and `after`, as statements), `renamed_columns` (new name to old
//!   name), `readers`, `writers`, `copy` (`method`: `attach_partition`, `insert_select` with `because`, `rename_tables`,
//!   `in_place`), `recipe` (statements, and comments that begin with `--`), and `size` where a database was asked;
//! - `hazards`: findings, each with the number of its `step`;
//! - `down`: the statements of the way back, and `lost`: what they do not bring back, or why there is none;
//! - `asked`: the database that the numbers are of, and `unknown`: what was not found out and why.
//!
//! A finding has `code`, `severity`, `subject`, `message`, `help` and `place`.

mod args;
mod commands;
mod context;
mod demand;
mod exit;
mod failure;
mod logs;
mod output;
mod plan_view;
mod prompt;
mod pull;
mod secrets;
mod sight;
mod state;
mod summary;
mod tool;
mod view;
mod whole_file;

use std::process::ExitCode;

use args::{Cli, Command, Engine};
use context::Context;
use exit::Exit;
use failure::Failure;
use output::Output;

pub use tool::Tool;

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    // A second engine runs in a process of its own, which is this program once more.
    chx_local::child::serve_if_child();
    Tool::new().exit(std::env::args_os().skip(1)).into()
}

fn run(cli: &Cli, tool: &Tool, output: Output) -> Result<Exit, Failure> {
    logs::begin()?;
    match &cli.command {
        Command::Init(args) => commands::init::run(args, &cli.flags(), tool, output),
        Command::Engine(engine) => commands::engine::run(engine, output),
        Command::Explain(args) => commands::explain::run(args, output),
        command => {
            let context = Context::load(&cli.flags(), tool, output)?;
            match command {
                Command::Generate(args) => commands::generate::run(args, &context),
                Command::Migrate(args) => commands::migrate::run(args, &context),
                Command::Status => commands::status::run(&context),
                Command::Verify(args) => commands::verify::run(args, &context),
                Command::Validate(args) => commands::validate::run(args, &context),
                Command::Rollback(args) => commands::rollback::run(args, &context),
                Command::Repair(args) => commands::repair::run(args, &context),
                Command::Unlock(args) => commands::unlock::run(args, &context),
                Command::Seal => commands::seal::run(&context),
                Command::Diff(args) => commands::diff::run(args, &context),
                Command::Drift(args) => commands::drift::run(args, &context),
                Command::Baseline(args) => commands::baseline::run(args, &context),
                Command::Check(args) => commands::check::run(args, &context),
                Command::Pull(args) => commands::pull::run(args, &context),
                Command::Schema(args) => commands::schema::run(args, &context),
                Command::Init(_) | Command::Engine(_) | Command::Explain(_) => Ok(Exit::Done),
            }
        }
    }
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Init(_) => "init",
        Command::Generate(_) => "generate",
        Command::Migrate(_) => "migrate",
        Command::Status => "status",
        Command::Verify(_) => "verify",
        Command::Validate(_) => "validate",
        Command::Rollback(_) => "rollback",
        Command::Repair(_) => "repair",
        Command::Unlock(_) => "unlock",
        Command::Seal => "seal",
        Command::Diff(_) => "diff",
        Command::Drift(_) => "drift",
        Command::Baseline(_) => "baseline",
        Command::Check(_) => "check",
        Command::Pull(_) => "pull",
        Command::Schema(_) => "schema",
        Command::Explain(_) => "explain",
        Command::Engine(Engine::Install) => "engine install",
        Command::Engine(Engine::Path) => "engine path",
        Command::Engine(Engine::Serve(_)) => "engine serve",
        Command::Engine(Engine::Query(_)) => "engine query",
    }
}
