//! How far a fetch is, for people: a bar on a terminal, a few lines in a log.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// What a fetch is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// Another process fetches the same library; this one waits for it.
    Waiting,
    /// Something is being downloaded. Sizes in bytes; the tools do not always tell them.
    Fetching {
        /// The package or archive.
        what: &'a str,
        /// Bytes that have come, if known.
        done: Option<u64>,
        /// Bytes in all, if known.
        total: Option<u64>,
    },
    /// The archive is being checked and unpacked.
    Unpacking {
        /// Bytes of the archive that have been read.
        done: u64,
        /// Bytes of the archive.
        total: u64,
    },
    /// The library is in the cache folder.
    Installed,
}

/// Writes progress for people, to stderr unless told otherwise.
#[derive(Debug)]
pub struct Printer<W> {
    out: W,
    terminal: bool,
    step: Option<Step>,
}

#[derive(Debug)]
struct Step {
    name: String,
    drawn: Instant,
    /// Quarters that a log has been told of.
    quarters: u64,
}

impl Printer<std::io::Stderr> {
    /// Writes to stderr: a bar if that is a terminal.
    pub fn stderr() -> Self {
        let out = std::io::stderr();
        let terminal = out.is_terminal();
        Self::new(out, terminal)
    }
}

impl<W: Write> Printer<W> {
    /// Writes to anything.
    pub fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            terminal,
            step: None,
        }
    }

    /// Shows where the fetch is. What cannot be written is lost: progress is no reason to fail.
    pub fn show(&mut self, progress: Progress<'_>) {
        let (name, done, total) = match progress {
            Progress::Waiting => (
                "waiting for another process that fetches libchdb".to_owned(),
                None,
                None,
            ),
            Progress::Fetching { what, done, total } => (format!("fetching {what}"), done, total),
            Progress::Unpacking { done, total } => ("unpacking libchdb".to_owned(), Some(done), Some(total)),
            Progress::Installed => ("installed libchdb".to_owned(), None, None),
        };
        let now = Instant::now();
        let share = match (done, total) {
            (Some(done), Some(total)) if total > 0 => Some((done.min(total), total)),
            _ => None,
        };
        let quarters = share.map_or(0, |(done, total)| done.saturating_mul(4) / total);
        let news = match &self.step {
            Some(step) if step.name == name && self.terminal => {
                now.duration_since(step.drawn) >= Duration::from_millis(100) || quarters == 4
            }
            Some(step) if step.name == name => quarters > step.quarters,
            _ => true,
        };
        if !news {
            return;
        }
        let text = line(&name, share, done);
        let changed = self.step.as_ref().is_none_or(|step| step.name != name);
        let _ = if self.terminal {
            let lead = if changed && self.step.is_some() { "\n" } else { "" };
            let end = if progress == Progress::Installed { "\n" } else { "" };
            write!(self.out, "{lead}\r\x1b[2K{text}{end}")
        } else {
            writeln!(self.out, "{text}")
        };
        let _ = self.out.flush();
        self.step = Some(Step {
            name,
            drawn: now,
            quarters,
        });
    }
}

fn line(name: &str, share: Option<(u64, u64)>, done: Option<u64>) -> String {
    const WIDTH: u64 = 30;
    let mib = |bytes: u64| bytes >> 20;
    match (share, done) {
        (Some((done, total)), _) => {
            let full = done.saturating_mul(WIDTH) / total;
            let bar: String = (0..WIDTH).map(|at| if at < full { '#' } else { '.' }).collect();
            let percent = done.saturating_mul(100) / total;
            format!("{name} [{bar}] {percent}% of {} MiB", mib(total))
        }
        (None, Some(done)) => format!("{name}, {} MiB", mib(done)),
        (None, None) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(terminal: bool) -> String {
        let mut printer = Printer::new(Vec::new(), terminal);
        for done in 0..=100 {
            printer.show(Progress::Fetching {
                what: "x",
                done: Some(done << 20),
                total: Some(100 << 20),
            });
        }
        printer.show(Progress::Installed);
        String::from_utf8(printer.out).expect("text")
    }

    #[test]
    fn a_log_gets_a_few_lines() {
        let text = shown(false);
        assert_eq!(text.lines().count(), 6, "{text}");
        assert!(
            text.contains("fetching x [##############################] 100% of 100 MiB\n"),
            "{text}"
        );
        assert!(text.ends_with("installed libchdb\n"));
    }

    #[test]
    fn a_terminal_gets_a_bar() {
        let text = shown(true);
        assert!(text.contains("\r\x1b[2Kfetching x"), "{text}");
        assert_eq!(text.matches('\n').count(), 2, "{text}");
    }
}
