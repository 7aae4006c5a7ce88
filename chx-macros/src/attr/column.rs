//! `#[ch(...)]` on a field: a column of a table.

use chx_core::ddl::parse_codec;
use chx_core::model::{Codec, DefaultKind};
use chx_core::rules::{self, codec::check_chain};
use syn::{Attribute, LitStr};

use super::entry::{self, Entry, Given};
use super::fragment::{self, Fragment};
use super::keys;
use super::named;
use super::settings::{self, Setting};
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A column as written.
#[derive(Default)]
pub(crate) struct Column {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `type = "..."`.
    pub(crate) data_type: Slot<Sql>,
    /// `low_cardinality`.
    pub(crate) low_cardinality: Slot<bool>,
    /// `default`, `materialized`, `alias` or `ephemeral`, whichever came first.
    pub(crate) default: Slot<Default>,
    /// `codec = "..."`.
    pub(crate) codec: Slot<(Sql, Codec)>,
    /// `statistics = "..."`.
    pub(crate) statistics: Slot<Vec<Sql>>,
    /// `ttl = "..."`.
    pub(crate) ttl: Slot<Fragment>,
    /// `settings(...)`.
    pub(crate) settings: Slot<Vec<Setting>>,
    /// `comment = "..."`.
    pub(crate) comment: Slot<LitStr>,
    /// `renamed_from = "..."`.
    pub(crate) renamed_from: Slot<LitStr>,
    /// `flatten`: the field is a group of columns.
    pub(crate) flatten: Slot<bool>,
    /// `nested`: the field is the lists of a Nested.
    pub(crate) nested: Slot<bool>,
    /// `skip`: the field is no column.
    pub(crate) skip: Slot<bool>,
}

/// One of the four default clauses.
pub(crate) struct Default {
    /// Which one.
    pub(crate) kind: DefaultKind,
    /// Its key.
    pub(crate) key: String,
    /// Its expression; only `ephemeral` may go without.
    pub(crate) expr: Option<Fragment>,
}

impl Column {
    /// Reads the attributes of a field.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut column = Self::default();
        for entry in entry::read(diag, attrs) {
            column.take(diag, &entry);
        }
        if let Some(skip) = column.skip.span()
            && let Some((key, _)) = column.first_given()
        {
            diag.error(
                skip,
                format!("a field with `skip` is no column; take away `{key}` or `skip`"),
            );
        }
        for (key, slot) in [("flatten", &column.flatten), ("nested", &column.nested)] {
            if let Some(span) = slot.span()
                && let Some((other, _)) = column.first_given()
            {
                diag.error(
                    span,
                    format!("a field with `{key}` is several columns, which say themselves what they are; take away `{other}`"),
                );
            }
        }
        if let (Some(_), Some(span)) = (column.flatten.span(), column.nested.span()) {
            diag.error(span, "a field is either `flatten` or `nested`");
        }
        column
    }

    fn take(&mut self, diag: &Diag, entry: &Entry) {
        match entry.key.as_str() {
            "name" => self.name.set(diag, entry, named::name(diag, entry)),
            "type" => self.data_type.set(diag, entry, type_of_column(diag, entry)),
            "low_cardinality" => self.low_cardinality.set(diag, entry, entry.flag(diag)),
            "default" => self.set_default(diag, entry, DefaultKind::Default),
            "materialized" => self.set_default(diag, entry, DefaultKind::Materialized),
            "alias" => self.set_default(diag, entry, DefaultKind::Alias),
            "ephemeral" => self.set_default(diag, entry, DefaultKind::Ephemeral),
            "codec" => self.codec.set(diag, entry, codec(diag, entry)),
            "statistics" => self.statistics.set(diag, entry, statistics(diag, entry)),
            "ttl" => self.ttl.set(diag, entry, fragment::one(diag, entry)),
            "settings" => self.settings.set(diag, entry, settings::settings(diag, entry)),
            "comment" => self.comment.set(diag, entry, named::comment(diag, entry)),
            "renamed_from" => self.renamed_from.set(diag, entry, named::name(diag, entry)),
            "flatten" => self.flatten.set(diag, entry, entry.flag(diag)),
            "nested" => self.nested.set(diag, entry, entry.flag(diag)),
            "skip" => self.skip.set(diag, entry, entry.flag(diag)),
            _ => entry.report_unknown(diag, &keys::COLUMN),
        }
    }

    fn set_default(&mut self, diag: &Diag, entry: &Entry, kind: DefaultKind) {
        if let Some(first) = self.default.get()
            && first.kind != kind
        {
            let message = format!(
                "a column has one of `{}` and `{}`, not both",
                first.key, entry.key
            );
            diag.error(entry.span(), message);
            return;
        }
        let expr = match &entry.given {
            Given::Nothing if kind == DefaultKind::Ephemeral => Some(None),
            _ => fragment::one(diag, entry).map(Some),
        };
        let default = expr.map(|expr| Default {
            kind,
            key: entry.key.clone(),
            expr,
        });
        self.default.set(diag, entry, default);
    }

    /// Is the field several columns, and if so, the lists of a Nested?
    pub(crate) fn group(&self) -> Option<bool> {
        let is = |slot: &Slot<bool>| slot.get().is_some_and(|flag| *flag);
        (is(&self.flatten) || is(&self.nested)).then(|| is(&self.nested))
    }

    /// Is it said to be both kinds of several columns? That is reported; which of them it is, nobody knows.
    pub(crate) fn is_ambiguous_group(&self) -> bool {
        self.flatten.is_given() && self.nested.is_given()
    }

    /// Is the field a column at all?
    pub(crate) fn is_skipped(&self) -> bool {
        self.skip.get().is_some_and(|skip| *skip)
    }

    fn first_given(&self) -> Option<(&'static str, proc_macro2::Span)> {
        let keys = [
            ("name", self.name.span()),
            ("type", self.data_type.span()),
            ("low_cardinality", self.low_cardinality.span()),
            ("default", self.default.span()),
            ("codec", self.codec.span()),
            ("statistics", self.statistics.span()),
            ("ttl", self.ttl.span()),
            ("settings", self.settings.span()),
            ("comment", self.comment.span()),
            ("renamed_from", self.renamed_from.span()),
        ];
        keys.into_iter()
            .find_map(|(key, span)| span.map(|span| (key, span)))
    }
}

/// `type = "LowCardinality(String)"`.
pub(crate) fn type_of_column(diag: &Diag, entry: &Entry) -> Option<Sql> {
    let written = fragment::sql(
        diag,
        entry,
        "takes a ClickHouse type in quotes, such as `\"DateTime64(3)\"`",
    )?;
    Some(Sql::unchecked(&written))
}

/// `codec = "Delta, ZSTD(3)"`.
fn codec(diag: &Diag, entry: &Entry) -> Option<(Sql, Codec)> {
    let written = fragment::sql(
        diag,
        entry,
        "takes codecs in quotes, such as `\"Delta, ZSTD(3)\"`",
    )?;
    let (sql, codec) = Sql::parsed(diag, &written, parse_codec)?;
    if !sql.is_raw
        && let Err(flaw) = check_chain(&codec)
    {
        let stage = codec.stages.get(flaw.stage).map_or("", |stage| &stage.name);
        diag.error(sql.span_of_name(stage), flaw.reason);
        return None;
    }
    Some((sql, codec))
}

/// `statistics(tdigest, uniq)`.
fn statistics(diag: &Diag, entry: &Entry) -> Option<Vec<Sql>> {
    const FORM: &str = "takes a list of kinds: `statistics(tdigest, uniq)`";
    let Given::List(group) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let mut kinds = Vec::new();
    for kind in fragment::all(diag, group.stream(), "statistics")? {
        let sql = match kind {
            Fragment::Field(ident) => Sql::verbatim(ident.to_string(), ident.span()),
            Fragment::Sql(sql) => sql,
            Fragment::Tuple(..) => return entry.malformed(diag, FORM),
        };
        if !sql.is_raw
            && let Err(reason) = rules::statistics::check(&sql.text)
        {
            diag.error(sql.span(), reason);
            continue;
        }
        kinds.push(sql);
    }
    Some(kinds)
}
