//! Holds the type grammar to the real engine: every spelling of `chx-core/testdata/types.tsv` makes a column, and
//! what is stored must be what the file says. The unit tests of chx-core hold the parser to the same file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may be blunt")]

use chx_core::types::DataType;
use chx_local::Local;
use chx_local::engine::Connection;

const CORPUS: &str = include_str!("../../chx-core/testdata/types.tsv");

/// Settings for types that a server is careful with.
const CAREFUL: [&str; 4] = [
    "allow_suspicious_low_cardinality_types",
    "allow_suspicious_fixed_string_types",
    "allow_suspicious_variant_types",
    "enable_nullable_tuple_type",
];

fn unescape(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\\n", "\\n")
        .replace("\\\\", "\\")
}

fn text(connection: &mut Connection, sql: &str) -> String {
    connection
        .query(sql, "TSVRaw", &[])
        .unwrap()
        .text()
        .trim_end_matches('\n')
        .to_owned()
}

fn allow(connection: &mut Connection, allowed: bool) {
    for setting in CAREFUL {
        connection
            .execute(format!("SET {setting} = {}", u8::from(allowed)))
            .unwrap();
    }
}

/// The columns that the engine stores for a column `c` of this type, or `!` and the code of its error.
fn stored(connection: &mut Connection, data_type: &str) -> String {
    let created = connection.execute(format!("CREATE TABLE types.t (c {data_type}) ENGINE = Memory"));
    if let Err(exception) = created {
        return format!("!{}", exception.code);
    }
    let sql = text(
        connection,
        "SELECT create_table_query FROM system.tables WHERE database = 'types'",
    );
    let columns = sql
        .strip_prefix("CREATE TABLE types.t (")
        .and_then(|sql| sql.strip_suffix(") ENGINE = Memory"))
        .unwrap_or_else(|| panic!("{sql}"))
        .to_owned();
    // The other spelling that the same server gives must be the same type to us.
    for line in text(
        connection,
        "SELECT type FROM system.columns WHERE database = 'types'",
    )
    .lines()
    {
        let reported = DataType::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        // Version 0 of a state is printed as no version, which means version 1 in a new column.
        let is_same =
            columns.contains(&reported.to_string()) || data_type.starts_with("AggregateFunction(0,");
        assert!(is_same, "{line} is not in {columns}");
    }
    connection.execute("DROP TABLE types.t").unwrap();
    columns
}

#[test]
fn the_engine_stores_what_the_corpus_says() {
    let local = Local::open_temporary().unwrap();
    let mut connection = local.engine().connect().unwrap();
    connection
        .execute("CREATE DATABASE types ENGINE = Atomic")
        .unwrap();
    let mut spellings = 0;
    for line in CORPUS.lines() {
        let mut cells = line.split('\t').map(unescape);
        let (Some(spelling), Some(expected)) = (cells.next(), cells.next()) else {
            panic!("{line}")
        };
        match cells.next() {
            None => assert_eq!(stored(&mut connection, &spelling), expected, "{spelling}"),
            Some(careful) => {
                assert_eq!(stored(&mut connection, &spelling), careful, "{spelling}");
                allow(&mut connection, true);
                assert_eq!(stored(&mut connection, &spelling), expected, "{spelling}");
                allow(&mut connection, false);
            }
        }
        // What we print is a fixpoint of the engine.
        if let (Ok(data_type), false) = (DataType::parse(&spelling), expected.starts_with('!')) {
            allow(&mut connection, true);
            let again = stored(&mut connection, &data_type.to_string());
            allow(&mut connection, false);
            let is_state_without_version = spelling.starts_with("AggregateFunction(0, sumMap");
            assert!(
                again == expected || is_state_without_version,
                "{spelling}: {data_type} stored as {again}"
            );
        }
        spellings += 1;
    }
    assert!(spellings > 1000, "{spellings}");
}
