//! Statements about access entities.

use std::collections::BTreeSet;

use crate::ddl::{AccessClause, AccessStatement, OnExisting};
use crate::ident::Ident;
use crate::model::access::{
    AccessChange, AccessEntity, AccessId, AccessKind, AccessSetting, AccessSettings, Authentication,
    GrantChange, Host, Members, QuotaInterval, QuotaKey, RightsOn, Writability,
};

use super::super::parse::INTERVAL_UNITS;
use super::out::{Layout, Out};

pub(super) fn access(out: &mut Out, statement: &AccessStatement) {
    match statement {
        AccessStatement::Create {
            entity,
            on_existing,
            storage,
        } => create(out, entity, *on_existing, storage.as_ref()),
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
        AccessStatement::Rename {
            id,
            entity,
            if_exists,
            to,
        } => {
            out.word("ALTER ");
            out.word(keyword(*entity));
            out.word_if(*if_exists, " IF EXISTS");
            named(out, id);
            out.word(" RENAME TO ");
            name_of(out, to);
        }
        AccessStatement::Drop {
            id,
            entity,
            if_exists,
            storage,
        } => {
            out.word("DROP ");
            out.word(keyword(*entity));
            out.word_if(*if_exists, " IF EXISTS");
            named(out, id);
            if let Some(storage) = storage {
                out.word(" FROM ");
                out.sql(storage.sql());
            }
        }
        AccessStatement::Grants { grantee, change } => grants(out, grantee, change),
    }
}

/// CREATE, with the clauses that say more than the name does.
pub(super) fn create(out: &mut Out, entity: &AccessEntity, on_existing: OnExisting, storage: Option<&Ident>) {
    out.word("CREATE ");
    out.word_if(on_existing == OnExisting::Replace, "OR REPLACE ");
    out.word(keyword(entity.kind()));
    out.word_if(on_existing == OnExisting::Keep, " IF NOT EXISTS");
    named(out, &entity.id());
    if let Some(storage) = storage {
        out.word(" IN ");
        out.sql(storage.sql());
    }
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
    let mut rest = changes;
    while let Some((change, others)) = rest.split_first() {
        rest = others;
        if let (AccessChange::Identified(ways), Some(AccessChange::ValidUntil(until))) =
            (change, others.first())
            && ways.len() > 1
        {
            // Behind the last it would be the end of that one.
            out.clause("IDENTIFIED ");
            authentication(out, ways, Some(until.as_deref().unwrap_or(NEVER)));
            rest = &others[1..];
            continue;
        }
        let is_interval = matches!(change, AccessChange::Interval(..));
        out.word_if(is_interval && is_behind_interval, ",");
        is_behind_interval = is_interval;
        clause(out, kind, change);
    }
}

/// The end of what has none.
const NEVER: &str = "infinity";

fn clause(out: &mut Out, kind: AccessKind, change: &AccessChange) {
    out.clause(match change {
        AccessChange::Identified(_) => "IDENTIFIED ",
        AccessChange::ValidUntil(_) => "VALID UNTIL ",
        AccessChange::Hosts(_) => "HOST ",
        AccessChange::DefaultRoles(_) => "DEFAULT ROLE ",
        AccessChange::DefaultDatabase(_) => "DEFAULT DATABASE ",
        AccessChange::Grantees(_) => "GRANTEES ",
        AccessChange::Settings(_) => "SETTINGS ",
        AccessChange::Restrictive(true) => "AS RESTRICTIVE",
        AccessChange::Restrictive(false) => "AS PERMISSIVE",
        AccessChange::Using(_) => "FOR SELECT USING ",
        AccessChange::KeyedBy(QuotaKey::None) => "NOT KEYED",
        AccessChange::KeyedBy(_) => "KEYED BY ",
        AccessChange::Interval(..) => "FOR ",
        AccessChange::To(_) => "TO ",
    });
    said(out, kind, change);
}

/// What stands behind the words of a clause.
fn said(out: &mut Out, kind: AccessKind, change: &AccessChange) {
    match change {
        AccessChange::Identified(ways) => authentication(out, ways, None),
        AccessChange::ValidUntil(until) => out.string(until.as_deref().unwrap_or(NEVER)),
        AccessChange::Hosts(all) => hosts(out, all),
        AccessChange::DefaultDatabase(Some(database)) => name_of(out, database),
        AccessChange::DefaultDatabase(None) | AccessChange::Using(None) => out.word("NONE"),
        AccessChange::Grantees(grantees) => members(out, grantees, "ANY"),
        AccessChange::Settings(all) => settings(out, kind, all),
        AccessChange::Using(Some(condition)) => out.sql(condition.as_sql()),
        AccessChange::Restrictive(_) | AccessChange::KeyedBy(QuotaKey::None) => {}
        AccessChange::KeyedBy(key) => out.word(key.as_str()),
        AccessChange::Interval(seconds, limits) => interval(out, *seconds, limits.as_ref()),
        AccessChange::DefaultRoles(to) | AccessChange::To(to) => members(out, to, "ALL"),
    }
}

/// Each clause as the attribute of a struct says it.
pub(super) fn attributes(entity: &AccessEntity) -> Vec<(AccessClause, String)> {
    let changes = entity.bare().changes_to(entity).unwrap_or_default();
    let text = |change: &AccessChange| Out::write(Layout::Line, |out| said(out, entity.kind(), change));
    let attribute = |change: &AccessChange| match change {
        AccessChange::Identified(_) => (AccessClause::Identified, text(change)),
        AccessChange::ValidUntil(until) => {
            let until = until.as_deref().unwrap_or(NEVER);
            (AccessClause::ValidUntil, until.to_owned())
        }
        AccessChange::Hosts(_) => (AccessClause::Host, text(change)),
        AccessChange::DefaultRoles(_) => (AccessClause::DefaultRole, text(change)),
        AccessChange::DefaultDatabase(database) => {
            let name = database.as_ref().map_or_else(String::new, ToString::to_string);
            (AccessClause::DefaultDatabase, name)
        }
        AccessChange::Grantees(_) => (AccessClause::Grantees, text(change)),
        AccessChange::Settings(_) => (AccessClause::Settings, text(change)),
        AccessChange::Restrictive(_) => (AccessClause::Restrictive, String::new()),
        AccessChange::Using(_) => (AccessClause::Using, text(change)),
        AccessChange::KeyedBy(_) => (AccessClause::KeyedBy, text(change)),
        AccessChange::Interval(..) => {
            let text = text(change);
            let short = text.strip_prefix("INTERVAL ").map(str::to_owned);
            (AccessClause::Interval, short.unwrap_or(text))
        }
        AccessChange::To(_) => (AccessClause::To, text(change)),
    };
    changes.iter().map(attribute).collect()
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

/// The ways to log in, each with its end where there is one.
fn authentication(out: &mut Out, ways: &[Authentication], until: Option<&str>) {
    if ways.is_empty() {
        out.word("WITH no_password");
    }
    for (index, way) in ways.iter().enumerate() {
        out.word_if(index > 0, ", ");
        let says_with = index == 0 && !matches!(way, Authentication::Password { method: None, .. });
        out.word_if(says_with, "WITH ");
        match way {
            Authentication::Password { method, secret, salt } => {
                if let Some(method) = method {
                    out.word(method.as_str());
                    out.word(" ");
                }
                out.word("BY ");
                out.secret(secret);
                if let Some(salt) = salt {
                    out.word(" SALT ");
                    out.secret(salt);
                }
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
            Authentication::SshKeys(keys) => {
                out.word("ssh_key BY ");
                out.list(keys, |out, key| {
                    out.word("KEY ");
                    out.string(&key.key);
                    out.word(" TYPE ");
                    out.string(&key.kind);
                });
            }
            Authentication::Http { server, scheme } => {
                out.word("http SERVER ");
                out.string(server);
                if let Some(scheme) = scheme {
                    out.word(" SCHEME ");
                    out.string(scheme);
                }
            }
        }
        if let Some(until) = until {
            out.word(" VALID UNTIL ");
            out.string(until);
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
    let gives = change.gives();
    out.word(if gives { "GRANT " } else { "REVOKE " });
    out.word(match change {
        GrantChange::RevokeGrantOption(_) => "GRANT OPTION FOR ",
        GrantChange::RevokeAdminOption(_) => "ADMIN OPTION FOR ",
        GrantChange::Grant { .. }
        | GrantChange::GrantRoles { .. }
        | GrantChange::Revoke(_)
        | GrantChange::RevokeRoles(_) => "",
    });
    what(out, change);
    out.word(if gives { " TO " } else { " FROM " });
    name_of(out, grantee);
    option(out, change);
}

fn what(out: &mut Out, change: &GrantChange) {
    match change {
        GrantChange::Grant { rights, .. }
        | GrantChange::Revoke(rights)
        | GrantChange::RevokeGrantOption(rights) => out.list(rights, rights_on),
        GrantChange::GrantRoles { roles, .. }
        | GrantChange::RevokeRoles(roles)
        | GrantChange::RevokeAdminOption(roles) => out.list(roles, name_of),
    }
}

fn option(out: &mut Out, change: &GrantChange) {
    match change {
        GrantChange::Grant { grant_option, .. } => out.word_if(*grant_option, " WITH GRANT OPTION"),
        GrantChange::GrantRoles { admin_option, .. } => out.word_if(*admin_option, " WITH ADMIN OPTION"),
        GrantChange::Revoke(_)
        | GrantChange::RevokeRoles(_)
        | GrantChange::RevokeGrantOption(_)
        | GrantChange::RevokeAdminOption(_) => {}
    }
}

/// Without who gets it; and is it a REVOKE?
pub(super) fn granted(change: &GrantChange) -> (bool, String) {
    let text = Out::write(Layout::Line, |out| {
        what(out, change);
        option(out, change);
    });
    (!change.gives(), text)
}

fn rights_on(out: &mut Out, rights: &RightsOn) {
    // Every version takes the old form of a grant on a source.
    if let Some(privilege) = rights.old_form() {
        out.word(privilege);
        out.word(" ON *.*");
        return;
    }
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
