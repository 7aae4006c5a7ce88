//! SQL as text: tokens, literals, statements and expressions. This module decides what the characters say,
//! never what a statement means, and it refuses what ClickHouse's own lexer refuses.

mod brackets;
mod byte_class;
mod error;
mod expr;
mod grouping;
mod lex;
mod operators;
mod output;
mod quote;
mod relations;
mod statements;
mod token;

pub use brackets::check_balanced;
pub(crate) use brackets::pair_brackets;
pub use error::{LexError, LexErrorKind, Position};
pub(crate) use expr::canonical_number;
pub use expr::{Expr, Reference, References};
pub use lex::lex;
pub use output::{output_columns, with_output_names};
pub(crate) use quote::write_ident_in_backticks;
pub use quote::{quote_bytes, quote_string, unquote_bytes, unquote_ident, unquote_string, write_string};
pub use relations::relations;
pub use statements::{StatementText, Statements, split_statements};
pub use token::{Comment, Punct, Token, TokenKind, Tokens};

#[cfg(test)]
mod laws;
