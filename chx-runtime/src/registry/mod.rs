//! The registry: every declared object of the program, as one schema.
//!
//! Decides what the desired schema is. The derives put a [`Registered`] entry into each binary for each annotated
//! struct; the order in which the linker leaves them means nothing, so they are sorted once, here. It refuses an
//! empty registry (a plan towards nothing would drop every table), two objects of one name and whatever a
//! declaration says that cannot be, all at once and each with its place.

mod error;

use std::collections::BTreeMap;

use chx_core::canon::{adopt_access, adopt_databases};
use chx_core::declare::{Declaration, Declared, TableDeclaration, TargetDeclaration};
use chx_core::diag::{Diagnostic, Place, Severity, code};
use chx_core::history::Check;
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Database, Object, ObjectId, Schema, Target};
use chx_core::nearest::nearest;
use chx_core::plan::Renames;

use crate::side_by_side;

pub use error::RegistryError;

/// An entry that a derive leaves in the binary.
#[derive(Debug, Clone, Copy)]
pub struct Registered(
    /// What was declared.
    pub Declaration,
);

inventory::collect!(Registered);

/// All declared objects.
#[derive(Debug, Clone)]
pub struct Registry {
    schema: Schema,
    renames: Renames,
    places: BTreeMap<ObjectId, Place>,
    tables: BTreeMap<QualifiedName, &'static TableDeclaration>,
    checks: Vec<DataCheck>,
}

/// A query that throws where rows are not what they should be, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataCheck {
    /// The object beside which it stands, or the name of its file.
    pub subject: String,
    /// The query.
    pub check: Check,
}

impl Registry {
    /// Everything that the linked crates declare. Objects that name no database belong to `default_database`.
    ///
    /// # Errors
    /// Nothing is declared, or something cannot be.
    pub fn load(default_database: &Ident) -> Result<Self, RegistryError> {
        let declarations: Vec<Declaration> = inventory::iter::<Registered>
            .into_iter()
            .map(|registered| registered.0)
            .collect();
        Self::of(&declarations, default_database)
    }

    /// The objects of an explicit list, for programs that cannot rely on the linker:
    /// `Registry::of(&[PageView::DECLARATION, SiteDay::DECLARATION], &database)`.
    ///
    /// # Errors
    /// The list is empty, or something in it cannot be.
    pub fn of(declarations: &[Declaration], default_database: &Ident) -> Result<Self, RegistryError> {
        if declarations.is_empty() {
            return Err(RegistryError::Empty);
        }
        let mut sorted = declarations.to_vec();
        sorted.sort_by_key(|declaration| {
            let heading = declaration.heading();
            let origin = heading.origin;
            // A database that is declared is there before it can be implied.
            (
                !matches!(declaration, Declaration::Database(_)),
                heading.database,
                heading.name,
                origin.file,
                origin.line,
                origin.module,
            )
        });
        let mut builder = Builder {
            default_database,
            registry: Self::empty(),
            findings: Vec::new(),
        };
        for (declaration, declared) in sorted.iter().zip(read_all(&sorted, default_database)) {
            builder.add(declaration, declared);
        }
        for declaration in &sorted {
            builder.check_target(declaration);
        }
        builder.check_workloads();
        if builder.findings.is_empty() {
            Ok(builder.registry)
        } else {
            Err(RegistryError::Invalid(builder.findings))
        }
    }

    fn empty() -> Self {
        Self {
            schema: Schema::default(),
            renames: Renames::default(),
            places: BTreeMap::new(),
            tables: BTreeMap::new(),
            checks: Vec::new(),
        }
    }

    /// The desired schema, in canonical form. The databases that objects live in belong to it, except `default`,
    /// which every server has.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Takes what another schema says where nothing can be said here: of databases, most of which are only implied, and of
    /// access entities, which no struct declares.
    pub fn adopt_databases(&mut self, of: &Schema) {
        adopt_databases(&mut self.schema, of);
        adopt_access(&mut self.schema, of);
    }

    /// The schema itself.
    pub fn into_schema(self) -> Schema {
        self.schema
    }

    /// What the structs want to have checked about their rows, in the order of the objects.
    pub fn checks(&self) -> &[DataCheck] {
        &self.checks
    }

    /// What `renamed_from` says.
    pub fn renames(&self) -> &Renames {
        &self.renames
    }

    /// Where an object is declared.
    pub fn place(&self, id: &ObjectId) -> Option<&Place> {
        self.places.get(id)
    }

    /// Where a column of a table is declared.
    pub fn column_place(&self, table: &QualifiedName, column: &Ident) -> Option<Place> {
        let table = self.tables.get(table)?;
        let column = table
            .columns
            .iter()
            .find(|declared| declared.name == column.as_str())?;
        Some(table.heading.origin.place_at(column.line))
    }
}

/// Reads all declarations, in their order. They have nothing to do with each other, so many are read side by side.
fn read_all(
    declarations: &[Declaration],
    default_database: &Ident,
) -> Vec<Result<Declared, Vec<Diagnostic>>> {
    side_by_side::map(declarations, |one| one.read(default_database))
}

/// A registry in the making.
struct Builder<'a> {
    default_database: &'a Ident,
    registry: Registry,
    findings: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn check_workloads(&mut self) {
        for (id, message) in self.registry.schema.mistakes_of_workloads() {
            let place = self.registry.places.get(&id).cloned();
            let finding = Diagnostic::new(code::WORKLOADS, Severity::Error, &id, message);
            let help =
                "a server has one tree of workloads: declare all of it, with the resources that it names";
            self.findings.push(finding.help(help).at(place));
        }
    }

    fn add(&mut self, declaration: &Declaration, declared: Result<Declared, Vec<Diagnostic>>) {
        let heading = declaration.heading();
        let place = heading.origin.place();
        let id = declaration.id(self.default_database);
        if let Some(id) = &id
            && let Some(first) = self.registry.places.get(id)
        {
            let message = format!(
                "`{}` is declared twice: at {first} and at {place}, by `{}::{}`",
                id, heading.origin.module, heading.origin.item
            );
            let finding = Diagnostic::new(code::DUPLICATE_OBJECT, Severity::Error, id, message)
                .help("give one of them another name with `#[ch(name = \"...\")]`, or take one away")
                .at(Some(place));
            self.findings.push(finding);
            return;
        }
        match declared {
            Ok(declared) => self.put(declaration, declared, place),
            Err(findings) => {
                // What is wrong with it is said; that it is there must be known to what refers to it.
                if let Some(id) = id {
                    self.registry.places.insert(id, place);
                }
                self.findings.extend(findings);
            }
        }
    }

    fn put(&mut self, declaration: &Declaration, declared: Declared, place: Place) {
        let id = declared.object.id();
        let Declared {
            object,
            renamed_from,
            renamed_columns,
            checks,
            starts_empty,
            raw,
        } = declared;
        if !raw.is_empty() {
            self.registry.renames.say_raw(id.clone(), raw);
        }
        let subject = id.to_string();
        self.registry
            .checks
            .extend(checks.into_iter().map(|check| DataCheck {
                subject: subject.clone(),
                check,
            }));
        if let ObjectId::Relation(name) = &id {
            self.imply_database(&name.database, &place);
            if starts_empty {
                self.registry.renames.start_empty(name.clone());
            }
            if let Some(old) = renamed_from {
                self.registry.renames.relation(old, name.clone());
            }
            for (old, new) in renamed_columns {
                self.registry.renames.column(name.clone(), old, new);
            }
            if let Declaration::Table(table) = declaration {
                self.registry.tables.insert(name.clone(), table);
            }
        }
        self.registry.schema.put(object);
        self.registry.places.insert(id, place);
    }

    /// The database of an object belongs to the schema, at the place of the first object that lives in it.
    fn imply_database(&mut self, name: &Ident, place: &Place) {
        let id = ObjectId::Database(name.clone());
        if name.as_str() != "default" && !self.registry.schema.contains(&id) {
            self.registry
                .schema
                .put(Object::Database(Database::new(name.clone())));
            self.registry.places.insert(id, place.clone());
        }
    }

    /// A materialized view writes into a table that is there.
    fn check_target(&mut self, declaration: &Declaration) {
        let Declaration::MaterializedView(view) = declaration else {
            return;
        };
        let Some(id) = declaration.id(self.default_database) else {
            return;
        };
        let Some(Object::MaterializedView(read)) = self.registry.schema.get(&id) else {
            return;
        };
        let Target::To(target) = &read.target else { return };
        if self
            .registry
            .places
            .contains_key(&ObjectId::Relation(target.clone()))
        {
            return;
        }
        let known: Vec<String> = self.registry.places.keys().map(ToString::to_string).collect();
        let help = match (
            &view.target,
            nearest(&target.to_string(), known.iter().map(String::as_str)),
        ) {
            (TargetDeclaration::Table(table), _) => format!(
                "`{}::{}` is not registered here: name it in the list",
                table.heading.origin.module, table.heading.origin.item
            ),
            (_, Some(near)) => format!("did you mean `{near}`?"),
            (_, None) => "declare it as a struct with `#[derive(ChTable)]`".to_owned(),
        };
        let message = format!("its target `{target}` is not declared");
        self.findings.push(
            Diagnostic::new(code::MISSING_TARGET, Severity::Error, &id, message)
                .help(help)
                .at(Some(view.heading.origin.place())),
        );
    }
}
