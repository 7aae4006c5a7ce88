//! Messages of compile-time checks, put together while the compiler runs them.

use chx_core::types::{TypeArg, TypeExpr};

/// A text that grows at compile time. What does not fit is left out.
pub(super) struct Message {
    bytes: [u8; 512],
    len: usize,
}

/// How two texts follow one another.
pub(super) enum Order {
    Rising,
    Same,
    Falling,
}

impl Message {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; 512],
            len: 0,
        }
    }

    /// The text with more behind it.
    pub(super) const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > self.bytes.len() - self.len {
            return self;
        }
        let mut i = 0;
        while i < text.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Does this text come before the other, byte by byte?
    pub(super) const fn order(&self, other: &Self) -> Order {
        let mut i = 0;
        while i < self.len && i < other.len {
            if self.bytes[i] != other.bytes[i] {
                return if self.bytes[i] < other.bytes[i] {
                    Order::Rising
                } else {
                    Order::Falling
                };
            }
            i += 1;
        }
        if self.len == other.len {
            Order::Same
        } else if self.len < other.len {
            Order::Rising
        } else {
            Order::Falling
        }
    }

    /// The text with a whole number behind it.
    pub(super) const fn push_number(self, number: i64) -> Self {
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let signed = if number < 0 { self.push("-") } else { self };
        match std::str::from_utf8(digits.split_at(at).1) {
            Ok(digits) => signed.push(digits),
            Err(_) => signed,
        }
    }

    /// The text with a type behind it.
    pub(super) const fn push_type(self, data_type: &TypeExpr) -> Self {
        let mut message = self.push(data_type.family);
        let mut i = 0;
        while i < data_type.args.len() {
            message = message.push(if i == 0 { "(" } else { ", " });
            message = match &data_type.args[i] {
                TypeArg::Type(inner) => message.push_type(inner),
                TypeArg::Named(name, inner) => message.push(name).push(" ").push_type(inner),
                TypeArg::Number(number) => message.push_number(*number),
                TypeArg::Text(text) => message.push("'").push(text).push("'"),
                TypeArg::Sql(sql) => message.push(sql),
            };
            i += 1;
        }
        if i > 0 { message.push(")") } else { message }
    }

    /// Ends the compilation with this text, at the caller.
    #[track_caller]
    #[expect(
        clippy::panic,
        reason = "it runs in the compiler, where a panic is an error message"
    )]
    pub(super) const fn refuse(&self) -> ! {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the declaration cannot be"),
        }
    }
}
