//! `drift`: the live database against what it should be.

use chx_core::ddl::{render, render_object_line};
use chx_runtime::drift::{Difference, drift};
use serde::Serialize;

use crate::args::Drift;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, CARE, FAINT, GOOD, Indented, painted};

#[derive(Serialize)]
struct Document {
    differences: Vec<DifferenceDocument>,
    repair: Vec<String>,
}

#[derive(Serialize)]
struct DifferenceDocument {
    object: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    live: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Drift, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let expected = if args.registry {
        context.registry()?.into_schema()
    } else {
        Context::history(&context.store().read()?)?.1
    };
    let found = context.block_on(async {
        let session = context.session().await?;
        Ok(drift(&session, &expected, &context.config.journal_database).await?)
    })?;
    let against = if args.registry {
        "the Rust schema"
    } else {
        "the history"
    };
    let mut differences = Vec::new();
    for (id, difference) in &found.differences {
        let one_line = |object| render_object_line(object);
        let (kind, style, expected, live, reason) = match difference {
            Difference::Missing(object) => ("missing", BAD, Some(one_line(object)), None, None),
            Difference::Extra(object) => ("extra", CARE, None, Some(one_line(object)), None),
            Difference::Changed { expected, live } => (
                "changed",
                BAD,
                Some(one_line(expected)),
                Some(one_line(live)),
                None,
            ),
            Difference::Unknown(reason) => ("unknown", CARE, None, None, Some(reason.clone())),
        };
        output.line(format_args!(
            "{}{:width$} {id}",
            painted(kind, style),
            "",
            width = 8 - kind.len()
        ));
        for (word, text) in [("expected", &expected), ("live", &live), ("because", &reason)] {
            if let Some(text) = text {
                output.line(format_args!(
                    "           {}{:width$} {text}",
                    painted(word, FAINT),
                    "",
                    width = 9 - word.len()
                ));
            }
        }
        differences.push(DifferenceDocument {
            object: id.to_string(),
            kind,
            expected,
            live,
            reason,
        });
    }
    let repair: Vec<String> = found
        .repair
        .steps
        .iter()
        .map(|step| render(&step.statement))
        .collect();
    if found.is_empty() {
        output.line(format_args!(
            "{}: the database is what {against} says",
            painted("no drift", GOOD)
        ));
    } else if !repair.is_empty() {
        output.line("\nwhat would make it so:");
        for sql in &repair {
            output.line(Indented(&format!("{sql};"), 2));
        }
    }
    output.document(|| Document { differences, repair });
    Ok(if found.is_empty() { Exit::Done } else { Exit::Drift })
}
