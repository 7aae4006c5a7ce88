//! Access entities, and what is granted.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ddl::{AccessStatement, Statement};
use crate::ident::Ident;
use crate::model::access::{
    AccessEntity, AccessSetting, AccessSettings, Authentication, GrantChange, Grants, Host, Members,
    PasswordMethod, Pattern, Privilege, Quota, QuotaInterval, QuotaKey, QuotaLimit, RightsOn, Role,
    RowPolicy, RowPolicyName, Scope, SettingsProfile, SshKey, User, Writability,
};
use crate::model::{Secret, SettingValue};

use super::expression::expr;
use super::name::{database_name, ident, relation_name};

/// Few, so that two draws are about the same.
fn grantee() -> BoxedStrategy<Ident> {
    select(vec!["reader", "writer", "none", "odd name"])
        .prop_map(|name| Ident::new(name).expect("a name"))
        .boxed()
}

fn members() -> BoxedStrategy<Members> {
    (any::<bool>(), btree_set(grantee(), 0..3))
        .prop_map(|(all, names)| {
            if all {
                Members::AllExcept(names)
            } else {
                Members::Named(names)
            }
        })
        .boxed()
}

fn value() -> BoxedStrategy<SettingValue> {
    select(vec!["1", "0", "10", "random", "it's", "1.5"])
        .prop_map(SettingValue::new)
        .boxed()
}

fn settings() -> BoxedStrategy<AccessSettings> {
    let writability = select(vec![
        Writability::Const,
        Writability::Writable,
        Writability::ChangeableInReadonly,
    ]);
    let said = (
        option::of(value()),
        option::of(value()),
        value(),
        option::of(writability),
    );
    let named = btree_map(select(vec!["max_threads", "readonly", "a.b"]), said, 0..3);
    (named, btree_set(grantee(), 0..3))
        .prop_map(|(named, profiles)| {
            let mut elements: Vec<AccessSetting> = profiles.into_iter().map(AccessSetting::Profile).collect();
            for (name, (min, max, value, writability)) in named {
                elements.push(AccessSetting::Setting {
                    name: name.to_owned(),
                    value: Some(value),
                    min,
                    max,
                    writability,
                });
            }
            AccessSettings::new(elements)
        })
        .boxed()
}

fn scope() -> BoxedStrategy<Scope> {
    let pattern = (ident(), any::<bool>()).prop_map(|(text, prefix)| Pattern { text, prefix });
    prop_oneof![
        1 => Just(Scope::All),
        2 => (database_name(), any::<bool>()).prop_map(|(text, prefix)| Scope::Database(Pattern { text, prefix })),
        4 => relation_name().prop_map(|name| Scope::Table(name.database, Pattern::name(name.name))),
        1 => (database_name(), pattern).prop_map(|(database, table)| Scope::Table(database, table)),
    ]
    .boxed()
}

fn rights_on_source() -> BoxedStrategy<RightsOn> {
    let source =
        select(vec!["S3", "ARROW_FLIGHT"]).prop_filter_map("it is a name", |name| Ident::new(name).ok());
    let scope = prop_oneof![
        source
            .clone()
            .prop_map(|source| Scope::Named(Some(Pattern::name(source)))),
        source.prop_map(|source| Scope::Source {
            source,
            filter: "it's .*".to_owned()
        }),
    ];
    (btree_set(select(vec!["READ", "WRITE"]), 1..3), scope)
        .prop_map(|(privileges, scope)| RightsOn {
            privileges: privileges
                .into_iter()
                .map(|name| (name.to_owned(), BTreeSet::new()))
                .collect(),
            scope,
        })
        .boxed()
}

fn rights() -> BoxedStrategy<Vec<RightsOn>> {
    let named = btree_map(
        select(vec![
            "SELECT",
            "INSERT",
            "ALTER UPDATE",
            "ALTER TABLE",
            "SHOW",
            "ALL",
        ]),
        btree_set(ident(), 0..2),
        1..3,
    );
    let on = (named, scope()).prop_map(|(named, scope)| {
        let is_on_columns = |name: &str| {
            let level = Privilege::find(name).map(|privilege| privilege.level);
            scope.relation().is_some() && level == Some(crate::model::access::Level::Column)
        };
        let privileges: BTreeMap<String, BTreeSet<Ident>> = named
            .into_iter()
            .map(|(name, columns)| {
                let columns = if is_on_columns(name) {
                    columns
                } else {
                    BTreeSet::new()
                };
                (name.to_owned(), columns)
            })
            .collect();
        RightsOn { privileges, scope }
    });
    (vec(on, 1..3), option::of(rights_on_source()))
        .prop_map(|(rights, of_source)| rights.into_iter().chain(of_source).collect())
        .boxed()
}

/// Any GRANT or REVOKE.
pub(super) fn grant_change() -> BoxedStrategy<GrantChange> {
    prop_oneof![
        3 => (rights(), any::<bool>()).prop_map(|(rights, grant_option)| GrantChange::Grant { rights, grant_option }),
        1 => rights().prop_map(GrantChange::Revoke),
        1 => (btree_set(grantee(), 1..3), any::<bool>())
            .prop_map(|(roles, admin_option)| GrantChange::GrantRoles { roles, admin_option }),
        1 => btree_set(grantee(), 1..3).prop_map(GrantChange::RevokeRoles),
        1 => rights().prop_map(GrantChange::RevokeGrantOption),
        1 => btree_set(grantee(), 1..3).prop_map(GrantChange::RevokeAdminOption),
    ]
    .boxed()
}

fn grants() -> BoxedStrategy<Grants> {
    vec(grant_change(), 0..4)
        .prop_map(|changes| {
            let mut grants = Grants::default();
            for change in &changes {
                grants.apply(change);
            }
            grants
        })
        .boxed()
}

fn authentication() -> BoxedStrategy<Authentication> {
    let method = option::of(select(PasswordMethod::ALL.to_vec()));
    prop_oneof![
        3 => method.prop_map(|method| Authentication::Password {
            method,
            secret: Secret::Env("PASSWORD".to_owned()),
            salt: method
                .filter(|method| method.takes_salt())
                .map(|_| Secret::Env("SALT".to_owned())),
        }),
        1 => Just(Authentication::Ldap("ldap".to_owned())),
        1 => option::of(Just("realm".to_owned())).prop_map(Authentication::Kerberos),
        1 => btree_set(select(vec!["a", "it's"]).prop_map(str::to_owned), 1..3).prop_map(Authentication::CommonName),
        1 => btree_set(select(vec!["AAAA", "a/b+c=="]), 1..3).prop_map(|keys| {
            let key = |key: &str| SshKey { key: key.to_owned(), kind: "ssh-ed25519".to_owned() };
            Authentication::SshKeys(keys.into_iter().map(key).collect())
        }),
        1 => option::of(Just("BASIC".to_owned()))
            .prop_map(|scheme| Authentication::Http { server: "h".to_owned(), scheme }),
    ]
    .boxed()
}

fn user() -> BoxedStrategy<User> {
    let host = select(vec![
        Host::Any,
        Host::Local,
        Host::Name("h".to_owned()),
        Host::Ip("10.0.0.0/8".to_owned()),
        Host::Like("it's%".to_owned()),
    ]);
    (
        grantee(),
        (
            vec(authentication(), 0..3),
            option::of(Just("2030-01-01 00:00:00".to_owned())),
        ),
        btree_set(host, 0..3),
        (members(), members(), option::of(database_name())),
        settings(),
        grants(),
    )
        .prop_map(
            |(
                name,
                (authentication, valid_until),
                hosts,
                (default_roles, grantees, default_database),
                settings,
                grants,
            )| User {
                name,
                authentication,
                valid_until,
                hosts,
                default_roles,
                default_database,
                grantees,
                settings,
                grants,
            },
        )
        .boxed()
}

fn quota() -> BoxedStrategy<Quota> {
    let limits = btree_map(
        select(QuotaLimit::ALL.to_vec()),
        select(vec!["1", "10"]).prop_map(str::to_owned),
        0..3,
    );
    let interval =
        (any::<bool>(), limits).prop_map(|(randomized, limits)| QuotaInterval { randomized, limits });
    let key = select([&[QuotaKey::None][..], &QuotaKey::KEYS].concat());
    let seconds = select(vec![1, 60, 90, 3_600, 86_400, 2_629_746, 31_556_952]);
    (grantee(), key, btree_map(seconds, interval, 0..3), members())
        .prop_map(|(name, key, intervals, to)| Quota {
            name,
            key,
            intervals,
            to,
        })
        .boxed()
}

fn row_policy() -> BoxedStrategy<RowPolicy> {
    (
        relation_name(),
        any::<bool>(),
        option::of(expr(&[])),
        any::<bool>(),
        members(),
    )
        .prop_map(|(table, whole, using, restrictive, to)| RowPolicy {
            name: RowPolicyName {
                name: Ident::new("own").expect("a name"),
                database: table.database,
                table: (!whole).then_some(table.name),
            },
            using,
            restrictive,
            to,
        })
        .boxed()
}

/// Any access entity.
pub fn access_entity() -> BoxedStrategy<AccessEntity> {
    prop_oneof![
        2 => user().prop_map(AccessEntity::User),
        2 => (grantee(), settings(), grants())
            .prop_map(|(name, settings, grants)| AccessEntity::Role(Role { name, settings, grants })),
        1 => quota().prop_map(AccessEntity::Quota),
        1 => row_policy().prop_map(AccessEntity::RowPolicy),
        1 => (grantee(), settings(), members())
            .prop_map(|(name, settings, to)| AccessEntity::SettingsProfile(SettingsProfile { name, settings, to })),
    ]
    .boxed()
}

/// The ALTER from one entity to another, and the DROP of those that no ALTER makes the other.
pub(super) fn altered(from: &AccessEntity, to: &AccessEntity) -> Statement {
    let changes = from.changes_to(to).filter(|changes| !changes.is_empty());
    Statement::Access(match changes {
        Some(changes) => AccessStatement::Alter {
            id: from.id(),
            entity: from.kind(),
            if_exists: false,
            changes,
        },
        None => AccessStatement::Drop {
            id: from.id(),
            entity: from.kind(),
            if_exists: true,
            storage: None,
        },
    })
}
