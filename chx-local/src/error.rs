//! One error for the whole crate, for callers that open, serve and query in one breath.

/// What can go wrong with the local engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The library was not found and could not be fetched.
    #[error(transparent)]
    Library(#[from] crate::library::Error),
    /// The engine could not be opened.
    #[error(transparent)]
    Engine(#[from] crate::engine::Error),
    /// The engine refused a statement.
    #[error(transparent)]
    Exception(#[from] crate::engine::Exception),
    /// The HTTP interface could not be started.
    #[error(transparent)]
    Server(#[from] crate::server::Error),
    /// A temporary folder could not be made.
    #[error("cannot create a temporary folder for the data path")]
    Temporary(#[source] std::io::Error),
}
