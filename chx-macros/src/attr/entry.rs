//! `#[ch(...)]` as a list of entries: `key`, `key = value`, `key(...)`.
//!
//! Decides where one entry ends and the next begins, so that a broken one never takes its neighbours with it.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Ident};

use super::keys::{self, Keys};
use crate::diag::Diag;

/// One entry of a `#[ch(...)]`.
pub(crate) struct Entry {
    /// The key, raw prefix taken off.
    pub(crate) key: String,
    /// What stands behind it.
    pub(crate) given: Given,
    span: Span,
}

/// What stands behind a key.
pub(crate) enum Given {
    /// Nothing.
    Nothing,
    /// `= value`.
    Value(TokenStream),
    /// `(...)`.
    List(Group),
}

impl Entry {
    /// The place of the key.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Reports a key that is not known here: with the nearest one, or with the place where it belongs.
    pub(crate) fn report_unknown(&self, diag: &Diag, known: &Keys) {
        let key = &self.key;
        let message = if let Some(near) = known.nearest(key) {
            format!("unknown key `{key}`; did you mean `{near}`?")
        } else if let Some(other) = keys::elsewhere(key, known) {
            format!("`{key}` belongs to {other}, not to {}", known.holder)
        } else if key == "nullable" {
            format!("unknown key `{key}`; the type of a column that may be NULL is an `Option`")
        } else {
            format!("unknown key `{key}`; {} takes {}", known.holder, known.listed())
        };
        diag.error(self.span, message);
    }

    /// The key alone, or `= true` / `= false`.
    pub(crate) fn flag(&self, diag: &Diag) -> Option<bool> {
        match &self.given {
            Given::Nothing => Some(true),
            Given::Value(value) => match syn::parse2::<syn::LitBool>(value.clone()) {
                Ok(flag) => Some(flag.value),
                Err(_) => self.malformed(diag, "stands alone"),
            },
            Given::List(_) => self.malformed(diag, "stands alone"),
        }
    }

    /// Remembers each `raw("...")` in the entry, with its key.
    fn note_raw(&self, diag: &Diag) {
        let mut waiting = match &self.given {
            Given::Nothing => return,
            Given::Value(value) => vec![value.clone()],
            Given::List(group) => vec![group.stream()],
        };
        while let Some(tokens) = waiting.pop() {
            let mut behind_raw = false;
            for token in tokens {
                if let TokenTree::Group(group) = &token {
                    match syn::parse2::<syn::LitStr>(group.stream()) {
                        Ok(text) if behind_raw => {
                            // It stands in comments of migrations, which end with the line.
                            let words: Vec<String> =
                                text.value().split_whitespace().map(str::to_owned).collect();
                            diag.left_alone(format!("{} = {}", self.key, words.join(" ")));
                        }
                        _ => waiting.push(group.stream()),
                    }
                }
                behind_raw = matches!(&token, TokenTree::Ident(word) if word == "raw");
            }
        }
    }

    /// Reports a value of the wrong form, with the right one.
    pub(crate) fn malformed<T>(&self, diag: &Diag, form: &str) -> Option<T> {
        let at = match &self.given {
            Given::Value(value) => value.clone().into_iter().next().map(|token| token.span()),
            Given::List(group) => Some(group.span()),
            Given::Nothing => None,
        };
        diag.error(at.unwrap_or(self.span), format!("`{}` {form}", self.key));
        None
    }
}

/// All entries of all `#[ch(...)]` among the attributes.
pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("ch")) {
        match &attr.meta {
            syn::Meta::List(list) => {
                for entry in split(diag, list.tokens.clone()) {
                    entry.note_raw(diag);
                    entries.push(entry);
                }
            }
            syn::Meta::Path(path) => {
                diag.push(syn::Error::new_spanned(
                    path,
                    "`#[ch]` says nothing; write `#[ch(key = value, ...)]`",
                ));
            }
            syn::Meta::NameValue(value) => {
                diag.push(syn::Error::new_spanned(value, "write `#[ch(key = value, ...)]`"));
            }
        }
    }
    entries
}

/// The entries of a list; what is no entry is reported and left out.
pub(crate) fn split(diag: &Diag, tokens: TokenStream) -> Vec<Entry> {
    commas(tokens)
        .into_iter()
        .filter_map(|(part, end)| one(diag, part, end))
        .collect()
}

/// The parts between the commas, each with the place where it ends. A comma at the end starts no part.
pub(crate) fn commas(tokens: TokenStream) -> Vec<(TokenStream, Span)> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut ended = true;
    let mut end = Span::call_site();
    for token in tokens {
        end = token.span();
        ended = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        if ended {
            parts.push((part.drain(..).collect(), end));
        } else {
            part.push(token);
        }
    }
    if !ended {
        parts.push((part.into_iter().collect(), end));
    }
    parts
}

fn one(diag: &Diag, part: TokenStream, end: Span) -> Option<Entry> {
    let parser = |input: syn::parse::ParseStream<'_>| -> syn::Result<Entry> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a key: `key = value`, `key(...)` or `key`"));
        }
        let key: Ident = Ident::parse_any(input)?;
        let given = if input.is_empty() {
            Given::Nothing
        } else if input.peek(syn::Token![=]) {
            input.parse::<syn::Token![=]>()?;
            if input.is_empty() {
                return Err(syn::Error::new(
                    key.span(),
                    format!("a value is missing behind `{key} =`"),
                ));
            }
            Given::Value(input.parse()?)
        } else {
            let rest: TokenStream = input.parse()?;
            match single_group(&rest) {
                Some(group) => Given::List(group),
                None => {
                    return Err(syn::Error::new_spanned(
                        rest,
                        format!("expected `,`, `=` or `(...)` behind `{key}`"),
                    ));
                }
            }
        };
        Ok(Entry {
            key: key.unraw().to_string(),
            given,
            span: key.span(),
        })
    };
    if part.is_empty() {
        diag.error(end, "a comma with nothing before it");
        return None;
    }
    diag.ok(parser.parse2(part))
}

/// The tokens as one `(...)`, if they are that.
pub(crate) fn single_group(tokens: &TokenStream) -> Option<Group> {
    let mut tokens = tokens.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        _ => None,
    }
}

/// The text of a doc comment: paragraphs on one line each, up to the first heading, which speaks to readers of Rust
/// (`# Examples`). Empty when there is none.
pub(crate) fn docs(attrs: &[Attribute]) -> String {
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    let lines = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"))
        .filter_map(|attr| match &attr.meta {
            syn::Meta::NameValue(pair) => match &pair.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
    'text: for block in lines {
        for line in block.lines() {
            let line = line.trim();
            if is_heading(line) {
                break 'text;
            }
            if line.is_empty() {
                paragraphs.push(Vec::new());
            } else if let Some(last) = paragraphs.last_mut() {
                last.push(line.to_owned());
            }
        }
    }
    let paragraphs: Vec<String> = paragraphs
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.join(" "))
        .collect();
    paragraphs.join("\n\n")
}

/// Is this a Markdown heading?
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    text.len() < line.len() && (text.is_empty() || text.starts_with(' '))
}
