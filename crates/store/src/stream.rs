//! The stream of stories as it lies on disk: a state now and then, and the batches since. In: nothing. Out:
//! what is needed to go on exactly where the last batch ended.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::{Error, Reader};

/// What the store keeps of the stream.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The last state, empty where there is none.
    pub state: Vec<u8>,
    /// Which program made it.
    pub made: String,
    /// How many versions it covers.
    pub covers: u32,
    /// How many versions there are, those taken out included.
    pub len: u32,
    /// First and last version of every batch that the state does not cover, and when it came.
    pub batches: Vec<(u32, u32, i64)>,
}

/// How far the stream has come: two that are the same are one stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The last batch.
    pub batch: i64,
    /// How often the stories were put in the place of others.
    pub grouped: i64,
}

/// The setting that counts how often the stories were put in the place of others.
pub(crate) const GROUPED: &str = "grouped";

impl Reader {
    /// How far the stream has come.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reached(&self) -> Result<Reached, Error> {
        let last = "SELECT coalesce(max(n), 0) FROM batch";
        let grouped = self.setting(GROUPED)?;
        Ok(Reached {
            batch: self.one(last, [], |row| row.get(0))?.unwrap_or(0),
            grouped: grouped.and_then(|n| n.parse().ok()).unwrap_or(0),
        })
    }

    /// The batches after one: first and last version, and when each came.
    ///
    /// # Errors
    /// Those of the database.
    pub fn batches_after(&self, batch: i64) -> Result<Vec<(u32, u32, i64)>, Error> {
        let sql = "SELECT first, last, at FROM batch WHERE n > ? ORDER BY n";
        self.all(sql, [batch], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    /// The stream.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stream(&self) -> Result<Stream, Error> {
        let read = || -> rusqlite::Result<Stream> {
            let mut stream = Stream::default();
            let covers = "SELECT seq, made FROM state ORDER BY part LIMIT 1";
            let covers: Option<(u32, String)> = self
                .connection
                .query_row(covers, [], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            (stream.covers, stream.made) = covers.unwrap_or_default();
            let size = "SELECT coalesce(sum(length(bytes)), 0) FROM state";
            let size: i64 = self.connection.query_row(size, [], |row| row.get(0))?;
            stream
                .state
                .reserve_exact(usize::try_from(size).unwrap_or(0));
            let mut parts = self
                .connection
                .prepare("SELECT bytes FROM state ORDER BY part")?;
            let mut rows = parts.query([])?;
            while let Some(row) = rows.next()? {
                stream.state.extend_from_slice(row.get_ref(0)?.as_blob()?);
            }
            stream.len = self.connection.query_row(
                "SELECT coalesce(max(last) + 1, 0) FROM batch",
                [],
                |row| row.get(0),
            )?;
            let mut batches = self
                .connection
                .prepare("SELECT first, last, at FROM batch WHERE last >= ? ORDER BY n")?;
            let rows = batches.query_map([stream.covers], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            stream.batches = rows.collect::<rusqlite::Result<_>>()?;
            Ok(stream)
        };
        read().map_err(|e| self.error(e))
    }

    /// Every batch: first and last version, and when it came.
    ///
    /// # Errors
    /// Those of the database.
    pub fn batches(&self) -> Result<Vec<(u32, u32, i64)>, Error> {
        self.batches_after(0)
    }

    /// Of the versions between two, both included, those that another version of the same article goes before,
    /// with that one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn earlier_versions(&self, first: u32, last: u32) -> Result<Vec<(u32, u32)>, Error> {
        self.all(
            "SELECT v.seq, b.seq FROM version v JOIN version b \
             ON b.article = v.article AND b.number = v.number - 1 \
             WHERE v.number > 1 AND v.seq BETWEEN ?1 AND ?2",
            [first, last],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Every article's newest version with the story it is in, from a version on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn placed(&self, from: u32) -> Result<Vec<(u32, u32)>, Error> {
        let sql = "SELECT seq, story FROM article WHERE seq >= ?";
        self.all(sql, [from], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// For each story's id its articles: their numbers and newest versions.
    ///
    /// # Errors
    /// Those of the database.
    pub fn members_by_story_id(&self) -> Result<BTreeMap<String, Vec<(i64, u32)>>, Error> {
        let rows = self.all(
            "SELECT coalesce(s.id, ''), a.n, a.seq FROM article a LEFT JOIN story s ON s.n = a.story",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let mut members: BTreeMap<String, Vec<(i64, u32)>> = BTreeMap::new();
        for (story, n, seq) in rows {
            members.entry(story).or_default().push((n, seq));
        }
        Ok(members)
    }

    /// The id of a story by its number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_id_of(&self, story: u32) -> Result<Option<String>, Error> {
        self.one("SELECT id FROM story WHERE n = ?", [story], |row| {
            row.get(0)
        })
    }
}
