//! In: an id, a page, a hash. Out: what the store has of an article: its row, its versions, their bytes.

use model::{Article, Published, Sha256};
use rusqlite::{Row, params};

use crate::{Error, Reader, record, unpack};

const SECONDS_A_DAY: i64 = 86_400;

/// What the store lists of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number, in order of arrival.
    pub n: i64,
    /// Its public id.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// When it was published, RFC 3339.
    pub published: Option<String>,
    /// When it was added, seconds since 1970.
    pub added: i64,
    /// How many versions there are.
    pub versions: u32,
    /// The id of its story.
    pub story: Option<String>,
}

/// A page that the store knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The article's number.
    pub n: i64,
    /// Its public id.
    pub id: String,
    /// Its newest version's number in the stream.
    pub seq: u32,
    /// How many versions there are.
    pub versions: u32,
    /// The hash of the newest version's bytes.
    pub sha256: Sha256,
    /// The story it is in.
    pub story: u32,
}

/// A version of an article with all that was kept of it.
#[derive(Clone, Debug)]
pub struct Version {
    /// The article's number.
    pub n: i64,
    /// 1 is the first.
    pub number: u32,
    /// Its number in the stream of stories.
    pub seq: u32,
    /// The article as it was read.
    pub article: Article,
    /// What brought it.
    pub source: String,
    /// When it was fetched, seconds since 1970.
    pub fetched: i64,
}

pub(crate) fn published(article: &Article) -> Option<String> {
    article.published.as_ref().map(Published::rfc3339)
}

pub(crate) fn day_of(article: &Article) -> Option<i64> {
    let published = article.published?;
    Some(published.order().div_euclid(SECONDS_A_DAY))
}

/// The columns of an [`ArticleRow`], of `article a LEFT JOIN story s ON s.n = a.story`.
pub(crate) const ROW: &str = "a.n, a.id, a.outlet, a.title, a.url, a.language, a.published, a.added, \
                              a.versions, s.id";

pub(crate) fn row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        n: row.get(0)?,
        id: row.get(1)?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        language: row.get(5)?,
        published: row.get(6)?,
        added: row.get(7)?,
        versions: row.get(8)?,
        story: row.get(9)?,
    })
}

fn hash(bytes: &[u8]) -> Sha256 {
    let mut hash = [0; 32];
    if bytes.len() == hash.len() {
        hash.copy_from_slice(bytes);
    }
    Sha256(hash)
}

impl Reader {
    fn known_by(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<Known>, Error> {
        self.one(sql, values, |row| {
            let sha256: Vec<u8> = row.get(3)?;
            Ok(Known {
                n: row.get(0)?,
                seq: row.get(1)?,
                versions: row.get(2)?,
                sha256: hash(&sha256),
                story: row.get(4)?,
                id: row.get(5)?,
            })
        })
    }

    /// The article of a page, by what makes it the same page.
    ///
    /// # Errors
    /// Those of the database.
    pub fn page(&self, page: &str) -> Result<Option<Known>, Error> {
        self.known_by(
            "SELECT a.n, a.seq, a.versions, v.sha256, a.story, a.id FROM article a \
             JOIN version v ON v.seq = a.seq WHERE a.page = ?",
            [page],
        )
    }

    /// The article with this public id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn by_id(&self, id: &str) -> Result<Option<Known>, Error> {
        self.known_by(
            "SELECT a.n, a.seq, a.versions, v.sha256, a.story, a.id FROM article a \
             JOIN version v ON v.seq = a.seq WHERE a.id = ?",
            [id],
        )
    }

    /// An article that any version of has these bytes and came from this path.
    ///
    /// # Errors
    /// Those of the database.
    pub fn with_bytes(&self, sha256: Sha256, path: &str) -> Result<Option<Known>, Error> {
        self.known_by(
            "SELECT a.n, a.seq, a.versions, v.sha256, a.story, a.id FROM version v \
             JOIN article a ON a.n = v.article WHERE v.sha256 = ? AND v.path = ? \
             ORDER BY v.seq LIMIT 1",
            params![&sha256.0[..], path],
        )
    }

    /// What is listed of an article.
    ///
    /// # Errors
    /// Those of the database.
    pub fn article(&self, id: &str) -> Result<Option<ArticleRow>, Error> {
        let sql = format!(
            "SELECT {ROW} FROM article a LEFT JOIN story s ON s.n = a.story WHERE a.id = ?"
        );
        self.one(&sql, [id], row)
    }

    /// Articles in order of arrival, after this number, so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn articles_after(&self, n: i64, limit: u32) -> Result<Vec<ArticleRow>, Error> {
        let sql = format!(
            "SELECT {ROW} FROM article a LEFT JOIN story s ON s.n = a.story WHERE a.n > ? \
             ORDER BY a.n LIMIT ?"
        );
        self.all(&sql, params![n, limit], row)
    }

    /// The versions of an article, the first first.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where a version cannot be unpacked.
    pub fn versions(&self, n: i64) -> Result<Vec<Version>, Error> {
        self.versions_where("article = ?1 AND ?2 = ?2", n, 0)
    }

    /// The versions with these numbers in the stream, both ends included.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where a version cannot be unpacked.
    pub fn versions_between(&self, first: u32, last: u32) -> Result<Vec<Version>, Error> {
        self.versions_where("seq BETWEEN ?1 AND ?2", i64::from(first), i64::from(last))
    }

    /// The newest version of an article.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn newest(&self, id: &str) -> Result<Option<Version>, Error> {
        let Some(known) = self.by_id(id)? else {
            return Ok(None);
        };
        Ok(self.versions_between(known.seq, known.seq)?.pop())
    }

    /// One version of an article.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn version(&self, id: &str, number: u32) -> Result<Option<Version>, Error> {
        let Some(known) = self.by_id(id)? else {
            return Ok(None);
        };
        let which = "article = ?1 AND number = ?2";
        Ok(self
            .versions_where(which, known.n, i64::from(number))?
            .pop())
    }

    /// The newest versions of a story's articles, in order of arrival.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn of_story(&self, story: u32) -> Result<Vec<Version>, Error> {
        self.versions_where(
            "seq IN (SELECT seq FROM article WHERE story = ?1) AND ?2 = ?2",
            i64::from(story),
            0,
        )
    }

    fn versions_where(&self, which: &str, a: i64, b: i64) -> Result<Vec<Version>, Error> {
        type Packed = (i64, u32, u32, Vec<u8>, Vec<u8>, String, i64);
        let sql = format!(
            "SELECT article, number, seq, sha256, record, source, fetched FROM version \
             WHERE {which} ORDER BY seq"
        );
        let rows: Vec<Packed> = self.all(&sql, params![a, b], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
            ))
        })?;
        rows.into_iter()
            .map(|(n, number, seq, sha256, packed, source, fetched)| {
                let bytes = unpack(&packed);
                let article = bytes.and_then(|bytes| record::read(&bytes, hash(&sha256)));
                let article = article.ok_or_else(|| self.damaged(format!("version {seq}")))?;
                Ok(Version {
                    n,
                    number,
                    seq,
                    article,
                    source,
                    fetched,
                })
            })
            .collect()
    }

    /// The original bytes of a version, as they were fetched.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where they cannot be unpacked.
    pub fn original(&self, seq: u32) -> Result<Vec<u8>, Error> {
        self.blob("original", seq)
    }

    /// The annotations of a version: a line of `crossread annotate`.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where they cannot be unpacked.
    pub fn layers(&self, seq: u32) -> Result<Vec<u8>, Error> {
        self.blob("layers", seq)
    }

    fn blob(&self, column: &str, seq: u32) -> Result<Vec<u8>, Error> {
        let sql = format!("SELECT {column} FROM version WHERE seq = ?");
        let packed: Option<Vec<u8>> = self.one(&sql, [seq], |row| row.get(0))?;
        packed
            .and_then(|packed| unpack(&packed))
            .ok_or_else(|| self.damaged(format!("the {column} of version {seq}")))
    }

    pub(crate) fn damaged(&self, what: String) -> Error {
        Error::Damaged {
            path: self.path.clone(),
            what,
        }
    }

    /// How many articles, versions and stories there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn counts(&self) -> Result<[u64; 3], Error> {
        let counts = self.one(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version), \
             (SELECT count(*) FROM story)",
            [],
            |row| {
                let counts: [i64; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
                Ok(counts.map(|count| count.max(0) as u64))
            },
        )?;
        Ok(counts.unwrap_or_default())
    }
}
