//! Rust for a schema: what `pull` writes.
//!
//! Decides where each object goes, what it is called, and in which order things stand, so that the same schema always
//! gives the same bytes. Nothing here touches a disk or a server.

mod edit;
mod enums;
mod item;
mod layout;
mod literal;
mod made;
mod names;
mod rust_type;
mod tuples;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{MaterializedView, Object, ObjectId, Schema, Table, Target, ViewColumn};

use item::{Item, Surroundings, item, take_ident};
use made::FileTypes;
use names::{Taken, module_name};

pub(crate) use edit::{Edit, edit};

/// How objects are spread over files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    /// A file for each database.
    Databases,
    /// A folder for each database, a file for each object.
    Objects,
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pulled<'a> {
    /// The objects.
    pub(crate) schema: &'a Schema,
    /// The columns of views as the server froze them.
    pub(crate) columns: &'a BTreeMap<QualifiedName, Vec<ViewColumn>>,
    /// How they are spread.
    pub(crate) spread: Spread,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Files by their path from the folder of the schema, with `/`.
    pub(crate) files: BTreeMap<String, String>,
    /// How many objects were written.
    pub(crate) objects: usize,
}

/// What is written into one file, or one folder. What belongs to the server comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Home<'a> {
    Functions,
    NamedCollections,
    /// With their resources.
    Workloads,
    Access,
    Database(&'a Ident),
}

impl<'a> Home<'a> {
    fn of(id: &'a ObjectId) -> Self {
        match id {
            ObjectId::Function(_) => Self::Functions,
            ObjectId::NamedCollection(_) => Self::NamedCollections,
            ObjectId::Resource(_) | ObjectId::Workload(_) => Self::Workloads,
            ObjectId::Access(_) => Self::Access,
            ObjectId::Database(name) => Self::Database(name),
            ObjectId::Relation(name) => Self::Database(&name.database),
        }
    }

    fn module(self) -> String {
        match self {
            Self::Functions => "functions".to_owned(),
            Self::NamedCollections => "named_collections".to_owned(),
            Self::Workloads => "workloads".to_owned(),
            Self::Access => "access".to_owned(),
            Self::Database(name) => module_name(name.as_str()),
        }
    }

    fn heading(self) -> String {
        match self {
            Self::Functions => "//! The functions of the server.".to_owned(),
            Self::NamedCollections => "//! The named collections of the server.".to_owned(),
            Self::Workloads => "//! The workloads of the server and their resources.".to_owned(),
            Self::Access => "//! Who may do what on the server.".to_owned(),
            Self::Database(name) => format!("//! The database `{name}`."),
        }
    }
}

const PRELUDE: &str = "use chx::prelude::*;\n";

/// Writes all objects.
pub(crate) fn write(pulled: Pulled<'_>) -> Written {
    let mut written = Written::default();
    let mut places: BTreeMap<Home<'_>, Vec<&Object>> = BTreeMap::new();
    for (id, object) in pulled.schema.iter() {
        if has_struct(object) {
            places.entry(Home::of(id)).or_default().push(object);
        }
    }
    let mut modules = Taken::default();
    let mut root = Vec::new();
    for (home, objects) in places {
        let module = modules.take(&home.module(), "2", &[]);
        let heading = home.heading();
        root.push(format!("pub mod {module};\n"));
        match pulled.spread {
            Spread::Databases => {
                let text = place_file(&heading, &objects, &pulled, &mut written);
                written.files.insert(format!("{module}.rs"), text);
            }
            Spread::Objects => {
                let mut files = Taken::default();
                let mut inner = format!("{heading}\n\n");
                for object in by_claim(&objects) {
                    let name = match object.id() {
                        ObjectId::Relation(name) => name.name.as_str().to_owned(),
                        ObjectId::Function(name)
                        | ObjectId::NamedCollection(name)
                        | ObjectId::Resource(name)
                        | ObjectId::Workload(name) => name.as_str().to_owned(),
                        ObjectId::Access(id) => id.name().as_str().to_owned(),
                        ObjectId::Database(_) => "database".to_owned(),
                    };
                    let file = files.take(&module_name(&name), "2", &[]);
                    let text = object_file(object, &pulled, &mut written);
                    let _ = writeln!(inner, "pub mod {file};");
                    written.files.insert(format!("{module}/{file}.rs"), text);
                }
                written.files.insert(format!("{module}/mod.rs"), inner);
            }
        }
    }
    // As rustfmt sorts them.
    root.sort();
    let heading = "//! The schema, as it was pulled from a live database.\n\n";
    let root = format!("{heading}{}", root.concat());
    written.files.insert("mod.rs".to_owned(), root);
    written
}

/// A database has a struct of its own where it says something. The one that the server makes stays as it is, and what shows
/// another place is left alone.
pub(crate) fn has_struct(object: &Object) -> bool {
    match object {
        Object::Database(database) => {
            database.says_something() && !database.is_elsewhere() && database.name.as_str() != "default"
        }
        Object::Table(_)
        | Object::View(_)
        | Object::MaterializedView(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => true,
    }
}

/// The objects in the order in which they choose their names: tables first, so that none is called otherwise for the sake
/// of its database.
fn by_claim<'a>(objects: &[&'a Object]) -> Vec<&'a Object> {
    let mut objects = objects.to_vec();
    objects.sort_by_key(|object| matches!(object, Object::Database(_)));
    objects
}

/// The file of a database, or of what belongs to the server.
fn place_file(heading: &str, objects: &[&Object], pulled: &Pulled<'_>, written: &mut Written) -> String {
    let mut taken = Taken::types();
    let idents: BTreeMap<ObjectId, String> = by_claim(objects)
        .into_iter()
        .map(|object| (object.id(), take_ident(object, &mut taken)))
        .collect();
    let mut types = FileTypes::default();
    let mut body = String::new();
    for object in objects {
        let around = Surroundings {
            taken: &mut taken,
            types: &mut types,
            ident: idents.get(&object.id()).cloned(),
            target: target_in(object, pulled, &idents),
        };
        put(object, pulled, around, &mut body, written);
        for code in types.take_code() {
            body.push('\n');
            body.push_str(&code);
        }
    }
    whole_file(heading, &body)
}

fn object_file(object: &Object, pulled: &Pulled<'_>, written: &mut Written) -> String {
    let mut taken = Taken::types();
    let mut types = FileTypes::default();
    let mut body = String::new();
    let around = Surroundings {
        taken: &mut taken,
        types: &mut types,
        ident: None,
        target: None,
    };
    put(object, pulled, around, &mut body, written);
    for code in types.take_code() {
        body.push('\n');
        body.push_str(&code);
    }
    let id = object.id();
    let name = match &id {
        ObjectId::Database(name)
        | ObjectId::Function(name)
        | ObjectId::NamedCollection(name)
        | ObjectId::Resource(name)
        | ObjectId::Workload(name) => name.to_string(),
        ObjectId::Access(id) => id.name().to_string(),
        ObjectId::Relation(name) => name.to_string(),
    };
    whole_file(&format!("//! The {} `{name}`.", object.kind()), &body)
}

fn whole_file(heading: &str, body: &str) -> String {
    let maps = if body.contains("HashMap<") {
        "use std::collections::HashMap;\n\n"
    } else {
        ""
    };
    format!("{heading}\n\n{maps}{PRELUDE}{body}")
}

fn put(
    object: &Object,
    pulled: &Pulled<'_>,
    around: Surroundings<'_>,
    body: &mut String,
    written: &mut Written,
) {
    let item = item(object, columns_of(object, pulled), around);
    written.objects += 1;
    body.push('\n');
    body.push_str(&item.code());
}

fn columns_of<'a>(object: &Object, pulled: &Pulled<'a>) -> &'a [ViewColumn] {
    let id = object.id();
    id.relation()
        .and_then(|name| pulled.columns.get(name))
        .map_or(&[], Vec::as_slice)
}

/// The struct of a materialized view's target, where it stands in the same file and has the same columns: the derive
/// compares the two.
fn target_in(object: &Object, pulled: &Pulled<'_>, idents: &BTreeMap<ObjectId, String>) -> Option<String> {
    let Object::MaterializedView(MaterializedView {
        target: Target::To(name),
        ..
    }) = object
    else {
        return None;
    };
    let ident = idents.get(&ObjectId::Relation(name.clone()))?;
    let table = pulled.schema.table(name)?;
    has_columns(table, columns_of(object, pulled)).then(|| ident.clone())
}

fn has_columns(table: &Table, columns: &[ViewColumn]) -> bool {
    let of_table = table
        .columns
        .iter()
        .map(|column| (&column.name, &column.data_type));
    let of_view = columns.iter().map(|column| (&column.name, &column.data_type));
    of_table.eq(of_view) && table.columns.iter().all(chx_core::model::Column::is_insertable)
}

/// The struct of an object as if it stood alone, under the name that it has in the code, and the types that it needs.
fn alone(object: &Object, columns: &[ViewColumn], ident: &str) -> (Item, Vec<String>) {
    let mut taken = Taken::types();
    let mut types = FileTypes::default();
    taken.keep(ident);
    let around = Surroundings {
        taken: &mut taken,
        types: &mut types,
        ident: Some(ident.to_owned()),
        target: None,
    };
    let item = item(object, columns, around);
    (item, types.take_code())
}
