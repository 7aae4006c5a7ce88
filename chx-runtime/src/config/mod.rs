//! Configuration: `chx.toml`, overridden by `CHX_*` variables, overridden by flags.
//!
//! Decides where the migrations stand, which server an environment means, and what may be destroyed there. It refuses
//! keys that it does not know (with the nearest one that it does), and addresses that it could not connect to. The
//! environment of the process comes in as a function, so that precedence is a matter of values.
//!
//! ```toml
//! migrations = "migrations"        # the folder of the migrations, from here
//! database = "app"                 # the database of structs that name none [default: default]
//! default_env = "dev"              # the environment that is meant when none is named
//!
//! [journal]
//! database = "chx"                 # where chx remembers what was applied
//!
//! [lock]
//! wait = 60                        # seconds that `migrate` waits for another run [default: 60]
//! lease = 30                       # seconds without a sign of life after which a run is dead [default: 30]
//!
//! [scope]
//! include = ["web", "app_*"]       # what `drift`, `pull`, `baseline` and `check` look at [default: everything]
//! exclude = ["*.tmp_*"]            # what they leave alone
//!
//! [run]
//! retries = 5                      # how often a statement is tried again when something passes [default: 5]
//! timeout = 3600                   # seconds that the server may spend on one statement [default: no limit]
//!
//! [check]                          # what `check` takes for an error, a warning, or not at all
//! pending = "warning"              # engine, history, generate, pending, drift are "error" unless said, hazards "warning"
//!
//! [policy]
//! destructive = "refuse"           # or "flag": allowed with --allow-destructive
//!
//! [env.dev]
//! url = "local:.chx/db"            # the embedded engine
//! policy.destructive = "flag"      # each environment may have a policy of its own
//!
//! [env.prod]
//! url = "https://clickhouse.example.com:8443"
//! version = "25.8"                 # `generate` says what this version would refuse, without asking the server
//! policy.confirm = true            # changes are asked about at a terminal, or need --confirm prod
//! user = "deploy"
//! password = "env:CLICKHOUSE_PASSWORD"   # or "file:/run/secrets/clickhouse"
//! ```
//!
//! | variable | flag | overrides |
//! |---|---|---|
//! | `CHX_CONFIG` | `--config` | the file itself; otherwise `chx.toml` here or in the nearest folder above |
//! | `CHX_ENV` | `--env` | `default_env` |
//! | `CHX_URL` | `--url` | `url` of the environment |
//! | `CHX_USER` | `--user` | `user` |
//! | `CHX_PASSWORD` | | `password`; there is no flag, because everybody sees the arguments of a process |
//! | `CHX_MIGRATIONS` | `--migrations` | `migrations` |
//! | `CHX_LOCK_WAIT` | `--wait` of `migrate` | `wait` of `[lock]` |
//! | `CHX_RETRIES` | `--retries` of `migrate` | `retries` of `[run]` |
//! | `CHX_TIMEOUT` | `--timeout` of `migrate` | `timeout` of `[run]` |

mod address;
mod check;
mod file;
mod secret;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chx_core::diag::Place;
use chx_core::ident::Ident;
use chx_core::nearest::nearest;
use chx_core::version::ServerVersion;

use crate::introspect::Selection;
use crate::runner::Settings;

pub use address::{Address, AddressError};
pub use check::{CheckLevel, CheckPolicy};
pub use secret::{Password, PasswordError, Redactor};

/// The name of the configuration file.
pub const FILE_NAME: &str = "chx.toml";

/// Everything that is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder that relative paths start from: that of `chx.toml`, or the current one where there is none.
    pub root: PathBuf,
    /// The folder of the migrations.
    pub migrations: PathBuf,
    /// The database of structs that name none.
    pub database: Ident,
    /// The database of the journal.
    pub journal_database: Ident,
    /// How `migrate` goes about its work.
    pub run: Settings,
    /// The environments by name.
    pub environments: BTreeMap<String, Environment>,
    /// The environment that is meant, and who said so.
    chosen: Option<String>,
    /// What variables and flags say about the server.
    overrides: Overrides,
    /// The environment that `--confirm` names. There is no variable for it: a setting that stays is no confirmation.
    pub confirmed: Option<String>,
    /// What may be destroyed where an environment does not say.
    pub policy: Policy,
    /// Which objects of a server are looked at.
    pub scope: Selection,
    /// What a failed check means.
    pub check: CheckPolicy,
}

/// One server and what may be done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its name; `None` where only an address was given.
    pub name: Option<String>,
    /// Where it is.
    pub address: Address,
    /// Who chx is there; ClickHouse's own default otherwise.
    pub user: Option<String>,
    /// The password of the user.
    pub password: Option<Password>,
    /// What may be destroyed there.
    pub policy: Policy,
    /// Its version, for whoever cannot ask it.
    pub version: Option<ServerVersion>,
}

/// What may be destroyed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy {
    /// Statements that delete rows or columns.
    pub destructive: Destructive,
    /// Does every change have to be confirmed, by a person at a terminal or by the name of the environment?
    pub confirm: bool,
}

/// What happens to statements that delete rows or columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Destructive {
    /// They never run, whatever the flags say.
    #[default]
    Refuse,
    /// They run with `--allow-destructive`.
    Flag,
}

/// What the command line says; each wins over the variable and the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--env`.
    pub env: Option<String>,
    /// `--url`.
    pub url: Option<String>,
    /// `--user`.
    pub user: Option<String>,
    /// `--migrations`.
    pub migrations: Option<PathBuf>,
    /// `--confirm`.
    pub confirm: Option<String>,
    /// `--wait` of `migrate`, in seconds.
    pub lock_wait: Option<u64>,
    /// `--retries` of `migrate`.
    pub retries: Option<u32>,
    /// `--timeout` of `migrate`, in seconds.
    pub timeout: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Overrides {
    address: Option<Address>,
    user: Option<String>,
    password: Option<Password>,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was asked for does not exist.
    #[error("there is no `{}`", .0.display())]
    NoFile(PathBuf),
    /// A file cannot be read.
    #[error("`{}` cannot be read: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or says something that has no meaning.
    #[error("{place}: {message}")]
    File {
        /// Where it stands.
        place: Place,
        /// What is wrong.
        message: String,
    },
    /// A variable or flag has a value that has no meaning.
    #[error("{from}: {message}")]
    Value {
        /// The variable or flag.
        from: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An environment that is not configured was asked for.
    #[error("there is no environment `{name}`{}", listed(.known))]
    NoEnvironment {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// Nothing says which server is meant.
    #[error(
        "no environment is chosen{}: name one with `--env`, `CHX_ENV` or `default_env` in `chx.toml`, or give an \
         address with `--url`",
        listed(.known)
    )]
    NoneChosen {
        /// The names that there are.
        known: Vec<String>,
    },
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!(
            " (there {} {})",
            if names.len() == 1 { "is" } else { "are" },
            names.join(", ")
        ),
    }
}

impl Config {
    /// Puts the configuration together. `directory` is where the program runs, `variable` reads the environment of
    /// the process.
    pub fn load(
        directory: &Path,
        flags: &Flags,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let asked = flags
            .config
            .clone()
            .or_else(|| variable("CHX_CONFIG").map(PathBuf::from));
        let path = match asked {
            Some(path) => {
                let path = directory.join(path);
                if !path.is_file() {
                    return Err(ConfigError::NoFile(path));
                }
                Some(path)
            }
            None => directory
                .ancestors()
                .map(|folder| folder.join(FILE_NAME))
                .find(|path| path.is_file()),
        };
        let mut config = match &path {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
                    path: path.clone(),
                    source,
                })?;
                let root = path.parent().unwrap_or(directory);
                file::read(&text, &shown(directory, path), root)?
            }
            None => Self::empty(directory),
        };
        if let Some(folder) = flags
            .migrations
            .clone()
            .or_else(|| variable("CHX_MIGRATIONS").map(PathBuf::from))
        {
            config.migrations = directory.join(folder);
        }
        if let Some(name) = flags.env.clone().or_else(|| variable("CHX_ENV")) {
            config.chosen = Some(name);
        }
        if let Some(seconds) = number("CHX_LOCK_WAIT", flags.lock_wait, &variable)? {
            config.run.lock.wait = Duration::from_secs(seconds);
        }
        if let Some(times) = number("CHX_RETRIES", flags.retries, &variable)? {
            config.run.retry.times = times;
        }
        if let Some(seconds) = number("CHX_TIMEOUT", flags.timeout, &variable)? {
            config.run.timeout = (seconds > 0).then(|| Duration::from_secs(seconds));
        }
        config.overrides.address = match (&flags.url, variable("CHX_URL")) {
            (Some(url), _) => Some(address("--url", url, directory)?),
            (None, Some(url)) => Some(address("CHX_URL", &url, directory)?),
            (None, None) => None,
        };
        config.confirmed.clone_from(&flags.confirm);
        config.overrides.user = flags.user.clone().or_else(|| variable("CHX_USER"));
        config.overrides.password = variable("CHX_PASSWORD").map(|text| Password::parse(&text, directory));
        Ok(config)
    }

    fn empty(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            migrations: root.join("migrations"),
            database: constant("default"),
            journal_database: constant("chx"),
            run: Settings::default(),
            environments: BTreeMap::new(),
            chosen: None,
            overrides: Overrides::default(),
            confirmed: None,
            policy: Policy::default(),
            scope: Selection::default(),
            check: CheckPolicy::default(),
        }
    }

    /// The server that is meant.
    pub fn environment(&self) -> Result<Environment, ConfigError> {
        let names = || self.environments.keys().cloned().collect::<Vec<_>>();
        let named = match &self.chosen {
            Some(name) => match self.environments.get(name) {
                Some(environment) => Some(environment.clone()),
                None => {
                    return Err(ConfigError::NoEnvironment {
                        name: name.clone(),
                        known: names(),
                    });
                }
            },
            // The only one is meant.
            None if self.environments.len() == 1 => self.environments.values().next().cloned(),
            None => None,
        };
        let mut environment = match (named, &self.overrides.address) {
            (Some(environment), _) => environment,
            (None, Some(address)) => Environment {
                name: None,
                address: address.clone(),
                user: None,
                password: None,
                policy: self.policy,
                version: None,
            },
            (None, None) => return Err(ConfigError::NoneChosen { known: names() }),
        };
        if let Some(address) = &self.overrides.address {
            // Another address is another server: what the file says about the user is not for it.
            if *address != environment.address {
                environment.user = None;
                environment.password = None;
                environment.version = None;
            }
            environment.address = address.clone();
        }
        if let Some(user) = &self.overrides.user {
            environment.user = Some(user.clone());
        }
        if let Some(password) = &self.overrides.password {
            environment.password = Some(password.clone());
        }
        Ok(environment)
    }
}

/// What a flag says, or else a variable.
fn number<T: std::str::FromStr>(
    name: &'static str,
    flag: Option<T>,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Option<T>, ConfigError> {
    if flag.is_some() {
        return Ok(flag);
    }
    let Some(text) = variable(name) else {
        return Ok(None);
    };
    let parsed = text.trim().parse().map_err(|_| ConfigError::Value {
        from: name,
        message: format!("`{text}` is not a whole number"),
    })?;
    Ok(Some(parsed))
}

fn address(from: &'static str, url: &str, directory: &Path) -> Result<Address, ConfigError> {
    Address::parse(url, directory).map_err(|error| ConfigError::Value {
        from,
        message: error.to_string(),
    })
}

/// A name that stands in this file.
fn constant(name: &str) -> Ident {
    match Ident::new(name) {
        Ok(name) => name,
        Err(_) => unreachable!("a constant name"),
    }
}

/// A path as messages name it: from where the program runs, where that is shorter.
pub(crate) fn shown(directory: &Path, path: &Path) -> String {
    path.strip_prefix(directory).unwrap_or(path).display().to_string()
}

/// The end of a message about a word that is not known.
fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known)
        .map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}
