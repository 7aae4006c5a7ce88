//! The clauses of access entities.

use std::collections::BTreeSet;

use crate::model::access::{
    AccessChange, AccessKind, AccessSetting, AccessSettings, Authentication, Host, PasswordMethod,
    QuotaInterval, QuotaKey, QuotaLimit, Writability,
};
use crate::model::{Secret, SettingValue};
use crate::sql::{Punct, TokenKind};

use super::super::Reader;
use super::super::cursor::Cursor;
use super::super::error::{ParseError, ParseErrorKind};
use super::super::storage::setting_value;
use super::{members, name};

/// All clauses that stand here, each at most once.
pub(super) fn clauses(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    kind: AccessKind,
) -> Result<Vec<AccessChange>, ParseError> {
    let mut changes: Vec<AccessChange> = Vec::new();
    loop {
        let here = *cursor;
        if cursor.is_words("ON CLUSTER") || cursor.is_words("RENAME TO") {
            let words = if cursor.is_word("ON") {
                "ON CLUSTER"
            } else {
                "RENAME TO"
            };
            return Err(cursor.unsupported(words));
        }
        if cursor.is_word("IN") {
            return Err(cursor.unsupported("IN storage"));
        }
        let found = match kind {
            AccessKind::User => user_clause(cursor, reader)?,
            AccessKind::Role => settings_clause(cursor)?,
            AccessKind::SettingsProfile => {
                settings_clause(cursor)?.map_or_else(|| to_clause(cursor), |found| Ok(Some(found)))?
            }
            AccessKind::Quota => quota_clause(cursor)?,
            AccessKind::RowPolicy => policy_clause(cursor, reader)?,
        };
        let Some(found) = found else {
            // The order means nothing, and servers take some of them in one order only.
            changes.sort_by_key(AccessChange::place);
            return Ok(changes);
        };
        for change in found {
            if changes.iter().any(|other| is_same_clause(other, &change)) {
                return Err(here.twice("clause"));
            }
            changes.push(change);
        }
    }
}

/// Do two clauses say the same thing of an entity?
fn is_same_clause(one: &AccessChange, other: &AccessChange) -> bool {
    match (one, other) {
        (AccessChange::Interval(one, _), AccessChange::Interval(other, _)) => one == other,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

type Found = Result<Option<Vec<AccessChange>>, ParseError>;

fn user_clause(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Found {
    if cursor.eat_words("NOT IDENTIFIED") {
        return Ok(Some(vec![AccessChange::Identified(Vec::new())]));
    }
    if cursor.eat_words("IDENTIFIED") {
        return Ok(Some(vec![AccessChange::Identified(authentication(
            cursor, reader,
        )?)]));
    }
    if cursor.eat_words("VALID UNTIL") {
        let until = cursor.string("a day and time")?;
        let until = Some(until).filter(|until| !until.eq_ignore_ascii_case("infinity"));
        return Ok(Some(vec![AccessChange::ValidUntil(until)]));
    }
    if cursor.eat_words("HOST") {
        return Ok(Some(vec![AccessChange::Hosts(hosts(cursor)?)]));
    }
    if cursor.eat_words("DEFAULT ROLE") {
        return Ok(Some(vec![AccessChange::DefaultRoles(members(cursor)?)]));
    }
    if cursor.eat_words("DEFAULT DATABASE") {
        let database = if cursor.eat_words("NONE") {
            None
        } else {
            Some(cursor.ident("a database")?)
        };
        return Ok(Some(vec![AccessChange::DefaultDatabase(database)]));
    }
    if cursor.eat_words("GRANTEES") {
        return Ok(Some(vec![AccessChange::Grantees(members(cursor)?)]));
    }
    for words in [
        "ADD IDENTIFIED",
        "RESET AUTHENTICATION METHODS",
        "ADD HOST",
        "DROP HOST",
    ] {
        if cursor.is_words(words) {
            return Err(cursor.unsupported(format!("{words}: say all of them")));
        }
    }
    settings_clause(cursor)
}

fn to_clause(cursor: &mut Cursor<'_>) -> Found {
    if cursor.eat_words("TO") {
        return Ok(Some(vec![AccessChange::To(members(cursor)?)]));
    }
    Ok(None)
}

fn settings_clause(cursor: &mut Cursor<'_>) -> Found {
    for words in [
        "ADD SETTING",
        "ADD PROFILE",
        "MODIFY SETTING",
        "DROP SETTING",
        "DROP PROFILE",
        "DROP ALL",
    ] {
        if cursor.is_words(words) || cursor.is_words(&format!("{words}S")) {
            return Err(cursor.unsupported(format!("{words}: say all of `SETTINGS`")));
        }
    }
    if cursor.eat_words("SETTINGS") {
        return Ok(Some(vec![AccessChange::Settings(settings(cursor)?)]));
    }
    Ok(None)
}

fn policy_clause(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Found {
    if cursor.eat_words("FOR") {
        // It says that the policy is for reading, the only kind there is.
        cursor.expect_words("SELECT")?;
        return Ok(Some(Vec::new()));
    }
    if cursor.eat_words("AS") {
        let restrictive = cursor.eat_words("RESTRICTIVE");
        if !restrictive && !cursor.eat_words("PERMISSIVE") {
            return Err(cursor.expected("`PERMISSIVE` or `RESTRICTIVE`"));
        }
        return Ok(Some(vec![AccessChange::Restrictive(restrictive)]));
    }
    if cursor.eat_words("USING") {
        if cursor.eat_words("NONE") {
            return Ok(Some(vec![AccessChange::Using(None)]));
        }
        let here = *cursor;
        let mut condition = cursor.expr("the condition of the row policy")?;
        reader.keep_secrets_of_query(&mut condition, &here)?;
        return Ok(Some(vec![AccessChange::Using(Some(condition))]));
    }
    to_clause(cursor)
}

fn quota_clause(cursor: &mut Cursor<'_>) -> Found {
    if cursor.eat_words("NOT KEYED") {
        return Ok(Some(vec![AccessChange::KeyedBy(QuotaKey::None)]));
    }
    if cursor.eat_words("KEYED BY") || cursor.eat_words("KEY BY") {
        return Ok(Some(vec![AccessChange::KeyedBy(quota_key(cursor)?)]));
    }
    if cursor.is_word("FOR") {
        let mut intervals = vec![interval(cursor)?];
        while cursor.is_punct(Punct::Comma) && cursor.is_word_at(1, "FOR") {
            cursor.advance();
            intervals.push(interval(cursor)?);
        }
        return Ok(Some(intervals));
    }
    to_clause(cursor)
}

fn quota_key(cursor: &mut Cursor<'_>) -> Result<QuotaKey, ParseError> {
    let here = *cursor;
    let mut words = Vec::new();
    loop {
        let word = name(cursor, "quota's key")?;
        words.push(word.as_str().to_ascii_lowercase().replace(' ', "_"));
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    let written = words.join("_or_");
    if written == "none" {
        return Ok(QuotaKey::None);
    }
    let is_meant = |key: &QuotaKey| key.as_str().replace(", ", "_or_") == written;
    QuotaKey::KEYS.into_iter().find(is_meant).ok_or_else(|| {
        let known = QuotaKey::KEYS.map(|key| format!("`{}`", key.as_str()));
        here.expected(format!("what the quota is keyed by: one of {}", known.join("; ")))
    })
}

/// The lengths of intervals in seconds, as ClickHouse counts them.
pub(in crate::ddl) const UNITS: [(&str, u64); 8] = [
    ("year", 31_556_952),
    ("quarter", 7_889_238),
    ("month", 2_629_746),
    ("week", 604_800),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
    ("second", 1),
];

fn interval(cursor: &mut Cursor<'_>) -> Result<AccessChange, ParseError> {
    cursor.expect_words("FOR")?;
    let randomized = cursor.eat_words("RANDOMIZED");
    cursor.eat_words("INTERVAL");
    let here = *cursor;
    let number: Option<u64> = cursor.number()?.parse().ok();
    let unit = UNITS
        .iter()
        .find(|(unit, _)| cursor.is_word(unit) || cursor.is_word(&format!("{unit}s")));
    let Some((_, seconds)) = unit else {
        return Err(cursor.expected("a unit of time, such as `hour`"));
    };
    cursor.advance();
    let Some(seconds) = number.and_then(|number| number.checked_mul(*seconds)) else {
        return Err(here.expected("a whole number of the interval's unit"));
    };
    if cursor.eat_words("NO LIMITS") {
        return Ok(AccessChange::Interval(seconds, None));
    }
    let mut interval = QuotaInterval {
        randomized,
        ..QuotaInterval::default()
    };
    if cursor.eat_words("TRACKING ONLY") {
        return Ok(AccessChange::Interval(seconds, Some(interval)));
    }
    let mut says_max = false;
    loop {
        let here = *cursor;
        says_max |= cursor.eat_words("MAX");
        let Some(limit) = limit(cursor) else {
            let known = QuotaLimit::ALL.map(QuotaLimit::as_str);
            return Err(cursor.expected(format!("what is limited: one of {}", known.join(", "))));
        };
        if says_max {
            cursor.eat_punct(Punct::Eq);
        } else {
            // The older form: `queries MAX 10`.
            cursor.expect_words("MAX")?;
        }
        let value = limit_value(cursor)?;
        if interval.limits.insert(limit, value).is_some() {
            return Err(here.twice("limit"));
        }
        if !cursor.is_punct(Punct::Comma) || cursor.is_word_at(1, "FOR") {
            return Ok(AccessChange::Interval(seconds, Some(interval)));
        }
        cursor.advance();
    }
}

fn limit(cursor: &mut Cursor<'_>) -> Option<QuotaLimit> {
    QuotaLimit::ALL
        .into_iter()
        .find(|limit| cursor.eat_words(limit.as_str()) || cursor.eat_words(&limit.as_str().replace('_', " ")))
}

/// A number, also with a suffix in quotes: `'10G'` is 10000000000.
fn limit_value(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let here = *cursor;
    if !cursor.is_string_at(0) {
        return Ok(SettingValue::new(&cursor.number()?).as_str().to_owned());
    }
    let text = cursor.string("a number")?;
    with_suffix(text.trim()).ok_or_else(|| here.expected("a number, such as `10` or `'10G'`"))
}

/// The number that a text with a suffix of size means.
fn with_suffix(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: u128 = match text.get(digits.len()..)? {
        "" => 1,
        "K" | "k" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "T" => 1_000_000_000_000,
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        "Ti" => 1 << 40,
        _ => return None,
    };
    let number: u64 = digits.parse().ok()?;
    Some((u128::from(number) * factor).to_string())
}

fn settings(cursor: &mut Cursor<'_>) -> Result<AccessSettings, ParseError> {
    if cursor.eat_words("NONE") {
        return Ok(AccessSettings::default());
    }
    let mut elements: Vec<AccessSetting> = Vec::new();
    loop {
        let here = *cursor;
        let behind_profile = matches!(elements.last(), Some(AccessSetting::Profile(_)));
        let element = setting(cursor, behind_profile)?;
        let is_said = |other: &AccessSetting| match (other, &element) {
            (AccessSetting::Setting { name, .. }, AccessSetting::Setting { name: said, .. }) => name == said,
            _ => *other == element,
        };
        if elements.iter().any(is_said) {
            return Err(here.twice("setting"));
        }
        elements.push(element);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(AccessSettings::new(elements));
        }
    }
}

/// Does a value or bound of a setting stand here?
fn is_bound(cursor: &Cursor<'_>) -> bool {
    cursor.is_punct(Punct::Eq)
        || [
            "MIN",
            "MAX",
            "CONST",
            "READONLY",
            "WRITABLE",
            "CHANGEABLE_IN_READONLY",
        ]
        .iter()
        .any(|word| cursor.is_word(word))
}

fn setting(cursor: &mut Cursor<'_>, behind_profile: bool) -> Result<AccessSetting, ParseError> {
    let mut behind = *cursor;
    behind.advance();
    if !is_bound(&behind) || cursor.is_words("PROFILE READONLY") {
        let says_profile = cursor.eat_words("PROFILE");
        let inherits = !says_profile && cursor.eat_words("INHERIT");
        if inherits {
            cursor.eat_words("PROFILE");
        }
        if says_profile || inherits || behind_profile {
            return Ok(AccessSetting::Profile(name(cursor, "settings profile")?));
        }
    }
    let name = cursor.compound_ident("the name of a setting")?;
    let (mut value, mut min, mut max, mut writability) = (None, None, None, None);
    let start = *cursor;
    loop {
        let here = *cursor;
        let place = if cursor.eat_punct(Punct::Eq) {
            &mut value
        } else if cursor.eat_words("MIN") {
            cursor.eat_punct(Punct::Eq);
            &mut min
        } else if cursor.eat_words("MAX") {
            cursor.eat_punct(Punct::Eq);
            &mut max
        } else {
            let word = if cursor.eat_words("CONST") || cursor.eat_words("READONLY") {
                Writability::Const
            } else if cursor.eat_words("WRITABLE") {
                Writability::Writable
            } else if cursor.eat_words("CHANGEABLE_IN_READONLY") {
                Writability::ChangeableInReadonly
            } else {
                break;
            };
            if writability.replace(word).is_some() {
                return Err(here.twice("CONST or WRITABLE"));
            }
            continue;
        };
        if place.replace(setting_value(cursor)?).is_some() {
            return Err(here.twice("setting"));
        }
    }
    if value.is_none() && min.is_none() && max.is_none() && writability.is_none() {
        return Err(start.expected(format!("`=` behind the setting `{name}`")));
    }
    Ok(AccessSetting::Setting {
        name: String::from(name),
        value,
        min,
        max,
        writability,
    })
}

fn hosts(cursor: &mut Cursor<'_>) -> Result<BTreeSet<Host>, ParseError> {
    let mut hosts = BTreeSet::new();
    loop {
        if cursor.eat_words("ANY") {
            hosts.insert(Host::Any);
        } else if cursor.eat_words("LOCAL") {
            hosts.insert(Host::Local);
        } else if cursor.eat_words("NAME") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Name));
        } else if cursor.eat_words("REGEXP") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Regexp));
        } else if cursor.eat_words("IP") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Ip));
        } else if cursor.eat_words("LIKE") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Like));
        } else if !cursor.eat_words("NONE") {
            return Err(cursor.expected("`ANY`, `NONE`, `LOCAL`, `NAME`, `REGEXP`, `IP` or `LIKE`"));
        }
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(hosts);
        }
    }
}

/// `'a', 'b'`: a comma with something else behind it is not its own.
fn strings(cursor: &mut Cursor<'_>) -> Result<Vec<String>, ParseError> {
    let mut strings = vec![cursor.string("a string")?];
    while cursor.is_punct(Punct::Comma) && cursor.is_string_at(1) {
        cursor.advance();
        strings.push(cursor.string("a string")?);
    }
    Ok(strings)
}

fn authentication(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Vec<Authentication>, ParseError> {
    if cursor.eat_words("BY") {
        return Ok(vec![password(cursor, reader, None)?]);
    }
    cursor.expect_words("WITH")?;
    if cursor.eat_words("NO_PASSWORD") {
        return Ok(Vec::new());
    }
    let mut ways = Vec::new();
    loop {
        ways.push(way(cursor, reader)?);
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    if ways.len() > 1 && cursor.is_words("VALID UNTIL") {
        return Err(cursor.unsupported("VALID UNTIL of one of several ways to log in"));
    }
    Ok(ways)
}

fn way(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Authentication, ParseError> {
    if let Some(method) = PasswordMethod::ALL
        .into_iter()
        .find(|method| cursor.eat_words(method.as_str()))
    {
        // What the server shows of a user has no password.
        if reader.is_stored && !cursor.is_word("BY") {
            return Ok(Authentication::Password {
                method: Some(method),
                secret: Secret::Hidden,
            });
        }
        cursor.expect_words("BY")?;
        let way = password(cursor, reader, Some(method))?;
        if cursor.is_word("SALT") {
            return Err(cursor.unsupported("SALT"));
        }
        return Ok(way);
    }
    if cursor.eat_words("LDAP SERVER") {
        return Ok(Authentication::Ldap(
            cursor.string("the name of the LDAP server")?,
        ));
    }
    if cursor.eat_words("KERBEROS") {
        let realm = if cursor.eat_words("REALM") {
            Some(cursor.string("the realm")?)
        } else {
            None
        };
        return Ok(Authentication::Kerberos(realm));
    }
    if cursor.eat_words("SSL_CERTIFICATE") {
        if cursor.eat_words("CN") {
            return Ok(Authentication::CommonName(strings(cursor)?.into_iter().collect()));
        }
        cursor.expect_words("SAN")?;
        return Ok(Authentication::SubjectAltName(
            strings(cursor)?.into_iter().collect(),
        ));
    }
    for word in ["SSH_KEY", "HTTP", "JWT", "NO_PASSWORD", "ONE_TIME_PASSWORD"] {
        if cursor.is_word(word) {
            return Err(cursor.unsupported(format!("IDENTIFIED WITH {}", word.to_ascii_lowercase())));
        }
    }
    let known = PasswordMethod::ALL.map(PasswordMethod::as_str);
    Err(cursor.expected(format!(
        "how to log in: no_password, {}, ldap, kerberos or ssl_certificate",
        known.join(", ")
    )))
}

fn password(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    method: Option<PasswordMethod>,
) -> Result<Authentication, ParseError> {
    let here = *cursor;
    if cursor
        .peek()
        .is_some_and(|token| token.kind == TokenKind::Parameter)
    {
        return Err(cursor.unsupported("a query parameter as a password"));
    }
    let text = cursor.string("where the password comes from, such as `'env:NAME'`")?;
    let secret = match Secret::parse(&text) {
        Some(secret) => secret,
        None if reader.is_stored => Secret::Hidden,
        None => {
            return Err(here.error(ParseErrorKind::PlainSecret {
                what: "IDENTIFIED".to_owned(),
            }));
        }
    };
    Ok(Authentication::Password { method, secret })
}
