//! Privileges on sources of data outside of ClickHouse: S3, Kafka, a file.
//!
//! Up to 25.6 a source is a privilege (`S3 ON *.*`). From then on there are READ and WRITE on a source (`READ ON S3`), perhaps
//! on what matches a pattern (`READ ON S3('s3://logs/.*')`), and the old form is both of them. Here they are READ and WRITE on
//! a source, and the old form is how both are said.
//!
//! What a server shows is another matter. One without `enable_read_write_grants`, as all are until somebody sets it, shows the
//! old form whatever was granted. So what is read from a server stays in the old form, until something that it is compared with
//! says what it may be.

use std::collections::BTreeMap;

use super::grants::{Grants, Pattern, Right, RightsOn, Scope};
use super::{Ident, Privilege};

/// The two privileges on sources.
const READ_WRITE: [&str; 2] = ["READ", "WRITE"];

/// A source, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// `SOURCES`.
    All,
    /// One, by its place in the table of names.
    One(usize),
}

/// The privilege of the old form, the name behind ON, and the engines whose name is taken for it.
const NAMES: [(&str, &str, &[&str]); 19] = [
    ("FILE", "FILE", &["File"]),
    ("URL", "URL", &[]),
    ("REMOTE", "REMOTE", &["Distributed"]),
    ("MONGO", "MONGO", &["MongoDB"]),
    ("REDIS", "REDIS", &["Redis"]),
    ("MYSQL", "MYSQL", &["MySQL"]),
    ("POSTGRES", "POSTGRES", &["PostgreSQL"]),
    ("SQLITE", "SQLITE", &["SQLite"]),
    ("ODBC", "ODBC", &[]),
    ("JDBC", "JDBC", &[]),
    ("HDFS", "HDFS", &[]),
    ("S3", "S3", &[]),
    ("HIVE", "HIVE", &["Hive"]),
    ("AZURE", "AZURE", &["AzureBlobStorage"]),
    ("KAFKA", "KAFKA", &["Kafka"]),
    ("NATS", "NATS", &[]),
    ("RABBITMQ", "RABBITMQ", &["RabbitMQ"]),
    ("YTSAURUS", "YTSAURUS", &["YTsaurus"]),
    ("ARROW FLIGHT", "ARROW_FLIGHT", &["ArrowFlight"]),
];

impl Source {
    /// The source that is behind ON.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .position(|(_, source, engines)| *source == name || engines.contains(&name))
            .map(Self::One)
    }

    /// The source that is nearest to a misspelt one.
    pub(crate) fn nearest(name: &str) -> Option<&'static str> {
        crate::nearest::nearest(
            &name.to_ascii_uppercase(),
            NAMES.iter().map(|(_, source, _)| *source),
        )
    }

    /// The source of a privilege in the old form.
    pub(crate) fn of_privilege(name: &str) -> Option<Self> {
        if name == "SOURCES" {
            return Some(Self::All);
        }
        NAMES
            .iter()
            .position(|(privilege, ..)| *privilege == name)
            .map(Self::One)
    }

    /// Is the one all sources, in the old form, and the other one of them?
    pub(super) fn has(one: &str, other: &str) -> bool {
        one == Self::All.privilege() && Self::of_privilege(other).is_some()
    }

    /// The privilege of the old form.
    fn privilege(self) -> &'static str {
        match self {
            Self::All => "SOURCES",
            Self::One(at) => NAMES[at].0,
        }
    }

    /// The name behind ON; none for all.
    pub(crate) fn name(self) -> Option<Ident> {
        match self {
            Self::All => None,
            Self::One(at) => Ident::new(NAMES[at].1).ok(),
        }
    }

    fn scope(self) -> Scope {
        Scope::Named(self.name().map(Pattern::name))
    }

    /// The source of a right on one.
    fn of(right: &Right) -> Option<Self> {
        if !READ_WRITE.contains(&right.privilege.as_str()) {
            return None;
        }
        match &right.scope {
            Scope::All | Scope::Named(None) => Some(Self::All),
            Scope::Named(Some(pattern)) => Self::named(pattern.text.as_str()),
            Scope::Source { source, .. } => Self::named(source.as_str()),
            Scope::Database(_) | Scope::Table(..) => None,
        }
    }

    /// READ and WRITE on it.
    fn both(self) -> [Right; 2] {
        READ_WRITE.map(|privilege| Right::new(privilege, self.scope(), None))
    }
}

impl Privilege {
    /// Is it a source in the old form, which READ and WRITE stand for?
    pub(super) fn is_source(&self) -> bool {
        Source::of_privilege(self.name).is_some()
    }
}

impl RightsOn {
    /// What a statement says, with READ and WRITE on each source in place of the old form.
    pub(crate) fn without_old_form(self) -> Vec<Self> {
        let mut said = Vec::new();
        let mut others = BTreeMap::new();
        for (privilege, columns) in self.privileges {
            match Source::of_privilege(&privilege).filter(|_| self.scope == Scope::All) {
                Some(source) => said.push(Self {
                    privileges: READ_WRITE.map(|name| (name.to_owned(), columns.clone())).into(),
                    scope: source.scope(),
                }),
                None => {
                    others.insert(privilege, columns);
                }
            }
        }
        if !others.is_empty() {
            let others = Self {
                privileges: others,
                scope: self.scope,
            };
            said.insert(0, others);
        }
        said
    }

    /// The privilege of the old form that says the same, which every version takes.
    pub(crate) fn old_form(&self) -> Option<&'static str> {
        if !self.privileges.keys().map(String::as_str).eq(READ_WRITE) {
            return None;
        }
        match &self.scope {
            Scope::All | Scope::Named(None) => Some(Source::All.privilege()),
            Scope::Named(Some(Pattern { text, prefix: false })) => {
                Source::named(text.as_str()).map(Source::privilege)
            }
            Scope::Named(Some(_)) | Scope::Source { .. } | Scope::Database(_) | Scope::Table(..) => None,
        }
    }
}

impl Grants {
    /// As a server shows them that does not tell READ from WRITE, or one pattern from another.
    #[must_use]
    pub(super) fn shown(&self) -> Self {
        let mut shown = self.clone();
        let old = |right: Right| match Source::of(&right) {
            Some(source) => Right::new(source.privilege(), Scope::All, None),
            None => right,
        };
        for (right, option) in std::mem::take(&mut shown.rights) {
            *shown.rights.entry(old(right)).or_default() |= option;
        }
        shown.holes = std::mem::take(&mut shown.holes).into_iter().map(old).collect();
        shown
    }

    /// With what `wanted` says of a source in place of the old form that stands for it, so far as it may. Where it says nothing, the
    /// old form is READ and WRITE.
    #[must_use]
    pub(super) fn told_apart(&self, wanted: &Self) -> Self {
        let old =
            |right: &Right| Source::of_privilege(&right.privilege).filter(|_| right.scope == Scope::All);
        let mut grants = self.clone();
        grants.rights.retain(|right, _| old(right).is_none());
        grants.holes.retain(|right| old(right).is_none());
        for (right, option) in &self.rights {
            let Some(source) = old(right) else { continue };
            let said: Vec<(Right, bool)> = wanted
                .rights
                .iter()
                .filter(|(right, _)| Source::of(right) == Some(source))
                .map(|(right, option)| (right.clone(), *option))
                .collect();
            let said = if said.is_empty() {
                let given = source
                    .both()
                    .into_iter()
                    .filter(|right| wanted.gives(right, false));
                given.map(|right| (right, *option)).collect()
            } else {
                said
            };
            let said = if said.is_empty() {
                source.both().map(|right| (right, *option)).into()
            } else {
                said
            };
            // Who may grant one of them is shown as who may grant all of it.
            let is_said = said.iter().any(|(_, with)| *with);
            for (right, with) in said {
                grants.grant(right, *option && (with || !is_said));
            }
        }
        let mut holes = Vec::new();
        for hole in &self.holes {
            let Some(source) = old(hole) else { continue };
            let said: Vec<Right> = wanted
                .holes
                .iter()
                .filter(|right| Source::of(right) == Some(source))
                .cloned()
                .collect();
            holes.extend(if said.is_empty() {
                source.both().into()
            } else {
                said
            });
        }
        // A hole in nothing is none.
        holes.retain(|hole| grants.gives(hole, false));
        grants.holes.extend(holes);
        grants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_is_a_privilege_and_has_names() {
        for (at, (privilege, name, engines)) in NAMES.iter().enumerate() {
            assert!(Privilege::find(privilege).is_some(), "{privilege}");
            for name in std::iter::once(name).chain(*engines) {
                assert_eq!(Source::named(name), Some(Source::One(at)), "{name}");
            }
        }
        assert_eq!(Source::named("s3"), None);
        assert_eq!(Source::nearest("s3"), Some("S3"));
        assert_eq!(Source::of_privilege("CLUSTER"), None);
    }
}
