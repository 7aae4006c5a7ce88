//! The plans of `tests/scenarios`, carried out on the server.

use chx_core::ddl::{ParseContext, parse_statement};
use chx_core::model::Schema;
use chx_tests::engine::Engine;
use chx_tests::scenario::{Scenario, files, folder, on_engine};

use crate::prediction::{Prediction, Target, short};

/// What became of the plans.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scenarios {
    pub(crate) scenarios: usize,
    /// The plan leads where it should.
    pub(crate) passed: usize,
    /// It does not, and chx says beforehand that the server refuses something of it.
    pub(crate) predicted: usize,
    /// It does not, and the file says that its fact is one of later versions: which, and what was before.
    pub(crate) later: Vec<String>,
    pub(crate) failed: Vec<String>,
}

pub(crate) fn run(engine: &Engine, target: &Target) -> Result<Scenarios, String> {
    let mut scenarios = Scenarios::default();
    for path in files() {
        let scenario = Scenario::read(&path)?;
        scenarios.scenarios += 1;
        match on_engine::run(engine, &scenario) {
            Ok(()) => scenarios.passed += 1,
            Err(_) if is_predicted(&scenario, target)? => scenarios.predicted += 1,
            Err(error) => {
                let name = path.strip_prefix(folder()).unwrap_or(&path).display();
                match scenario.since()? {
                    Some((since, before)) if target.version < since => {
                        scenarios.later.push(format!("`{name}`, since {since}: {before}"));
                    }
                    _ => scenarios.failed.push(format!("`{name}` ({})", short(&error))),
                }
            }
        }
    }
    Ok(scenarios)
}

/// Does chx say that the server minds something: of the states before and after, or of the plan?
fn is_predicted(scenario: &Scenario, target: &Target) -> Result<bool, String> {
    let minds = |statement: &_, before: &_| !Prediction::of(target, statement, before).is_silent();
    for section in ["before", "after", "statements", "later"] {
        let mut schema = Schema::default();
        for sql in scenario.statements(section)? {
            let Ok(statement) = parse_statement(&sql, &ParseContext::default()) else {
                continue;
            };
            if minds(&statement, &schema) {
                return Ok(true);
            }
            let _ = schema.apply(&statement);
        }
    }
    let (schemas, planned) = scenario.planned()?;
    let mut schema = schemas.before;
    for step in &planned.steps {
        if minds(&step.statement, &schema) {
            return Ok(true);
        }
        let _ = schema.apply(&step.statement);
    }
    for statement in &planned.down().statements {
        if minds(statement, &schema) {
            return Ok(true);
        }
        let _ = schema.apply(statement);
    }
    Ok(false)
}
