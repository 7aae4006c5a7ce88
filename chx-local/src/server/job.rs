//! Runs one request on a thread of its own: reads the statement, prepares a connection, and lets the engine work.
//!
//! Rows of an INSERT go to the engine as they come. The result of a SELECT goes through a pipe that the engine
//! writes as a file, so that memory stays bounded in every format; other results are small and kept in memory.
//! Nothing that one request sets is seen by another, except within a session, where only `SET` and `USE` stay.

use super::compression;
use super::multipart;
use super::params::{self, Params, identifier};
use super::session::{Taken, closed};
use super::statement::{self, Head, InsertHead, Kind, Statement};
use crate::engine::{Connection, Engine, Exception, Output, QUERY_ID_SETTING, Stats};
use bytes::Bytes;
use std::io::{self, PipeReader, Read};
use std::os::fd::AsRawFd;
use tokio::sync::{mpsc, oneshot};

/// The longest statement; longer texts are surely rows that lost their INSERT.
const MAX_STATEMENT: usize = 64 << 20;
const PIECE: usize = 1 << 16;

/// A request, ready to run.
pub(super) struct Job {
    pub(super) engine: Engine,
    pub(super) params: Params,
    pub(super) query_id: String,
    pub(super) session: Option<Taken>,
    /// GET and HEAD may only read.
    pub(super) read_only: bool,
    pub(super) content_encoding: Option<compression::Encoding>,
    /// The boundary of a form, if the body is one.
    pub(super) form_boundary: Option<String>,
    pub(super) body: Body,
}

/// What will come, said before the statement runs.
pub(super) struct Plan {
    /// The format of the result.
    pub(super) format: String,
    /// Where the result can be read while it is made. `None` when it comes at the end, with [`Done`].
    pub(super) pipe: Option<PipeReader>,
}

/// What came.
pub(super) struct Done {
    pub(super) stats: Stats,
    pub(super) output: Option<Output>,
}

/// The body of a request, as a blocking reader.
pub(super) struct Body {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    current: Bytes,
}

impl Body {
    pub(super) fn new(receiver: mpsc::Receiver<io::Result<Bytes>>) -> Self {
        Self {
            receiver,
            current: Bytes::new(),
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            match self.receiver.blocking_recv() {
                Some(piece) => self.current = piece?,
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.current.len());
        buffer[..count].copy_from_slice(&self.current.split_to(count));
        Ok(count)
    }
}

/// The text of a request as far as it was read, and the rest.
struct Text {
    read: Vec<u8>,
    rest: Box<dyn Read + Send>,
    complete: bool,
}

impl Text {
    fn more(&mut self) -> Result<(), Exception> {
        let start = self.read.len();
        self.read.resize(start + PIECE, 0);
        let count = self
            .rest
            .read(&mut self.read[start..])
            .map_err(|error| broken(&error))?;
        self.read.truncate(start + count);
        self.complete = count == 0;
        Ok(())
    }

    /// Reads on until it is known what the text is.
    fn head(&mut self) -> Result<Head, Exception> {
        loop {
            match statement::head(&self.read, self.complete) {
                Head::Incomplete => self.more()?,
                head => return Ok(head),
            }
            self.limit()?;
        }
    }

    fn all(&mut self) -> Result<(), Exception> {
        while !self.complete {
            self.more()?;
            self.limit()?;
        }
        Ok(())
    }

    fn limit(&self) -> Result<(), Exception> {
        if self.read.len() > MAX_STATEMENT {
            let message = format!(
                "the statement is longer than {MAX_STATEMENT} bytes; rows belong behind INSERT ... FORMAT"
            );
            return Err(Exception::new(229, "QUERY_IS_TOO_LARGE", message));
        }
        Ok(())
    }
}

/// The body ended early or cannot be decoded.
fn broken(error: &io::Error) -> Exception {
    match error.kind() {
        io::ErrorKind::InvalidData => Exception::new(
            271,
            "CANNOT_DECOMPRESS",
            format!("Cannot decompress the request body: {error}"),
        ),
        _ => Exception::new(
            33,
            "CANNOT_READ_ALL_DATA",
            format!("Cannot read all data of the request body: {error}"),
        ),
    }
}

impl Job {
    /// Runs the request. The plan is sent before the statement starts, unless it fails before.
    pub(super) fn run(mut self, plan: oneshot::Sender<Plan>) -> Result<Done, Exception> {
        let mut body = compression::decoder(self.body, self.content_encoding, self.params.decompress);
        let mut form = Vec::new();
        let mut external = Vec::new();
        if let Some(boundary) = &self.form_boundary {
            let limit = MAX_STATEMENT as u64 + 1;
            body.by_ref()
                .take(limit)
                .read_to_end(&mut form)
                .map_err(|error| broken(&error))?;
            if form.len() > MAX_STATEMENT {
                return Err(Exception::new(
                    229,
                    "QUERY_IS_TOO_LARGE",
                    format!("the form is longer than {MAX_STATEMENT} bytes"),
                ));
            }
            external = multipart::read(&form, boundary, &mut self.params)?;
            body = Box::new(io::empty());
        }
        let mut read = std::mem::take(&mut self.params.query);
        if !read.is_empty() && self.form_boundary.is_none() {
            read.push(b'\n');
        }
        let mut text = Text {
            read,
            rest: body,
            complete: false,
        };
        let head = text.head()?;
        if self.read_only && !matches!(head, Head::Statement) {
            return Err(read_only());
        }

        let mut fresh;
        let (connection, in_session) = match &mut self.session {
            Some(taken) => {
                let connection = taken
                    .connection()
                    .ok_or_else(|| closed(&crate::engine::Error::Closed))?;
                (connection, true)
            }
            None => {
                fresh = self
                    .engine
                    .connect_as(Some(&self.query_id))
                    .map_err(|error| closed(&error))?;
                (&mut fresh, false)
            }
        };
        let mut request = Prepared::new(connection, in_session, &self.params, &self.query_id)?;
        multipart::create_tables(request.connection, &external, &self.params)?;
        match head {
            Head::Insert(head) => insert(request.connection, head, text, &self.params, plan),
            _ => {
                text.all()?;
                let statement = Statement::parse(&text.read)?;
                if self.read_only && statement.kind == Kind::Change {
                    return Err(read_only());
                }
                if statement.kind == Kind::Session {
                    request.undo();
                }
                match statement.with_client_ids() {
                    None => run(request.connection, &statement, &self.params, plan),
                    Some(text) => run(request.connection, &Statement::parse(&text)?, &self.params, plan),
                }
            }
        }
    }
}

fn read_only() -> Exception {
    Exception::new(
        164,
        "READONLY",
        "default: Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. \
         You should use method POST for modifying queries.",
    )
}

fn insert(
    connection: &mut Connection,
    head: InsertHead,
    mut text: Text,
    params: &Params,
    plan: oneshot::Sender<Plan>,
) -> Result<Done, Exception> {
    let format = head
        .format
        .or_else(|| params.default_format.clone())
        .unwrap_or_else(|| "Values".to_owned());
    let mut insert = connection.insert(&head.statement, &format, &params.parameters)?;
    // The response to an INSERT is empty; nobody minds if the client has gone by now.
    let _ = plan.send(Plan { format, pipe: None });
    let mut wanted = insert.append(&text.read[head.data..]);
    text.read = Vec::new();
    let mut piece = vec![0; PIECE];
    while wanted && !text.complete {
        // An error here drops the insert unfinished: what the client did not send in full is not stored as if.
        let count = text.rest.read(&mut piece).map_err(|error| broken(&error))?;
        text.complete = count == 0;
        wanted = insert.append(&piece[..count]);
    }
    Ok(Done {
        stats: insert.finish()?,
        output: None,
    })
}

fn run(
    connection: &mut Connection,
    statement: &Statement<'_>,
    params: &Params,
    plan: oneshot::Sender<Plan>,
) -> Result<Done, Exception> {
    let default = || {
        params
            .default_format
            .clone()
            .unwrap_or_else(|| "TabSeparated".to_owned())
    };
    let format = statement.format().unwrap_or_else(default);
    if statement.kind != Kind::Select {
        let _ = plan.send(Plan {
            format: format.clone(),
            pipe: None,
        });
        let output = connection.query(statement.text(), &format, &params.parameters)?;
        return Ok(Done {
            stats: output.stats(),
            output: Some(output),
        });
    }
    let (reader, writer) = io::pipe().map_err(|error| {
        Exception::new(
            1002,
            "STD_EXCEPTION",
            format!("Cannot create a pipe for the result: {error}"),
        )
    })?;
    let sql = statement.directed_to(&format!("/dev/fd/{}", writer.as_raw_fd()));
    let reading = Plan {
        format: format.clone(),
        pipe: Some(reader),
    };
    if plan.send(reading).is_err() {
        return Err(Exception::new(394, "QUERY_WAS_CANCELLED", "the client has gone"));
    }
    let output = connection.query(sql, &format, &params.parameters)?;
    Ok(Done {
        stats: output.stats(),
        output: None,
    })
}

/// A connection with the settings of one request; gives a session back as it was.
struct Prepared<'c> {
    connection: &'c mut Connection,
    in_session: bool,
    undo: Vec<String>,
}

impl<'c> Prepared<'c> {
    fn new(
        connection: &'c mut Connection,
        in_session: bool,
        params: &Params,
        query_id: &str,
    ) -> Result<Self, Exception> {
        let mut prepared = Self {
            connection,
            in_session,
            undo: Vec::new(),
        };
        let mut settings = params.settings.clone();
        if in_session {
            for (name, _) in &settings {
                let restore = restore(prepared.connection, name)?;
                prepared.undo.push(restore);
            }
            if params.database.is_some() {
                let current = prepared
                    .connection
                    .query("SELECT currentDatabase()", "TSVRaw", &[])?;
                prepared.undo.push(format!(
                    "USE {}",
                    identifier(current.text().trim_end_matches('\n'))
                ));
            }
            settings.push((QUERY_ID_SETTING.to_owned(), query_id.to_owned()));
        }
        if let Some(database) = &params.database {
            prepared
                .connection
                .execute(format!("USE {}", identifier(database)))?;
        }
        if !params.roles.is_empty() {
            let roles: Vec<String> = params.roles.iter().map(|role| identifier(role)).collect();
            prepared
                .connection
                .execute(format!("SET ROLE {}", roles.join(", ")))?;
        }
        if let Some(set) = params::set_statement(&settings)? {
            prepared.connection.execute(set)?;
        }
        Ok(prepared)
    }

    /// Takes back what the request set for itself; early for a statement that changes the session.
    fn undo(&mut self) {
        for statement in self.undo.drain(..) {
            // Each gives back a value that the engine has reported: this can only fail when the process is ending.
            let _ = self.connection.execute(statement);
        }
    }
}

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        if self.in_session {
            self.undo();
            // A failed statement stays in `system.processes` until its connection does something else.
            let _ = self.connection.execute(format!("SET {QUERY_ID_SETTING} = ''"));
        }
    }
}

/// The statement that gives a setting of a session back the value it has now.
fn restore(connection: &mut Connection, name: &str) -> Result<String, Exception> {
    let parameters = [("name".to_owned(), crate::engine::escaped(name))];
    let sql = "SELECT value FROM system.settings WHERE name = {name:String} AND changed";
    let value = connection.query(sql, "TSVRaw", &parameters)?;
    Ok(match value.bytes() {
        [] => format!("SET {name} = DEFAULT"),
        _ => format!(
            "SET {name} = {}",
            params::literal(value.text().trim_end_matches('\n'))
        ),
    })
}
