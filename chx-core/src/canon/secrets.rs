//! What can be known about secrets that a server hides.
//!
//! A hidden value may be any. Two definitions that differ in nothing but values of which one is hidden are neither
//! equal nor different: that is unknown, and no engine can tell.

use crate::ddl::secrets_of_object;
use crate::model::{Database, Dictionary, DictionaryParam, DictionaryValue, Engine, Object, Secret, Table};

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
    let (a, b) = (secrets_of_object(a), secrets_of_object(b));
    if a.len() != b.len() {
        Agreement::Different
    } else if a.contains(&Secret::Hidden) || b.contains(&Secret::Hidden) {
        Agreement::Unknown
    } else if a == b {
        Agreement::Same
    } else {
        Agreement::Different
    }
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
        Object::Table(Table { storage, .. }) => hide_arguments(&mut storage.engine),
        Object::Database(Database { engine, .. }) => engine.iter_mut().for_each(hide_arguments),
        Object::View(_) | Object::MaterializedView(_) => {}
    }
    object
}

fn hide_arguments(engine: &mut Engine) {
    for arg in &mut engine.args {
        if Secret::of_literal(arg).is_some()
            && let Some(hidden) = Secret::Hidden.literal()
        {
            *arg = hidden;
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
            let engine = hide_arguments_like(&live.storage.engine, &wanted.storage.engine)?;
            let mut hidden = live.clone();
            hidden.storage.engine = engine;
            Some(Object::Table(hidden))
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
            | Object::Dictionary(_),
            _,
        ) => None,
    }
}

fn hide_arguments_like(live: &Engine, wanted: &Engine) -> Option<Engine> {
    let mut engine = live.clone();
    for (arg, wanted) in engine.args.iter_mut().zip(&wanted.args) {
        if Secret::of_literal(wanted).is_some() {
            *arg = Secret::Hidden.literal()?;
        }
    }
    (engine != *live).then_some(engine)
}

/// The way to a value: key and index at each level.
type Way = Vec<(String, usize)>;

/// Visits every value of the source with the way to it.
fn each_value(dictionary: &mut Dictionary, visit: &mut dyn FnMut(&Way, &mut DictionaryValue)) {
    let mut open: Vec<(Way, &mut Vec<DictionaryParam>)> = vec![(Way::new(), &mut dictionary.source.params)];
    while let Some((path, params)) = open.pop() {
        for (index, param) in params.iter_mut().enumerate() {
            let mut path = path.clone();
            path.push((param.key.clone(), index));
            match &mut param.value {
                DictionaryValue::Params(inside) => open.push((path, inside)),
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
}
