//! The engine of a table and its clauses.

use crate::model::written_out::{secret_at, strings};
use crate::model::{
    Direction, Engine, EngineFamily, Expr, Key, KeyPart, Storage, TtlAction, TtlRule, UNIQUE_KEY_SETTING,
};

use super::column::{codec, settings};
use super::out::Out;

/// An engine with its arguments; passwords among them are secrets.
pub(super) fn engine(out: &mut Out, engine: &Engine) {
    out.name(&engine.name);
    if !engine.args.is_empty() {
        out.word("(");
        out.list(&engine.args, argument);
        out.word(")");
    }
}

fn argument(out: &mut Out, arg: &Expr) {
    let sql = arg.as_sql();
    let mut from = 0;
    for at in strings(arg) {
        if let Some(secret) = secret_at(arg, &at) {
            out.word(&sql[from..at.start]);
            out.secret(&secret);
            from = at.end;
        }
    }
    out.word(&sql[from..]);
}

pub(super) fn storage(out: &mut Out, storage: &Storage) {
    out.clause("ENGINE = ");
    engine(out, &storage.engine);
    if !storage.partition_by.is_empty() {
        out.clause("PARTITION BY ");
        key(out, &storage.partition_by);
    }
    if let Some(primary_key) = &storage.primary_key {
        out.clause("PRIMARY KEY ");
        key(out, primary_key);
    }
    // Servers before 26 demand an ORDER BY of every MergeTree; PRIMARY KEY alone implies one.
    let must_say = storage.engine.family() == EngineFamily::MergeTree && storage.primary_key.is_none();
    if must_say || !storage.order_by.is_empty() {
        out.clause("ORDER BY ");
        key(out, &storage.order_by);
    }
    if !storage.unique_key.is_empty() {
        out.clause("UNIQUE KEY ");
        key(out, &storage.unique_key);
    }
    if let Some(expr) = &storage.sample_by {
        out.clause("SAMPLE BY ");
        out.sql(expr);
    }
    if !storage.ttl.is_empty() {
        out.clause("TTL");
        if storage.ttl.len() > 1 && out.is_pretty() {
            out.lines(&storage.ttl, ttl_rule);
        } else {
            out.word(" ");
            ttl_rules(out, &storage.ttl);
        }
    }
    if !storage.settings.is_empty() || !storage.unique_key.is_empty() {
        out.clause("SETTINGS ");
        settings(out, &storage.settings);
    }
    if !storage.unique_key.is_empty() {
        out.word_if(!storage.settings.is_empty(), ", ");
        out.word(UNIQUE_KEY_SETTING);
        out.word(" = 1");
    }
}

/// `tuple()`, `a`, `(a DESC)`, `(a, b)`.
pub(super) fn key(out: &mut Out, key: &Key) {
    match key.parts.as_slice() {
        [] => out.word("tuple()"),
        [
            KeyPart {
                expr,
                direction: Direction::Ascending,
            },
        ] => {
            // A single element that is a tuple itself would be taken for the key.
            let is_tuple = expr.tuple_elements().as_slice() != std::slice::from_ref(expr);
            out.word_if(is_tuple, "tuple(");
            out.sql(expr);
            out.word_if(is_tuple, ")");
        }
        parts => {
            out.word("(");
            out.list(parts, |out, part| {
                out.sql(&part.expr);
                out.word_if(part.direction == Direction::Descending, " DESC");
            });
            out.word(")");
        }
    }
}

/// Rules between commas, on one line.
pub(super) fn ttl_rules(out: &mut Out, rules: &[TtlRule]) {
    out.list(rules, ttl_rule);
}

fn ttl_rule(out: &mut Out, rule: &TtlRule) {
    out.sql(&rule.expr);
    match &rule.action {
        TtlAction::Delete { condition: None } => {}
        TtlAction::Delete {
            condition: Some(condition),
        } => {
            out.word(" DELETE WHERE ");
            out.sql(condition);
        }
        TtlAction::ToDisk { disk, if_exists } => move_to(out, "DISK", disk, *if_exists),
        TtlAction::ToVolume { volume, if_exists } => move_to(out, "VOLUME", volume, *if_exists),
        TtlAction::Recompress(stages) => {
            out.word(" RECOMPRESS ");
            codec(out, stages);
        }
        TtlAction::GroupBy { keys, set } => {
            out.word(" GROUP BY ");
            out.list(keys, Out::sql);
            out.word_if(!set.is_empty(), " SET ");
            out.list(set, |out, (name, expr)| {
                out.sql(name.sql());
                out.word(" = ");
                out.sql(expr);
            });
        }
    }
}

fn move_to(out: &mut Out, what: &str, name: &str, if_exists: bool) {
    out.word(" TO ");
    out.word(what);
    out.word(if if_exists { " IF EXISTS " } else { " " });
    out.string(name);
}
