//! What the derives implement: the names of tables, views and materialized views, and their row types.

use chx_core::canon::canonical;
use chx_core::ddl::{Fill, Statement};
use chx_core::declare::{ColumnDeclaration, Declaration, TableDeclaration};
use chx_core::ident::Ident;
use chx_runtime::registry::RegistryError;

/// A declared table, view or materialized view: something to select from.
///
/// ```
/// use chx::prelude::*;
///
/// #[derive(ChTable, Row, Serialize, Deserialize)]
/// #[ch(database = "web", engine = MergeTree, order_by = id)]
/// struct PageView {
///     id: u64,
///     url: String,
/// }
///
/// assert_eq!(PageView::TABLE, "web.page_view");
/// assert_eq!(PageView::COLUMNS, ["id", "url"]);
/// assert_eq!(PageView::SELECT, "SELECT id, url FROM web.page_view");
/// ```
pub trait ChRelation {
    /// What [`SELECT`](Self::SELECT) gives: the struct itself, or its companion `<Name>Select` where the table has
    /// EPHEMERAL columns, which cannot be read.
    type Select;

    /// The full name as SQL, with backticks where it needs them; without a database where the struct names none.
    const TABLE: &'static str;

    /// The names of all columns, in order, without quotes.
    const COLUMNS: &'static [&'static str];

    /// `SELECT` with the columns that a row has, for `clickhouse::Client::query`: append what is missing
    /// (`format!("{} WHERE site = ?", PageView::SELECT)`).
    const SELECT: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at. Where the struct names no database, it is `default`.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

fn create_sql(declaration: &Declaration) -> Result<String, RegistryError> {
    let default = Ident::new("default").map_err(|_| RegistryError::Empty)?;
    let declared = declaration.read(&default).map_err(RegistryError::Invalid)?;
    let mut statement = Statement::creating(canonical(declared.object));
    if let Statement::CreateMaterializedView(create) = &mut statement
        && declared.starts_empty
    {
        create.fill = Fill::Empty;
    }
    Ok(chx_core::ddl::render(&statement))
}

/// A declared database.
///
/// Derived with `#[derive(ChDatabase)]`: see [the derive](derive@crate::ChDatabase) for all attributes.
pub trait ChDatabase {
    /// The name, without quotes.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// A declared SQL function.
///
/// Derived with `#[derive(ChFunction)]`: see [the derive](derive@crate::ChFunction) for all attributes.
pub trait ChFunction {
    /// The name as SQL, with backticks where it needs them.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// An object declared by its statement.
///
/// Derived with `#[derive(ChRaw)]`: see [the derive](derive@crate::ChRaw) for all attributes.
pub trait ChRaw {
    /// The name as SQL, with the database, and with backticks where it needs them.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// A declared named collection.
///
/// Derived with `#[derive(ChNamedCollection)]`: see [the derive](derive@crate::ChNamedCollection) for all attributes.
pub trait ChNamedCollection {
    /// The name as SQL, with backticks where it needs them.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// A declared resource.
///
/// Derived with `#[derive(ChResource)]`: see [the derive](derive@crate::ChResource) for all attributes.
pub trait ChResource {
    /// The name as SQL, with backticks where it needs them.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// A declared workload.
///
/// Derived with `#[derive(ChWorkload)]`: see [the derive](derive@crate::ChWorkload) for all attributes.
pub trait ChWorkload {
    /// The name as SQL, with backticks where it needs them.
    const NAME: &'static str;

    /// The declaration, for [`Registry::of`](crate::Registry::of).
    const DECLARATION: Declaration;

    /// The statement that creates it, to look at.
    ///
    /// # Errors
    /// What the compiler could not see: SQL that reads well and means nothing.
    fn create_sql() -> Result<String, RegistryError> {
        create_sql(&Self::DECLARATION)
    }
}

/// A declared table.
///
/// Derived with `#[derive(ChTable)]`: see [the derive](derive@crate::ChTable) for all attributes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declared table",
    label = "`#[derive(ChTable)]` is missing on it"
)]
pub trait ChTable: ChRelation {
    /// What may be inserted: the struct itself, or its companion `<Name>Insert` where the table has MATERIALIZED or
    /// ALIAS columns, which ClickHouse computes.
    type Insert;

    /// The declaration as a constant, for materialized views that name the table as their target.
    #[doc(hidden)]
    const TABLE_DECLARATION: &'static TableDeclaration;
}

/// A declared view.
///
/// Derived with `#[derive(ChView)]`: see [the derive](derive@crate::ChView) for all attributes.
pub trait ChView: ChRelation {}

/// A declared materialized view.
///
/// Derived with `#[derive(ChMaterializedView)]`: see [the derive](derive@crate::ChMaterializedView) for all
/// attributes.
pub trait ChMaterializedView: ChRelation {}

/// A declared dictionary. It can be read like a table.
///
/// Derived with `#[derive(ChDictionary)]`: see [the derive](derive@crate::ChDictionary) for all attributes.
pub trait ChDictionary: ChRelation {}

/// Settings that several tables share.
///
/// Derived with `#[derive(ChSettings)]`: see [the derive](derive@crate::ChSettings).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of settings",
    label = "`#[derive(ChSettings)]` is missing on it"
)]
pub trait ChSettings {
    /// Names and values, without quotes.
    #[doc(hidden)]
    const SETTINGS: &'static [(&'static str, &'static str)];
}

/// Columns that several tables have.
///
/// Derived with `#[derive(ChColumns)]`: see [the derive](derive@crate::ChColumns).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no group of columns",
    label = "`#[derive(ChColumns)]` is missing on it"
)]
pub trait ChColumns {
    /// The columns.
    #[doc(hidden)]
    const COLUMNS: &'static [ColumnDeclaration];

    /// The names of those that a row carries.
    #[doc(hidden)]
    const ROW: &'static [&'static str];
}

/// The parallel lists of a Nested.
///
/// Derived with `#[derive(ChNested)]`: see [the derive](derive@crate::ChNested).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no Nested",
    label = "`#[derive(ChNested)]` is missing on it"
)]
pub trait ChNested {
    /// The lists, with their names inside of the Nested.
    #[doc(hidden)]
    const COLUMNS: &'static [ColumnDeclaration];

    /// The names of those that a row carries.
    #[doc(hidden)]
    const ROW: &'static [&'static str];
}
