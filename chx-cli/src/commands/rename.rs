//! Renames: what `--rename` says, and the question whether a drop and an add that look alike are one.
//!
//! Nothing is ever taken for a rename without an answer: at a terminal chx asks, elsewhere it only says what it would
//! have asked.

use chx_core::ddl::{AlterCommand, Statement};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Object, Schema, Table};
use chx_core::nearest::nearest;
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames};
use chx_core::sql::{Punct, lex};

use crate::failure::Failure;
use crate::output::{NAME, Output, painted};
use crate::prompt;

/// A hint, its names, and the names of the same kind that there are before and after.
struct Asked<'a> {
    hint: &'a str,
    names: Pair<String>,
    known: Pair<Vec<String>>,
}

/// Adds what `--rename OLD=NEW` says. One that names nothing is refused: the drop that it was meant to prevent would be
/// planned. One that is done already says nothing.
pub(crate) fn add_hints(
    renames: &mut Renames,
    hints: &[String],
    schemas: Pair<&Schema>,
) -> Result<(), Failure> {
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for hint in hints {
        let wrong = || {
            Failure::usage(format!("`--rename {hint}` cannot be read")).help(
                "write `--rename web.old=web.new` for a table, `--rename web.page_view.old=new` for a column",
            )
        };
        let (old, new) = hint.split_once('=').ok_or_else(wrong)?;
        let (old, new) = (names(old).ok_or_else(wrong)?, names(new).ok_or_else(wrong)?);
        let relation = |database: &Ident, name: &Ident| QualifiedName {
            database: database.clone(),
            name: name.clone(),
        };
        match (old.as_slice(), new.as_slice()) {
            ([database, table, from], [.., to])
                if new.len() == 1 || new[..2] == [database.clone(), table.clone()] =>
            {
                let table = relation(database, table);
                let was = renames.relations.get(&table).unwrap_or(&table);
                let tables = Pair {
                    before: schemas.before.table(was).or_else(|| schemas.before.table(&table)),
                    after: schemas.after.table(&table),
                };
                let columns = tables.map(|table| {
                    let columns = table.map(|table| table.columns.iter()).into_iter().flatten();
                    columns.map(|column| column.name.to_string()).collect()
                });
                name_something(hint, Pair::new(&from.to_string(), &to.to_string()), &columns)?;
                renames.ask_column(table, from.clone(), to.clone());
                let names = Pair::new(from.to_string(), to.to_string());
                let known = columns;
                asked.push(Asked { hint, names, known });
            }
            ([database, from], [to_names @ .., to]) if to_names.len() < 2 => {
                let from = relation(database, from);
                let to = relation(to_names.first().unwrap_or(database), to);
                let relations = schemas.map(|schema| {
                    let names = schema.iter().filter_map(|(id, _)| id.relation());
                    names.map(ToString::to_string).collect()
                });
                name_something(hint, Pair::new(&from.to_string(), &to.to_string()), &relations)?;
                let names = Pair::new(from.to_string(), to.to_string());
                renames.ask_relation(from, to);
                let known = relations;
                asked.push(Asked { hint, names, known });
            }
            _ => return Err(wrong()),
        }
    }
    let is_free = |name: &String| asked.iter().any(|asked| asked.names.before == *name);
    for Asked { hint, names, known } in &asked {
        let is_to_come = known.before.contains(&names.before) && !known.after.contains(&names.before);
        if is_to_come && known.before.contains(&names.after) && !is_free(&names.after) {
            let message = format!("`--rename {hint}`: there is a `{}` already", names.after);
            return Err(Failure::usage(message).help(
                "a name is free only when nothing has it: drop or rename what has it in a migration of its own, before this",
            ));
        }
    }
    Ok(())
}

/// Is there what a hint calls by its old name, and will there be what it calls by its new one?
fn name_something(hint: &str, renamed: Pair<&String>, known: &Pair<Vec<String>>) -> Result<(), Failure> {
    if known.before.contains(renamed.after) && known.after.contains(renamed.after) {
        // Done already, or names that change places.
        return Ok(());
    }
    let (missing, known, whence) = if !known.before.contains(renamed.before) {
        (renamed.before, &known.before, "there is")
    } else if !known.after.contains(renamed.after) {
        (renamed.after, &known.after, "there will be")
    } else {
        return Ok(());
    };
    let failure = Failure::usage(format!(
        "`--rename {hint}` renames nothing: {whence} no `{missing}`"
    ));
    Err(match nearest(missing, known.iter().map(String::as_str)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure,
    })
}

/// `web.page_view.usr` as its names; quoted ones may hold dots.
fn names(text: &str) -> Option<Vec<Ident>> {
    let tokens = lex(text).ok()?;
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if at % 2 == 1 {
            if !token.is(Punct::Dot) {
                return None;
            }
        } else {
            names.push(Ident::new(token.name().ok()??).ok()?);
        }
    }
    (tokens.len() % 2 == 1).then_some(names)
}

/// A drop and an add that look like a rename.
enum Suggestion {
    Relation {
        from: QualifiedName,
        to: QualifiedName,
    },
    Column {
        table: QualifiedName,
        from: Ident,
        to: Ident,
    },
}

/// Asks about everything that looks like a rename, and adds what was confirmed. Says whether anything was.
pub(crate) fn ask(plan: &Plan, schemas: Pair<&Schema>, renames: &mut Renames) -> bool {
    let mut confirmed = false;
    for suggestion in suggestions(plan, schemas) {
        let (what, from, to, hint) = match &suggestion {
            Suggestion::Relation { from, to } => (
                "table",
                from.to_string(),
                to.to_string(),
                format!("{}={}", from.sql(), to.sql()),
            ),
            Suggestion::Column { table, from, to } => (
                "column",
                format!("{table}.{from}"),
                to.to_string(),
                format!("{}.{}={}", table.sql(), from.sql(), to.sql()),
            ),
        };
        if !prompt::is_possible() {
            Output::say(format_args!(
                "{}: {what} `{from}` goes and `{to}` comes, alike in type; if it was renamed, add `--rename '{hint}'`",
                painted("note", NAME)
            ));
        } else if prompt::confirm(&format!("was {what} `{from}` renamed to `{to}`?")) {
            confirmed = true;
            match suggestion {
                Suggestion::Relation { from, to } => renames.ask_relation(from, to),
                Suggestion::Column { table, from, to } => renames.ask_column(table, from, to),
            }
        }
    }
    confirmed
}

fn suggestions(plan: &Plan, schemas: Pair<&Schema>) -> Vec<Suggestion> {
    let mut found = columns(plan, schemas);
    let dropped = plan.steps.iter().filter_map(|step| match &step.statement {
        Statement::Drop(drop) => schemas.before.table(&drop.name),
        _ => None,
    });
    let created: Vec<&Table> = plan
        .steps
        .iter()
        .filter_map(|step| match &step.statement {
            Statement::CreateTable(create) => match schemas.after.relation(&create.table.name) {
                Some(Object::Table(table)) => Some(table),
                _ => None,
            },
            _ => None,
        })
        .collect();
    for old in dropped {
        let alike: Vec<&&Table> = created.iter().filter(|new| new.columns == old.columns).collect();
        if let [new] = alike.as_slice() {
            found.push(Suggestion::Relation {
                from: old.name.clone(),
                to: new.name.clone(),
            });
        }
    }
    found
}

/// Columns that go where exactly one of the same type comes.
fn columns(plan: &Plan, schemas: Pair<&Schema>) -> Vec<Suggestion> {
    let mut found = Vec::new();
    let mut tables: Vec<&QualifiedName> = Vec::new();
    for step in &plan.steps {
        if let Statement::AlterTable(alter) = &step.statement
            && !tables.contains(&&alter.name)
        {
            tables.push(&alter.name);
        }
    }
    for name in tables {
        let Some(before) = schemas.before.table(name) else {
            continue;
        };
        let commands = || {
            plan.steps.iter().flat_map(move |step| match &step.statement {
                Statement::AlterTable(alter) if alter.name == *name => alter.commands.as_slice(),
                _ => &[],
            })
        };
        let added = || {
            commands().filter_map(|command| match command {
                AlterCommand::AddColumn { column, .. } => Some(column),
                _ => None,
            })
        };
        let dropped = commands().filter_map(|command| match command {
            AlterCommand::DropColumn { name, .. } => before.column(name.as_str()),
            _ => None,
        });
        for old in dropped {
            let mut alike = added().filter(|new| new.data_type == old.data_type);
            if let (Some(new), None) = (alike.next(), alike.next()) {
                let (from, to) = (old.name.clone(), new.name.clone());
                found.push(Suggestion::Column {
                    table: name.clone(),
                    from,
                    to,
                });
            }
        }
    }
    found
}
