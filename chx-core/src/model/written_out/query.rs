//! Which strings of a query are secrets: those among the arguments of its table functions, by the rules of the engines of
//! the same name, and the keys of functions that encrypt.

use std::ops::Range;

use super::{EngineOf, find, replaced, secret_at, strings};
use crate::model::{Engine, Expr, Secret};
use crate::sql::{Punct, TokenKind, Tokens, lex};

/// Functions whose third argument is a key. For most of them the server shows one `[HIDDEN]` in the place of the text and the
/// key.
pub(super) const CIPHERS: [(&str, &str); 6] = [
    ("aes_decrypt_mysql", "aes_decrypt_mysql()"),
    ("aes_encrypt_mysql", "aes_encrypt_mysql()"),
    ("decrypt", "decrypt()"),
    ("encrypt", "encrypt()"),
    ("hmac", "HMAC()"),
    ("tryDecrypt", "tryDecrypt()"),
];

/// A table function and the engine that has its arguments.
const FUNCTIONS: [(&str, &str); 24] = [
    ("azureBlobStorage", "AzureBlobStorage"),
    ("cosn", "COSN"),
    ("deltaLake", "DeltaLake"),
    ("deltaLakeS3", "DeltaLakeS3"),
    ("gcs", "GCS"),
    ("hudi", "Hudi"),
    ("iceberg", "Iceberg"),
    ("icebergS3", "IcebergS3"),
    ("jdbc", "JDBC"),
    ("mongodb", "MongoDB"),
    ("mysql", "MySQL"),
    ("odbc", "ODBC"),
    ("oss", "OSS"),
    ("paimonS3", "PaimonS3"),
    ("postgresql", "PostgreSQL"),
    ("redis", "redis()"),
    ("remote", "remote()"),
    ("remoteSecure", "remote()"),
    ("s3", "S3"),
    ("s3Cluster", "S3Cluster"),
    ("url", "URL"),
    ("urlCluster", "URL"),
    ("ytsaurus", "YTsaurus"),
    ("azureBlobStorageCluster", "AzureBlobStorageCluster"),
];

/// A call of a table function: its arguments as an engine has them, and where each begins in the query.
struct Call {
    engine: Engine,
    starts: Vec<usize>,
}

/// The secrets that the table functions of a query name, with the strings that name them.
pub(crate) fn secrets_of_query(query: &Expr) -> Vec<(Range<usize>, Secret)> {
    let mut found = Vec::new();
    for call in calls(query) {
        for (arg, start) in call.engine.args.iter().zip(&call.starts) {
            for at in strings(arg) {
                if let Some(secret) = secret_at(arg, &at) {
                    found.push((start + at.start..start + at.end, secret));
                }
            }
        }
    }
    in_order(found)
}

/// A secret that is written out in a table function of a query, by the words of the query.
pub(crate) fn of_query(query: &Expr) -> Option<String> {
    let found = calls(query)
        .into_iter()
        .flat_map(|call| find(&call.engine, EngineOf::Table));
    found.map(|found| found.what).next()
}

/// The query with the secrets that are written out in it hidden.
pub(crate) fn hide_in_query(query: &mut Expr) {
    let mut places = Vec::new();
    for call in calls(query) {
        for found in find(&call.engine, EngineOf::Table) {
            if let Some(start) = call.starts.get(found.arg) {
                places.push((start + found.at.start..start + found.at.end, Secret::Hidden));
            }
        }
    }
    put(query, &in_order(places));
}

/// The query with other secrets in the place of its own; `None` leaves one as it is.
pub(crate) fn with_secrets(query: &mut Expr, mut other: impl FnMut(usize, &Secret) -> Option<Secret>) {
    let secrets = secrets_of_query(query).into_iter().enumerate();
    let places: Vec<_> = secrets
        .filter_map(|(nth, (at, secret))| Some((at, other(nth, &secret)?)))
        .collect();
    put(query, &places);
}

fn put(query: &mut Expr, places: &[(Range<usize>, Secret)]) {
    // From the end, so that the places in front stay where they are.
    for (at, secret) in places.iter().rev() {
        if let Some(other) = replaced(query, at, &secret.text()) {
            *query = other;
        }
    }
}

/// From the first on. A table function may stand among the arguments of another one and is met twice.
fn in_order(mut places: Vec<(Range<usize>, Secret)>) -> Vec<(Range<usize>, Secret)> {
    places.sort_by_key(|(at, _)| at.start);
    places.dedup_by_key(|(at, _)| at.start);
    places
}

/// A function of which the server hides more than a secret, so that the query cannot be read back.
pub fn hides_arguments(query: &Expr) -> Option<&'static str> {
    let is_hidden = |call: &Call| {
        let arguments = call.engine.args.iter();
        let mut secrets = arguments.flat_map(|arg| strings(arg).into_iter().map(|at| secret_at(arg, &at)));
        call.engine.args.len() < 3 && secrets.any(|secret| secret == Some(Secret::Hidden))
    };
    let hidden: Vec<Call> = calls(query).into_iter().filter(is_hidden).collect();
    let (function, _) = CIPHERS
        .iter()
        .find(|(_, name)| hidden.iter().any(|call| call.engine.name == *name))?;
    Some(function)
}

fn calls(query: &Expr) -> Vec<Call> {
    let may_call = |(function, _): &(&str, &str)| {
        let sql = query.as_sql().as_bytes();
        sql.windows(function.len())
            .any(|word| word.eq_ignore_ascii_case(function.as_bytes()))
    };
    if !FUNCTIONS.iter().chain(&CIPHERS).any(may_call) {
        return Vec::new();
    }
    let Ok(tokens) = lex(query.as_sql()) else {
        return Vec::new();
    };
    let mut calls = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !tokens.get(index + 1).is_some_and(|next| next.is(Punct::LParen))
        {
            continue;
        }
        let function = FUNCTIONS
            .iter()
            .chain(&CIPHERS)
            .find(|(function, _)| token.text.eq_ignore_ascii_case(function));
        if let Some((_, engine)) = function {
            calls.extend(call(query.as_sql(), engine, &tokens, index + 2));
        }
    }
    calls
}

/// The arguments that begin at the token `from`, up to the bracket that closes them.
fn call(sql: &str, engine: &str, tokens: &Tokens<'_>, from: usize) -> Option<Call> {
    let mut call = Call {
        engine: Engine::named(engine),
        starts: Vec::new(),
    };
    let mut depth = 0_usize;
    let mut start: Option<usize> = None;
    let mut end = 0;
    for token in tokens.get(from..)? {
        let closes = matches!(token.kind, TokenKind::Punct(punct) if punct.closes());
        if depth == 0 && (closes || token.is(Punct::Comma)) {
            if let Some(start) = start.take() {
                call.engine.args.push(Expr::parse(sql.get(start..end)?).ok()?);
                call.starts.push(start);
            }
            if closes {
                return Some(call);
            }
            continue;
        }
        if closes {
            depth -= 1;
        } else if matches!(token.kind, TokenKind::Punct(punct) if punct.opens()) {
            depth += 1;
        }
        start.get_or_insert(token.at);
        end = token.end();
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::ddl::{
        ParseContext, parse_object, parse_statement, render_line, render_object_line, secrets_of,
    };

    fn view(from: &str) -> String {
        format!("CREATE VIEW d.v AS SELECT * FROM {from}")
    }

    #[test]
    fn a_password_in_a_query_is_refused_and_not_repeated() {
        for from in [
            "mysql('h:1', 'd', 't', 'u', 'hunter2')",
            "postgresql('h:1', 'd', 't', 'u', 'hunter2') AS p",
            "mongodb('h:1', 'd', 't', 'u', 'hunter2', 'a UInt8')",
            "redis('h:1', 'k', 'k UInt8', 0, 'hunter2')",
            "s3('http://h/b/x', 'id', 'hunter2', 'CSV', 'a UInt8')",
            "s3Cluster('c', 'http://h/b/x', 'id', 'hunter2', 'CSV')",
            "S3(nc, secret_access_key = 'hunter2')",
            "url('http://h/x', CSV, 'a UInt8', headers('Authorization' = 'hunter2'))",
            "remote('h', system.one, 'u', 'hunter2')",
            "remote('h', 'd', 't', 'u', 'hunter2', rand())",
            "remoteSecure('h', merge('d', '^t'), 'u', 'hunter2')",
            "remote('h', mysql('h:1', 'd', 't', 'u', 'hunter2'))",
            "(SELECT * FROM t WHERE a IN (SELECT b FROM mysql(nc, password = 'hunter2')))",
            "(SELECT encrypt('aes-128-ecb', a, 'hunter2') FROM t)",
            "(SELECT HMAC('SHA256', a, 'hunter2') FROM t)",
        ] {
            let error = parse_statement(&view(from), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains("is written out"), "{from}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
            let shown = parse_object(&view(from), &ParseContext::default()).unwrap();
            let text = render_object_line(&shown);
            assert!(text.contains("[HIDDEN]") && !text.contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn what_is_no_secret_may_stand_in_a_query() {
        for (from, secrets) in [
            ("mysql('h:1', 'd', 't', 'u', 'env:PW')", 1),
            ("remote('h', d.t, 'u', '')", 0),
            ("remote('h', 'd', 't')", 0),
            ("s3('http://h/b/x', 'CSV', 'a UInt8')", 0),
            ("s3('http://h/b/x', 'CSV', 'a UInt8', 'gzip')", 0),
            ("s3('http://h/b/x', 'id', 'file:key', 'CSV', 'a UInt8')", 1),
            ("url('http://h/x', CSV)", 0),
            ("(SELECT decrypt('aes-128-ecb', 'text', 'env:KEY') FROM t)", 1),
            ("(SELECT encrypt('aes-128-ecb', a, key, iv) FROM t)", 0),
            ("t WHERE a = 'env:NAME' AND url('a', 'b', 'c') = 'x'", 0),
        ] {
            let statement = parse_statement(&view(from), &ParseContext::default()).unwrap();
            assert_eq!(render_line(&statement), view(from));
            assert_eq!(secrets_of(&statement).len(), secrets, "{from}");
        }
    }
}
