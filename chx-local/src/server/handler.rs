//! One request: what it asks for, and how the answer goes out.

use super::auth::authenticate;
use super::compression::Encoding;
use super::job::{Body, Job, Plan};
use super::output::{self, BUFFER, Hold, KillOnDrop, Output};
use super::params::{Params, flag};
use super::response::{Answer, Frameset, plain};
use super::session::Sessions;
use super::wire::{Cut, Wire};
use super::{Options, multipart};
use crate::engine::{CloseIdle, Engine, Exception};
use crate::secret::Password;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

/// The longest line and headers of a request.
const MAX_HEAD: usize = 1 << 20;
/// The most that `buffer_size` may hold back in memory.
const MAX_BUFFER: usize = 64 << 20;

/// What all requests of one server share.
pub(super) struct State {
    engine: Engine,
    options: Options,
    version: String,
    timezone: String,
    pub(super) sessions: Arc<Sessions>,
    running: Mutex<HashSet<String>>,
    places: Arc<Semaphore>,
}

impl State {
    pub(super) fn new(engine: Engine, options: Options) -> Self {
        let ask = |sql: &str| -> Option<String> {
            let output = engine.connect().ok()?.query(sql, "TSVRaw", &[]).ok()?;
            Some(output.text().trim_end().to_owned())
        };
        let version = ask("SELECT version()").unwrap_or_default();
        let timezone = ask("SELECT timezone()").unwrap_or_default();
        let places = Arc::new(Semaphore::new(options.max_concurrent_queries));
        let (sessions, running) = (Arc::<Sessions>::default(), Mutex::default());
        engine.close_at_exit(Arc::downgrade(&sessions) as Weak<_>);
        Self {
            engine,
            options,
            version,
            timezone,
            sessions,
            running,
            places,
        }
    }

    pub(super) fn max_concurrent_queries(&self) -> usize {
        self.options.max_concurrent_queries
    }

    fn running(&self) -> MutexGuard<'_, HashSet<String>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends what runs and closes the sessions. Blocks until all has ended, ten seconds at most.
    pub(super) fn end(&self) {
        let running: Vec<String> = self.running().iter().cloned().collect();
        for id in running {
            self.kill(&id);
        }
        self.sessions.close_idle();
    }

    /// Ends a statement. Asks again until it has ended: a statement that is about to start does not hear the first
    /// time. Blocks, ten seconds at most.
    pub(super) fn kill(&self, query_id: &str) {
        for _ in 0..200 {
            if !self.running().contains(query_id) || self.engine.kill(query_id).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Answers the requests of one connection until it ends or the server stops.
pub(super) async fn connection(socket: TcpStream, state: Arc<State>, mut stopped: watch::Receiver<bool>) {
    // Small answers go out at once.
    let _ = socket.set_nodelay(true);
    let timeout = state.options.io_timeout;
    let cut = Cut::default();
    let wire = TokioIo::new(Wire::new(socket, cut.clone()));
    let service = service_fn(move |request| {
        let (state, cut) = (Arc::clone(&state), cut.clone());
        async move { Ok::<_, Infallible>(answer(&state, request, cut).await) }
    });
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(timeout)
        .max_buf_size(MAX_HEAD);
    let connection = builder.serve_connection(wire, service);
    tokio::select! {
        // A client that goes away or sends no HTTP ends its connection; hyper has answered what can be answered.
        _ = connection => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn answer(state: &Arc<State>, request: Request<Incoming>, cut: Cut) -> Answer {
    let path = request.uri().path().to_owned();
    let mut frame = Frameset {
        query_id: String::new(),
        timezone: state.timezone.clone(),
        version: state.version.clone(),
        tag: random_letters(),
        blocks: false,
        encoding: None,
    };
    let method = request.method().clone();
    match (path.as_str(), &method) {
        ("/ping" | "/replicas_status", &Method::GET | &Method::HEAD) => {
            return plain(StatusCode::OK, "Ok.\n");
        }
        ("/", &Method::GET | &Method::HEAD) if request.uri().query().is_none() => {
            return plain(StatusCode::OK, "Ok.\n");
        }
        ("/" | "/query", &Method::GET | &Method::HEAD | &Method::POST) => {}
        ("/" | "/query", _) => {
            return plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "Use GET or POST for statements.\n",
            );
        }
        _ => {
            return plain(
                StatusCode::NOT_FOUND,
                "There is no such handle. Statements go to /, and /ping answers whether the server is there.\n",
            );
        }
    }
    match accept(state, request, &mut frame, cut).await {
        Ok(answer) => answer,
        Err(exception) => frame.failure(&exception),
    }
}

async fn accept(
    state: &Arc<State>,
    request: Request<Incoming>,
    frame: &mut Frameset,
    cut: Cut,
) -> Result<Answer, Exception> {
    let (head, body) = request.into_parts();
    let params = Params::read(head.uri.query().unwrap_or_default(), &head.headers)?;
    frame.query_id = params.query_id.clone().unwrap_or_else(random_uuid);
    let password = state.options.password.as_ref().map(Password::expose);
    authenticate(password, &head.headers, &params)?;
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    frame.blocks = params.compress;
    if params.setting("enable_http_compression").is_none_or(flag) {
        frame.encoding = header(ACCEPT_ENCODING).and_then(Encoding::accepted);
    }
    let content_encoding = Encoding::of_body(header(CONTENT_ENCODING)).map_err(|name| {
        Exception::new(
            48,
            "NOT_IMPLEMENTED",
            format!("Content-Encoding `{name}` is not supported; use lz4, gzip, deflate or none"),
        )
    })?;
    let place = Arc::clone(&state.places).try_acquire_owned().map_err(|_| {
        let max = state.options.max_concurrent_queries;
        Exception::new(
            202,
            "TOO_MANY_SIMULTANEOUS_QUERIES",
            format!("Too many simultaneous queries. Maximum: {max}"),
        )
    })?;
    let running = Running::start(state, &frame.query_id)?;
    let mut session = match &params.session_id {
        Some(id) => {
            let timeout = params.session_timeout.as_deref();
            Some(
                state
                    .sessions
                    .take(&state.engine, id, timeout, params.session_check)?,
            )
        }
        None => None,
    };
    if let Some(session) = &mut session {
        session.close = params.close_session;
    }
    let form_boundary = header(CONTENT_TYPE).and_then(multipart::boundary);
    let wait = params.wait_end_of_query || params.setting("http_wait_end_of_query").is_some_and(flag);
    let hold = if wait {
        Hold::All
    } else {
        Hold::UpTo(params.buffer_size.unwrap_or(0).clamp(BUFFER, MAX_BUFFER))
    };

    let (pieces, receiver) = mpsc::channel(4);
    tokio::spawn(pump(body, pieces, state.options.io_timeout));
    let (plan_sender, plan) = oneshot::channel();
    let job = Job {
        engine: state.engine.clone(),
        query_id: frame.query_id.clone(),
        session,
        read_only: head.method != Method::POST,
        content_encoding,
        form_boundary,
        body: Body::new(receiver),
        params,
    };
    let mut task = tokio::task::spawn_blocking(move || {
        let result = job.run(plan_sender);
        drop((place, running));
        result
    });
    match plan.await {
        Ok(Plan {
            format,
            pipe: Some(reader),
        }) => {
            let watch = KillOnDrop::new(Arc::clone(state), frame.query_id.clone());
            let timeout = state.options.io_timeout;
            Output::new(reader, task, watch, format, frame.clone(), cut, timeout)?
                .answer(hold)
                .await
        }
        Ok(Plan { format, pipe: None }) => {
            let done = output::finished(&mut task).await?;
            let body = done.output.as_ref().map_or(&[][..], |output| output.bytes());
            output::whole(frame, &format, &done.stats, body)
        }
        Err(_) => match output::finished(&mut task).await {
            Err(exception) => Err(exception),
            Ok(_) => Err(Exception::new(
                49,
                "LOGICAL_ERROR",
                "the statement ended without a plan",
            )),
        },
    }
}

/// Forwards a body to the job. When the job wants no more, the rest is read and thrown away, so that a client that
/// is still sending can read the answer.
async fn pump(mut body: Incoming, pieces: mpsc::Sender<io::Result<Bytes>>, timeout: Duration) {
    const DRAIN: usize = 64 << 20;
    let mut drained = 0;
    loop {
        let piece = match tokio::time::timeout(timeout, body.frame()).await {
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => Ok(data),
                Err(_) => continue,
            },
            Ok(Some(Err(error))) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, error)),
            Ok(None) => return,
            Err(_) => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the client sends nothing",
            )),
        };
        let last = piece.is_err();
        drained += piece.as_ref().map_or(0, Bytes::len);
        if pieces.is_closed() {
            if last || drained > DRAIN {
                return;
            }
        } else {
            drained = 0;
            // The job may just have closed its end: then the piece is thrown away like those after it.
            let _ = pieces.send(piece).await;
            if last {
                return;
            }
        }
    }
}

/// The entry of a running statement; two with one id are refused.
struct Running {
    state: Arc<State>,
    query_id: String,
}

impl Running {
    fn start(state: &Arc<State>, query_id: &str) -> Result<Self, Exception> {
        if !state.running().insert(query_id.to_owned()) {
            return Err(Exception::new(
                216,
                "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING",
                format!("Query with id = {query_id} is already running."),
            ));
        }
        Ok(Self {
            state: Arc::clone(state),
            query_id: query_id.to_owned(),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.state
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.query_id);
    }
}

fn random_letters() -> String {
    crate::secret::random::<16>()
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect()
}

fn random_uuid() -> String {
    let mut bytes = crate::secret::random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = crate::secret::hex(&bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
