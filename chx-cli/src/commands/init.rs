//! `init`: a project set up in one step, without touching a file that is there.

mod from_live;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use chx_runtime::config::Flags;
use serde::Serialize;
use toml::de::DeTable;

use crate::args::Init;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{FAINT, GOOD, NAME, Output, painted};
use crate::tool::Tool;

#[derive(Serialize, Default)]
struct Document {
    created: Vec<String>,
    kept: Vec<String>,
}

const CONFIG: &str = r#"# Where chx finds the migrations and the servers. `chx-migrate --help` names what overrides it.
migrations = "migrations"
default_env = "dev"

[policy]
# "refuse": what deletes rows or columns never runs. "flag": it runs with `--allow-destructive NAME`.
destructive = "refuse"

[env.dev]
url = "local:.chx/db"            # the embedded engine: no server to install
policy.destructive = "flag"

# [env.prod]
# url = "https://clickhouse.example.com:8443"
# user = "deploy"
# password = "env:CLICKHOUSE_PASSWORD"   # or "file:/run/secrets/clickhouse"
"#;

/// The sums in `chx.sum` cover bytes: version control must not change line ends.
const ATTRIBUTES: &str = "*.sql -text\nchx.sum -text\n";

const SCHEMA: &str = r#"//! The schema: what ClickHouse shall look like. `chx-migrate generate` writes the migration that makes it so.

use chx::prelude::*;

/// One page view.
#[derive(ChTable)]
#[ch(database = "app", engine = MergeTree, order_by = (site, ts))]
pub(crate) struct PageView {
    pub(crate) id: u64,
    pub(crate) ts: DateTime64<3>,
    #[ch(low_cardinality)]
    pub(crate) site: String,
    pub(crate) user: String,
}
"#;

/// Runs the command.
pub(crate) fn run(args: &Init, flags: &Flags, tool: &Tool, output: Output) -> Result<Exit, Failure> {
    if args.from_live {
        return from_live::run(args, flags, tool, output);
    }
    if !args.choose.include.is_empty() || !args.choose.exclude.is_empty() {
        return Err(Failure::usage(
            "`--include` and `--exclude` go with `--from-live`",
        ));
    }
    let folder = &args.folder;
    let project = Project::find(folder)?;
    let mut document = Document::default();
    let mut write = |name: &str, text: &str| -> Result<bool, Failure> {
        let created = create(&folder.join(name), text)?;
        if created {
            output.line(format_args!("{} {name}", painted("created", GOOD)));
            document.created.push(name.to_owned());
        } else {
            output.line(format_args!("{} {name}, which was there", painted("kept", FAINT)));
            document.kept.push(name.to_owned());
        }
        Ok(created)
    };
    write("chx.toml", CONFIG)?;
    write("migrations/.gitattributes", ATTRIBUTES)?;
    write(
        "migrations/chx.sum",
        &chx_core::history::Chain::default().to_string(),
    )?;
    let has_schema = !write("src/schema.rs", SCHEMA)?;
    write("src/bin/chx-migrate.rs", &project.program("../schema.rs"))?;
    output.line(format_args!("\n{}", painted("what is left to do", NAME)));
    output.line(project.advice(has_schema));
    output.document(|| &document);
    Ok(Exit::Done)
}

/// Creates a file and its folders. Says whether it did; a file that is there stays as it is.
fn create(path: &Path, text: &str) -> Result<bool, Failure> {
    let failed =
        |error: io::Error| Failure::failed(format!("`{}` cannot be written: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => {
            if let Err(error) = file.write_all(text.as_bytes()) {
                // Half a file would be kept by the next `init`.
                let _ = fs::remove_file(path);
                return Err(failed(error));
            }
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// What is known about the Rust package.
struct Project {
    /// The name of its library in Rust, if it has one.
    library: Option<String>,
}

impl Project {
    fn find(folder: &Path) -> Result<Self, Failure> {
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::usage(format!("there is no `{}`", manifest.display()))
                .help("`init` sets up a Rust package: run `cargo init --lib` first, or name the folder of the package"),
            _ => Failure::failed(format!("`{}` cannot be read: {error}", manifest.display())),
        })?;
        let manifest = DeTable::parse(&text).map_err(|error| {
            Failure::usage(format!(
                "`{}` is not TOML: {}",
                manifest.display(),
                error.message()
            ))
        })?;
        let manifest = manifest.get_ref();
        let name = |table: &str| manifest.get(table)?.get_ref().get("name")?.get_ref().as_str();
        let Some(package) = name("package") else {
            return Err(Failure::usage("the Cargo.toml here is that of a workspace, not of a package")
                .help("name the folder of the package that the schema belongs to: `chx-migrate init crates/app`"));
        };
        let has_library = manifest.contains_key("lib") || folder.join("src/lib.rs").is_file();
        let library = name("lib").map_or_else(|| package.replace('-', "_"), str::to_owned);
        Ok(Self {
            library: has_library.then_some(library),
        })
    }

    /// The program that a deploy calls. `schema` is the file of the schema, from the program's.
    fn program(&self, schema: &str) -> String {
        let link = match &self.library {
            Some(library) => format!(
                "// Links the schema: a crate that is named nowhere is not linked.\nuse {library} as _;\n"
            ),
            None => format!("#[path = \"{schema}\"]\nmod schema;\n"),
        };
        format!(
            "//! What a deploy calls: `cargo run --bin chx-migrate -- migrate`.\n\n{link}\nfn main() -> std::process::ExitCode {{\n    chx_cli::main()\n}}\n"
        )
    }

    fn advice(&self, has_schema: bool) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let mut advice = format!(
            "  Cargo.toml:\n    [dependencies]\n    chx = \"{version}\"\n    chx-cli = \"{version}\"\n"
        );
        if self.library.is_some() && !has_schema {
            advice.push_str("  src/lib.rs:\n    pub mod schema;\n");
        }
        let _ = write!(
            advice,
            "  .gitignore:\n    .chx/\n  then:\n    cargo run --bin chx-migrate -- generate\n    cargo run --bin chx-migrate -- migrate"
        );
        advice
    }
}
