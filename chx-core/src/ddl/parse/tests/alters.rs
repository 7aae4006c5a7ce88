//! ALTER, RENAME, DROP.

use super::*;

#[test]
fn alters() {
    reads(
        "ALTER TABLE t ADD COLUMN a Int8, ADD COLUMN IF NOT EXISTS b Int8 FIRST, ADD COLUMN c Int8 DEFAULT a AFTER b",
        "ALTER TABLE d.t (ADD COLUMN a Int8), (ADD COLUMN IF NOT EXISTS b Int8 FIRST), (ADD COLUMN c Int8 DEFAULT a AFTER b)",
    );
    reads(
        "ALTER TABLE d.t ADD COLUMN n.a Array(Int8) AFTER `n`.`b`",
        "ALTER TABLE d.t (ADD COLUMN `n.a` Array(Int8) AFTER `n.b`)",
    );
    reads(
        "ALTER TABLE d.t ADD COLUMN after Int8 DEFAULT after AFTER after",
        "ALTER TABLE d.t (ADD COLUMN after Int8 DEFAULT after AFTER after)",
    );
    for command in [
        "MODIFY REFRESH EVERY 1 HOUR DEPENDS ON d.a",
        "MODIFY DEFINER = bob SQL SECURITY DEFINER",
        "MODIFY SQL SECURITY NONE",
        "ADD COLUMN a Int8 EPHEMERAL COMMENT '' FIRST",
        "ADD COLUMN a Int8 EPHEMERAL COMMENT '' AFTER b",
        "ADD COLUMN a Int8 EPHEMERAL ttl FIRST",
        "DROP COLUMN a",
        "DROP COLUMN IF EXISTS if",
        "RENAME COLUMN a TO b",
        "RENAME COLUMN IF EXISTS a TO b",
        "MODIFY COLUMN a UInt16 DEFAULT 5 COMMENT 'x' CODEC(ZSTD) TTL d FIRST",
        "MODIFY COLUMN IF EXISTS a String AFTER b",
        "MODIFY COLUMN a DEFAULT 1",
        "MODIFY COLUMN a MATERIALIZED k + 1",
        "MODIFY COLUMN a COMMENT ''",
        "MODIFY COLUMN a CODEC(Delta, LZ4)",
        "MODIFY COLUMN a TTL d + toIntervalDay(1)",
        "MODIFY COLUMN a FIRST",
        "MODIFY COLUMN a REMOVE DEFAULT",
        "MODIFY COLUMN a REMOVE SETTINGS",
        "MODIFY COLUMN a MODIFY SETTING x = 1, y = 'z'",
        "MODIFY COLUMN a RESET SETTING x, y",
        "COMMENT COLUMN a 'x'",
        "COMMENT COLUMN IF EXISTS a ''",
        "MODIFY ORDER BY (k, l)",
        "MODIFY SAMPLE BY k",
        "REMOVE SAMPLE BY",
        "MODIFY TTL d + toIntervalDay(1), e TO DISK 'x'",
        "REMOVE TTL",
        "MODIFY SETTING a = 1, b = 'c'",
        "RESET SETTING a, b",
        "MODIFY COMMENT 'it\\'s'",
        "ADD INDEX i (a, b) TYPE minmax GRANULARITY 2 FIRST",
        "ADD INDEX IF NOT EXISTS i a TYPE minmax AFTER j",
        "DROP INDEX IF EXISTS i",
        "MATERIALIZE INDEX i",
        "ADD PROJECTION p (SELECT a ORDER BY a)",
        "ADD PROJECTION IF NOT EXISTS p INDEX a TYPE basic WITH SETTINGS (x = 1)",
        "DROP PROJECTION p",
        "MATERIALIZE PROJECTION IF EXISTS p",
        "ADD CONSTRAINT IF NOT EXISTS c CHECK a > 0",
        "DROP CONSTRAINT c",
        "MATERIALIZE COLUMN a",
        "MODIFY QUERY SELECT a, b FROM d.s WHERE c",
    ] {
        same(&format!("ALTER TABLE d.t ({command})"));
        same(&format!("ALTER TABLE d.t ({command}), (DROP COLUMN z)"));
        reads(
            &format!("alter table t {command}"),
            &format!("ALTER TABLE d.t ({command})"),
        );
    }
    reads(
        "ALTER TABLE d.t ALTER COLUMN a TYPE Int32 DEFAULT 1 FIRST",
        "ALTER TABLE d.t (MODIFY COLUMN a Int32 DEFAULT 1 FIRST)",
    );
    reads(
        "ALTER TABLE d.t MODIFY COLUMN a Int8 NULL",
        "ALTER TABLE d.t (MODIFY COLUMN a Nullable(Int8))",
    );
    fails(
        "ALTER TABLE d.t (DROP COLUMN a, DROP COLUMN b)",
        "expected `)`: each command has parentheses of its own, found `,` (line 1, column 31, at `, DROP COLUMN b)`)",
    );
    unsupported(
        "ALTER TABLE d.t MODIFY SETTING a = DEFAULT",
        "MODIFY SETTING name = DEFAULT",
    );
    fails(
        "ALTER TABLE d.t MODIFY SETTING a = 1, DROP COLUMN b",
        "expected `=` behind the setting `DROP`, found `COLUMN` (line 1, column 44, at `COLUMN b`)",
    );
    fails(
        "ALTER TABLE d.t MODIFY COLUMN a",
        "expected what to change about the column, found the end of the text (line 1, column 32)",
    );
    unsupported("ALTER TABLE d.t ON CLUSTER c DROP COLUMN a", "ON CLUSTER");
    unsupported("ALTER TABLE d.t DELETE WHERE 1", "ALTER TABLE ... DELETE");
    unsupported(
        "ALTER TABLE d.t MATERIALIZE TTL",
        "ALTER TABLE ... MATERIALIZE TTL",
    );
    unsupported(
        "ALTER TABLE d.t MATERIALIZE INDEX i IN PARTITION 1",
        "IN PARTITION",
    );
    unsupported(
        "ALTER TABLE d.t ADD PROJECTION p (SELECT a ORDER BY a) FIRST",
        "ADD PROJECTION ... FIRST or AFTER",
    );
    unsupported(
        "ALTER TABLE d.t RENAME COLUMN a TO b SETTINGS mutations_sync = 2",
        "SETTINGS of the query",
    );
    unsupported(
        "ALTER TABLE d.t MODIFY COLUMN a Int8 STATISTICS(uniq)",
        "MODIFY COLUMN ... STATISTICS",
    );
}

#[test]
fn renames_and_drops() {
    same("RENAME TABLE d.a TO e.b");
    same("RENAME TABLE IF EXISTS d.a TO e.b");
    reads("RENAME a TO b", "RENAME TABLE d.a TO d.b");
    same("DROP TABLE d.t");
    same("DROP TABLE IF EXISTS d.t SYNC");
    same("DROP VIEW d.v");
    unsupported("RENAME TABLE d.a TO d.b, d.b TO d.a", "RENAME of several tables");
    unsupported("RENAME DATABASE a TO b", "RENAME DATABASE");
    unsupported("DROP TABLE d.a, d.b", "DROP of several objects");
    unsupported("DROP TABLE IF EMPTY d.a", "IF EMPTY");
    same("DROP DICTIONARY IF EXISTS d.a SYNC");
    reads("RENAME DICTIONARY a TO b", "RENAME TABLE d.a TO d.b");
    same("EXCHANGE TABLES d.a AND d.b");
    reads("EXCHANGE DICTIONARIES a AND e.b", "EXCHANGE TABLES d.a AND e.b");
}
