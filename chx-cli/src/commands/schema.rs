//! `schema`: what the Rust structs say.

use chx_core::ddl::{render_object, render_object_line};
use chx_core::diag::Place;
use chx_core::model::ObjectKind;
use serde::Serialize;

use crate::args::Schema;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{FAINT, painted};

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
pub(crate) fn run(args: &Schema, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let registry = context.registry()?;
    for (at, (id, object)) in registry.schema().iter().enumerate() {
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
