//! Where a file's bytes are: on disk, or in memory. In: a path or bytes. Out: readers from the beginning or from
//! any place, as many as are asked for.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;

use bytes::Bytes;

use crate::tell;

/// A file that can be opened again.
#[derive(Clone, Debug)]
pub enum Source {
    /// On disk.
    File(PathBuf),
    /// In memory.
    Bytes(Bytes),
}

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// What can be read in any order.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<R: Read + Seek + Send> ReadSeek for R {}

impl Source {
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
        Ok(match self {
            Self::File(path) => std::fs::metadata(path)?.len(),
            Self::Bytes(bytes) => bytes.len() as u64,
        })
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
        Ok(match self {
            Self::File(path) => Box::new(BufReader::with_capacity(128 << 10, File::open(path)?)),
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }
}
