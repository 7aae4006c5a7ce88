//! CREATE and DROP of WORKLOAD and RESOURCE.

use crate::ddl::{CreateResource, CreateWorkload, Statement};
use crate::ident::Ident;
use crate::model::{Resource, ResourceOperation, Workload, WorkloadSetting};
use crate::sql::Punct;

use super::Reader;
use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::ParseError;
use super::function::name_on_server;
use super::storage::setting_value;

/// `[IF NOT EXISTS] name [IN parent] [SETTINGS name = value [FOR resource], ...]`.
pub(super) fn create_workload(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let on_existing = on_existing(cursor, replaces)?;
    let name = name_on_server(cursor, "workload")?;
    let parent = if cursor.eat_words("IN") {
        Some(cursor.ident("the parent of the workload")?)
    } else {
        None
    };
    let settings = if cursor.eat_words("SETTINGS") {
        settings(cursor, reader.is_stored)?
    } else {
        Vec::new()
    };
    let workload = Workload {
        name,
        parent,
        settings,
    };
    Ok(Statement::CreateWorkload(CreateWorkload {
        workload,
        on_existing,
    }))
}

/// `[IF NOT EXISTS] name (WRITE DISK d, READ ANY DISK, ...)`.
pub(super) fn create_resource(cursor: &mut Cursor<'_>, replaces: bool) -> Result<Statement, ParseError> {
    let on_existing = on_existing(cursor, replaces)?;
    let name = name_on_server(cursor, "resource")?;
    let inside = cursor.group(OPERATION)?;
    let operations = operations(inside)?;
    Ok(Statement::CreateResource(CreateResource {
        resource: Resource { name, operations },
        on_existing,
    }))
}

/// `[IF EXISTS] name`.
pub(super) fn drop_workload(cursor: &mut Cursor<'_>) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = name_on_server(cursor, "workload")?;
    Ok(Statement::DropWorkload { name, if_exists })
}

/// `[IF EXISTS] name`.
pub(super) fn drop_resource(cursor: &mut Cursor<'_>) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = name_on_server(cursor, "resource")?;
    Ok(Statement::DropResource { name, if_exists })
}

/// Reads what a resource counts: `WRITE DISK s3, READ ANY DISK`.
///
/// # Errors
/// Text that is no list of operations, and operations that no one resource counts together.
pub fn parse_resource_operations(sql: &str) -> Result<Vec<ResourceOperation>, ParseError> {
    let source = Source::new(sql)?;
    operations(source.cursor())
}

/// Reads the settings of a workload: `weight = 3, max_io_requests = 100 FOR disks`.
///
/// # Errors
/// Text that is no list of settings, and a setting that stands there twice for one resource.
pub fn parse_workload_settings(sql: &str) -> Result<Vec<WorkloadSetting>, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let settings = settings(&mut cursor, false)?;
    cursor.expect_end("the end of the settings")?;
    Ok(settings)
}

const OPERATION: &str = "what the resource counts: `READ DISK name`, `WRITE DISK name`, `READ ANY DISK`, `WRITE ANY DISK`, \
                         `MASTER THREAD`, `WORKER THREAD`, `QUERY` or `MEMORY RESERVATION`";

fn operations(inside: Cursor<'_>) -> Result<Vec<ResourceOperation>, ParseError> {
    let mut found: Vec<ResourceOperation> = Vec::new();
    for mut part in inside.split_commas()? {
        let here = part;
        let operation = operation(&mut part)?;
        part.expect_end("`,` or `)`")?;
        if found
            .first()
            .is_some_and(|first| first.unit() != operation.unit())
        {
            return Err(here.expected(
                "what is counted alike: disks, threads, queries and memory are resources of their own",
            ));
        }
        found.push(operation);
    }
    if found.is_empty() {
        return Err(inside.expected(OPERATION));
    }
    Ok(found)
}

fn operation(cursor: &mut Cursor<'_>) -> Result<ResourceOperation, ParseError> {
    for (words, operation) in [
        ("READ ANY DISK", ResourceOperation::Read(None)),
        ("WRITE ANY DISK", ResourceOperation::Write(None)),
        ("MASTER THREAD", ResourceOperation::MasterThread),
        ("WORKER THREAD", ResourceOperation::WorkerThread),
        ("QUERY", ResourceOperation::Query),
        ("MEMORY RESERVATION", ResourceOperation::MemoryReservation),
    ] {
        if cursor.eat_words(words) {
            return Ok(operation);
        }
    }
    let disk =
        |cursor: &mut Cursor<'_>| -> Result<Option<Ident>, ParseError> { cursor.ident("a disk").map(Some) };
    if cursor.eat_words("READ DISK") {
        return disk(cursor).map(ResourceOperation::Read);
    }
    if cursor.eat_words("WRITE DISK") {
        return disk(cursor).map(ResourceOperation::Write);
    }
    Err(cursor.expected(OPERATION))
}

/// A setting that stands twice for one resource is refused: the server keeps both, and the last one counts.
fn settings(cursor: &mut Cursor<'_>, is_stored: bool) -> Result<Vec<WorkloadSetting>, ParseError> {
    let mut found: Vec<WorkloadSetting> = Vec::new();
    loop {
        let here = *cursor;
        let name = cursor.ident("the name of a setting")?;
        cursor.expect_punct(Punct::Eq)?;
        let value = setting_value(cursor)?;
        let resource = if cursor.eat_words("FOR") {
            Some(cursor.ident("a resource")?)
        } else {
            None
        };
        let setting = WorkloadSetting {
            name: String::from(name),
            resource,
            value,
        };
        let is_there =
            |other: &WorkloadSetting| other.name == setting.name && other.resource == setting.resource;
        if found.iter().any(is_there) && !is_stored {
            return Err(here.twice("setting"));
        }
        found.retain(|other| !is_there(other));
        found.push(setting);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(found);
        }
    }
}
