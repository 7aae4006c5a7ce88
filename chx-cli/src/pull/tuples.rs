//! Rust structs for named tuples.

use std::fmt::Write as _;

use chx_core::types::Field as Element;

use super::item::Field;
use super::layout::Entry;
use super::literal::string;
use super::made::{FileTypes, Needed};
use super::names::{Taken, field_names, is_named_like};
use super::rust_type::{Said, rust_type};

/// The struct of a shape. What its elements need is made with `types`.
pub(super) fn code(name: &str, elements: &[Element], types: &mut FileTypes, taken: &mut Taken) -> String {
    let idents = field_names(elements.iter().map(|element| &*element.name));
    let mut out = String::from("#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]\n");
    // Writing to a String cannot fail.
    let _ = writeln!(out, "pub struct {name} {{");
    for element in elements {
        let column = &*element.name;
        let ident = idents.get(column).map_or(column, String::as_str);
        let mut needed = Needed {
            types: &mut *types,
            taken: &mut *taken,
            holder: name,
            column,
            data_type: &element.data_type,
        };
        let ty = rust_type(&element.data_type, &mut needed);
        let mut entries = Vec::new();
        if !is_named_like(ident, column) {
            entries.push(Entry::value("name", string(column)));
        }
        match ty.said {
            Said::All => {}
            Said::ButLowCardinality => entries.push(Entry::Text("low_cardinality".to_owned())),
            Said::NotAll | Said::Nothing => {
                entries.push(Entry::value("type", string(&element.data_type.to_string())));
            }
        }
        let field = Field {
            column: column.to_owned(),
            ident: ident.to_owned(),
            docs: Vec::new(),
            entries,
            serde: ty
                .with
                .map(|module| Entry::value("with", string(module)))
                .into_iter()
                .collect(),
            ty: ty.text,
            is_valueless: false,
        };
        out.push_str(&field.code(0));
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chx_core::types::DataType;

    #[track_caller]
    fn check(column: &str, sql: &str, expected: &[&str]) {
        let (mut types, mut taken) = (FileTypes::default(), Taken::types());
        taken.keep("Order");
        let data_type = DataType::parse(sql).unwrap();
        let mut needed = Needed {
            types: &mut types,
            taken: &mut taken,
            holder: "Shop",
            column,
            data_type: &data_type,
        };
        let _ = rust_type(&data_type, &mut needed);
        // The same shape once more.
        needed.column = "again";
        let _ = rust_type(&data_type, &mut needed);
        let code = types.take_code();
        assert_eq!(code, expected);
        for item in code {
            syn::parse_str::<syn::ItemStruct>(&item).unwrap();
        }
    }

    #[test]
    fn each_shape_is_one_struct_with_good_names() {
        const HEAD: &str = "#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]\npub struct ";
        check(
            "tags",
            "Array(Tuple(key LowCardinality(String), `a b` String))",
            &[&format!(
                "{HEAD}Tag {{\n    #[ch(low_cardinality)]\n    pub key: String,\n    #[ch(name = \"a b\")]\n    pub a_b: String,\n}}\n"
            )],
        );
        // A name that is taken, a word of Rust, a writer of its own, and a tuple inside.
        check(
            "order",
            "Tuple(type UUID, order Tuple(type UInt8))",
            &[
                &format!(
                    "{HEAD}OrderTuple {{\n    #[serde(with = \"clickhouse::serde::uuid\")]\n    pub r#type: uuid::Uuid,\n    \
                     pub order: Order2,\n}}\n"
                ),
                &format!("{HEAD}Order2 {{\n    pub r#type: u8,\n}}\n"),
            ],
        );
        // What has no values in Rust is no struct either.
        check("state", "Tuple(a AggregateFunction(uniq, UInt8))", &[]);
    }
}
