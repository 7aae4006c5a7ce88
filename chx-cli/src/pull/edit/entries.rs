//! The entries of `#[ch(...)]` and `#[serde(...)]` in code that is changed.
//!
//! Decides which entry of the code is which of those that differ, and how a list looks without an entry, with another one in
//! its place, or with one more. What stands between the entries that stay, comments too, stays.

use chx_core::ddl::{AccessClause, parse_access_clause};
use chx_core::model::access::AccessChange;
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned as _;

use super::super::layout::{Entry, attribute};
use super::Changes;
use super::grants::{Merged, Said, merge};

/// An entry of an attribute in the code.
struct Written {
    id: String,
    range: std::ops::Range<usize>,
    /// What it grants or revokes.
    said: Option<Said>,
}

/// An attribute in the code.
struct List<'a> {
    attr: &'a syn::Attribute,
    /// Is it written in lines?
    is_long: bool,
    entries: Vec<Written>,
}

impl Changes<'_> {
    /// Makes the entries of an attribute what is live, as far as that differs from what is declared.
    pub(super) fn entries(
        &mut self,
        attrs: &[syn::Attribute],
        name: &str,
        declared: &[Entry],
        live: &[Entry],
        indent: usize,
        at: usize,
    ) {
        if declared == live {
            return;
        }
        let lists = self.lists(attrs, name);
        let shares = lists
            .iter()
            .flat_map(|list| &list.entries)
            .any(|entry| entry.id == "shared_settings");
        if shares {
            let of = |entries: &[Entry]| entries.iter().find(|entry| id_of(entry) == "settings").cloned();
            let others = |entries: &[Entry]| -> Vec<Entry> {
                let kept = entries.iter().filter(|entry| id_of(entry) != "settings");
                kept.cloned().collect()
            };
            let is = of(live);
            if of(declared) != is {
                // Which of them the shared ones say is known to the compiler alone.
                let mut all = String::new();
                if let Some(entry) = &is {
                    entry.write(&mut all, 0);
                }
                self.by_hand.push(format!(
                    "its settings are others now, and it shares some with others; all of them are: {all}"
                ));
                return self.entries(attrs, name, &others(declared), &others(live), indent, at);
            }
        }
        let merged = self.grants(&lists, declared, live);
        // Where an entry stands is what tells it from others that grant something.
        let granted: Vec<usize> = lists
            .iter()
            .flat_map(|list| &list.entries)
            .filter(|entry| entry.said.is_some())
            .map(|entry| entry.range.start)
            .collect();
        for (at, entry) in &merged.replaced {
            let mut there = lists
                .iter()
                .flat_map(|list| &list.entries)
                .filter(|entry| entry.said.is_some());
            if let Some(there) = there.nth(*at) {
                self.replaced
                    .push((there.range.clone(), on_its_own(entry, indent + 4)));
            }
        }
        let in_code = |id: &str| {
            lists
                .iter()
                .flat_map(|list| &list.entries)
                .find(|entry| entry.id == id)
        };
        let mut new = Vec::new();
        for entry in live.iter().filter(|entry| !grants(entry)) {
            let old = declared.iter().find(|old| id_of(old) == id_of(entry));
            if old == Some(entry) {
                continue;
            }
            match in_code(&id_of(entry)) {
                Some(there) => self
                    .replaced
                    .push((there.range.clone(), on_its_own(entry, indent + 4))),
                None => new.push(entry),
            }
        }
        new.extend(&merged.new);
        let is_gone = |written: &Written| {
            if written.said.is_some() {
                let at = granted.iter().position(|start| *start == written.range.start);
                return at.is_some_and(|at| merged.gone.contains(&at));
            }
            declared.iter().any(|old| id_of(old) == written.id)
                && !live.iter().any(|entry| id_of(entry) == written.id)
        };
        // New entries go into the last attribute.
        let Some((last, others)) = lists.split_last() else {
            let new: Vec<Entry> = new.into_iter().cloned().collect();
            if let Some(attribute) = attribute(name, &new, indent) {
                self.replaced
                    .push((at..at, format!("{attribute}\n{}", " ".repeat(indent))));
            }
            return;
        };
        for list in others {
            self.change(list, &is_gone, &[], indent);
        }
        let new: Vec<String> = new.iter().map(|entry| on_its_own(entry, indent + 4)).collect();
        self.change(last, &is_gone, &new, indent);
    }

    /// What becomes of the grants in the code.
    fn grants(&mut self, lists: &[List<'_>], declared: &[Entry], live: &[Entry]) -> Merged {
        let has: Vec<&Entry> = live.iter().filter(|entry| grants(entry)).collect();
        let had: Vec<&Entry> = declared.iter().filter(|entry| grants(entry)).collect();
        if had == has {
            return Merged::default();
        }
        let code: Vec<&Said> = lists
            .iter()
            .flat_map(|list| &list.entries)
            .filter_map(|entry| entry.said.as_ref())
            .collect();
        let merged = self
            .grants
            .as_ref()
            .and_then(|(declared, live)| merge(&code, declared, live));
        merged.unwrap_or_else(|| {
            let texts: Vec<String> = has.iter().map(|entry| on_its_own(entry, 0)).collect();
            let all = texts.join(", ");
            self.by_hand
                .push(format!("its grants are others now; all of them are: {all}"));
            Merged::default()
        })
    }

    fn lists<'a>(&self, attrs: &'a [syn::Attribute], name: &str) -> Vec<List<'a>> {
        let list = |attr: &'a syn::Attribute| {
            let list = attr.meta.require_list().ok()?;
            let inside = self.text.get(list.delimiter.span().join().byte_range());
            Some(List {
                attr,
                is_long: inside.is_some_and(|inside| inside.contains('\n')),
                entries: split(list.tokens.clone()),
            })
        };
        attrs
            .iter()
            .filter(|attr| attr.path().is_ident(name))
            .filter_map(list)
            .collect()
    }

    /// One attribute without what is gone, and with what is new at its end.
    fn change(&mut self, list: &List<'_>, is_gone: &dyn Fn(&Written) -> bool, new: &[String], indent: usize) {
        let pad = if list.is_long {
            format!("\n{}", " ".repeat(indent + 4))
        } else {
            " ".to_owned()
        };
        let new = new.join(&format!(",{pad}"));
        let Some(kept) = list.entries.iter().rposition(|entry| !is_gone(entry)) else {
            match (list.entries.first(), list.entries.last()) {
                (Some(first), Some(last)) if !new.is_empty() => {
                    self.replaced.push((first.range.start..last.range.end, new));
                }
                (None, _) if !new.is_empty() => {
                    let range = list.attr.span().byte_range();
                    let at = range.end.saturating_sub(2);
                    self.replaced.push((at..at, new));
                }
                (Some(_), _) => {
                    let range = list.attr.span().byte_range();
                    let end = self.past_line_end(range.end);
                    self.replaced.push((range.start..end, String::new()));
                }
                (None, _) => {}
            }
            return;
        };
        // What is gone before the last that stays goes with all that stands up to the next.
        for (entry, next) in list.entries.iter().zip(list.entries.iter().skip(1)).take(kept) {
            if is_gone(entry) {
                self.replaced
                    .push((entry.range.start..next.range.start, String::new()));
            }
        }
        let Some(stays) = list.entries.get(kept) else {
            return;
        };
        if !new.is_empty() {
            let at = stays.range.end;
            self.replaced.push((at..at, format!(",{pad}{new}")));
        }
        if let (Some(first), Some(last)) = (list.entries.get(kept + 1), list.entries.last()) {
            let between = self
                .text
                .get(stays.range.end..first.range.start)
                .unwrap_or_default();
            // The comma goes too, unless a comment stands behind it.
            let start = if between.trim() == "," {
                stays.range.end
            } else {
                stays.range.end + between.trim_end().len()
            };
            self.replaced.push((start..last.range.end, String::new()));
        }
    }
}

/// Does it say what is granted? An entity may say that often, and nothing tells one from the other but the whole.
fn grants(entry: &Entry) -> bool {
    matches!(entry.key(), "grant" | "revoke")
}

/// What tells an interval from another: how long it is.
fn interval(value: &str) -> Option<String> {
    let text = syn::parse_str::<syn::LitStr>(value).ok()?.value();
    match parse_access_clause(AccessClause::Interval, &text) {
        Ok(AccessChange::Interval(seconds, _)) => Some(format!("interval {seconds}")),
        _ => None,
    }
}

/// What tells an entry from the others: its key, the name of a member, the length of an interval. All four defaults are one.
fn id_of(entry: &Entry) -> String {
    let key = match entry.key() {
        "default" | "materialized" | "alias" | "ephemeral" => "default",
        "type" | "low_cardinality" => "type",
        key => key,
    };
    match entry {
        Entry::List(list, entries) if list != "settings" && list != "statistics" => {
            let first = entries
                .first()
                .map(|entry| on_its_own(entry, 0))
                .unwrap_or_default();
            format!("{key} {first}")
        }
        Entry::Text(text) if key == "interval" => text
            .split_once(" = ")
            .and_then(|(_, value)| interval(value))
            .unwrap_or_else(|| key.to_owned()),
        _ => key.to_owned(),
    }
}

fn on_its_own(entry: &Entry, indent: usize) -> String {
    let mut out = String::new();
    entry.write(&mut out, indent);
    out
}

/// The parts of a list, without its commas.
pub(super) fn parts(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(last)) => last.push(token),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.into_iter().map(|part| part.into_iter().collect()).collect()
}

/// The entries of an attribute in the code.
fn split(tokens: TokenStream) -> Vec<Written> {
    let mut written = Vec::new();
    for part in parts(tokens) {
        let tokens: Vec<TokenTree> = part.into_iter().collect();
        let (Some(TokenTree::Ident(key)), Some(last)) = (tokens.first(), tokens.last()) else {
            continue;
        };
        let range = key.span().byte_range().start..last.span().byte_range().end;
        let key = match key.to_string().trim_start_matches("r#") {
            "default" | "materialized" | "alias" | "ephemeral" => "default".to_owned(),
            "type" | "low_cardinality" => "type".to_owned(),
            key => key.to_owned(),
        };
        let id = match (key.as_str(), tokens.get(1)) {
            ("index" | "projection" | "constraint", Some(TokenTree::Group(group))) => {
                let first = parts(group.stream())
                    .into_iter()
                    .next()
                    .map(|part| part.to_string())
                    .unwrap_or_default();
                format!("{key} {first}")
            }
            ("interval", Some(TokenTree::Punct(_))) => tokens
                .get(2)
                .and_then(|value| interval(&value.to_string()))
                .unwrap_or(key),
            _ => key,
        };
        let said = said(&id, tokens.get(1..).unwrap_or_default());
        written.push(Written { id, range, said });
    }
    written
}

/// What an entry of the code grants or revokes: `= "..."`, or `("...", on = Type)`. What cannot be read grants nothing that is
/// understood.
fn said(key: &str, behind: &[TokenTree]) -> Option<Said> {
    if !matches!(key, "grant" | "revoke") {
        return None;
    }
    let text = |token: Option<&TokenTree>| {
        let literal = token.map(ToString::to_string)?;
        Some(syn::parse_str::<syn::LitStr>(&literal).ok()?.value())
    };
    let (text, on) = match behind {
        [TokenTree::Punct(_), value] => (text(Some(value)), None),
        [TokenTree::Group(group)] => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            (text(inside.first()), inside.last().map(ToString::to_string))
        }
        _ => (None, None),
    };
    Some(Said {
        revokes: key == "revoke",
        text: text.unwrap_or_default(),
        on,
    })
}
