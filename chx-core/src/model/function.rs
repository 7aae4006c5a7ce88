//! SQL user-defined functions.

use serde::{Deserialize, Serialize};

use super::{Expr, Ident};

/// A SQL function: the server puts its body in the place of each call when it stores what calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// The name, which no other function of the server has.
    pub name: Ident,
    /// The parameters, in order.
    pub parameters: Vec<Ident>,
    /// What a call stands for.
    pub body: Expr,
}
