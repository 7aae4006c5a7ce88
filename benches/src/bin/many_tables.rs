//! `chx-migrate` with a schema of as many tables as its first argument says, in the folder that the second one names; the
//! rest is the command line. With `CHX_BENCH_MEMORY` in the environment it prints the most memory that it took, in
//! KiB, to stderr.
#![expect(clippy::print_stderr, reason = "the bench reads it")]

use std::process::ExitCode;

use chx_cli::Tool;
use chx_core::declare::{
    ColumnDeclaration, Declaration, DefaultDeclaration, Heading, IndexDeclaration, Origin,
    StorageDeclaration, TableDeclaration,
};
use chx_core::model::DefaultKind;
use chx_core::types::{TypeArg, TypeExpr};

fn main() -> ExitCode {
    chx_local::child::serve_if_child();
    let mut args = std::env::args().skip(1);
    let (Some(tables), Some(folder)) = (args.next().and_then(|n| n.parse().ok()), args.next()) else {
        return ExitCode::from(2);
    };
    let declarations: Vec<Declaration> = (0..tables).map(declaration).collect();
    let exit = Tool::new()
        .directory(folder)
        .declarations(&declarations)
        .run(args.collect::<Vec<_>>());
    if std::env::var_os("CHX_BENCH_MEMORY").is_some() {
        eprintln!("{}", chx_benches::peak_memory_kib());
    }
    ExitCode::from(exit)
}

/// What a derive would have left in the binary; here it is made when the program runs, which counts against us.
fn declaration(table: usize) -> Declaration {
    let columns: Vec<ColumnDeclaration> = (0..20).map(column).collect();
    Declaration::Table(leak(TableDeclaration {
        heading: Heading {
            database: Some("bench"),
            name: leak_str(format!("events_{table:05}")),
            comment: "What happened.",
            renamed_from: None,
            checks: &[],
            raw: &[],
            origin: Origin {
                file: file!(),
                line: line!(),
                module: module_path!(),
                item: "Events",
            },
        },
        columns: Vec::leak(columns),
        storage: StorageDeclaration {
            partition_by: Some("toYYYYMM(c1)"),
            order_by: Some("(c0, c1)"),
            ttl: &["toDateTime(c1) + toIntervalDay(90)"],
            ..StorageDeclaration::new("MergeTree")
        },
        indexes: &[IndexDeclaration {
            name: "by_c2",
            expr: "c2",
            index_type: "bloom_filter(0.01)",
            granularity: Some(4),
        }],
        projections: &[],
        constraints: &[],
    }))
}

const STRING: TypeExpr = TypeExpr::named("String");
const FLOAT: TypeExpr = TypeExpr::named("Float64");

fn column(column: usize) -> ColumnDeclaration {
    let data_type = match column % 5 {
        0 => TypeExpr::named("UInt64"),
        1 => TypeExpr::with("DateTime64", &[TypeArg::Number(3)]),
        2 => TypeExpr::with("LowCardinality", &[TypeArg::Type(STRING)]),
        3 => TypeExpr::with("Nullable", &[TypeArg::Type(FLOAT)]),
        _ => TypeExpr::with("Array", &[TypeArg::Type(STRING)]),
    };
    let default = DefaultDeclaration {
        kind: DefaultKind::Default,
        expr: Some("now64(3)"),
    };
    ColumnDeclaration {
        codec: column.is_multiple_of(5).then_some("Delta(8), ZSTD(3)"),
        default: (column % 5 == 1).then_some(default),
        ..ColumnDeclaration::new(leak_str(format!("c{column}")), data_type, "", 0)
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_str(text: String) -> &'static str {
    String::leak(text)
}
