//! Do the settings that a table shares with others and its own go together? Asked at compile time.

use chx_core::rules::same;

use super::message::Message;

/// A name and a value, without quotes.
type Setting = (&'static str, &'static str);

/// Checks one list of shared settings against those before it and the table's own. The own ones go before shared ones,
/// and so they must say something else.
#[track_caller]
pub const fn check(list: &[Setting], before: &[&[Setting]], own: &[Setting]) {
    let mut i = 0;
    while i < list.len() {
        let (name, value) = list[i];
        let mut j = 0;
        while j < before.len() {
            if find(before[j], name).is_some() {
                Message::new()
                    .push("two lists of shared settings say `")
                    .push(name)
                    .push("`: take it out of one, or leave one of the lists away")
                    .refuse()
            }
            j += 1;
        }
        if let Some(own) = find(own, name)
            && same(own, value)
        {
            Message::new()
                .push("`settings(")
                .push(name)
                .push(" = ")
                .push(value)
                .push(")` says what the shared settings say: take it away, or give it another value")
                .refuse()
        }
        i += 1;
    }
}

const fn find(list: &[Setting], name: &str) -> Option<&'static str> {
    let mut i = 0;
    while i < list.len() {
        if same(list[i].0, name) {
            return Some(list[i].1);
        }
        i += 1;
    }
    None
}
