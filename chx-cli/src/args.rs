//! The command line.

use std::path::PathBuf;

use chx_runtime::config::Flags;
use chx_runtime::introspect::Pattern;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::state::State;

/// Rust types as the source of truth for a ClickHouse schema.
#[derive(Debug, Parser)]
#[command(
    name = "chx-migrate",
    version,
    about,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// What the configuration is about.
    pub(crate) fn flags(&self) -> Flags {
        let mut flags = self.global.flags();
        if let Some(run) = self.run() {
            flags.lock_wait = run.wait;
            flags.retries = run.retries;
            flags.timeout = run.timeout;
        }
        flags
    }

    /// Is what happens told as JSON while it happens?
    pub(crate) fn events(&self) -> bool {
        self.run().is_some_and(|run| run.events)
    }

    fn run(&self) -> Option<&RunArgs> {
        match &self.command {
            Command::Migrate(args) => Some(&args.run),
            Command::Rollback(args) => Some(&args.run),
            _ => None,
        }
    }
}

/// What every command understands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The configuration file [default: chx.toml, here or in the nearest folder above; variable: CHX_CONFIG]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Configuration")]
    config: Option<PathBuf>,
    /// The environment of chx.toml that is meant [variable: CHX_ENV]
    #[arg(long, global = true, value_name = "NAME", help_heading = "Configuration")]
    env: Option<String>,
    /// The server: `local:PATH`, `http://HOST:PORT` or `https://HOST:PORT` [variable: CHX_URL]
    #[arg(long, global = true, value_name = "URL", help_heading = "Configuration")]
    url: Option<String>,
    /// The user [variable: CHX_USER; the password: CHX_PASSWORD]
    #[arg(long, global = true, value_name = "NAME", help_heading = "Configuration")]
    user: Option<String>,
    /// The folder of the migrations [variable: CHX_MIGRATIONS]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Configuration")]
    migrations: Option<PathBuf>,
    /// Yes, change this environment: its name. For environments with `policy.confirm = true`
    #[arg(long, global = true, value_name = "ENV", help_heading = "Configuration")]
    confirm: Option<String>,
    /// Print the result as one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Global {
    /// What of it the configuration is about.
    fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            env: self.env.clone(),
            url: self.url.clone(),
            user: self.user.clone(),
            migrations: self.migrations.clone(),
            confirm: self.confirm.clone(),
            ..Flags::default()
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set a project up: configuration, folder of the migrations, this program, a first schema
    Init(Init),
    /// Write the migration that makes the history what the Rust schema says
    Generate(Generate),
    /// Apply the migrations that the database has not seen, and go on where a run stopped
    #[command(visible_alias = "resume")]
    Migrate(Migrate),
    /// Take migrations back, the last one first
    Rollback(Rollback),
    /// Make the journal say what was done by hand, if the schema proves it
    Repair(Repair),
    /// Show what was applied, by whom and when, and what is left
    Status,
    /// Are the pending migrations possible here? Ask the live database what they expect of it
    Verify(Verify),
    /// Is the live database, object by object, what its applied migrations say?
    Validate(Validate),
    /// Take the lock away from a run that is dead
    Unlock(Unlock),
    /// Finish migrations that were written by hand, and take a new order in chx.sum as decided
    Seal,
    /// Show the way from any state to any other
    Diff(Diff),
    /// Compare the live database with what it should be
    Drift(Drift),
    /// The gate of a pipeline: forgotten, edited, missing and pending migrations, drift, what ClickHouse refuses
    Check(Check),
    /// Adopt a live database as the start of the history
    Baseline(Baseline),
    /// Write Rust for the tables and views of a live database
    Pull(Pull),
    /// Show the Rust schema
    Schema(Schema),
    /// Say what a finding means, why it matters and what to do: `explain CHX204`; without a code, list all
    Explain(Explain),
    /// The local ClickHouse, also on its own
    #[command(subcommand)]
    Engine(Engine),
}

/// `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder of the project
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Take a live database as it is: its Rust, the configuration, and the first migration, which is adopted there
    #[arg(long)]
    pub(crate) from_live: bool,
    /// With `--from-live`: one file for each object, in a folder for each database
    #[arg(long, requires = "from_live")]
    pub(crate) files: bool,
    /// With `--from-live`: do not try the first migration out on a scratch engine
    #[arg(long, requires = "from_live")]
    pub(crate) no_verify: bool,
    #[command(flatten)]
    pub(crate) choose: Choose,
}

/// `generate`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Generate {
    /// What the migration is called [default: what it does]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Only show the plan; write nothing
    #[arg(long)]
    pub(crate) plan: bool,
    /// Write a migration without statements, to be filled in by hand
    #[arg(long, requires = "name", conflicts_with_all = ["plan", "rename", "exit_code"])]
    pub(crate) empty: bool,
    /// Write the migration as a folder: `up.sql` and `down.sql`, with room for `pre.sql`, `post.sql` and `checks.sql`
    #[arg(long, conflicts_with = "plan")]
    pub(crate) folder: bool,
    /// Do not try the plan out on a scratch engine
    #[arg(long)]
    pub(crate) no_verify: bool,
    /// With `--plan`: do not ask the database how large the tables are and what is in them
    #[arg(long, requires = "plan")]
    pub(crate) offline: bool,
    /// Something was renamed: `web.old=web.new`, or `web.page_view.old=new` for a column
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    /// End with exit code 3 when there is something to do
    #[arg(long)]
    pub(crate) exit_code: bool,
}

/// `diff`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Diff {
    /// What is: `registry`, `history`, `live`, `file:schema.sql` or `snapshot:schema.json`
    #[arg(value_name = "FROM")]
    pub(crate) from: State,
    /// What shall be, as FROM
    #[arg(value_name = "TO")]
    pub(crate) to: State,
    /// Print only the statements
    #[arg(long)]
    pub(crate) sql: bool,
    /// Something was renamed: `web.old=web.new`, or `web.page_view.old=new` for a column
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    /// Do not try the plan out on a scratch engine
    #[arg(long)]
    pub(crate) no_verify: bool,
    /// Do not ask the database how large the tables are and what is in them
    #[arg(long)]
    pub(crate) offline: bool,
    /// End with exit code 3 when there is a difference
    #[arg(long)]
    pub(crate) exit_code: bool,
}

/// `migrate`.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Only show what would run
    #[arg(long)]
    pub(crate) plan: bool,
    /// Stop after this migration
    #[arg(long, value_name = "ID")]
    pub(crate) to: Option<String>,
    /// Give the state before this run a name, for `rollback --to`
    #[arg(long, value_name = "NAME")]
    pub(crate) savepoint: Option<String>,
    /// Agree that this is destroyed: a table, or a column as `web.page_view.usr`. Once for each
    #[arg(long, value_name = "OBJECT")]
    pub(crate) allow_destructive: Vec<String>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Look at nothing behind this migration
    #[arg(long, value_name = "ID")]
    pub(crate) to: Option<String>,
}

/// `validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Only ask the checks of the rows: those beside the structs, and those in the folder `checks`
    #[arg(long, conflicts_with = "managed")]
    pub(crate) checks: bool,
    /// Objects that nobody declared are no error, also in the databases of declared ones
    #[arg(long, help_heading = "Objects")]
    pub(crate) managed: bool,
    #[command(flatten)]
    pub(crate) choose: Choose,
}

/// `rollback`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("how far").required(true).args(["to", "steps"]))]
pub(crate) struct Rollback {
    /// Only show what would run
    #[arg(long)]
    pub(crate) plan: bool,
    /// Take back what came after this migration or savepoint
    #[arg(long, value_name = "ID|SAVEPOINT")]
    pub(crate) to: Option<String>,
    /// Take back so many migrations
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) steps: Option<u32>,
    /// Agree that this is lost: a table, a column as `web.page_view.usr`, or what a migration says that its way back does
    /// not bring back, by its id. Once for each
    #[arg(long, value_name = "OBJECT|ID")]
    pub(crate) allow_destructive: Vec<String>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// `repair`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("claim").required(true).args(["mark_applied", "mark_reverted"]))]
pub(crate) struct Repair {
    /// All of this migration has happened
    #[arg(long, value_name = "ID")]
    pub(crate) mark_applied: Option<String>,
    /// Nothing of this migration has happened, or all of it was taken back
    #[arg(long, value_name = "ID")]
    pub(crate) mark_reverted: Option<String>,
}

/// What commands understand that change the database.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// How long to wait while another run holds the lock; 0 gives up at once [default: 60; variable: CHX_LOCK_WAIT]
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u64>,
    /// How often to try again when something passes: a lost connection, an overloaded server [default: 5; variable:
    /// CHX_RETRIES]
    #[arg(long, value_name = "TIMES")]
    retries: Option<u32>,
    /// The most that the server may spend on one statement; 0: no limit [default: 0; variable: CHX_TIMEOUT]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Leave mutations running in the background instead of waiting for them; `status` follows them
    #[arg(long)]
    pub(crate) detach: bool,
    /// Print what happens while it happens, one JSON object a line; the last one is the document of `--json`
    #[arg(long)]
    events: bool,
}

/// `unlock`.
#[derive(Debug, Args)]
pub(crate) struct Unlock {
    /// I know that the owner is dead: do not ask
    #[arg(long)]
    pub(crate) owner_is_dead: bool,
}

/// Which objects are meant.
#[derive(Debug, Args)]
pub(crate) struct Choose {
    /// Only these: a database or an object, with `*` and `?`: `web`, `app_*`, `web.page_*` [default: `scope.include`
    /// of chx.toml]
    #[arg(long, value_name = "PATTERN", help_heading = "Objects")]
    pub(crate) include: Vec<Pattern>,
    /// Not these; what `scope.exclude` of chx.toml says is left out too
    #[arg(long, value_name = "PATTERN", help_heading = "Objects")]
    pub(crate) exclude: Vec<Pattern>,
}

/// `drift`.
#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// What the database should be
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(crate) against: Against,
    /// Do not report objects that nobody declared
    #[arg(long, conflicts_with = "everything", help_heading = "Objects")]
    pub(crate) managed: bool,
    /// Report objects that nobody declared in all databases, not only in those of declared objects
    #[arg(long, help_heading = "Objects")]
    pub(crate) everything: bool,
    #[command(flatten)]
    pub(crate) choose: Choose,
    /// Print the report in Markdown
    #[arg(long, conflicts_with = "json")]
    pub(crate) markdown: bool,
    /// Look again every so many seconds, until interrupted, and report what changes
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Watching")]
    pub(crate) watch: Option<u32>,
    /// Run this command whenever drift appears, changes or goes away; the event is its input, as JSON
    #[arg(long, value_name = "COMMAND", requires = "watch", help_heading = "Watching")]
    pub(crate) alert: Option<String>,
    /// Send the event there by POST; `env:NAME` and `file:PATH` keep the address secret
    #[arg(long, value_name = "URL", requires = "watch", help_heading = "Watching")]
    pub(crate) webhook: Option<String>,
    /// Write metrics for Prometheus into this file after every look
    #[arg(long, value_name = "FILE", help_heading = "Watching")]
    pub(crate) metrics: Option<PathBuf>,
}

/// What a database should be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Against {
    /// What the applied migrations say
    #[default]
    History,
    /// What the Rust schema says
    Registry,
}

/// `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code of the finding, as it is printed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Ask no database: only check the code and the migrations
    #[arg(long)]
    pub(crate) offline: bool,
    /// Print annotations for GitHub as well [default: where GITHUB_ACTIONS is true]
    #[arg(long, conflicts_with = "json")]
    pub(crate) github: bool,
}

/// `baseline`.
#[derive(Debug, Args)]
pub(crate) struct Baseline {
    /// Only show the migration that would be written
    #[arg(long)]
    pub(crate) plan: bool,
    /// Do not try the migration out on a scratch engine
    #[arg(long)]
    pub(crate) no_verify: bool,
    #[command(flatten)]
    pub(crate) choose: Choose,
}

/// `pull`.
#[derive(Debug, Args)]
pub(crate) struct Pull {
    /// The folder of the Rust files; their module is declared with `pub mod schema;`
    #[arg(long, value_name = "DIR", default_value = "src/schema")]
    pub(crate) out: PathBuf,
    /// Write one file for each object, in a folder for each database
    #[arg(long)]
    pub(crate) files: bool,
    /// Only say what would be written
    #[arg(long)]
    pub(crate) plan: bool,
    #[command(flatten)]
    pub(crate) choose: Choose,
}

/// `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Print the CREATE statements
    #[arg(long)]
    pub(crate) sql: bool,
    /// Write the schema as data, for `diff snapshot:FILE ...`
    #[arg(long, value_name = "FILE", conflicts_with = "sql")]
    pub(crate) snapshot: Option<PathBuf>,
}

/// `engine`.
#[derive(Debug, Subcommand)]
pub(crate) enum Engine {
    /// Fetch the engine, if it is not there yet
    Install,
    /// Print where the engine's library is
    Path,
    /// Serve ClickHouse's HTTP interface on 127.0.0.1 until interrupted
    Serve(Serve),
    /// Run one query and print its result
    Query(Query),
}

/// `engine serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The folder of the data [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub(crate) path: Option<PathBuf>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8123)]
    pub(crate) port: u16,
    /// A configuration file of ClickHouse: `query_log`, `remote_servers`, `macros`, `storage_configuration`
    #[arg(long, value_name = "FILE")]
    pub(crate) config_file: Option<PathBuf>,
}

/// `engine query`.
#[derive(Debug, Args)]
pub(crate) struct Query {
    /// The query
    pub(crate) sql: String,
    /// The folder of the data [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub(crate) path: Option<PathBuf>,
    /// The format of the result
    #[arg(long, default_value = "PrettyCompact")]
    pub(crate) format: String,
}
