//! Responses: small ones in one piece with their status and summary, large ones as they are made. An exception
//! after the first bytes goes at the end of the body, between the marks that `X-ClickHouse-Exception-Tag` names,
//! and the body ends without its closing chunk, so that no client takes it for whole.

use super::compression::{Encoder, Encoding};
use super::error;
use super::wire::Cut;
use crate::engine::{Exception, Stats};
use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::{Body, Frame};
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use hyper::{Response, StatusCode};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc;

pub(super) type Answer = Response<Either<Full<Bytes>, Stream>>;

/// A body whose pieces come through a channel.
pub(super) struct Stream {
    receiver: mpsc::Receiver<Piece>,
    cut: Cut,
    /// The last piece is on its way; then the body fails.
    ending: bool,
}

/// A piece of a body.
pub(super) enum Piece {
    Data(Bytes),
    /// The last one of a body that is not whole.
    Last(Bytes),
}

impl Stream {
    pub(super) fn channel(cut: Cut) -> (mpsc::Sender<Piece>, Self) {
        let (sender, receiver) = mpsc::channel(2);
        (
            sender,
            Self {
                receiver,
                cut,
                ending: false,
            },
        )
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.ending {
            ready!(self.cut.poll_flushed(context));
            return Poll::Ready(Some(Err(io::Error::other("the statement failed"))));
        }
        Poll::Ready(match ready!(self.receiver.poll_recv(context)) {
            None => None,
            Some(Piece::Data(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Piece::Last(bytes)) => {
                self.ending = true;
                self.cut.give();
                Some(Ok(Frame::data(bytes)))
            }
        })
    }
}

/// What every response to a statement tells about itself.
#[derive(Clone)]
pub(super) struct Frameset {
    pub(super) query_id: String,
    pub(super) timezone: String,
    pub(super) version: String,
    /// The mark of an exception in the middle of a body.
    pub(super) tag: String,
    pub(super) blocks: bool,
    pub(super) encoding: Option<Encoding>,
}

impl Frameset {
    pub(super) fn encoder(&self) -> Encoder {
        Encoder::new(self.blocks, self.encoding)
    }

    fn response(&self, status: StatusCode) -> Response<()> {
        let mut response = Response::new(());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        for (name, value) in [
            ("x-clickhouse-server-display-name", "chx-local"),
            ("x-clickhouse-query-id", self.query_id.as_str()),
            ("x-clickhouse-timezone", self.timezone.as_str()),
        ] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        response
    }

    /// The head of a response to a statement that worked, or is at work.
    pub(super) fn success(&self, format: &str, stats: &Stats) -> Response<()> {
        let mut response = self.response(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(format)));
        for (name, value) in [
            ("x-clickhouse-format", format),
            ("x-clickhouse-exception-tag", &self.tag),
            ("x-clickhouse-summary", &summary(stats)),
        ] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        if let Some(encoding) = self.encoding.filter(|_| !self.blocks) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        response
    }

    /// The response to a statement that failed before anything was sent.
    pub(super) fn failure(&self, exception: &Exception) -> Answer {
        let status = error::status(exception.code);
        let mut response = self.response(status);
        let headers = response.headers_mut();
        headers.insert("x-clickhouse-exception-code", HeaderValue::from(exception.code));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=UTF-8"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"ClickHouse server HTTP API\""),
            );
        }
        let body = error::body(exception, &self.version);
        response.map(|()| Either::Left(Full::new(Bytes::from(body))))
    }

    /// What stands at the end of a body that an exception cut.
    pub(super) fn cut(&self, exception: &Exception) -> String {
        let message = error::body(exception, &self.version);
        let tag = &self.tag;
        format!(
            "\r\n__exception__\r\n{tag}\r\n{message}{} {tag}\r\n__exception__\r\n",
            message.len()
        )
    }
}

/// A plain text answer that no statement is behind.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut response = Response::new(Either::Left(Full::new(Bytes::from_static(text.as_bytes()))));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=UTF-8"));
    response
}

fn summary(stats: &Stats) -> String {
    format!(
        "{{\"read_rows\":\"{}\",\"read_bytes\":\"{}\",\"written_rows\":\"{}\",\"written_bytes\":\"{}\",\
         \"total_rows_to_read\":\"0\",\"result_rows\":\"{}\",\"result_bytes\":\"0\",\"elapsed_ns\":\"{}\"}}",
        stats.read_rows,
        stats.read_bytes,
        stats.written_rows,
        stats.written_bytes,
        stats.result_rows.max(stats.written_rows),
        stats.elapsed.as_nanos(),
    )
}

/// ClickHouse's content type of a format.
fn content_type(format: &str) -> &'static str {
    let format = format.to_ascii_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| format.starts_with(prefix));
    if starts(&["tabseparated", "tsv"]) {
        "text/tab-separated-values; charset=UTF-8"
    } else if format == "csvwithnames" || format == "csvwithnamesandtypes" {
        "text/csv; charset=UTF-8; header=present"
    } else if format == "csv" {
        "text/csv; charset=UTF-8; header=absent"
    } else if starts(&[
        "jsoneachrow",
        "jsoncompacteachrow",
        "jsonlines",
        "jsonl",
        "ndjson",
    ]) {
        "application/x-ndjson; charset=UTF-8"
    } else if starts(&["json"]) {
        "application/json; charset=UTF-8"
    } else if format == "xml" {
        "application/xml; charset=UTF-8"
    } else if starts(&[
        "rowbinary",
        "native",
        "parquet",
        "orc",
        "avro",
        "arrow",
        "msgpack",
        "protobuf",
        "bson",
        "capnproto",
    ]) {
        "application/octet-stream"
    } else if format == "prometheus" {
        "text/plain; version=0.0.4; charset=UTF-8"
    } else {
        "text/plain; charset=UTF-8"
    }
}
