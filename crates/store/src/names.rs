//! In: a name's id, an outlet. Out: where it is met across stories: what was said, what was copied.

use std::collections::BTreeMap;

use rusqlite::{Row, params, params_from_iter};

use crate::search::expression;
use crate::{Error, Reader, StoryRow, stories};

/// Events of one matter that are shown.
const CHAIN: u32 = 64;

/// A name across stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAcross {
    /// Its number.
    pub n: i64,
    /// Its public id.
    pub id: String,
    /// person, organisation, place, other.
    pub kind: String,
    /// Its spelling.
    pub name: String,
    /// How many stories name it.
    pub stories: u64,
}

/// A copy that involves an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The other outlet.
    pub other: String,
    /// Whether the outlet took it (`Some(true)`), gave it, or neither is known.
    pub took: Option<bool>,
    /// How often.
    pub times: u64,
}

/// Outlets that are looked through for one in other letters.
const MOST: u32 = 100_000;

fn row(row: &Row<'_>) -> rusqlite::Result<NameAcross> {
    Ok(NameAcross {
        n: row.get(0)?,
        id: row.get(1)?,
        kind: row.get(2)?,
        name: row.get(3)?,
        stories: row.get::<_, i64>(4)?.max(0) as u64,
    })
}

impl Reader {
    /// A name by its id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn name(&self, id: &str) -> Result<Option<NameAcross>, Error> {
        let sql = "SELECT n, id, kind, name, stories FROM name WHERE id = ?";
        self.one(sql, [id], row)
    }

    /// Names that have all these words, those that most stories name first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn names_called(&self, words: &str, limit: u32) -> Result<Vec<NameAcross>, Error> {
        let Some(words) = expression(words) else {
            return Ok(Vec::new());
        };
        let sql = "SELECT n, id, kind, name.name, stories FROM names JOIN name ON n = names.rowid \
                   WHERE names MATCH ? AND stories > 0 ORDER BY stories DESC, n LIMIT ?";
        self.all(sql, params![words, limit], row)
    }

    /// The names of a story that other stories name too, those named most first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn elsewhere(&self, story: u32, limit: u32) -> Result<Vec<NameAcross>, Error> {
        let sql = "SELECT n, id, kind, name.name, stories FROM named JOIN name ON n = named.name \
                   WHERE story = ?1 AND kind IN ('person', 'organisation') AND stories > 1 \
                   GROUP BY n ORDER BY max(mentions) DESC, n LIMIT ?2";
        self.all(sql, params![story, limit], row)
    }

    /// The utterances of a name, of the latest stories first: story's number, local id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn said_by(&self, name: i64, limit: u32) -> Result<Vec<(u32, String)>, Error> {
        let sql = "SELECT q.story, q.local FROM quote q JOIN story s ON s.n = q.story \
                   WHERE q.name = ? ORDER BY s.last DESC, s.n DESC, q.readings DESC, q.local LIMIT ?";
        self.all(sql, params![name, limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// The names of a story: the id that each has in its report, and the id that it has across stories.
    ///
    /// # Errors
    /// Those of the database.
    pub fn names_of(&self, story: u32) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT local, id FROM named JOIN name ON n = named.name WHERE story = ?";
        self.all(sql, [story], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The local id that a name has in a story.
    ///
    /// # Errors
    /// Those of the database.
    pub fn local_names(&self, name: i64, story: u32) -> Result<Vec<String>, Error> {
        let sql = "SELECT local FROM named WHERE name = ? AND story = ?";
        self.all(sql, params![name, story], |row| row.get(0))
    }

    /// The outlets, by name; so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlets(&self, limit: u32) -> Result<Vec<String>, Error> {
        // From one to the next in the index: there are few among many articles.
        let sql = "WITH RECURSIVE next(outlet) AS ( \
                     SELECT min(outlet) FROM article UNION ALL \
                     SELECT (SELECT min(outlet) FROM article WHERE outlet > next.outlet) FROM next \
                     WHERE next.outlet IS NOT NULL LIMIT ?) \
                   SELECT outlet FROM next WHERE outlet IS NOT NULL";
        self.all(sql, [limit], |row| row.get(0))
    }

    /// An outlet as it is written here, whatever its capitals.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlet_like(&self, outlet: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT outlet FROM article WHERE outlet = ? LIMIT 1";
        if let Some(same) = self.one(sql, [outlet], |row| row.get(0))? {
            return Ok(Some(same));
        }
        let low = outlet.to_lowercase();
        let all = self.outlets(MOST)?;
        Ok(all.into_iter().find(|known| known.to_lowercase() == low))
    }

    /// How many articles an outlet has, and in how many stories it is alone.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlet(&self, outlet: &str) -> Result<(u64, u64), Error> {
        let sql = "SELECT count(*), (SELECT count(*) FROM story WHERE outlets = 1 AND n IN \
                   (SELECT story FROM article WHERE outlet = ?1)) FROM article WHERE outlet = ?1";
        let counts = self.one(sql, [outlet], |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64))
        })?;
        Ok(counts.unwrap_or_default())
    }

    /// The copies between an outlet and others, the most frequent first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn copies_of(&self, outlet: &str) -> Result<Vec<Copied>, Error> {
        let sql = "SELECT other, took, count(*) c FROM ( \
             SELECT b.outlet other, CASE WHEN kind = 'shared-source' THEN NULL \
               WHEN direction = 'a-from-b' THEN 1 WHEN direction = 'b-from-a' THEN 0 END took \
             FROM article a JOIN copied ON copied.a = a.id JOIN article b ON b.id = copied.b \
             WHERE a.outlet = ?1 \
             UNION ALL \
             SELECT a.outlet, CASE WHEN kind = 'shared-source' THEN NULL \
               WHEN direction = 'a-from-b' THEN 0 WHEN direction = 'b-from-a' THEN 1 END \
             FROM article b JOIN copied ON copied.b = b.id JOIN article a ON a.id = copied.a \
             WHERE b.outlet = ?1 \
             ) WHERE other IS NOT NULL AND other <> ?1 GROUP BY other, took ORDER BY c DESC, other";
        self.all(sql, [outlet], |row| {
            Ok(Copied {
                other: row.get(0)?,
                took: row.get::<_, Option<i64>>(1)?.map(|took| took == 1),
                times: row.get::<_, i64>(2)?.max(0) as u64,
            })
        })
    }

    /// Articles a day of some stories, by story's number and day since 1970.
    ///
    /// # Errors
    /// Those of the database.
    pub fn growth(&self, stories: &[u32]) -> Result<BTreeMap<u32, BTreeMap<i64, u32>>, Error> {
        let marks = vec!["?"; stories.len()].join(", ");
        let sql = format!(
            "SELECT story, day, count(*) FROM article WHERE story IN ({marks}) AND day IS NOT NULL \
             GROUP BY story, day"
        );
        let rows: Vec<(u32, i64, u32)> = self.all(&sql, params_from_iter(stories), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let mut growth: BTreeMap<u32, BTreeMap<i64, u32>> = BTreeMap::new();
        for (story, day, count) in rows {
            growth.entry(story).or_default().insert(day, count);
        }
        Ok(growth)
    }

    /// The outlets of some stories, by story's number, those with most of its articles first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outlets_of(&self, stories: &[u32]) -> Result<BTreeMap<u32, Vec<String>>, Error> {
        let marks = vec!["?"; stories.len()].join(", ");
        let sql = format!(
            "SELECT story, outlet FROM article WHERE story IN ({marks}) AND outlet IS NOT NULL \
             GROUP BY story, outlet ORDER BY story, count(*) DESC, outlet"
        );
        let rows: Vec<(u32, String)> = self.all(&sql, params_from_iter(stories), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let mut outlets: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (story, outlet) in rows {
            outlets.entry(story).or_default().push(outlet);
        }
        Ok(outlets)
    }

    /// The stories that go on from one: id, headline.
    ///
    /// # Errors
    /// Those of the database.
    pub fn later(&self, id: &str) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT id, coalesce(title, id) FROM story WHERE earlier = ? ORDER BY n";
        self.all(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The matter that a story is one event of: it, those before it that it goes on from, and all that go on from
    /// the first of these, in order of time; at most 64 of them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn chain(&self, id: &str) -> Result<Vec<StoryRow>, Error> {
        let sql = format!(
            "WITH RECURSIVE up(id, earlier) AS (\
               SELECT id, earlier FROM story WHERE id = ?1 \
               UNION SELECT story.id, story.earlier FROM story JOIN up ON story.id = up.earlier), \
             matter(id) AS (\
               SELECT id FROM up WHERE earlier IS NULL OR earlier NOT IN (SELECT id FROM story) \
               UNION SELECT story.id FROM story JOIN matter ON story.earlier = matter.id) \
             SELECT {} FROM story WHERE id IN matter ORDER BY first IS NULL, first, n LIMIT {CHAIN}",
            stories::COLUMNS
        );
        self.all(&sql, [id], stories::row)
    }

    /// Stories by number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_by_number(&self, n: u32) -> Result<Option<StoryRow>, Error> {
        let sql = format!("SELECT {} FROM story WHERE n = ?", stories::COLUMNS);
        self.one(&sql, [n], stories::row)
    }
}
