//! The socket of a connection, and how a body is cut off after its last bytes are surely on the way: hyper drops
//! what it has buffered when a body fails, so the failure waits until the socket has been flushed.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Where the end of a body is on its way. Shared by a connection and the body that it sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut(Arc<Mutex<Progress>>);

#[derive(Debug, Default)]
enum Progress {
    #[default]
    Open,
    /// The last piece was given to hyper; the body waits.
    Given(Option<Waker>),
    /// It has left.
    Flushed,
}

impl Cut {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece is the last.
    pub(super) fn give(&self) {
        *self.progress() = Progress::Given(None);
    }

    /// Ready when the last piece has left.
    pub(super) fn poll_flushed(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut progress = self.progress();
        match &mut *progress {
            Progress::Given(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            Progress::Open | Progress::Flushed => Poll::Ready(()),
        }
    }

    fn flushed(&self) {
        let mut progress = self.progress();
        if let Progress::Given(waker) = &mut *progress {
            let waker = waker.take();
            *progress = Progress::Flushed;
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

/// The socket of one connection.
#[derive(Debug)]
pub(super) struct Wire {
    socket: TcpStream,
    cut: Cut,
}

impl Wire {
    pub(super) fn new(socket: TcpStream, cut: Cut) -> Self {
        Self { socket, cut }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, data)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.socket).poll_flush(context);
        if let Poll::Ready(Ok(())) = flushed {
            self.cut.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, data)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}
