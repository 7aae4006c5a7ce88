//! `seal`: drafts become migrations, and `chx.sum` takes the order in which its lines stand.

use chx_core::history::{Direction, HistoryFiles, Unknown, effect_lines, first_unknown, seal};
use chx_runtime::scratch::Scratch;
use chx_runtime::store::StoreLock;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;

#[derive(Serialize)]
struct Document {
    sealed: Vec<String>,
    changed: bool,
}

/// Runs the command.
pub(crate) fn run(context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let lock = context.store().lock()?;
    let mut files = context.store().read()?;
    record_effects(context, &lock, &mut files)?;
    let sealed = seal(&files).map_err(|findings| {
        Failure::failed("nothing was sealed: the history is not sound").findings(findings)
    })?;
    let changed =
        !sealed.migrations.is_empty() || files.sum.as_ref().is_none_or(|sum| sum.text != sealed.sum);
    if changed {
        lock.seal(&sealed)?;
    }
    let ids: Vec<String> = sealed.migrations.keys().map(ToString::to_string).collect();
    for id in &ids {
        output.line(format_args!("sealed {id}"));
    }
    match (changed, ids.is_empty()) {
        (false, _) => output.line("nothing to do: every migration is sealed"),
        (true, true) => output.line("wrote chx.sum in the order of its lines"),
        (true, false) => {}
    }
    output.document(|| Document { sealed: ids, changed });
    Ok(Exit::Done)
}

/// Finds out on the local engine what the statements of drafts do that chx does not understand, and writes it above them.
fn record_effects(context: &Context, lock: &StoreLock, files: &mut HistoryFiles) -> Result<(), Failure> {
    while let Some(unknown) = first_unknown(files) {
        let effects = context.block_on(async {
            let scratch = Scratch::open().await?;
            scratch.effect_of(&unknown.before, &unknown.sql).await.map_err(|error| {
                Failure::failed(format!(
                    "what statement {}{} of `{}` ({}) does to the schema could not be found out: {error}",
                    unknown.number, in_words(unknown.direction), unknown.id, unknown.place
                ))
                .at(unknown.place.clone())
                .help(
                    "if you know it, write it above the statement: `-- chx:effect none`, or `-- chx:effect` and a CREATE or DROP \
                     statement for each object that becomes another",
                )
            })
        })?;
        lock.record(files, &unknown, &effect_lines(&effects))?;
        let words = match effects.len() {
            0 => "leaves the schema as it is".to_owned(),
            1 => "changes 1 object".to_owned(),
            count => format!("changes {count} objects"),
        };
        let Unknown { number, id, .. } = &unknown;
        let way = in_words(unknown.direction);
        context
            .output
            .line(format_args!("statement {number}{way} of {id} {words}"));
        *files = context.store().read()?;
    }
    Ok(())
}

/// Which statements are counted, where it is not those up.
fn in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "",
        Direction::Down => " down",
    }
}
