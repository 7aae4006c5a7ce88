//! What is going on right now, redrawn in place at the foot of the terminal.
//!
//! One line says which statement runs and for how long the run has been going on; a second one says how far the mutation
//! is that is waited for. They are as wide as the terminal and no wider. What was said stands above them.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chx_runtime::runner::{Event, Mutation, Progress, Settled, StatementPlace};
use console::Term;
use indicatif::{
    HumanBytes, HumanCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike as _,
};

use super::foot::Foot;
use super::words::first_line;

/// The foot of a terminal. The clones are one.
#[derive(Clone)]
pub(crate) struct Live {
    area: MultiProgress,
    foot: Foot,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What runs; from the first statement to the end.
    run: Option<ProgressBar>,
    /// The mutation that is waited for.
    mutation: Option<ProgressBar>,
    /// The number of statements of the run, and how many have ended.
    statements: usize,
    ended: usize,
}

impl Live {
    /// On stderr.
    pub(crate) fn stderr() -> Self {
        Self::on(Foot::of(Term::stderr()), 20)
    }

    /// Drawn so many times a second at most.
    fn on(foot: Foot, hertz: u8) -> Self {
        let target = ProgressDrawTarget::term_like_with_hz(Box::new(foot.clone()), hertz);
        Self {
            area: MultiProgress::with_draw_target(target),
            foot,
            state: Arc::default(),
        }
    }

    /// A line that stays.
    pub(super) fn say(&self, line: &str) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // A terminal that went away misses nothing.
        let _ = match state.run {
            Some(_) => self.area.println(line),
            None => self.foot.write_line(line),
        };
    }

    /// Redraws what is going on.
    pub(super) fn show(&self, event: &Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::RunStarted { statements, .. } => state.statements = *statements,
            Event::StatementStarted { statement } => {
                let words = running(statement, &state);
                state.run(&self.area).set_message(words);
            }
            Event::Mutation {
                progress, mutation, ..
            } => state.mutation(&self.area, mutation, *progress),
            Event::StatementFinished { .. }
            | Event::StatementSettled {
                settled: Settled::Done,
                ..
            } => {
                state.ended += 1;
                state.end_mutation(&self.area);
            }
            Event::StatementFailed { .. } => state.end_mutation(&self.area),
            _ => {}
        }
    }

    /// Takes all of it away.
    pub(super) fn end(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for bar in [state.run.take(), state.mutation.take()].into_iter().flatten() {
            bar.finish_and_clear();
            self.area.remove(&bar);
        }
        let _ = self.area.clear();
    }
}

impl State {
    fn run(&mut self, area: &MultiProgress) -> &ProgressBar {
        self.run.get_or_insert_with(|| {
            let bar =
                area.add(ProgressBar::new_spinner().with_style(style("{spinner} {elapsed} {wide_msg}")));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        })
    }

    fn mutation(&mut self, area: &MultiProgress, mutation: &Mutation, progress: Progress) {
        let bar = self.mutation.get_or_insert_with(|| {
            area.add(ProgressBar::new(0).with_style(style("  [{bar:12}] {wide_msg}")))
        });
        bar.set_length(progress.parts * SHARES);
        bar.set_position(progress.parts_done * SHARES + shares(mutation.running));
        bar.set_message(how_far(mutation, progress));
    }

    fn end_mutation(&mut self, area: &MultiProgress) {
        if let Some(bar) = self.mutation.take() {
            bar.finish_and_clear();
            area.remove(&bar);
        }
    }
}

/// A style of this file: what cannot be read of it is left at the default of the library.
fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::default_spinner();
    let style = style
        .template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}

/// Parts that are being rewritten count by their share.
const SHARES: u64 = 1000;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a bar of twelve characters"
)]
fn shares(running: f64) -> u64 {
    (running.max(0.0) * SHARES as f64) as u64
}

/// `statement 4 of 30: ALTER TABLE shop.a ...`
fn running(statement: &StatementPlace, state: &State) -> String {
    format!(
        "statement {} of {}: {}",
        state.ended + 1,
        state.statements.max(state.ended + 1),
        first_line(&statement.sql)
    )
}

/// `2 of 5 parts, 1,200,000 rows, 3.40 MiB, about 5 s left: mutation_3.txt on shop.a`
fn how_far(mutation: &Mutation, progress: Progress) -> String {
    let mut words = format!("{} of {} parts", progress.parts_done, progress.parts);
    if mutation.rows > 0 {
        let _ = write!(
            words,
            ", {} rows, {}",
            HumanCount(mutation.rows),
            HumanBytes(mutation.bytes)
        );
    }
    if let Some(left) = progress.left_s {
        let _ = write!(words, ", about {left} s left");
    }
    let failed = if mutation.reason.is_empty() {
        ""
    } else {
        "; it failed and is tried again"
    };
    let _ = write!(
        words,
        ": {} on {}.{}{failed}",
        mutation.mutation_id, mutation.database, mutation.table
    );
    words
}

#[cfg(test)]
mod tests {
    use chx_core::history::MigrationId;
    use chx_runtime::journal::Direction;
    use indicatif::InMemoryTerm;

    use super::*;

    fn terminal(columns: u16) -> (InMemoryTerm, Live) {
        let terminal = InMemoryTerm::new(20, columns);
        let live = Live::on(Foot::of(terminal.clone()), 255);
        (terminal, live)
    }

    fn statement(number: usize) -> StatementPlace {
        StatementPlace {
            migration: MigrationId::new("1_a").unwrap(),
            direction: Direction::Up,
            place: None,
            number,
            of: 3,
            sql: "ALTER TABLE shop.a MODIFY COLUMN s UInt64".to_owned(),
        }
    }

    fn started(live: &Live) {
        live.show(&Event::RunStarted {
            migrations: 1,
            statements: 3,
        });
        live.show(&Event::StatementStarted {
            statement: statement(1),
        });
    }

    fn mutation(live: &Live) {
        let mutation = Mutation {
            database: "shop".to_owned(),
            table: "a".to_owned(),
            mutation_id: "mutation_3.txt".to_owned(),
            command: "(MODIFY COLUMN s UInt64)".to_owned(),
            age_s: 10,
            parts_to_do: 2,
            running: 0.5,
            rows: 1_200_000,
            bytes: 3 << 20,
            failed_part: String::new(),
            reason: String::new(),
        };
        live.show(&Event::Mutation {
            statement: statement(1),
            progress: Progress::of(&mutation, 4),
            mutation,
        });
    }

    #[test]
    fn what_runs_stands_below_what_was_said_and_goes_away() {
        let (terminal, live) = terminal(120);
        live.say("1_a (1 of 1)");
        started(&live);
        let shown = terminal.contents();
        assert!(shown.starts_with("1_a (1 of 1)\n"), "{shown}");
        assert!(
            shown.ends_with("statement 1 of 3: ALTER TABLE shop.a MODIFY COLUMN s UInt64"),
            "{shown}"
        );
        mutation(&live);
        let shown = terminal.contents();
        assert!(
            shown.ends_with(
                "2 of 4 parts, 1,200,000 rows, 3.00 MiB, about 6 s left: mutation_3.txt on shop.a"
            ),
            "{shown}"
        );
        assert!(shown.contains("[=======>"), "{shown}");
        live.say("  1 of 3: done");
        live.show(&Event::StatementFinished {
            statement: statement(1),
            took: Duration::ZERO,
        });
        live.show(&Event::StatementStarted {
            statement: statement(2),
        });
        let shown = terminal.contents();
        assert!(!shown.contains("mutation_3.txt"), "{shown}");
        assert!(shown.contains("statement 2 of 3"), "{shown}");
        live.end();
        assert_eq!(terminal.contents(), "1_a (1 of 1)\n  1 of 3: done");
        // A second end, and a line behind it, are no harm.
        live.end();
        live.say("bye");
        assert_eq!(terminal.contents(), "1_a (1 of 1)\n  1 of 3: done\nbye");
    }

    #[test]
    fn a_narrow_terminal_shows_less_and_is_left_clean() {
        for columns in [1, 8, 20, 40] {
            let (terminal, live) = terminal(columns);
            started(&live);
            mutation(&live);
            mutation(&live);
            if columns >= 20 {
                assert_eq!(terminal.contents().lines().count(), 2, "{}", terminal.contents());
            }
            live.end();
            assert_eq!(terminal.contents(), "", "{columns}");
        }
    }
}
