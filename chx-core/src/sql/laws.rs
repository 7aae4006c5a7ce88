//! Laws that hold for every text, shown on generated ones.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Pieces that make up SQL, and pieces that break it.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "a",
            "b1",
            "_c",
            "select",
            "FROM",
            "not",
            "in",
            "and",
            "case",
            "when",
            "end",
            "interval",
            "day",
            "date",
            "null",
            "`q r`",
            "\"d\"",
            "'it''s'",
            "'\\x41'",
            "$$h$$",
            "x'41'",
            "1",
            "0x1F",
            "1_0",
            "1.50",
            "1e3",
            ".5",
            "(",
            ")",
            "[",
            "]",
            ",",
            ".",
            "::",
            ":",
            "->",
            "+",
            "-",
            "*",
            "/",
            "%",
            "=",
            "==",
            "!=",
            "<>",
            "<=>",
            "||",
            "?",
            "{p:UInt8}",
            "@@",
            " ",
            "\n",
            "-- c\n",
            "/* c */",
            "# c\n",
            "^",
            "as",
            "over",
            "order",
            "by",
            "desc",
            "union",
        ])
        .prop_map(str::to_owned),
        "[ -~é‘’“”−\u{a0}]{0,3}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    vec(piece(), 0..30).prop_map(|pieces| pieces.concat())
}

/// What a token is and says, without where it stands.
fn said(sql: &str) -> Vec<(TokenKind, &str)> {
    lex(sql)
        .unwrap()
        .iter()
        .map(|token| (token.kind, token.text))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn tokens_comments_and_white_space_are_the_whole_text(sql in text()) {
        if let Ok(tokens) = lex(&sql) {
            let mut pieces: Vec<(usize, &str)> = tokens.iter().map(|token| (token.at, token.text)).collect();
            pieces.extend(tokens.comments().iter().map(|comment| (comment.at, comment.text)));
            pieces.sort_unstable();
            let mut end = 0;
            for (at, text) in pieces {
                prop_assert_eq!(&sql[at..at + text.len()], text);
                let is_space = |c: char| c.is_whitespace() || ('\u{180e}'..='\u{feff}').contains(&c);
                prop_assert!(sql[end..at].chars().all(is_space), "between tokens");
                end = at + text.len();
            }
        }
    }

    #[test]
    fn canonical_text_is_its_own_canonical_text(sql in text()) {
        if let Ok(expr) = Expr::parse(&sql) {
            prop_assert_eq!(Expr::parse(expr.as_sql()), Ok(expr));
        }
    }

    #[test]
    fn white_space_and_comments_make_no_difference(sql in text(), gap in "( |\n|/\\* x \\*/|-- y\n){1,3}") {
        if let Ok(expr) = Expr::parse(&sql) {
            let spaced: Vec<&str> = said(&sql).into_iter().map(|(_, text)| text).collect();
            let spaced = spaced.join(&gap);
            // A dot before a number is another token when something stands between.
            if lex(&spaced).is_ok() && said(&spaced) == said(&sql) {
                prop_assert_eq!(Expr::parse(&spaced), Ok(expr));
            }
        }
    }

    #[test]
    fn elements_and_brackets_stay_canonical(sql in text()) {
        if let Ok(expr) = Expr::parse(&format!("({sql})")) {
            let _ = expr.references().count();
            let _ = expr.is_plain_column();
            for part in expr.tuple_elements().into_iter().chain([expr.without_outer_parens()]) {
                prop_assert!(lex(part.as_sql()).is_ok());
            }
        }
    }

    #[test]
    fn no_text_makes_the_splitter_panic(sql in text()) {
        let _ = split_statements(&sql);
    }

    #[test]
    fn statements_put_together_are_split_again(pieces in vec(text(), 0..4)) {
        let whole: Vec<&str> = pieces
            .iter()
            .map(String::as_str)
            .filter(|piece| lex(piece).is_ok_and(|tokens| !tokens.is_empty() && !tokens.iter().any(|token| token.is(Punct::Semicolon))))
            .collect();
        let script = whole.join("\n;\n");
        let split = split_statements(&script)?;
        prop_assert_eq!(split.statements.len(), whole.len());
    }
}
