//! Where a file's bytes are: wherever the caller opens it, or in memory. In: bytes, or how to open the file. Out:
//! readers from the beginning or from any place, as many as are asked for.

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use bytes::Bytes;

use crate::tell;

/// What can be read in any order.
pub trait ReadSeek: Read + Seek + Send {}
impl<R: Read + Seek + Send> ReadSeek for R {}

type Open = dyn Fn() -> io::Result<Box<dyn ReadSeek>> + Send + Sync;

/// A file that can be opened again.
#[derive(Clone)]
pub struct Source(Arc<Open>);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<Bytes> for Source {
    fn from(bytes: Bytes) -> Self {
        Self::opened(move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }
}

impl Source {
    /// Of a function that opens it: for a file on disk, whoever may touch the disk has one.
    pub fn opened(
        open: impl Fn() -> io::Result<Box<dyn ReadSeek>> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(open))
    }

    /// Its first bytes.
    pub(crate) fn head(&self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?
            .take(tell::HEAD as u64)
            .read_to_end(&mut head)?;
        Ok(head)
    }

    /// Its bytes, counted.
    pub(crate) fn length(&self) -> io::Result<u64> {
        self.seekable()?.seek(SeekFrom::End(0))
    }

    /// A reader from the beginning.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        self.at(0)
    }

    /// A reader from a place.
    pub(crate) fn at(&self, place: u64) -> io::Result<Box<dyn Read + Send>> {
        let mut reader = self.seekable()?;
        if place > 0 {
            reader.seek(SeekFrom::Start(place))?;
        }
        Ok(Box::new(reader))
    }

    /// A reader in any order.
    pub(crate) fn seekable(&self) -> io::Result<Box<dyn ReadSeek>> {
        (self.0)()
    }
}
