//! Changes of Rust code at the place where it stands.
//!
//! What a person wrote stays: only the pieces that differ between what is declared and what is live are replaced, each
//! where it stands. Two versions of the struct are written as `pull` would write them; what differs between the two is
//! found again in the code by its key, and everything else in the code is never touched.

mod entries;
mod grants;

use std::ops::Range;

use chx_core::model::access::Grants;
use chx_core::model::{Object, ViewColumn};
use proc_macro2::TokenTree;
use syn::spanned::Spanned as _;

use super::item::Field;
use super::layout::Entry;
use super::{Item, alone};
use entries::parts;

/// What is to become of one struct.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    /// The line of the struct's name.
    pub(crate) line: u32,
    /// The object as it is declared.
    pub(crate) declared: Object,
    /// The object as it is live.
    pub(crate) live: Object,
    /// The columns of a view as they are live.
    pub(crate) columns: Vec<ViewColumn>,
}

/// Changes the text of a file. Gives what has to be done by hand as well; `Err` where nothing was changed.
pub(crate) fn edit(text: &str, edit: &Edit) -> Result<(String, Vec<String>), String> {
    let file = syn::parse_file(text).map_err(|error| format!("its file cannot be read as Rust: {error}"))?;
    let item =
        find(&file.items, edit.line).ok_or_else(|| format!("there is no struct in line {}", edit.line))?;
    if edit.declared.kind() != edit.live.kind() {
        return Err(format!(
            "it declares a {}, and the database has a {} of this name",
            edit.declared.kind(),
            edit.live.kind()
        ));
    }
    if matches!(edit.declared, Object::Raw(_)) != matches!(edit.live, Object::Raw(_)) {
        return Err(
            "it takes another derive now: take the struct out, and `pull` writes the one that it needs"
                .to_owned(),
        );
    }
    let ident = item.ident.to_string();
    let (declared, had) = alone(&edit.declared, &edit.columns, &ident);
    let (live, has) = alone(&edit.live, &edit.columns, &ident);
    let mut changes = Changes {
        text,
        replaced: Vec::new(),
        by_hand: Vec::new(),
        made: Vec::new(),
        grants: grants_of(&edit.declared, &edit.live),
    };
    let is_view = match &edit.live {
        Object::View(_) | Object::MaterializedView(_) => true,
        Object::Table(table) => table.is_alias(),
        Object::Database(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => false,
    };
    let made: Vec<String> = has.into_iter().filter(|code| !had.contains(code)).collect();
    changes.made = changes.types(item, &file.items, &made);
    changes.item(item, &declared, &live, is_view);
    let by_hand = std::mem::take(&mut changes.by_hand);
    Ok((changes.finish(), by_hand))
}

fn grants_of(declared: &Object, live: &Object) -> Option<(Grants, Grants)> {
    match (declared, live) {
        (Object::Access(declared), Object::Access(live)) => {
            Some((declared.grants()?.clone(), live.grants()?.clone()))
        }
        _ => None,
    }
}

fn find(items: &[syn::Item], line: u32) -> Option<&syn::ItemStruct> {
    items.iter().find_map(|item| match item {
        syn::Item::Struct(item) => {
            let at = item.ident.span().start().line;
            (u32::try_from(at) == Ok(line)).then_some(item)
        }
        syn::Item::Mod(module) => module.content.as_ref().and_then(|(_, items)| find(items, line)),
        _ => None,
    })
}

struct Changes<'a> {
    text: &'a str,
    replaced: Vec<(Range<usize>, String)>,
    by_hand: Vec<String>,
    /// The names of types that the code did not have.
    made: Vec<String>,
    /// What is declared and what is live of the grants of a user or role.
    grants: Option<(Grants, Grants)>,
}

impl Changes<'_> {
    fn finish(mut self) -> String {
        self.replaced.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut copied = 0;
        for (range, new) in &self.replaced {
            // Two changes of one place do not happen; the first one counts.
            if range.start < copied {
                continue;
            }
            out.push_str(self.text.get(copied..range.start).unwrap_or_default());
            out.push_str(new);
            copied = range.end;
        }
        out.push_str(self.text.get(copied..).unwrap_or_default());
        out
    }

    fn item(&mut self, item: &syn::ItemStruct, declared: &Item, live: &Item, is_view: bool) {
        let indent = self.indent_of(item.span().byte_range().start);
        self.docs(
            &item.attrs,
            &declared.docs,
            &live.docs,
            item.span().byte_range().start,
            indent,
        );
        let before = item.vis.span().byte_range();
        let at = if before.is_empty() {
            item.struct_token.span().byte_range().start
        } else {
            before.start
        };
        self.entries(&item.attrs, "ch", &declared.entries, &live.entries, indent, at);
        if declared.is_unit && live.is_unit {
            return;
        }
        let syn::Fields::Named(named) = &item.fields else {
            self.by_hand.push("its struct has no named fields".to_owned());
            return;
        };
        let fields: Vec<(&syn::Field, String)> = named
            .named
            .iter()
            .filter_map(|field| Some((field, column_of(field)?)))
            .collect();
        // The columns of a view are declared nowhere but in the code.
        let had = |column: &str| {
            if is_view {
                fields.iter().any(|(_, name)| name == column)
            } else {
                declared.fields.iter().any(|field| field.column == column)
            }
        };
        let mut behind = named.brace_token.span.open().byte_range().end;
        let is_inline = !self
            .text
            .get(named.brace_token.span.join().byte_range())
            .unwrap_or_default()
            .contains('\n');
        for field in &live.fields {
            let there = fields.iter().find(|(_, name)| *name == field.column);
            match there {
                Some((code, _)) => {
                    if let Some(old) = declared.fields.iter().find(|old| old.column == field.column) {
                        self.field(code, old, field, indent);
                    }
                    behind = self.end_of_field(code);
                }
                None if had(&field.column) => {
                    self.by_hand.push(format!(
                        "the field of the column `{}` was not found",
                        field.column
                    ));
                }
                None => {
                    let code = full_path(&field.code(indent));
                    let new = if is_inline {
                        format!(" {}", code.trim())
                    } else {
                        format!("\n{}", code.trim_end())
                    };
                    self.replaced.push((behind..behind, new));
                }
            }
        }
        // Nobody says what the columns of a view with parameters are: the code knows better.
        let is_told = !(is_view && live.fields.is_empty());
        for (code, column) in fields.iter().filter(|_| is_told) {
            let is_gone = !live.fields.iter().any(|field| field.column == *column);
            if is_gone && had(column) {
                self.remove_field(code);
            }
        }
        let common = |of: &Item, other: &Item| -> Vec<String> {
            let kept = of.fields.iter().map(|field| field.column.clone());
            kept.filter(|column| other.fields.iter().any(|field| field.column == *column))
                .collect()
        };
        if common(declared, live) != common(live, declared) {
            self.by_hand
                .push("its columns are in another order in the database; move the fields".to_owned());
        }
    }

    fn field(&mut self, code: &syn::Field, declared: &Field, live: &Field, indent: usize) {
        let start = code.span().byte_range().start;
        self.docs(&code.attrs, &declared.docs, &live.docs, start, indent + 4);
        let before = code.vis.span().byte_range();
        let name = code
            .ident
            .as_ref()
            .map_or(start, |ident| ident.span().byte_range().start);
        let at = if before.is_empty() { name } else { before.start };
        // The code has said the type in another way.
        let is_remade = self.made.iter().any(|made| has_word(&live.ty, made));
        let mut entries = declared.entries.clone();
        if is_remade {
            entries.push(Entry::value("type", "\"\""));
        }
        self.entries(&code.attrs, "ch", &entries, &live.entries, indent + 4, at);
        // Only a row has them, and the code knows best whether it is one.
        let is_row = code.attrs.iter().any(|attr| attr.path().is_ident("serde"));
        if is_row || !live.serde.is_empty() && live.serde != declared.serde {
            self.entries(&code.attrs, "serde", &declared.serde, &live.serde, indent + 4, at);
        }
        if declared.ty != live.ty || is_remade {
            self.replaced
                .push((code.ty.span().byte_range(), full_path(&live.ty)));
        }
    }

    fn docs(
        &mut self,
        attrs: &[syn::Attribute],
        declared: &[String],
        live: &[String],
        start: usize,
        indent: usize,
    ) {
        if declared == live {
            return;
        }
        // The comment is the doc comment up to its first heading.
        let mut range: Option<Range<usize>> = None;
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
            let at = attr.span().byte_range();
            let text = self.text.get(at.clone()).unwrap_or_default();
            if text.trim_start_matches('/').trim_start().starts_with('#') && text.starts_with("///") {
                break;
            }
            range = Some(range.map_or(at.clone(), |range| range.start..at.end));
        }
        let pad = " ".repeat(indent);
        let lines: Vec<String> = live.iter().map(|line| format!("/// {line}")).collect();
        match range {
            Some(range) if lines.is_empty() => {
                let end = self.past_line_end(range.end);
                self.replaced.push((range.start..end, String::new()));
            }
            Some(range) => self.replaced.push((range, lines.join(&format!("\n{pad}")))),
            None => {
                let new = lines.join(&format!("\n{pad}"));
                self.replaced.push((start..start, format!("{new}\n{pad}")));
            }
        }
    }

    /// Puts new enums and tuples behind the struct, unless the code has something of that name. Gives their names.
    fn types(&mut self, item: &syn::ItemStruct, items: &[syn::Item], made: &[String]) -> Vec<String> {
        let end = item.span().byte_range().end;
        let mut names = Vec::new();
        for code in made {
            let (name, what) = match syn::parse_str::<syn::Item>(code) {
                Ok(syn::Item::Enum(new)) => (new.ident, "values of the enum"),
                Ok(syn::Item::Struct(new)) => (new.ident, "elements of the tuple"),
                _ => continue,
            };
            let is_taken = items.iter().any(|item| match item {
                syn::Item::Enum(old) => old.ident == name,
                syn::Item::Struct(old) => old.ident == name,
                syn::Item::Type(old) => old.ident == name,
                _ => false,
            });
            if is_taken {
                self.by_hand
                    .push(format!("the {what} `{name}` are others now; they are:\n{code}"));
            } else {
                let code = full_path(code);
                self.replaced.push((end..end, format!("\n\n{}", code.trim_end())));
                names.push(name.to_string());
            }
        }
        names
    }

    fn remove_field(&mut self, field: &syn::Field) {
        let range = field.span().byte_range();
        let start = self
            .text
            .get(..range.start)
            .and_then(|text| text.rfind('\n'))
            .map_or(range.start, |at| at + 1);
        let is_alone = self
            .text
            .get(start..range.start)
            .is_some_and(|text| text.trim().is_empty());
        let end = self.end_of_field(field);
        if is_alone {
            self.replaced
                .push((start..self.past_line_end(end), String::new()));
        } else {
            self.replaced.push((range.start..end, String::new()));
        }
    }

    /// Behind the comma of a field.
    fn end_of_field(&self, field: &syn::Field) -> usize {
        let end = field.span().byte_range().end;
        let rest = self.text.get(end..).unwrap_or_default();
        let spaces = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with(',') {
            end + spaces + 1
        } else {
            end
        }
    }

    fn past_line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        let Some(rest) = rest.get(spaces..).and_then(|rest| rest.strip_prefix('\n')) else {
            return at;
        };
        // Where the next line begins with spaces of the same item, they stay in front of what was there.
        let line_start = self
            .text
            .get(..at)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |at| at + 1);
        let is_whole_line = self
            .text
            .get(line_start..at)
            .is_some_and(|text| !text.trim().is_empty());
        let _ = rest;
        if is_whole_line { at + spaces + 1 } else { at }
    }

    fn indent_of(&self, at: usize) -> usize {
        let start = self
            .text
            .get(..at)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |at| at + 1);
        at - start
    }
}

/// Is a name a word of a type?
fn has_word(ty: &str, name: &str) -> bool {
    ty.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == name)
}

/// Code that is put into a file whose imports are not known.
fn full_path(code: &str) -> String {
    code.replace("HashMap<", "std::collections::HashMap<")
}

/// The column of a field; `None` where the field is no column.
fn column_of(field: &syn::Field) -> Option<String> {
    let mut name = None;
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("ch")) {
        let Ok(list) = attr.meta.require_list() else {
            continue;
        };
        for part in parts(list.tokens.clone()) {
            let tokens: Vec<TokenTree> = part.into_iter().collect();
            match tokens.as_slice() {
                [TokenTree::Ident(key)] if key == "skip" => return None,
                [
                    TokenTree::Ident(key),
                    TokenTree::Punct(_),
                    TokenTree::Literal(value),
                ] if key == "name" => {
                    name = syn::parse_str::<syn::LitStr>(&value.to_string())
                        .ok()
                        .map(|value| value.value());
                }
                _ => {}
            }
        }
    }
    name.or_else(|| {
        let ident = field.ident.as_ref()?.to_string();
        Some(ident.strip_prefix("r#").unwrap_or(&ident).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::{ParseContext, parse_object};

    use super::*;

    #[test]
    fn settings_that_are_shared_are_left_to_a_person() {
        let read = |settings: &str| {
            let sql = format!("CREATE TABLE web.t (n UInt8 {settings}");
            parse_object(&sql, &ParseContext::default()).unwrap()
        };
        let text = "#[derive(ChTable)]\n#[ch(database = \"web\", engine = MergeTree, order_by = n, shared_settings = Cheap)]\n\
                    pub struct T {\n    pub n: u8,\n}\n";
        let change = Edit {
            line: 3,
            declared: read(") ENGINE = MergeTree ORDER BY n SETTINGS a = 1, b = 2"),
            live: read(" DEFAULT 1) ENGINE = MergeTree ORDER BY n SETTINGS a = 1, b = 3"),
            columns: Vec::new(),
        };
        let (changed, by_hand) = edit(text, &change).unwrap();
        assert_eq!(
            changed,
            text.replace("    pub n", "    #[ch(default = \"1\")]\n    pub n")
        );
        assert_eq!(
            by_hand,
            [
                "its settings are others now, and it shares some with others; all of them are: settings(a = 1, b = 3)"
            ]
        );
    }

    #[test]
    fn clauses_and_grants_of_a_user_are_replaced() {
        let read = |sql: &str| {
            let mut schema = chx_core::model::Schema::default();
            for sql in sql.split("; ") {
                let statement = chx_core::ddl::parse_statement(sql, &ParseContext::default()).unwrap();
                schema.apply(&statement).unwrap();
            }
            schema.objects().next().unwrap().clone()
        };
        let text = "#[derive(ChUser)]\n#[ch(identified = \"BY 'env:PW'\", host = \"LOCAL\", valid_until = \"2030-01-01\", grant = \"select \
                    ON a.*\", grant(\"INSERT\", on = web::HitLog), grant = \"reader\")]\nstruct Ann;\n";
        let change = Edit {
            line: 3,
            declared: read(
                "CREATE USER ann IDENTIFIED BY 'env:PW' VALID UNTIL '2030-01-01' HOST LOCAL; GRANT SELECT ON a.* TO ann; GRANT INSERT ON web.hit_log \
                 TO ann; GRANT reader TO ann",
            ),
            live: read(
                "CREATE USER ann IDENTIFIED BY 'env:PW' HOST ANY DEFAULT ROLE NONE; GRANT SELECT ON b.* TO ann; GRANT INSERT ON web.hit_log TO \
                 ann; GRANT reader, writer TO ann",
            ),
            columns: Vec::new(),
        };
        let (changed, by_hand) = edit(text, &change).unwrap();
        assert_eq!(
            changed,
            "#[derive(ChUser)]\n#[ch(identified = \"BY 'env:PW'\", grant = \"SELECT ON b.*\", grant(\"INSERT\", on = \
             web::HitLog), grant = \"reader\", default_role = \"NONE\", grant = \"writer\")]\nstruct Ann;\n"
        );
        assert!(by_hand.is_empty(), "{by_hand:?}");
        // A name without its database is known to the compiler alone.
        let unclear = text.replace("select ON a.*", "select ON hits");
        let (changed, by_hand) = edit(&unclear, &change).unwrap();
        assert!(changed.contains("ON hits\", grant(\"INSERT\", on = web::HitLog), grant = \"reader\""));
        assert_eq!(
            by_hand,
            [
                "its grants are others now; all of them are: grant = \"SELECT ON b.*\", grant = \"INSERT ON web.hit_log\", grant = \
                 \"reader, writer\""
            ]
        );
    }

    #[test]
    fn intervals_of_a_quota_are_told_apart_by_their_length() {
        let read = |sql: &str| parse_object(sql, &ParseContext::default()).unwrap();
        let text = "#[derive(ChQuota)]\n#[ch(\n    interval = \"60 minute MAX queries = 1\",\n    // The day.\n    interval = \"1 day TRACKING \
                    ONLY\",\n    interval = \"1 week MAX queries = 7\",\n)]\nstruct Q;\n";
        let change = Edit {
            line: 8,
            declared: read(
                "CREATE QUOTA q FOR INTERVAL 1 hour MAX queries = 1, FOR INTERVAL 1 day TRACKING ONLY, FOR INTERVAL 1 week MAX queries = 7",
            ),
            live: read(
                "CREATE QUOTA q FOR INTERVAL 1 hour MAX queries = 2, FOR INTERVAL 1 day TRACKING ONLY, FOR INTERVAL 1 month MAX queries = 9",
            ),
            columns: Vec::new(),
        };
        let (changed, by_hand) = edit(text, &change).unwrap();
        assert_eq!(
            changed,
            "#[derive(ChQuota)]\n#[ch(\n    interval = \"1 hour MAX queries = 2\",\n    // The day.\n    interval = \"1 day TRACKING \
             ONLY\",\n    interval = \"1 month MAX queries = 9\",\n)]\nstruct Q;\n"
        );
        assert!(by_hand.is_empty(), "{by_hand:?}");
    }
}
