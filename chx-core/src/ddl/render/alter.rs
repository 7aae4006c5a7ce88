//! ALTER TABLE: every command in parentheses, because `MODIFY TTL`, `MODIFY SETTING` and others swallow what
//! follows a comma otherwise.

use crate::ddl::{AlterCommand, AlterTable, ColumnChange, Position};
use crate::ident::Ident;
use crate::model::Expr;

use super::column::{codec, column, comment, default, settings, ttl};
use super::members::{constraint, index, projection};
use super::out::Out;
use super::storage::{key, ttl_rules};
use super::view::{query_line, refresh, security};

pub(super) fn alter_table(out: &mut Out, alter: &AlterTable) {
    out.word("ALTER TABLE ");
    out.sql(alter.name.sql());
    let each = |out: &mut Out, one: &AlterCommand| {
        out.word("(");
        command(out, one);
        out.word(")");
    };
    if out.is_pretty() && alter.commands.len() > 1 {
        out.lines(&alter.commands, each);
    } else {
        out.word(" ");
        out.list(&alter.commands, each);
    }
}

fn command(out: &mut Out, command: &AlterCommand) {
    match command {
        AlterCommand::AddColumn {
            column: added,
            position: at,
            if_not_exists,
        } => {
            out.word("ADD COLUMN ");
            out.word_if(*if_not_exists, "IF NOT EXISTS ");
            column(out, added, at.is_none());
            position(out, at.as_ref());
        }
        AlterCommand::DropColumn { name, if_exists } => member(out, "DROP COLUMN ", name, *if_exists),
        AlterCommand::RenameColumn { from, to, if_exists } => {
            member(out, "RENAME COLUMN ", from, *if_exists);
            out.word(" TO ");
            out.sql(to.sql());
        }
        AlterCommand::ModifyColumn(change) => modify_column(out, change),
        AlterCommand::RemoveColumnProperty { name, property } => {
            member(out, "MODIFY COLUMN ", name, false);
            out.word(" REMOVE ");
            out.word(property.keyword());
        }
        AlterCommand::ModifyColumnSettings {
            name,
            settings: values,
        } => {
            member(out, "MODIFY COLUMN ", name, false);
            out.word(" MODIFY SETTING ");
            settings(out, values);
        }
        AlterCommand::ResetColumnSettings { name, names } => {
            member(out, "MODIFY COLUMN ", name, false);
            out.word(" RESET SETTING ");
            setting_names(out, names);
        }
        AlterCommand::CommentColumn {
            name,
            comment,
            if_exists,
        } => {
            member(out, "COMMENT COLUMN ", name, *if_exists);
            out.word(" ");
            out.string(comment);
        }
        AlterCommand::ModifyOrderBy { key: parts } => {
            out.word("MODIFY ORDER BY ");
            key(out, parts);
        }
        AlterCommand::ModifySampleBy { expr } => {
            out.word("MODIFY SAMPLE BY ");
            out.sql(expr);
        }
        AlterCommand::RemoveSampleBy => out.word("REMOVE SAMPLE BY"),
        AlterCommand::ModifyTtl { rules } => {
            out.word("MODIFY TTL ");
            ttl_rules(out, rules);
        }
        AlterCommand::RemoveTtl => out.word("REMOVE TTL"),
        AlterCommand::ModifySettings { settings: values } => {
            out.word("MODIFY SETTING ");
            settings(out, values);
        }
        AlterCommand::ResetSettings { names } => {
            out.word("RESET SETTING ");
            setting_names(out, names);
        }
        AlterCommand::ModifyComment { comment } => {
            out.word("MODIFY COMMENT ");
            out.string(comment);
        }
        AlterCommand::AddIndex {
            index: added,
            position: at,
            if_not_exists,
        } => {
            out.word("ADD INDEX ");
            out.word_if(*if_not_exists, "IF NOT EXISTS ");
            index(out, added);
            position(out, at.as_ref());
        }
        AlterCommand::DropIndex { name, if_exists } => member(out, "DROP INDEX ", name, *if_exists),
        AlterCommand::MaterializeIndex { name, if_exists } => {
            member(out, "MATERIALIZE INDEX ", name, *if_exists);
        }
        AlterCommand::AddProjection {
            projection: added,
            if_not_exists,
        } => {
            out.word("ADD PROJECTION ");
            out.word_if(*if_not_exists, "IF NOT EXISTS ");
            projection(out, added);
        }
        AlterCommand::DropProjection { name, if_exists } => member(out, "DROP PROJECTION ", name, *if_exists),
        AlterCommand::MaterializeProjection { name, if_exists } => {
            member(out, "MATERIALIZE PROJECTION ", name, *if_exists);
        }
        AlterCommand::AddConstraint {
            constraint: added,
            if_not_exists,
        } => {
            out.word("ADD CONSTRAINT ");
            out.word_if(*if_not_exists, "IF NOT EXISTS ");
            constraint(out, added);
        }
        AlterCommand::DropConstraint { name, if_exists } => member(out, "DROP CONSTRAINT ", name, *if_exists),
        AlterCommand::ModifyConstraint {
            constraint: changed,
            if_exists,
        } => {
            out.word("MODIFY CONSTRAINT ");
            out.word_if(*if_exists, "IF EXISTS ");
            constraint(out, changed);
        }
        AlterCommand::AddStatistics {
            columns,
            kinds,
            if_not_exists,
        } => {
            out.word("ADD STATISTICS ");
            out.word_if(*if_not_exists, "IF NOT EXISTS ");
            statistics(out, columns, kinds);
        }
        AlterCommand::ModifyStatistics { columns, kinds } => {
            out.word("MODIFY STATISTICS ");
            statistics(out, columns, kinds);
        }
        AlterCommand::DropStatistics { columns, if_exists } => {
            columns_or_all(out, "DROP STATISTICS ", columns, *if_exists);
        }
        AlterCommand::MaterializeStatistics { columns, if_exists } => {
            columns_or_all(out, "MATERIALIZE STATISTICS ", columns, *if_exists);
        }
        AlterCommand::ClearStatistics { columns, if_exists } => {
            columns_or_all(out, "CLEAR STATISTICS ", columns, *if_exists);
        }
        AlterCommand::ClearColumn { name, if_exists } => member(out, "CLEAR COLUMN ", name, *if_exists),
        AlterCommand::ClearIndex { name, if_exists } => member(out, "CLEAR INDEX ", name, *if_exists),
        AlterCommand::ClearProjection { name, if_exists } => {
            member(out, "CLEAR PROJECTION ", name, *if_exists);
        }
        AlterCommand::AddEnumValues {
            name,
            values,
            if_exists,
        } => {
            member(out, "MODIFY COLUMN ", name, *if_exists);
            out.word(" ADD ENUM VALUES (");
            out.list(values, |out, (name, value)| {
                out.string(name);
                if let Some(value) = value {
                    out.word(" = ");
                    out.sql(value);
                }
            });
            out.word(")");
        }
        AlterCommand::MaterializeColumn { name } => member(out, "MATERIALIZE COLUMN ", name, false),
        AlterCommand::ModifyRefresh { refresh: clause } => {
            out.word("MODIFY REFRESH ");
            refresh(out, clause);
        }
        AlterCommand::ModifySqlSecurity { security: clause } => {
            out.word("MODIFY ");
            security(out, clause);
        }
        AlterCommand::ModifyQuery { query } => {
            out.word("MODIFY QUERY ");
            query_line(out, query);
        }
    }
}

fn statistics(out: &mut Out, columns: &[Ident], kinds: &[Expr]) {
    out.list(columns, |out, name| out.sql(name.sql()));
    out.word(" TYPE ");
    out.list(kinds, Out::sql);
}

fn columns_or_all(out: &mut Out, verb: &str, columns: &[Ident], if_exists: bool) {
    out.word(verb);
    if columns.is_empty() {
        out.word("ALL");
    } else {
        out.word_if(if_exists, "IF EXISTS ");
        // A column of this name must not become all of them.
        out.list(columns, |out, name| {
            if name.as_str().eq_ignore_ascii_case("all") {
                out.sql(name.backticked());
            } else {
                out.sql(name.sql());
            }
        });
    }
}

/// `VERB [IF EXISTS] name`.
fn member(out: &mut Out, verb: &str, name: &Ident, if_exists: bool) {
    out.word(verb);
    out.word_if(if_exists, "IF EXISTS ");
    out.sql(name.sql());
}

fn setting_names(out: &mut Out, names: &[String]) {
    out.list(names, |out, name| out.name(name));
}

fn position(out: &mut Out, position: Option<&Position>) {
    match position {
        None => {}
        Some(Position::First) => out.word(" FIRST"),
        Some(Position::After(name)) => {
            out.word(" AFTER ");
            out.sql(name.sql());
        }
    }
}

fn modify_column(out: &mut Out, change: &ColumnChange) {
    member(out, "MODIFY COLUMN ", &change.name, change.if_exists);
    if let Some(data_type) = &change.data_type {
        out.word(" ");
        out.sql(data_type);
    }
    if let Some(clause) = &change.default {
        default(out, clause);
    }
    if let Some(text) = &change.comment {
        comment(out, text);
    }
    if let Some(stages) = &change.codec {
        out.word(" ");
        codec(out, stages);
    }
    if let Some(expr) = &change.ttl {
        ttl(out, expr);
    }
    position(out, change.position.as_ref());
}
