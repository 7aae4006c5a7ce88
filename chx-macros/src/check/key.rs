//! Keys: lists of expressions, each with a direction where the key sorts.

use super::Columns;
use crate::attr::fragment::Fragment;
use crate::diag::Diag;

/// The key as the SQL behind its keyword. A single string is a whole key of its own (`"(site, ts)"`, `"tuple()"`).
pub(crate) fn sql(diag: &Diag, columns: &Columns, fragments: &[Fragment], place: &str) -> String {
    let parts: Vec<String> = fragments
        .iter()
        .map(|fragment| columns.resolve(diag, fragment, place))
        .collect();
    let sql = match parts.as_slice() {
        [] => "tuple()".to_owned(),
        [single] => single.clone(),
        several => format!("({})", several.join(", ")),
    };
    if let Err(error) = chx_core::ddl::parse_key(&sql)
        && let Some(first) = fragments.first()
    {
        diag.error(first.span(), format!("{place}: {error}"));
    }
    sql
}
