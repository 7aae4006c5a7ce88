//! What a user or role may do: privileges and granted roles.
//!
//! Decides when two sets of grants mean the same: groups are taken apart, and what a wider grant gives already is left out.
//! A revoke below a grant that stays is kept as what it is, a hole in that grant. A privilege that is not in the table of
//! [`Privilege`] stands for itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::privilege::{Level, Privilege};
use super::source::Source;
use super::{Ident, privileges::PRIVILEGES};
use crate::model::QualifiedName;
use crate::sql::quote_string;

/// What is granted on what, in the words of a GRANT or REVOKE: `SELECT(a, b), INSERT ON db.t`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightsOn {
    /// The privileges, by their names, each with the columns that it is for; no column is all.
    pub privileges: BTreeMap<String, BTreeSet<Ident>>,
    /// What they are for.
    pub scope: Scope,
}

/// What a privilege is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// `*.*`.
    All,
    /// `db.*`, or `prefix*.*`.
    Database(Pattern),
    /// `db.table`, or `db.prefix*`.
    Table(Ident, Pattern),
    /// `name`, `prefix*` or `*`, for what belongs to no database.
    Named(Option<Pattern>),
    /// `S3('pattern')`: what of a source matches a regular expression.
    Source {
        /// The source.
        source: Ident,
        /// The expression.
        filter: String,
    },
}

/// A name, or the beginning of names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pattern {
    /// The name or its beginning.
    pub text: Ident,
    /// Does it stand for all names that begin so?
    pub prefix: bool,
}

/// One privilege on one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Right {
    pub(super) scope: Scope,
    pub(super) privilege: String,
    /// None is all columns.
    column: Option<Ident>,
}

/// The grants of a user or role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    /// What may be done, and whether it may be granted on.
    #[serde(with = "as_list")]
    pub(super) rights: BTreeMap<Right, bool>,
    /// What is taken out of a wider right.
    pub(super) holes: BTreeSet<Right>,
    /// The granted roles, and whether they may be granted on.
    pub roles: BTreeMap<Ident, bool>,
}

/// JSON has no maps with such keys.
mod as_list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::Right;

    pub(super) fn serialize<S: Serializer>(
        rights: &BTreeMap<Right, bool>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(rights)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Right, bool>, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}

/// One statement of a way from some grants to others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantChange {
    /// `GRANT ... ON ...`.
    Grant {
        /// What.
        rights: Vec<RightsOn>,
        /// `WITH GRANT OPTION`.
        grant_option: bool,
    },
    /// `REVOKE ... ON ...`.
    Revoke(Vec<RightsOn>),
    /// `GRANT role, ...`.
    GrantRoles {
        /// The roles.
        roles: BTreeSet<Ident>,
        /// `WITH ADMIN OPTION`.
        admin_option: bool,
    },
    /// `REVOKE role, ...`.
    RevokeRoles(BTreeSet<Ident>),
    /// `REVOKE GRANT OPTION FOR ... ON ...`: it stays, and is not granted on any more.
    RevokeGrantOption(Vec<RightsOn>),
    /// `REVOKE ADMIN OPTION FOR role, ...`.
    RevokeAdminOption(BTreeSet<Ident>),
}

impl GrantChange {
    /// Does somebody get more by it?
    pub fn gives(&self) -> bool {
        matches!(self, Self::Grant { .. } | Self::GrantRoles { .. })
    }
}

impl Grants {
    /// Is a right on this very table among them?
    pub fn names_relation(&self, name: &QualifiedName) -> bool {
        let mut named = self.rights.keys().chain(&self.holes);
        named.any(|right| right.scope.relation().as_ref() == Some(name))
    }

    /// The tables on which they are, or are not.
    pub fn relations(&self) -> BTreeSet<QualifiedName> {
        let all = self.rights.keys().chain(&self.holes);
        all.filter_map(|right| right.scope.relation()).collect()
    }

    /// Do they hold what a statement says: all that it grants and no option more or less, nothing of what it revokes?
    pub fn says(&self, change: &GrantChange) -> bool {
        let all = |rights: &[RightsOn], holds: &dyn Fn(&Right) -> bool| {
            rights.iter().flat_map(RightsOn::each).all(|right| holds(&right))
        };
        match change {
            GrantChange::Grant { rights, grant_option } => all(rights, &|right| {
                self.gives(right, *grant_option) && (*grant_option || self.rights.get(right) != Some(&true))
            }),
            GrantChange::Revoke(rights) => all(rights, &|right| {
                self.holes.contains(right) && !self.gives(right, false)
            }),
            GrantChange::GrantRoles { roles, admin_option } => roles
                .iter()
                .all(|role| self.roles.get(role) == Some(admin_option)),
            GrantChange::RevokeRoles(roles) => roles.iter().all(|role| !self.roles.contains_key(role)),
            GrantChange::RevokeGrantOption(rights) => all(rights, &|right| !self.gives(right, true)),
            GrantChange::RevokeAdminOption(roles) => {
                roles.iter().all(|role| self.roles.get(role) != Some(&true))
            }
        }
    }

    /// Is nothing granted?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a statement makes of them.
    pub fn apply(&mut self, change: &GrantChange) {
        match change {
            GrantChange::Grant { rights, grant_option } => {
                for right in rights.iter().flat_map(RightsOn::each) {
                    self.grant(right, *grant_option);
                }
            }
            GrantChange::Revoke(rights) => {
                for right in rights.iter().flat_map(RightsOn::each) {
                    self.revoke(right);
                }
            }
            GrantChange::GrantRoles { roles, admin_option } => {
                for role in roles {
                    *self.roles.entry(role.clone()).or_default() |= admin_option;
                }
            }
            GrantChange::RevokeRoles(roles) => self.roles.retain(|role, _| !roles.contains(role)),
            GrantChange::RevokeGrantOption(rights) => {
                for right in rights.iter().flat_map(RightsOn::each) {
                    self.revoke_option(&right);
                }
            }
            GrantChange::RevokeAdminOption(roles) => {
                for role in roles {
                    if let Some(option) = self.roles.get_mut(role) {
                        *option = false;
                    }
                }
            }
        }
    }

    /// Can it be said what a statement makes of them? A right that stays and is granted on, but for a part of it, cannot.
    pub fn can_take(&self, change: &GrantChange) -> bool {
        let GrantChange::RevokeGrantOption(rights) = change else {
            return true;
        };
        let mut after = self.clone();
        after.apply(change);
        let mut taken = rights.iter().flat_map(RightsOn::each);
        !taken.any(|right| after.gives(&right, true))
    }

    fn revoke_option(&mut self, right: &Right) {
        let taken: Vec<Right> = self
            .rights
            .iter_mut()
            .filter(|(narrower, _)| right.covers(narrower))
            .map(|(narrower, option)| {
                *option = false;
                narrower.clone()
            })
            .collect();
        for narrower in taken {
            if self.without(&narrower).gives(&narrower, false) {
                self.rights.remove(&narrower);
            }
        }
    }

    pub(super) fn grant(&mut self, right: Right, option: bool) {
        let holes = self.holes.len();
        self.holes.retain(|hole| !right.covers(hole));
        if holes != self.holes.len() {
            // What stood in the hole is no exception any more.
            let all = self.clone();
            self.rights
                .retain(|narrower, with| !all.without(narrower).gives(narrower, *with));
        }
        if !self.gives(&right, option) {
            self.rights
                .retain(|narrower, with| !(right.covers(narrower) && (option || !*with)));
            self.rights.insert(right, option);
        }
    }

    fn without(&self, right: &Right) -> Self {
        let mut others = self.clone();
        others.rights.remove(right);
        others
    }

    /// Is this right among these, in a hole of none?
    pub(super) fn gives(&self, right: &Right, option: bool) -> bool {
        self.rights.iter().any(|(wider, with)| {
            let is_in_hole = |hole: &Right| wider.covers(hole) && hole.covers(right) && !hole.covers(wider);
            wider.covers(right) && (*with || !option) && !self.holes.iter().any(is_in_hole)
        })
    }

    fn revoke(&mut self, right: Right) {
        self.rights.retain(|narrower, _| !right.covers(narrower));
        self.holes.retain(|hole| !right.covers(hole));
        if self.gives(&right, false) {
            self.holes.insert(right);
        }
        // A hole in nothing is none.
        let rights = &self.rights;
        self.holes
            .retain(|hole| rights.keys().any(|wider| wider.covers(hole)));
    }

    /// The statements that lead from these grants to others. What goes, goes first: revoked behind it, a part of a wider grant
    /// would be a hole in that.
    pub fn changes_to(&self, after: &Self) -> Vec<GrantChange> {
        let mut at = self.clone();
        let mut changes = Vec::new();
        let mut push = |at: &mut Self, change: GrantChange| {
            at.apply(&change);
            changes.push(change);
        };
        // What stays and is only not granted on any more is not without itself for a moment.
        let kept = |(right, with): &(&Right, &bool)| **with && after.rights.get(*right) == Some(&false);
        for rights in grouped(self.rights.iter().filter(kept).map(|(right, _)| right)) {
            let change = GrantChange::RevokeGrantOption(vec![rights]);
            if at.can_take(&change) {
                push(&mut at, change);
            }
        }
        let gone = |(right, with): &(&Right, &bool)| !after.gives(right, **with);
        let going: BTreeSet<Right> = at
            .rights
            .iter()
            .filter(gone)
            .map(|(right, _)| right.clone())
            .collect();
        for rights in grouped(&going) {
            push(&mut at, GrantChange::Revoke(vec![rights]));
        }
        // What stands in a hole is granted when the hole is there.
        at.grants_to(
            after,
            |right| !after.holes.iter().any(|hole| hole.covers(right)),
            &mut push,
        );
        let holes: BTreeSet<Right> = after.holes.difference(&at.holes).cloned().collect();
        for rights in grouped(&holes) {
            push(&mut at, GrantChange::Revoke(vec![rights]));
        }
        at.grants_to(after, |_| true, &mut push);
        self.roles_to(after, &mut changes);
        changes
    }

    /// Grants those that are missing.
    fn grants_to(
        &mut self,
        after: &Self,
        are_meant: impl Fn(&Right) -> bool,
        push: &mut dyn FnMut(&mut Self, GrantChange),
    ) {
        for option in [false, true] {
            let missing = after
                .rights
                .iter()
                .filter(|(right, with)| **with == option && self.rights.get(*right) != Some(*with))
                .map(|(right, _)| right);
            // What closes a hole is said again although a wider right gives it.
            let closing = self.holes.iter().filter(|hole| {
                let is_within = |(right, with): (&Right, &bool)| *with == option && right.covers(hole);
                !after.holes.contains(*hole) && after.rights.iter().any(is_within)
            });
            let granted: BTreeSet<Right> = missing
                .chain(closing)
                .filter(|right| are_meant(right))
                .cloned()
                .collect();
            for rights in grouped(&granted) {
                let change = GrantChange::Grant {
                    rights: vec![rights],
                    grant_option: option,
                };
                push(self, change);
            }
        }
    }

    fn roles_to(&self, after: &Self, changes: &mut Vec<GrantChange>) {
        let gone: BTreeSet<Ident> = self
            .roles
            .iter()
            .filter(|(role, _)| !after.roles.contains_key(*role))
            .map(|(role, _)| role.clone())
            .collect();
        let kept: BTreeSet<Ident> = self
            .roles
            .iter()
            .filter(|(role, option)| **option && after.roles.get(*role) == Some(&false))
            .map(|(role, _)| role.clone())
            .collect();
        let granted = |option: bool| -> BTreeSet<Ident> {
            let is_new = |role: &Ident| !kept.contains(role) && self.roles.get(role) != Some(&option);
            let wanted = after.roles.iter().filter(|(_, with)| **with == option);
            wanted.map(|(role, _)| role.clone()).filter(is_new).collect()
        };
        let (plain, with_option) = (granted(false), granted(true));
        if !gone.is_empty() {
            changes.push(GrantChange::RevokeRoles(gone));
        }
        if !kept.is_empty() {
            changes.push(GrantChange::RevokeAdminOption(kept));
        }
        for (roles, admin_option) in [(plain, false), (with_option, true)] {
            if !roles.is_empty() {
                changes.push(GrantChange::GrantRoles { roles, admin_option });
            }
        }
    }
}

/// Puts rights together that are for the same, and members of a group that are all there under the name of the group.
fn grouped<'r>(rights: impl IntoIterator<Item = &'r Right>) -> Vec<RightsOn> {
    let mut left: BTreeSet<&Right> = rights.into_iter().collect();
    let mut found: BTreeMap<Scope, BTreeMap<String, BTreeSet<Ident>>> = BTreeMap::new();
    let scopes: BTreeSet<Scope> = left.iter().map(|right| right.scope.said()).collect();
    for scope in &scopes {
        // The widest groups first: they stand behind their members.
        for group in PRIVILEGES
            .iter()
            .rev()
            .filter(|group| group.members().len() > 1 && scope.takes(group.level))
        {
            let members: Vec<Right> = scope
                .members_of(group)
                .into_iter()
                .map(|(name, scope)| Right::new(name, scope, None))
                .collect();
            if members.len() > 1 && members.iter().all(|member| left.contains(member)) {
                let privileges = found.entry(scope.clone()).or_default();
                privileges.insert(group.name.to_owned(), BTreeSet::new());
                left.retain(|right| !members.contains(right));
            }
        }
    }
    for right in left {
        let privileges = found.entry(right.scope.said()).or_default();
        let columns = privileges.entry(right.privilege.clone()).or_default();
        columns.extend(right.column.clone());
    }
    found
        .into_iter()
        .map(|(scope, privileges)| RightsOn { privileges, scope })
        .collect()
}

impl RightsOn {
    /// Each privilege on each column. A group is those of its members that can be granted on this.
    fn each(&self) -> Vec<Right> {
        let mut rights = Vec::new();
        for (name, columns) in &self.privileges {
            let members: Vec<(&str, Scope)> = match Privilege::find(name) {
                Some(privilege) => self.scope.members_of(privilege),
                None => vec![(name.as_str(), self.scope.clone())],
            };
            for (privilege, scope) in members {
                let right = |column: Option<&Ident>| Right::new(privilege, scope.clone(), column);
                if columns.is_empty() {
                    rights.push(right(None));
                }
                rights.extend(columns.iter().map(|column| right(Some(column))));
            }
        }
        rights
    }
}

impl Right {
    pub(super) fn new(privilege: &str, scope: Scope, column: Option<&Ident>) -> Self {
        Self {
            scope,
            privilege: privilege.to_owned(),
            column: column.cloned(),
        }
    }

    /// Does it give all that the other one gives?
    fn covers(&self, other: &Self) -> bool {
        (self.privilege == other.privilege || Source::has(&self.privilege, &other.privilege))
            && self.scope.covers(&other.scope)
            && (self.column.is_none() || self.column == other.column)
    }
}

impl Scope {
    /// The table, if it is one.
    pub fn relation(&self) -> Option<QualifiedName> {
        match self {
            Self::Table(database, Pattern { text, prefix: false }) => Some(QualifiedName {
                database: database.clone(),
                name: text.clone(),
            }),
            Self::All | Self::Database(_) | Self::Table(..) | Self::Named(_) | Self::Source { .. } => None,
        }
    }

    /// As a statement says it: `ON *.*` is for names, too.
    fn said(&self) -> Self {
        match self {
            Self::Named(None) => Self::All,
            scope => scope.clone(),
        }
    }

    /// Can a privilege of this level be granted on it?
    pub fn takes(&self, level: Level) -> bool {
        match (self, level) {
            (Self::All, _) | (_, Level::Group) => true,
            (_, Level::Global) | (Self::Table(..), Level::Database) => false,
            (Self::Named(_) | Self::Source { .. }, Level::Named) => true,
            (Self::Named(_) | Self::Source { .. }, _)
            | (Self::Database(_) | Self::Table(..), Level::Named) => false,
            (
                Self::Database(_) | Self::Table(..),
                Level::Database | Level::Table | Level::View | Level::Dictionary | Level::Column,
            ) => true,
        }
    }

    /// What a privilege gives on this: itself or the members of its group, each with what it is for. ClickHouse takes the
    /// database for the name where ALL of it is granted: `ALL ON web.*` lets one create a user called `web`.
    fn members_of(&self, privilege: &Privilege) -> Vec<(&'static str, Self)> {
        let named_like = match self {
            Self::All => Some(None),
            Self::Database(database) => Some(Some(database.clone())),
            Self::Table(database, _) => Some(Some(Pattern::name(database.clone()))),
            Self::Named(_) | Self::Source { .. } => None,
        };
        let scope_of = |level: Level| match named_like.clone().filter(|_| level == Level::Named) {
            Some(name) => Some(Self::Named(name)),
            None => self.takes(level).then(|| self.clone()),
        };
        let members = privilege.members().iter();
        members
            .filter_map(|member| Some((member.name, scope_of(member.level)?)))
            .collect()
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Database(database), Self::Database(inner)) => database.covers(inner),
            (Self::Database(database), Self::Table(inner, _)) => database.matches(inner),
            (Self::Table(database, table), Self::Table(of, inner)) => database == of && table.covers(inner),
            (Self::Named(None), Self::Named(_)) => true,
            (Self::Named(Some(name)), Self::Named(Some(inner))) => name.covers(inner),
            (Self::Named(None), Self::Source { .. }) => true,
            (Self::Named(Some(name)), Self::Source { source, .. }) => name.matches(source),
            (Self::Source { .. }, Self::Source { .. }) => self == other,
            (Self::Database(_) | Self::Table(..) | Self::Named(_) | Self::Source { .. }, _) => false,
        }
    }
}

impl Pattern {
    /// A name.
    pub fn name(text: Ident) -> Self {
        Self { text, prefix: false }
    }

    fn matches(&self, name: &Ident) -> bool {
        if self.prefix {
            name.as_str().starts_with(self.text.as_str())
        } else {
            *name == self.text
        }
    }

    fn covers(&self, other: &Self) -> bool {
        self.matches(&other.text) && (self.prefix || !other.prefix)
    }
}

/// As SQL.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.text.sql(), if self.prefix { "*" } else { "" })
    }
}

/// As SQL.
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*.*"),
            Self::Database(database) => write!(f, "{database}.*"),
            Self::Table(database, table) => write!(f, "{}.{table}", database.sql()),
            Self::Named(None) => f.write_str("*"),
            Self::Named(Some(name)) => write!(f, "{name}"),
            Self::Source { source, filter } => write!(f, "{}({})", source.sql(), quote_string(filter)),
        }
    }
}
