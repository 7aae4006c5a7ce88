//! A set of thirty statements of all kinds, and what a database looks like behind it.

use crate::project::{Program, Project};
use crate::proxy::Served;

const FIRST: &str = "
CREATE DATABASE shop;
CREATE TABLE shop.a (n UInt64, s String, x UInt64) ENGINE = MergeTree ORDER BY n;
CREATE TABLE shop.b (n UInt64, v UInt64) ENGINE = ReplacingMergeTree(v) ORDER BY n;
-- chx:probe SELECT count() > 0 FROM shop.a
INSERT INTO shop.a SELECT number, toString(number % 7), number FROM numbers(1000);
CREATE TABLE shop.sums (s String, n UInt64) ENGINE = SummingMergeTree ORDER BY s;
CREATE MATERIALIZED VIEW shop.filler TO shop.sums AS SELECT s, count() AS n FROM shop.a GROUP BY s;
-- chx:probe SELECT max(n) >= 1000 FROM shop.a
INSERT INTO shop.a SELECT number + 1000, 'late', number FROM numbers(500);
CREATE VIEW shop.late AS SELECT n FROM shop.a WHERE s = 'late';
ALTER TABLE shop.a ADD COLUMN y UInt8 DEFAULT 3;
ALTER TABLE shop.a COMMENT COLUMN y 'why';
";

const SECOND: &str = "
ALTER TABLE shop.a ADD INDEX by_x x TYPE minmax GRANULARITY 1;
ALTER TABLE shop.a MATERIALIZE INDEX by_x;
ALTER TABLE shop.a MODIFY COLUMN y UInt16;
ALTER TABLE shop.a RENAME COLUMN y TO z;
ALTER TABLE shop.a MODIFY SETTING merge_with_ttl_timeout = 7200;
ALTER TABLE shop.a UPDATE x = x + 1 WHERE n < 100;
ALTER TABLE shop.a DELETE WHERE n % 10 = 0;
DELETE FROM shop.a WHERE n % 10 = 1;
OPTIMIZE TABLE shop.a FINAL;
RENAME TABLE shop.b TO shop.c;
";

/// What the second expects: true only until it has begun, so that a run that goes on with it must not ask again.
const EXPECTED: &str = "
-- chx:expect shop.c missing
-- chx:expect shop.a.y UInt8
-- chx:expect shop.a rows = 1500
-- chx:expect SELECT throwIf(max(n) >= 1500, 'somebody else wrote') FROM shop.a";

/// The parts of the third, which is a folder.
const THIRD_BEFORE: &str = "
-- chx:probe SELECT count() > 0 FROM shop.c
INSERT INTO shop.c SELECT n, x FROM shop.a;
ALTER TABLE shop.a ADD CONSTRAINT positive CHECK n >= 0;
";

const THIRD: &str = "
ALTER TABLE shop.a DROP INDEX by_x;
ALTER TABLE shop.a DROP COLUMN z;
DROP VIEW shop.late;
CREATE TABLE shop.d (n UInt64) ENGINE = MergeTree ORDER BY n;
-- chx:probe SELECT count() > 0 FROM shop.d
INSERT INTO shop.d SELECT n FROM shop.c WHERE n < 50;
";

const THIRD_AFTER: &str = "
-- chx:probe SELECT count() = 0 FROM shop.c
TRUNCATE TABLE shop.c;
DROP TABLE shop.c;
CREATE OR REPLACE VIEW shop.all AS SELECT n FROM shop.d;
";

const THIRD_CHECKS: &str = "SELECT throwIf(count() != 40, 'rows of d') FROM shop.d;\n";

/// Consent to all that they destroy.
pub(crate) const CONSENT: [&str; 12] = [
    "--allow-destructive",
    "2_second:6",
    "--allow-destructive",
    "2_second:7",
    "--allow-destructive",
    "2_second:8",
    "--allow-destructive",
    "shop.a.z",
    "--allow-destructive",
    "3_third:8",
    "--allow-destructive",
    "shop.c",
];

/// A project with the set, not applied anywhere.
pub(crate) fn project() -> Project {
    let project = Project::new();
    project.draft("1_first", FIRST, "");
    project.draft("2_second", SECOND, "");
    let draft = "-- chx:draft";
    project.edit("migrations/2_second.sql", "migration 1", "migration 2");
    project.edit("migrations/2_second.sql", draft, &format!("{draft}{EXPECTED}"));
    let third = project.path().join("migrations/3_third");
    std::fs::create_dir(&third).unwrap();
    let up = format!("-- chx:migration 1\n-- chx:id 3_third\n{draft}\n\n-- chx:up\n{THIRD}");
    for (part, text) in [
        ("up.sql", up.as_str()),
        ("pre.sql", THIRD_BEFORE),
        ("post.sql", THIRD_AFTER),
        ("checks.sql", THIRD_CHECKS),
    ] {
        std::fs::write(third.join(part), text).unwrap();
    }
    project.run(Program::First, &["seal"]).expect(0);
    let plan = project
        .run(Program::First, &["migrate", "--plan", "--json"])
        .expect(0)
        .json();
    let count: usize = plan["pending"]
        .as_array()
        .unwrap()
        .iter()
        .map(|migration| migration["statements"].as_array().unwrap().len())
        .sum();
    assert_eq!(count, 30);
    project
}

/// Everything that can be seen of a database behind the set: definitions, rows, and what the journal says of each
/// statement.
pub(crate) fn picture(served: &Served) -> String {
    [
        "SELECT name, replaceRegexpAll(create_table_query, '\\\\s+', ' ') FROM system.tables WHERE database = 'shop' ORDER BY name",
        "SELECT 'a', count(), sum(cityHash64(n, s, x)), sum(x) FROM shop.a",
        "SELECT 'd', count(), sum(n) FROM shop.d",
        "SELECT 'sums', s, sum(n) FROM shop.sums GROUP BY s ORDER BY s",
        "SELECT 'mutations', table, count() FROM system.mutations WHERE database = 'shop' AND NOT is_done GROUP BY table",
        "SELECT migration, statement, if(argMax(event, sequence) IN ('finished', 'found_done'), 'done', 'not done'), \
         countIf(event IN ('finished', 'found_done')) FROM chx.journal GROUP BY migration, statement ORDER BY migration, statement",
    ]
    .map(|sql| served.query(sql))
    .join("\n")
}

/// Makes the server what it was before.
pub(crate) fn clear(served: &Served) {
    served.query("DROP DATABASE IF EXISTS shop");
    served.query("DROP DATABASE IF EXISTS chx");
}
