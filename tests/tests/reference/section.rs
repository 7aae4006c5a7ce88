//! A section of the reference, read from the file that declares its structs.
//!
//! A file begins with its title and what is to be said of it. Each run of comments of the form `clause <- words` begins an
//! example, which goes on to the next run.

use chx_core::ddl::{render_line, render_object_line};
use chx_core::diag::Place;
use chx_core::ident::Ident;
use chx_core::model::{Database, Object, ObjectId};
use chx_core::plan::access_statements;
use chx_runtime::registry::Registry;

/// What a file says.
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) examples: Vec<Example>,
}

/// Structs, the objects that come of them, and the clauses with the words that say them.
pub(crate) struct Example {
    pub(crate) pairs: Vec<(String, String)>,
    pub(crate) code: String,
    pub(crate) objects: Vec<Object>,
}

/// Everything that this program declares, with its place.
pub(crate) fn declared() -> Result<Vec<(Object, Place)>, String> {
    let default = Ident::new("default").map_err(|error| error.to_string())?;
    let registry = Registry::load(&default).map_err(|error| error.to_string())?;
    let place = |object: &Object| registry.place(&object.id()).cloned();
    let objects = registry.schema().objects();
    Ok(objects
        .filter(|object| !matches!(object, Object::Database(Database { comment: None, .. })))
        .filter_map(|object| Some((object.clone(), place(object)?)))
        .collect())
}

/// The object's name without its database.
pub(crate) fn name_of(object: &Object) -> String {
    match object.id() {
        ObjectId::Relation(name) => name.name.as_str().to_owned(),
        ObjectId::Database(name)
        | ObjectId::Function(name)
        | ObjectId::NamedCollection(name)
        | ObjectId::Resource(name)
        | ObjectId::Workload(name) => name.as_str().to_owned(),
        ObjectId::Access(id) => id.name().as_str().to_owned(),
    }
}

/// What makes it: a user or role is granted things besides.
pub(crate) fn statements(object: &Object) -> Vec<String> {
    match object {
        Object::Access(entity) => access_statements(entity).iter().map(render_line).collect(),
        _ => vec![render_object_line(object)],
    }
}

impl Section {
    pub(crate) fn read(file: &str, text: &str, declared: &[(Object, Place)]) -> Self {
        let mut head = text.lines().map_while(|line| line.strip_prefix("//!"));
        let title = head.next().unwrap_or_default().trim_start_matches(['#', ' ']);
        let about: Vec<&str> = head.map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut section = Self {
            title: title.to_owned(),
            about: about.join("\n"),
            examples: Vec::new(),
        };
        let mut was_pair = false;
        for (number, line) in (1..).zip(text.lines()) {
            let pair = line.strip_prefix("// ").and_then(|pair| pair.split_once(" <- "));
            if pair.is_some() && !was_pair {
                section.examples.push(Example {
                    pairs: Vec::new(),
                    code: String::new(),
                    objects: Vec::new(),
                });
            }
            was_pair = pair.is_some();
            let Some(example) = section.examples.last_mut() else {
                continue;
            };
            if let Some((clause, words)) = pair {
                example.pairs.push((clause.to_owned(), words.to_owned()));
                continue;
            }
            example.code.push_str(line);
            example.code.push('\n');
            let here = declared.iter().filter(|(_, place)| {
                place.line == number
                    && place
                        .file
                        .replace('\\', "/")
                        .ends_with(&format!("reference/{file}"))
            });
            example.objects.extend(here.map(|(object, _)| object.clone()));
        }
        for example in &mut section.examples {
            example.code = example.code.trim().to_owned();
        }
        section
    }
}

impl Example {
    /// What is wrong with a pair: the clause has to be in the statements, and the words in the structs.
    pub(crate) fn mistake(&self, clause: &str, words: &str) -> Option<String> {
        let statements: Vec<String> = self.objects.iter().flat_map(statements).collect();
        if !statements.iter().any(|statement| statement.contains(clause)) {
            return Some(format!("`{clause}` is not in\n{}", statements.join("\n")));
        }
        let says = one_line(&self.code).contains(&one_line(words));
        (!says).then(|| format!("`{words}` is not in\n{}", self.code))
    }
}

/// The code without its line breaks, and without the commas before closing brackets that come of them.
fn one_line(code: &str) -> String {
    let words: Vec<&str> = code.split_whitespace().collect();
    words
        .join(" ")
        .replace("( ", "(")
        .replace(", )", ")")
        .replace(" )", ")")
}
