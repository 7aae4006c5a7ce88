//! The statements of `tests/ddl`: stored, read back, compared with what was declared.

use chx_core::canon::canonical;
use chx_core::ddl::{
    Fill, ParseContext, Statement, parse_object, parse_statement, render, render_object_line,
};
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::version::ServerVersion;
use chx_runtime::equivalence::{Verdict, equivalent};
use chx_runtime::scratch::Scratch;
use chx_tests::corpus::{Case, SOURCES, cases, create, sides};
use chx_tests::engine::Engine;

use crate::prediction::{Attempt, Prediction, Target, short};

/// What became of the statements.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Corpus {
    pub(crate) statements: usize,
    /// Stored, and equal to chx alone.
    pub(crate) equal: usize,
    /// Stored, and equal as the local engine says.
    pub(crate) equal_by_engine: usize,
    /// Of both, those that need a setting of the session, which chx names.
    pub(crate) allowed: usize,
    /// Refused, or stored as something else, and chx says so beforehand.
    pub(crate) predicted: usize,
    /// Refused, because this build lacks something that is no matter of its version.
    pub(crate) not_built: usize,
    /// Everything else, by name.
    pub(crate) refused: Vec<String>,
    pub(crate) not_refused: Vec<String>,
    pub(crate) different: Vec<String>,
}

/// The first version that was seen with workloads and resources.
const SCHEDULER_SINCE: ServerVersion = ServerVersion::new(25, 5);

fn is_of_scheduler(statement: &Statement) -> bool {
    matches!(statement.object(), ObjectId::Workload(_) | ObjectId::Resource(_))
}

pub(crate) fn run(engine: &Engine, target: &Target) -> Result<Corpus, String> {
    let read = |sql: &str| parse_statement(sql, &ParseContext::default()).map_err(|error| error.to_string());
    let mut sources = Schema::default();
    for sql in SOURCES {
        let statement = read(sql)?;
        // Workloads and resources came behind 24.8.
        if !is_of_scheduler(&statement) || target.version >= SCHEDULER_SINCE {
            engine.run(sql)?;
        }
        sources.apply(&statement).map_err(|error| error.to_string())?;
    }
    let mut corpus = Corpus::default();
    let mut open = Vec::new();
    for case in cases()? {
        corpus.statements += 1;
        let mut statement = read(&case.sql)?;
        if let Statement::CreateMaterializedView(create) = &mut statement
            && create.view.refresh.is_some()
        {
            // Nothing is to run by the clock: 24.8 hangs where it drops a view that did.
            create.fill = Fill::Empty;
        }
        let wanted = object(&case.sql)?;
        let prediction = Prediction::of(target, &statement, &sources);
        let sql = render(&statement);
        let stored = match prediction.attempt(|settings| create(engine, &sql, &wanted, settings)) {
            Attempt::Taken(stored) => stored,
            Attempt::Allowed(stored) => {
                corpus.allowed += 1;
                stored
            }
            Attempt::Predicted => {
                corpus.predicted += 1;
                continue;
            }
            Attempt::Refused(_) if target.is_built_without(&statement) => {
                corpus.not_built += 1;
                continue;
            }
            Attempt::Refused(error) => {
                corpus
                    .refused
                    .push(format!("{} ({})", line(&case), short(&error)));
                continue;
            }
            Attempt::NotRefused(codes) => {
                corpus.not_refused.push(format!("{} ({codes:?})", line(&case)));
                continue;
            }
        };
        let stored = match object(&stored) {
            Ok(stored) => stored,
            Err(error) => {
                corpus
                    .different
                    .push(format!("{}: cannot be read back: {error}", line(&case)));
                continue;
            }
        };
        let [declared, live] = sides(wanted.clone(), stored.clone())?.map(canonical);
        if render_object_line(&declared) == render_object_line(&live) {
            corpus.equal += 1;
        } else {
            open.push((case, declared, live));
        }
    }
    engine.run("DROP DATABASE app")?;
    if target.version >= SCHEDULER_SINCE {
        engine.run("DROP WORKLOAD IF EXISTS src")?;
        engine.run("DROP RESOURCE IF EXISTS src_disk")?;
    }
    by_engine(engine, &sources, open, &mut corpus)?;
    Ok(corpus)
}

/// Asks the local engine about what is not equal to chx alone. What it stores of the statement may be what the server
/// stores, and then that is the answer; else the two are compared as drift compares them.
fn by_engine(
    engine: &Engine,
    sources: &Schema,
    open: Vec<(Case, Object, Object)>,
    corpus: &mut Corpus,
) -> Result<(), String> {
    let local = Engine::start()?;
    SOURCES.into_iter().try_for_each(|sql| local.run(sql))?;
    let scratch = engine.wait(Scratch::open()).map_err(|error| error.to_string())?;
    for (case, declared, live) in open {
        let here = create(&local, &case.sql, &declared, &[]).and_then(|text| object(&text));
        if let Ok(here) = here
            && sides(declared.clone(), here).is_ok_and(|[_, here]| canonical(here) == live)
        {
            corpus.equal_by_engine += 1;
            continue;
        }
        let id = declared.id();
        let with = |object: &Object| {
            let mut schema = sources.clone();
            schema.put(object.clone());
            schema
        };
        let (before, after) = (with(&live), with(&declared));
        let schemas = Pair {
            before: &before,
            after: &after,
        };
        let verdicts = engine
            .wait(equivalent(&scratch, schemas, std::slice::from_ref(&id)))
            .map_err(|error| error.to_string())?;
        let how = match verdicts.get(&id) {
            Some(Verdict::Same) => {
                corpus.equal_by_engine += 1;
                continue;
            }
            Some(Verdict::Unknown(reason)) => format!("unknown: {reason}"),
            Some(Verdict::Different(_)) | None => format!("stored as `{}`", render_object_line(&live)),
        };
        corpus.different.push(format!("{}: {how}", line(&case)));
    }
    local.close()
}

fn object(sql: &str) -> Result<Object, String> {
    parse_object(sql, &ParseContext::default()).map_err(|error| error.to_string())
}

/// The statement on one line.
fn line(case: &Case) -> String {
    let words: Vec<&str> = case.sql.split_whitespace().collect();
    format!("`{}`", words.join(" "))
}
