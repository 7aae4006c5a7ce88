//! `init --from-live`: a project for a database that is there already.
//!
//! All of it is thought through before the first file is written: what is live is read once, and the Rust, the first migration
//! with its proof and the configuration are made from that. Then the files are written, all or none, and the journal of the
//! database takes the migration as applied. It refuses where a project or a history has begun, here or in the database. No
//! password is written: the configuration names the variable that it is in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chx_core::history::{Chain, History, MigrationId};
use chx_core::plan::Plan;
use chx_runtime::client::Session;
use chx_runtime::config::{Address, Environment, FILE_NAME, Flags};
use chx_runtime::introspect::{Scope, introspect};
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::store::Store;
use serde::Serialize;

use super::super::baseline::{Adopted, claim};
use super::super::generate::next_id;
use super::super::pull::{dependencies, unsaid};
use super::{ATTRIBUTES, Project};
use crate::args::Init;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{FAINT, GOOD, NAME, Output, painted};
use crate::pull::{Pulled, Spread, write};
use crate::tool::Tool;

/// The variable that the configuration names for the password.
const PASSWORD: &str = "CLICKHOUSE_PASSWORD";

/// The environment that the live database becomes.
const LIVE: &str = "live";

#[derive(Serialize)]
struct Document {
    created: Vec<String>,
    kept: Vec<String>,
    environment: String,
    migration: MigrationId,
    objects: usize,
    proven: bool,
}

/// Runs the command.
pub(super) fn run(args: &Init, flags: &Flags, tool: &Tool, output: Output) -> Result<Exit, Failure> {
    let here = tool
        .folder()
        .map_err(|error| Failure::failed(format!("the current folder cannot be found: {error}")))?;
    let folder = if args.folder == Path::new(".") {
        here.clone()
    } else {
        here.join(&args.folder)
    };
    let project = Project::find(&folder)?;
    refuse_a_project(&folder)?;
    let name = flags.env.clone().unwrap_or_else(|| LIVE.to_owned());
    if name.is_empty()
        || !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    {
        return Err(Failure::usage(format!(
            "`{name}` cannot be the name of an environment: letters, digits, `-` and `_` can"
        )));
    }
    let flags = Flags {
        env: None,
        migrations: None,
        ..flags.clone()
    };
    let context = Context::load(&flags, &tool.clone().directory(&folder), output)?;
    if !context.config.environments.is_empty() {
        return Err(
            Failure::usage("there is a configuration already: a variable or flag names it")
                .help("`pull` and `baseline` go on from there"),
        );
    }
    let environment = context.config.environment().map_err(|error| {
        Failure::from(error).help(
            "name the live database: `--url http://HOST:8123`, `--user`, and `CHX_PASSWORD` for the password; `CHX_ENV` is for \
             projects that are set up",
        )
    })?;

    context.block_on(async {
        let session = context.session().await?;
        refuse_a_history(&context, &session).await?;
        let scope = Scope::everything()
            .selecting(context.selection(&args.choose))
            .without_journal(&context.config.journal_database);
        let mut live = introspect(&session, &scope).await?;
        live.doubt_whole(&session).await?;
        let adopted = Adopted::of(live, None)?;
        let planned = adopted.plan(!args.no_verify).await?;
        let id = next_id(&History::default(), "baseline")?;

        let mut files = files_of(args, &adopted, &id, &planned);
        let code: String = files.iter().map(|(_, text)| text.as_str()).collect();
        files.push(("src/bin/chx-migrate.rs".to_owned(), project.program("../schema/mod.rs")));
        // What makes the folder a project comes last.
        files.push((FILE_NAME.to_owned(), configuration(args, &name, &environment, &folder)));
        let created = create_all(&folder, &files)?;
        for path in &created.new {
            output.line(format_args!("{} {path}", painted("created", GOOD)));
        }
        for path in &created.kept {
            output.line(format_args!("{} {path}, which was there", painted("kept", FAINT)));
        }

        let store = Store::new(folder.join("migrations"), &here);
        if let Err(mut failure) = claim(&context, &session, &store, &id).await {
            failure.message = format!(
                "the files are written, but the journal of the database does not know of them: {}",
                failure.message
            );
            return Err(failure.help(format!(
                "when that is settled, `chx-migrate repair --mark-applied {id} --env {name} --confirm {name}` finishes it"
            )));
        }
        let objects = adopted.objects();
        output.line(format_args!(
            "{} the database: {objects} objects are in the Rust code and in `{id}`, and its journal takes that as applied",
            painted("adopted", GOOD)
        ));
        advise(&project, &environment, &name, &code, output);
        output.document(|| Document {
            created: created.new,
            kept: created.kept,
            environment: name,
            migration: id,
            objects,
            proven: !args.no_verify,
        });
        Ok(Exit::Done)
    })
}

/// What has begun is not begun again.
fn refuse_a_project(folder: &Path) -> Result<(), Failure> {
    let above = folder
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|path| path.is_file());
    if let Some(path) = above {
        let message = format!("`{}` is there: chx is set up already", path.display());
        return Err(Failure::usage(message).help(
            "`pull` writes the Rust of a live database into a project, and `baseline` adopts it as the start of the history",
        ));
    }
    let is_used = |path: &Path| match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    };
    for name in ["migrations", "src/schema", "src/schema.rs"] {
        let path = folder.join(name);
        if is_used(&path) {
            let message = format!("`{}` is there already; nothing was written", path.display());
            return Err(Failure::usage(message)
                .help("move it away; or set chx up with `init`, and go on with `pull` and `baseline`"));
        }
    }
    Ok(())
}

/// A database that another project migrates has its beginning there.
async fn refuse_a_history(context: &Context, session: &Session) -> Result<(), Failure> {
    let mut journal = Journal::new(session, &context.config.journal_database, Runner::of_process());
    let state = journal.read().await?;
    let Some(first) = state.migrations.keys().next() else {
        return Ok(());
    };
    let message =
        format!("the journal of the database knows migrations already, `{first}` first; nothing was written");
    Err(Failure::usage(message)
        .help("the project with these migrations is where to go on. For Rust code alone there is `pull`"))
}

/// The Rust code and the history, with the paths from the folder of the project.
fn files_of(args: &Init, adopted: &Adopted, id: &MigrationId, planned: &Plan) -> Vec<(String, String)> {
    let written = write(Pulled {
        schema: &adopted.schema,
        columns: &adopted.view_columns,
        spread: if args.files {
            Spread::Objects
        } else {
            Spread::Databases
        },
    });
    for finding in unsaid(&adopted.schema) {
        Output::finding(&finding);
    }
    let migration = adopted.migration(id, planned);
    let mut chain = Chain::default();
    chain.push(id.clone(), migration.as_bytes());
    let code = written.files.into_iter();
    code.map(|(name, text)| (format!("src/schema/{name}"), text))
        .chain([
            ("migrations/.gitattributes".to_owned(), ATTRIBUTES.to_owned()),
            (format!("migrations/{}", id.file_name()), migration),
            (format!("migrations/{}", Chain::FILE_NAME), chain.to_string()),
        ])
        .collect()
}

/// `chx.toml` for the live database, and for an engine to try things out on.
fn configuration(args: &Init, name: &str, environment: &Environment, folder: &Path) -> String {
    let mut text = String::from(
        "# Where chx finds the migrations and the servers. `chx-migrate --help` names what overrides it.\n\
         migrations = \"migrations\"\n",
    );
    let url = match &environment.address {
        Address::Local(path) => format!("local:{}", path.strip_prefix(folder).unwrap_or(path).display()),
        shown @ Address::Http { .. } => shown.to_string(),
    };
    let is_try_out = name != "dev" && url != "local:.chx/db";
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "default_env = \"{}\"\n",
        if is_try_out { "dev" } else { name }
    );
    text.push_str(
        "[policy]\n\
         # \"refuse\": what deletes rows or columns never runs. \"flag\": it runs with `--allow-destructive NAME`.\n\
         destructive = \"refuse\"\n",
    );
    let patterns = |patterns: &[chx_runtime::introspect::Pattern]| {
        let quoted: Vec<String> = patterns
            .iter()
            .map(|pattern| toml_string(&pattern.to_string()))
            .collect();
        quoted.join(", ")
    };
    let choose = &args.choose;
    if !choose.include.is_empty() || !choose.exclude.is_empty() {
        text.push_str("\n# What of a server is looked at.\n[scope]\n");
        for (key, chosen) in [("include", &choose.include), ("exclude", &choose.exclude)] {
            if !chosen.is_empty() {
                let _ = writeln!(text, "{key} = [{}]", patterns(chosen));
            }
        }
    }
    if is_try_out {
        text.push_str(
            "\n[env.dev]\n\
             url = \"local:.chx/db\"            # the embedded engine: no server to install\n\
             policy.destructive = \"flag\"\n",
        );
    }
    let _ = write!(text, "\n[env.{name}]\nurl = {}\n", toml_string(&url));
    if let Some(user) = user_of(environment) {
        let _ = writeln!(text, "user = {}", toml_string(user));
    }
    if has_password(environment) {
        let _ = writeln!(
            text,
            "password = \"env:{PASSWORD}\"   # or \"file:/run/secrets/clickhouse\""
        );
    }
    text.push_str(
        "policy.confirm = true            # changes are asked about, or need `--confirm` with the name\n",
    );
    text
}

fn user_of(environment: &Environment) -> Option<&str> {
    let of_address = match &environment.address {
        Address::Http { user, .. } => user.as_deref(),
        Address::Local(_) => None,
    };
    environment.user.as_deref().or(of_address)
}

fn has_password(environment: &Environment) -> bool {
    let of_address = matches!(
        &environment.address,
        Address::Http {
            password: Some(_),
            ..
        }
    );
    environment.password.is_some() || of_address
}

/// A text as a TOML string.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What was created, by path from the folder.
struct Created {
    new: Vec<String>,
    kept: Vec<String>,
}

/// Creates all files, or none. The program is kept where there is one.
fn create_all(folder: &Path, files: &[(String, String)]) -> Result<Created, Failure> {
    let mut done = Undo::default();
    let (mut new, mut kept) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let path = folder.join(name);
        let created = done.folders(&path).and_then(|()| super::create(&path, text));
        match created {
            Ok(true) => {
                done.files.push(path);
                new.push(name.clone());
            }
            Ok(false) if name.ends_with("chx-migrate.rs") => kept.push(name.clone()),
            Ok(false) => {
                let failure = Failure::failed(format!("`{name}` has come into being in the meantime"));
                return Err(done.take_back(failure));
            }
            Err(failure) => return Err(done.take_back(failure)),
        }
    }
    Ok(Created { new, kept })
}

/// What has to go again when not all can be written.
#[derive(Default)]
struct Undo {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Undo {
    /// Makes the folders above a file, and remembers which of them are new.
    fn folders(&mut self, path: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> = path
            .ancestors()
            .skip(1)
            .take_while(|folder| !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            std::fs::create_dir(folder).map_err(|error| {
                Failure::failed(format!(
                    "the folder `{}` cannot be made: {error}",
                    folder.display()
                ))
            })?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Takes everything away again, and says what would not go.
    fn take_back(self, mut failure: Failure) -> Failure {
        let files = self
            .files
            .iter()
            .rev()
            .map(|path| (path, std::fs::remove_file(path)));
        let folders = self
            .folders
            .iter()
            .rev()
            .map(|path| (path, std::fs::remove_dir(path)));
        let left: Vec<String> = files
            .chain(folders)
            .filter(|(_, gone)| gone.is_err())
            .map(|(path, _)| format!("`{}`", path.display()))
            .collect();
        failure.message = if left.is_empty() {
            format!(
                "nothing was written, and the database was not touched: {}",
                failure.message
            )
        } else {
            format!(
                "the database was not touched, but these are left and have to be taken away by hand: {}: {}",
                left.join(", "),
                failure.message
            )
        };
        failure
    }
}

fn advise(project: &Project, environment: &Environment, name: &str, code: &str, output: Output) {
    output.line(format_args!("\n{}", painted("what is left to do", NAME)));
    output.line("  Cargo.toml:\n    [dependencies]");
    output.line(dependencies(code));
    output.line(format_args!("    chx-cli = \"{}\"", env!("CARGO_PKG_VERSION")));
    if project.library.is_some() {
        output.line("  src/lib.rs:\n    pub mod schema;");
    }
    output.line("  .gitignore:\n    .chx/");
    if has_password(environment) {
        output.line(format_args!(
            "  the password, which stands nowhere:\n    export {PASSWORD}=..."
        ));
    }
    output.line(format_args!(
        "  then:\n    cargo run --bin chx-migrate -- drift --env {name} --against registry   # nothing differs\n    \
         cargo run --bin chx-migrate -- generate                              # after a change of the structs"
    ));
}
