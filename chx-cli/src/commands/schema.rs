//! `schema`: what the Rust structs say.

use std::path::Path;

use chx_core::ddl::{render_object, render_object_line};
use chx_core::diag::Place;
use chx_core::model::{ObjectKind, Schema};
use chx_core::snapshot::Snapshot;
use serde::Serialize;

use crate::args;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{FAINT, GOOD, painted};
use crate::whole_file;

#[derive(Serialize)]
struct Document<'a> {
    objects: Vec<ObjectDocument<'a>>,
}

#[derive(Serialize)]
struct ObjectDocument<'a> {
    name: String,
    kind: ObjectKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a Place>,
    sql: String,
}

/// Runs the command.
pub(crate) fn run(args: &args::Schema, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let registry = context.registry()?;
    if let Some(path) = &args.snapshot {
        write_snapshot(path, registry.schema(), context)?;
    }
    for (at, (id, object)) in registry.schema().iter().enumerate() {
        if args.snapshot.is_some() {
            break;
        }
        if args.sql {
            let between = if at == 0 { "" } else { "\n" };
            output.line(format_args!("{between}{};", render_object(object)));
        } else {
            let place = registry
                .place(id)
                .map(|place| painted(place, FAINT).to_string())
                .unwrap_or_default();
            output.line(format_args!(
                "{:<18} {:<40} {place}",
                object.kind().noun(),
                id.to_string()
            ));
        }
    }
    output.document(|| Document {
        objects: registry
            .schema()
            .iter()
            .map(|(id, object)| ObjectDocument {
                name: id.to_string(),
                kind: object.kind(),
                place: registry.place(id),
                sql: render_object_line(object),
            })
            .collect(),
    });
    Ok(Exit::Done)
}

/// Writes the schema as data, in place of what was there.
fn write_snapshot(path: &Path, schema: &Schema, context: &Context) -> Result<(), Failure> {
    let failed = |error: String| {
        Failure::failed(format!(
            "the snapshot cannot be written to `{}`: {error}",
            path.display()
        ))
    };
    let mut text =
        serde_json::to_string_pretty(&Snapshot::of(schema)).map_err(|error| failed(error.to_string()))?;
    text.push('\n');
    whole_file::write(&context.directory.join(path), &text).map_err(|error| failed(error.to_string()))?;
    context
        .output
        .line(format_args!("{} {}", painted("wrote", GOOD), path.display()));
    Ok(())
}
