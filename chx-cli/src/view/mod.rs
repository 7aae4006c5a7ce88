//! What is seen of a run while it runs: lines in a pipe, a few lines that are redrawn on a terminal, or events as JSON.
//!
//! Decides which of them it is. A line that was said stays on the terminal in each of them, and they are the same
//! lines: what is redrawn below them is only what is going on right now, and goes away with it.

mod foot;
mod live;
mod words;

use std::fmt::Display;
use std::io::IsTerminal as _;

use chx_runtime::runner::Event;

use crate::logs;
use crate::output::Output;

use live::Live;

/// How a run is shown. Cheap to clone; the clones are one view.
#[derive(Clone)]
pub(crate) enum View {
    /// A line on stderr for what happens.
    Lines,
    /// The same, and below it what is going on, redrawn in place.
    Live(Live),
    /// A line on stderr, and a JSON object on stdout.
    Events(Output),
}

impl View {
    /// The view that fits the streams of this process.
    pub(crate) fn of(output: Output) -> Self {
        if output.events {
            Self::Events(output)
        } else if !logs::are_on()
            && can_redraw(std::io::stderr().is_terminal(), |name| std::env::var(name).ok())
        {
            Self::Live(Live::stderr())
        } else {
            Self::Lines
        }
    }

    /// Shows something that happened.
    pub(crate) fn show(&self, event: &Event) {
        if let Self::Events(output) = self {
            output.event(event);
        }
        if let Some(line) = words::of_event(event, matches!(self, Self::Live(_))) {
            self.say(line);
        }
        if let Self::Live(live) = self {
            live.show(event);
        }
    }

    /// A line of talk.
    pub(crate) fn say(&self, line: impl Display) {
        match self {
            Self::Lines | Self::Events(_) => Output::say(line),
            Self::Live(live) => live.say(&line.to_string()),
        }
    }

    /// Takes away what is redrawn. What was said stays.
    pub(crate) fn end(&self) {
        if let Self::Live(live) = self {
            live.end();
        }
    }
}

/// Is stderr a place where something can be redrawn, and wanted so? `NO_COLOR` asks for plain text.
fn can_redraw(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_plain = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    is_terminal && !is_plain && variable("TERM").is_some_and(|term| !term.is_empty() && term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_that_can_is_redrawn() {
        let can = |is_terminal, term: Option<&str>, no_color: Option<&str>| {
            can_redraw(is_terminal, |name| {
                match name {
                    "TERM" => term,
                    _ => no_color,
                }
                .map(str::to_owned)
            })
        };
        assert!(can(true, Some("xterm-256color"), None));
        assert!(can(true, Some("xterm"), Some("")));
        assert!(!can(false, Some("xterm"), None));
        assert!(!can(true, Some("dumb"), None));
        assert!(!can(true, None, None));
        assert!(!can(true, Some("xterm"), Some("1")));
    }
}
