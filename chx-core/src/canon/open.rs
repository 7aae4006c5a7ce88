//! What a definition leaves to the server.
//!
//! A view that names no definer gets the user who creates it, a database without an engine gets the server's own, a call in
//! the source of a dictionary gives what it gives there and then, and what format a file has is sometimes found in its bytes alone.
//! The server writes its choice down, so the stored object says more than the declared one. Whatever the expected
//! side leaves open is left open on the live side too, and then the two compare like any others.

use std::collections::BTreeSet;

use super::file_format::without_found_format;
use super::secrets::hide_like;
use crate::model::access::{AccessEntity, AccessKind};
use crate::model::{
    Database, DictionaryParam, DictionaryValue, MaterializedView, Object, ObjectId, Schema, Settings,
    SqlSecurity, View,
};

/// Leaves open in `live` what `expected` leaves open, and hides in it what `expected` keeps secret.
pub fn leave_open(live: &mut Schema, expected: &Schema) {
    let opened: Vec<Object> = expected
        .iter()
        .filter_map(|(id, wanted)| {
            let live = live.get(id)?;
            let opened = opened(live, wanted);
            hide_like(opened.as_ref().unwrap_or(live), wanted).or(opened)
        })
        .collect();
    for object in opened {
        live.put(object);
    }
}

/// Gives the databases of a registry what the other schema says of them where they say nothing themselves: most are only
/// implied by what lives in them, and what nobody declared is no difference.
pub fn adopt_databases(schema: &mut Schema, other: &Schema) {
    let settled: Vec<Database> = schema
        .objects()
        .filter_map(|object| match object {
            Object::Database(database) => Some(database),
            Object::Table(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_) => None,
        })
        .filter_map(|database| {
            let said = match other.get(&ObjectId::Database(database.name.clone())) {
                Some(Object::Database(said)) => said.clone(),
                _ => Database::new(database.name.clone()),
            };
            let settled = Database {
                name: database.name.clone(),
                settings: if database.engine.is_some() {
                    database.settings.clone()
                } else {
                    said.settings
                },
                engine: database.engine.clone().or(said.engine),
                comment: Some(database.comment.clone().or(said.comment).unwrap_or_default()),
            };
            (settled != *database).then_some(settled)
        })
        .collect();
    for database in settled {
        schema.put(database);
    }
}

/// Gives a registry the access entities of the other schema that are of a kind that it declares none of: those belong to the
/// migrations that made them. Of a kind that it does declare, what it does not say is to go.
pub fn adopt_access(schema: &mut Schema, other: &Schema) {
    let declared: BTreeSet<AccessKind> = schema.access().map(AccessEntity::kind).collect();
    for entity in other.access().filter(|entity| !declared.contains(&entity.kind())) {
        // A declared user may have the name of a role that was.
        if !schema.contains(&ObjectId::Access(entity.id())) {
            schema.put(entity.clone());
        }
    }
}

/// Is the object what is wanted, where that says something?
pub(crate) fn is_like(object: &Object, wanted: &Object) -> bool {
    object == wanted || opened(object, wanted).is_some_and(|opened| opened == *wanted)
}

/// The object with what the other one leaves open left open, if that changes it.
fn opened(object: &Object, wanted: &Object) -> Option<Object> {
    match (object, wanted) {
        (Object::Database(live), Object::Database(wanted)) => {
            let opened = Database {
                name: live.name.clone(),
                settings: if wanted.engine.is_some() {
                    live.settings.clone()
                } else {
                    Settings::default()
                },
                engine: live.engine.clone().filter(|_| wanted.engine.is_some()),
                comment: live.comment.clone().filter(|_| wanted.comment.is_some()),
            };
            (opened != *live).then_some(Object::Database(opened))
        }
        (Object::Table(live), Object::Table(wanted)) => {
            let engine = without_found_format(&live.storage.engine, &wanted.storage.engine)?;
            let mut opened = live.clone();
            opened.storage.engine = engine;
            Some(Object::Table(opened))
        }
        (Object::Access(live), Object::Access(wanted)) => live.as_shown(wanted).map(Object::from),
        (Object::View(live), Object::View(wanted)) => {
            let security = without_user(live.security.as_ref(), wanted.security.as_ref())?;
            Some(Object::View(View {
                security: Some(security),
                ..live.clone()
            }))
        }
        (Object::MaterializedView(live), Object::MaterializedView(wanted)) => {
            let security = without_user(live.security.as_ref(), wanted.security.as_ref())?;
            Some(Object::MaterializedView(MaterializedView {
                security: Some(security),
                ..live.clone()
            }))
        }
        (Object::Dictionary(live), Object::Dictionary(wanted)) => {
            let mut opened = live.clone();
            leave_calls(&mut opened.source.params, &wanted.source.params);
            leave_calls(&mut opened.layout.params, &wanted.layout.params);
            (opened != *live).then_some(Object::Dictionary(opened))
        }
        (
            Object::Database(_)
            | Object::Table(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_),
            _,
        ) => None,
    }
}

/// A call in the source of a dictionary leaves the value to the server: it computes `tcpPort()` when it creates the
/// dictionary, and keeps what came out.
fn leave_calls(live: &mut [DictionaryParam], wanted: &[DictionaryParam]) {
    for wanted in wanted {
        if !matches!(wanted.value, DictionaryValue::Call(_)) {
            continue;
        }
        let mut same_key = live.iter_mut().filter(|param| param.key == wanted.key);
        if let (Some(param), None) = (same_key.next(), same_key.next())
            && matches!(param.value, DictionaryValue::Text(_) | DictionaryValue::Number(_))
        {
            param.value = wanted.value.clone();
        }
    }
}

fn without_user(live: Option<&SqlSecurity>, wanted: Option<&SqlSecurity>) -> Option<SqlSecurity> {
    match (live, wanted) {
        (Some(SqlSecurity::Definer(Some(_))), Some(SqlSecurity::Definer(None))) => {
            Some(SqlSecurity::Definer(None))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object};

    fn schema(sql: &str) -> Schema {
        [parse_object(sql, &ParseContext::default()).unwrap()]
            .into_iter()
            .collect()
    }

    #[test]
    fn a_definer_that_nobody_named_is_no_difference() {
        let named = "CREATE VIEW app.v DEFINER = bob SQL SECURITY DEFINER AS SELECT 1";
        let open = "CREATE VIEW app.v SQL SECURITY DEFINER AS SELECT 1";
        let other = "CREATE VIEW app.v DEFINER = eve SQL SECURITY DEFINER AS SELECT 1";
        for (expected, same) in [(named, true), (open, true), (other, false)] {
            let mut live = schema(named);
            leave_open(&mut live, &schema(expected));
            assert_eq!(live == schema(expected), same, "{expected}");
        }
        let mut live = schema(open);
        leave_open(&mut live, &schema(named));
        assert_ne!(live, schema(named), "a definer that is demanded is compared");
    }

    #[test]
    fn what_a_call_in_a_source_gave_is_no_difference() {
        let of = |port: &str, table: &str| {
            format!(
                "CREATE DICTIONARY app.d (k UInt64, v String) PRIMARY KEY k \
                 SOURCE(CLICKHOUSE(PORT {port} TABLE '{table}' PASSWORD '{}')) LAYOUT(FLAT()) LIFETIME(1)",
                if port == "tcpPort()" {
                    "env:PASSWORD"
                } else {
                    "[HIDDEN]"
                }
            )
        };
        let wanted = schema(&of("tcpPort()", "src"));
        for (live, same) in [(of("9440", "src"), true), (of("9440", "other"), false)] {
            let mut live = schema(&live);
            leave_open(&mut live, &wanted);
            let shown = |schema: &Schema| -> Vec<Object> {
                schema
                    .objects()
                    .map(|object| super::super::as_shown(object.clone()))
                    .collect()
            };
            assert_eq!(shown(&live) == shown(&wanted), same);
        }
    }

    #[test]
    fn an_implied_database_is_what_the_other_side_says() {
        let name = crate::ident::Ident::new("app").unwrap();
        let mut implied: Schema = [Database::new(name).into()].into_iter().collect();
        let other = schema("CREATE DATABASE app ENGINE = Memory COMMENT 'mine'");
        let mut live = other.clone();
        leave_open(&mut live, &implied);
        assert_eq!(live, implied);
        adopt_databases(&mut implied, &other);
        assert_eq!(implied, other);
        adopt_databases(&mut implied, &schema("CREATE DATABASE other COMMENT 'theirs'"));
        assert_eq!(implied, other);
    }

    #[test]
    fn access_entities_are_adopted_kind_by_kind() {
        let history = [
            "CREATE ROLE reader",
            "CREATE ROLE writer",
            "CREATE QUOTA hourly",
            "CREATE SETTINGS PROFILE careful",
        ];
        let all = |statements: &[&str]| -> Schema {
            let read = |sql: &&str| parse_object(sql, &ParseContext::default()).unwrap();
            statements.iter().map(read).collect()
        };
        for (declared, expected) in [
            (&[] as &[&str], &history as &[&str]),
            (
                &["CREATE ROLE other"],
                &["CREATE ROLE other", history[2], history[3]],
            ),
            // A name that was a role's is the user's now.
            (
                &["CREATE USER reader"],
                &["CREATE USER reader", history[1], history[2], history[3]],
            ),
        ] {
            let mut schema = all(declared);
            adopt_access(&mut schema, &all(&history));
            assert_eq!(schema, all(expected), "{declared:?}");
        }
    }

    #[test]
    fn a_declared_database_is_what_it_says() {
        let mut declared = schema("CREATE DATABASE app COMMENT 'ours'");
        adopt_databases(
            &mut declared,
            &schema("CREATE DATABASE app ENGINE = Memory COMMENT 'mine'"),
        );
        assert_eq!(
            declared,
            schema("CREATE DATABASE app ENGINE = Memory COMMENT 'ours'")
        );
        let mut live = schema("CREATE DATABASE app COMMENT 'mine'");
        leave_open(&mut live, &schema("CREATE DATABASE app"));
        assert_ne!(live, schema("CREATE DATABASE app"), "no comment is one too");
    }

    #[test]
    fn a_refreshable_view_is_given_a_definer_by_the_server() {
        let declared = "CREATE MATERIALIZED VIEW app.mv REFRESH EVERY 60 MINUTE TO app.t AS SELECT 1 AS x";
        let stored = "CREATE MATERIALIZED VIEW app.mv REFRESH EVERY 1 HOUR TO app.t (`x` UInt8) \
                      DEFINER = default SQL SECURITY DEFINER AS SELECT 1 AS x";
        let mut live = schema(stored);
        leave_open(&mut live, &schema(declared));
        assert_eq!(live, schema(declared));
    }
}
