//! The nearest known name to one that is not known: what "did you mean" offers.
//!
//! Decides when two names are near enough to be the same word mistyped. It refuses to guess when they are not: a
//! wrong offer is worse than none.

/// The candidate that `name` most likely meant: least edits (insertions, deletions, replacements, swaps of
/// neighbours) without regard to case, at most one edit in three characters. Of equally near ones the first.
///
/// ```
/// use chx_core::nearest::nearest;
/// assert_eq!(nearest("duraton", ["id", "duration"]), Some("duration"));
/// assert_eq!(nearest("x", ["id", "duration"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let offered: Vec<char> = candidate.to_lowercase().chars().collect();
        let allowed = (wanted.len().max(offered.len()) / 3).max(1);
        if wanted.len().abs_diff(offered.len()) > allowed {
            continue;
        }
        let edits = edits(&wanted, &offered);
        // One edit turns any name of one character into any other: that is no likeness.
        let alike = edits == 0 || edits < wanted.len().max(offered.len());
        if alike && edits <= allowed && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(from != to))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn offered(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, candidates.iter().copied()), expected);
    }

    #[test]
    fn a_typo_finds_its_name() {
        offered("oder_by", &["name", "order_by", "sample_by"], Some("order_by"));
        offered("stie", &["site", "user"], Some("site"));
        offered("Site", &["site"], Some("site"));
        offered("größ", &["größe"], Some("größe"));
    }

    #[test]
    fn what_is_not_alike_is_not_offered() {
        offered("colour", &["id", "ts"], None);
        offered("a", &["b"], None);
        offered("", &["a"], None);
        offered("x", &[], None);
    }
}
