//! What holds for one store. In: a key. Out: what was set.

use crate::{Batch, Error, Reader};

impl Reader {
    /// What was set for this store.
    ///
    /// # Errors
    /// Those of the database.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT value FROM setting WHERE key = ?";
        self.one(sql, [key], |row| row.get(0))
    }
}

impl Batch<'_> {
    /// Sets something for this store.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set(&self, key: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)";
        self.run(sql, [key, value])?;
        Ok(())
    }
}
