//! What statements about access entities do.

use crate::ddl::AccessStatement;
use crate::model::access::AccessEntity;
use crate::model::{Object, ObjectId, Schema};

use super::ApplyError;

impl Schema {
    /// [`apply`](Self::apply) for one of these.
    pub(super) fn apply_access(&mut self, statement: &AccessStatement) -> Result<(), ApplyError> {
        let id = ObjectId::Access(statement.id());
        let wrong_kind = |there: &Object, command| ApplyError::WrongKind {
            id: id.clone(),
            kind: there.kind(),
            command,
        };
        match statement {
            AccessStatement::Create {
                entity, on_existing, ..
            } => self.create((**entity).clone().created().into(), *on_existing),
            AccessStatement::Alter {
                entity,
                if_exists,
                changes,
                ..
            } => {
                let mut there = match self.get(&id) {
                    Some(Object::Access(there)) if there.kind() == *entity => (**there).clone(),
                    Some(there) => return Err(wrong_kind(there, "ALTER")),
                    None if *if_exists => return Ok(()),
                    None => return Err(ApplyError::Missing { id }),
                };
                if !changes.iter().all(|change| there.apply(change)) {
                    return Err(wrong_kind(&there.into(), "ALTER"));
                }
                self.put(there);
                Ok(())
            }
            AccessStatement::Drop {
                entity, if_exists, ..
            } => {
                if let Some(there) = self.get(&id)
                    && !matches!(there, Object::Access(there) if there.kind() == *entity)
                {
                    return Err(wrong_kind(there, "DROP"));
                }
                self.drop_object(&id, *if_exists)
            }
            AccessStatement::Rename {
                id: from,
                entity,
                if_exists,
                to,
            } => {
                let there = match self.get(&id) {
                    Some(Object::Access(there)) if there.kind() == *entity => (**there).clone(),
                    Some(there) => return Err(wrong_kind(there, "RENAME TO")),
                    None if *if_exists => return Ok(()),
                    None => return Err(ApplyError::Missing { id }),
                };
                let renamed = there.renamed(to);
                if let Some(taken) = self.get(&ObjectId::Access(renamed.id())) {
                    return Err(ApplyError::Exists {
                        kind: taken.kind(),
                        id: ObjectId::Access(renamed.id()),
                    });
                }
                self.remove(&id);
                self.put(renamed);
                let naming: Vec<AccessEntity> =
                    self.access().filter_map(|other| other.naming(from, to)).collect();
                for other in naming {
                    self.put(other);
                }
                Ok(())
            }
            AccessStatement::Grants { change, .. } => {
                let Some(Object::Access(there)) = self.get(&id) else {
                    return Err(ApplyError::Missing { id });
                };
                let mut there = (**there).clone();
                if let Some(grants) = there.grants_mut() {
                    if !grants.can_take(change) {
                        return Err(ApplyError::PartOfOption { id });
                    }
                    grants.apply(change);
                }
                self.put(there);
                Ok(())
            }
        }
    }

    /// What a server shows of its access entities, one statement after the other (`SHOW ACCESS`). What is granted to somebody
    /// that the text does not create is left out, as is what chx cannot read: gives the lines.
    pub fn of_shown_access(statements: &[String]) -> (Self, Vec<(String, crate::ddl::ParseError)>) {
        let mut schema = Self::default();
        let mut unread = Vec::new();
        for sql in statements {
            match crate::ddl::parse_shown(sql) {
                Ok(statement) => {
                    // The server shows them in an order in which each is there before it is granted anything.
                    let _ = schema.apply(&statement);
                }
                Err(error) => unread.push((sql.clone(), error)),
            }
        }
        (schema, unread)
    }
}
