//! A bound on what swells. In: a reader of packed bytes and one of what they unpack to. Out: the latter, which fails
//! where it gives far more than went in.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Limits;

/// Counts what is read.
pub(crate) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// A reader and its count.
    pub(crate) fn new(inner: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        let counted = Self {
            inner,
            count: count.clone(),
        };
        (counted, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Fails where it gives far more than went in.
pub(crate) struct Limited<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    given: u64,
    limits: Limits,
}

impl<R> Limited<R> {
    /// `packed` counts what goes into `inner`.
    pub(crate) fn new(inner: R, packed: Arc<AtomicU64>, limits: Limits) -> Self {
        Self {
            inner,
            packed,
            given: 0,
            limits,
        }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        let most = self
            .packed
            .load(Ordering::Relaxed)
            .saturating_mul(self.limits.ratio);
        if self.given > self.limits.ratio_from && self.given > most {
            let why = format!(
                "it swells to more than {} times its size; if that is right, unpack it first",
                self.limits.ratio
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok(read)
    }
}
