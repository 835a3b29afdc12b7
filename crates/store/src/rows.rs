//! In: a store's lists. Out: what in them does not go together: counts, newest versions, the stories of articles, the
//! numbers of the stream. Nothing is changed.

use crate::articles::{self, Version};
use crate::{Error, Reader};

/// A query that counts what does not hold, and what that is.
const ROWS: [(&str, &str); 11] = [
    (
        "SELECT count(*) FROM article WHERE n NOT IN (SELECT rowid FROM words)",
        "articles are not in the index of words",
    ),
    (
        "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT n FROM article)",
        "articles in the index of words are not there",
    ),
    (
        "SELECT count(*) FROM article WHERE seq NOT IN (SELECT seq FROM version) \
         OR story NOT IN (SELECT n FROM story)",
        "articles without their version or story",
    ),
    (
        "SELECT count(*) FROM version WHERE article NOT IN (SELECT n FROM article)",
        "versions without their article",
    ),
    (
        "SELECT count(*) FROM article a JOIN (SELECT article, count(*) AS count, max(number) AS last, max(seq) AS seq \
         FROM version GROUP BY article) v ON v.article = a.n \
         WHERE a.versions <> v.count OR v.count <> v.last OR a.seq <> v.seq",
        "articles that count their versions otherwise than they are there",
    ),
    (
        "SELECT count(*) FROM story s LEFT JOIN (SELECT story, count(*) AS count, count(DISTINCT outlet) AS outlets, \
         min(day) AS first, max(day) AS last FROM article GROUP BY story) a ON a.story = s.n \
         WHERE a.count IS NULL OR (s.articles, s.outlets) <> (a.count, a.outlets) \
         OR s.first IS NOT a.first OR s.last IS NOT a.last",
        "stories that count their articles otherwise than they are there",
    ),
    (
        "SELECT count(*) FROM story s WHERE fresh = 1 AND (SELECT count(*) FROM json_each(s.made_of) of \
         JOIN article a ON a.id = of.value ->> 0 AND a.versions = of.value ->> 1 AND a.story = s.n) <> s.articles",
        "stories whose report is not of their articles as they are",
    ),
    (
        "SELECT count(*) FROM name WHERE stories <> (SELECT count(DISTINCT story) FROM named WHERE name = name.n)",
        "names that count their stories otherwise than they are there",
    ),
    (
        "SELECT count(*) FROM (SELECT first, last, lag(last, 1, -1) OVER (ORDER BY n) AS before FROM batch) \
         WHERE first <> before + 1 OR last < first",
        "batches that do not go on where the last ended",
    ),
    (
        "SELECT count(*) FROM version WHERE seq > (SELECT coalesce(max(last), -1) FROM batch)",
        "versions that no batch brought",
    ),
    (
        "SELECT count(*) FROM follower WHERE story NOT IN (SELECT story FROM followed)",
        "followers of stories that are not followed",
    ),
];

impl Reader {
    /// What does not go together in the store's lists.
    pub(crate) fn row_faults(&self) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for (sql, what) in ROWS {
            let count: Option<i64> = self.one(sql, [], |row| row.get(0))?;
            let count = count.unwrap_or(0);
            found.extend((count > 0).then(|| format!("{count} {what}")));
        }
        Ok(found)
    }

    /// What the store lists of a version otherwise than its record has it.
    pub(crate) fn list_faults(&self, version: &Version) -> Result<Vec<String>, Error> {
        let sql = "SELECT a.id, v.path, a.seq = v.seq, a.url, a.outlet, a.title, a.language, a.published, a.day \
                   FROM version v JOIN article a ON a.n = v.article WHERE v.seq = ?";
        type Listed = (String, String, bool, [Option<String>; 5], Option<i64>);
        let listed: Option<Listed> = self.one(sql, [version.seq], |row| {
            let said = [
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ];
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, said, row.get(8)?))
        })?;
        let Some((id, path, newest, said, day)) = listed else {
            return Ok(Vec::new());
        };
        let article = &version.article;
        let mut found = Vec::new();
        let mut compare = |what: &str, same: bool| {
            found.extend((!same).then(|| format!("its {what} is not that of its record")));
        };
        compare("id", id == article.id.as_str());
        compare("path", path == article.path);
        if newest {
            let own = [
                article.url.clone(),
                article.outlet.clone(),
                article.title.clone(),
                article.language.clone(),
                articles::published(article),
            ];
            let names = ["address", "outlet", "headline", "language", "day"];
            for (what, (said, own)) in names.into_iter().zip(said.iter().zip(&own)) {
                compare(what, said == own);
            }
            compare("day", day == articles::day_of(article));
        }
        found.dedup();
        Ok(found)
    }

    /// The versions with these numbers in the stream, both ends included, that can be unpacked.
    ///
    /// # Errors
    /// Those of the database.
    pub fn readable(&self, first: u32, last: u32) -> Result<Vec<Version>, Error> {
        match self.versions_between(first, last) {
            Err(Error::Damaged { .. }) => {}
            read => return read,
        }
        let mut all = Vec::new();
        for seq in first..=last {
            match self.versions_between(seq, seq) {
                Err(Error::Damaged { .. }) => {}
                read => all.extend(read?),
            }
        }
        Ok(all)
    }

    /// What an article is listed under: what makes it the same page.
    ///
    /// # Errors
    /// Those of the database.
    pub fn page_of(&self, n: i64) -> Result<Option<String>, Error> {
        self.one("SELECT page FROM article WHERE n = ?", [n], |row| {
            row.get(0)
        })
    }
}
