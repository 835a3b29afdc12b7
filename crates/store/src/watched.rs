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
    /// When it was published, by its feed: RFC 3339, or a day.
    pub published: Option<String>,
    /// Who published it, by its feed.
    pub outlet: Option<String>,
    /// The host of that outlet's own pages.
    pub site: Option<String>,
    /// The tag of the version that was last seen, for conditional requests.
    pub etag: Option<String>,
    /// When that was modified, as the server put it.
    pub modified: Option<String>,
    /// When it was published, as far as is known, else first fetched; seconds since 1970.
    pub born: Option<i64>,
    /// When it is looked at again though its feed names no change, seconds since 1970.
    pub again: Option<i64>,
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

/// The columns of a [`PageRow`].
const PAGE: &str =
    "url, stamp, at, failures, told, published, outlet, site, etag, modified, born, again";

fn page(row: &Row<'_>) -> rusqlite::Result<PageRow> {
    Ok(PageRow {
        url: row.get(0)?,
        stamp: row.get(1)?,
        at: row.get(2)?,
        failures: row.get(3)?,
        told: row.get(4)?,
        published: row.get(5)?,
        outlet: row.get(6)?,
        site: row.get(7)?,
        etag: row.get(8)?,
        modified: row.get(9)?,
        born: row.get(10)?,
        again: row.get(11)?,
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
        let sql = format!("SELECT {PAGE} FROM page WHERE url = ?");
        self.one(&sql, [url], page)
    }

    /// The pages that wait to be fetched.
    ///
    /// # Errors
    /// Those of the database.
    pub fn waiting_pages(&self) -> Result<Vec<PageRow>, Error> {
        let sql = format!("SELECT {PAGE} FROM page WHERE at IS NULL ORDER BY url");
        self.all(&sql, [], page)
    }

    /// Pages that are to be looked at again up to a time, in that order, so many at most: those behind a time and an
    /// address.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pages_due(
        &self,
        behind: (i64, &str),
        until: i64,
        most: u32,
    ) -> Result<Vec<PageRow>, Error> {
        let sql = format!(
            "SELECT {PAGE} FROM page WHERE again IS NOT NULL AND (again, url) > (?, ?) AND again <= ? \
             AND at IS NOT NULL ORDER BY again, url LIMIT ?"
        );
        self.all(&sql, params![behind.0, behind.1, until, most], page)
    }

    /// The page that is looked at again next, with the time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn page_due_next(&self) -> Result<Option<(i64, String)>, Error> {
        let sql = "SELECT again, url FROM page WHERE again IS NOT NULL AND at IS NOT NULL \
                   ORDER BY again, url LIMIT 1";
        self.one(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
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
            &format!(
                "INSERT OR REPLACE INTO page ({PAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ),
            params![
                page.url,
                page.stamp,
                page.at,
                page.failures,
                page.told,
                page.published,
                page.outlet,
                page.site,
                page.etag,
                page.modified,
                page.born,
                page.again
            ],
        )?;
        Ok(())
    }
}
