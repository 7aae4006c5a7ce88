//! CREATE TABLE: the list of columns and other members, the storage, the comment.

use crate::ddl::{CreateTable, Statement};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Column, Constraint, Expr, Index, Key, Projection, Storage, Table};
use crate::sql::Punct;

use super::Reader;
use super::column::column;
use super::create::comment;
use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::index::{MemberKind, constraint, index, member_kind, projection};
use super::storage::{StorageClauses, key, storage_clauses};

/// What a server keeps without columns, or with its own. Of every other table it writes the columns down when it creates
/// it: those of the file or of the tables that it finds.
const HAVE_THEIR_OWN_COLUMNS: [&str; 2] = ["Alias", "TimeSeries"];

pub(super) fn create_table(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let (name, on_existing) = reader.header(cursor, replaces)?;
    let mut clauses = StorageClauses::default();
    let mut members = Members::default();
    if cursor.is_punct(Punct::LParen) {
        members = Members::read(cursor)?;
        members.declare_primary_key(&mut clauses)?;
    }
    refuse_sources(cursor)?;
    let before_engine = *cursor;
    if cursor.is_word("ENGINE") {
        storage_clauses(cursor, &mut clauses)?;
    }
    refuse_sources(cursor)?;
    let comment = comment(cursor)?.unwrap_or_default();
    refuse_sources(cursor)?;
    clauses.refuse_keys_as_arguments(&before_engine)?;
    let Some(mut storage) = clauses.into_storage() else {
        return Err(before_engine.error(ParseErrorKind::NoEngine));
    };
    reader.keep_secrets(&mut storage, &before_engine)?;
    reader.refuse_settings_of_queries(&storage, &before_engine)?;
    let engine = storage.engine.name.as_str();
    if !reader.is_stored && members.columns.is_empty() && !HAVE_THEIR_OWN_COLUMNS.contains(&engine) {
        return Err(before_engine.unsupported("CREATE TABLE without columns"));
    }
    let table = members.into_table(name, storage, comment);
    Ok(Statement::CreateTable(Box::new(CreateTable {
        table,
        on_existing,
    })))
}

/// What takes the columns, or the rows, from elsewhere.
fn refuse_sources(cursor: &Cursor<'_>) -> Result<(), ParseError> {
    for clause in ["CLONE AS", "EMPTY AS", "AS"] {
        if cursor.is_words(clause) {
            return Err(cursor.unsupported(format!("CREATE TABLE ... {clause}")));
        }
    }
    Ok(())
}

/// What stands in the list of a CREATE TABLE or of a materialized view with an inner table.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) indexes: Vec<Index>,
    pub(super) projections: Vec<Projection>,
    pub(super) constraints: Vec<Constraint>,
    /// `PRIMARY KEY ...` as an element of the list.
    primary_key: Option<(Key, Cursor<'a>)>,
    /// The columns that say `PRIMARY KEY` themselves.
    primary_columns: Vec<(Ident, Cursor<'a>)>,
}

impl<'a> Members<'a> {
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut inside = cursor.group("the columns in parentheses")?;
        let mut members = Self::default();
        loop {
            members.read_one(&mut inside)?;
            if inside.is_at_end() {
                break;
            }
            if !inside.eat_punct(Punct::Comma) {
                return Err(inside.expected("`,`, `)` or a clause of the element"));
            }
            if inside.is_at_end() {
                break;
            }
        }
        // A schema keeps thousands of these lists.
        members.columns.shrink_to_fit();
        members.indexes.shrink_to_fit();
        Ok(members)
    }

    fn read_one(&mut self, cursor: &mut Cursor<'a>) -> Result<(), ParseError> {
        let here = *cursor;
        let kind = member_kind(cursor);
        match kind {
            MemberKind::Index | MemberKind::Projection | MemberKind::Constraint => cursor.advance(),
            MemberKind::PrimaryKey => _ = cursor.eat_words("PRIMARY KEY"),
            MemberKind::ForeignKey => return Err(cursor.unsupported("FOREIGN KEY")),
            MemberKind::Column => {}
        }
        match kind {
            MemberKind::Index => self.indexes.push(index(cursor)?),
            MemberKind::Projection => self.projections.push(projection(cursor)?),
            MemberKind::Constraint => self.constraints.push(constraint(cursor)?),
            MemberKind::PrimaryKey => {
                let key = key(cursor)?;
                if self.primary_key.replace((key, here)).is_some() {
                    return Err(here.twice("PRIMARY KEY"));
                }
            }
            MemberKind::ForeignKey | MemberKind::Column => {
                let (column, is_primary_key) = column(cursor)?;
                if is_primary_key {
                    self.primary_columns.push((column.name.clone(), here));
                }
                self.columns.push(column);
            }
        }
        Ok(())
    }

    /// The table that has this list.
    pub(super) fn into_table(self, name: QualifiedName, storage: Storage, comment: String) -> Table {
        Table {
            name,
            columns: self.columns.into(),
            indexes: self.indexes,
            projections: self.projections,
            constraints: self.constraints,
            storage,
            comment,
        }
    }

    /// Hands the primary key of the list over to the clauses, where it belongs.
    pub(super) fn declare_primary_key(&self, clauses: &mut StorageClauses) -> Result<(), ParseError> {
        if let Some((key, here)) = &self.primary_key {
            clauses.set_primary_key(key.clone(), here)?;
        }
        if let Some((_, here)) = self.primary_columns.first() {
            let columns = self.primary_columns.iter().map(|(name, here)| {
                Expr::parse(&name.sql().to_string())
                    .map_err(|error| here.error(ParseErrorKind::Lex(error.kind)))
            });
            clauses.set_primary_key(Key::of(columns.collect::<Result<Vec<_>, _>>()?), here)?;
        }
        Ok(())
    }
}
