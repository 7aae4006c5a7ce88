//! Are the pending migrations possible here? What they expect, asked of the live database before anything runs.
//!
//! Decides three things about each pending migration, in their order: does the live database meet what its header
//! expects, can each of its statements be carried out on the definitions that are there then, and do the rows meet what
//! it expects of them. What the migrations before it will do is carried out in thought first. It changes nothing, and
//! refuses to guess: what a migration expects of rows that an earlier one changes waits until that one has run, and what
//! cannot be read is left to the server. A migration that has begun is looked at no more but for what is left of it.
//!
//! The definitions cost the queries of one introspection, however many migrations there are; what is expected of rows
//! costs one query each.

use std::collections::BTreeSet;

use chx_core::ddl::Statement;
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::history::{Bound, Check, Entry, Expect, History};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{ObjectId, Schema};
use chx_core::sql::{Expr, relations};
use serde::Serialize;

use crate::client::{ServerError, Session};
use crate::introspect::{Live, Pattern, Scope, Selection, introspect};
use crate::journal::Direction;
use crate::runner::{Pending, PendingMigration, objects_of};

/// What was found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The expectations that hold.
    pub met: usize,
    /// The statements that can be carried out on the definitions that are there.
    pub statements: usize,
    /// The expectations about rows that wait for an earlier migration, and the objects that could not be read.
    pub open: usize,
    /// What does not hold (errors), and what could not be asked (notes).
    pub findings: Vec<Diagnostic>,
}

impl Verified {
    /// What does not hold.
    pub fn unmet(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }
}

/// `throwIf` has thrown.
const THROWN: u32 = 395;

/// Asks the live database about everything that is pending.
pub async fn verify(
    session: &Session,
    journal: &Ident,
    history: &History,
    pending: &Pending,
) -> Result<Verified, ServerError> {
    let up: Vec<&PendingMigration> = pending
        .migrations
        .iter()
        .filter(|migration| migration.direction == Direction::Up)
        .collect();
    if up.is_empty() {
        return Ok(Verified::default());
    }
    let live = introspect(session, &scope(history, &up).without_journal(journal)).await?;
    let mut look = Look {
        history,
        schema: live.schema.clone(),
        live: &live,
        changed: BTreeSet::new(),
        verified: Verified::default(),
    };
    let mut questions = Vec::new();
    for migration in up {
        match look.migration(migration) {
            Some(asked) => questions.extend(asked),
            // What comes after would only report consequences.
            None => break,
        }
    }
    let mut verified = look.verified;
    for question in questions {
        match question.ask(session).await? {
            None => verified.met += 1,
            Some(finding) => verified.findings.push(finding),
        }
    }
    Ok(verified)
}

/// Asks what a migration expects of the rows, right before it runs.
pub(crate) async fn verify_rows(session: &Session, entry: &Entry) -> Result<Vec<Diagnostic>, ServerError> {
    let mut findings = Vec::new();
    for question in questions(entry) {
        findings.extend(question.ask(session).await?);
    }
    Ok(findings)
}

/// What the checks of applied migrations have shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The checks that hold.
    pub held: usize,
    /// The checks that were not asked, because a later migration touches what they read.
    pub outdated: usize,
    /// One finding for each check that throws.
    pub failed: Vec<Diagnostic>,
}

impl Checked {
    /// Does everything hold that is more than a warning?
    pub fn is_passed(&self) -> bool {
        self.failed
            .iter()
            .all(|finding| finding.severity != Severity::Error)
    }
}

/// Asks what applied migrations want to have checked (`checks.sql`), one query each. The migrations come in the order of
/// the history: what a later one touches is no longer what an earlier one has left.
pub async fn checks(session: &Session, applied: &[&Entry]) -> Result<Checked, ServerError> {
    let mut checked = Checked::default();
    for (at, entry) in applied.iter().enumerate() {
        let later = || {
            applied
                .iter()
                .skip(at + 1)
                .flat_map(|later| later.parsed.migration.seal.objects())
        };
        for check in &entry.checks {
            let reads = read_by(&check.sql);
            // A database is only a place to be in.
            if later().any(|object| !object.id.is_database() && reads.contains(&object.id)) {
                checked.outdated += 1;
                continue;
            }
            match ask(session, check).await? {
                None => checked.held += 1,
                Some(why) => {
                    let finding = Diagnostic::new(code::CHECK_FAILED, check.severity, entry.id(), why);
                    checked.failed.push(finding.at(Some(check.place.clone())));
                }
            }
        }
    }
    Ok(checked)
}

/// Asks one check. Gives what it says where it does not hold.
pub(crate) async fn ask(session: &Session, check: &Check) -> Result<Option<String>, ServerError> {
    let why = match session.scalar(&check.sql).await {
        Ok(_) => return Ok(None),
        Err(error) if error.code() == Some(THROWN) => error.to_string(),
        Err(error) if error.code().is_some() => format!("it cannot be asked: {error}"),
        Err(error) => return Err(error),
    };
    Ok(Some(if check.title.is_empty() {
        why
    } else {
        format!("{}: {why}", check.title)
    }))
}

/// The objects that the pending migrations speak of.
fn scope(history: &History, pending: &[&PendingMigration]) -> Scope {
    let mut objects = BTreeSet::new();
    let mut include = Vec::new();
    let nothing = Schema::default();
    for migration in pending {
        let parsed = &history.entries()[migration.entry].parsed.migration;
        objects.extend(parsed.seal.objects().iter().map(|object| object.id.clone()));
        objects.extend(parsed.expects.iter().filter_map(Expect::object));
        for statement in &migration.statements {
            objects.extend(objects_of(&statement.effect, &nothing));
            for statement in statement.effect.statements() {
                if let Statement::DropDatabase { database, .. } = statement {
                    // Whatever is in it goes with it.
                    include.push(Pattern::whole(database));
                }
            }
        }
    }
    include.extend(
        objects
            .iter()
            .filter_map(ObjectId::relation)
            .map(Pattern::exactly),
    );
    Scope::around(&objects).selecting(Selection {
        include,
        exclude: Vec::new(),
    })
}

/// The walk through what is pending.
struct Look<'a> {
    history: &'a History,
    live: &'a Live,
    /// The live definitions, with everything that was pending before carried out.
    schema: Schema,
    /// What earlier migrations change.
    changed: BTreeSet<ObjectId>,
    verified: Verified,
}

impl<'a> Look<'a> {
    /// Looks at one migration. Gives what is to be asked about rows; `None` where a statement cannot be carried out.
    fn migration(&mut self, migration: &PendingMigration) -> Option<Vec<Question<'a>>> {
        let entry = &self.history.entries()[migration.entry];
        let has_begun = migration.statements.len() < migration.of
            || migration
                .statements
                .iter()
                .any(|statement| statement.unknown.is_some());
        let mut asked = Vec::new();
        if !has_begun {
            self.definitions(entry);
            for question in questions(entry) {
                if question.reads.iter().any(|name| self.changed.contains(name)) {
                    self.verified.open += 1;
                } else {
                    asked.push(question);
                }
            }
        }
        for statement in &migration.statements {
            let objects = objects_of(&statement.effect, &self.schema);
            if statement.effect.statements().is_empty() {
                continue;
            }
            let readable = !objects.iter().any(|id| self.live.unreadable.contains_key(id));
            let mut parts = statement.effect.statements().iter();
            match parts.try_for_each(|part| self.schema.apply(part)) {
                Ok(()) => self.verified.statements += 1,
                Err(error) if readable && statement.unknown.is_none() => {
                    let message = format!("statement {} cannot run here: {error}", statement.index + 1);
                    let finding = Diagnostic::new(code::CANNOT_RUN, Severity::Error, entry.id(), message)
                        .help(
                            "`chx-migrate drift` shows how the database differs from the history; bring it there, or change \
                             what the migration says and seal it",
                        )
                        .at(statement.place.clone());
                    self.verified.findings.push(finding);
                    return None;
                }
                Err(_) => {}
            }
            self.changed.extend(objects);
        }
        Some(asked)
    }

    /// What the header expects of definitions.
    fn definitions(&mut self, entry: &Entry) {
        let migration = &entry.parsed.migration;
        for (at, expect) in migration.expects.iter().enumerate() {
            let unreadable = expect.object().and_then(|id| self.live.unreadable.get(&id));
            if let Some(why) = unreadable {
                self.verified.open += 1;
                let message = format!("`{expect}` could not be looked at: {}", why.message);
                let finding = Diagnostic::new(code::NOT_VERIFIED, Severity::Note, entry.id(), message);
                self.verified.findings.push(finding.at(entry.expect_place(at)));
                continue;
            }
            match expect.unmet(&self.schema) {
                Some(why) => self.verified.findings.push(unmet(entry, at, expect, &why)),
                // The rows are asked later, and counted then.
                None if matches!(expect, Expect::Rows { .. } | Expect::Query(_)) => {}
                None => self.verified.met += 1,
            }
        }
    }
}

fn unmet(entry: &Entry, at: usize, expect: &Expect, why: &str) -> Diagnostic {
    let message = format!("expects `{expect}`, but {why}");
    Diagnostic::new(code::NOT_EXPECTED, Severity::Error, entry.id(), message)
        .help("nothing of it has run. Bring the database to what the migration expects, or change the migration")
        .at(entry.expect_place(at))
}

/// Something that a migration expects of rows.
struct Question<'a> {
    entry: &'a Entry,
    /// Its place among the expectations.
    at: usize,
    expect: &'a Expect,
    sql: String,
    /// What the query reads.
    reads: BTreeSet<ObjectId>,
}

/// What a migration expects of rows.
fn questions(entry: &Entry) -> impl Iterator<Item = Question<'_>> {
    let expects = entry.parsed.migration.expects.iter().enumerate();
    expects.filter_map(move |(at, expect)| {
        let (sql, reads) = match expect {
            Expect::Rows { table, .. } => {
                let reads = BTreeSet::from([ObjectId::Relation(table.clone())]);
                (format!("SELECT count() FROM {}", table.sql()), reads)
            }
            Expect::Query(sql) => (sql.clone(), read_by(sql)),
            Expect::Exists(_)
            | Expect::Missing(_)
            | Expect::Column { .. }
            | Expect::NoColumn { .. }
            | Expect::Setting { .. } => return None,
        };
        Some(Question {
            entry,
            at,
            expect,
            sql,
            reads,
        })
    })
}

fn read_by(sql: &str) -> BTreeSet<ObjectId> {
    // Names without a database are not those of a migration's objects, which all have one.
    let (Ok(query), Ok(nowhere)) = (Expr::parse(sql), Ident::new("default")) else {
        return BTreeSet::new();
    };
    let found: BTreeSet<QualifiedName> = relations(&query, &nowhere);
    found.into_iter().map(ObjectId::Relation).collect()
}

impl Question<'_> {
    /// Asks. `None` where it is met.
    async fn ask(&self, session: &Session) -> Result<Option<Diagnostic>, ServerError> {
        let why = match (session.scalar(&self.sql).await, self.expect) {
            (Ok(answer), Expect::Rows { bound, rows, .. }) => why_rows(&answer, *bound, *rows),
            (Ok(_), _) => None,
            (Err(error), _) if error.code() == Some(THROWN) => Some(error.to_string()),
            (Err(error), _) if error.code().is_some() => Some(format!("it cannot be asked: {error}")),
            (Err(error), _) => return Err(error),
        };
        Ok(why.map(|why| unmet(self.entry, self.at, self.expect, &why)))
    }
}

fn why_rows(answer: &str, bound: Bound, wanted: u64) -> Option<String> {
    match answer.parse() {
        Ok(rows) if bound.holds(rows, wanted) => None,
        Ok(rows) => Some(format!("there are {rows}")),
        Err(_) => Some(format!("the server counts `{answer}` rows")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chx_core::history::{FileRole, HistoryFiles, SourceFile, seal};

    /// A migration that nobody has run, which expects a table.
    fn history() -> History {
        let mut files = HistoryFiles::default();
        let id = chx_core::history::MigrationId::new("1_a").unwrap();
        let text = "-- chx:migration 2\n-- chx:id 1_a\n-- chx:draft\n-- chx:expect web.a exists\n-- chx:up\nSELECT 1;\n-- chx:down\n";
        let draft = SourceFile {
            path: "1_a.sql".to_owned(),
            text: text.to_owned(),
        };
        files.add(FileRole::Migration(id.clone()), draft);
        let sealed = seal(&files).unwrap();
        let text = sealed.migrations[&id].clone();
        let path = "1_a.sql".to_owned();
        files.add(FileRole::Migration(id), SourceFile { path, text });
        files.sum = Some(SourceFile {
            path: "chx.sum".to_owned(),
            text: sealed.sum,
        });
        History::load(&files).unwrap().0
    }

    #[test]
    fn of_what_cannot_be_read_nothing_is_claimed() {
        let history = history();
        let look = |live: &Live| {
            let mut look = Look {
                history: &history,
                live,
                schema: Schema::default(),
                changed: BTreeSet::new(),
                verified: Verified::default(),
            };
            look.definitions(&history.entries()[0]);
            look.verified
        };
        let gone = look(&Live::default());
        assert_eq!(gone.findings[0].code, code::NOT_EXPECTED);

        let mut live = Live::default();
        let table = ObjectId::Relation(QualifiedName::new("web", "a").unwrap());
        let why = Diagnostic::new(
            code::UNREADABLE_OBJECT,
            Severity::Warning,
            "web.a",
            "it is encrypted",
        );
        live.unreadable.insert(table, why);
        let open = look(&live);
        assert_eq!((open.met, open.open, open.unmet().count()), (0, 1, 0));
        assert_eq!(open.findings[0].code, code::NOT_VERIFIED);
        assert_eq!(
            open.findings[0].message,
            "`web.a exists` could not be looked at: it is encrypted"
        );
    }
}
