//! Plans for 100, 1000 and 10 000 tables of 20 columns: nothing to do, two changed columns a table, and from empty. The
//! growth from line to line is the measure: ten times the tables, ten times the time.

use chx_core::pair::Pair;
use chx_core::plan::{Renames, plan};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [100, 1000, 10_000];

#[divan::bench(args = SIZES, sample_count = 10)]
fn nothing_to_do(bencher: divan::Bencher<'_, '_>, tables: usize) {
    let schemas = Pair::new(
        chx_benches::schema(tables, 20, 0),
        chx_benches::schema(tables, 20, 0),
    );
    bencher.bench_local(|| plan(schemas.as_ref(), &Renames::default()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn two_changes_a_table(bencher: divan::Bencher<'_, '_>, tables: usize) {
    let schemas = Pair::new(
        chx_benches::schema(tables, 20, 0),
        chx_benches::schema(tables, 20, 1),
    );
    bencher.bench_local(|| plan(schemas.as_ref(), &Renames::default()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn from_empty(bencher: divan::Bencher<'_, '_>, tables: usize) {
    let schemas = Pair::new(
        chx_core::model::Schema::default(),
        chx_benches::schema(tables, 20, 0),
    );
    bencher.bench_local(|| plan(schemas.as_ref(), &Renames::default()));
}
