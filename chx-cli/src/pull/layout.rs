//! The layout of attributes, as rustfmt leaves it: on one line where it is short, else one entry a line.

/// How long the entries of an attribute may be on one line: rustfmt's `attr_fn_like_width`.
const SHORT: usize = 70;
/// The length of a line: rustfmt's `max_width`.
const WIDTH: usize = 100;

/// An entry of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// `word`, `key = value`: whatever has no entries of its own.
    Text(String),
    /// `key(entries)`.
    List(String, Vec<Entry>),
}

impl Entry {
    /// `key = value`.
    pub(super) fn value(key: &str, value: impl std::fmt::Display) -> Self {
        Self::Text(format!("{key} = {value}"))
    }

    /// What stands before the `=` or the list.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Text(text) => text.split(' ').next().unwrap_or(text),
            Self::List(key, _) => key,
        }
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(key, entries) => format!("{key}({})", joined(entries)),
        }
    }

    pub(super) fn write(&self, out: &mut String, indent: usize) {
        let line = self.on_one_line();
        match self {
            Self::List(key, entries) if is_long(entries, &line, indent) => {
                out.push_str(key);
                write_block(out, entries, indent);
            }
            _ => out.push_str(&line),
        }
    }
}

fn joined(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(Entry::on_one_line)
        .collect::<Vec<_>>()
        .join(", ")
}

fn is_long(entries: &[Entry], line: &str, indent: usize) -> bool {
    // A single entry may take the whole line.
    (entries.len() > 1 && joined(entries).chars().count() > SHORT)
        || indent + line.chars().count() > WIDTH
        || line.contains('\n')
}

fn write_block(out: &mut String, entries: &[Entry], indent: usize) {
    out.push('(');
    for (at, entry) in entries.iter().enumerate() {
        // rustfmt takes the last comma away.
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(indent + 4));
        entry.write(out, indent + 4);
    }
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(')');
}

/// `#[name(entries)]`, with what stands before it moved that far to the right; nothing where there are no entries.
pub(super) fn attribute(name: &str, entries: &[Entry], indent: usize) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let mut out = format!("#[{name}");
    let line = format!("#[{name}({})]", joined(entries));
    if is_long(entries, &line, indent) {
        write_block(&mut out, entries, indent);
        out.push(']');
        return Some(out);
    }
    Some(line)
}
