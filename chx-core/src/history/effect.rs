//! What a statement of a migration does to the schema, as far as chx can tell.
//!
//! Either chx understands the DDL, or the statement is of a kind that leaves the schema alone, or it is refused:
//! a history whose effect is not known cannot be compared with anything.

use super::draft::cost_of;
use super::migration::SqlStep;
use crate::ddl::{
    ParseContext, ParseError, ParseErrorKind, Statement, parse_migration_statements, parse_statement_or_raw,
};
use crate::ident::{Ident, QualifiedName};
use crate::plan::Cost;
use crate::sql::{Punct, Token, lex};

/// The effect of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It changes the schema.
    Schema(Box<Statement>),
    /// It does what several statements do: it is about several access entities, or does two things to one.
    Several(Vec<Statement>),
    /// chx does not understand it. What it does to the schema was found out on an engine and stands beside it, as
    /// statements that do the same.
    Recorded(Vec<Statement>),
    /// It leaves the schema alone.
    Data(DataEffect),
}

/// What a statement that leaves the schema alone does to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataEffect {
    /// It reads, or tidies up: SELECT, OPTIMIZE, SYSTEM.
    Keeps,
    /// It adds rows: INSERT.
    Adds,
    /// It takes rows away or overwrites them: DELETE, UPDATE, TRUNCATE.
    Destroys,
}

/// Why the effect of a statement is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EffectError {
    /// chx does not understand the statement.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// A secret is written out. Whatever the statement does, it is not sent and not recorded.
    #[error(transparent)]
    Secret(ParseError),
    /// `SET`: every statement is sent on its own, so it would change nothing.
    #[error(
        "`SET` has no effect on the statements after it, because each is sent on its own; write `SETTINGS` behind the statement that needs it"
    )]
    Set,
}

impl EffectError {
    /// How many lines below the statement's first the trouble is.
    pub fn line_offset(&self) -> u32 {
        match self {
            Self::Parse(error) | Self::Secret(error) => {
                u32::try_from(error.position.line.saturating_sub(1)).unwrap_or(0)
            }
            Self::Set => 0,
        }
    }
}

impl Effect {
    /// The effect of a statement of a migration: its own, or the one that is recorded beside it. A CREATE that is recorded as
    /// itself, because chx does not read all of it, is one that is known.
    pub fn of_step(step: &SqlStep) -> Result<Self, EffectError> {
        match (Self::of(&step.sql), &step.effects) {
            (Err(EffectError::Parse(_)), Some(recorded)) => Ok(match recorded.as_slice() {
                [create @ Statement::CreateRaw(_)] if is_itself(create, &step.sql) => {
                    Self::Schema(Box::new(create.clone()))
                }
                _ => Self::Recorded(recorded.clone()),
            }),
            (effect, _) => effect,
        }
    }

    /// As [`statements`](Self::statements), by value.
    pub(super) fn into_statements(self) -> Vec<Statement> {
        match self {
            Self::Schema(statement) => vec![*statement],
            Self::Several(statements) | Self::Recorded(statements) => statements,
            Self::Data(_) => Vec::new(),
        }
    }

    /// What it does to the schema, as statements.
    pub fn statements(&self) -> &[Statement] {
        match self {
            Self::Schema(statement) => std::slice::from_ref(statement),
            Self::Several(statements) | Self::Recorded(statements) => statements,
            Self::Data(_) => &[],
        }
    }

    fn of_statements(statements: Vec<Statement>) -> Self {
        match <[Statement; 1]>::try_from(statements) {
            Ok([statement]) => Self::Schema(Box::new(statement)),
            Err(several) => Self::Several(several),
        }
    }

    /// The effect of a statement.
    pub fn of(sql: &str) -> Result<Self, EffectError> {
        let error = match parse_migration_statements(sql, &ParseContext::default()) {
            Ok(statements) => return Ok(Self::of_statements(statements)),
            Err(error) if matches!(*error.kind, ParseErrorKind::PlainSecret { .. }) => {
                return Err(EffectError::Secret(error));
            }
            Err(error) => error,
        };
        let Ok(tokens) = lex(sql) else {
            return Err(error.into());
        };
        match tokens.first() {
            Some(first) if first.is_word("SET") => Err(EffectError::Set),
            // Two statements where one is meant: the second could do anything.
            Some(_) if tokens.iter().any(|token| token.is(Punct::Semicolon)) => Err(error.into()),
            Some(_) => data_effect(&tokens).map(Self::Data).ok_or_else(|| error.into()),
            None => Err(error.into()),
        }
    }
}

fn is_itself(create: &Statement, sql: &str) -> bool {
    parse_statement_or_raw(sql, &ParseContext::default()).is_ok_and(|read| read == *create)
}

/// The table in which a statement leaves a mutation, if it may leave one: its end is not the end of the work.
pub fn mutated_table(effect: &Effect, sql: &str) -> Option<QualifiedName> {
    match effect {
        Effect::Schema(statement) => match statement.as_ref() {
            Statement::AlterTable(alter) if cost_of(statement) == Cost::Mutation => Some(alter.name.clone()),
            _ => None,
        },
        Effect::Data(DataEffect::Destroys) => {
            let tokens = lex(sql).ok()?;
            let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
            if !(is(0, "ALTER") && is(1, "TABLE") || is(0, "DELETE") && is(1, "FROM")) {
                return None;
            }
            let name = |at: usize| -> Option<Ident> { Ident::new(tokens.get(at)?.name().ok()??).ok() };
            tokens.get(3).filter(|token| token.is(Punct::Dot))?;
            Some(QualifiedName {
                database: name(2)?,
                name: name(4)?,
            })
        }
        Effect::Data(DataEffect::Keeps | DataEffect::Adds) | Effect::Several(_) | Effect::Recorded(_) => None,
    }
}

fn data_effect(tokens: &[Token<'_>]) -> Option<DataEffect> {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
    let first_is_one_of = |words: &[&str]| words.iter().any(|word| is(0, word));
    if first_is_one_of(&[
        "SELECT", "WITH", "OPTIMIZE", "SYSTEM", "CHECK", "DESCRIBE", "DESC", "SHOW", "EXPLAIN", "EXISTS",
    ]) {
        return Some(DataEffect::Keeps);
    }
    if is(0, "INSERT") {
        return Some(DataEffect::Adds);
    }
    if first_is_one_of(&["DELETE", "UPDATE"]) || (is(0, "TRUNCATE") && !is(1, "DATABASE") && !is(1, "ALL")) {
        return Some(DataEffect::Destroys);
    }
    if is(0, "ALTER") && is(1, "TABLE") {
        return alter_effect(&tokens[2..]);
    }
    None
}

/// `ALTER TABLE t UPDATE ...` and `ALTER TABLE t DELETE ...`, unless other commands follow.
fn alter_effect(tokens: &[Token<'_>]) -> Option<DataEffect> {
    let name = if tokens.get(1).is_some_and(|token| token.is(Punct::Dot)) {
        3
    } else {
        1
    };
    let paren = usize::from(tokens.get(name).is_some_and(|token| token.is(Punct::LParen)));
    let command = tokens.get(name + paren)?;
    if !(command.is_word("UPDATE") || command.is_word("DELETE")) {
        return None;
    }
    let starts_command = |token: &Token<'_>| {
        [
            "ADD", "DROP", "MODIFY", "ALTER", "RENAME", "COMMENT", "CLEAR", "REMOVE", "RESET",
        ]
        .iter()
        .any(|word| token.is_word(word))
    };
    let other_commands = tokens.windows(3).any(|three| {
        three[0].is(Punct::Comma)
            && (starts_command(&three[1]) || (three[1].is(Punct::LParen) && starts_command(&three[2])))
    });
    (!other_commands).then_some(DataEffect::Destroys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn data(sql: &str, expected: DataEffect) {
        assert_eq!(Effect::of(sql), Ok(Effect::Data(expected)), "{sql}");
    }

    #[test]
    fn statements_about_rows_leave_the_schema_alone() {
        data("INSERT INTO web.a SELECT 1", DataEffect::Adds);
        data("OPTIMIZE TABLE web.a FINAL", DataEffect::Keeps);
        data("truncate table web.a", DataEffect::Destroys);
        data("ALTER TABLE web.a DELETE WHERE x = 1", DataEffect::Destroys);
        data(
            "ALTER TABLE a (UPDATE x = 1, y = 2 WHERE z)",
            DataEffect::Destroys,
        );
    }

    #[test]
    fn mutations_are_found_where_they_are_left() {
        let table =
            |sql: &str| mutated_table(&Effect::of(sql).unwrap(), sql).map(|name| name.sql().to_string());
        for sql in [
            "ALTER TABLE web.a MODIFY COLUMN b UInt64",
            "ALTER TABLE web.a (DROP COLUMN b)",
            "ALTER TABLE `web`.`a` DELETE WHERE x = 1",
            "DELETE FROM web.a WHERE x = 1",
        ] {
            assert_eq!(table(sql).as_deref(), Some("web.a"), "{sql}");
        }
        for sql in [
            "ALTER TABLE web.a ADD COLUMN b UInt64",
            "TRUNCATE TABLE web.a",
            "INSERT INTO web.a SELECT 1",
        ] {
            assert_eq!(table(sql), None, "{sql}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(Effect::of("SET max_threads = 1"), Err(EffectError::Set));
        for sql in [
            "CREATE MASKING POLICY p ON web.a",
            "SELECT 1; DROP TABLE web.a",
            "ALTER TABLE web.a UPDATE x = 1 WHERE 1, DROP COLUMN y",
            "ALTER TABLE web.a (UPDATE x = 1 WHERE 1), (DROP COLUMN y)",
            "TRUNCATE DATABASE web",
        ] {
            assert!(matches!(Effect::of(sql), Err(EffectError::Parse(_))), "{sql}");
        }
    }
}
