//! Reading and writing DDL: 100, 1000 and 10 000 CREATE statements of 20 columns, parsed and brought into
//! canonical form (`canonicalize`), and what of it is parsing, rendering and hashing. Items are statements: divan prints
//! how many a second, on one core.

use chx_core::canon::canonical;
use chx_core::ddl::{ParseContext, parse_object, render, render_object_line};
use chx_core::fingerprint::Fingerprint;
use chx_core::model::Object;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [100, 1000, 10_000];

fn texts(tables: usize) -> Vec<String> {
    chx_benches::create_statements(tables, 20, 0)
}

fn objects(tables: usize) -> Vec<Object> {
    texts(tables)
        .iter()
        .filter_map(|sql| parse_object(sql, &ParseContext::default()).ok())
        .collect()
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn canonicalize(bencher: Bencher<'_, '_>, tables: usize) {
    let texts = texts(tables);
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        texts
            .iter()
            .filter_map(|sql| parse_object(sql, &ParseContext::default()).ok().map(canonical))
            .count()
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn parse_only(bencher: Bencher<'_, '_>, tables: usize) {
    let texts = texts(tables);
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        texts
            .iter()
            .filter_map(|sql| parse_object(sql, &ParseContext::default()).ok())
            .count()
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn lex_only(bencher: Bencher<'_, '_>, tables: usize) {
    let texts = texts(tables);
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        texts
            .iter()
            .filter_map(|sql| chx_core::sql::lex(sql).ok().map(|tokens| tokens.len()))
            .sum::<usize>()
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn render_for_people(bencher: Bencher<'_, '_>, tables: usize) {
    let statements: Vec<_> = objects(tables)
        .into_iter()
        .map(chx_core::ddl::Statement::creating)
        .collect();
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        statements
            .iter()
            .map(|statement| render(statement).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn render_on_one_line(bencher: Bencher<'_, '_>, tables: usize) {
    let objects = objects(tables);
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        objects
            .iter()
            .map(|object| render_object_line(object).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn fingerprint(bencher: Bencher<'_, '_>, tables: usize) {
    let objects = objects(tables);
    bencher.counter(ItemsCount::new(tables)).bench_local(|| {
        objects
            .iter()
            .map(|object| Fingerprint::of(object).version())
            .sum::<u32>()
    });
}
