//! Formats of data, and which one a file has by its name.
//!
//! The names are those of `system.formats` of ClickHouse 26.9; a server finds them in any case. It finds the format of a
//! file by its extension, behind that of a compression, among the names and a few words besides (measured on 25.8, 26.7 and
//! 26.9). What only the bytes of a file tell is not known here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names, one a line, in order.
const NAMES: &str = include_str!("formats.txt");

/// Extensions that are no name of a format, or the name of another one.
const EXTENSIONS: [(&str, &str); 5] = [
    ("bin", "RowBinary"),
    ("bson", "BSONEachRow"),
    ("jsonl", "JSONEachRow"),
    ("md", "Markdown"),
    ("pb", "Protobuf"),
];

/// Extensions of compressed files.
const COMPRESSIONS: [&str; 12] = [
    "br", "brotli", "bz2", "deflate", "gz", "gzip", "lz4", "lzma", "snappy", "xz", "zst", "zstd",
];

/// The formats by their names in small letters.
fn names() -> &'static BTreeMap<String, &'static str> {
    static BY_NAME: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
        NAMES
            .lines()
            .map(|name| (name.to_ascii_lowercase(), name))
            .collect()
    });
    &BY_NAME
}

/// Is it a format, or `auto`, which leaves it to the server?
///
/// ```
/// use chx_core::rules::format::is_format;
/// assert!(is_format("CSV") && is_format("csvWithNames") && is_format("auto"));
/// assert!(!is_format("gzip"));
/// ```
pub fn is_format(word: &str) -> bool {
    is_auto(word) || names().contains_key(&word.to_ascii_lowercase())
}

/// Is the format left to the server?
pub fn is_auto(word: &str) -> bool {
    word.eq_ignore_ascii_case("auto")
}

/// The format that a file has by its name: the part of a path behind the last `/`.
///
/// ```
/// use chx_core::rules::format::of_file;
/// assert_eq!(of_file("/2026/hits_*.parquet"), Some("Parquet"));
/// assert_eq!(of_file("hits.JSONL.gz"), Some("JSONEachRow"));
/// assert_eq!(of_file("/data.csv/hits"), None);
/// ```
pub fn of_file(path: &str) -> Option<&'static str> {
    let file = path.rsplit('/').next()?;
    let (rest, mut extension) = file.rsplit_once('.')?;
    let is = |word: &str| word.eq_ignore_ascii_case(extension);
    if COMPRESSIONS.iter().any(|word| is(word)) {
        (_, extension) = rest.rsplit_once('.')?;
    }
    let extension = extension.to_ascii_lowercase();
    let word = EXTENSIONS.iter().find(|(word, _)| *word == extension);
    word.map(|(_, name)| *name)
        .or_else(|| names().get(&extension).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_format_of_its_extension() {
        for (path, format) in [
            ("a.csv", Some("CSV")),
            ("a.csv.zst", Some("CSV")),
            ("a.CSVWithNames", Some("CSVWithNames")),
            ("a.bin", Some("RowBinary")),
            ("hits.zip::a.tsv", Some("TSV")),
            ("{_partition_id}.ndjson", Some("NDJSON")),
            ("a.{csv,tsv}", None),
            ("a.gz", None),
            ("a.csv.zip", None),
            ("csv", None),
            ("", None),
        ] {
            assert_eq!(of_file(path), format, "{path}");
        }
    }

    #[test]
    fn the_names_are_in_order_and_differ_in_more_than_case() {
        let lines: Vec<&str> = NAMES.lines().collect();
        assert!(lines.is_sorted());
        assert_eq!(names().len(), lines.len());
    }
}
