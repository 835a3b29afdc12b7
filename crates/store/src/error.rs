//! What can go wrong with a store, with what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// Why a store cannot do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no file.
    #[error("there is no store at {path}; `crossread add PATH --db {path}` makes one", path = .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{path} is no Crossread store; give another file with --db", path = .0.display())]
    NotAStore(PathBuf),
    /// The file was written by a later program.
    #[error(
        "{path} was written by a newer Crossread (store version {found}; this program reads up to {reads}); update the program",
        path = .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The latest version that this program reads.
        reads: u32,
    },
    /// The file does not hold what it should.
    #[error(
        "{path} is damaged ({what}); `crossread check --db {path}` names what is lost, and a copy of the file or an export can be put in its place",
        path = .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// In what.
        what: String,
    },
    /// Another process writes.
    #[error("another crossread is writing to {path}; try again when it is done", path = .0.display())]
    Busy(PathBuf),
    /// No room is left.
    #[error(
        "the disk that holds {path} is full; what was reported as added is safe, the rest can be added again when there is room",
        path = .0.display()
    )]
    Full(PathBuf),
    /// It lies where nothing can be written.
    #[error(
        "{path} lies where this user may not write: it can be read, searched, exported and served, and nothing added; copy \
         it with its -wal file to another place to write to it",
        path = .0.display()
    )]
    ReadOnly(PathBuf),
    /// The last changes lie beside the file, and cannot be read where it lies.
    #[error(
        "{path} cannot be read where it lies, for a log of changes beside it (-wal) was left by a program that was \
         stopped; copy both to a place where this user may write and open them there",
        path = .0.display()
    )]
    Unsettled(PathBuf),
    /// The file cannot be had.
    #[error("cannot open {path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Anything else that the database says.
    #[error("{path}: {source}", path = .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}

impl Error {
    /// What the database says, in the store's terms.
    pub(crate) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        // The index of the log cannot grow: readers need a little room, too.
        if source.sqlite_error().map(|error| error.extended_code) == Some(SQLITE_IOERR_SHMSIZE) {
            return Self::Full(path);
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotAStore(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                what: source.to_string(),
            },
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            _ => Self::Database { path, source },
        }
    }

    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            std::io::ErrorKind::StorageFull => Self::Full(path),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            _ => Self::Io { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_without_room_for_the_index_of_the_log_is_full() {
        let code = rusqlite::ffi::Error::new(SQLITE_IOERR_SHMSIZE);
        let error = Error::of(
            Path::new("news.db"),
            rusqlite::Error::SqliteFailure(code, None),
        );
        assert!(matches!(error, Error::Full(_)), "{error}");
    }
}
