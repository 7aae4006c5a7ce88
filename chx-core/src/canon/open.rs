//! What a definition leaves to the server.
//!
//! A view that names no definer gets the user who creates it, a database without an engine gets the server's own.
//! The server writes its choice down, so the stored object says more than the declared one. Whatever the expected
//! side leaves open is left open on the live side too, and then the two compare like any others.

use super::secrets::hide_like;
use crate::model::{Database, MaterializedView, Object, ObjectId, Schema, SqlSecurity, View};

/// Leaves open in `live` what `expected` leaves open, and hides in it what `expected` keeps secret.
pub fn leave_open(live: &mut Schema, expected: &Schema) {
    let opened: Vec<Object> = expected
        .iter()
        .filter_map(|(id, wanted)| {
            let live = live.get(id)?;
            opened(live, wanted).or_else(|| hide_like(live, wanted))
        })
        .collect();
    for object in opened {
        live.put(object);
    }
}

/// Gives the databases that a registry only implies what the other schema says of them: Rust has no words for the
/// engine and the comment of a database, and what nobody declared is no difference.
pub fn adopt_databases(implied: &mut Schema, other: &Schema) {
    let said: Vec<Object> = implied
        .iter()
        .filter(|(id, _)| matches!(id, ObjectId::Database(_)))
        .filter_map(|(id, object)| other.get(id).filter(|said| *said != object).cloned())
        .collect();
    for object in said {
        implied.put(object);
    }
}

/// The object with what the other one leaves open left open, if that changes it.
fn opened(object: &Object, wanted: &Object) -> Option<Object> {
    match (object, wanted) {
        (Object::Database(live), Object::Database(Database { engine: None, .. })) => {
            live.engine.as_ref()?;
            let engine = None;
            Some(Object::Database(Database {
                engine,
                ..live.clone()
            }))
        }
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
        (
            Object::Database(_)
            | Object::Table(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_),
            _,
        ) => None,
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
    fn an_implied_database_is_what_the_other_side_says() {
        let mut implied = schema("CREATE DATABASE app");
        let other = schema("CREATE DATABASE app ENGINE = Memory COMMENT 'mine'");
        adopt_databases(&mut implied, &other);
        assert_eq!(implied, other);
        adopt_databases(&mut implied, &schema("CREATE DATABASE other COMMENT 'theirs'"));
        assert_eq!(implied, other);
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
