//! The result of a SELECT on its way from the engine's pipe to the client.
//!
//! The first mebibyte is held back, so that what fails early has its status and what is small its summary. With
//! `wait_end_of_query` everything is held back, in a file beyond 16 MiB. A client that goes away, or reads nothing
//! for long, ends its query.

use super::compression::Encoder;
use super::handler::State;
use super::job::Done;
use super::response::{Answer, Frameset, Piece, Stream};
use super::wire::Cut;
use crate::engine::{Exception, Stats};
use bytes::{Bytes, BytesMut};
use http_body_util::{Either, Full};
use std::fs::File;
use std::io::{self, PipeReader, Read, Seek, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, block_in_place};

/// As a server's `http_response_buffer_size`.
pub(super) const BUFFER: usize = 1 << 20;
/// What is held back beyond this goes into a file.
const IN_MEMORY: usize = 16 << 20;
const PIECE: usize = 1 << 16;

/// How much is held back before the status is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    UpTo(usize),
    All,
}

/// The result of a statement that is still running.
pub(super) struct Output {
    reader: pipe::Receiver,
    task: JoinHandle<Result<Done, Exception>>,
    watch: KillOnDrop,
    format: String,
    frame: Frameset,
    cut: Cut,
    timeout: Duration,
}

impl Output {
    pub(super) fn new(
        reader: PipeReader,
        task: JoinHandle<Result<Done, Exception>>,
        watch: KillOnDrop,
        format: String,
        frame: Frameset,
        cut: Cut,
        timeout: Duration,
    ) -> Result<Self, Exception> {
        let reader =
            pipe::Receiver::from_owned_fd(OwnedFd::from(reader)).map_err(|error| unreadable(&error))?;
        Ok(Self {
            reader,
            task,
            watch,
            format,
            frame,
            cut,
            timeout,
        })
    }

    /// Answers in one piece if the result is small, else as it comes.
    pub(super) async fn answer(mut self, hold: Hold) -> Result<Answer, Exception> {
        let limit = match hold {
            Hold::UpTo(limit) => limit,
            Hold::All => IN_MEMORY,
        };
        let mut start = BytesMut::new();
        while start.len() < limit {
            start.reserve(PIECE);
            if self.read(&mut start).await? == 0 {
                let done = self.finished().await?;
                return whole(&self.frame, &self.format, &done.stats, &start);
            }
        }
        if hold == Hold::All {
            return self.through_a_file(start).await;
        }
        let (sender, stream) = Stream::channel(self.cut.clone());
        let response = self.frame.success(&self.format, &Stats::default());
        tokio::spawn(self.forward(start, sender));
        Ok(response.map(|()| Either::Right(stream)))
    }

    async fn read(&mut self, into: &mut BytesMut) -> Result<usize, Exception> {
        self.reader
            .read_buf(into)
            .await
            .map_err(|error| unreadable(&error))
    }

    /// How the statement ended; from then on there is nothing to kill.
    async fn finished(&mut self) -> Result<Done, Exception> {
        let result = finished(&mut self.task).await;
        self.watch.disarm();
        result
    }

    async fn through_a_file(mut self, start: BytesMut) -> Result<Answer, Exception> {
        let on_file = |error: io::Error| {
            Exception::new(
                75,
                "CANNOT_WRITE_TO_FILE_DESCRIPTOR",
                format!("Cannot hold back the result in a temporary file: {error}"),
            )
        };
        let mut file = block_in_place(tempfile::tempfile).map_err(on_file)?;
        let mut piece = start;
        while !piece.is_empty() {
            block_in_place(|| file.write_all(&piece)).map_err(on_file)?;
            piece.clear();
            piece.reserve(PIECE);
            self.read(&mut piece).await?;
        }
        let done = self.finished().await?;
        block_in_place(|| file.rewind()).map_err(on_file)?;
        let (sender, stream) = Stream::channel(self.cut.clone());
        let response = self.frame.success(&self.format, &done.stats);
        tokio::spawn(from_file(file, self.frame, sender));
        Ok(response.map(|()| Either::Right(stream)))
    }

    async fn forward(mut self, start: BytesMut, sender: mpsc::Sender<Piece>) {
        let mut encoder = self.frame.encoder();
        let mut piece = start;
        let failure = loop {
            if piece.is_empty() {
                break self.finished().await.err();
            }
            match encoder.push(&piece) {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => {
                    let sending = sender.send(Piece::Data(bytes.into()));
                    if !matches!(tokio::time::timeout(self.timeout, sending).await, Ok(Ok(()))) {
                        return;
                    }
                }
                Err(error) => break Some(uncompressed(&error)),
            }
            piece.clear();
            piece.reserve(PIECE);
            let read = tokio::select! {
                read = self.reader.read_buf(&mut piece) => read,
                () = sender.closed() => return,
            };
            if let Err(error) = read {
                break Some(unreadable(&error));
            }
        };
        end(encoder, &self.frame, failure.as_ref(), &sender).await;
    }
}

async fn from_file(mut file: File, frame: Frameset, sender: mpsc::Sender<Piece>) {
    let mut encoder = frame.encoder();
    let mut piece = vec![0; PIECE];
    let failure = loop {
        let encoded = block_in_place(|| match file.read(&mut piece)? {
            0 => Ok(None),
            count => encoder.push(&piece[..count]).map(Some),
        });
        match encoded {
            Ok(None) => break None,
            Ok(Some(bytes)) if bytes.is_empty() => {}
            Ok(Some(bytes)) => {
                if sender.send(Piece::Data(bytes.into())).await.is_err() {
                    return;
                }
            }
            Err(error) => break Some(unreadable(&error)),
        }
    };
    end(encoder, &frame, failure.as_ref(), &sender).await;
}

/// The last piece of a body: what the encoder still holds, or the exception.
async fn end(
    mut encoder: Encoder,
    frame: &Frameset,
    failure: Option<&Exception>,
    sender: &mpsc::Sender<Piece>,
) {
    let piece = match failure {
        None => encoder.finish().map(|bytes| Piece::Data(bytes.into())),
        Some(exception) => encoder.flush().and_then(|mut bytes| {
            bytes.extend(encoder.push(frame.cut(exception).as_bytes())?);
            bytes.extend(encoder.flush()?);
            Ok(Piece::Last(bytes.into()))
        }),
    };
    // What cannot be compressed cuts the body as an exception does. A client that has gone misses nothing.
    let piece = piece.unwrap_or(Piece::Last(Bytes::new()));
    if !matches!(&piece, Piece::Data(bytes) if bytes.is_empty()) {
        let _ = sender.send(piece).await;
    }
}

/// An answer in one piece.
pub(super) fn whole(frame: &Frameset, format: &str, stats: &Stats, body: &[u8]) -> Result<Answer, Exception> {
    let mut encoder = frame.encoder();
    let encoded = encoder.push(body).and_then(|mut bytes| {
        bytes.extend(encoder.finish()?);
        Ok(bytes)
    });
    let bytes = encoded.map_err(|error| uncompressed(&error))?;
    Ok(frame
        .success(format, stats)
        .map(|()| Either::Left(Full::new(bytes.into()))))
}

/// How a statement's thread ended.
pub(super) async fn finished(task: &mut JoinHandle<Result<Done, Exception>>) -> Result<Done, Exception> {
    task.await.unwrap_or_else(|error| {
        Err(Exception::new(
            49,
            "LOGICAL_ERROR",
            format!("the statement's thread failed: {error}"),
        ))
    })
}

fn uncompressed(error: &io::Error) -> Exception {
    Exception::new(
        270,
        "CANNOT_COMPRESS",
        format!("Cannot compress the result: {error}"),
    )
}

fn unreadable(error: &io::Error) -> Exception {
    Exception::new(
        74,
        "CANNOT_READ_FROM_FILE_DESCRIPTOR",
        format!("Cannot read the result: {error}"),
    )
}

/// Ends a query whose client has gone.
pub(super) struct KillOnDrop {
    state: Arc<State>,
    query_id: Option<String>,
}

impl KillOnDrop {
    pub(super) fn new(state: Arc<State>, query_id: String) -> Self {
        Self {
            state,
            query_id: Some(query_id),
        }
    }

    fn disarm(&mut self) {
        self.query_id = None;
    }
}

impl Drop for KillOnDrop {
    fn drop(&mut self) {
        if let Some(id) = self.query_id.take() {
            let state = Arc::clone(&self.state);
            // The engine blocks, and this runs on a thread of the runtime.
            std::thread::spawn(move || state.kill(&id));
        }
    }
}
