//! With whose rights a view reads its tables.

use serde::{Deserialize, Serialize};

/// `SQL SECURITY` of a view or materialized view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SqlSecurity {
    /// `INVOKER`: with the rights of whoever asks. The default of a view; a materialized view refuses it (397).
    Invoker,
    /// `DEFINER`: with the rights of one user. `None` is whoever creates the view: the server writes that name down,
    /// so it is left open here. The default of a refreshable materialized view.
    Definer(Option<String>),
    /// `NONE`: without any check. Takes the right `ALLOW SQL SECURITY NONE`.
    None,
}
