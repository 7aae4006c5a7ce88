//! The catalogue: every kind of finding that chx knows, each with its code and the page that explains it.
//!
//! A rule is defined once, here, and its doc comment is all that is ever said about it in general: rustdoc shows it,
//! `chx-migrate explain CHX204` prints it, and `cargo xtask rules` writes it to `docs/rules`. It opens with one
//! sentence and has the sections `# Why`, `# Example` and `# Way out`. Only this module can make a [`Code`], so a
//! finding without a definition does not compile, and neither do two rules of one code.
//!
//! A code is never given another meaning, and the code of a rule that went away is not used again. What triggers the
//! rule stands where it is found out: declarations, hazards, the history, drift.

mod drift;
mod hazard;
mod hazard_unseen;
mod history;
mod proof;
mod schema;
mod version_change;
mod version_expression;
mod version_server;
mod version_statement;
mod version_table;
mod version_type;

use std::fmt;

use serde::Serialize;

use crate::nearest::nearest;

pub use drift::*;
pub use hazard::*;
pub use hazard_unseen::*;
pub use history::*;
pub use proof::*;
pub use schema::*;
pub use version_change::*;
pub use version_expression::*;
pub use version_server::*;
pub use version_statement::*;
pub use version_table::*;
pub use version_type::*;

/// The stable name of a kind of finding: `CHX` and a number. 1xx schema, 2xx hazard of a plan, 3xx history,
/// 4xx drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Code(u16);

/// A kind of finding and what there is to say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// The name of its constant, `TTL_DELETES`.
    pub name: &'static str,
    /// The lines of its doc comment.
    lines: &'static [&'static str],
}

/// The sections that the page of every rule has, in this order.
pub const SECTIONS: [&str; 3] = ["# Why", "# Example", "# Way out"];

/// Defines rules, in the order of their codes: a constant of the type [`Code`] each, and the list of all.
macro_rules! rules {
    ($first:literal to $last:literal: $($(#[doc = $line:literal])+ $name:ident = $number:literal;)+) => {
        $($(#[doc = $line])+ pub const $name: $crate::diag::Code = $crate::diag::code::Code($number);)+

        /// All rules of this hundred, by code.
        pub(super) const RULES: &[$crate::diag::Rule] = &[
            $($crate::diag::Rule { code: $name, name: stringify!($name), lines: &[$($line),+] },)+
        ];

        const _: () = $crate::diag::code::assert_ascending(RULES, $first, $last);
    };
}
use rules;

/// Stops the build where two rules have one code, or a code stands in the wrong place.
const fn assert_ascending(rules: &[Rule], first: u16, last: u16) {
    let mut least = first;
    let mut at = 0;
    while at < rules.len() {
        let number = rules[at].code.0;
        assert!(
            number >= least,
            "each code is used once, and the rules stand in the order of their codes"
        );
        assert!(
            number <= last,
            "the code belongs to another hundred: 1xx schema, 2xx hazard, 3xx history, 4xx drift"
        );
        least = number + 1;
        at += 1;
    }
}

impl Code {
    /// The rule behind it.
    pub fn rule(self) -> Option<&'static Rule> {
        Rule::all().find(|rule| rule.code == self)
    }

    /// The number, without `CHX`.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl Rule {
    /// All rules, by code.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            schema::RULES,
            version_type::RULES,
            version_table::RULES,
            version_statement::RULES,
            version_expression::RULES,
            hazard::RULES,
            hazard_unseen::RULES,
            version_change::RULES,
            proof::RULES,
            version_server::RULES,
            history::RULES,
            drift::RULES,
        ]
        .into_iter()
        .flatten()
    }

    /// The rule that a person means: `CHX204`, `chx204`, `204`.
    ///
    /// ```
    /// use chx_core::diag::{Rule, code};
    /// assert_eq!(Rule::find("chx204").unwrap().code, code::TTL_DELETES);
    /// assert_eq!(Rule::find("CHX024").unwrap_err().map(|near| near.code), Some(code::TTL_DELETES));
    /// ```
    ///
    /// # Errors
    /// There is none; gives the nearest one, if one is near.
    pub fn find(text: &str) -> Result<&'static Self, Option<&'static Self>> {
        let digits = match text.get(..3) {
            Some(prefix) if prefix.eq_ignore_ascii_case("CHX") => text.get(3..).unwrap_or_default(),
            _ => text,
        };
        let wanted = format!("CHX{digits}");
        let codes: Vec<String> = Self::all().map(|rule| rule.code.to_string()).collect();
        let of = |code: &str| {
            Self::all()
                .zip(&codes)
                .find(|(_, known)| *known == code)
                .map(|(rule, _)| rule)
        };
        of(&wanted).ok_or_else(|| nearest(&wanted, codes.iter().map(String::as_str)).and_then(of))
    }

    /// What it is, in one sentence: lower case, no final period.
    pub fn title(&self) -> &'static str {
        self.lines.first().map_or("", |line| line.trim())
    }

    /// Everything behind the title, in Markdown.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in self.lines.iter().skip(1) {
            text.push_str(line.strip_prefix(' ').unwrap_or(line));
            text.push('\n');
        }
        text.trim().to_owned()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CHX{:03}", self.0)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_why_and_the_way_out() {
        let names: std::collections::BTreeSet<&str> = Rule::all().map(|rule| rule.name).collect();
        assert_eq!(names.len(), Rule::all().count(), "two rules share a name");
        for rule in Rule::all() {
            let Rule { code, .. } = rule;
            let title = rule.title();
            // A sentence begins small, a name or a keyword of SQL does not.
            let word = title.split(' ').next().unwrap_or_default();
            let is_name = word == "ClickHouse" || word.chars().all(char::is_uppercase);
            assert!(
                is_name || title.starts_with(|c: char| c.is_lowercase() || c == '`'),
                "{code}: {title}"
            );
            assert!(!title.ends_with('.'), "{code}: {title}");
            let text = rule.text();
            let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("# ")).collect();
            assert_eq!(headings, SECTIONS, "{code}");
            assert!(!text.starts_with('#'), "{code}: it does not say what it is");
            for section in text.split("\n# ").skip(1) {
                let (_, body) = section.split_once('\n').unwrap_or(("", ""));
                assert!(!body.trim().is_empty(), "{code}: a section says nothing");
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_its_code() {
        let find = |text: &str| {
            Rule::find(text)
                .map(|rule| rule.code)
                .map_err(|near| near.map(|rule| rule.code))
        };
        for text in ["CHX204", "chx204", "204"] {
            assert_eq!(find(text), Ok(TTL_DELETES), "{text}");
        }
        assert_eq!(find("CHX2004"), Err(Some(TTL_DELETES)));
        for text in ["", "CHX", "größer", "ttl", "CHX20456789"] {
            assert_eq!(find(text), Err(None), "{text}");
        }
        assert_eq!(TTL_DELETES.rule().map(|rule| rule.name), Some("TTL_DELETES"));
    }
}
