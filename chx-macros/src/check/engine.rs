//! A table engine: which clauses it takes, and what its arguments are.

use chx_core::model::{DISK, Disk};
use chx_core::rules::engine::{self, Role};
use chx_core::rules::query_setting;
use proc_macro2::Span;
use syn::ext::IdentExt;

use super::Columns;
use super::demand::What;
use super::heading::quoted;
use crate::attr;
use crate::attr::engine::Engine;
use crate::attr::fragment::Fragment;
use crate::attr::slot::Slot;
use crate::diag::Diag;

/// The engine with its arguments. In the MergeTree family an identifier is a column; elsewhere it is a word of the
/// engine's own (`Distributed(cluster, db, table)`).
pub(super) fn sql(diag: &Diag, engine: &Engine, columns: &Columns) -> String {
    let place = format!("`{}`", engine.name);
    // The keys of a Join are columns, behind its strictness and kind.
    let is_column =
        |index: usize| !engine.is_raw && (engine.is_merge_tree() || (engine.name == "Join" && index >= 2));
    let args: Vec<String> = engine
        .args
        .iter()
        .enumerate()
        .map(|(index, arg)| match arg {
            Fragment::Field(word) if !is_column(index) => quoted(&word.to_string()),
            Fragment::Sql(sql) if !is_column(index) => sql.text.clone(),
            _ => columns.resolve(diag, arg, &place),
        })
        .collect();
    if args.is_empty() {
        engine.name.clone()
    } else {
        format!("{}({})", engine.name, args.join(", "))
    }
}

/// Reports clauses that the engine does not take, and those that it cannot do without.
pub(super) fn check_clauses(diag: &Diag, engine: &Engine, attrs: &attr::storage::Storage) {
    let Some(rules) = engine.rules() else { return };
    let name = &engine.name;
    let refuse = |span: Option<Span>, key: &str, taken: bool, way_out: &str| {
        if let (Some(span), false) = (span, taken) {
            diag.error(span, format!("`{name}` takes no `{key}`; {way_out}"));
        }
    };
    let sorted = "a table that is sorted has an engine of the MergeTree family";
    refuse(attrs.partition_by.span(), "partition_by", rules.keys, sorted);
    refuse(attrs.primary_key.span(), "primary_key", rules.keys, sorted);
    refuse(attrs.order_by.span(), "order_by", rules.keys, sorted);
    let alone = "one row a key is what the engines of the MergeTree family keep";
    refuse(
        attrs.unique_key.span(),
        "unique_key",
        engine.is_merge_tree(),
        alone,
    );
    if let (Some(span), true) = (attrs.ttl.span(), attrs.unique_key.is_given()) {
        diag.error(
            span,
            "rows of a table with a `unique_key` do not expire: ClickHouse 26.7 refuses a TTL (344)",
        );
    }
    refuse(attrs.sample_by.span(), "sample_by", rules.keys, sorted);
    let expires = "rows expire in engines of the MergeTree family";
    refuse(attrs.ttl.span(), "ttl", rules.ttl, expires);
    for (span, key) in [
        (attrs.settings.span(), "settings"),
        (attrs.shared_settings.span(), "shared_settings"),
    ] {
        refuse(span, key, rules.settings, "take them away");
    }
    for setting in attrs.settings.get().into_iter().flatten() {
        if setting.name == DISK && Disk::parse(&setting.value).is_ok() && !engine.is_merge_tree() {
            diag.error(
                setting.span,
                format!("`{name}` takes no disk of its own, only the name of one that the server has: `disk = \"hot\"`"),
            );
        }
        if query_setting::is_of_query(name, &setting.name) {
            diag.error(setting.span, query_setting::message(name, &setting.name));
        }
    }
    if engine.is_merge_tree() && !attrs.order_by.is_given() && !attrs.primary_key.is_given() {
        diag.error(
            engine.span,
            format!(
                "`{name}` needs a sorting key: `order_by = (...)`, or `order_by = ()` for rows in no order"
            ),
        );
    }
    if matches!(name.as_str(), "EmbeddedRocksDB" | "KeeperMap" | "Redis") && !attrs.primary_key.is_given() {
        diag.error(
            engine.span,
            format!("`{name}` finds rows by a key and needs one: `primary_key = ...`"),
        );
    }
}

/// Reports an index or a projection in a table whose engine has none, and projections that merges would make wrong.
pub(super) fn check_member(diag: &Diag, attrs: &attr::storage::Storage, noun: &str, span: Span) {
    let Some(engine) = attrs.engine.get() else { return };
    let Some(rules) = engine.rules() else { return };
    if !rules.members {
        diag.error(
            span,
            format!(
                "a table with the engine `{}` has no {noun}; one of the MergeTree family can",
                engine.name
            ),
        );
    } else if noun == "projection" && attrs.unique_key.is_given() {
        diag.error(
            span,
            "a table with a `unique_key` takes no projection: ClickHouse refuses it (344)",
        );
    } else if noun == "projection"
        && engine.base() != "MergeTree"
        && engine::arguments(&engine.name).is_some()
        && !may_be_set(attrs, "deduplicate_merge_projection_mode")
    {
        diag.error(
            span,
            format!(
                "`{}` puts rows together when it merges, and a projection would keep them apart; say what to do then: \
                 `settings(deduplicate_merge_projection_mode = \"rebuild\")`, or `\"drop\"`",
                engine.name
            ),
        );
    }
}

/// Is the setting given and not off? What is shared is not known here.
pub(super) fn may_be_set(attrs: &attr::storage::Storage, name: &str) -> bool {
    let mut given = attrs.settings.get().into_iter().flatten();
    if attrs.shared_settings.is_given() {
        return given.all(|setting| setting.name != name || !is_off(setting));
    }
    is_set(&attrs.settings, name)
}

fn is_off(setting: &attr::settings::Setting) -> bool {
    matches!(setting.value.as_str(), "0" | "false")
}

fn is_set(settings: &Slot<Vec<attr::settings::Setting>>, name: &str) -> bool {
    let given = settings.get().into_iter().flatten();
    given
        .filter(|setting| setting.name == name)
        .any(|setting| !is_off(setting))
}

/// Checks the arguments of an engine of the MergeTree family. `key` are the columns that it sorts or partitions by.
pub(super) fn check_arguments(diag: &Diag, engine: &Engine, columns: &Columns, key: &[String]) {
    let Some(expected) = engine::arguments(&engine.name).filter(|_| !engine.is_raw) else {
        return;
    };
    // A replica's path and name come first and are text.
    let is_text = |arg: &Fragment| matches!(arg, Fragment::Sql(sql) if sql.text.starts_with('\''));
    let replica = if engine.base() == engine.name {
        0
    } else {
        engine.args.iter().take(2).filter(|arg| is_text(arg)).count()
    };
    let given = engine.args.get(replica..).unwrap_or_default();
    let needed = expected.iter().filter(|argument| !argument.is_optional).count();
    if given.len() < needed || given.len() > expected.len() {
        let nouns: Vec<String> = expected
            .iter()
            .map(|argument| {
                let optional = if argument.is_optional { "optional " } else { "" };
                format!("{optional}{}", argument.role.noun())
            })
            .collect();
        let takes = if nouns.is_empty() {
            "no arguments".to_owned()
        } else {
            format!("these columns: {}", nouns.join(", "))
        };
        diag.error(engine.span, format!("`{}` takes {takes}", engine.name));
        return;
    }
    let mut seen: Vec<String> = Vec::new();
    for (argument, fragment) in expected.iter().zip(given) {
        let several = matches!(argument.role, Role::Sums | Role::Coalesced);
        for (column, span) in named_columns(diag, engine, columns, fragment, several) {
            columns.refuse_computed(diag, span, &column, &format!("`{}`", engine.name));
            if several && key.contains(&column) {
                diag.error(
                    span,
                    format!(
                        "`{column}` stands in a key of the table, where all rows that are put together have the same; take \
                         it away here"
                    ),
                );
            }
            if seen.contains(&column) {
                diag.error(
                    span,
                    format!("`{column}` cannot be two things at once for `{}`", engine.name),
                );
            }
            columns.demand(&column, span, What::Role(argument.role));
            if engine.base() == "VersionedCollapsingMergeTree" && argument.role == Role::Version {
                let place = "the sorting key, of which a version is the last part";
                columns.demand(
                    &column,
                    span,
                    What::Key {
                        place,
                        allows_null: false,
                    },
                );
            }
            seen.push(column);
        }
    }
}

/// The columns that an argument names; reports what is no column.
fn named_columns(
    diag: &Diag,
    engine: &Engine,
    columns: &Columns,
    fragment: &Fragment,
    several: bool,
) -> Vec<(String, Span)> {
    let not_a_column = |span: Span| {
        diag.error(
            span,
            format!("`{}` takes a column here, not an expression", engine.name),
        );
        Vec::new()
    };
    match fragment {
        Fragment::Field(ident) => {
            let name = ident.unraw().to_string();
            columns
                .named(&name)
                .map(|column| (column, ident.span()))
                .into_iter()
                .collect()
        }
        Fragment::Tuple(parts, _) if several => parts
            .iter()
            .flat_map(|part| named_columns(diag, engine, columns, part, false))
            .collect(),
        Fragment::Tuple(_, span) => not_a_column(*span),
        Fragment::Sql(sql) if sql.is_raw => Vec::new(),
        Fragment::Sql(sql) => {
            let Ok(expr) = chx_core::sql::Expr::parse(&sql.text) else {
                return Vec::new();
            };
            let parts = if several {
                expr.tuple_elements()
            } else {
                vec![expr]
            };
            let mut found = Vec::new();
            for part in parts {
                match part.is_plain_column() {
                    Some(column) => {
                        let span = sql.span_of_name(&column);
                        found.push((column.into_owned(), span));
                    }
                    None => return not_a_column(sql.span()),
                }
            }
            found
        }
    }
}
