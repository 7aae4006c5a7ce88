//! The terminal as the live view draws on it: the cursor waits at the beginning of the last row that is redrawn.
//!
//! At its end, where indicatif leaves it, the `^C` of a person would stand in the next row, and all that is redrawn later
//! would be one row off.

use std::io;
use std::sync::Arc;

use indicatif::TermLike;

/// A terminal. The clones are one.
#[derive(Debug, Clone)]
pub(super) struct Foot(Arc<dyn TermLike>);

impl Foot {
    pub(super) fn of(terminal: impl TermLike + 'static) -> Self {
        Self(Arc::new(terminal))
    }
}

impl TermLike for Foot {
    fn width(&self) -> u16 {
        self.0.width()
    }

    fn height(&self) -> u16 {
        self.0.height()
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_up(n)
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_down(n)
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_right(n)
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_left(n)
    }

    fn write_line(&self, line: &str) -> io::Result<()> {
        self.0.write_line(line)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.write_str("\r")?;
        self.0.flush()
    }
}
