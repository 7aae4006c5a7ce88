//! Columns of a table, part of them declared in structs of their own: put together at compile time, because only the
//! compiler sees both structs.

use chx_core::declare::ColumnDeclaration;
use chx_core::rules::same;
use chx_core::types::TypeExpr;

use super::message::Message;

/// Some columns one behind the other, with what stands before their names.
#[derive(Clone, Copy)]
pub struct Part {
    /// `goals.` where they are the lists of a Nested; else nothing.
    pub prefix: &'static str,
    /// The columns.
    pub columns: &'static [ColumnDeclaration],
    /// The names of those that a row carries.
    pub row: &'static [&'static str],
    /// The names of those that a SELECT can read as well.
    pub select: &'static [&'static str],
}

/// The number of all columns.
pub const fn count(parts: &[Part]) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < parts.len() {
        total += parts[i].columns.len();
        i += 1;
    }
    total
}

/// The number of columns that a row carries.
pub const fn count_row(parts: &[Part]) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < parts.len() {
        total += parts[i].row.len();
        i += 1;
    }
    total
}

/// The columns with their names, for which `bytes` has the room.
pub const fn columns<const N: usize>(parts: &[Part], bytes: &'static [u8]) -> [ColumnDeclaration; N] {
    const NONE: ColumnDeclaration = ColumnDeclaration::new("", TypeExpr::named("Nothing"), "", 0);
    let mut all = [NONE; N];
    let (mut at, mut from, mut i) = (0, 0, 0);
    while i < parts.len() {
        let part = &parts[i];
        let mut j = 0;
        while j < part.columns.len() {
            let length = part.prefix.len() + part.columns[j].name.len();
            all[at] = ColumnDeclaration {
                name: text(bytes, from, length),
                ..part.columns[j]
            };
            from += length;
            at += 1;
            j += 1;
        }
        i += 1;
    }
    all
}

/// The names of some columns.
pub const fn names<const N: usize>(columns: &[ColumnDeclaration]) -> [&'static str; N] {
    let mut all = [""; N];
    let mut i = 0;
    while i < N {
        all[i] = columns[i].name;
        i += 1;
    }
    all
}

/// The names of the columns that a row carries; `bytes` has them without a gap.
pub const fn row<const N: usize>(parts: &[Part], bytes: &'static [u8]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut at, mut from, mut i) = (0, 0, 0);
    while i < parts.len() {
        let part = &parts[i];
        let mut j = 0;
        while j < part.row.len() {
            let length = part.prefix.len() + part.row[j].len();
            all[at] = text(bytes, from, length);
            from += length;
            at += 1;
            j += 1;
        }
        i += 1;
    }
    all
}

/// Bytes that grow up to `N`, or are only counted.
struct Bytes<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Bytes<N> {
    const fn push(mut self, text: &str) -> Self {
        let mut i = 0;
        while i < text.len() {
            self = self.push_byte(text.as_bytes()[i]);
            i += 1;
        }
        self
    }

    const fn push_byte(mut self, byte: u8) -> Self {
        if self.len < N {
            self.bytes[self.len] = byte;
        }
        self.len += 1;
        self
    }

    /// A name in backticks; a question mark twice, because `Client::query` would take one for a parameter.
    const fn push_quoted(mut self, prefix: &str, name: &str) -> Self {
        self = self.push_byte(b'`');
        let mut i = 0;
        while i < prefix.len() + name.len() {
            let byte = if i < prefix.len() {
                prefix.as_bytes()[i]
            } else {
                name.as_bytes()[i - prefix.len()]
            };
            self = match byte {
                b'`' | b'\\' => self.push_byte(b'\\').push_byte(byte),
                b'?' => self.push_byte(byte).push_byte(byte),
                _ => self.push_byte(byte),
            };
            i += 1;
        }
        self.push_byte(b'`')
    }
}

/// The length of all names together, of the columns or of a row.
pub const fn name_bytes(parts: &[Part], of_row: bool) -> usize {
    written::<0>(parts, of_row).len
}

/// All names together, of the columns or of a row.
pub const fn name_text<const N: usize>(parts: &[Part], of_row: bool) -> [u8; N] {
    written(parts, of_row).bytes
}

const fn written<const N: usize>(parts: &[Part], of_row: bool) -> Bytes<N> {
    let mut bytes = Bytes {
        bytes: [0; N],
        len: 0,
    };
    let mut i = 0;
    while i < parts.len() {
        let part = &parts[i];
        let mut j = 0;
        while j < if of_row {
            part.row.len()
        } else {
            part.columns.len()
        } {
            let name = if of_row { part.row[j] } else { part.columns[j].name };
            bytes = bytes.push(part.prefix).push(name);
            j += 1;
        }
        i += 1;
    }
    bytes
}

/// The length of the SELECT.
pub const fn select_bytes(parts: &[Part], table: &str) -> usize {
    select::<0>(parts, table).len
}

/// The SELECT of what a row carries and ClickHouse keeps.
pub const fn select_text<const N: usize>(parts: &[Part], table: &str) -> [u8; N] {
    select(parts, table).bytes
}

const fn select<const N: usize>(parts: &[Part], table: &str) -> Bytes<N> {
    let mut bytes = Bytes {
        bytes: [0; N],
        len: 0,
    };
    bytes = bytes.push("SELECT ");
    let (mut is_first, mut i) = (true, 0);
    while i < parts.len() {
        let part = &parts[i];
        let mut j = 0;
        while j < part.select.len() {
            if !is_first {
                bytes = bytes.push(", ");
            }
            is_first = false;
            bytes = bytes.push_quoted(part.prefix, part.select[j]);
            j += 1;
        }
        i += 1;
    }
    bytes.push(" FROM ").push(table)
}

/// A part of some bytes as text.
pub const fn text(bytes: &'static [u8], from: usize, length: usize) -> &'static str {
    let (_, rest) = bytes.split_at(from);
    let (found, _) = rest.split_at(length);
    match std::str::from_utf8(found) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// The type of a column; a type that no rule refuses where there is none.
pub const fn type_of(columns: &[ColumnDeclaration], name: &str) -> TypeExpr {
    let mut i = 0;
    while i < columns.len() {
        if same(columns[i].name, name) {
            return columns[i].data_type;
        }
        i += 1;
    }
    TypeExpr::named("")
}

/// Checks that a name is a column, or the common name of the lists of a Nested.
#[track_caller]
pub const fn check_exists(columns: &[ColumnDeclaration], name: &str, place: &str) {
    let mut i = 0;
    while i < columns.len() {
        if is_named(columns[i].name, name) {
            return;
        }
        i += 1;
    }
    let mut message = Message::new()
        .push("no column `")
        .push(name)
        .push("` for ")
        .push(place)
        .push("; the columns are ");
    let mut i = 0;
    while i < columns.len() && i < 12 {
        message = message
            .push(if i == 0 { "`" } else { ", `" })
            .push(columns[i].name)
            .push("`");
        i += 1;
    }
    message
        .push(if i < columns.len() { ", ..." } else { "" })
        .refuse()
}

/// Is the name the column's, or the part of it before a dot, or the column with a part of its value behind a dot?
const fn is_named(column: &str, name: &str) -> bool {
    let (column, name) = (column.as_bytes(), name.as_bytes());
    let mut i = 0;
    while i < column.len() && i < name.len() {
        if column[i] != name[i] {
            return false;
        }
        i += 1;
    }
    (i == column.len() || column[i] == b'.') && (i == name.len() || name[i] == b'.')
}

/// Checks that no column is there twice.
#[track_caller]
pub const fn check_unique(columns: &[ColumnDeclaration]) {
    let mut i = 0;
    while i < columns.len() {
        let mut j = i + 1;
        while j < columns.len() {
            if same(columns[i].name, columns[j].name) {
                Message::new()
                    .push("the column `")
                    .push(columns[i].name)
                    .push("` is there twice: in the table or one of its groups, and in another group")
                    .refuse()
            }
            j += 1;
        }
        i += 1;
    }
}

/// Checks that a field of a Nested is a list.
#[track_caller]
pub const fn check_list(name: &str, column: TypeExpr) {
    if !same(column.family, "Array") {
        Message::new()
            .push("`")
            .push(name)
            .push("` is a `")
            .push_type(&column)
            .push("`, but each field of a Nested is a list: `Vec<...>`")
            .refuse()
    }
}

/// Checks that the struct's row has the columns of its groups.
#[track_caller]
pub const fn check_row(row: Option<&'static [&'static str]>, expected: &[&str]) {
    let Some(names) = row else { return };
    let mut is_right = names.len() == expected.len();
    let mut i = 0;
    while is_right && i < names.len() {
        is_right = same(names[i], expected[i]);
        i += 1;
    }
    if !is_right {
        Message::new()
            .push("`#[derive(Row)]` knows nothing of `flatten` and `nested`: derive `ChRow` in its place")
            .refuse()
    }
}
