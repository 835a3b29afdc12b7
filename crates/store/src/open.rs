//! In: a path. Out: a store opened to read, or to write, made or brought up to date where needed. Refuses
//! files that are no store, of a later version, damaged, or being written by another process.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Params, Row, Transaction};

use crate::Error;

/// "Crsr": tells a store from other SQLite files.
const APPLICATION: i64 = 0x4372_7372;

/// The steps from nothing to the present version, one a version.
const STEPS: [&str; 5] = [
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
];

/// The version that this program writes.
pub const VERSION: u32 = STEPS.len() as u32;

/// How long a reader waits for a moment's lock, and a writer for its turn.
const WAIT: Duration = Duration::from_secs(10);
/// How often a writer that waits for its turn looks whether it has come.
const LOOK: Duration = Duration::from_millis(2);

/// Pages of the database that are kept in memory, in KiB.
const CACHE_KIB: i64 = 16_384;

/// A store opened to read. Readers see whole batches, while articles are added too.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// A store opened to write: one at a time, held by a lock that the system takes back from a process that
/// dies. Who has long to do lets others write in between ([`Writer::rest`]).
#[derive(Debug)]
pub struct Writer {
    reader: Reader,
    lock: File,
}

impl Deref for Writer {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Reader {
    /// Opens an existing store.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::NotAStore`], [`Error::Newer`], [`Error::Damaged`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let (reader, found) = opened(path)?;
        match found {
            0 => Err(Error::NotAStore(path.to_owned())),
            VERSION => {
                let only = reader.connection.pragma_update(None, "query_only", true);
                only.map_err(|e| reader.error(e))?;
                Ok(reader)
            }
            // An older one is brought up to date by whoever may write.
            found if found < VERSION => {
                drop(reader);
                drop(Writer::open(path)?);
                Self::open(path)
            }
            found => Err(newer(path, found)),
        }
    }

    /// The store's version; 0 for an empty file.
    fn schema(&self) -> Result<u32, Error> {
        let number = |name: &str| -> Result<i64, Error> {
            let value = self
                .connection
                .pragma_query_value(None, name, |row| row.get(0));
            value.map_err(|e| self.error(e))
        };
        let (application, version) = (number("application_id")?, number("user_version")?);
        let tables: i64 = self
            .connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        if application != APPLICATION && tables > 0 {
            return Err(Error::NotAStore(self.path.clone()));
        }
        Ok(u32::try_from(version).unwrap_or(u32::MAX))
    }

    /// Every row that a query gives.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let read = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(values, row)?.collect()
        };
        read().map_err(|e| self.error(e))
    }

    /// The first row that a query gives, if any.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        values: impl Params,
        row: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_row(values, row).optional()
        };
        read().map_err(|e| self.error(e))
    }

    /// Changes something that is no part of what the one writer holds together, and lasts; gives how many rows.
    pub(crate) fn change(&self, sql: &str, values: impl Params) -> Result<usize, Error> {
        let change = || -> rusqlite::Result<usize> {
            self.connection.pragma_update(None, "query_only", false)?;
            self.connection.pragma_update(None, "synchronous", "FULL")?;
            let done = self.connection.execute(sql, values);
            self.connection.pragma_update(None, "query_only", true)?;
            done
        };
        change().map_err(|e| self.error(e))
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> Error {
        Error::of(&self.path, source)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Writer {
    /// Opens a store, made where there is none.
    ///
    /// # Errors
    /// [`Error::Busy`] where another process writes; [`Error::NotAStore`], [`Error::Newer`],
    /// [`Error::Damaged`], [`Error::Full`], [`Error::Io`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let lock = lock(path)?;
        if !path.exists() {
            make(path)?;
        }
        let reader = settled(path)?;
        Ok(Self { reader, lock })
    }

    /// Lets others write, until it is woken. Whoever writes without being woken may undo what they did.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn rest(&self) -> Result<(), Error> {
        self.lock
            .unlock()
            .map_err(|e| Error::io(&self.reader.path, e))
    }

    /// Takes the store to write again, when whoever writes is done.
    ///
    /// # Errors
    /// [`Error::Busy`] where that takes too long.
    pub fn wake(&self) -> Result<(), Error> {
        turn(&self.lock, &self.reader.path)
    }
}

/// Opens a store to read, and tells its version.
fn opened(path: &Path) -> Result<(Reader, u32), Error> {
    let open = |place: &Path, flags: OpenFlags| {
        let reader = connect(place, flags)?;
        let found = reader.schema()?;
        Ok::<_, Error>((reader, found))
    };
    // A reader of a write-ahead log writes to its index, so the file is not opened read-only; no
    // statement of a reader can change the store.
    let first = match open(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Err(error) if cannot_be_written(&error) => error,
        opened => return opened,
    };
    // Where nobody may write, another user's log and index can be read as they are.
    match open(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        Err(error) if cannot_be_written(&error) => {}
        opened => return opened,
    }
    // Without a log the file is all there is, and who cannot write to it nor make a log finds it as it is.
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    match std::fs::metadata(&log) {
        Ok(log) if log.len() > 0 => return Err(Error::Unsettled(path.to_owned())),
        _ => {}
    }
    let Some(address) = still(path) else {
        return Err(first);
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let (mut reader, found) = open(&address, flags)?;
    path.clone_into(&mut reader.path);
    Ok((reader, found))
}

/// Whether a store could not be opened because its log or index cannot be made or written.
fn cannot_be_written(error: &Error) -> bool {
    match error {
        Error::ReadOnly(_) => true,
        Error::Database { source, .. } => {
            source.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen)
        }
        _ => false,
    }
}

/// The address by which the database takes a file for one that nobody changes.
fn still(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    let mut address = "file:".to_owned();
    for byte in path.to_str()?.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address.push_str("?immutable=1");
    Some(PathBuf::from(address))
}

/// Makes an empty store beside its place and moves it there when it is whole, so that a process that dies
/// meanwhile leaves no file that readers would take for something else.
fn make(path: &Path) -> Result<(), Error> {
    let mut place = path.as_os_str().to_owned();
    place.push(".new");
    let place = PathBuf::from(place);
    let clear = || {
        for end in ["", "-wal", "-shm"] {
            let mut left = place.clone().into_os_string();
            left.push(end);
            match std::fs::remove_file(&left) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(Error::io(&place, e)),
                _ => {}
            }
        }
        Ok(())
    };
    clear()?;
    let made = settled(&place).and_then(|store| moved(store, path));
    if made.is_err() {
        // What went wrong is told; what is left of it takes room on a disk that may be full.
        let _ = clear();
    }
    made
}

/// Moves a store that was made beside its place there, when its log is in the file: closing would leave it, without a
/// word, where the disk is full.
fn moved(store: Reader, path: &Path) -> Result<(), Error> {
    store.take_in_log()?;
    let place = store.path.clone();
    drop(store);
    std::fs::rename(&place, path).map_err(|e| Error::io(path, e))
}

/// Opens a store to write, brought up to date.
fn settled(path: &Path) -> Result<Reader, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let reader = connect(path, flags)?;
    let found = reader.schema()?;
    if found > VERSION {
        return Err(newer(path, found));
    }
    reader.settle(found).map_err(|e| reader.error(e))?;
    Ok(reader)
}

impl Reader {
    /// Keeps what is read from here on as it was at the first read, until what is given is dropped: whoever looks at all
    /// of it must not see half of what others take out meanwhile. Nothing where it stands still already.
    pub(crate) fn stands_still(&self) -> Option<Transaction<'_>> {
        self.connection.unchecked_transaction().ok()
    }

    /// Takes the whole log into the file.
    ///
    /// # Errors
    /// [`Error::Full`]; [`Error::Busy`] where somebody still reads what the log replaces.
    pub(crate) fn take_in_log(&self) -> Result<(), Error> {
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        match busy {
            0 => Ok(()),
            _ => Err(Error::Busy(self.path.clone())),
        }
    }

    /// Brings the tables up to date, and sets how the store is written.
    fn settle(&self, found: u32) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A commit that was reported stays, whatever happens to the machine.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        for (step, version) in STEPS.iter().zip(1u32..).skip(found as usize) {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE;\n{step}\nPRAGMA application_id = {APPLICATION};\
                 \nPRAGMA user_version = {version};\nCOMMIT;"
            ))?;
        }
        Ok(())
    }
}

fn newer(path: &Path, found: u32) -> Error {
    Error::Newer {
        path: path.to_owned(),
        found,
        reads: VERSION,
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Reader, Error> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| Error::of(path, e))?;
    let reader = Reader {
        connection,
        path: path.to_owned(),
    };
    let set = || -> rusqlite::Result<()> {
        reader.connection.busy_timeout(WAIT)?;
        reader.connection.set_prepared_statement_cache_capacity(64);
        reader
            .connection
            .pragma_update(None, "cache_size", -CACHE_KIB)?;
        reader
            .connection
            .pragma_update(None, "temp_store", "MEMORY")
    };
    set().map_err(|e| reader.error(e))?;
    Ok(reader)
}

/// The writer's lock: a file beside the store that stays when it is let go, since taking it away would
/// let two processes hold two locks.
fn lock(path: &Path) -> Result<File, Error> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut place = real.into_os_string();
    place.push(".lock");
    let place = PathBuf::from(place);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&place)
        .map_err(|e| match Error::io(&place, e) {
            Error::ReadOnly(_) if path.exists() => Error::ReadOnly(path.to_owned()),
            Error::ReadOnly(place) => Error::Io {
                path: place,
                source: ErrorKind::PermissionDenied.into(),
            },
            error => error,
        })?;
    turn(&file, path)?;
    Ok(file)
}

/// Waits for a turn to write.
fn turn(lock: &File, path: &Path) -> Result<(), Error> {
    let until = Instant::now() + WAIT;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(LOOK),
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(path.to_owned())),
            Err(TryLockError::Error(e)) => return Err(Error::io(path, e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_whose_log_cannot_be_taken_in_is_not_moved_to_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let (place, path) = (folder.path().join("a.db.new"), folder.path().join("a.db"));
        let store = settled(&place).expect("a store");
        store.take_in_log().expect("taken in");
        // Who reads what was there before keeps the log from being taken in, as a full disk does.
        let reader = Reader::open(&place).expect("a reader");
        let begun = reader.connection.unchecked_transaction().expect("begun");
        let before: i64 = begun
            .query_row("SELECT count(*) FROM article", [], |row| row.get(0))
            .expect("read");
        assert_eq!(before, 0);
        store
            .connection
            .execute_batch("INSERT INTO setting(key, value) VALUES ('a', 'b')")
            .expect("written");
        let at_once = store.connection.busy_timeout(Duration::ZERO);
        at_once.expect("set");
        let moved = moved(store, &path);
        assert!(matches!(moved, Err(Error::Busy(_))), "{moved:?}");
        assert!(!path.exists());
    }
}
