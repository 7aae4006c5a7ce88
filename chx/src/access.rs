//! What the derives of users, roles, row policies, quotas and settings profiles implement.

use chx_core::canon::canonical;
use chx_core::ddl::render;
use chx_core::declare::Declaration;
use chx_core::ident::Ident;
use chx_core::model::Object;
use chx_core::plan::access_statements;
use chx_runtime::registry::RegistryError;

macro_rules! entity {
    ($noun:literal, $name:ident) => {
        #[doc = concat!("A declared ", $noun, ".")]
        ///
        #[doc = concat!("Derived with `#[derive(", stringify!($name), ")]`: see [the derive](derive@crate::", stringify!($name), ") for all attributes.")]
        pub trait $name {
            /// The name as SQL, with backticks where it needs them.
            const NAME: &'static str;

            /// The declaration, for [`Registry::of`](crate::Registry::of).
            const DECLARATION: Declaration;

            /// The statements that make it, to look at.
            ///
            /// # Errors
            /// What the compiler could not see: SQL that reads well and means nothing.
            fn create_sql() -> Result<String, RegistryError> {
                create_sql(&Self::DECLARATION)
            }
        }
    };
}
entity!("role", ChRole);
entity!("user", ChUser);
entity!("row policy", ChRowPolicy);
entity!("quota", ChQuota);
entity!("settings profile", ChSettingsProfile);

/// CREATE, and a GRANT or REVOKE for all that is granted.
fn create_sql(declaration: &Declaration) -> Result<String, RegistryError> {
    let default = Ident::new("default").map_err(|_| RegistryError::Empty)?;
    let declared = declaration.read(&default).map_err(RegistryError::Invalid)?;
    let statements = match canonical(declared.object) {
        Object::Access(entity) => access_statements(&entity),
        // The derives of this module declare nothing else.
        _ => Vec::new(),
    };
    let texts: Vec<String> = statements.iter().map(render).collect();
    Ok(texts.join(";\n"))
}
