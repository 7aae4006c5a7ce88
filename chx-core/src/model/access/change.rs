//! The clauses of access entities: CREATE and ALTER say the same ones.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    AccessEntity, AccessId, AccessSettings, Authentication, Host, Ident, Members, Quota, QuotaInterval,
    QuotaKey, Role, RowPolicy, SettingsProfile, User,
};
use crate::model::{Expr, Secret};

/// One clause, with all that it says from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessChange {
    /// `IDENTIFIED`, all ways to log in.
    Identified(Vec<Authentication>),
    /// `VALID UNTIL`.
    ValidUntil(Option<String>),
    /// `HOST`.
    Hosts(BTreeSet<Host>),
    /// `DEFAULT ROLE`.
    DefaultRoles(Members),
    /// `DEFAULT DATABASE`.
    DefaultDatabase(Option<Ident>),
    /// `GRANTEES`.
    Grantees(Members),
    /// `SETTINGS`.
    Settings(AccessSettings),
    /// `AS RESTRICTIVE` or `AS PERMISSIVE`.
    Restrictive(bool),
    /// `USING`.
    Using(Option<Expr>),
    /// `KEYED BY`.
    KeyedBy(QuotaKey),
    /// `FOR INTERVAL`, its length in seconds; none is NO LIMITS.
    Interval(u64, Option<QuotaInterval>),
    /// `TO`.
    To(Members),
}

impl AccessChange {
    /// Where it stands among the clauses of a statement.
    pub(crate) fn place(&self) -> u8 {
        match self {
            Self::Identified(_) | Self::KeyedBy(_) | Self::Restrictive(_) => 0,
            Self::ValidUntil(_) | Self::Interval(..) | Self::Using(_) => 1,
            Self::Hosts(_) => 2,
            Self::DefaultDatabase(_) => 3,
            Self::DefaultRoles(_) => 4,
            Self::Grantees(_) => 5,
            Self::Settings(_) => 6,
            Self::To(_) => 7,
        }
    }
}

impl AccessEntity {
    /// What CREATE makes where it says nothing but the name.
    #[must_use]
    pub fn bare(&self) -> Self {
        match self {
            Self::SettingsProfile(profile) => {
                Self::SettingsProfile(SettingsProfile::new(profile.name.clone()))
            }
            Self::Role(role) => Self::Role(Role::new(role.name.clone())),
            Self::User(user) => Self::User(User::new(user.name.clone())),
            Self::Quota(quota) => Self::Quota(Quota::new(quota.name.clone())),
            Self::RowPolicy(policy) => Self::RowPolicy(RowPolicy::new(policy.name.clone())),
        }
    }

    /// The clauses that make another one of the same kind of this one, in the order in which a statement says them; the
    /// grants aside. None where it is another kind.
    pub fn changes_to(&self, after: &Self) -> Option<Vec<AccessChange>> {
        let mut changes = Vec::new();
        match (self, after) {
            (Self::SettingsProfile(before), Self::SettingsProfile(after)) => {
                push(
                    &mut changes,
                    &before.settings,
                    &after.settings,
                    AccessChange::Settings,
                );
                push(&mut changes, &before.to, &after.to, AccessChange::To);
            }
            (Self::Role(before), Self::Role(after)) => {
                push(
                    &mut changes,
                    &before.settings,
                    &after.settings,
                    AccessChange::Settings,
                );
            }
            (Self::User(before), Self::User(after)) => user_changes(&mut changes, before, after),
            (Self::Quota(before), Self::Quota(after)) => quota_changes(&mut changes, before, after),
            (Self::RowPolicy(before), Self::RowPolicy(after)) => {
                let (restrictive, using) = (AccessChange::Restrictive, AccessChange::Using);
                push(&mut changes, &before.restrictive, &after.restrictive, restrictive);
                push(&mut changes, &before.using, &after.using, using);
                push(&mut changes, &before.to, &after.to, AccessChange::To);
            }
            (
                Self::SettingsProfile(_)
                | Self::Role(_)
                | Self::User(_)
                | Self::Quota(_)
                | Self::RowPolicy(_),
                _,
            ) => return None,
        }
        Some(changes)
    }

    /// What a clause makes of it; `false` when it is no clause of this kind.
    #[must_use]
    pub fn apply(&mut self, change: &AccessChange) -> bool {
        match (self, change.clone()) {
            (Self::User(user), AccessChange::Identified(all)) => {
                user.authentication = all;
                user.valid_until = None;
            }
            (Self::User(user), AccessChange::ValidUntil(until)) => user.valid_until = until,
            (Self::User(user), AccessChange::Hosts(hosts)) => user.hosts = hosts,
            (Self::User(user), AccessChange::DefaultRoles(roles)) => user.default_roles = roles,
            (Self::User(user), AccessChange::DefaultDatabase(database)) => user.default_database = database,
            (Self::User(user), AccessChange::Grantees(grantees)) => user.grantees = grantees,
            (
                Self::User(User { settings, .. })
                | Self::Role(Role { settings, .. })
                | Self::SettingsProfile(SettingsProfile { settings, .. }),
                AccessChange::Settings(said),
            ) => *settings = said,
            (Self::RowPolicy(policy), AccessChange::Restrictive(restrictive)) => {
                policy.restrictive = restrictive;
            }
            (Self::RowPolicy(policy), AccessChange::Using(using)) => policy.using = using,
            (Self::Quota(quota), AccessChange::KeyedBy(key)) => quota.key = key,
            (Self::Quota(quota), AccessChange::Interval(seconds, Some(interval))) => {
                quota.intervals.insert(seconds, interval);
            }
            (Self::Quota(quota), AccessChange::Interval(seconds, None)) => {
                quota.intervals.remove(&seconds);
            }
            (
                Self::SettingsProfile(SettingsProfile { to, .. })
                | Self::Quota(Quota { to, .. })
                | Self::RowPolicy(RowPolicy { to, .. }),
                AccessChange::To(said),
            ) => *to = said,
            (_, _) => return false,
        }
        true
    }

    /// The one spelling of what means the same.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        match &mut self {
            Self::User(user) => canonical_user(user),
            Self::RowPolicy(policy) => {
                if let Some(using) = &policy.using {
                    policy.using = Some(using.without_outer_parens());
                }
            }
            Self::SettingsProfile(_) | Self::Role(_) | Self::Quota(_) => {}
        }
        self
    }

    /// The same with the passwords hidden, and grants on sources in the form in which they cannot be told apart, as a server
    /// shows it.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        if let Self::User(user) = &mut self {
            for way in &mut user.authentication {
                if let Authentication::Password { secret, salt, .. } = way {
                    (*secret, *salt) = (Secret::Hidden, None);
                }
            }
        }
        if let Some(grants) = self.grants_mut() {
            *grants = grants.shown();
        }
        self
    }

    /// Puts a place in for each password that is hidden: the one that is known of that way to log in, or a new one.
    pub(crate) fn place_passwords(&mut self, known: Option<&Self>, place: &mut dyn FnMut(&str) -> Secret) {
        if let Self::User(user) = self {
            let known = match known {
                Some(Self::User(known)) => known.authentication.as_slice(),
                _ => &[],
            };
            for (at, way) in user.authentication.iter_mut().enumerate() {
                if let Authentication::Password { secret, .. } = way
                    && *secret == Secret::Hidden
                {
                    *secret = match known.get(at) {
                        Some(Authentication::Password { secret: known, .. }) if *known != Secret::Hidden => {
                            known.clone()
                        }
                        _ => place("PASSWORD"),
                    };
                }
            }
        }
    }

    /// What the server makes of CREATE: the default roles that it names are granted.
    #[must_use]
    pub(crate) fn created(mut self) -> Self {
        if let Self::User(user) = &mut self
            && let Members::Named(roles) = &user.default_roles
        {
            for role in roles {
                user.grants.roles.entry(role.clone()).or_default();
            }
        }
        self
    }

    /// This one, as the server shows it, with the words of another one for how to log in: the server does not tell a hash from
    /// the hash of a password, and shows its default where no method was named. The same for grants on sources, which it may not
    /// tell apart, and for parentheses in the condition of a row policy, which mean nothing. `None` where that changes nothing.
    #[must_use]
    pub(crate) fn as_shown(&self, wanted: &Self) -> Option<Self> {
        if let (Self::RowPolicy(live), Self::RowPolicy(policy)) = (self, wanted) {
            let (shown, said) = (live.using.as_ref()?, policy.using.as_ref()?);
            return (shown != said && shown.is_grouped_like(said)).then(|| {
                let mut same = live.clone();
                same.using = Some(said.clone());
                Self::RowPolicy(same)
            });
        }
        let mut same = self.clone();
        if let (Some(live), Some(granted)) = (same.grants_mut(), wanted.grants()) {
            *live = live.told_apart(granted);
        }
        if let (Self::User(live), Self::User(user)) = (&mut same, wanted) {
            live.log_in_as(user);
        }
        (same != *self).then_some(same)
    }
}

impl User {
    /// Takes the words of another one for how to log in, where the server would show those as it shows these.
    fn log_in_as(&mut self, user: &Self) {
        let live = self;
        let mut ways = live.authentication.iter().zip(&user.authentication);
        if live.authentication.len() != user.authentication.len()
            || !ways.all(|(shown, said)| is_shown_as(said, shown))
        {
            return;
        }
        for (shown, said) in live.authentication.iter_mut().zip(&user.authentication) {
            if let (
                Authentication::Password { method, salt, .. },
                Authentication::Password {
                    method: said,
                    salt: salted,
                    ..
                },
            ) = (shown, said)
            {
                *method = *said;
                salt.clone_from(salted);
            }
        }
    }
}

/// Does the server show this way to log in as that one?
fn is_shown_as(said: &Authentication, shown: &Authentication) -> bool {
    match (said, shown) {
        // Without a method it is the server's default, which may be any.
        (
            Authentication::Password { method: said, .. },
            Authentication::Password {
                method: shown,
                secret: Secret::Hidden,
                ..
            },
        ) => said.is_none_or(|said| Some(said.shown()) == *shown),
        _ => said == shown,
    }
}

fn canonical_user(user: &mut User) {
    if user.hosts.contains(&Host::Any) {
        user.hosts = [Host::Any].into();
    }
    // A day without a time begins at midnight.
    if let Some(until) = &mut user.valid_until
        && until.len() == "2030-01-01".len()
    {
        until.push_str(" 00:00:00");
    }
}

fn push<T: PartialEq + Clone>(
    changes: &mut Vec<AccessChange>,
    before: &T,
    after: &T,
    change: impl FnOnce(T) -> AccessChange,
) {
    if before != after {
        changes.push(change(after.clone()));
    }
}

fn user_changes(changes: &mut Vec<AccessChange>, before: &User, after: &User) {
    let is_new_way = before.authentication != after.authentication;
    if is_new_way {
        changes.push(AccessChange::Identified(after.authentication.clone()));
    }
    // Another way to log in is one without an end.
    let ended = if is_new_way { &None } else { &before.valid_until };
    push(changes, ended, &after.valid_until, AccessChange::ValidUntil);
    push(changes, &before.hosts, &after.hosts, AccessChange::Hosts);
    let (roles, database) = (AccessChange::DefaultRoles, AccessChange::DefaultDatabase);
    push(
        changes,
        &before.default_database,
        &after.default_database,
        database,
    );
    push(changes, &before.default_roles, &after.default_roles, roles);
    push(changes, &before.grantees, &after.grantees, AccessChange::Grantees);
    push(changes, &before.settings, &after.settings, AccessChange::Settings);
}

fn quota_changes(changes: &mut Vec<AccessChange>, before: &Quota, after: &Quota) {
    push(changes, &before.key, &after.key, AccessChange::KeyedBy);
    for seconds in before.intervals.keys() {
        if !after.intervals.contains_key(seconds) {
            changes.push(AccessChange::Interval(*seconds, None));
        }
    }
    for (seconds, interval) in &after.intervals {
        if before.intervals.get(seconds) != Some(interval) {
            changes.push(AccessChange::Interval(*seconds, Some(interval.clone())));
        }
    }
    push(changes, &before.to, &after.to, AccessChange::To);
}

impl AccessId {
    /// What a statement of this kind creates.
    pub(crate) fn bare(&self, kind: super::AccessKind) -> Option<AccessEntity> {
        use super::AccessKind::{self as Kind};
        Some(match (self, kind) {
            (Self::SettingsProfile(name), Kind::SettingsProfile) => {
                AccessEntity::SettingsProfile(SettingsProfile::new(name.clone()))
            }
            (Self::Grantee(name), Kind::Role) => AccessEntity::Role(Role::new(name.clone())),
            (Self::Grantee(name), Kind::User) => AccessEntity::User(User::new(name.clone())),
            (Self::Quota(name), Kind::Quota) => AccessEntity::Quota(Quota::new(name.clone())),
            (Self::RowPolicy(name), Kind::RowPolicy) => {
                AccessEntity::RowPolicy(RowPolicy::new((**name).clone()))
            }
            (Self::SettingsProfile(_) | Self::Grantee(_) | Self::Quota(_) | Self::RowPolicy(_), _) => {
                return None;
            }
        })
    }
}
