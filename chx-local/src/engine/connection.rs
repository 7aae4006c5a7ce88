//! One session of the engine: statements, their results, and INSERTs whose rows come in pieces.

use super::{Exception, Lease, Stats, ffi};

/// A session of the engine. Its settings, current database and temporary tables go away with it.
pub struct Connection {
    // Fields are dropped in order: first the connection, then its place in the count.
    raw: ffi::RawConnection,
    _lease: Lease,
}

impl Connection {
    pub(super) fn new(raw: ffi::RawConnection, lease: Lease) -> Self {
        Self { raw, _lease: lease }
    }

    /// Runs one statement; the result, in the format named here unless the statement names one, is kept in memory.
    /// `parameters` fill `{name:Type}` places; their values are one field of tab-separated text.
    ///
    /// Rows of an INSERT do not belong into `sql`: the engine would look for further statements in them. Use
    /// [`Connection::insert`].
    ///
    /// # Errors
    /// The exception of the engine.
    pub fn query(
        &mut self,
        sql: impl AsRef<[u8]>,
        format: &str,
        parameters: &[(String, Vec<u8>)],
    ) -> Result<Output, Exception> {
        let result = self
            .raw
            .query(sql.as_ref(), format, &ffi::Parameters::new(parameters));
        match result.error() {
            Some(message) => Err(Exception::parse(message)),
            None => Ok(Output { result }),
        }
    }

    /// Runs a statement whose result does not matter.
    ///
    /// # Errors
    /// The exception of the engine.
    pub fn execute(&mut self, sql: impl AsRef<[u8]>) -> Result<Stats, Exception> {
        self.query(sql, "Null", &[]).map(|output| output.stats())
    }

    /// Begins an INSERT. `sql` is the statement without `FORMAT` and data; the rows follow in `format`.
    ///
    /// # Errors
    /// The exception of the engine: no such table or column, unknown format, a statement that is no INSERT.
    pub fn insert(
        &mut self,
        sql: impl AsRef<[u8]>,
        format: &str,
        parameters: &[(String, Vec<u8>)],
    ) -> Result<Insert<'_>, Exception> {
        let raw = self
            .raw
            .insert(sql.as_ref(), format, &ffi::Parameters::new(parameters));
        match raw.error() {
            Some(message) => Err(Exception::parse(message)),
            None => Ok(Insert { raw, failed: false }),
        }
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

/// The bytes that a statement returned.
pub struct Output {
    result: ffi::RawResult,
}

impl Output {
    /// The result in its format.
    pub fn bytes(&self) -> &[u8] {
        self.result.bytes()
    }

    /// The result as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    /// What the statement cost.
    pub fn stats(&self) -> Stats {
        self.result.stats()
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output")
            .field("length", &self.bytes().len())
            .finish_non_exhaustive()
    }
}

/// An INSERT in progress. Dropped unfinished, it is aborted; blocks that were already written stay.
pub struct Insert<'c> {
    raw: ffi::RawInsert<'c>,
    failed: bool,
}

impl Insert<'_> {
    /// Hands over a piece of the rows; pieces may end anywhere. Waits while the engine is behind. False when the
    /// engine wants no more: then [`Insert::finish`] says why.
    pub fn append(&mut self, data: &[u8]) -> bool {
        if !self.failed && !data.is_empty() {
            self.failed = !self.raw.append(data);
        }
        !self.failed
    }

    /// Ends the data; when this returns the rows are stored.
    ///
    /// # Errors
    /// The exception of the engine, such as a row that cannot be read.
    pub fn finish(self) -> Result<Stats, Exception> {
        let result = self.raw.finish();
        match result.error() {
            Some(message) => Err(Exception::parse(message)),
            None => Ok(result.stats()),
        }
    }
}

impl std::fmt::Debug for Insert<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Insert")
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}
