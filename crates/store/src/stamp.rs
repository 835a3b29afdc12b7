//! Whether a store changed. In: a reader. Out: a number that is another one after every change.

use crate::{Error, Reader};

impl Reader {
    /// A number that changes whenever anybody else commits something to the store; it holds for this reader alone
    /// (SQLite's `data_version`). To ask costs microseconds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stamp(&self) -> Result<i64, Error> {
        let stamp = self.one("PRAGMA data_version", [], |row| row.get(0))?;
        Ok(stamp.unwrap_or_default())
    }
}
