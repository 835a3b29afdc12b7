//! Where answers go. In: somewhere to write to. Out: the same, and whether it took them. The protocol's own makers let go
//! of what cannot be written; who started the program is to be told.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;

/// Somewhere to write to.
pub struct Answers<W> {
    to: W,
    failed: Failed,
}

/// Why something could not be written, once it could not.
#[derive(Clone, Default)]
pub struct Failed(Arc<Mutex<Option<io::Error>>>);

impl Failed {
    /// Why; nothing where a client has gone away, which ends a conversation.
    pub fn why(&self) -> Option<io::Error> {
        let why = self.0.lock().ok()?.take();
        why.filter(|why| why.kind() != io::ErrorKind::BrokenPipe)
    }

    fn note<T>(&self, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if let Poll::Ready(Err(error)) = &done
            && let Ok(mut failed) = self.0.lock()
        {
            failed.get_or_insert_with(|| match error.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => error.kind().into(),
            });
        }
        done
    }
}

impl<W> Answers<W> {
    /// Answers that go there.
    pub fn to(to: W) -> (Self, Failed) {
        let failed = Failed::default();
        let answers = Self {
            to,
            failed: failed.clone(),
        };
        (answers, failed)
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Answers<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.to).poll_write(context, bytes);
        self.failed.note(done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.to).poll_flush(context);
        self.failed.note(done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.to).poll_shutdown(context);
        self.failed.note(done)
    }
}
