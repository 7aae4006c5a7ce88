//! What `docs/compatibility.md` says of a version, and whether it is so.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use chx_core::version::{OLDEST, ServerVersion};

use crate::corpus::Corpus;
use crate::fixtures::Fixtures;
use crate::prediction::Target;
use crate::scenarios::Scenarios;

/// What was seen of a version.
pub(crate) struct Section {
    pub(crate) target: Target,
    pub(crate) engine: String,
    pub(crate) corpus: Corpus,
    pub(crate) fixtures: Fixtures,
    pub(crate) scenarios: Scenarios,
}

/// The page: for each heading, what stands below it for each version.
type Page = BTreeMap<&'static str, BTreeMap<ServerVersion, String>>;

/// What stands above the first version, under each heading, in this order.
const HEADINGS: [(&str, &str); 4] = [
    (
        "Statements",
        "The statements of `tests/ddl`, as chx writes them, stored and read back. *Equal*: chx finds no difference to what was\n\
         declared, by itself or with the local engine. *With a setting*: of these, those that need a setting of the session, which\n\
         chx names. *As said*: refused, or stored as something else, and `check` says so beforehand, with a code. *Not built*:\n\
         refused, because this build of the engine lacks a library (MongoDB, vector indexes); `–` where the last run did not tell\n\
         that apart. *Not said*: refused, and no rule says so.\n\n\
         | ClickHouse | engine | statements | equal | with a setting | as said | not built | not said | different |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    ),
    (
        "Databases",
        "The databases of `tests/live`, read from the server and compared with the Rust that `pull` wrote for them, then adopted by\n\
         `baseline` and compared with that history. *Without a source*: what they read was refused.\n\n\
         | ClickHouse | objects | equal | as said | without a source | not built | not said | different | different behind `baseline` |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    ),
    (
        "Plans",
        "The plans of `tests/scenarios`, carried out with rows and taken back. *As said*: they need what chx says that this version\n\
         refuses, or are about what came later, and their file says what was before. *Otherwise*: the server does not do what 26.7 does.\n\n\
         | ClickHouse | plans | as on 26.7 | as said | otherwise |\n\
         |---|---|---|---|---|\n",
    ),
    (LEFT, ""),
];

/// The heading of what differs.
const LEFT: &str = "What is left";

const INTRODUCTION: &str = "<!-- Written by `cargo xtask versions` from what the engines do; the words stand in \
     tests/tests/versions/page.rs. -->\n\n\
     # Compatibility\n\n\
     Which versions of ClickHouse chx was run on, and what is different there. chx supports 24.8 and later; name the\n\
     version of your server in `chx.toml` (`version` of an environment), and `chx-migrate check` says what it refuses before\n\
     anything runs. The [findings](rules/README.md) from CHX150 on are what it knows. The numbers are those of the last run; tests\n\
     hold what is left on 26.5 and 26.7.\n\n\
     Each version is an embedded ClickHouse behind HTTP: libchdb from npm, or a wheel of chdb from PyPI. What an embedded engine\n\
     does not have was not run anywhere. Users, roles, grants, quotas, row policies and settings profiles are **tested as text**: it\n\
     reads the statements, but has nowhere to keep what they make. What a server shows of them (`SHOW ACCESS`) was read in earnest, from\n\
     entities of a file of users. A replicated table is stored, but takes no ALTER and no rows; there is no second host for ON CLUSTER.\n";

/// Holds the page to what was seen, or writes it with `CHX_BLESS=1`. What is left has to be as it is said, line by line; the
/// numbers of what agrees are those of the last run, and may be fewer than they are now.
pub(crate) fn hold(section: &Section) -> Result<(), String> {
    hold_parts(&section.target, said(section))
}

/// The same of a version that chx does not support, and of which it says this.
pub(crate) fn hold_old(target: &Target, engine: &str, refused: &str) -> Result<(), String> {
    let version = target.version;
    let statements = format!("| {version} | {engine} | {}\n", "– | ".repeat(7).trim_end());
    let databases = format!("| {version} | {}\n", "– | ".repeat(8).trim_end());
    let plans = format!("| {version} | {}\n", "– | ".repeat(4).trim_end());
    let left = format!(
        "### {version}\n\nClickHouse {}. Older than {OLDEST}: `chx-migrate` sends it nothing.\n\n```text\n{refused}\n```\n\n{}\n",
        target.full, OLD_ENGINE
    );
    hold_parts(
        target,
        [
            ("Statements", statements),
            ("Databases", databases),
            ("Plans", plans),
            (LEFT, left),
        ],
    )
}

/// Why the statements were not run where chx refuses the server. Measured with chdb 1.4.1.
const OLD_ENGINE: &str = "Its statements could not be run either: chdb 1.4.1 reads what it has stored anew for each statement, stores a view \
     with\n`additional_table_filters` as a text that it cannot read, and from then on refuses everything (62).";

fn hold_parts(target: &Target, parts: [(&'static str, String); 4]) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/compatibility.md");
    let is = std::fs::read_to_string(&path).unwrap_or_default();
    let mut page = read(&is);
    let version = target.version;
    let left = |page: &Page| page.get(LEFT)?.get(&version).cloned();
    let (is_whole, was_left) = (is == write(&page), left(&page).unwrap_or_default());
    for (heading, text) in parts {
        page.entry(heading).or_default().insert(version, text);
    }
    let is_left = left(&page).unwrap_or_default();
    if std::env::var_os("CHX_BLESS").is_some() {
        return std::fs::write(&path, write(&page)).map_err(|error| error.to_string());
    }
    if is_whole && was_left.trim_end() == is_left.trim_end() {
        return Ok(());
    }
    let mut difference = String::new();
    for line in was_left
        .lines()
        .filter(|line| is_left.lines().all(|other| other != *line))
    {
        let _ = writeln!(difference, "- {line}");
    }
    for line in is_left
        .lines()
        .filter(|line| was_left.lines().all(|other| other != *line))
    {
        let _ = writeln!(difference, "+ {line}");
    }
    Err(format!(
        "docs/compatibility.md does not say what ClickHouse {} does; `cargo xtask versions {version}` writes it anew\n{difference}",
        target.full
    ))
}

fn said(section: &Section) -> [(&'static str, String); 4] {
    let (version, corpus) = (section.target.version, &section.corpus);
    let (fixtures, scenarios) = (&section.fixtures, &section.scenarios);
    let statements = format!(
        "| {version} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
        section.engine,
        corpus.statements,
        corpus.equal + corpus.equal_by_engine,
        corpus.allowed,
        corpus.predicted,
        corpus.not_built,
        corpus.refused.len(),
        corpus.different.len(),
    );
    let databases = format!(
        "| {version} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
        fixtures.objects,
        fixtures.equal,
        fixtures.predicted,
        fixtures.without_source,
        fixtures.not_built,
        fixtures.refused.len(),
        fixtures.different.len(),
        fixtures.not_adopted.len(),
    );
    let plans = format!(
        "| {version} | {} | {} | {} | {} |\n",
        scenarios.scenarios,
        scenarios.passed,
        scenarios.predicted + scenarios.later.len(),
        scenarios.failed.len(),
    );
    let mut left = format!("### {version}\n\nClickHouse {}.\n", section.target.full);
    for (what, lines) in [
        (
            "Statements that are refused, and no rule says so",
            &corpus.refused,
        ),
        (
            "Statements that a rule calls refused, and are not",
            &corpus.not_refused,
        ),
        ("Statements that are stored as something else", &corpus.different),
        ("Objects that are refused, and no rule says so", &fixtures.refused),
        (
            "Objects that a rule calls refused, and are not",
            &fixtures.not_refused,
        ),
        ("Objects that drift finds different", &fixtures.different),
        (
            "Objects that drift finds different behind `baseline`",
            &fixtures.not_adopted,
        ),
        ("Plans about what came later", &scenarios.later),
        ("Plans that go otherwise", &scenarios.failed),
    ] {
        if !lines.is_empty() {
            let _ = write!(left, "\n{what}:\n\n");
            for line in lines {
                let _ = writeln!(left, "- {line}");
            }
        }
    }
    [
        ("Statements", statements),
        ("Databases", databases),
        ("Plans", plans),
        (LEFT, left),
    ]
}

fn read(text: &str) -> Page {
    let mut page = Page::new();
    let (mut heading, mut current) = ("", None);
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = HEADINGS
                .iter()
                .find(|(known, _)| *known == title)
                .map_or("", |(known, _)| known);
            current = None;
        } else if let Some(version) = line.strip_prefix("### ") {
            current = version.parse().ok();
        }
        let row = line
            .strip_prefix("| ")
            .and_then(|rest| rest.split_once(' '))
            .and_then(|(cell, _)| cell.parse().ok());
        if let Some(version) = row.or(current) {
            let place = page.entry(heading).or_default().entry(version).or_default();
            place.push_str(line);
            place.push('\n');
        }
    }
    page
}

fn write(page: &Page) -> String {
    let mut text = INTRODUCTION.to_owned();
    for (heading, above) in HEADINGS {
        let _ = write!(text, "\n## {heading}\n\n{above}");
        let parts: Vec<&str> = page
            .get(heading)
            .into_iter()
            .flatten()
            .map(|(_, part)| part.trim_end())
            .collect();
        text.push_str(&parts.join(if above.is_empty() { "\n\n" } else { "\n" }));
        text.push('\n');
    }
    text
}
