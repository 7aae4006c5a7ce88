//! One request: who asks, what for, and how the answer goes out.

use super::compression::Encoding;
use super::job::{Body, Done, Job, Plan};
use super::params::{Params, flag};
use super::response::{Answer, Frameset, Stream, plain};
use super::session::Sessions;
use super::{Options, multipart};
use crate::engine::{Engine, Exception, Stats};
use base64::Engine as _;
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Either, Full};
use hyper::body::Incoming;
use hyper::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::net::unix::pipe;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// As much of a result is held back before the status is sent; as a server's `http_response_buffer_size`.
const BUFFER: usize = 1 << 20;
const PIECE: usize = 1 << 16;
/// The longest line and headers of a request; a server takes a URL of 1 MiB.
const MAX_HEAD: usize = (1 << 20) + (64 << 10);

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
        let (sessions, running) = (Arc::default(), Mutex::default());
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

    /// Ends what runs and closes the sessions.
    pub(super) async fn end(&self) {
        let running: Vec<String> = {
            let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            running.iter().cloned().collect()
        };
        let engine = self.engine.clone();
        let killed = tokio::task::spawn_blocking(move || {
            for id in running {
                // What has ended by itself cannot be killed any more.
                let _ = engine.kill(&id);
            }
        });
        let _ = killed.await;
        self.sessions.clear();
    }
}

/// Answers the requests of one connection until it ends or the server stops.
pub(super) async fn connection(socket: TcpStream, state: Arc<State>, mut stopped: watch::Receiver<bool>) {
    // Small answers go out at once.
    let _ = socket.set_nodelay(true);
    let timeout = state.options.io_timeout;
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(answer(&state, request).await) }
    });
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(timeout)
        .max_buf_size(MAX_HEAD);
    let connection = builder.serve_connection(TokioIo::new(socket), service);
    tokio::select! {
        // A client that goes away or sends no HTTP ends its connection; hyper has answered what can be answered.
        _ = connection => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn answer(state: &Arc<State>, request: Request<Incoming>) -> Answer {
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
    match accept(state, request, &mut frame).await {
        Ok(answer) => answer,
        Err(exception) => frame.failure(&exception),
    }
}

async fn accept(
    state: &Arc<State>,
    request: Request<Incoming>,
    frame: &mut Frameset,
) -> Result<Answer, Exception> {
    let (head, body) = request.into_parts();
    let params = Params::read(head.uri.query().unwrap_or_default(), &head.headers)?;
    frame.query_id = params.query_id.clone().unwrap_or_else(random_uuid);
    authenticate(state.options.password.as_deref(), &head.headers, &params)?;
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
    let buffer = if wait {
        usize::MAX
    } else {
        params.buffer_size.unwrap_or(0).max(BUFFER)
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
    let task = tokio::task::spawn_blocking(move || {
        let result = job.run(plan_sender);
        drop((place, running));
        result
    });
    match plan.await {
        Ok(Plan {
            format,
            pipe: Some(reader),
        }) => {
            let watch = KillOnDrop {
                engine: state.engine.clone(),
                query_id: Some(frame.query_id.clone()),
            };
            let reader = pipe::Receiver::from_owned_fd(OwnedFd::from(reader)).map_err(|error| {
                Exception::new(
                    1002,
                    "STD_EXCEPTION",
                    format!("Cannot read the pipe of the result: {error}"),
                )
            })?;
            let output = Output {
                reader,
                task,
                watch,
                format,
                frame: frame.clone(),
                timeout: state.options.io_timeout,
            };
            output.answer(buffer).await
        }
        Ok(Plan { format, pipe: None }) => {
            let done = finished(task).await?;
            let body = done.output.as_ref().map_or(&[][..], |output| output.bytes());
            whole(frame, &format, &done.stats, body)
        }
        Err(_) => Err(match finished(task).await {
            Err(exception) => exception,
            Ok(_) => Exception::new(49, "LOGICAL_ERROR", "the statement ended without a plan"),
        }),
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

async fn finished(task: JoinHandle<Result<Done, Exception>>) -> Result<Done, Exception> {
    match task.await {
        Ok(result) => result,
        Err(error) => Err(Exception::new(
            49,
            "LOGICAL_ERROR",
            format!("the statement's thread failed: {error}"),
        )),
    }
}

/// An answer in one piece.
fn whole(frame: &Frameset, format: &str, stats: &Stats, body: &[u8]) -> Result<Answer, Exception> {
    let mut encoder = frame.encoder();
    let encoded = encoder.push(body).and_then(|mut bytes| {
        bytes.extend(encoder.finish()?);
        Ok(bytes)
    });
    let bytes = encoded.map_err(|error| compression_failed(&error))?;
    Ok(frame
        .success(format, stats)
        .map(|()| Either::Left(Full::new(Bytes::from(bytes)))))
}

fn compression_failed(error: &io::Error) -> Exception {
    Exception::new(
        270,
        "CANNOT_COMPRESS",
        format!("Cannot compress the result: {error}"),
    )
}

/// The result of a statement that is still running.
struct Output {
    reader: pipe::Receiver,
    task: JoinHandle<Result<Done, Exception>>,
    watch: KillOnDrop,
    format: String,
    frame: Frameset,
    timeout: Duration,
}

impl Output {
    /// Answers in one piece if the result fits the buffer, else as it comes.
    async fn answer(mut self, buffer: usize) -> Result<Answer, Exception> {
        let mut start = BytesMut::new();
        while start.len() < buffer {
            start.reserve(PIECE);
            if self.read(&mut start).await? == 0 {
                let result = finished(self.task).await;
                self.watch.query_id = None;
                return whole(&self.frame, &self.format, &result?.stats, &start);
            }
        }
        let (sender, stream) = Stream::channel();
        let response = self.frame.success(&self.format, &Stats::default());
        tokio::spawn(self.forward(start, sender));
        Ok(response.map(|()| Either::Right(stream)))
    }

    async fn read(&mut self, into: &mut BytesMut) -> Result<usize, Exception> {
        self.reader.read_buf(into).await.map_err(|error| {
            Exception::new(
                74,
                "CANNOT_READ_FROM_FILE_DESCRIPTOR",
                format!("Cannot read the result: {error}"),
            )
        })
    }

    async fn forward(mut self, start: BytesMut, sender: mpsc::Sender<io::Result<Bytes>>) {
        let mut encoder = self.frame.encoder();
        let mut piece = start;
        let failure = loop {
            if piece.is_empty() {
                match (&mut self.task).await {
                    Ok(Ok(_)) => break None,
                    Ok(Err(exception)) => break Some(exception),
                    Err(error) => break Some(Exception::new(49, "LOGICAL_ERROR", error.to_string())),
                }
            }
            match encoder.push(&piece) {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => {
                    // Whoever does not read for so long is gone; the watch then ends the statement.
                    let sending = sender.send(Ok(Bytes::from(bytes)));
                    if !matches!(tokio::time::timeout(self.timeout, sending).await, Ok(Ok(()))) {
                        return;
                    }
                }
                Err(error) => break Some(compression_failed(&error)),
            }
            piece.clear();
            piece.reserve(PIECE);
            let read = tokio::select! {
                read = self.reader.read_buf(&mut piece) => read,
                () = sender.closed() => return,
            };
            if let Err(error) = read {
                break Some(Exception::new(
                    74,
                    "CANNOT_READ_FROM_FILE_DESCRIPTOR",
                    error.to_string(),
                ));
            }
        };
        self.watch.query_id = None;
        let end = match &failure {
            None => encoder.finish(),
            Some(exception) => encoder.flush().and_then(|mut bytes| {
                bytes.extend(encoder.push(self.frame.cut(exception).as_bytes())?);
                bytes.extend(encoder.flush()?);
                Ok(bytes)
            }),
        };
        let end = end.unwrap_or_default();
        if !end.is_empty() && sender.send(Ok(Bytes::from(end))).await.is_err() {
            return;
        }
        if failure.is_some() {
            let _ = sender.send(Err(io::Error::other("the statement failed"))).await;
        }
    }
}

/// Ends a query whose client has gone.
struct KillOnDrop {
    engine: Engine,
    query_id: Option<String>,
}

impl Drop for KillOnDrop {
    fn drop(&mut self) {
        if let Some(id) = self.query_id.take() {
            let engine = self.engine.clone();
            // The engine blocks, and this runs on a thread of the runtime.
            std::thread::spawn(move || engine.kill(&id));
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
        let mut running = state.running.lock().unwrap_or_else(PoisonError::into_inner);
        if !running.insert(query_id.to_owned()) {
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

/// Lets the user `default` in with the right password, shown in one of the three places that a server knows.
fn authenticate(password: Option<&str>, headers: &HeaderMap, params: &Params) -> Result<(), Exception> {
    let header = |name: &str| {
        headers
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let by_headers = (header("x-clickhouse-user"), header("x-clickhouse-key"));
    let basic = headers
        .get(AUTHORIZATION)
        .map(|value| basic(value.as_bytes()))
        .transpose()?;
    let by_url = (params.user.clone(), params.password.clone());
    let used_headers = by_headers.0.is_some() || by_headers.1.is_some();
    let used_url = by_url.0.is_some() || by_url.1.is_some();
    if usize::from(used_headers) + usize::from(basic.is_some()) + usize::from(used_url) > 1 {
        return Err(Exception::new(
            516,
            "AUTHENTICATION_FAILED",
            "Invalid authentication: it is not allowed to use X-ClickHouse HTTP headers, Authorization HTTP header and authentication via parameters simultaneously",
        ));
    }
    let (user, shown) = match basic {
        Some((user, password)) => (Some(user), Some(password)),
        None if used_headers => by_headers,
        None => by_url,
    };
    let user = user
        .filter(|user| !user.is_empty())
        .unwrap_or_else(|| "default".to_owned());
    let Some(password) = password else {
        return if user == "default" {
            Ok(())
        } else {
            Err(refused(&user, true))
        };
    };
    let shown = shown.unwrap_or_default();
    if user == "default" && same(shown.as_bytes(), password.as_bytes()) {
        return Ok(());
    }
    Err(refused(&user, !shown.is_empty()))
}

fn refused(user: &str, showed_one: bool) -> Exception {
    let (code, name) = if showed_one {
        (516, "AUTHENTICATION_FAILED")
    } else {
        (194, "REQUIRED_PASSWORD")
    };
    let message = "Authentication failed: password is incorrect, or there is no user with such name.";
    Exception::new(code, name, format!("{user}: {message}"))
}

fn basic(header: &[u8]) -> Result<(String, String), Exception> {
    let invalid = || {
        Exception::new(
            516,
            "AUTHENTICATION_FAILED",
            "Invalid authentication: only 'Basic' HTTP authentication is supported",
        )
    };
    let header = std::str::from_utf8(header).map_err(|_| invalid())?;
    let encoded = header
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .ok_or_else(invalid)?
        .1;
    let decoded = base64::engine::general_purpose::STANDARD
        .decode(encoded.trim())
        .map_err(|_| invalid())?;
    let decoded = String::from_utf8(decoded).map_err(|_| invalid())?;
    let (user, password) = decoded.split_once(':').ok_or_else(invalid)?;
    Ok((user.to_owned(), password.to_owned()))
}

/// Compares without telling by its time where the difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
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
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
