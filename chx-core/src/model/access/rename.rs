//! Access entities by another name.
//!
//! The server knows whom a clause is for by an id, so it says the new name wherever the old one stood. A right on a user
//! (`SET DEFINER ON bob`) and the definer of a view are names, and stay as they are.

use super::{AccessEntity, AccessId, Ident, Members};

impl AccessId {
    /// The identity by another name.
    #[must_use]
    pub(crate) fn renamed(&self, to: &Ident) -> Self {
        match self {
            Self::SettingsProfile(_) => Self::SettingsProfile(to.clone()),
            Self::Grantee(_) => Self::Grantee(to.clone()),
            Self::Quota(_) => Self::Quota(to.clone()),
            Self::RowPolicy(policy) => {
                let mut policy = policy.clone();
                policy.name = to.clone();
                Self::RowPolicy(policy)
            }
        }
    }
}

impl AccessEntity {
    /// The entity by another name.
    #[must_use]
    pub(crate) fn renamed(mut self, to: &Ident) -> Self {
        let name = match &mut self {
            Self::SettingsProfile(profile) => &mut profile.name,
            Self::Role(role) => &mut role.name,
            Self::User(user) => &mut user.name,
            Self::Quota(quota) => &mut quota.name,
            Self::RowPolicy(policy) => &mut policy.name.name,
        };
        name.clone_from(to);
        self
    }

    /// The same where what it names has another name; `None` where it does not name it.
    #[must_use]
    pub(crate) fn naming(&self, id: &AccessId, to: &Ident) -> Option<Self> {
        let mut entity = self.clone();
        match id {
            AccessId::SettingsProfile(from) => {
                if let Self::SettingsProfile(super::SettingsProfile { settings, .. })
                | Self::Role(super::Role { settings, .. })
                | Self::User(super::User { settings, .. }) = &mut entity
                {
                    settings.rename_profile(from, to);
                }
            }
            AccessId::Grantee(from) => {
                for members in entity.members_mut() {
                    members.rename(from, to);
                }
                if let Some(grants) = entity.grants_mut()
                    && let Some(option) = grants.roles.remove(from)
                {
                    grants.roles.insert(to.clone(), option);
                }
            }
            // Nothing names them.
            AccessId::Quota(_) | AccessId::RowPolicy(_) => {}
        }
        (entity != *self).then_some(entity)
    }

    fn members_mut(&mut self) -> Vec<&mut Members> {
        match self {
            Self::SettingsProfile(profile) => vec![&mut profile.to],
            Self::Role(_) => Vec::new(),
            Self::User(user) => vec![&mut user.default_roles, &mut user.grantees],
            Self::Quota(quota) => vec![&mut quota.to],
            Self::RowPolicy(policy) => vec![&mut policy.to],
        }
    }
}
