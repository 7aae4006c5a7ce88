//! Random pairs of schemas go the way of the scenarios: purely, and on the engine with rows in the tables.
//!
//! `CHX_PAIRS` says how many (200 unless it is set), `CHX_SEED` which; `cargo xtask pairs` runs ten thousand. The same
//! numbers give the same pairs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed expectation is what tests are for"
)]

mod design;

use std::collections::BTreeSet;

use chx_core::ddl::{ParseContext, Statement, parse_statement, render_line};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Column, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{CopyMethod, Plan, Planned, Renames, plan};
use chx_tests::engine::Engine;
use chx_tests::laws::{check, show};
use chx_tests::states::{by_hand, start_over, stored};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use design::{Design, Edit, Rename};

#[test]
fn random_pairs_plan_prove_and_apply_with_the_rows_intact() {
    let number = |name: &str, otherwise: u32| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse().ok())
            .unwrap_or(otherwise)
    };
    let (pairs, seed) = (number("CHX_PAIRS", 200), number("CHX_SEED", 1));
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases: pairs,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let edit =
        (0..31_u8, any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(what, table, column, how)| Edit {
            what,
            table,
            column,
            how,
        });
    let strategy = (
        vec(vec(any::<u8>(), 1..6), 1..4),
        vec(edit.clone(), 0..12),
        vec(edit, 1..10),
    );
    let engine = Engine::start().unwrap();
    let counted = std::cell::RefCell::new(Counted::default());
    let result = runner.run(&strategy, |(tables, first, then)| {
        run(&engine, &tables, &first, &then, &counted).map_err(TestCaseError::fail)
    });
    engine.close().unwrap();
    println!("{:?}", counted.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// What the pairs came to.
#[derive(Debug, Default)]
struct Counted {
    pairs: u32,
    steps: usize,
    rebuilds: usize,
    with_rows: u32,
    ways_back: u32,
    columns_compared: usize,
}

fn run(
    engine: &Engine,
    tables: &[Vec<u8>],
    first: &[Edit],
    then: &[Edit],
    counted: &std::cell::RefCell<Counted>,
) -> Result<(), String> {
    let mut design = Design::new(tables);
    for edit in first {
        design.edit(*edit);
    }
    let before = design.clone();
    let mut renames = Vec::new();
    for edit in then {
        renames.extend(design.edit(*edit));
    }
    let schemas = Pair {
        before: schema(&before)?,
        after: schema(&design)?,
    };
    let (asked, standing) = hints(&renames, &schemas);
    let planned = plan(schemas.as_ref(), &asked).map_err(|error| error.to_string())?;
    let text = || {
        format!(
            "\n{}\nbefore:\n{}\nafter:\n{}",
            show(&planned),
            [before.statements(), before.access()].concat().join(";\n"),
            [design.statements(), design.access()].concat().join(";\n")
        )
    };
    check(&planned, &schemas, &asked, &standing).map_err(|error| format!("{error}{}", text()))?;
    on_engine(engine, &before, &design, &schemas, &planned, &asked, counted)
        .map_err(|error| format!("{error}{}", text()))
}

fn schema(design: &Design) -> Result<Schema, String> {
    let mut schema = Schema::default();
    for text in design.statements().into_iter().chain(design.access()) {
        let statement =
            parse_statement(&text, &ParseContext::default()).map_err(|e| format!("{e}\n{text}"))?;
        schema.apply(&statement).map_err(|error| error.to_string())?;
    }
    Ok(schema)
}

/// Renames as they lead from the first schema to the second: several of one name are one.
fn hints(renames: &[Rename], schemas: &Pair<Schema>) -> (Renames, Renames) {
    let name = |name: &str| QualifiedName::new("app", name).unwrap();
    let ident = |name: &str| Ident::new(name).unwrap();
    let mut tables: Vec<(String, String)> = Vec::new();
    let mut columns: Vec<(String, String, String)> = Vec::new();
    for rename in renames {
        match rename {
            Rename::Table { from, to } => {
                for (table, ..) in &mut columns {
                    if table == from {
                        table.clone_from(to);
                    }
                }
                match tables.iter_mut().find(|(_, now)| now == from) {
                    Some((_, now)) => now.clone_from(to),
                    None => tables.push((from.clone(), to.clone())),
                }
            }
            Rename::Swap { a, b } => {
                let other = |name: &String| match name {
                    name if name == a => b.clone(),
                    name if name == b => a.clone(),
                    name => name.clone(),
                };
                for name in [a, b] {
                    if tables.iter().all(|(_, now)| now != name) {
                        tables.push((name.clone(), name.clone()));
                    }
                }
                for (_, now) in &mut tables {
                    *now = other(now);
                }
                for (table, ..) in &mut columns {
                    *table = other(table);
                }
            }
            Rename::Column { table, from, to } => {
                match columns.iter_mut().find(|(at, _, now)| at == table && now == from) {
                    Some((_, _, now)) => now.clone_from(to),
                    None => columns.push((table.clone(), from.clone(), to.clone())),
                }
            }
        }
    }
    let (mut asked, mut standing) = (Renames::default(), Renames::default());
    // A table whose new name another one had, which went, is none that chx renames: the name is not free.
    tables.retain(|(from, to)| {
        from != to && schemas.before.table(&name(from)).is_some() && schemas.after.table(&name(to)).is_some()
    });
    loop {
        let freed: BTreeSet<String> = tables.iter().map(|(from, _)| from.clone()).collect();
        let hints = tables.len();
        tables.retain(|(_, to)| schemas.before.table(&name(to)).is_none() || freed.contains(to));
        if tables.len() == hints {
            break;
        }
    }
    for (from, to) in tables {
        asked.ask_relation(name(&from), name(&to));
        standing.relation(name(&from), name(&to));
    }
    for (table, from, to) in columns {
        asked.ask_column(name(&table), ident(&from), ident(&to));
        standing.column(name(&table), ident(&from), ident(&to));
    }
    (asked, standing)
}

fn on_engine(
    engine: &Engine,
    before: &Design,
    after: &Design,
    schemas: &Pair<Schema>,
    planned: &Plan,
    renames: &Renames,
    counted: &std::cell::RefCell<Counted>,
) -> Result<(), String> {
    let databases = ["app".to_owned()];
    start_over(engine, &databases, &schemas.before)?;
    engine.run_all(&before.statements())?;
    let was = stored(engine, &databases)?;
    // What a hazard says of the rows is meant: a cast that may fail, rows that a TTL deletes.
    let endangers_rows = planned.hazards.iter().any(|hazard| {
        ["CHX202", "CHX204", "CHX208", "CHX209"].contains(&hazard.finding.code.to_string().as_str())
    });
    let copies_by_casts = planned.rebuilds.iter().any(|rebuild| {
        matches!(&rebuild.copy, CopyMethod::InsertSelect { because } if because.contains(&"the columns differ"))
    });
    let has_rows = !endangers_rows && !copies_by_casts;
    if has_rows {
        for table in &before.tables {
            engine.run(&table.insert())?;
        }
    }
    let kept = kept_columns(schemas, planned, renames);
    let sums = |names: fn(&Kept) -> (&str, &[String])| -> Result<Vec<String>, String> {
        kept.iter()
            .map(|kept| {
                let (table, columns) = names(kept);
                engine.query(
                    &format!(
                        "SELECT count(), sum(cityHash64(k, {})) FROM {table}",
                        columns.join(", ")
                    ),
                    "TSV",
                )
            })
            .collect()
    };
    let were = sums(|kept| (&kept.before.0, &kept.before.1))?;
    for planned in planned.in_order() {
        match planned {
            // There is nowhere to keep those.
            Planned::Step(_, step) if matches!(step.statement, Statement::Access(_)) => {}
            Planned::Step(_, step) => engine.run(&render_line(&step.statement))?,
            Planned::Rebuild(_, rebuild) => by_hand(engine, rebuild)?,
        }
    }
    let are = sums(|kept| (&kept.after.0, &kept.after.1))?;
    if were != are {
        return Err(format!("the rows differ: {were:?} became {are:?} in {kept:?}"));
    }
    let migrated = stored(engine, &databases)?;
    start_over(engine, &databases, &schemas.after)?;
    engine.run_all(&after.statements())?;
    let wanted = stored(engine, &databases)?;
    let left = plan(Pair::new(&migrated, &wanted), &Renames::default()).map_err(|error| error.to_string())?;
    if !left.is_empty() {
        return Err(format!(
            "the migrated schema is not the wanted one; this would remain:\n{}",
            show(&left)
        ));
    }
    let down = planned.down();
    let leads_back = planned.rebuilds.is_empty() && down.impossible.is_empty();
    if leads_back {
        let kept = |statement: &&Statement| !matches!(statement, Statement::Access(_));
        for statement in down.statements.iter().filter(kept) {
            engine
                .run(&render_line(statement))
                .map_err(|error| format!("on the way back: {error}"))?;
        }
        let back = stored(engine, &databases)?;
        let left = plan(Pair::new(&back, &was), &Renames::default()).map_err(|error| error.to_string())?;
        if !left.is_empty() {
            return Err(format!(
                "the way back does not lead to what was before; this would remain:\n{}",
                show(&left)
            ));
        }
    }
    let mut counted = counted.borrow_mut();
    counted.ways_back += u32::from(leads_back);
    counted.pairs += 1;
    counted.steps += planned.steps.len();
    counted.rebuilds += planned.rebuilds.len();
    counted.with_rows += u32::from(has_rows);
    counted.columns_compared += kept.iter().map(|kept| kept.before.1.len()).sum::<usize>();
    Ok(())
}

/// A table that stays, and its columns that keep type and values: names before and after.
#[derive(Debug)]
struct Kept {
    before: (String, Vec<String>),
    after: (String, Vec<String>),
}

fn kept_columns(schemas: &Pair<Schema>, planned: &Plan, renames: &Renames) -> Vec<Kept> {
    let rebuilt: BTreeSet<String> = planned
        .rebuilds
        .iter()
        .map(|rebuild| rebuild.object.to_string())
        .collect();
    let mut found = Vec::new();
    for object in schemas.after.objects() {
        let chx_core::model::Object::Table(after) = object else {
            continue;
        };
        // A new table may have the name of one that was renamed, and a new column that of another.
        let old_name = match renames.relations.get(&after.name) {
            Some(old_name) => old_name,
            None if renames.relations.values().any(|name| *name == after.name) => continue,
            None => &after.name,
        };
        let Some(before) = schemas.before.table(old_name) else {
            continue;
        };
        if before.column("k").is_none() {
            continue;
        }
        let hints = renames.columns.get(&after.name);
        let mut kept = Kept {
            before: (before.name.to_string(), Vec::new()),
            after: (after.name.to_string(), Vec::new()),
        };
        for column in after.columns.iter().filter(|column| column.name.as_str() != "k") {
            let old = match hints.and_then(|hints| hints.get(&column.name)) {
                Some(old) => old,
                None if hints.is_some_and(|hints| hints.values().any(|name| *name == column.name)) => {
                    continue;
                }
                None => &column.name,
            };
            let Some(old) = before.column(old.as_str()) else {
                continue;
            };
            // A rebuild computes MATERIALIZED columns anew.
            let same = old.data_type == column.data_type
                && stays_stored(old)
                && stays_stored(column)
                && (!rebuilt.contains(&after.name.to_string())
                    || column.is_insertable() && old.is_insertable());
            if same {
                kept.before.1.push(old.name.to_string());
                kept.after.1.push(column.name.to_string());
            }
        }
        if kept.before.1.is_empty() {
            kept.before.1.push("1".to_owned());
            kept.after.1.push("1".to_owned());
        }
        found.push(kept);
    }
    found
}

fn stays_stored(column: &Column) -> bool {
    column.is_stored()
}
