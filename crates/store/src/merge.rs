//! Several stores on their way into one. In: a store. Out: what is in it, in an order that does not depend on which of
//! the stores is read first. In: another's lists. Out: those put beside the store's own.

use model::Sha256;

use crate::{Batch, Error, FeedRow, PageRow, Reader, SavedSearch};

/// A version of a page, by what tells it from all others and puts it in its place in time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Came {
    /// When it was fetched, seconds since 1970.
    pub fetched: i64,
    /// What makes it the same page.
    pub page: String,
    /// 1 is the first version that the store has of it.
    pub number: u32,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// Where it was found.
    pub path: String,
    /// Its number in the stream of its store.
    pub seq: u32,
}

impl Reader {
    /// Every version that the store has.
    ///
    /// # Errors
    /// Those of the database.
    pub fn came_in(&self) -> Result<Vec<Came>, Error> {
        let sql = "SELECT v.fetched, a.page, v.number, v.sha256, v.path, v.seq FROM version v \
                   JOIN article a ON a.n = v.article";
        self.all(sql, [], |row| {
            Ok(Came {
                fetched: row.get(0)?,
                page: row.get(1)?,
                number: row.get(2)?,
                sha256: Sha256(row.get(3)?),
                path: row.get(4)?,
                seq: row.get(5)?,
            })
        })
    }

    /// The ids that stories had, each with the one that it leads to now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn aliases(&self) -> Result<Vec<(String, String)>, Error> {
        self.all("SELECT id, now FROM alias ORDER BY id", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Every feed that was looked at.
    ///
    /// # Errors
    /// Those of the database.
    pub fn feeds(&self) -> Result<Vec<FeedRow>, Error> {
        let urls: Vec<String> =
            self.all("SELECT url FROM feed ORDER BY url", [], |row| row.get(0))?;
        let feeds = urls.iter().map(|url| self.feed(url));
        Ok(feeds
            .collect::<Result<Vec<_>, Error>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// Every page that a feed named.
    ///
    /// # Errors
    /// Those of the database.
    pub fn watched_pages(&self) -> Result<Vec<PageRow>, Error> {
        let urls: Vec<String> =
            self.all("SELECT url FROM page ORDER BY url", [], |row| row.get(0))?;
        let pages = urls.iter().map(|url| self.watched_page(url));
        Ok(pages
            .collect::<Result<Vec<_>, Error>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// The outlets of which something was learnt.
    ///
    /// # Errors
    /// Those of the database.
    pub fn shelved(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT outlet FROM shelf ORDER BY outlet", [], |row| {
            row.get(0)
        })
    }
}

impl Batch<'_> {
    /// Keeps a search of another store, all that came before counting as told. One that is there under this name stays;
    /// another of that name is kept under the next free one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_search(
        &self,
        search: &SavedSearch,
        there: &[SavedSearch],
    ) -> Result<Option<SavedSearch>, Error> {
        let same = |own: &SavedSearch| {
            (&own.words, &own.outlet, &own.hook) == (&search.words, &search.outlet, &search.hook)
        };
        if there.iter().any(same) {
            return Ok(None);
        }
        let free = |name: &String| there.iter().all(|own| own.name != *name);
        let names = (2..).map(|nth| format!("{} {nth}", search.name));
        let Some(name) = std::iter::once(search.name.clone()).chain(names).find(free) else {
            return Ok(None);
        };
        let taken = SavedSearch {
            name,
            ..search.clone()
        };
        self.put_search(&taken)?;
        Ok(Some(taken))
    }
}
