//! Tests of the lexer.

use super::super::check_balanced;
use super::*;

fn words(sql: &str) -> Vec<&str> {
    lex(sql).unwrap().iter().map(|token| token.text).collect()
}

fn kinds(sql: &str) -> Vec<TokenKind> {
    lex(sql).unwrap().iter().map(|token| token.kind).collect()
}

#[test]
fn operators_are_one_token() {
    let sql = "a->b::c==d!=e<>f<=g>=h<=>i||@@j ?:|^@\\G";
    assert_eq!(
        words(sql),
        [
            "a", "->", "b", "::", "c", "==", "d", "!=", "e", "<>", "f", "<=", "g", ">=", "h", "<=>", "i",
            "||", "@@", "j", "?", ":", "|", "^", "@", "\\G"
        ]
    );
}

#[test]
fn numbers_dots_and_words() {
    for number in [
        "1", "1_000", "0x1F", "0X1f", "0b11", "1.50", "5.", "1e3", "1.e3", "1E-5", "0x1.8p3", "1_0.5_0",
    ] {
        assert_eq!(kinds(number), [TokenKind::Number], "{number}");
    }
    for word in ["1abc", "1_000_", "0x", "0x_1", "0o7", "1e", "a$b", "$a", "1__0"] {
        assert_eq!(kinds(word), [TokenKind::Word], "{word}");
    }
    assert_eq!(
        words("(.5, a.5, x.1.1, (y).2, .5e3)"),
        [
            "(", ".5", ",", "a", ".", "5", ",", "x", ".", "1", ".", "1", ",", "(", "y", ")", ".", "2", ",",
            ".5e3", ")"
        ]
    );
    for bad in ["1.5abc", "1.e", "1e+", "1e-x", "0x1.8st"] {
        assert_eq!(lex(bad).map_err(|error| error.at), Err(0), "{bad}");
    }
}

#[test]
fn comments_are_kept_aside() {
    let tokens = lex("1 -- a\n# b\n#! c\r\n// d\n/* e /* f */ */ + 2").unwrap();
    assert_eq!(tokens.len(), 3);
    assert_eq!(
        tokens.comments().iter().map(Comment::body).collect::<Vec<_>>(),
        ["a", "b", "c", "d", "e /* f */"]
    );
}

#[test]
fn errors_say_where() {
    let cases = [
        ("SELECT\n  'abc", LexErrorKind::UnclosedString, 2, 3),
        ("x'4 1'", LexErrorKind::UnclosedString, 1, 1),
        ("é", LexErrorKind::UnexpectedCharacter('é'), 1, 1),
        ("'é' #x", LexErrorKind::UnexpectedCharacter('#'), 1, 5),
        ("`a", LexErrorKind::UnclosedIdentifier('`'), 1, 1),
        ("a /* /* */", LexErrorKind::UnclosedComment, 1, 3),
        ("$t$ a", LexErrorKind::UnclosedHeredoc("$t$".into()), 1, 1),
        ("{a}", LexErrorKind::BadParameter, 1, 1),
        ("{a: 1 + 1}", LexErrorKind::BadParameter, 1, 1),
        ("a\0", LexErrorKind::UnexpectedCharacter('\0'), 1, 2),
    ];
    for (sql, kind, line, column) in cases {
        let error = lex(sql).unwrap_err();
        assert_eq!(
            (&error.kind, error.position),
            (&kind, crate::sql::Position { line, column }),
            "{sql}"
        );
    }
}

#[test]
fn parameters_are_one_token() {
    for sql in [
        "{p:UInt8}",
        "{ p : Array(UInt8) }",
        "{p:Enum8('a}'=1)}",
        "{1p:Decimal(9, 2)}",
    ] {
        assert_eq!(kinds(sql), [TokenKind::Parameter], "{sql}");
    }
}

#[test]
fn maps_are_brackets_and_no_parameters() {
    let (open, close) = (TokenKind::Punct(Punct::LBrace), TokenKind::Punct(Punct::RBrace));
    assert_eq!(kinds("{}"), [open, close]);
    for sql in [
        "{'a': 1}",
        "{ 'a' : 1}",
        "{1: 1}",
        "{x'41': 1}",
        "{[1]: 1}",
        "{$$a$$: 1}",
    ] {
        let kinds = kinds(sql);
        assert_eq!(
            (kinds.first(), kinds.last()),
            (Some(&open), Some(&close)),
            "{sql}"
        );
        assert!(!kinds.contains(&TokenKind::Parameter), "{sql}");
    }
}

#[test]
fn typographic_characters_read_as_plain_ones() {
    assert_eq!(
        kinds("“a” − ‘b’"),
        [
            TokenKind::QuotedIdent,
            TokenKind::Punct(Punct::Minus),
            TokenKind::String
        ]
    );
    assert_eq!(words("\u{feff}a\u{a0}b"), ["a", "b"]);
}

#[test]
fn brackets() {
    let check = |sql| check_balanced(&lex(sql).unwrap()).map_err(|error| (error.kind, error.at));
    assert_eq!(check("f([1, (2)])"), Ok(()));
    assert_eq!(check("f(1))"), Err((LexErrorKind::NotOpened(')'), 4)));
    assert_eq!(check("(f(1)"), Err((LexErrorKind::NotClosed('('), 0)));
    assert_eq!(
        check("f([1)"),
        Err((
            LexErrorKind::Mismatched {
                open: '[',
                close: ')'
            },
            2
        ))
    );
    let deep = "(".repeat(1 << 20);
    assert_eq!(check(&deep), Err((LexErrorKind::NotClosed('('), (1 << 20) - 1)));
}
