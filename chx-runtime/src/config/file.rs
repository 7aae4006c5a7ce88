//! `chx.toml`: every key has its place, and every key that has no meaning is refused where it stands.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chx_core::diag::Place;
use chx_core::ident::Ident;
use chx_core::version::{ServerVersion, VersionError};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::introspect::{Pattern, PatternError};

use super::check::{self, CheckLevel};
use super::{
    Address, Config, ConfigError, Destructive, Environment, Overrides, Password, Policy, did_you_mean,
};

/// Reads the text of the file; `name` is how messages call it, `root` where relative paths start.
pub(super) fn read(text: &str, name: &str, root: &Path) -> Result<Config, ConfigError> {
    let file = File { text, name, root };
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.error(at, error.message().trim().replace('\n', "; "))
    })?;
    let mut config = Config::empty(root);
    let mut environments = None;
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "migrations" => config.migrations = root.join(file.text_of(value)?),
            "default_env" => config.chosen = Some(file.text_of(value)?.to_owned()),
            "database" => config.database = file.name_of(value)?,
            "journal" => {
                for (key, value) in file.table(value)? {
                    match key.get_ref().as_ref() {
                        "database" => config.journal_database = file.name_of(value)?,
                        _ => return Err(file.unknown(key, &["database"])),
                    }
                }
            }
            "lock" => {
                for (key, value) in file.table(value)? {
                    match key.get_ref().as_ref() {
                        "wait" => config.run.lock.wait = Duration::from_secs(file.seconds(value, 0)?),
                        "lease" => config.run.lock.lease = Duration::from_secs(file.seconds(value, 1)?),
                        _ => return Err(file.unknown(key, &["wait", "lease"])),
                    }
                }
            }
            "run" => {
                for (key, value) in file.table(value)? {
                    match key.get_ref().as_ref() {
                        "retries" => {
                            config.run.retry.times = u32::try_from(file.number(value, 0, 1000)?).unwrap_or(0);
                        }
                        "timeout" => config.run.timeout = Some(Duration::from_secs(file.seconds(value, 1)?)),
                        _ => return Err(file.unknown(key, &["retries", "timeout"])),
                    }
                }
            }
            "policy" => config.policy = file.policy(value, Policy::default())?,
            "check" => {
                for (key, value) in file.table(value)? {
                    let level = config.check.level(key.get_ref());
                    *level.ok_or_else(|| file.unknown(key, &check::KEYS))? = file.check_level(value)?;
                }
            }
            "scope" => {
                for (key, value) in file.table(value)? {
                    match key.get_ref().as_ref() {
                        "include" => config.scope.include = file.patterns(value)?,
                        "exclude" => config.scope.exclude = file.patterns(value)?,
                        _ => return Err(file.unknown(key, &["include", "exclude"])),
                    }
                }
            }
            "env" => environments = Some(value),
            _ => {
                return Err(file.unknown(
                    key,
                    &[
                        "migrations",
                        "database",
                        "default_env",
                        "journal",
                        "lock",
                        "run",
                        "policy",
                        "check",
                        "scope",
                        "env",
                    ],
                ));
            }
        }
    }
    // Environments inherit the policy, wherever it stands in the file.
    if let Some(value) = environments {
        config.environments = file.environments(value, config.policy)?;
    }
    if let Some(chosen) = &config.chosen
        && !config.environments.contains_key(chosen)
    {
        let at = document
            .get_ref()
            .get("default_env")
            .map_or(0, |value| value.span().start);
        let hint = did_you_mean(chosen, config.environments.keys().map(String::as_str));
        return Err(file.error(at, format!("there is no `[env.{chosen}]`{hint}")));
    }
    Ok(Config {
        overrides: Overrides::default(),
        ..config
    })
}

struct File<'a> {
    text: &'a str,
    name: &'a str,
    root: &'a Path,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl File<'_> {
    fn environments(
        &self,
        value: &Value<'_>,
        inherited: Policy,
    ) -> Result<BTreeMap<String, Environment>, ConfigError> {
        let mut environments = BTreeMap::new();
        for (name, value) in self.table(value)? {
            let table = self.table(value)?;
            let mut address = None;
            let (mut user, mut password, mut policy, mut version) = (None, None, inherited, None);
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "url" => {
                        let parsed = Address::parse(self.text_of(value)?, self.root);
                        address =
                            Some(parsed.map_err(|error| self.error(value.span().start, error.to_string()))?);
                    }
                    "user" => user = Some(self.text_of(value)?.to_owned()),
                    "password" => password = Some(Password::parse(self.text_of(value)?, self.root)),
                    "policy" => policy = self.policy(value, inherited)?,
                    "version" => version = Some(self.version(value)?),
                    _ => return Err(self.unknown(key, &["url", "user", "password", "policy", "version"])),
                }
            }
            let name_at = name.span().start;
            let name = name.get_ref().as_ref().to_owned();
            let Some(address) = address else {
                return Err(self.error(name_at, format!("`[env.{name}]` has no `url`")));
            };
            let name_of = Some(name.clone());
            environments.insert(
                name,
                Environment {
                    name: name_of,
                    address,
                    user,
                    password,
                    policy,
                    version,
                },
            );
        }
        Ok(environments)
    }

    fn version(&self, value: &Value<'_>) -> Result<ServerVersion, ConfigError> {
        let text = self.text_of(value)?;
        text.parse()
            .map_err(|error: VersionError| self.error(value.span().start, error.to_string()))
    }

    fn policy(&self, value: &Value<'_>, inherited: Policy) -> Result<Policy, ConfigError> {
        let mut policy = inherited;
        for (key, value) in self.table(value)? {
            match key.get_ref().as_ref() {
                "destructive" => {
                    policy.destructive = match self.text_of(value)? {
                        "refuse" => Destructive::Refuse,
                        "flag" => Destructive::Flag,
                        other => {
                            let message = format!("`destructive` is \"refuse\" or \"flag\", not \"{other}\"");
                            return Err(self.error(value.span().start, message));
                        }
                    }
                }
                "confirm" => {
                    policy.confirm = value
                        .get_ref()
                        .as_bool()
                        .ok_or_else(|| self.wrong_type(value, "true or false"))?;
                }
                _ => return Err(self.unknown(key, &["destructive", "confirm"])),
            }
        }
        Ok(policy)
    }

    fn table<'v, 'i>(&self, value: &'v Value<'i>) -> Result<&'v DeTable<'i>, ConfigError> {
        value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong_type(value, "a table"))
    }

    fn text_of<'v>(&self, value: &'v Value<'_>) -> Result<&'v str, ConfigError> {
        value
            .get_ref()
            .as_str()
            .ok_or_else(|| self.wrong_type(value, "a text in quotes"))
    }

    /// A number of seconds, at least `least` and at most a year.
    fn seconds(&self, value: &Value<'_>, least: u64) -> Result<u64, ConfigError> {
        const YEAR: u64 = 365 * 24 * 60 * 60;
        self.number(value, least, YEAR)
    }

    fn number(&self, value: &Value<'_>, least: u64, most: u64) -> Result<u64, ConfigError> {
        let integer = value.get_ref().as_integer();
        let integer = integer.ok_or_else(|| self.wrong_type(value, "a whole number"))?;
        u64::from_str_radix(integer.as_str(), integer.radix())
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                let message = format!("this must be a whole number from {least} to {most}");
                self.error(value.span().start, message)
            })
    }

    fn check_level(&self, value: &Value<'_>) -> Result<CheckLevel, ConfigError> {
        let word = self.text_of(value)?;
        CheckLevel::of(word).ok_or_else(|| {
            let message = format!("a check is \"error\", \"warning\" or \"off\", not \"{word}\"");
            self.error(value.span().start, message)
        })
    }

    /// A list of patterns for objects.
    fn patterns(&self, value: &Value<'_>) -> Result<Vec<Pattern>, ConfigError> {
        let Some(list) = value.get_ref().as_array() else {
            return Err(self.wrong_type(value, "a list of texts"));
        };
        let pattern = |value: &Value<'_>| {
            let parsed = self.text_of(value)?.parse();
            parsed.map_err(|error: PatternError| self.error(value.span().start, error.to_string()))
        };
        list.iter().map(pattern).collect()
    }

    fn name_of(&self, value: &Value<'_>) -> Result<Ident, ConfigError> {
        Ident::new(self.text_of(value)?).map_err(|error| self.error(value.span().start, error.to_string()))
    }

    fn wrong_type(&self, value: &Value<'_>, wanted: &str) -> ConfigError {
        let found = value.get_ref().type_str();
        self.error(
            value.span().start,
            format!("this must be {wanted}, and is of the type {found}"),
        )
    }

    fn unknown(&self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) -> ConfigError {
        let name = key.get_ref();
        let hint = did_you_mean(name, known.iter().copied());
        self.error(
            key.span().start,
            format!("`{name}` is not a key that chx knows here{hint}"),
        )
    }

    fn error(&self, at: usize, message: String) -> ConfigError {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        ConfigError::File {
            place: Place {
                file: self.name.to_owned(),
                line,
            },
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Flags;

    fn parse(text: &str) -> Result<Config, String> {
        read(text, "chx.toml", Path::new("/srv/app")).map_err(|error| error.to_string())
    }

    const FULL: &str = r#"
migrations = "db/migrations"
default_env = "dev"

[journal]
database = "ops"

[lock]
wait = 0
lease = 5

[run]
retries = 2
timeout = 60

[policy]
destructive = "refuse"

[env.dev]
url = "local:.chx/db"
policy.destructive = "flag"

[env.prod]
url = "http://db.example.com:8123"
user = "deploy"
password = "env:PW"
"#;

    #[test]
    fn the_whole_file_is_read() {
        let config = parse(FULL).unwrap();
        assert_eq!(config.migrations, Path::new("/srv/app/db/migrations"));
        assert_eq!(config.journal_database.as_str(), "ops");
        let run = config.run;
        assert_eq!(
            (run.lock.wait, run.lock.lease),
            (Duration::ZERO, Duration::from_secs(5))
        );
        assert_eq!((run.retry.times, run.timeout), (2, Some(Duration::from_mins(1))));
        let dev = config.environment().unwrap();
        assert_eq!(dev.name.as_deref(), Some("dev"));
        assert_eq!(dev.policy.destructive, Destructive::Flag);
        let prod = &config.environments["prod"];
        assert_eq!(prod.policy.destructive, Destructive::Refuse);
        assert_eq!(prod.password, Some(Password::Variable("PW".into())));
    }

    #[test]
    fn what_has_no_meaning_is_refused_where_it_stands() {
        let error = |text: &str| parse(text).unwrap_err();
        assert_eq!(
            error("\nmigratoins = \"x\""),
            "chx.toml:2: `migratoins` is not a key that chx knows here; did you mean `migrations`?"
        );
        assert_eq!(
            error("[env.dev]\nurl = \"local:x\"\npasword = \"x\""),
            "chx.toml:3: `pasword` is not a key that chx knows here; did you mean `password`?"
        );
        assert_eq!(
            error("[env.dev]\nuser = \"x\""),
            "chx.toml:1: `[env.dev]` has no `url`"
        );
        assert_eq!(
            error("default_env = \"prd\"\n[env.prod]\nurl = \"local:x\""),
            "chx.toml:1: there is no `[env.prd]`; did you mean `prod`?"
        );
        assert_eq!(
            error("migrations = 3"),
            "chx.toml:1: this must be a text in quotes, and is of the type integer"
        );
        assert_eq!(
            error("[lock]\nwait = \"1m\""),
            "chx.toml:2: this must be a whole number, and is of the type string"
        );
        assert_eq!(
            error("[lock]\nlease = 0"),
            "chx.toml:2: this must be a whole number from 1 to 31536000"
        );
        assert_eq!(
            error("[policy]\nconfirm = \"yes\""),
            "chx.toml:2: this must be true or false, and is of the type string"
        );
        assert_eq!(
            error("[policy]\ncomfirm = true"),
            "chx.toml:2: `comfirm` is not a key that chx knows here; did you mean `confirm`?"
        );
        assert_eq!(
            error("[policy]\ndestructive = \"yes\""),
            "chx.toml:2: `destructive` is \"refuse\" or \"flag\", not \"yes\""
        );
        assert_eq!(
            error("[scope]\ninclude = [\"web\",\n\"a.b.c\"]"),
            "chx.toml:3: `a.b.c` is no pattern for objects: it has more than two parts; write a database (`web`, `app_*`), an \
             object (`web.tmp_*`) or what belongs to the server (`function score_*`, `workload *`)"
        );
        assert_eq!(
            error("[check]\ndrfit = \"off\""),
            "chx.toml:2: `drfit` is not a key that chx knows here; did you mean `drift`?"
        );
        assert_eq!(
            error("[check]\ndrift = \"no\""),
            "chx.toml:2: a check is \"error\", \"warning\" or \"off\", not \"no\""
        );
        assert_eq!(
            error("[scope]\ninclude = \"web\""),
            "chx.toml:2: this must be a list of texts, and is of the type string"
        );
        assert!(
            error("a = = 1").starts_with("chx.toml:1: "),
            "{}",
            error("a = = 1")
        );
    }

    #[test]
    fn flags_win_over_variables_and_variables_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("chx.toml"), FULL).unwrap();
        let inner = folder.path().join("src");
        std::fs::create_dir(&inner).unwrap();
        let variables = |name: &str| match name {
            "CHX_ENV" => Some("prod".to_owned()),
            "CHX_USER" => Some("variable".to_owned()),
            _ => None,
        };
        // The file is found from a folder below.
        let config = Config::load(&inner, &Flags::default(), variables).unwrap();
        let prod = config.environment().unwrap();
        assert_eq!(
            (prod.name.as_deref(), prod.user.as_deref()),
            (Some("prod"), Some("variable"))
        );
        assert_eq!(config.migrations, folder.path().join("db/migrations"));

        let flags = Flags {
            env: Some("dev".into()),
            user: Some("flag".into()),
            ..Flags::default()
        };
        let dev = Config::load(&inner, &flags, variables)
            .unwrap()
            .environment()
            .unwrap();
        assert_eq!(
            (dev.name.as_deref(), dev.user.as_deref()),
            (Some("dev"), Some("flag"))
        );

        let flags = Flags {
            url: Some("http://other:8123".into()),
            ..Flags::default()
        };
        let other = Config::load(&inner, &flags, |name| (name == "CHX_ENV").then(|| "prod".into())).unwrap();
        let other = other.environment().unwrap();
        assert_eq!(
            (other.user, other.password),
            (None, None),
            "what is for one server is not sent to another"
        );

        let variables = |name: &str| match name {
            "CHX_LOCK_WAIT" => Some("7".to_owned()),
            "CHX_RETRIES" => Some("8".to_owned()),
            "CHX_TIMEOUT" => Some("0".to_owned()),
            _ => None,
        };
        let flags = Flags {
            retries: Some(9),
            ..Flags::default()
        };
        let run = Config::load(&inner, &flags, variables).unwrap().run;
        assert_eq!(
            (run.lock.wait, run.retry.times, run.timeout),
            (Duration::from_secs(7), 9, None)
        );
        let error = Config::load(&inner, &Flags::default(), |name| {
            (name == "CHX_RETRIES").then(|| "many".into())
        });
        assert_eq!(
            error.unwrap_err().to_string(),
            "CHX_RETRIES: `many` is not a whole number"
        );

        let flags = Flags {
            env: Some("nope".into()),
            ..Flags::default()
        };
        let error = Config::load(&inner, &flags, |_| None)
            .unwrap()
            .environment()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no environment `nope` (there are dev, prod)"
        );
    }
}
