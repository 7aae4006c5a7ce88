//! What a declaration is called.

use super::Declaration;
use crate::ident::{Ident, QualifiedName};
use crate::model::ObjectId;

impl Declaration {
    /// The identity, if its name can be one.
    pub fn id(&self, default_database: &Ident) -> Option<ObjectId> {
        let heading = self.heading();
        let name = Ident::new(heading.name).ok()?;
        Some(match self {
            Self::Access(entity) => ObjectId::Access(entity.id(default_database)?),
            Self::Database(_) => ObjectId::Database(name),
            Self::Function(_) => ObjectId::Function(name),
            Self::NamedCollection(_) => ObjectId::NamedCollection(name),
            Self::Resource(_) => ObjectId::Resource(name),
            Self::Workload(_) => ObjectId::Workload(name),
            Self::Raw(raw) if raw.is_of_server => ObjectId::Function(name),
            Self::Table(_)
            | Self::View(_)
            | Self::MaterializedView(_)
            | Self::Dictionary(_)
            | Self::Raw(_) => {
                let database = match heading.database {
                    Some(database) => Ident::new(database).ok()?,
                    None => default_database.clone(),
                };
                ObjectId::Relation(QualifiedName { database, name })
            }
        })
    }

    /// What findings are about: the identity, also where the name can be none.
    pub(super) fn subject(&self, default_database: &Ident) -> String {
        if let Some(id) = self.id(default_database) {
            return id.to_string();
        }
        // What cannot be a name must not reach a terminal as it is.
        let heading = self.heading();
        let shown = |name: &str| Ident::new(name).map_or_else(|_| format!("{name:?}"), String::from);
        let name = shown(heading.name);
        match self {
            Self::Database(_) => name,
            Self::Function(_) => format!("function {name}"),
            Self::NamedCollection(_) => format!("named collection {name}"),
            Self::Resource(_) => format!("resource {name}"),
            Self::Workload(_) => format!("workload {name}"),
            Self::Access(entity) => format!("{} {name}", entity.kind.as_str()),
            Self::Raw(raw) if raw.is_of_server => format!("function {name}"),
            Self::Table(_)
            | Self::View(_)
            | Self::MaterializedView(_)
            | Self::Dictionary(_)
            | Self::Raw(_) => {
                let database = heading
                    .database
                    .map_or_else(|| default_database.to_string(), shown);
                format!("{database}.{name}")
            }
        }
    }
}
