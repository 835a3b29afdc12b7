//! Searches that the user keeps. In: a name and words. Out: the search, and of what came since it last told
//! of something, what fits. They are no part of what the one writer holds together, so that one can be kept
//! or let go while articles are added.

use std::path::Path;

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::articles::{self, ArticleRow};
use crate::search::expression;
use crate::{Batch, Error, Reader};

/// A search that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// What the user calls it.
    pub name: String,
    /// Words that all have to be there, as in [`crate::Query`].
    pub words: String,
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// An address that is told of what comes and fits.
    pub hook: Option<String>,
    /// When it was made, seconds since 1970.
    pub made: i64,
    /// The version up to which people were told: what fits from here on is news.
    pub told: u32,
    /// The version up to which its hook has taken what fits.
    pub posted: u32,
    /// How often its hook failed since it last did not.
    pub failures: u32,
    /// When its hook is tried again, seconds since 1970.
    pub due: i64,
    /// How its hook is written to; as its address tells where there is none.
    #[serde(default)]
    pub form: Option<String>,
    /// What its hook's messages are signed with.
    #[serde(default)]
    pub secret: Option<String>,
    /// Seconds between two messages, at least.
    #[serde(default)]
    pub every: i64,
}

/// Letters of a name at most.
const LONGEST: usize = 64;

const COLUMNS: &str =
    "name, words, outlet, hook, made, told, posted, failures, due, form, secret, every";

fn row(row: &Row<'_>) -> rusqlite::Result<SavedSearch> {
    Ok(SavedSearch {
        name: row.get(0)?,
        words: row.get(1)?,
        outlet: row.get(2)?,
        hook: row.get(3)?,
        made: row.get(4)?,
        told: row.get(5)?,
        posted: row.get(6)?,
        failures: row.get(7)?,
        due: row.get(8)?,
        form: row.get(9)?,
        secret: row.get(10)?,
        every: row.get(11)?,
    })
}

impl SavedSearch {
    /// Why it cannot be kept, for people; nothing where it can. A name stands in addresses and lists: letters,
    /// digits, spaces, `-` and `_`.
    pub fn fault(&self) -> Option<String> {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let name = self.name.as_str();
        let first = name.chars().next().is_some_and(char::is_alphanumeric);
        if name.trim() != name || !first || !name.chars().all(fits) {
            return Some(
                "a search is called by letters, digits, spaces, - and _, a letter or digit first"
                    .to_owned(),
            );
        }
        if name.chars().count() > LONGEST {
            return Some(format!(
                "the name of a search has at most {LONGEST} letters"
            ));
        }
        expression(&self.words)
            .is_none()
            .then(|| "a search needs a word that can be looked for".to_owned())
    }
}

impl Reader {
    /// The searches that are kept, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn searches(&self) -> Result<Vec<SavedSearch>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM search ORDER BY name");
        self.all(&sql, [], row)
    }

    /// One of them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn saved(&self, name: &str) -> Result<Option<SavedSearch>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM search WHERE name = ?");
        self.one(&sql, [name], row)
    }

    /// How many versions there were ever: the number that the next one gets.
    ///
    /// # Errors
    /// Those of the database.
    pub fn arrived(&self) -> Result<u32, Error> {
        let sql = "SELECT coalesce(max(last) + 1, 0) FROM batch";
        Ok(self.one(sql, [], |row| row.get(0))?.unwrap_or(0))
    }

    /// Of the articles whose newest version is one of these, those that a search finds, in order of arrival.
    ///
    /// # Errors
    /// Those of the database.
    pub fn arrivals(
        &self,
        search: &SavedSearch,
        versions: std::ops::Range<u32>,
    ) -> Result<Vec<ArticleRow>, Error> {
        let Some(words) = expression(&search.words) else {
            return Ok(Vec::new());
        };
        // What came drives, not the words: it is little, a common word's articles are many.
        let sql = format!(
            "SELECT {} FROM article a CROSS JOIN words ON words.rowid = a.n \
             LEFT JOIN story s ON s.n = a.story \
             WHERE a.seq >= ? AND a.seq < ? AND words MATCH ? AND (?4 IS NULL OR a.outlet = ?4) \
             ORDER BY a.seq",
            articles::ROW
        );
        let values = params![versions.start, versions.end, words, search.outlet];
        self.all(&sql, values, articles::row)
    }
}

/// Keeps a search, in place of one of that name: what comes from now on is news. Articles may be added
/// meanwhile.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn save(path: &Path, search: &SavedSearch) -> Result<(), Error> {
    let reader = Reader::open(path)?;
    let sql = format!(
        "INSERT OR REPLACE INTO search ({COLUMNS}) \
         SELECT ?, ?, ?, ?, ?, coalesce(max(last) + 1, 0), coalesce(max(last) + 1, 0), 0, 0, ?, ?, ? FROM batch"
    );
    let values = params![
        search.name,
        search.words,
        search.outlet,
        search.hook,
        search.made,
        search.form,
        search.secret,
        search.every
    ];
    reader.change(&sql, values).map(|_| ())
}

/// Lets a search go; whether there was one.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn forget(path: &Path, name: &str) -> Result<bool, Error> {
    let reader = Reader::open(path)?;
    let gone = reader.change("DELETE FROM search WHERE name = ?", [name])?;
    Ok(gone > 0)
}

impl Batch<'_> {
    /// Notes how far a search told, and how its hook fares.
    ///
    /// # Errors
    /// Those of the database.
    pub fn told(&self, search: &SavedSearch) -> Result<(), Error> {
        // One that was kept anew under the same name meanwhile tells for itself.
        self.run(
            "UPDATE search SET told = ?, posted = ?, failures = ?, due = ? WHERE name = ? AND made = ?",
            params![
                search.told,
                search.posted,
                search.failures,
                search.due,
                search.name,
                search.made
            ],
        )?;
        Ok(())
    }

    /// Puts a search where an export had it.
    pub(crate) fn put_search(&self, search: &SavedSearch) -> Result<(), Error> {
        let sql =
            format!("INSERT INTO search ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        self.run(
            &sql,
            params![
                search.name,
                search.words,
                search.outlet,
                search.hook,
                search.made,
                search.told,
                search.posted,
                search.failures,
                search.due,
                search.form,
                search.secret,
                search.every
            ],
        )?;
        Ok(())
    }
}
