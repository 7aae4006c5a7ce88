//! Where words go: results to stdout, talk to stderr, colours only to terminals.
//!
//! With `--json` stdout carries exactly one JSON document, and the talk stays on stderr. With `--events` it carries one
//! object a line, and the document is the last of them. A reader that went away (`| head`) is no failure: what is left of
//! the output is dropped, and the work goes on.

use std::fmt::{self, Display};
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use chx_core::diag::{Diagnostic, Severity};
use serde::Serialize;

use crate::failure::Failure;

/// The version of all JSON documents that commands print. Fields may be added to a version; they are never renamed,
/// taken away or given another meaning.
pub(crate) const JSON_VERSION: u32 = 1;

/// The two streams of a command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// The command, as the JSON names it.
    pub(crate) command: &'static str,
    /// Is the result a JSON document?
    pub(crate) json: bool,
    /// Is the document the last line of a stream of events?
    pub(crate) events: bool,
}

/// The last line of a stream of events: what would be the document without it.
#[derive(Serialize)]
struct End<'a, T> {
    event: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

#[derive(Serialize)]
struct Document<'a, T> {
    version: u32,
    command: &'a str,
    #[serde(flatten)]
    body: T,
}

impl Output {
    /// A line of the result, for people. Nothing with `--json`.
    pub(crate) fn line(&self, line: impl Display) {
        if !self.json {
            // In one piece: a plan of a thousand steps is not a thousand writes. A reader that went away misses nothing.
            let _ = anstream::stdout().write_all(format!("{line}\n").as_bytes());
        }
    }

    /// The result as JSON. Nothing without `--json`.
    pub(crate) fn document<T: Serialize>(&self, body: impl FnOnce() -> T) {
        if self.json {
            self.print_document(&body());
        }
    }

    /// Something that happened, as JSON on a line of its own.
    pub(crate) fn event(&self, event: &impl Serialize) {
        Self::json_line(&self.around(event));
    }

    fn around<T: Serialize>(&self, body: T) -> Document<'_, T> {
        Document {
            version: JSON_VERSION,
            command: self.command,
            body,
        }
    }

    fn print_document(&self, body: &impl Serialize) {
        if self.events {
            return self.event(&End { event: "end", body });
        }
        let document = self.around(body);
        let mut stdout = std::io::stdout().lock();
        let _ = serde_json::to_writer_pretty(&mut stdout, &document);
        let _ = stdout.write_all(b"\n");
        let _ = stdout.flush();
    }

    /// One of several results, as JSON on a line of its own.
    pub(crate) fn json_line(body: &impl Serialize) {
        let Ok(mut line) = serde_json::to_vec(body) else {
            return;
        };
        line.push(b'\n');
        // In one piece: a reader never sees half a line, unless the process dies in it.
        let mut stdout = std::io::stdout().lock();
        let _ = stdout.write_all(&line);
        let _ = stdout.flush();
    }

    /// Talk: what goes on, what is worth knowing.
    pub(crate) fn say(line: impl Display) {
        let _ = writeln!(anstream::stderr(), "{line}");
    }

    /// A finding, as talk.
    pub(crate) fn finding(finding: &Diagnostic) {
        Self::say(Finding(finding));
    }

    /// A failure: for people on stderr, with `--json` on stdout as well.
    pub(crate) fn failure(&self, failure: &Failure) {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'a Failure,
        }
        self.document(|| Body { error: failure });
        for finding in &failure.details.findings {
            Self::finding(finding);
        }
        Self::say(format_args!("{}: {}", painted("error", BAD), failure.message));
        if let Some(sql) = &failure.details.sql {
            Self::say(Indented(sql, 4));
        }
        for endangered in &failure.details.refused {
            let at = match endangered.statement {
                0 => String::new(),
                number => format!(", statement {number}"),
            };
            Self::say(format_args!(
                "  {}: {} ({}{at})",
                painted(&endangered.loss.name, BAD),
                endangered.loss.what,
                endangered.migration,
            ));
        }
        if let Some(help) = &failure.details.help {
            Self::say(format_args!("  {}: {help}", painted("help", NAME)));
        }
    }
}

/// For what is wrong or destroys.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// For what needs care.
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default();
/// For what is fine.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// For names and headings.
pub(crate) const NAME: Style = Style::new().bold();
/// For what matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// A text in a style. Streams that are no terminals leave the style out.
pub(crate) fn painted(text: impl Display, style: Style) -> impl Display {
    struct Painted<T>(T, Style);
    impl<T: Display> Display for Painted<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}{}{}", self.1.render(), self.0, self.1.render_reset())
        }
    }
    Painted(text, style)
}

/// A text with every line moved to the right.
pub(crate) struct Indented<'a>(pub &'a str, pub usize);

impl Display for Indented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, line) in self.0.lines().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{:width$}{line}", "", width = self.1)?;
        }
        Ok(())
    }
}

/// A finding, as people read it.
pub(crate) struct Finding<'a>(pub(crate) &'a Diagnostic);

impl Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        let style = match finding.severity {
            Severity::Error => BAD,
            Severity::Warning => CARE,
            Severity::Note => NAME,
        };
        let head = format!("{}[{}]", finding.severity, finding.code);
        write!(
            f,
            "{}: `{}` {}",
            painted(head, style),
            finding.subject,
            finding.message
        )?;
        if let Some(place) = &finding.place {
            write!(f, "\n  {} {place}", painted("-->", FAINT))?;
        }
        if let Some(help) = &finding.help {
            write!(f, "\n  {}: {help}", painted("help", NAME))?;
        }
        let more = format!("more: chx-migrate explain {}", finding.code);
        write!(f, "\n  {}", painted(more, FAINT))
    }
}
