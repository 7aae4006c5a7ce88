//! Patterns that choose databases and objects: `web`, `web.page_view`, `app_*`, `*.tmp_?`.
//!
//! Decides what a pattern means: a database, and behind a point the objects in it; a kind and a name for what belongs
//! to the server and to no database (`function`, `named collection`, `workload`, `resource`, `user`, `role`, `row policy`, `quota`,
//! `settings profile`; `grantee` is a user or role); `*` stands for any text and `?` for one character; a part in backticks is
//! taken by its letters. It refuses what can match nothing.

use std::fmt;
use std::str::FromStr;

use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::access::{AccessId, AccessKind};
use chx_core::model::{Object, ObjectId, ObjectKind};

/// A pattern for databases and their objects, or for what belongs to the server: `function score_*`.
///
/// ```
/// use chx_core::ident::QualifiedName;
/// use chx_runtime::introspect::Pattern;
/// let pattern: Pattern = "app_*.event?".parse()?;
/// assert!(pattern.matches(&QualifiedName::new("app_eu", "events")?));
/// assert!(!pattern.matches(&QualifiedName::new("app_eu", "event")?));
/// let whole: Pattern = "web".parse()?;
/// assert!(whole.matches(&QualifiedName::new("web", "anything")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    means: Means,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Means {
    /// A database, or objects in it.
    InDatabase {
        database: Glob,
        /// `None` for everything in the database.
        name: Option<Glob>,
    },
    /// What belongs to the server, of a kind: `function`.
    OfServer(&'static str, Glob),
}

/// Text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no pattern for objects: {reason}; write a database (`web`, `app_*`), an object (`web.tmp_*`) or what belongs to the server (`function score_*`, `workload *`)"
)]
pub struct PatternError {
    text: String,
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Glob {
    /// Exactly this.
    Name(String),
    /// With `*` and `?`.
    Wild(Vec<char>),
}

/// What belongs to the server and has a name of its own.
const OF_SERVER: [ObjectKind; 4] = [
    ObjectKind::Function,
    ObjectKind::NamedCollection,
    ObjectKind::Resource,
    ObjectKind::Workload,
];

/// A user or role, as findings call both.
const GRANTEE: &str = "grantee";

impl Pattern {
    /// The pattern that means this object and no other.
    pub fn exactly(name: &QualifiedName) -> Self {
        Self {
            text: name.sql().to_string(),
            means: Means::InDatabase {
                database: Glob::Name(name.database.as_str().to_owned()),
                name: Some(Glob::Name(name.name.as_str().to_owned())),
            },
        }
    }

    /// The pattern that means this database and everything in it.
    pub fn whole(database: &Ident) -> Self {
        Self {
            text: database.sql().to_string(),
            means: Means::InDatabase {
                database: Glob::Name(database.as_str().to_owned()),
                name: None,
            },
        }
    }

    /// Does it mean this object?
    pub fn matches(&self, object: &QualifiedName) -> bool {
        match &self.means {
            Means::InDatabase { database, name } => {
                let fits = |glob: &Glob| glob.matches(object.name.as_str());
                database.matches(object.database.as_str()) && name.as_ref().is_none_or(fits)
            }
            Means::OfServer(..) => false,
        }
    }

    /// Does it mean the database itself, with everything in it?
    pub fn matches_database(&self, name: &Ident) -> bool {
        matches!(&self.means, Means::InDatabase { database, name: None } if database.matches(name.as_str()))
    }

    /// Can it mean anything in this database?
    pub fn reaches(&self, name: &Ident) -> bool {
        matches!(&self.means, Means::InDatabase { database, .. } if database.matches(name.as_str()))
    }

    /// Does it mean this object, which belongs to the server? Its name does not say whether a grantee is a user or a role: there
    /// a pattern for one of the two may mean it.
    pub fn matches_of_server(&self, id: &ObjectId) -> bool {
        self.means_named(id, &["user", "role"])
    }

    /// Does it mean this object, which belongs to the server, also where a user is no role?
    pub fn matches_any_kind(&self, id: &ObjectId) -> bool {
        self.means_named(id, &[])
    }

    /// Does it mean this object, which belongs to the server?
    pub fn matches_object(&self, object: &Object) -> bool {
        self.means_named(&object.id(), &[object.kind().noun()])
    }

    /// `grantees` are the words for a user or role besides that for both.
    fn means_named(&self, id: &ObjectId, grantees: &[&str]) -> bool {
        let Means::OfServer(kind, glob) = &self.means else {
            return false;
        };
        let (is_meant, name) = match id {
            ObjectId::Access(access) => {
                let is_meant = match access {
                    AccessId::Grantee(_) => *kind == GRANTEE || grantees.contains(kind),
                    AccessId::SettingsProfile(_) => *kind == AccessKind::SettingsProfile.as_str(),
                    AccessId::Quota(_) => *kind == AccessKind::Quota.as_str(),
                    AccessId::RowPolicy(_) => *kind == AccessKind::RowPolicy.as_str(),
                };
                (is_meant, access.name())
            }
            id => match id.on_server() {
                Some((noun, name)) => (*kind == noun, name),
                None => return false,
            },
        };
        is_meant && glob.matches(name.as_str())
    }

    /// Does it mean objects that belong to the server?
    pub fn is_of_server(&self) -> bool {
        matches!(self.means, Means::OfServer(..))
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let fail = |reason| PatternError {
            text: text
                .chars()
                .map(|c| if c.is_control() { '?' } else { c })
                .collect(),
            reason,
        };
        let access = AccessKind::ALL.map(AccessKind::as_str);
        let kinds = OF_SERVER.map(ObjectKind::noun).into_iter().chain(access);
        for noun in kinds.chain([GRANTEE]) {
            let Some(name) = text.strip_prefix(noun).and_then(|rest| rest.strip_prefix(' ')) else {
                continue;
            };
            return match part(name.trim_start()).map_err(fail)? {
                (name, None) => Ok(Self {
                    text: text.to_owned(),
                    means: Means::OfServer(noun, name),
                }),
                (_, Some(_)) => Err(fail("what belongs to the server stands in no database")),
            };
        }
        let (database, rest) = part(text).map_err(fail)?;
        let name = match rest {
            None => None,
            Some(rest) => {
                let (name, more) = part(rest).map_err(fail)?;
                if more.is_some() {
                    return Err(fail("it has more than two parts"));
                }
                Some(name)
            }
        };
        Ok(Self {
            text: text.to_owned(),
            means: Means::InDatabase { database, name },
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One part of a pattern, and what stands behind its point.
fn part(text: &str) -> Result<(Glob, Option<&str>), &'static str> {
    if let Some(quoted) = text.strip_prefix('`') {
        let (name, rest) = quoted.split_once('`').ok_or("a backtick is not closed")?;
        let name = Ident::new(name).map_err(|_| "a part of it cannot be a name")?;
        let rest = match rest.strip_prefix('.') {
            Some(rest) => Some(rest),
            None if rest.is_empty() => None,
            None => return Err("there is more behind a closing backtick"),
        };
        return Ok((Glob::Name(name.as_str().to_owned()), rest));
    }
    let (word, rest) = match text.split_once('.') {
        Some((word, rest)) => (word, Some(rest)),
        None => (text, None),
    };
    if word.is_empty() {
        return Err("a part of it is empty");
    }
    if word.chars().any(char::is_control) {
        return Err("it has characters that no name has");
    }
    let glob = if word.contains(['*', '?']) {
        Glob::Wild(word.chars().collect())
    } else {
        Glob::Name(word.to_owned())
    };
    Ok((glob, rest))
}

impl Glob {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Name(name) => name == text,
            Self::Wild(pattern) => wild(pattern, text),
        }
    }
}

/// The classic walk with one point to return to: at most `pattern * text` steps.
fn wild(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        let pattern: Pattern = pattern.parse().unwrap();
        let name = |text: &&str| {
            let (database, name) = text.split_once('/').unwrap();
            QualifiedName::new(database, name).unwrap()
        };
        for text in yes {
            assert!(pattern.matches(&name(text)), "{pattern} means {text}");
        }
        for text in no {
            assert!(!pattern.matches(&name(text)), "{pattern} does not mean {text}");
        }
    }

    #[test]
    fn patterns_mean_what_they_say() {
        check("web", &["web/a", "web/b.c"], &["webs/a", "we/a"]);
        check(
            "web.page_view",
            &["web/page_view"],
            &["web/page_views", "w/page_view"],
        );
        check("app_*", &["app_/a", "app_eu/b"], &["app/a"]);
        check("*.tmp_?", &["a/tmp_1", "b/tmp_ü"], &["a/tmp_", "a/tmp_12"]);
        check(
            "*.*a*b",
            &["x/ab", "x/aab", "x/abab", "x/1a2b"],
            &["x/abc", "x/b"],
        );
        check("`a*b`.`c.d`", &["a*b/c.d"], &["axb/c.d", "a*b/c"]);
    }

    #[test]
    fn functions_stand_in_no_database() {
        let pattern: Pattern = "function score_*".parse().unwrap();
        let function = |name: &str| ObjectId::Function(Ident::new(name).unwrap());
        assert!(pattern.matches_of_server(&function("score_a")));
        assert!(!pattern.matches_of_server(&function("score")));
        assert!(!pattern.matches(&QualifiedName::new("function score_a", "x").unwrap()));
        assert!(!pattern.reaches(&Ident::new("score_a").unwrap()));
        let odd: Pattern = "function `a.b`".parse().unwrap();
        assert!(odd.matches_of_server(&function("a.b")));
        let database: Pattern = "score_a".parse().unwrap();
        assert!(!database.matches_of_server(&function("score_a")));
        assert_eq!(
            "function web.lin".parse::<Pattern>().unwrap_err().to_string(),
            "`function web.lin` is no pattern for objects: what belongs to the server stands in no database; write a database (`web`, \
             `app_*`), an object (`web.tmp_*`) or what belongs to the server (`function score_*`, `workload *`)"
        );
    }

    #[test]
    fn users_and_roles_share_their_names() {
        let id = ObjectId::Access(AccessId::Grantee(Ident::new("ann").unwrap()));
        for (pattern, may, is_any) in [
            ("user a*", true, false),
            ("role a*", true, false),
            ("grantee a*", true, true),
            ("quota a*", false, false),
            ("user b*", false, false),
        ] {
            let pattern: Pattern = pattern.parse().unwrap();
            assert_eq!(pattern.matches_of_server(&id), may, "{pattern}");
            assert_eq!(pattern.matches_any_kind(&id), is_any, "{pattern}");
        }
    }

    #[test]
    fn what_can_match_nothing_is_refused() {
        for bad in ["", ".", "a.", ".a", "a.b.c", "`a", "`a`b", "``", "a\nb"] {
            assert!(bad.parse::<Pattern>().is_err(), "{bad:?}");
        }
        assert_eq!(
            "a.b.c".parse::<Pattern>().unwrap_err().to_string(),
            "`a.b.c` is no pattern for objects: it has more than two parts; write a database (`web`, `app_*`), an \
             object (`web.tmp_*`) or what belongs to the server (`function score_*`, `workload *`)"
        );
    }
}
