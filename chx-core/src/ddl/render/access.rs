//! Statements about access entities.

use std::collections::BTreeSet;

use crate::ddl::{AccessStatement, OnExisting};
use crate::ident::Ident;
use crate::model::access::{
    AccessChange, AccessEntity, AccessId, AccessKind, AccessSetting, AccessSettings, Authentication,
    GrantChange, Host, Members, QuotaInterval, QuotaKey, RightsOn, Writability,
};

use super::super::parse::INTERVAL_UNITS;
use super::out::Out;

pub(super) fn access(out: &mut Out, statement: &AccessStatement) {
    match statement {
        AccessStatement::Create { entity, on_existing } => create(out, entity, *on_existing),
        AccessStatement::Alter {
            id,
            entity,
            if_exists,
            changes,
        } => {
            out.word("ALTER ");
            out.word(keyword(*entity));
            out.word_if(*if_exists, " IF EXISTS");
            named(out, id);
            clauses(out, *entity, changes);
        }
        AccessStatement::Drop {
            id,
            entity,
            if_exists,
        } => {
            out.word("DROP ");
            out.word(keyword(*entity));
            out.word_if(*if_exists, " IF EXISTS");
            named(out, id);
        }
        AccessStatement::Grants { grantee, change } => grants(out, grantee, change),
    }
}

/// CREATE, with the clauses that say more than the name does.
pub(super) fn create(out: &mut Out, entity: &AccessEntity, on_existing: OnExisting) {
    out.word("CREATE ");
    out.word_if(on_existing == OnExisting::Replace, "OR REPLACE ");
    out.word(keyword(entity.kind()));
    out.word_if(on_existing == OnExisting::Keep, " IF NOT EXISTS");
    named(out, &entity.id());
    // It is of its own kind.
    let changes = entity.bare().changes_to(entity).unwrap_or_default();
    clauses(out, entity.kind(), &changes);
}

fn keyword(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::SettingsProfile => "SETTINGS PROFILE",
        AccessKind::Role => "ROLE",
        AccessKind::User => "USER",
        AccessKind::Quota => "QUOTA",
        AccessKind::RowPolicy => "ROW POLICY",
    }
}

fn named(out: &mut Out, id: &AccessId) {
    out.word(" ");
    match id {
        AccessId::SettingsProfile(name) | AccessId::Grantee(name) | AccessId::Quota(name) => {
            name_of(out, name);
        }
        AccessId::RowPolicy(name) => out.sql(name),
    }
}

/// A name that no keyword can be taken for.
fn name_of(out: &mut Out, name: &Ident) {
    const KEYWORDS: [&str; 8] = [
        "ALL",
        "ANY",
        "NONE",
        "EXCEPT",
        "CURRENT_USER",
        "IF",
        "ON",
        "PROFILE",
    ];
    if KEYWORDS
        .iter()
        .any(|word| name.as_str().eq_ignore_ascii_case(word))
    {
        out.sql(name.backticked());
    } else {
        out.sql(name.sql());
    }
}

fn clauses(out: &mut Out, kind: AccessKind, changes: &[AccessChange]) {
    let mut is_behind_interval = false;
    for change in changes {
        let is_interval = matches!(change, AccessChange::Interval(..));
        out.word_if(is_interval && is_behind_interval, ",");
        is_behind_interval = is_interval;
        clause(out, kind, change);
    }
}

fn clause(out: &mut Out, kind: AccessKind, change: &AccessChange) {
    match change {
        AccessChange::Identified(ways) => {
            out.clause("IDENTIFIED ");
            authentication(out, ways);
        }
        AccessChange::ValidUntil(until) => {
            out.clause("VALID UNTIL ");
            out.string(until.as_deref().unwrap_or("infinity"));
        }
        AccessChange::Hosts(all) => {
            out.clause("HOST ");
            hosts(out, all);
        }
        AccessChange::DefaultRoles(roles) => {
            out.clause("DEFAULT ROLE ");
            members(out, roles, "ALL");
        }
        AccessChange::DefaultDatabase(database) => {
            out.clause("DEFAULT DATABASE ");
            match database {
                Some(database) => name_of(out, database),
                None => out.word("NONE"),
            }
        }
        AccessChange::Grantees(grantees) => {
            out.clause("GRANTEES ");
            members(out, grantees, "ANY");
        }
        AccessChange::Settings(all) => {
            out.clause("SETTINGS ");
            settings(out, kind, all);
        }
        AccessChange::Restrictive(restrictive) => {
            out.clause(if *restrictive {
                "AS RESTRICTIVE"
            } else {
                "AS PERMISSIVE"
            });
        }
        AccessChange::Using(condition) => {
            out.clause("FOR SELECT USING ");
            match condition {
                Some(condition) => out.sql(condition.as_sql()),
                None => out.word("NONE"),
            }
        }
        AccessChange::KeyedBy(QuotaKey::None) => out.clause("NOT KEYED"),
        AccessChange::KeyedBy(key) => {
            out.clause("KEYED BY ");
            out.word(key.as_str());
        }
        AccessChange::Interval(seconds, limits) => {
            out.clause("FOR ");
            interval(out, *seconds, limits.as_ref());
        }
        AccessChange::To(to) => {
            out.clause("TO ");
            members(out, to, "ALL");
        }
    }
}

fn members(out: &mut Out, members: &Members, all: &str) {
    match members {
        Members::Named(names) if names.is_empty() => out.word("NONE"),
        Members::Named(names) => out.list(names, name_of),
        Members::AllExcept(except) => {
            out.word(all);
            if !except.is_empty() {
                out.word(" EXCEPT ");
                out.list(except, name_of);
            }
        }
    }
}

fn hosts(out: &mut Out, hosts: &BTreeSet<Host>) {
    out.word_if(hosts.is_empty(), "NONE");
    out.list(hosts, |out, host| {
        let (word, text) = match host {
            Host::Any => ("ANY", None),
            Host::Local => ("LOCAL", None),
            Host::Name(text) => ("NAME ", Some(text)),
            Host::Regexp(text) => ("REGEXP ", Some(text)),
            Host::Ip(text) => ("IP ", Some(text)),
            Host::Like(text) => ("LIKE ", Some(text)),
        };
        out.word(word);
        if let Some(text) = text {
            out.string(text);
        }
    });
}

fn authentication(out: &mut Out, ways: &[Authentication]) {
    if ways.is_empty() {
        out.word("WITH no_password");
    }
    for (index, way) in ways.iter().enumerate() {
        out.word_if(index > 0, ", ");
        let says_with = index == 0 && !matches!(way, Authentication::Password { method: None, .. });
        out.word_if(says_with, "WITH ");
        match way {
            Authentication::Password { method, secret } => {
                if let Some(method) = method {
                    out.word(method.as_str());
                    out.word(" ");
                }
                out.word("BY ");
                out.secret(secret);
            }
            Authentication::Ldap(server) => {
                out.word("ldap SERVER ");
                out.string(server);
            }
            Authentication::Kerberos(realm) => {
                out.word("kerberos");
                if let Some(realm) = realm {
                    out.word(" REALM ");
                    out.string(realm);
                }
            }
            Authentication::CommonName(names) => {
                out.word("ssl_certificate CN ");
                out.list(names, |out, name| out.string(name));
            }
            Authentication::SubjectAltName(names) => {
                out.word("ssl_certificate SAN ");
                out.list(names, |out, name| out.string(name));
            }
        }
    }
}

fn settings(out: &mut Out, kind: AccessKind, settings: &AccessSettings) {
    out.word_if(settings.elements().is_empty(), "NONE");
    out.list(settings.elements(), |out, element| match element {
        AccessSetting::Profile(name) => {
            let inherits = kind == AccessKind::SettingsProfile;
            out.word(if inherits { "INHERIT " } else { "PROFILE " });
            out.string(name.as_str());
        }
        AccessSetting::Setting {
            name,
            value,
            min,
            max,
            writability,
        } => {
            out.name(name);
            for (word, value) in [(" = ", value), (" MIN ", min), (" MAX ", max)] {
                if let Some(value) = value {
                    out.word(word);
                    out.sql(value);
                }
            }
            match writability {
                Some(Writability::Const) => out.word(" CONST"),
                Some(Writability::Writable) => out.word(" WRITABLE"),
                Some(Writability::ChangeableInReadonly) => out.word(" CHANGEABLE_IN_READONLY"),
                None => {}
            }
        }
    });
}

fn interval(out: &mut Out, seconds: u64, limits: Option<&QuotaInterval>) {
    out.word_if(limits.is_some_and(|limits| limits.randomized), "RANDOMIZED ");
    // The last unit is one second, which divides everything.
    let unit = INTERVAL_UNITS
        .iter()
        .find(|(_, length)| seconds > 0 && seconds.is_multiple_of(*length));
    let (unit, length) = unit.copied().unwrap_or(("second", 1));
    out.word("INTERVAL ");
    out.sql(seconds / length);
    out.word(" ");
    out.word(unit);
    match limits {
        None => out.word(" NO LIMITS"),
        Some(interval) if interval.limits.is_empty() => out.word(" TRACKING ONLY"),
        Some(interval) => {
            out.word(" MAX ");
            out.list(&interval.limits, |out, (limit, value)| {
                out.word(limit.as_str());
                out.word(" = ");
                out.word(value);
            });
        }
    }
}

fn grants(out: &mut Out, grantee: &Ident, change: &GrantChange) {
    let end = match change {
        GrantChange::Grant { rights, grant_option } => {
            out.word("GRANT ");
            out.list(rights, rights_on);
            ("TO", grant_option.then_some("WITH GRANT OPTION"))
        }
        GrantChange::Revoke(rights) => {
            out.word("REVOKE ");
            out.list(rights, rights_on);
            ("FROM", None)
        }
        GrantChange::GrantRoles { roles, admin_option } => {
            out.word("GRANT ");
            out.list(roles, name_of);
            ("TO", admin_option.then_some("WITH ADMIN OPTION"))
        }
        GrantChange::RevokeRoles(roles) => {
            out.word("REVOKE ");
            out.list(roles, name_of);
            ("FROM", None)
        }
    };
    let (word, option) = end;
    out.word(" ");
    out.word(word);
    out.word(" ");
    name_of(out, grantee);
    if let Some(option) = option {
        out.word(" ");
        out.word(option);
    }
}

fn rights_on(out: &mut Out, rights: &RightsOn) {
    out.list(&rights.privileges, |out, (name, columns)| {
        out.word(name);
        if !columns.is_empty() {
            out.word("(");
            out.list(columns, |out, column| out.sql(column.sql()));
            out.word(")");
        }
    });
    out.word(" ON ");
    out.sql(&rights.scope);
}

/// What stands behind GRANT: `SELECT(a), INSERT ON db.t`.
pub(super) fn rights(out: &mut Out, rights: &[RightsOn]) {
    out.list(rights, rights_on);
}
