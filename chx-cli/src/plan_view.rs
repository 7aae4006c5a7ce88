//! A plan as people read it, and as scripts do.

use chx_core::ddl::{render, render_line};
use chx_core::diag::Diagnostic;
use chx_core::plan::{Cost, Plan, Rebuild, Risk};
use serde::Serialize;

use crate::output::{BAD, CARE, FAINT, GOOD, Indented, NAME, Output, painted};
use crate::summary;

/// A plan in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct PlanDocument<'a> {
    steps: Vec<StepDocument>,
    rebuilds: &'a [Rebuild],
    hazards: &'a [Diagnostic],
    down: Vec<String>,
    lost: Vec<String>,
}

#[derive(Debug, Serialize)]
struct StepDocument {
    object: String,
    summary: String,
    sql: String,
    risk: Risk,
    cost: Cost,
    idempotent: bool,
}

impl<'a> PlanDocument<'a> {
    /// The plan.
    pub(crate) fn of(plan: &'a Plan) -> Self {
        let back = plan.down();
        Self {
            steps: plan
                .steps
                .iter()
                .map(|step| StepDocument {
                    object: step.object.to_string(),
                    summary: summary::of_statement(&step.statement),
                    sql: render_line(&step.statement),
                    risk: step.risk,
                    cost: step.cost,
                    idempotent: step.idempotent,
                })
                .collect(),
            rebuilds: &plan.rebuilds,
            hazards: &plan.hazards,
            down: back.statements.iter().map(render_line).collect(),
            lost: back.lost,
        }
    }
}

/// Prints the steps with their SQL, and then what is to be thought about.
pub(crate) fn print(plan: &Plan, output: Output) {
    for (at, step) in plan.steps.iter().enumerate() {
        let sql = render(&step.statement);
        print_step(
            at + 1,
            plan.steps.len(),
            &summary::of_statement(&step.statement),
            step.risk,
            step.cost,
            &sql,
            output,
        );
    }
    for rebuild in &plan.rebuilds {
        output.line("");
        output.line(format_args!(
            "{} {}",
            painted("cannot be altered:", BAD),
            painted(&rebuild.object, NAME)
        ));
        for reason in &rebuild.reasons {
            output.line(format_args!("  {reason}"));
        }
        output.line("  by hand:");
        for statement in &rebuild.recipe {
            output.line(Indented(statement, 4));
        }
    }
    if !plan.hazards.is_empty() {
        output.line("");
    }
    for hazard in &plan.hazards {
        Output::finding(hazard);
    }
}

/// One step: number, words, risk and cost, then the SQL.
pub(crate) fn print_step(
    number: usize,
    of: usize,
    words: &str,
    risk: Risk,
    cost: Cost,
    sql: &str,
    output: Output,
) {
    output.line("");
    let risk = match risk {
        Risk::Safe => painted("safe", GOOD).to_string(),
        Risk::Caution => painted("caution", CARE).to_string(),
        Risk::Destructive => painted("destructive", BAD).to_string(),
    };
    let cost = match cost {
        Cost::Metadata => "metadata only",
        Cost::Mutation => "rewrites parts in the background",
        Cost::Rebuild => "writes the table anew",
    };
    let width = of.to_string().len();
    output.line(format_args!(
        "{number:>width$}. {}  [{risk}, {cost}]",
        painted(words, NAME)
    ));
    output.line(painted(Indented(sql, width + 2), FAINT));
}
