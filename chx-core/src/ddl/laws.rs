//! Laws that hold for every statement, shown on generated ones.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::canon::canonical;
use crate::fingerprint::Fingerprint;
use crate::model::access::AccessEntity;
use crate::model::{Object, Schema};
use crate::pair::Pair;
use crate::plan::{Renames, plan};
use crate::sql::lex;
use crate::testing;

fn read(sql: &str) -> Result<Statement, ParseError> {
    parse_statement(sql, &ParseContext::default())
}

/// Both layouts read back as the statement.
fn reads_back(statement: &Statement) -> Result<(), TestCaseError> {
    for text in [render(statement), render_line(statement)] {
        let again = read(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&again, statement, "{}", text);
    }
    Ok(())
}

/// Tokens that DDL is made of, in no sensible order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "CREATE",
        "TABLE",
        "VIEW",
        "MATERIALIZED",
        "DATABASE",
        "ALTER",
        "ADD",
        "DROP",
        "MODIFY",
        "COLUMN",
        "INDEX",
        "PROJECTION",
        "CONSTRAINT",
        "CHECK",
        "PRIMARY",
        "KEY",
        "ORDER",
        "PARTITION",
        "SAMPLE",
        "BY",
        "TTL",
        "SETTINGS",
        "SETTING",
        "COMMENT",
        "ENGINE",
        "=",
        "MergeTree",
        "UInt8",
        "Array",
        "Nullable",
        "NULL",
        "NOT",
        "DEFAULT",
        "EPHEMERAL",
        "CODEC",
        "STATISTICS",
        "TYPE",
        "GRANULARITY",
        "AS",
        "SELECT",
        "TO",
        "DISK",
        "WHERE",
        "GROUP",
        "SET",
        "IF",
        "EXISTS",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "INTERVAL",
        "DAY",
        "FIRST",
        "AFTER",
        "RENAME",
        "a",
        "b",
        "d.t",
        "`q`",
        "'s'",
        "1",
        "1.5",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        ";",
        "::",
        "->",
        "-",
        "*",
        "tuple()",
    ]);
    vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn a_statement_reads_back_as_itself(statement in testing::statement()) {
        reads_back(&statement)?;
        prop_assert!(!render_line(&statement).contains('\n'));
    }

    #[test]
    fn the_canonical_form_is_its_own_and_keeps_the_fingerprint(object in testing::object()) {
        let once = canonical(object.clone());
        prop_assert_eq!(&canonical(once.clone()), &once);
        prop_assert_eq!(Fingerprint::of(&object), Fingerprint::of(&once));
        let line = render_object_line(&once);
        let again = parse_object(&line, &ParseContext::default());
        prop_assert_eq!(again.map(canonical), Ok(once), "{}", line);
    }

    #[test]
    fn access_entities_become_each_other(before in testing::access_entity(), after in testing::access_entity()) {
        let schema = |entity: &AccessEntity| -> Schema { [Object::from(entity.clone())].into_iter().collect() };
        let schemas = Pair { before: &schema(&before), after: &schema(&after) };
        // A plan is carried out in thought before it is given out.
        let plan = plan(schemas, &Renames::default()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for step in &plan.steps {
            reads_back(&step.statement)?;
        }
        let mut back = schemas.after.clone();
        for statement in &plan.down().statements {
            back.apply(statement).map_err(|error| TestCaseError::fail(error.to_string()))?;
        }
        prop_assert_eq!(&back, schemas.before);
    }

    #[test]
    fn an_access_entity_is_what_its_attributes_say(entity in testing::access_entity()) {
        let mut again = entity.bare();
        let mut said = Vec::new();
        for (clause, text) in render_access_clauses(&entity) {
            said.push(parse_access_clause(clause, &text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?);
        }
        for change in &said {
            prop_assert!(again.apply(change));
        }
        let mut again = again.created();
        if let Some(grants) = entity.grants() {
            for (revokes, text) in render_grants(grants) {
                let parse = if revokes { parse_revoke } else { parse_grant };
                let change = parse(&text, &ParseContext::default(), None)
                    .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
                again.grants_mut().expect("it has some").apply(&change);
            }
        }
        // Default roles are granted.
        prop_assert_eq!(again, entity.created());
    }

    #[test]
    fn no_soup_of_tokens_panics(soup in soup()) {
        for begin in ["", "CREATE TABLE d.t (", "CREATE TABLE d.t (a UInt8) ENGINE = MergeTree ", "ALTER TABLE d.t "] {
            if let Ok(statement) = read(&format!("{begin}{soup}")) {
                reads_back(&statement)?;
            }
        }
    }

    /// A statement with a token taken out, doubled, or two exchanged: it is refused, or it is another statement
    /// that reads back as itself.
    #[test]
    fn no_broken_statement_panics(statement in testing::statement(), at in any::<prop::sample::Index>(), with in any::<prop::sample::Index>(), how in 0..3_u8) {
        let text = render_line(&statement);
        let tokens = lex(&text).expect("what is rendered lexes");
        let mut words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
        let (at, with) = (at.index(words.len()), with.index(words.len()));
        match how {
            0 => _ = words.remove(at),
            1 => words.insert(with, words[at]),
            _ => words.swap(at, with),
        }
        if let Ok(statement) = read(&words.join(" ")) {
            reads_back(&statement)?;
        }
    }

    /// Cut anywhere, even inside a token.
    #[test]
    fn no_cut_statement_panics(statement in testing::statement(), at in any::<prop::sample::Index>()) {
        let text = render(&statement);
        let mut at = at.index(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        if let Ok(statement) = read(&text[..at]) {
            reads_back(&statement)?;
        }
    }
}
