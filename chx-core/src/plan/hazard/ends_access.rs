//! CHX231: somebody cannot do any more what they could.
//!
//! A right that is revoked, a user or role that goes, a narrower HOST: what runs with it fails from that moment, in the middle
//! of whatever it does.

use crate::ddl::{AccessStatement, Statement};
use crate::diag::{Severity, code};
use crate::model::ObjectId;
use crate::model::access::{AccessChange, AccessEntity, AccessKind, GrantChange, Host};
use crate::plan::access::find;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::Access(statement) = look.statement() else {
        return;
    };
    let before = look.schemas().before;
    let (message, help) = match statement {
        AccessStatement::Drop {
            entity: AccessKind::User,
            ..
        } => (
            "nobody logs in as this user any more, and views with it as their DEFINER fail".to_owned(),
            "make sure that no program logs in with it: `system.query_log` says who did",
        ),
        AccessStatement::Drop {
            id,
            entity: AccessKind::Role,
            ..
        } => {
            let has = |entity: &&AccessEntity| {
                let roles = entity.grants().map(|grants| &grants.roles);
                roles.is_some_and(|roles| roles.contains_key(id.name()))
            };
            let names: Vec<String> = before
                .access()
                .filter(has)
                .map(|entity| format!("`{}`", entity.id().name()))
                .collect();
            let who = if names.is_empty() {
                "whoever has it loses".to_owned()
            } else {
                format!("{} and whoever else has it lose", names.join(", "))
            };
            (
                format!("{who} all that it gives"),
                "grant what is still needed in another way first",
            )
        }
        AccessStatement::Rename {
            entity: AccessKind::User,
            to,
            ..
        } => (
            format!(
                "nobody logs in by this name any more, and views that name it as their DEFINER fail: it is `{to}` from then on"
            ),
            "let the programs have the new name at the same time, and change the views",
        ),
        AccessStatement::Grants {
            change:
                GrantChange::Revoke(_)
                | GrantChange::RevokeRoles(_)
                | GrantChange::RevokeGrantOption(_)
                | GrantChange::RevokeAdminOption(_),
            ..
        } => (
            "what runs with this right fails from then on".to_owned(),
            "where it is granted again in another form in this plan, there is a moment without it in between",
        ),
        AccessStatement::Alter { id, changes, .. } => {
            let Some(AccessEntity::User(user)) = find(before, id) else {
                return;
            };
            let narrows = changes.iter().any(|change| match change {
                AccessChange::Hosts(hosts) => !hosts.contains(&Host::Any) && !hosts.is_superset(&user.hosts),
                AccessChange::Identified(_) => true,
                AccessChange::ValidUntil(until) => until.is_some(),
                _ => false,
            });
            if !narrows {
                return;
            }
            (
                "whoever logs in in the old way, or from elsewhere, is refused from then on".to_owned(),
                "let the programs have the new way first; connections that are open stay open",
            )
        }
        AccessStatement::Create { .. }
        | AccessStatement::Rename { .. }
        | AccessStatement::Drop { .. }
        | AccessStatement::Grants { .. } => {
            return;
        }
    };
    let id = ObjectId::Access(statement.id());
    look.push(Severity::Warning, code::ENDS_ACCESS, id, message, help);
}
