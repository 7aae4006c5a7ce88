//! `seal`: drafts become migrations, and `chx.sum` takes the order in which its lines stand.

use chx_core::history::seal;
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
    let files = context.store().read()?;
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
