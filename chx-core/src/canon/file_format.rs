//! The format of the files behind a table: a server finds it by the file's name and writes it down.
//!
//! On 25.8 and later (24.8 does not) `ENGINE = S3('.../hits.csv.gz')` is stored as
//! `S3('.../hits.csv.gz', 'CSV')`, with `headers(...)` behind. Decides what the name of a file tells; where it tells nothing
//! (another extension, a named collection) the format stays open, and what the live side says of it is no difference.

use crate::model::{Engine, Expr};
use crate::rules::format::{is_auto, is_format, of_file};
use crate::sql::{quote_string, unquote_string};

use super::as_texts;

/// Engines over files, and which argument names the file.
const FILES: [(&str, usize); 7] = [
    ("AzureBlobStorage", 2),
    ("COSN", 0),
    ("GCS", 0),
    ("HDFS", 0),
    ("OSS", 0),
    ("S3", 0),
    ("URL", 0),
];

/// What the names of engines over lakes of files begin with; their files are Parquet if nobody says otherwise.
const LAKES: [&str; 4] = ["DeltaLake", "Hudi", "Iceberg", "Paimon"];

/// Does the engine show a lake of files, whose schema and snapshots lie beside them?
pub(super) fn is_lake(engine: &str) -> bool {
    LAKES.iter().any(|lake| engine.starts_with(lake))
}

/// Which argument names the file; `None` where the files are no argument.
fn file_at(engine: &Engine) -> Option<usize> {
    if is_lake(&engine.name) {
        return Some(0);
    }
    let (_, at) = FILES.iter().find(|(name, _)| *name == engine.name)?;
    Some(*at)
}

/// The text of a literal.
fn text(arg: &Expr) -> Option<String> {
    let text = unquote_string(arg.as_sql()).ok().flatten()?;
    Some(text.into_owned())
}

fn is_format_argument(arg: &Expr) -> bool {
    text(arg).is_some_and(|word| is_format(&word))
}

/// The name of the file that an engine reads, if its arguments say it in a text.
pub(super) fn file(engine: &Engine) -> Option<String> {
    engine.args.first().and_then(text)?;
    let path = engine.args.get(file_at(engine)?).and_then(text)?;
    Some(path.split(['?', '#']).next().unwrap_or(&path).to_owned())
}

/// The format that the arguments name or the file's name tells.
pub(super) fn known_format(engine: &Engine) -> Option<String> {
    let named = engine.args.iter().skip(1).filter_map(text);
    let mut named = named.filter(|word| is_format(word) && !is_auto(word));
    named
        .next()
        .or_else(|| is_lake(&engine.name).then(|| "Parquet".to_owned()))
        .or_else(|| file(engine).and_then(|file| of_file(&file)).map(str::to_owned))
}

/// Names the format where the file's name tells it, as the server does: behind the other texts, in front of the calls.
pub(super) fn name_format(engine: &mut Engine) {
    let (Some(at), Some(_)) = (file_at(engine), file(engine)) else {
        return;
    };
    // `NOSIGN`, `CSV`.
    as_texts(&mut engine.args);
    engine.args.sort_by_key(|arg| text(arg).is_none());
    let Some(format) = known_format(engine).and_then(|name| Expr::parse(&quote_string(&name)).ok()) else {
        return;
    };
    let behind = engine.args.iter().enumerate().skip(at + 1);
    let mut formats = behind.filter(|(_, arg)| is_format_argument(arg));
    match formats.next().map(|(index, _)| index) {
        Some(index) => {
            if let Some(arg) = engine.args.get_mut(index)
                && text(arg).is_some_and(|word| is_auto(&word))
            {
                *arg = format;
            }
        }
        None if engine.args.iter().any(says_format) => {}
        None => {
            let texts = engine.args.iter().take_while(|arg| text(arg).is_some()).count();
            engine.args.insert(texts, format);
        }
    }
}

/// `format = ...`
fn says_format(arg: &Expr) -> bool {
    let key = arg.as_sql().split_once('=').map(|(key, _)| key.trim());
    key.is_some_and(|key| key.eq_ignore_ascii_case("format"))
}

/// The live engine without the format that the server found, where the wanted one leaves it open.
pub(super) fn without_found_format(live: &Engine, wanted: &Engine) -> Option<Engine> {
    let is_one_more = live.name == wanted.name && live.args.len() == wanted.args.len() + 1;
    if !is_one_more || file_at(live).is_none() {
        return None;
    }
    let differs = live
        .args
        .iter()
        .zip(&wanted.args)
        .position(|(live, wanted)| live != wanted);
    // The server puts it in front of the calls, or last; `format = auto, format = 'CSV'` too.
    let added = differs.unwrap_or(wanted.args.len());
    let is_found = live
        .args
        .get(added)
        .is_some_and(|arg| is_format_argument(arg) || says_format(arg));
    let mut opened = live.clone();
    opened.args.remove(added);
    (is_found && opened.args == wanted.args).then_some(opened)
}

#[cfg(test)]
mod tests {
    use crate::canon::{canonical, is_like};
    use crate::ddl::{ParseContext, parse_object, render_object_line};
    use crate::model::Object;

    fn read(engine: &str) -> Object {
        let sql = format!("CREATE TABLE d.t (n UInt8) ENGINE = {engine}");
        canonical(parse_object(&sql, &ParseContext::default()).unwrap())
    }

    #[track_caller]
    fn check(declared: &str, stored: &str) {
        let (declared, stored) = (read(declared), read(stored));
        assert_eq!(render_object_line(&declared), render_object_line(&stored));
        assert_eq!(
            canonical(declared.clone()),
            declared,
            "doing it twice changes nothing"
        );
    }

    #[test]
    fn the_name_of_a_file_tells_its_format() {
        check(
            "S3('http://h/b/a.parquet', NOSIGN)",
            "S3('http://h/b/a.parquet', 'NOSIGN', 'Parquet')",
        );
        check("S3('http://h/b/a.csv.gz')", "S3('http://h/b/a.csv.gz', 'CSV')");
        check(
            "S3('http://h/b/a.csv', 'k', 'env:S', headers('x' = 'env:H'))",
            "S3('http://h/b/a.csv', 'k', 'env:S', 'CSV', headers('x' = 'env:H'))",
        );
        check(
            "S3('http://h/b/a.csv', 'k', 'env:S', 'env:T', auto, 'gzip')",
            "S3('http://h/b/a.csv', 'k', 'env:S', 'env:T', 'CSV', 'gzip')",
        );
        check(
            "URL('http://h/a.csv?from=b.tsv', headers('x' = 'env:H'))",
            "URL('http://h/a.csv?from=b.tsv', 'CSV', headers('x' = 'env:H'))",
        );
        check(
            "HDFS('hdfs://h/a_*.csv', auto)",
            "HDFS('hdfs://h/a_*.csv', 'CSV')",
        );
        check(
            "AzureBlobStorage('http://h/a.json', 'c', 'x.csv', 'u', 'env:K')",
            "AzureBlobStorage('http://h/a.json', 'c', 'x.csv', 'u', 'env:K', 'CSV')",
        );
        check(
            "DeltaLake('http://h/b/t/', NOSIGN)",
            "DeltaLake('http://h/b/t/', 'NOSIGN', 'Parquet')",
        );
        // What is said stays as it is said.
        check("URL('http://h/a.csv', tsv)", "URL('http://h/a.csv', 'tsv')");
        check("S3('http://h/b/a', NOSIGN)", "S3('http://h/b/a', 'NOSIGN')");
        check(
            "S3('http://h/b/a.csv', format = 'TSV')",
            "S3('http://h/b/a.csv', format = 'TSV')",
        );
    }

    #[test]
    fn a_format_that_nobody_can_know_is_left_open() {
        for (wanted, live, like) in [
            ("S3(c)", "S3(c, format = 'CSV')", true),
            (
                "S3(c, format = auto)",
                "S3(c, format = auto, format = 'CSV')",
                true,
            ),
            (
                "S3('http://h/b/a', NOSIGN)",
                "S3('http://h/b/a', 'NOSIGN', 'TSV')",
                true,
            ),
            (
                "S3('http://h/b/a.csv', format = 'TSV')",
                "S3('http://h/b/a.csv', 'TSV', format = 'TSV')",
                true,
            ),
            ("S3(c)", "S3(c, filename = 'a')", false),
            ("S3('http://h/b/a.csv')", "S3('http://h/b/a.csv', 'TSV')", false),
            (
                "S3('http://h/b/a', CSV)",
                "S3('http://h/b/a', 'CSV', 'gzip')",
                false,
            ),
            ("S3(c, format = 'CSV')", "S3(c)", false),
        ] {
            assert_eq!(is_like(&read(live), &read(wanted)), like, "{wanted} {live}");
        }
    }
}
