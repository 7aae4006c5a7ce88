//! `explain`: what a finding means. Needs no configuration, no schema and no server.

use std::fmt::{self, Display};

use chx_core::diag::{Code, Rule};
use serde::Serialize;

use crate::args::Explain;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{FAINT, NAME, Output, painted};

#[derive(Serialize)]
struct Document {
    rules: Vec<RuleDocument>,
}

#[derive(Serialize)]
struct RuleDocument {
    code: Code,
    name: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Explain, output: Output) -> Result<Exit, Failure> {
    let Some(asked) = &args.code else {
        for rule in Rule::all() {
            output.line(format_args!("{}  {}", painted(rule.code, NAME), rule.title()));
        }
        output.document(|| Document {
            rules: Rule::all().map(|rule| document(rule, None)).collect(),
        });
        return Ok(Exit::Done);
    };
    let rule = Rule::find(asked).map_err(|near| unknown(asked, near))?;
    output.line(format_args!("{}: {}\n", painted(rule.code, NAME), rule.title()));
    output.line(Shown(&rule.text()));
    output.document(|| Document {
        rules: vec![document(rule, Some(rule.text()))],
    });
    Ok(Exit::Done)
}

fn document(rule: &Rule, text: Option<String>) -> RuleDocument {
    RuleDocument {
        code: rule.code,
        name: rule.name,
        title: rule.title(),
        text,
    }
}

fn unknown(asked: &str, near: Option<&Rule>) -> Failure {
    Failure::usage(format!("no finding has the code `{asked}`")).help(match near {
        Some(near) => format!("did you mean {}, {}?", near.code, near.title()),
        None => "`chx-migrate explain` lists all codes".to_owned(),
    })
}

/// The Markdown of a rule as a terminal shows it: headings in bold, examples moved to the right.
struct Shown<'a>(&'a str);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut in_example = false;
        for line in self.0.lines() {
            if line.starts_with("```") {
                in_example = !in_example;
            } else if in_example {
                writeln!(f, "    {}", painted(line, FAINT))?;
            } else if let Some(heading) = line.strip_prefix("# ") {
                writeln!(f, "{}", painted(heading, NAME))?;
            } else {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}
