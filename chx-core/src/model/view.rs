//! Plain views.

use serde::{Deserialize, Serialize};

use super::{Column, DataType, Expr, Ident, QualifiedName, SqlSecurity};

/// A view: a stored query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The name.
    pub name: QualifiedName,
    /// The columns and types as declared or as frozen by the server at CREATE. They say what the query gives and
    /// are not part of the meaning: the canonical form leaves them out.
    pub columns: Vec<ViewColumn>,
    /// With whose rights it reads; `None` is the default, `INVOKER`.
    pub security: Option<SqlSecurity>,
    /// The query. With parameters, such as `{site:String}`, it is a parameterized view: `SELECT ... FROM view(site = 'a')`.
    pub query: Expr,
    /// The comment; empty when there is none.
    pub comment: String,
}

/// A column that a view's query gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewColumn {
    /// The name.
    pub name: Ident,
    /// The type.
    pub data_type: DataType,
}

impl From<Column> for ViewColumn {
    fn from(column: Column) -> Self {
        Self {
            name: column.name,
            data_type: column.data_type,
        }
    }
}

impl From<ViewColumn> for Column {
    fn from(column: ViewColumn) -> Self {
        Self::new(column.name, column.data_type)
    }
}
