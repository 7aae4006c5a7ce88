//! The disks that tables and databases bring along (`disk = disk(...)`), of which a server shows the type, the name and the keys.
//!
//! Decides whether two of them agree as far as can be known, and puts a place into each value that is hidden.

use crate::model::{
    DISK, Database, Disk, MaterializedView, Object, Secret, SettingValue, Settings, Table, Target,
};

use super::secrets::Agreement;

/// The values of the parameters that both disks have. A server shows none of them, secret or not.
pub(super) fn agree(a: &Object, b: &Object) -> Agreement {
    let (Some(a), Some(b)) = (own_disk(a), own_disk(b)) else {
        return Agreement::Same;
    };
    let mut agreement = Agreement::Same;
    for ((key, a), (other, b)) in a.values().iter().zip(&b.values()) {
        let is_hidden = |value: &SettingValue| Secret::parse(value.as_str()) == Some(Secret::Hidden);
        if is_hidden(a) || is_hidden(b) {
            agreement = Agreement::Unknown;
        } else if key != other || a != b {
            return Agreement::Different;
        }
    }
    agreement
}

fn settings_of(object: &mut Object) -> Option<&mut Settings> {
    match object {
        Object::Table(Table { storage, .. }) => Some(&mut storage.settings),
        Object::Database(Database { settings, .. }) => Some(settings),
        Object::MaterializedView(MaterializedView {
            target: Target::Inner(inner),
            ..
        }) => Some(&mut inner.storage.settings),
        Object::MaterializedView(_)
        | Object::View(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => None,
    }
}

fn own_disk(object: &Object) -> Option<Disk> {
    settings_of(&mut object.clone())?.own_disk()
}

/// The object without its own disk, if it has one.
pub(super) fn without(object: &Object) -> Option<Object> {
    let mut rest = object.clone();
    let settings = settings_of(&mut rest)?;
    settings.own_disk()?;
    settings.0.remove(DISK);
    Some(rest)
}

/// A place for each hidden value: what `known` says there, else what `place` gives for its key.
pub(super) fn place(
    settings: &mut Settings,
    known: Option<&Settings>,
    place: &mut dyn FnMut(&str) -> Secret,
) {
    if let Some(mut disk) = settings.own_disk() {
        let known: Vec<_> = known
            .and_then(Settings::own_disk)
            .map_or_else(Vec::new, |disk| disk.values());
        let mut known = known.into_iter();
        disk.each(&mut |key, value| {
            let there = known
                .next()
                .filter(|(other, _)| other == key)
                .map(|(_, value)| value);
            if Secret::parse(value.as_str()) == Some(Secret::Hidden) {
                *value = there.unwrap_or_else(|| SettingValue::new(&place(&key.to_ascii_uppercase()).text()));
            }
        });
        settings.set_own_disk(&disk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::{as_shown, hidden, secrets_agree, with_places};
    use crate::ddl::{ParseContext, parse_object, render_object_line};

    fn table(disk: &str) -> Object {
        let sql = format!(
            "CREATE TABLE d.t (k UInt8) ENGINE = MergeTree ORDER BY k SETTINGS disk = {disk}, index_granularity = 8192"
        );
        parse_object(&sql, &ParseContext::default()).unwrap()
    }

    const SAID: &str =
        "disk(type = s3, endpoint = 'http://h/b/', secret_access_key = 'env:KEY', skip_access_check = 1)";
    const SHOWN: &str = "disk(type = 's3', secret_access_key = '[HIDDEN]', endpoint = '[HIDDEN]', skip_access_check = '[HIDDEN]')";

    #[test]
    fn what_a_server_hides_of_a_disk_is_unknown_and_the_rest_is_not() {
        let said = table(SAID);
        assert_eq!(secrets_agree(&said, &table(SHOWN)), Agreement::Unknown);
        assert_eq!(hidden(said.clone()), hidden(table(SHOWN)));
        assert_eq!(as_shown(said.clone()), as_shown(table(SHOWN)));
        assert_eq!(secrets_agree(&said, &said), Agreement::Same);
        let elsewhere = table(&SAID.replace("http://h/b/", "http://h/c/"));
        assert_eq!(secrets_agree(&said, &elsewhere), Agreement::Different);
        let other_type = table(&SHOWN.replace("'s3'", "local"));
        assert_ne!(hidden(said.clone()), hidden(other_type));
        let fewer = table("disk(type = s3, endpoint = '[HIDDEN]')");
        assert_ne!(hidden(said), hidden(fewer));
    }

    #[test]
    fn what_is_hidden_gets_the_place_that_is_known_or_a_new_one() {
        let place = |known: Option<&Object>| {
            let mut place = |key: &str| Secret::Env(format!("T_{key}"));
            render_object_line(&with_places(table(SHOWN), known, &mut place))
        };
        assert!(
            place(Some(&table(SAID))).contains(SAID),
            "{}",
            place(Some(&table(SAID)))
        );
        assert!(
            place(None).contains("endpoint = 'env:T_ENDPOINT'"),
            "{}",
            place(None)
        );
        let nested = "disk(type = cache, disk = disk(type = s3, endpoint = '[HIDDEN]'), path = '[HIDDEN]')";
        let mut place = |key: &str| Secret::Env(key.to_owned());
        let text = render_object_line(&with_places(table(nested), None, &mut place));
        assert!(
            text.contains(
                "disk(type = cache, disk = disk(type = s3, endpoint = 'env:ENDPOINT'), path = 'env:PATH')"
            ),
            "{text}"
        );
    }
}
