//! What is watched. In: addresses. Out: when each was looked at, what it said of itself, and which pages
//! wait to be fetched.

use std::path::Path;

use rusqlite::{Row, params};

use crate::{Batch, Error, Reader};

/// A feed as it was last looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedRow {
    /// Its address.
    pub url: String,
    /// The tag of the version that was last seen, for conditional requests.
    pub etag: Option<String>,
    /// When that was modified, as the server put it.
    pub modified: Option<String>,
    /// When it is looked at again, seconds since 1970.
    pub next: i64,
    /// How often it failed since it last did not.
    pub failures: u32,
    /// What came of the last look.
    pub told: String,
}

/// A page that a feed named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRow {
    /// Its address.
    pub url: String,
    /// How its feed told that it changed.
    pub stamp: String,
    /// When it was fetched or given up; it waits while there is none.
    pub at: Option<i64>,
    /// How often it failed.
    pub failures: u32,
    /// What came of it.
    pub told: String,
}

/// What is watched because a reader asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRow {
    /// Its address.
    pub url: String,
    /// Who asked for it.
    pub by: String,
    /// Since when, seconds since 1970.
    pub since: i64,
    /// What came of the last look, where there was one.
    pub feed: Option<FeedRow>,
}

/// Has something watched from now on. Articles may be added meanwhile.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn watch(path: &Path, url: &str, by: &str, at: i64) -> Result<(), Error> {
    let sql = "INSERT OR IGNORE INTO source (url, by, since) VALUES (?, ?, ?)";
    Reader::open(path)?
        .change(sql, params![url, by, at])
        .map(|_| ())
}

/// Has something watched no more; whether it was.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn unwatch(path: &Path, url: &str) -> Result<bool, Error> {
    let gone = Reader::open(path)?.change("DELETE FROM source WHERE url = ?", [url])?;
    Ok(gone > 0)
}

fn page(row: &Row<'_>) -> rusqlite::Result<PageRow> {
    Ok(PageRow {
        url: row.get(0)?,
        stamp: row.get(1)?,
        at: row.get(2)?,
        failures: row.get(3)?,
        told: row.get(4)?,
    })
}

impl Reader {
    /// What is watched because a reader asked for it, by address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sources(&self) -> Result<Vec<SourceRow>, Error> {
        let sql = "SELECT url, by, since FROM source ORDER BY url";
        let mut rows = self.all(sql, [], |row| {
            Ok(SourceRow {
                url: row.get(0)?,
                by: row.get(1)?,
                since: row.get(2)?,
                feed: None,
            })
        })?;
        for row in &mut rows {
            row.feed = self.feed(&row.url)?;
        }
        Ok(rows)
    }

    /// A feed by its address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn feed(&self, url: &str) -> Result<Option<FeedRow>, Error> {
        let sql = "SELECT url, etag, modified, next, failures, told FROM feed WHERE url = ?";
        self.one(sql, [url], |row| {
            Ok(FeedRow {
                url: row.get(0)?,
                etag: row.get(1)?,
                modified: row.get(2)?,
                next: row.get(3)?,
                failures: row.get(4)?,
                told: row.get(5)?,
            })
        })
    }

    /// A page by its address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn watched_page(&self, url: &str) -> Result<Option<PageRow>, Error> {
        let sql = "SELECT url, stamp, at, failures, told FROM page WHERE url = ?";
        self.one(sql, [url], page)
    }

    /// The pages that wait to be fetched.
    ///
    /// # Errors
    /// Those of the database.
    pub fn waiting_pages(&self) -> Result<Vec<PageRow>, Error> {
        let sql = "SELECT url, stamp, at, failures, told FROM page WHERE at IS NULL ORDER BY url";
        self.all(sql, [], page)
    }
}

impl Batch<'_> {
    /// Notes what came of a look at a feed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn feed(&self, feed: &FeedRow) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO feed (url, etag, modified, next, failures, told) \
             VALUES (?, ?, ?, ?, ?, ?)",
            params![
                feed.url,
                feed.etag,
                feed.modified,
                feed.next,
                feed.failures,
                feed.told
            ],
        )?;
        Ok(())
    }

    /// Notes what came of a page, or that it waits.
    ///
    /// # Errors
    /// Those of the database.
    pub fn page(&self, page: &PageRow) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO page (url, stamp, at, failures, told) VALUES (?, ?, ?, ?, ?)",
            params![page.url, page.stamp, page.at, page.failures, page.told],
        )?;
        Ok(())
    }
}
