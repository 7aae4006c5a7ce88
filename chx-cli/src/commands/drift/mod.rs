//! `drift`: the live database against what it should be, once or again and again.

mod alert;
mod watch;

use std::time::Instant;

use chx_core::diag::Severity;
use chx_core::model::Schema;
use chx_runtime::client::Session;
use chx_runtime::drift::{DifferenceReport, Extent, Question, Report, drift, prometheus};
use chx_runtime::introspect::Selection;

use crate::args::{Against, Drift};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, CARE, FAINT, GOOD, Indented, NAME, Output, painted};
use crate::whole_file;

/// Runs the command.
pub(crate) fn run(args: &Drift, context: &Context) -> Result<Exit, Failure> {
    let look = Look::new(args, context)?;
    if let Some(seconds) = args.watch {
        return watch::run(&look, seconds);
    }
    let started = Instant::now();
    let looked = context.block_on(async { look.at(&context.session().await?).await });
    look.write_metrics(looked.as_ref().ok(), started)?;
    let report = looked?;
    look.print(&report);
    Ok(exit(&report))
}

fn exit(report: &Report) -> Exit {
    if report.differences.is_empty() {
        Exit::Done
    } else {
        Exit::Drift
    }
}

/// What is looked for, and how it is shown.
struct Look<'a> {
    args: &'a Drift,
    context: &'a Context,
    selection: Selection,
}

impl<'a> Look<'a> {
    fn new(args: &'a Drift, context: &'a Context) -> Result<Self, Failure> {
        let look = Self {
            args,
            context,
            selection: context.selection(&args.choose),
        };
        // What is wrong with the schema itself is said before anything is waited for.
        look.expected()?;
        Ok(look)
    }

    fn expected(&self) -> Result<Schema, Failure> {
        match self.args.against {
            Against::Registry => Ok(self.context.registry()?.into_schema()),
            Against::History => Ok(Context::history(&self.context.store().read()?)?.1),
        }
    }

    fn against(&self) -> &'static str {
        match self.args.against {
            Against::Registry => "registry",
            Against::History => "history",
        }
    }

    async fn at(&self, session: &Session) -> Result<Report, Failure> {
        let expected = self.expected()?;
        let question = Question {
            expected: &expected,
            extent: match (self.args.managed, self.args.everything) {
                (true, _) => Extent::Managed,
                (_, true) => Extent::Everything,
                _ => Extent::Databases,
            },
            selection: &self.selection,
            journal: &self.context.config.journal_database,
        };
        Ok(Report::of(&drift(session, &question).await?, self.against()))
    }

    fn environment(&self) -> String {
        let environment = self.context.config.environment().ok();
        environment
            .and_then(|environment| environment.name)
            .unwrap_or_default()
    }

    fn write_metrics(&self, report: Option<&Report>, started: Instant) -> Result<(), Failure> {
        let Some(file) = &self.args.metrics else {
            return Ok(());
        };
        let at = jiff::Timestamp::now().as_duration().as_secs_f64();
        let text = prometheus(report, &self.environment(), at, started.elapsed().as_secs_f64());
        whole_file::write(&self.context.directory.join(file), &text).map_err(|error| {
            Failure::failed(format!(
                "the metrics cannot be written to `{}`: {error}",
                file.display()
            ))
        })
    }

    fn print(&self, report: &Report) {
        let output = self.context.output;
        for finding in &report.findings {
            Output::finding(finding);
        }
        if self.args.markdown {
            output.line(report.to_markdown().trim_end());
        } else {
            for difference in &report.differences {
                print_difference(difference, output);
            }
            self.print_ways_out(report);
        }
        output.document(|| report);
    }

    fn print_ways_out(&self, report: &Report) {
        let output = self.context.output;
        if report.differences.is_empty() {
            output.line(format_args!(
                "{}: the database is what the {} says ({} objects)",
                painted("no drift", GOOD),
                match self.args.against {
                    Against::Registry => "Rust schema",
                    Against::History => "history",
                },
                report.objects
            ));
        }
        for (title, statements) in [
            ("what would bring the database back:", &report.repair),
            ("or, as a migration that accepts it:", &report.accept),
        ] {
            if !statements.is_empty() {
                output.line(format_args!("\n{title}"));
            }
            for sql in statements {
                output.line(Indented(&format!("{sql};"), 2));
            }
        }
        for object in &report.unrepairable {
            output.line(format_args!(
                "\n{} cannot be altered back: {}",
                painted(&object.object, NAME),
                object.reasons.join("; ")
            ));
        }
    }
}

pub(crate) fn print_difference(difference: &DifferenceReport, output: Output) {
    let style = match difference.severity {
        Severity::Error => BAD,
        Severity::Warning => CARE,
        Severity::Note => NAME,
    };
    let word = difference.kind;
    output.line(format_args!(
        "{}{:width$} {}",
        painted(word, style),
        "",
        painted(&difference.named, NAME),
        width = 8 - word.len()
    ));
    let value = |word: &str, text: Option<&str>| {
        output.line(format_args!(
            "             {}{:width$} {}",
            painted(word, FAINT),
            "",
            text.unwrap_or("-"),
            width = 8 - word.len()
        ));
    };
    if let Some(reason) = &difference.reason {
        value("because", Some(reason));
    } else if difference.attributes.is_empty() {
        for (word, text) in [("expected", &difference.expected), ("live", &difference.live)] {
            if text.is_some() {
                value(word, text.as_deref());
            }
        }
    }
    for attribute in &difference.attributes {
        output.line(format_args!(
            "           {} ({})",
            attribute.attribute, attribute.severity
        ));
        value("expected", attribute.expected.as_deref());
        value("live", attribute.live.as_deref());
    }
}
