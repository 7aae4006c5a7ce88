//! What ALTER NAMED COLLECTION does.

use crate::ddl::AlterNamedCollection;
use crate::model::{NamedCollection, Object, ObjectId, Schema};

use super::ApplyError;

impl Schema {
    pub(super) fn alter_named_collection(&mut self, alter: &AlterNamedCollection) -> Result<(), ApplyError> {
        let id = ObjectId::NamedCollection(alter.name.clone());
        let run = |object: &mut Object| match object {
            Object::NamedCollection(collection) => apply(collection, alter),
            other => Err(ApplyError::WrongKind {
                id: other.id(),
                kind: other.kind(),
                command: "ALTER NAMED COLLECTION",
            }),
        };
        match self.change(&id, run) {
            Some(done) => done.map(drop),
            None if alter.if_exists => Ok(()),
            None => Err(ApplyError::Missing { id }),
        }
    }
}

fn apply(collection: &mut NamedCollection, alter: &AlterNamedCollection) -> Result<(), ApplyError> {
    let id = || ObjectId::NamedCollection(alter.name.clone());
    for (key, entry) in &alter.set {
        let mut entry = entry.clone();
        let before = collection.entries.get(key);
        entry.overridable = entry
            .overridable
            .or_else(|| before.and_then(|before| before.overridable));
        collection.entries.insert(key.clone(), entry);
    }
    for key in &alter.delete {
        if collection.entries.remove(key).is_none() {
            return Err(ApplyError::NoMember {
                object: id(),
                what: "key",
                name: key.clone(),
            });
        }
    }
    if collection.entries.is_empty() {
        return Err(ApplyError::NoKeys { id: id() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::ddl::Statement;
    use crate::ddl::{ParseContext, parse_statement, render_line};
    use crate::ident::Ident;
    use crate::model::Schema;
    use crate::script::schema_of_script;

    fn altered(sql: &str) -> Result<String, String> {
        let mut schema: Schema = schema_of_script(
            "CREATE NAMED COLLECTION c AS a = 1 OVERRIDABLE, b = 'x';",
            "test.sql",
            &Ident::new("app").unwrap(),
        )
        .unwrap();
        let statement = parse_statement(sql, &ParseContext::default()).unwrap();
        schema.apply(&statement).map_err(|error| error.to_string())?;
        let texts = schema
            .objects()
            .map(|object| render_line(&Statement::creating(object.clone())));
        Ok(texts.collect())
    }

    #[test]
    fn keys_are_set_and_then_deleted() {
        for (sql, expected) in [
            (
                "ALTER NAMED COLLECTION c SET a = 2, c = 3",
                "CREATE NAMED COLLECTION c AS a = 2 OVERRIDABLE, b = 'x', c = 3",
            ),
            (
                "ALTER NAMED COLLECTION c SET a = 2 NOT OVERRIDABLE, b = 'y' DELETE b",
                "CREATE NAMED COLLECTION c AS a = 2 NOT OVERRIDABLE",
            ),
            (
                "ALTER NAMED COLLECTION IF EXISTS other DELETE b",
                "CREATE NAMED COLLECTION c AS a = 1 OVERRIDABLE, b = 'x'",
            ),
        ] {
            assert_eq!(altered(sql).as_deref(), Ok(expected), "{sql}");
        }
    }

    #[test]
    fn what_the_server_refuses_is_refused() {
        for (sql, expected) in [
            (
                "ALTER NAMED COLLECTION c DELETE z",
                "`named collection c` has no key `z`",
            ),
            (
                "ALTER NAMED COLLECTION c DELETE a, b",
                "`named collection c` would have no key left, and a named collection has at least one",
            ),
            (
                "ALTER NAMED COLLECTION other SET a = 1",
                "`named collection other` does not exist",
            ),
            (
                "DROP NAMED COLLECTION other",
                "`named collection other` does not exist",
            ),
        ] {
            assert_eq!(altered(sql).unwrap_err(), expected, "{sql}");
        }
    }
}
