//! What can be known about secrets that a server hides.
//!
//! A hidden value may be any. Two definitions that differ in nothing but values of which one is hidden are neither
//! equal nor different: that is unknown, and no engine can tell.

use std::collections::{BTreeMap, VecDeque};

use super::disk;
use crate::ddl::secrets_of_object;
use crate::model::written_out::{
    is_secret_setting, replaced, secret_at, secrets_of_query, strings, with_hidden, with_hidden_like,
    with_secrets,
};
use crate::model::{
    CollectionValue, Database, Dictionary, DictionaryParam, DictionaryValue, Engine, Function,
    MaterializedView, NamedCollection, Object, Secret, SettingValue, Settings, Table, Target, View,
};

/// Whether the secrets of two definitions agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// They come from the same places.
    Same,
    /// They come from different places.
    Different,
    /// At least one is hidden.
    Unknown,
}

/// Do the secrets of two definitions of one object agree?
pub fn secrets_agree(a: &Object, b: &Object) -> Agreement {
    if let (Object::NamedCollection(a), Object::NamedCollection(b)) = (a, b) {
        return values_agree(a, b);
    }
    let disks = disk::agree(a, b);
    let secrets = |object: &Object| match disk::without(object) {
        Some(rest) => secrets_of_object(&rest),
        None => secrets_of_object(object),
    };
    let (a, b) = (secrets(a), secrets(b));
    if a.len() != b.len() {
        Agreement::Different
    } else if disks != Agreement::Same {
        disks
    } else if a.contains(&Secret::Hidden) || b.contains(&Secret::Hidden) {
        Agreement::Unknown
    } else if a == b {
        Agreement::Same
    } else {
        Agreement::Different
    }
}

/// The values of the keys that both have. No server shows one, so an engine cannot compare them either.
fn values_agree(a: &NamedCollection, b: &NamedCollection) -> Agreement {
    let both = a
        .entries
        .iter()
        .filter_map(|(key, entry)| Some((&entry.value, &b.entries.get(key)?.value)));
    let mut agreement = Agreement::Same;
    for (a, b) in both {
        if a.is_hidden() || b.is_hidden() {
            agreement = Agreement::Unknown;
        } else if a != b {
            return Agreement::Different;
        }
    }
    agreement
}

/// The object as its server shows it: with every secret [`hidden`], and of a named collection every value.
pub fn as_shown(object: Object) -> Object {
    let mut object = hidden(object);
    if let Object::NamedCollection(collection) = &mut object {
        for entry in collection.entries.values_mut() {
            entry.value = CollectionValue::Secret(Secret::Hidden);
        }
    }
    object
}

/// The object with every secret hidden. Two objects that are equal in this form differ in secrets at the most.
pub fn hidden(mut object: Object) -> Object {
    match &mut object {
        Object::Dictionary(dictionary) => {
            each_value(dictionary, &mut |_, value| {
                if matches!(value, DictionaryValue::Secret(_)) {
                    *value = DictionaryValue::Secret(Secret::Hidden);
                }
            });
        }
        Object::Table(Table { storage, .. }) => {
            hide_arguments(&mut storage.engine);
            hide_settings(&mut storage.settings);
        }
        Object::Database(Database { engine, settings, .. }) => {
            engine.iter_mut().for_each(hide_arguments);
            hide_settings(settings);
        }
        Object::View(view) => with_secrets(&mut view.query, |_, _| Some(Secret::Hidden)),
        Object::Function(function) => with_secrets(&mut function.body, |_, _| Some(Secret::Hidden)),
        Object::NamedCollection(collection) => {
            for entry in collection.entries.values_mut() {
                if let CollectionValue::Secret(secret) = &mut entry.value {
                    *secret = Secret::Hidden;
                }
            }
        }
        Object::Resource(_) | Object::Workload(_) | Object::Raw(_) => {}
        Object::Access(entity) => **entity = entity.clone().hidden(),
        Object::MaterializedView(view) => {
            with_secrets(&mut view.query, |_, _| Some(Secret::Hidden));
            if let Target::Inner(inner) = &mut view.target {
                hide_arguments(&mut inner.storage.engine);
                hide_settings(&mut inner.storage.settings);
            }
        }
    }
    object
}

fn hide_arguments(engine: &mut Engine) {
    for arg in &mut engine.args {
        if let Some(hidden) = with_hidden(arg) {
            *arg = hidden;
        }
    }
}

fn hide_settings(settings: &mut Settings) {
    if let Some(disk) = settings.own_disk() {
        settings.set_own_disk(&disk.hidden());
    }
    for (name, value) in &mut settings.0 {
        if is_secret_setting(name) && Secret::parse(value.as_str()).is_some() {
            *value = SettingValue::new(&Secret::Hidden.text());
        }
    }
}

/// Hides in `live` the values that `wanted` keeps secret: the server shows some of them.
pub(super) fn hide_like(live: &Object, wanted: &Object) -> Option<Object> {
    match (live, wanted) {
        (Object::Dictionary(live), Object::Dictionary(wanted)) => {
            let mut secret = Vec::new();
            each_value(&mut wanted.clone(), &mut |path, value| {
                if matches!(value, DictionaryValue::Secret(_)) {
                    secret.push(path.clone());
                }
            });
            let mut hidden = live.clone();
            each_value(&mut hidden, &mut |path, value| {
                let shown = matches!(value, DictionaryValue::Text(_) | DictionaryValue::Number(_));
                if shown && secret.contains(path) {
                    *value = DictionaryValue::Secret(Secret::Hidden);
                }
            });
            (hidden != *live).then_some(Object::Dictionary(hidden))
        }
        (Object::Table(live), Object::Table(wanted)) => {
            let mut hidden = live.clone();
            if let Some(engine) = hide_arguments_like(&live.storage.engine, &wanted.storage.engine) {
                hidden.storage.engine = engine;
            }
            for (name, value) in &mut hidden.storage.settings.0 {
                let wanted = wanted.storage.settings.get(name);
                let is_secret = |value: &SettingValue| Secret::parse(value.as_str()).is_some();
                if is_secret_setting(name) && wanted.is_some_and(is_secret) {
                    *value = SettingValue::new(&Secret::Hidden.text());
                }
            }
            (hidden != *live).then_some(Object::Table(hidden))
        }
        (Object::NamedCollection(live), Object::NamedCollection(wanted)) => {
            let mut hidden = live.clone();
            for (key, entry) in &mut hidden.entries {
                let wanted = wanted.entries.get(key).map(|entry| &entry.value);
                if matches!(wanted, Some(CollectionValue::Secret(_))) {
                    entry.value = CollectionValue::Secret(Secret::Hidden);
                }
            }
            (hidden != *live).then_some(Object::NamedCollection(hidden))
        }
        (Object::Database(live), Object::Database(wanted)) => {
            let engine = hide_arguments_like(live.engine.as_ref()?, wanted.engine.as_ref()?)?;
            let engine = Some(engine);
            Some(Object::Database(Database {
                engine,
                ..live.clone()
            }))
        }
        (
            Object::Database(_)
            | Object::Table(_)
            | Object::View(_)
            | Object::MaterializedView(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_),
            _,
        ) => None,
    }
}

fn hide_arguments_like(live: &Engine, wanted: &Engine) -> Option<Engine> {
    let mut engine = live.clone();
    for (arg, wanted) in engine.args.iter_mut().zip(&wanted.args) {
        if let Some(hidden) = with_hidden_like(arg, wanted) {
            *arg = hidden;
        }
    }
    (engine != *live).then_some(engine)
}

/// The object with a place for each of its hidden secrets: the one that `known`, another definition of the object, has there,
/// else what `place` gives for the key of the value.
#[must_use]
pub fn with_places(
    mut object: Object,
    known: Option<&Object>,
    place: &mut dyn FnMut(&str) -> Secret,
) -> Object {
    match &mut object {
        Object::Dictionary(dictionary) => {
            let mut there = BTreeMap::new();
            if let Some(Object::Dictionary(known)) = known {
                each_value(&mut known.clone(), &mut |way, value| {
                    if let DictionaryValue::Secret(secret) = value {
                        there.insert(way.clone(), secret.clone());
                    }
                });
            }
            each_value(dictionary, &mut |way, value| {
                if *value == DictionaryValue::Secret(Secret::Hidden) {
                    let key = way.last().map_or("", |(key, _)| key);
                    let secret = there.get(way).cloned().filter(|secret| *secret != Secret::Hidden);
                    *value = DictionaryValue::Secret(secret.unwrap_or_else(|| place(key)));
                }
            });
        }
        Object::Table(table) => {
            let known = known.and_then(|known| match known {
                Object::Table(known) => Some(&known.storage),
                _ => None,
            });
            place_arguments(&mut table.storage.engine, known.map(|known| &known.engine), place);
            place_settings(
                &mut table.storage.settings,
                known.map(|known| &known.settings),
                place,
            );
        }
        Object::Database(Database { engine, settings, .. }) => {
            let known = match known {
                Some(Object::Database(known)) => Some(known),
                _ => None,
            };
            if let Some(engine) = engine {
                place_arguments(engine, known.and_then(|known| known.engine.as_ref()), place);
            }
            place_settings(settings, known.map(|known| &known.settings), place);
        }
        Object::View(View { query, .. })
        | Object::MaterializedView(MaterializedView { query, .. })
        | Object::Function(Function { body: query, .. }) => {
            let known: Vec<Secret> = match known {
                Some(
                    Object::View(View { query, .. })
                    | Object::MaterializedView(MaterializedView { query, .. })
                    | Object::Function(Function { body: query, .. }),
                ) => secrets_of_query(query)
                    .into_iter()
                    .map(|(_, secret)| secret)
                    .collect(),
                _ => Vec::new(),
            };
            with_secrets(query, |nth, secret| {
                let there = known.get(nth).filter(|secret| **secret != Secret::Hidden);
                (*secret == Secret::Hidden).then(|| there.cloned().unwrap_or_else(|| place("PASSWORD")))
            });
        }
        Object::Access(entity) => {
            let known = match known {
                Some(Object::Access(known)) => Some(&**known),
                _ => None,
            };
            entity.place_passwords(known, place);
        }
        Object::NamedCollection(collection) => {
            let known = match known {
                Some(Object::NamedCollection(known)) => Some(&known.entries),
                _ => None,
            };
            for (key, entry) in &mut collection.entries {
                if entry.value.is_hidden() {
                    let there = known.and_then(|known| known.get(key)).map(|entry| &entry.value);
                    entry.value = match there.filter(|value| !value.is_hidden()) {
                        Some(value) => value.clone(),
                        None => CollectionValue::Secret(place(&key.as_str().to_ascii_uppercase())),
                    };
                }
            }
        }
        Object::Resource(_) | Object::Workload(_) | Object::Raw(_) => {}
    }
    if let Object::MaterializedView(MaterializedView {
        target: Target::Inner(inner),
        ..
    }) = &mut object
    {
        let known = match known {
            Some(Object::MaterializedView(MaterializedView {
                target: Target::Inner(known),
                ..
            })) => Some(&known.storage.settings),
            _ => None,
        };
        place_settings(&mut inner.storage.settings, known, place);
    }
    object
}

fn place_arguments(engine: &mut Engine, known: Option<&Engine>, place: &mut dyn FnMut(&str) -> Secret) {
    // What the engines of object storage take is called so; the others take a password.
    let key = if engine.name.contains("S3") || engine.name.contains("Azure") {
        "SECRET"
    } else {
        "PASSWORD"
    };
    for (index, arg) in engine.args.iter_mut().enumerate() {
        let known = known.and_then(|known| known.args.get(index));
        let known: Vec<Option<Secret>> = known.map_or_else(Vec::new, |arg| {
            strings(arg).iter().map(|at| secret_at(arg, at)).collect()
        });
        let mut found = Vec::new();
        for (nth, at) in strings(arg).into_iter().enumerate() {
            if secret_at(arg, &at) == Some(Secret::Hidden) {
                let there = known.get(nth).cloned().flatten();
                let there = there.filter(|secret| *secret != Secret::Hidden);
                found.push((at, there.unwrap_or_else(|| place(key))));
            }
        }
        // From the end, so that the places in front stay where they are.
        for (at, secret) in found.iter().rev() {
            if let Some(placed) = replaced(arg, at, &secret.text()) {
                *arg = placed;
            }
        }
    }
}

fn place_settings(settings: &mut Settings, known: Option<&Settings>, place: &mut dyn FnMut(&str) -> Secret) {
    disk::place(settings, known, place);
    for (name, value) in &mut settings.0 {
        if !is_secret_setting(name) || Secret::parse(value.as_str()) != Some(Secret::Hidden) {
            continue;
        }
        let there = known
            .and_then(|known| Secret::parse(known.get(name)?.as_str()))
            .filter(|secret| *secret != Secret::Hidden);
        let secret = there.unwrap_or_else(|| place(&name.to_ascii_uppercase()));
        *value = SettingValue::new(&secret.text());
    }
}

/// The way to a value: at each level the key, and which of those with this key it is.
type Way = Vec<(String, usize)>;

/// Visits every value of the source with the way to it.
fn each_value(dictionary: &mut Dictionary, visit: &mut dyn FnMut(&Way, &mut DictionaryValue)) {
    let mut open: VecDeque<(Way, &mut Vec<DictionaryParam>)> =
        VecDeque::from([(Way::new(), &mut dictionary.source.params)]);
    while let Some((path, params)) = open.pop_front() {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for param in params.iter_mut() {
            let count = seen.entry(param.key.clone()).or_default();
            let mut path = path.clone();
            path.push((param.key.clone(), *count));
            *count += 1;
            match &mut param.value {
                DictionaryValue::Params(inside) => open.push_back((path, inside)),
                value => visit(&path, value),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::{canonical, leave_open};
    use crate::ddl::{ParseContext, parse_object};
    use crate::model::Schema;

    fn dictionary(source: &str) -> Object {
        let sql = format!(
            "CREATE DICTIONARY app.d (k UInt64, v String) PRIMARY KEY k SOURCE({source}) LAYOUT(FLAT()) LIFETIME(1)"
        );
        canonical(parse_object(&sql, &ParseContext::default()).unwrap())
    }

    #[test]
    fn a_hidden_secret_is_never_equal() {
        let of = |password: &str| dictionary(&format!("CLICKHOUSE(TABLE 't' PASSWORD '{password}')"));
        assert_eq!(secrets_agree(&of("env:A"), &of("env:A")), Agreement::Same);
        assert_eq!(secrets_agree(&of("env:A"), &of("env:B")), Agreement::Different);
        for hidden in ["[HIDDEN]", "written out"] {
            assert_eq!(secrets_agree(&of("env:A"), &of(hidden)), Agreement::Unknown);
            assert_eq!(secrets_agree(&of(hidden), &of(hidden)), Agreement::Unknown);
        }
        assert_eq!(hidden(of("env:A")), hidden(of("[HIDDEN]")));
        assert_ne!(hidden(of("env:A")), hidden(dictionary("CLICKHOUSE(TABLE 't')")));
    }

    #[test]
    fn what_one_side_keeps_secret_is_hidden_on_the_other() {
        let shown = dictionary("HTTP(URL 'http://h' HEADERS(HEADER(NAME 'KEY' VALUE 'shown')))");
        let wanted = dictionary("HTTP(URL 'http://h' HEADERS(HEADER(NAME 'KEY' VALUE 'env:KEY')))");
        let mut live: Schema = [shown].into_iter().collect();
        leave_open(&mut live, &[wanted.clone()].into_iter().collect());
        let live = live.objects().next().unwrap();
        assert_eq!(secrets_agree(live, &wanted), Agreement::Unknown);
        assert_eq!(*live, hidden(wanted));
        assert!(!format!("{live:?}").contains("shown"));
    }

    #[test]
    fn a_hidden_secret_gets_the_place_that_is_known_or_a_new_one() {
        let live = dictionary(
            "POSTGRESQL(HOST 'h' PASSWORD '[HIDDEN]' REPLICA(HOST 'a') REPLICA(HOST 'b' PASSWORD '[HIDDEN]'))",
        );
        let mut asked = Vec::new();
        let mut place = |key: &str| {
            asked.push(key.to_owned());
            Secret::Env(format!("{key}_{}", asked.len()))
        };
        let expected = "POSTGRESQL(HOST 'h' PASSWORD 'env:PASSWORD_1' REPLICA(HOST 'a') REPLICA(HOST 'b' PASSWORD \
                        'env:PASSWORD_2'))";
        assert_eq!(with_places(live.clone(), None, &mut place), dictionary(expected));
        // Known by its way, whatever stands before it.
        let known = dictionary(
            "POSTGRESQL(DB 'd' REPLICA(HOST 'x') REPLICA(USER 'u' HOST 'b' PASSWORD 'file:pw') PASSWORD '' TABLE 't')",
        );
        let expected =
            "POSTGRESQL(HOST 'h' PASSWORD '' REPLICA(HOST 'a') REPLICA(HOST 'b' PASSWORD 'file:pw'))";
        let none = &mut |_: &str| Secret::Hidden;
        assert_eq!(with_places(live, Some(&known), none), dictionary(expected));

        let table = |password: &str| {
            let sql =
                format!("CREATE TABLE app.t (a UInt8) ENGINE = MySQL('h:1', 'd', 't', 'u', '{password}')");
            canonical(parse_object(&sql, &ParseContext::default()).unwrap())
        };
        let placed = with_places(table("[HIDDEN]"), None, &mut |key| Secret::Env(key.to_owned()));
        assert_eq!(placed, table("env:PASSWORD"));
        let placed = with_places(table("[HIDDEN]"), Some(&table("env:OTHER")), none);
        assert_eq!(placed, table("env:OTHER"));
    }
}
