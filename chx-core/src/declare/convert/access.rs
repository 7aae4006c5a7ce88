//! Users, roles, row policies, quotas and settings profiles: clauses, then what is granted.

use crate::ddl::{ParseContext, parse_access_clause, parse_grant, parse_revoke};
use crate::declare::{AccessDeclaration, GrantDeclaration};
use crate::diag::code;
use crate::model::ObjectId;
use crate::model::access::{AccessEntity, GrantChange};

use super::{Declared, Reader};

impl Reader<'_> {
    pub(super) fn access(&mut self, declared: &AccessDeclaration) -> Option<Declared> {
        self.ident(self.heading.name);
        let bare = declared
            .id(self.default_database)
            .and_then(|id| id.bare(declared.kind));
        let Some(mut entity) = bare else {
            if self.findings.is_empty() {
                self.report(code::INVALID_NAME, "it says no table that can be one".to_owned());
            }
            return None;
        };
        let mut changes = Vec::with_capacity(declared.clauses.len());
        for said in declared.clauses {
            self.line = said.line;
            let place = (said.clause.key(), "");
            changes.push(self.sql(place, said.text, |text| parse_access_clause(said.clause, text))?);
        }
        // How to log in says until when, too, so that comes behind.
        changes.sort_by_key(crate::model::access::AccessChange::place);
        for change in &changes {
            if !entity.apply(change) {
                let message = format!("a {} does not say this", declared.kind.as_str());
                self.report(code::INVALID_SQL, message);
            }
        }
        entity = entity.created();
        for said in declared.grants {
            self.line = said.line;
            let change = self.grant(said)?;
            self.apply_grant(&mut entity, &change);
        }
        self.line = 0;
        Some(Declared::of(entity))
    }

    fn grant(&mut self, said: &GrantDeclaration) -> Option<GrantChange> {
        let on = match said.on {
            None => None,
            Some(on) => match on.id(self.default_database) {
                Some(ObjectId::Relation(name)) => Some(name),
                _ => return None,
            },
        };
        let context = ParseContext::in_database(self.default_database);
        let (word, parse): (_, fn(&_, &_, _) -> _) = if said.revokes {
            ("revoke", parse_revoke)
        } else {
            ("grant", parse_grant)
        };
        self.sql((word, ""), said.text, |text| parse(text, &context, on.as_ref()))
    }

    fn apply_grant(&mut self, entity: &mut AccessEntity, change: &GrantChange) {
        let noun = entity.kind().as_str();
        match entity.grants_mut() {
            Some(grants) => grants.apply(change),
            None => self.report(code::INVALID_SQL, format!("nothing is granted to a {noun}")),
        }
    }
}
