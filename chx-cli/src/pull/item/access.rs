//! Users, roles, row policies, quotas and settings profiles as structs.

use chx_core::ddl::{AccessClause, render_access_clauses, render_grants};
use chx_core::model::access::{AccessEntity, AccessKind};

use super::{Entry, Item, Writer, string};

/// What tells the struct from another one of the same name.
pub(super) fn word(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::SettingsProfile => "Profile",
        AccessKind::Role => "Role",
        AccessKind::User => "User",
        AccessKind::Quota => "Quota",
        AccessKind::RowPolicy => "Policy",
    }
}

fn derive(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::SettingsProfile => "ChSettingsProfile",
        AccessKind::Role => "ChRole",
        AccessKind::User => "ChUser",
        AccessKind::Quota => "ChQuota",
        AccessKind::RowPolicy => "ChRowPolicy",
    }
}

/// The struct of an entity.
pub(super) fn entity(mut writer: Writer<'_>, entity: &AccessEntity) -> Item {
    if let AccessEntity::RowPolicy(policy) = entity {
        let on = match policy.name.relation() {
            Some(table) => table.sql().to_string(),
            None => format!("{}.*", policy.name.database.sql()),
        };
        writer.entries.push(Entry::value("on", string(&on)));
    }
    let clauses = render_access_clauses(entity);
    let says_way = clauses
        .iter()
        .any(|(clause, _)| *clause == AccessClause::Identified);
    if entity.kind() == AccessKind::User && !says_way {
        // A struct has to say so.
        let key = AccessClause::Identified.key();
        writer.entries.push(Entry::value(key, string("WITH no_password")));
    }
    writer
        .entries
        .extend(clauses.into_iter().map(|(clause, text)| match clause {
            AccessClause::Restrictive => Entry::Text(clause.key().to_owned()),
            _ => Entry::value(clause.key(), string(&text)),
        }));
    if let Some(grants) = entity.grants() {
        let granted = render_grants(grants).into_iter();
        writer.entries.extend(granted.map(|(revokes, text)| {
            let key = if revokes { "revoke" } else { "grant" };
            Entry::value(key, string(&text))
        }));
    }
    Item {
        is_unit: true,
        ..writer.finish(derive(entity.kind()), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::parse_shown;
    use chx_core::model::Schema;

    use crate::pull::{Pulled, Spread, write};
    use crate::secrets::Places;

    const WRITTEN: &str = r#"//! Who may do what on the server.

use chx::prelude::*;

#[derive(ChSettingsProfile)]
#[ch(
    settings = "max_threads = 4 MAX 8 CONST, INHERIT 'default'",
    to = "reader"
)]
pub struct Careful;

#[derive(ChUser)]
#[ch(
    identified = "WITH sha256_password BY 'env:BOB_PASSWORD'",
    valid_until = "2030-01-01 00:00:00",
    host = "IP '10.0.0.0/8'",
    default_database = "web",
    default_role = "reader",
    grant = "reader WITH ADMIN OPTION"
)]
pub struct Bob;

#[derive(ChUser)]
#[ch(name = "odd name", identified = "WITH no_password")]
pub struct OddName;

#[derive(ChRole)]
#[ch(
    settings = "PROFILE 'careful'",
    grant = "SELECT ON web.*",
    revoke = "SELECT ON web.secret"
)]
pub struct Reader;

#[derive(ChQuota)]
#[ch(
    name = "reader",
    keyed_by = "user_name",
    interval = "1 hour MAX queries = 10",
    interval = "RANDOMIZED INTERVAL 1 day TRACKING ONLY",
    to = "bob"
)]
pub struct ReaderQuota;

#[derive(ChRowPolicy)]
#[ch(on = "`odd db`.*", using = "1", to = "ALL EXCEPT bob")]
pub struct Own;

#[derive(ChRowPolicy)]
#[ch(
    name = "own",
    on = "web.hits",
    restrictive,
    using = "user = 'bob'",
    to = "bob"
)]
pub struct OwnPolicy;
"#;

    #[test]
    fn what_a_server_shows_becomes_structs() {
        let mut live = Schema::default();
        for sql in [
            "CREATE SETTINGS PROFILE careful SETTINGS max_threads = 4 MAX 8 CONST, INHERIT 'default' TO reader",
            "CREATE ROLE reader SETTINGS PROFILE 'careful'",
            "GRANT SELECT ON web.* TO reader",
            "REVOKE SELECT ON web.secret FROM reader",
            "CREATE USER bob IDENTIFIED WITH sha256_password VALID UNTIL '2030-01-01 00:00:00' HOST IP \
             '10.0.0.0/8' DEFAULT DATABASE web DEFAULT ROLE reader",
            "GRANT reader TO bob WITH ADMIN OPTION",
            "CREATE USER `odd name`",
            "CREATE ROW POLICY own ON web.hits AS RESTRICTIVE FOR SELECT USING user = 'bob' TO bob",
            "CREATE ROW POLICY own ON `odd db`.* FOR SELECT USING 1 TO ALL EXCEPT bob",
            "CREATE QUOTA reader KEYED BY user_name FOR INTERVAL 1 hour MAX queries = 10, FOR RANDOMIZED INTERVAL 1 day TRACKING \
             ONLY TO bob",
        ] {
            live.apply(&parse_shown(sql).unwrap()).unwrap();
        }
        let mut places = Places::default();
        let schema: Schema = live
            .objects()
            .map(|object| places.place(object.clone(), None))
            .collect();
        let pulled = Pulled {
            schema: &schema,
            columns: &std::collections::BTreeMap::new(),
            spread: Spread::Databases,
        };
        let written = write(pulled);
        assert_eq!(written.files["access.rs"], WRITTEN);
    }
}
