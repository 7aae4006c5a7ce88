//! A plan as people read it, and as scripts do.

use std::fmt::{self, Display};

use chx_core::ddl::{render, render_line};
use chx_core::plan::{Cost, Hazard, Plan, Rebuild, Risk};
use serde::Serialize;

use crate::output::{BAD, CARE, FAINT, GOOD, Indented, NAME, Output, painted};
use crate::summary;

/// A plan in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct PlanDocument<'a> {
    steps: Vec<StepDocument>,
    rebuilds: &'a [Rebuild],
    hazards: &'a [Hazard],
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
            lost: [back.impossible, back.lost].concat(),
        }
    }
}

/// How many steps a person reads on a screen when all of them stand in a file as well.
const READ_ON_A_SCREEN: usize = 40;

/// Prints all steps with their SQL, and then what is to be thought about.
pub(crate) fn print(plan: &Plan, output: Output) {
    let sql: Vec<String> = plan.steps.iter().map(|step| render(&step.statement)).collect();
    print_steps(plan, sql.iter().map(String::as_str), usize::MAX, output);
}

/// Prints the steps of a plan that stands in a file, where their SQL has been rendered already. Of many steps, the
/// later ones that are safe are only counted; what is not safe is always shown.
pub(crate) fn print_written<'a>(plan: &Plan, sql: impl Iterator<Item = &'a str> + Clone, output: Output) {
    print_steps(plan, sql, READ_ON_A_SCREEN, output);
}

fn print_steps<'a>(plan: &Plan, sql: impl Iterator<Item = &'a str> + Clone, most: usize, output: Output) {
    output.line(Steps { plan, sql, most });
    if !plan.hazards.is_empty() {
        output.line("");
    }
    for hazard in &plan.hazards {
        Output::finding(&hazard.finding);
    }
}

/// The steps of a plan, with an empty line before each.
struct Steps<'a, S> {
    plan: &'a Plan,
    sql: S,
    most: usize,
}

impl<'s, S: Iterator<Item = &'s str> + Clone> Display for Steps<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plan, sql, most } = self;
        let width = plan.steps.len().to_string().len();
        let mut counted = 0;
        for ((at, step), sql) in plan.steps.iter().enumerate().zip(sql.clone()) {
            if at >= *most && step.risk == Risk::Safe {
                counted += 1;
                continue;
            }
            let words = summary::of_statement(&step.statement);
            let (risk, cost) = (painted_risk(step.risk), cost_in_words(step.cost));
            let number = at + 1;
            write!(
                f,
                "\n{number:>width$}. {}  [{risk}, {cost}]\n",
                painted(words, NAME)
            )?;
            writeln!(f, "{}", painted(Indented(sql, width + 2), FAINT))?;
        }
        if counted > 0 {
            writeln!(f, "\nand {counted} more that are safe")?;
        }
        for rebuild in &plan.rebuilds {
            write!(
                f,
                "\n{} {}\n",
                painted("cannot be altered:", BAD),
                painted(&rebuild.object, NAME)
            )?;
            for reason in &rebuild.reasons {
                writeln!(f, "  {reason}")?;
            }
            f.write_str("  by hand:\n")?;
            for statement in &rebuild.recipe {
                writeln!(f, "{}", Indented(statement, 4))?;
            }
        }
        Ok(())
    }
}

fn painted_risk(risk: Risk) -> impl Display {
    let style = match risk {
        Risk::Safe => GOOD,
        Risk::Caution => CARE,
        Risk::Destructive => BAD,
    };
    painted(risk.word(), style)
}

fn cost_in_words(cost: Cost) -> &'static str {
    match cost {
        Cost::Metadata => "metadata only",
        Cost::Mutation => "rewrites parts in the background",
        Cost::Rebuild => "writes the table anew",
    }
}
