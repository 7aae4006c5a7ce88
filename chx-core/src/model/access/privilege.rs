//! One privilege: its names, on what it can be granted, the group that it belongs to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::privileges::PRIVILEGES;

/// What a privilege can be granted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// On the whole server: `*.*`.
    Global,
    /// On databases.
    Database,
    /// On tables.
    Table,
    /// On views, which are named like tables.
    View,
    /// On dictionaries, which are named like tables.
    Dictionary,
    /// On columns.
    Column,
    /// On what has one name: a user, a named collection, a table engine, a source.
    Named,
    /// A name for others together.
    Group,
}

/// A privilege that ClickHouse knows.
#[derive(Debug, Clone, Copy)]
pub struct Privilege {
    /// As the server writes it.
    pub name: &'static str,
    /// What it can be granted on.
    pub level: Level,
    /// The group that it belongs to; empty for ALL.
    pub group: &'static str,
    /// What else it is called.
    pub aliases: &'static [&'static str],
}

impl Privilege {
    /// The privilege of this name or alias, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let named = |privilege: &&Self| privilege.name.eq_ignore_ascii_case(name);
        let aliased = |privilege: &&Self| {
            privilege
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(name))
        };
        PRIVILEGES
            .iter()
            .find(named)
            .or_else(|| PRIVILEGES.iter().find(aliased))
    }

    /// The name that a misspelled one is nearest to.
    pub fn nearest(name: &str) -> Option<&'static str> {
        crate::nearest::nearest(name, PRIVILEGES.iter().map(|privilege| privilege.name))
    }

    /// Itself and all that belong to it, without the groups.
    pub fn members(&self) -> &'static [&'static Self] {
        MEMBERS.get(self.name).map_or(&[], Vec::as_slice)
    }
}

/// The members of each, found once.
static MEMBERS: LazyLock<BTreeMap<&str, Vec<&Privilege>>> = LazyLock::new(|| {
    let by_name: BTreeMap<&str, &Privilege> = PRIVILEGES
        .iter()
        .map(|privilege| (privilege.name, privilege))
        .collect();
    let mut members: BTreeMap<&str, Vec<&Privilege>> = BTreeMap::new();
    for privilege in PRIVILEGES {
        let mut at = Some(privilege).filter(|privilege| privilege.level != Level::Group);
        while let Some(above) = at {
            // READ and WRITE stand for the old form of sources among the members of ALL.
            if above.name == privilege.name || !privilege.is_source() {
                members.entry(above.name).or_default().push(privilege);
            }
            at = by_name.get(above.group).copied();
        }
    }
    members
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_aliases_and_groups() {
        for (written, name) in [
            ("select", "SELECT"),
            ("UPDATE", "ALTER UPDATE"),
            ("dictHas", "dictGet"),
            ("ALL PRIVILEGES", "ALL"),
            // The name comes before the alias of another.
            ("ALTER TABLE", "ALTER TABLE"),
        ] {
            assert_eq!(
                Privilege::find(written).map(|found| found.name),
                Some(name),
                "{written}"
            );
        }
        assert!(Privilege::find("SELEKT").is_none());
        assert_eq!(Privilege::nearest("selekt"), Some("SELECT"));
        let members = |name: &str| -> Vec<_> {
            let group = Privilege::find(name).expect(name);
            group.members().iter().map(|member| member.name).collect()
        };
        assert_eq!(
            members("SHOW"),
            [
                "SHOW DATABASES",
                "SHOW TABLES",
                "SHOW COLUMNS",
                "SHOW DICTIONARIES"
            ]
        );
        assert_eq!(members("INSERT"), ["INSERT"]);
        // It is a privilege, and another belongs to it.
        assert_eq!(
            members("CREATE ARBITRARY TEMPORARY TABLE"),
            ["CREATE TEMPORARY TABLE", "CREATE ARBITRARY TEMPORARY TABLE"]
        );
    }
}
