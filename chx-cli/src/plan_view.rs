//! A plan as people read it, and as scripts do.

use std::fmt::{self, Display};

use chx_core::ddl::{render, render_line, render_object_line};
use chx_core::diff::ColumnRenames;
use chx_core::pair::Pair;
use chx_core::plan::{
    Amount, Bytes, CopyMethod, Cost, Hazard, Impact, Plan, Planned, Reader, Rebuild, Risk, Seconds, Size,
    Step, TableFacts,
};
use serde::Serialize;

use crate::output::{BAD, CARE, FAINT, GOOD, Indented, NAME, Output, painted};
use crate::sight::Sight;
use crate::summary;

/// A plan in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct PlanDocument<'a> {
    steps: Vec<PlannedDocument<'a>>,
    hazards: &'a [Hazard],
    down: Vec<String>,
    lost: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'a str>,
    unknown: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum PlannedDocument<'a> {
    Step(Box<StepDocument<'a>>),
    Rebuild(Box<RebuildDocument<'a>>),
}

#[derive(Debug, Serialize)]
struct StepDocument<'a> {
    number: usize,
    object: String,
    kind: &'static str,
    summary: String,
    sql: String,
    risk: Risk,
    cost: Cost,
    idempotent: bool,
    hazards: Vec<&'a Hazard>,
    reverse: ReverseDocument<'a>,
    readers: &'a [Reader],
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'a Size>,
}

/// The way back from a step.
#[derive(Debug, Serialize)]
struct ReverseDocument<'a> {
    sql: Vec<String>,
    lost: &'a [String],
    impossible: &'a [String],
}

/// What no ALTER can do, at its place among the steps. It has no `sql` and no number: nothing of it runs by itself.
#[derive(Debug, Serialize)]
struct RebuildDocument<'a> {
    object: String,
    kind: &'static str,
    summary: String,
    risk: Risk,
    cost: Cost,
    after: usize,
    reasons: Vec<String>,
    definition: Pair<String>,
    renamed_columns: &'a ColumnRenames,
    copy: &'a CopyMethod,
    recipe: &'a [String],
    readers: &'a [Reader],
    writers: &'a [Reader],
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
}

impl<'a> PlanDocument<'a> {
    /// The plan, and what is known about it.
    pub(crate) fn of(plan: &'a Plan, sight: &'a Sight) -> Self {
        let back = plan.down();
        let steps = plan.in_order().map(|planned| match planned {
            Planned::Step(index, step) => {
                PlannedDocument::Step(Box::new(StepDocument::of(index, step, sight)))
            }
            Planned::Rebuild(index, rebuild) => {
                let table = sight.rebuilds.get(index).and_then(Option::as_ref);
                PlannedDocument::Rebuild(Box::new(RebuildDocument::of(rebuild, table)))
            }
        });
        Self {
            steps: steps.collect(),
            hazards: &sight.hazards,
            down: back.statements.iter().map(render_line).collect(),
            lost: [back.impossible, back.lost].concat(),
            asked: sight.asked.as_deref(),
            unknown: &sight.unknown,
        }
    }
}

impl<'a> RebuildDocument<'a> {
    fn of(rebuild: &'a Rebuild, table: Option<&TableFacts>) -> Self {
        Self {
            object: rebuild.object.to_string(),
            kind: "rebuild",
            summary: format!("rebuild {}", rebuild.object),
            risk: rebuild.risk,
            cost: rebuild.cost,
            after: rebuild.after,
            reasons: rebuild.reasons.iter().map(ToString::to_string).collect(),
            definition: rebuild.definition.as_ref().as_ref().map(render_object_line),
            renamed_columns: &rebuild.renamed_columns,
            copy: &rebuild.copy,
            recipe: &rebuild.recipe,
            readers: &rebuild.readers,
            writers: &rebuild.writers,
            size: table.map(|table| rebuild.size(table)),
        }
    }
}

impl<'a> StepDocument<'a> {
    fn of(index: usize, step: &'a Step, sight: &'a Sight) -> Self {
        let impact = sight.impacts.get(index);
        Self {
            number: index + 1,
            object: step.object.to_string(),
            kind: summary::kind_of(&step.statement),
            summary: summary::of_statement(&step.statement),
            sql: render_line(&step.statement),
            risk: step.risk,
            cost: step.cost,
            idempotent: step.idempotent,
            hazards: sight
                .hazards
                .iter()
                .filter(|hazard| hazard.step == index + 1)
                .collect(),
            reverse: ReverseDocument {
                sql: step.reverse.statements.iter().map(render_line).collect(),
                lost: &step.reverse.lost,
                impossible: &step.reverse.impossible,
            },
            readers: impact.map_or(&[], |impact| &impact.readers),
            size: impact.and_then(|impact| impact.size.as_ref()),
        }
    }
}

/// How many steps a person reads on a screen when all of them stand in a file as well.
const READ_ON_A_SCREEN: usize = 40;

/// Prints all steps with their SQL, and then what is to be thought about.
pub(crate) fn print(plan: &Plan, sight: &Sight, output: Output) {
    let sql: Vec<String> = plan.steps.iter().map(|step| render(&step.statement)).collect();
    print_steps(plan, sight, sql.iter().map(String::as_str), usize::MAX, output);
    sight.say_unknown();
}

/// Prints the steps of a plan that stands in a file, where their SQL has been rendered already. Of many steps, the
/// later ones that are safe are only counted; what is not safe is always shown.
pub(crate) fn print_written<'a>(
    plan: &Plan,
    sight: &Sight,
    sql: impl Iterator<Item = &'a str> + Clone,
    output: Output,
) {
    print_steps(plan, sight, sql, READ_ON_A_SCREEN, output);
}

fn print_steps<'a>(
    plan: &Plan,
    sight: &Sight,
    sql: impl Iterator<Item = &'a str> + Clone,
    most: usize,
    output: Output,
) {
    output.line(Steps {
        plan,
        sight,
        sql,
        most,
    });
    if !sight.hazards.is_empty() {
        output.line("");
    }
    for hazard in &sight.hazards {
        Output::finding(&hazard.finding);
    }
}

/// The steps of a plan, with an empty line before each.
struct Steps<'a, S> {
    plan: &'a Plan,
    sight: &'a Sight,
    sql: S,
    most: usize,
}

impl<'s, S: Iterator<Item = &'s str> + Clone> Display for Steps<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            plan,
            sight,
            sql,
            most,
        } = self;
        let width = plan.steps.len().to_string().len();
        let mut counted = 0;
        let mut sql = sql.clone();
        for planned in plan.in_order() {
            let (at, step) = match planned {
                Planned::Step(at, step) => (at, step),
                Planned::Rebuild(at, rebuild) => {
                    let size = sight.rebuilds.get(at).and_then(Option::as_ref);
                    write_rebuild(f, rebuild, size)?;
                    continue;
                }
            };
            let sql = sql.next().unwrap_or_default();
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
            if let Some(impact) = sight.impacts.get(at) {
                for line in impact_in_words(impact) {
                    writeln!(f, "{}", Indented(&line, width + 2))?;
                }
            }
        }
        if counted > 0 {
            writeln!(f, "\nand {counted} more that are safe")?;
        }
        Ok(())
    }
}

/// Who reads what the step changes, and how much there is to do: a line each, where there is something to say.
pub(crate) fn impact_in_words(impact: &Impact) -> Vec<String> {
    let mut lines = Vec::new();
    if !impact.readers.is_empty() {
        lines.push(format!("read by {}", readers_in_words(&impact.readers)));
    }
    let Some(size) = impact.size else { return lines };
    let rows = format!("{} rows, {}", Amount(size.rows), Bytes(size.bytes));
    if size.parts == 0 {
        lines.push(format!("{rows}: none of it is touched"));
        return lines;
    }
    let rewritten = Bytes(size.bytes_rewritten);
    let disk = match size.bytes_free {
        Some(free) if size.bytes_rewritten > 0 => {
            format!(", so much disk is needed of {} that are free", Bytes(free))
        }
        _ => String::new(),
    };
    let time = size.seconds.map_or_else(String::new, |seconds| {
        format!(
            "; about {}, as fast as this server rewrote parts before",
            Seconds(seconds)
        )
    });
    let parts = Amount(size.parts);
    lines.push(format!(
        "{rows}: {parts} parts are touched, {rewritten} rewritten{disk}{time}"
    ));
    lines
}

fn readers_in_words(readers: &[Reader]) -> String {
    let words: Vec<String> = readers
        .iter()
        .map(|reader| format!("{} {}", reader.kind, reader.name))
        .collect();
    words.join(", ")
}

fn write_rebuild(f: &mut fmt::Formatter<'_>, rebuild: &Rebuild, size: Option<&TableFacts>) -> fmt::Result {
    write!(
        f,
        "\n{} {}\n",
        painted("cannot be altered:", BAD),
        painted(&rebuild.object, NAME)
    )?;
    for reason in &rebuild.reasons {
        writeln!(f, "  {reason}")?;
    }
    writeln!(f, "  {}", rebuild.copy.in_words())?;
    if let Some(size) = size {
        write!(
            f,
            "  {} rows, {} in {} parts",
            Amount(size.rows),
            Bytes(size.bytes),
            Amount(size.parts)
        )?;
        if let Some(free) = size.free_disk {
            write!(f, "; {} of disk are free", Bytes(free))?;
        }
        f.write_str("\n")?;
    }
    if !rebuild.readers.is_empty() {
        writeln!(f, "  read by {}", readers_in_words(&rebuild.readers))?;
    }
    if !rebuild.writers.is_empty() {
        writeln!(f, "  written into by {}", readers_in_words(&rebuild.writers))?;
    }
    f.write_str("  by hand:\n")?;
    for statement in rebuild.script() {
        writeln!(f, "{}", Indented(&statement, 4))?;
    }
    Ok(())
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
