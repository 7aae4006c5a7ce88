//! A dictionary as a whole.
//!
//! Decides what can be asked without a server: there is a key, a source and a layout, the key and the range are
//! attributes, and a dictionary that keeps rows says when it reads them again.

use chx_core::ddl::parse_dictionary_clause;
use syn::ext::IdentExt;

use super::columns::Known;
use super::types::{ColumnType, is_in_row};
use super::{Heading, View, ViewColumn, settings};
use crate::attr::fragment::Fragment;
use crate::attr::slot::Slot;
use crate::diag::Diag;
use crate::item::{self, DictionaryItem};

/// A dictionary, ready to be written down.
pub(crate) struct Dictionary {
    /// What it has in common with a view: names, columns and lifetimes.
    pub(crate) view: View,
    /// What its attributes are besides columns, in the same order.
    pub(crate) attributes: Vec<Attribute>,
    /// The names of the attributes that are the key.
    pub(crate) primary_key: Vec<String>,
    /// `SOURCE`.
    pub(crate) source: String,
    /// `LAYOUT`.
    pub(crate) layout: String,
    /// `LIFETIME`.
    pub(crate) lifetime: Option<(u64, u64)>,
    /// `RANGE`.
    pub(crate) range: Option<(String, String)>,
    /// `SETTINGS`.
    pub(crate) settings: Vec<(String, String)>,
}

/// What an attribute is besides a column.
pub(crate) struct Attribute {
    /// `DEFAULT`.
    pub(crate) default: Option<String>,
    /// `EXPRESSION`.
    pub(crate) expression: Option<String>,
    /// `HIERARCHICAL`, `BIDIRECTIONAL`, `INJECTIVE`, `IS_OBJECT_ID`.
    pub(crate) traits: [bool; 4],
}

impl Dictionary {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, item: DictionaryItem) -> Self {
        let holder = item.ident.span();
        let attrs = item.attrs;
        let known = super::column::known(diag, &item.fields, |attrs| (&attrs.name, None));
        let name_of = |fragment: &Fragment, place: &str| attribute_name(diag, &known, fragment, place);
        let names = |slot: &Slot<Vec<Fragment>>, place: &str| -> Vec<String> {
            let fragments = slot.get().into_iter().flatten();
            fragments
                .filter_map(|fragment| name_of(fragment, place))
                .collect()
        };
        for (key, example, given) in [
            ("primary_key", "primary_key = id", attrs.primary_key.is_given()),
            (
                "source",
                "source = \"CLICKHOUSE(TABLE 'countries')\"",
                attrs.source.is_given(),
            ),
            ("layout", "layout = \"HASHED()\"", attrs.layout.is_given()),
        ] {
            if !given {
                diag.error(
                    holder,
                    format!("a dictionary needs a `{key}`, such as `{example}`"),
                );
            }
        }
        let layout = attrs.layout.get().map(|sql| sql.text.clone()).unwrap_or_default();
        let kind = parse_dictionary_clause(&layout).map_or_else(|_| String::new(), |layout| layout.kind);
        match (attrs.lifetime.span(), attrs.layout.get()) {
            (None, Some(layout)) if !kind.ends_with("DIRECT") => diag.error(
                layout.span(),
                "a dictionary with this layout keeps rows, so it says after how many seconds it reads them again: \
                 `lifetime = 300`, 0 for never",
            ),
            // One with a complex key keeps nothing either, and the server takes a lifetime all the same.
            (Some(span), Some(_)) if kind == "DIRECT" => {
                diag.error(span, "a direct dictionary keeps nothing, so it has no lifetime; take it away");
            }
            _ => {}
        }
        let range = match names(&attrs.range, "the range").as_slice() {
            [from, to] => Some((from.clone(), to.clone())),
            other => {
                if let (Some(span), true) = (attrs.range.span(), other.len() < 2 || other.len() > 2) {
                    diag.error(
                        span,
                        "a range has two attributes: `range = (valid_from, valid_to)`",
                    );
                }
                None
            }
        };
        let primary_key = names(&attrs.primary_key, "the key");
        if let (Some([]), Some(span)) = (
            attrs.primary_key.get().map(Vec::as_slice),
            attrs.primary_key.span(),
        ) {
            diag.error(span, "a key has at least one attribute");
        }
        let heading = Heading::new(diag, &attrs.named, &item.ident, &item.docs);
        let (columns, attributes) = item
            .fields
            .into_iter()
            .zip(known)
            .map(|(field, known)| column(diag, field, known))
            .unzip();
        Self {
            view: View {
                generics: item.generics,
                serde: item.serde,
                heading,
                columns,
                security: None,
                query: String::new(),
            },
            attributes,
            primary_key,
            source: attrs.source.get().map(|sql| sql.text.clone()).unwrap_or_default(),
            layout,
            lifetime: attrs.lifetime.get().copied(),
            range,
            settings: settings(attrs.settings.get()),
        }
    }
}

fn column(
    diag: &Diag,
    field: item::Field<crate::attr::dictionary::DictionaryAttribute>,
    known: Known,
) -> (ViewColumn, Attribute) {
    let attrs = &field.attrs;
    let text = |slot: &Slot<Fragment>| match slot.get()? {
        Fragment::Sql(sql) => Some(sql.text.clone()),
        other => {
            diag.error(
                other.span(),
                "write it in quotes: it is SQL that the source or the server reads",
            );
            None
        }
    };
    let is = |slot: &Slot<bool>| slot.get().is_some_and(|flag| *flag);
    let attribute = Attribute {
        default: text(&attrs.default),
        expression: text(&attrs.expression),
        traits: [
            is(&attrs.hierarchical),
            is(&attrs.bidirectional),
            is(&attrs.injective),
            is(&attrs.is_object_id),
        ],
    };
    if let (Some(span), false) = (attrs.bidirectional.span(), is(&attrs.hierarchical)) {
        diag.error(
            span,
            "only a hierarchy can be looked up downwards; add `hierarchical`",
        );
    }
    let span = field.ident.span();
    let column = ViewColumn {
        data_type: ColumnType::new(
            diag,
            &attrs.data_type,
            &Slot::default(),
            &field.serde,
            &field.ty,
            span,
        ),
        in_row: is_in_row(&field.serde, &field.ty),
        line: item::line(span),
        serde: field.serde,
        ty: field.ty,
        field: field.ident,
        name: known.name,
    };
    (column, attribute)
}

/// The attribute that a field, or a string, names.
fn attribute_name(diag: &Diag, known: &[Known], fragment: &Fragment, place: &str) -> Option<String> {
    let (written, by_field) = match fragment {
        Fragment::Field(ident) => (ident.unraw().to_string(), true),
        Fragment::Sql(sql) => (sql.text.clone(), false),
        Fragment::Tuple(_, span) => {
            diag.error(*span, format!("{place} is a plain list of attributes"));
            return None;
        }
    };
    let is_it = |known: &&Known| written == if by_field { &*known.field } else { &*known.name };
    if let Some(found) = known.iter().find(is_it) {
        return Some(found.name.clone());
    }
    let names = known
        .iter()
        .map(|known| if by_field { &*known.field } else { &*known.name });
    let way_out = match chx_core::nearest::nearest(&written, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let listed: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            format!("the attributes are {}", listed.join(", "))
        }
    };
    if !known.is_empty() {
        diag.error(
            fragment.span(),
            format!("no attribute `{written}` for {place}; {way_out}"),
        );
    }
    None
}
