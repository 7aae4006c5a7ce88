//! An object as an engine can make it that knows nothing of the real server: no users, nothing that runs by itself.
//!
//! The scratch engine has one user and no rights to give away. What is taken away here is compared between the
//! declared objects themselves ([`same_rights`]), not between what the scratch engine made of them.

use crate::ddl::{AlterCommand, Fill, Statement};
use crate::model::{MaterializedView, Object, Schema, SqlSecurity, View};

use super::canonical;
use super::secrets::hidden;

/// The object without the names of users, with its secrets hidden.
pub fn portable(mut object: Object) -> Object {
    match &mut object {
        Object::View(View { security, .. }) | Object::MaterializedView(MaterializedView { security, .. }) => {
            security.iter_mut().for_each(portable_security);
        }
        Object::Database(_)
        | Object::Table(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => {
            return hidden(object);
        }
    }
    canonical(hidden(object))
}

/// [`portable`], for every object of a schema.
pub fn portable_schema(schema: Schema) -> Schema {
    Vec::from(schema).into_iter().map(portable).collect()
}

/// The statement without the names of users, and such that a refreshable view does not run at once: its query may
/// ask other servers.
pub fn portable_statement(mut statement: Statement) -> Statement {
    match &mut statement {
        Statement::CreateView(create) => create.view.security.iter_mut().for_each(portable_security),
        Statement::CreateMaterializedView(create) => {
            create.view.security.iter_mut().for_each(portable_security);
            if create.view.refresh.is_some() {
                create.fill = Fill::Empty;
            }
        }
        Statement::CreateRaw(create) => create.object = create.object.clone().starting_empty(),
        Statement::AlterTable(alter) => {
            for command in &mut alter.commands {
                if let AlterCommand::ModifySqlSecurity { security } = command {
                    portable_security(security);
                }
            }
        }
        Statement::CreateDatabase(_)
        | Statement::CreateTable(_)
        | Statement::CreateDictionary(_)
        | Statement::CreateFunction(_)
        | Statement::DropFunction { .. }
        | Statement::CreateNamedCollection(_)
        | Statement::AlterNamedCollection(_)
        | Statement::DropNamedCollection { .. }
        | Statement::CreateResource(_)
        | Statement::DropResource { .. }
        | Statement::CreateWorkload(_)
        | Statement::DropWorkload { .. }
        | Statement::Access(_)
        | Statement::AlterDatabaseComment { .. }
        | Statement::Rename(_)
        | Statement::Exchange { .. }
        | Statement::Drop(_)
        | Statement::DropDatabase { .. } => {}
    }
    statement
}

/// `NONE` takes a right that the scratch engine does not give.
fn portable_security(security: &mut SqlSecurity) {
    if matches!(security, SqlSecurity::Definer(Some(_)) | SqlSecurity::None) {
        *security = SqlSecurity::Definer(None);
    }
}

/// Do two objects read with the same rights? A scratch engine cannot tell.
pub fn same_rights(a: &Object, b: &Object) -> bool {
    rights(a) == rights(b)
}

fn rights(object: &Object) -> Option<&SqlSecurity> {
    match object {
        Object::View(View { security, .. }) | Object::MaterializedView(MaterializedView { security, .. }) => {
            security.as_ref()
        }
        Object::Database(_)
        | Object::Table(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => None,
    }
}
