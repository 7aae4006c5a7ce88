//! One column of a table.

use chx_core::model::DefaultKind;
use syn::{Attribute, Ident, LitStr, Type, Visibility};

use super::types::{ColumnType, is_in_row};
use super::{Columns, settings};
use crate::attr;
use crate::attr::slot::Slot;
use crate::diag::Diag;
use crate::item::{self, Field};

/// A column and the field that it stands for.
pub(crate) struct Column {
    /// The field.
    pub(crate) field: Ident,
    /// The field's visibility.
    pub(crate) vis: Visibility,
    /// The field's type.
    pub(crate) ty: Type,
    /// The attributes that a row companion repeats.
    pub(crate) companion_attrs: Vec<Attribute>,
    /// Do rows carry the field?
    pub(crate) in_row: bool,
    /// What serde calls the field, if it says so.
    pub(crate) serde: attr::serde::Field,
    /// The column's name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) data_type: ColumnType,
    /// The default clause.
    pub(crate) default: Option<Default>,
    /// The codec.
    pub(crate) codec: Option<String>,
    /// The kinds of statistics.
    pub(crate) statistics: Vec<String>,
    /// The TTL.
    pub(crate) ttl: Option<String>,
    /// The settings.
    pub(crate) settings: Vec<(String, String)>,
    /// The comment.
    pub(crate) comment: String,
    /// The former name.
    pub(crate) renamed_from: Option<String>,
    /// The line of the field.
    pub(crate) line: u32,
}

/// A default clause.
pub(crate) struct Default {
    /// Which of the four.
    pub(crate) kind: DefaultKind,
    /// The expression.
    pub(crate) expr: Option<String>,
}

impl Column {
    /// May an INSERT name it?
    pub(crate) fn is_insertable(&self) -> bool {
        !self.is_of_kind(DefaultKind::Materialized) && !self.is_of_kind(DefaultKind::Alias)
    }

    /// Can a SELECT read it?
    pub(crate) fn is_readable(&self) -> bool {
        !self.is_of_kind(DefaultKind::Ephemeral)
    }

    fn is_of_kind(&self, kind: DefaultKind) -> bool {
        self.default.as_ref().is_some_and(|default| default.kind == kind)
    }
}

/// The names of the fields and of their columns. Reports two columns of one name.
pub(crate) fn names<C>(
    diag: &Diag,
    fields: &[Field<C>],
    given: fn(&C) -> &Slot<LitStr>,
) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = Vec::with_capacity(fields.len());
    for field in fields {
        let slot = given(&field.attrs);
        let column = slot.get().map_or_else(|| field.name(), LitStr::value);
        if let Some((other, _)) = names.iter().find(|(_, taken)| *taken == column) {
            let span = slot.span().unwrap_or(field.ident.span());
            diag.error(
                span,
                format!("the column `{column}` is there already, as the field `{other}`"),
            );
        }
        names.push((field.name(), column));
    }
    names
}

/// Checks one field, whose column has that name.
pub(crate) fn column(
    diag: &Diag,
    field: &Field<attr::column::Column>,
    name: String,
    columns: &Columns,
) -> Column {
    let attrs = &field.attrs;
    let place = format!("the column `{name}`");
    let renamed_from = attrs.renamed_from.get().map(LitStr::value);
    if renamed_from.as_ref() == Some(&name)
        && let Some(span) = attrs.renamed_from.span()
    {
        diag.error(
            span,
            format!("`renamed_from` is the name itself; it takes the name before `{name}`"),
        );
    }
    let default = attrs.default.get().map(|default| Default {
        kind: default.kind,
        expr: default
            .expr
            .as_ref()
            .map(|expr| columns.resolve(diag, expr, &place)),
    });
    Column {
        data_type: ColumnType::new(
            diag,
            &attrs.data_type,
            &attrs.low_cardinality,
            &field.serde,
            &field.ty,
            field.ident.span(),
        ),
        in_row: is_in_row(&field.serde, &field.ty),
        serde: field.serde.clone(),
        field: field.ident.clone(),
        vis: field.vis.clone(),
        ty: field.ty.clone(),
        companion_attrs: field.companion_attrs.clone(),
        default,
        codec: attrs.codec.get().map(|codec| codec.text.clone()),
        statistics: attrs.statistics.get().cloned().unwrap_or_default(),
        ttl: attrs.ttl.get().map(|ttl| columns.resolve(diag, ttl, &place)),
        settings: settings(attrs.settings.get()),
        comment: attrs
            .comment
            .get()
            .map_or_else(|| field.docs.clone(), LitStr::value),
        renamed_from,
        line: item::line(field.ident.span()),
        name,
    }
}
