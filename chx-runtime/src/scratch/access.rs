//! Statements about access entities, which a scratch engine reads and does not keep: it has nowhere to.
//!
//! It says whether the statement is one, and whether the condition of a row policy can be computed from its table.

use chx_core::ddl::{AccessStatement, Statement, parse_shown, render_line, render_object_line};
use chx_core::model::access::{AccessChange, AccessEntity};
use chx_core::model::{Expr, Object};
use chx_core::sql::quote_string;
use serde::Deserialize;

use crate::client::{ErrorClass, ServerError, Session};

/// Asks instead of running it. Gives the question, and the error, of what is refused.
pub(super) async fn refused(session: &Session, statement: &AccessStatement) -> Option<(String, ServerError)> {
    let text = quote_string(&render_line(&Statement::Access(statement.clone())));
    let reads = format!("SELECT formatQuerySingleLine({text})");
    if let Err(error) = session.execute(&reads, None).await {
        return Some((reads, error));
    }
    let computes = condition(statement)?;
    match session.execute(&computes, None).await {
        // A policy may stand before its table.
        Err(error) if error.class() != ErrorClass::Missing => Some((computes, error)),
        Err(_) | Ok(()) => None,
    }
}

/// A query that computes the condition of a row policy, for no row.
fn condition(statement: &AccessStatement) -> Option<String> {
    let condition = match statement {
        AccessStatement::Create { entity, .. } => match &**entity {
            AccessEntity::RowPolicy(policy) => policy.using.as_ref(),
            _ => None,
        },
        AccessStatement::Alter { changes, .. } => changes.iter().find_map(using),
        AccessStatement::Rename { .. } | AccessStatement::Drop { .. } | AccessStatement::Grants { .. } => {
            None
        }
    }?;
    let table = statement.id().relation()?;
    let (table, condition) = (table.sql().to_string(), condition.as_sql());
    Some(format!("SELECT 1 FROM {table} WHERE {condition} LIMIT 0"))
}

#[derive(Default, Deserialize)]
struct Formatted {
    sql: String,
}

/// The entity with the condition of a row policy as the engine writes it, as a server that keeps it shows it.
pub(super) async fn formatted(session: &Session, entity: &AccessEntity) -> Result<AccessEntity, ServerError> {
    let AccessEntity::RowPolicy(policy) = entity else {
        return Ok(entity.clone());
    };
    let text = quote_string(&render_object_line(&entity.clone().into()));
    let sql = format!("SELECT formatQuerySingleLine({text}) AS sql");
    let shown: Vec<Formatted> = session.rows(&sql).await?;
    let shown = shown.into_iter().next().unwrap_or_default().sql;
    match parse_shown(&shown).ok().and_then(Statement::into_created) {
        Some(Object::Access(shown)) => Ok(*shown),
        // What is written in another way than chx reads stays as it is.
        _ => Ok(AccessEntity::RowPolicy(policy.clone())),
    }
}

fn using(change: &AccessChange) -> Option<&Expr> {
    match change {
        AccessChange::Using(using) => using.as_ref(),
        _ => None,
    }
}
