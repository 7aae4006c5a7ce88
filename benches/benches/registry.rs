//! From declarations to the canonical schema: what every command that asks for the registry pays first. Tables of 20
//! columns, with a partition key, a sorting key and a codec; the growth from line to line is the measure.
//!
//! `cargo bench -p chx-benches --bench registry`
#![expect(clippy::expect_used, reason = "a bench that cannot run must stop")]

use chx_core::declare::{
    ColumnDeclaration, Declaration, Heading, Origin, StorageDeclaration, TableDeclaration,
};
use chx_core::ident::Ident;
use chx_core::types::{TypeArg, TypeExpr};
use chx_runtime::registry::Registry;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const STRING: TypeArg = TypeArg::Type(TypeExpr::named("String"));

/// Twenty columns as a schema has them: mostly plain types, some with clauses.
const COLUMNS: &[ColumnDeclaration] = &[
    ColumnDeclaration {
        codec: Some("Delta, ZSTD(3)"),
        ..ColumnDeclaration::new(
            "ts",
            TypeExpr::with("DateTime64", &[TypeArg::Number(3)]),
            "The moment.",
            1,
        )
    },
    ColumnDeclaration::new(
        "site",
        TypeExpr::with("LowCardinality", &[STRING]),
        "The site.",
        2,
    ),
    ColumnDeclaration::new("user", TypeExpr::with("Nullable", &[STRING]), "The user.", 3),
    ColumnDeclaration::new("tags", TypeExpr::with("Array", &[STRING]), "", 4),
    ColumnDeclaration::new("c0", TypeExpr::named("UInt64"), "", 5),
    ColumnDeclaration::new("c1", TypeExpr::named("UInt64"), "", 6),
    ColumnDeclaration::new("c2", TypeExpr::named("UInt32"), "", 7),
    ColumnDeclaration::new("c3", TypeExpr::named("UInt32"), "", 8),
    ColumnDeclaration::new("c4", TypeExpr::named("Float64"), "", 9),
    ColumnDeclaration::new("c5", TypeExpr::named("Float64"), "", 10),
    ColumnDeclaration::new("c6", TypeExpr::named("String"), "", 11),
    ColumnDeclaration::new("c7", TypeExpr::named("String"), "", 12),
    ColumnDeclaration::new("c8", TypeExpr::named("String"), "", 13),
    ColumnDeclaration::new("c9", TypeExpr::named("String"), "", 14),
    ColumnDeclaration::new("c10", TypeExpr::named("Date"), "", 15),
    ColumnDeclaration::new("c11", TypeExpr::named("Bool"), "", 16),
    ColumnDeclaration::new("c12", TypeExpr::named("Int64"), "", 17),
    ColumnDeclaration::new("c13", TypeExpr::named("Int64"), "", 18),
    ColumnDeclaration::new("c14", TypeExpr::named("UUID"), "", 19),
    ColumnDeclaration::new("c15", TypeExpr::named("UInt8"), "", 20),
];

/// As many tables, as if a derive had written each. They stay for the life of the program, as those do.
fn declarations(tables: usize) -> Vec<Declaration> {
    let table = |number: usize| {
        let heading = Heading {
            database: Some("web"),
            name: format!("table_{number}").leak(),
            comment: "One of many.",
            renamed_from: None,
            checks: &[],
            raw: &[],
            origin: Origin {
                file: "src/schema.rs",
                line: 1,
                module: "schema",
                item: "Table",
            },
        };
        let storage = StorageDeclaration {
            partition_by: Some("toYYYYMM(ts)"),
            order_by: Some("(site, ts, cityHash64(user))"),
            ..StorageDeclaration::new("MergeTree")
        };
        let table = TableDeclaration {
            heading,
            columns: COLUMNS,
            storage,
            indexes: &[],
            projections: &[],
            constraints: &[],
        };
        Declaration::Table(Box::leak(Box::new(table)))
    };
    (0..tables).map(table).collect()
}

#[divan::bench(args = [100, 1000, 10_000], sample_count = 20)]
fn read(bencher: divan::Bencher<'_, '_>, tables: usize) {
    let declarations = declarations(tables);
    let database = Ident::new("default").expect("a name");
    bencher
        .counter(ItemsCount::new(tables))
        .bench_local(|| Registry::of(&declarations, &database).expect("a schema"));
}
