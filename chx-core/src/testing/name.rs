//! Names and texts.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::ident::{Ident, QualifiedName};

/// Names of columns: ordinary ones, keywords of every clause that may stand near, and names that need quotes.
const COLUMNS: [&str; 24] = [
    "id",
    "ts",
    "site",
    "user",
    "version",
    "comment",
    "order",
    "ttl",
    "codec",
    "engine",
    "index",
    "projection",
    "constraint",
    "primary",
    "first",
    "after",
    "type",
    "if",
    "n.a",
    "a b",
    "größe",
    "a`b",
    "a\\b",
    "1st",
];

const RELATIONS: [&str; 7] = ["hits", "users", "daily", "table", "my table", "uuid", "on"];
const DATABASES: [&str; 3] = ["app", "web", "my-db"];

fn known(name: &str) -> Ident {
    Ident::new(name).expect("the names of this file are names")
}

/// Any name.
pub fn ident() -> BoxedStrategy<Ident> {
    prop_oneof![
        8 => select(&COLUMNS[..]).prop_map(known),
        1 => "[a-zA-Z_][a-zA-Z0-9_]{0,8}".prop_map(|name| known(&name)),
        1 => "[^\0]{1,6}".prop_map(|name| known(&name)),
    ]
    .boxed()
}

/// Names of the columns of one table: some, different, in any order.
pub fn column_names() -> BoxedStrategy<Vec<Ident>> {
    subsequence(&COLUMNS[..], 1..=7)
        .prop_shuffle()
        .prop_map(|names| names.into_iter().map(known).collect())
        .boxed()
}

/// The name of a database.
pub fn database_name() -> BoxedStrategy<Ident> {
    select(&DATABASES[..]).prop_map(known).boxed()
}

/// The name of a table or view.
pub fn relation_name() -> BoxedStrategy<QualifiedName> {
    (database_name(), select(&RELATIONS[..]))
        .prop_map(|(database, name)| QualifiedName {
            database,
            name: known(name),
        })
        .boxed()
}

/// The text of a comment or a string: often none, often with quotes, line ends or SQL in it.
pub fn text() -> BoxedStrategy<String> {
    prop_oneof![
        2 => Just(String::new()),
        2 => select(vec!["a comment", "it's", "PRIMARY KEY (a), ENGINE = x", "-- no\n/* comment", "a\\b\t\"c\"`", "😀"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ].boxed()
}
