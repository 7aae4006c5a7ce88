//! One column of a table.

use chx_core::model::{Codec, DefaultKind};
use chx_core::rules;
use syn::{Attribute, Ident, LitStr, Type, Visibility};

use super::columns::Known;
use super::demand::What;
use super::types::{ColumnType, is_in_row};
use super::{Columns, Storage, engine, settings, ttl};
use crate::attr;
use crate::attr::slot::Slot;
use crate::attr::sql::Sql;
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

    /// Reports a TTL that the column's place in its table forbids.
    pub(crate) fn check_ttl(
        &self,
        diag: &Diag,
        field: &Field<attr::column::Column>,
        attrs: &attr::storage::Storage,
        storage: &Storage,
    ) {
        let Some(engine) = attrs.engine.get() else { return };
        if let (Some(rules), Some(span)) = (engine.rules(), field.attrs.ttl.span())
            && !rules.ttl
        {
            diag.error(span, format!("`{}` takes no `ttl`; take it away", engine.name));
        }
        let is_in_key = storage.in_keys.contains(&self.name);
        if let (true, Some(span)) = (is_in_key && engine.is_merge_tree(), field.attrs.ttl.span()) {
            diag.error(
                span,
                format!(
                    "`{}` stands in a key of the table, and a key does not expire",
                    self.name
                ),
            );
        }
    }

    /// Demands of a column outside of the key of an AggregatingMergeTree that it can be aggregated. A server asks the same of
    /// tables, and not of inner tables.
    pub(crate) fn check_dimension(
        &self,
        attrs: &attr::storage::Storage,
        storage: &Storage,
        columns: &Columns,
    ) {
        let Some(engine) = attrs.engine.get() else { return };
        let is_in_key = storage.in_keys.contains(&self.name);
        let is_lifted = [
            "allow_dimensions_outside_sorting_key",
            "allow_tuple_element_aggregation",
        ]
        .iter()
        .any(|setting| engine::may_be_set(attrs, setting));
        if engine.base() == "AggregatingMergeTree"
            && !engine.is_raw
            && !is_lifted
            && !is_in_key
            && matches!(
                self.default.as_ref().map(|default| default.kind),
                None | Some(DefaultKind::Default)
            )
        {
            columns.demand(&self.name, self.field.span(), What::Dimension);
        }
    }

    fn is_of_kind(&self, kind: DefaultKind) -> bool {
        self.default.as_ref().is_some_and(|default| default.kind == kind)
    }
}

/// What others may name of the fields: themselves, their columns and how those come by their values. Reports two
/// columns of one name.
pub(crate) fn known<C>(
    diag: &Diag,
    fields: &[Field<C>],
    given: fn(&C) -> (&Slot<LitStr>, Option<DefaultKind>),
) -> Vec<Known> {
    let mut columns: Vec<Known> = Vec::with_capacity(fields.len());
    for field in fields {
        let (slot, default) = given(&field.attrs);
        let name = slot.get().map_or_else(|| field.name(), LitStr::value);
        if let Some(other) = columns.iter().find(|other| other.name == name) {
            let span = slot.span().unwrap_or(field.ident.span());
            diag.error(
                span,
                format!(
                    "the column `{name}` is there already, as the field `{}`",
                    other.field
                ),
            );
        }
        columns.push(Known {
            field: field.name(),
            name,
            default,
        });
    }
    columns
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
        codec: attrs
            .codec
            .get()
            .map(|codec| checked_codec(diag, columns, codec, attrs, &name)),
        statistics: statistics(columns, attrs, &name),
        ttl: attrs
            .ttl
            .get()
            .map(|fragment| ttl::column(diag, columns, fragment, &place)),
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

/// The codec; what its stages take is asked of the column's type.
fn checked_codec(
    diag: &Diag,
    columns: &Columns,
    (sql, codec): &(Sql, Codec),
    attrs: &attr::column::Column,
    column: &str,
) -> String {
    if let Some(default) = attrs.default.get()
        && default.kind == DefaultKind::Alias
    {
        diag.error(
            sql.span(),
            "an ALIAS is not stored, so nothing can be compressed; take the codec away",
        );
    }
    let stages = codec.stages.iter().filter(|_| !sql.is_raw);
    for stage in stages.filter(|stage| rules::codec::depends_on_type(stage)) {
        columns.demand(
            column,
            sql.span_of_name(&stage.name),
            What::Codec(stage.name.clone()),
        );
    }
    sql.text.clone()
}

/// The kinds of statistics.
fn statistics(columns: &Columns, attrs: &attr::column::Column, column: &str) -> Vec<String> {
    let kinds = attrs.statistics.get().map(Vec::as_slice).unwrap_or_default();
    for kind in kinds.iter().filter(|kind| !kind.is_raw) {
        columns.demand(
            column,
            kind.span(),
            What::Statistics(kind.text.to_ascii_lowercase()),
        );
    }
    kinds.iter().map(|kind| kind.text.clone()).collect()
}
