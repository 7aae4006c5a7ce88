//! The settings that users, roles and profiles bring along.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ident;
use crate::model::SettingValue;

/// Settings and profiles, in order: what stands later wins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessSettings(Vec<AccessSetting>);

/// One element of `SETTINGS`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessSetting {
    /// A value, and what whoever has it may make of it.
    Setting {
        /// The name.
        name: String,
        /// The value; none where there are only bounds.
        value: Option<SettingValue>,
        /// `MIN`.
        min: Option<SettingValue>,
        /// `MAX`.
        max: Option<SettingValue>,
        /// Whether it can be changed; not said for "as the profile says".
        writability: Option<Writability>,
    },
    /// `PROFILE 'name'`: all that a settings profile says.
    Profile(Ident),
}

/// Who may change a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writability {
    /// `CONST`, also written `READONLY`.
    Const,
    /// `WRITABLE`.
    Writable,
    /// `CHANGEABLE_IN_READONLY`.
    ChangeableInReadonly,
}

impl AccessSettings {
    /// Takes the elements in the order in which they were written. Between two profiles the order of different settings
    /// means nothing.
    pub fn new(mut elements: Vec<AccessSetting>) -> Self {
        for run in elements.split_mut(|element| matches!(element, AccessSetting::Profile(_))) {
            run.sort();
        }
        Self(elements)
    }

    /// The elements.
    pub fn elements(&self) -> &[AccessSetting] {
        &self.0
    }

    /// The same where a profile has another name.
    pub(crate) fn rename_profile(&mut self, from: &Ident, to: &Ident) {
        for element in &mut self.0 {
            if let AccessSetting::Profile(name) = element
                && name == from
            {
                name.clone_from(to);
            }
        }
    }

    /// The profiles that are named.
    pub fn profiles(&self) -> BTreeSet<Ident> {
        let profile = |element: &AccessSetting| match element {
            AccessSetting::Profile(name) => Some(name.clone()),
            AccessSetting::Setting { .. } => None,
        };
        self.0.iter().filter_map(profile).collect()
    }
}
