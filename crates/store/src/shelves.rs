//! What was learnt of outlets. In: their names. Out: the bytes that were kept of each; what they mean the page stage
//! knows, and refuses those of another way of reading.

use crate::{Batch, Error, Reader};

impl Reader {
    /// What was learnt of an outlet, where anything was.
    ///
    /// # Errors
    /// Those of the database.
    pub fn shelf(&self, outlet: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT bytes FROM shelf WHERE outlet = ?";
        self.one(sql, [outlet], |row| row.get(0))
    }
}

impl Batch<'_> {
    /// Keeps what was learnt of an outlet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_shelf(&self, outlet: &str, bytes: &[u8]) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO shelf (outlet, bytes) VALUES (?, ?)";
        self.run(sql, (outlet, bytes))?;
        Ok(())
    }
}
