//! Questions to a person at a terminal. Without one nothing is asked, and the answer is no.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

/// Can somebody answer?
pub(crate) fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks a question that is answered with yes or no. Everything but a clear yes is no.
pub(crate) fn confirm(question: &str) -> bool {
    if !is_possible() {
        return false;
    }
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "{question} [y/N] ");
    let _ = stderr.flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
