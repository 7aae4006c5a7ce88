//! Columns, their clauses, codecs and settings.

use crate::model::written_out::is_secret_setting;
use crate::model::{
    Codec, Column, ColumnDefault, DISK, Disk, DiskValue, Expr, Secret, Settings, text_of_disk,
};

use super::out::Out;

/// `name type DEFAULT ... COMMENT ... CODEC(...) STATISTICS(...) TTL ... SETTINGS (...)`: the order that every
/// version takes.
///
/// Behind EPHEMERAL without an expression the server takes every word but COMMENT for an expression, so that an
/// empty comment must stand there if anything follows. `is_last` says that no position follows the column.
pub(super) fn column(out: &mut Out, column: &Column, is_last: bool) {
    let followed = !is_last
        || column.codec.is_some()
        || !column.statistics.is_empty()
        || column.ttl.is_some()
        || !column.settings.is_empty();
    out.sql(column.name.sql());
    out.word(" ");
    out.data_type(&column.data_type);
    if let Some(clause) = &column.default {
        default(out, clause);
    }
    if !column.comment.is_empty() || (followed && is_bare_ephemeral(column.default.as_ref())) {
        comment(out, &column.comment);
    }
    if let Some(stages) = &column.codec {
        out.word(" ");
        codec(out, stages);
    }
    if !column.statistics.is_empty() {
        out.word(" STATISTICS");
        exprs_in_parens(out, &column.statistics);
    }
    if let Some(expr) = &column.ttl {
        ttl(out, expr);
    }
    if !column.settings.is_empty() {
        out.word(" SETTINGS ");
        settings_in_parens(out, &column.settings);
    }
}

fn is_bare_ephemeral(default: Option<&ColumnDefault>) -> bool {
    default.is_some_and(|default| default.expr.is_none())
}

pub(super) fn default(out: &mut Out, default: &ColumnDefault) {
    out.word(" ");
    out.word(default.kind.keyword());
    if let Some(expr) = &default.expr {
        out.word(" ");
        out.sql(expr);
    }
}

pub(super) fn comment(out: &mut Out, text: &str) {
    out.word(" COMMENT ");
    out.string(text);
}

pub(super) fn ttl(out: &mut Out, expr: &Expr) {
    out.word(" TTL ");
    out.sql(expr);
}

pub(super) fn codec(out: &mut Out, codec: &Codec) {
    out.word("CODEC(");
    out.list(&codec.stages, |out, stage| call(out, &stage.name, &stage.args));
    out.word(")");
}

/// A name, and its arguments in parentheses if it has some.
pub(super) fn call(out: &mut Out, name: &str, args: &[Expr]) {
    out.name(name);
    if !args.is_empty() {
        exprs_in_parens(out, args);
    }
}

fn exprs_in_parens(out: &mut Out, exprs: &[Expr]) {
    out.word("(");
    out.list(exprs, Out::sql);
    out.word(")");
}

/// `name = value, name = value`, sorted by name.
pub(super) fn settings(out: &mut Out, settings: &Settings) {
    out.list(&settings.0, |out, (name, value)| {
        out.name(name);
        out.word(" = ");
        if name == DISK
            && let Some(own) = settings.own_disk()
        {
            disk(out, &own);
            return;
        }
        match Secret::parse(value.as_str()).filter(|_| is_secret_setting(name)) {
            Some(secret) => out.secret(&secret),
            None => out.sql(value),
        }
    });
}

/// `disk(type = s3, secret_access_key = 'env:KEY')`. A disk lies in few others.
fn disk(out: &mut Out, of: &Disk) {
    out.word("disk(");
    out.list(of.params(), |out, (key, value)| {
        out.name(key);
        out.word(" = ");
        match value {
            DiskValue::Disk(inside) => disk(out, inside),
            DiskValue::Text(text) => match value.secret() {
                Some(secret) => out.secret(&secret),
                None => out.word(&text_of_disk(key, text)),
            },
        }
    });
    out.word(")");
}

pub(super) fn settings_in_parens(out: &mut Out, inside: &Settings) {
    out.word("(");
    settings(out, inside);
    out.word(")");
}
