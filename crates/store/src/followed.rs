//! Stories that readers follow. In: a story's id, and who is told. Out: who follows what, how far each was told, and what
//! was new. As searches, they can be kept and let go while articles are added.

use std::path::Path;

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::{Batch, Error, Reader, pack, unpack};

/// Who follows a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follower {
    /// Its number, given by the store.
    #[serde(skip)]
    pub n: i64,
    /// The story's id.
    pub story: String,
    /// An address that is told of what is new; people are told where there is none.
    pub hook: Option<String>,
    /// How that address is written to; as its address tells where there is none.
    pub form: Option<String>,
    /// What its messages are signed with.
    pub secret: Option<String>,
    /// Seconds between two messages, at least.
    pub every: i64,
    /// Who asked for it.
    pub by: String,
    /// Since when, seconds since 1970.
    pub since: i64,
    /// The news up to which its hook took them.
    #[serde(skip)]
    pub posted: i64,
    /// How often its hook failed since it last did not.
    #[serde(skip)]
    pub failures: u32,
    /// When its hook is tried again, seconds since 1970.
    #[serde(skip)]
    pub due: i64,
}

/// A story that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its id when it was last told of.
    pub story: String,
    /// Which of its reports was told of; -1 for none.
    pub drawn: i64,
    /// What that report had, as its teller keeps it.
    pub told: Option<Vec<u8>>,
}

/// Something new in a story that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsRow {
    /// Its number, in the order in which they came.
    pub n: i64,
    /// The story's id.
    pub story: String,
    /// When it was seen, seconds since 1970.
    pub at: i64,
    /// What: JSON of its teller.
    pub news: String,
}

/// News of a story that are kept.
const KEPT: i64 = 1_000;

const COLUMNS: &str = "n, story, hook, form, secret, every, by, since, posted, failures, due";

fn row(row: &Row<'_>) -> rusqlite::Result<Follower> {
    let hook: String = row.get(2)?;
    Ok(Follower {
        n: row.get(0)?,
        story: row.get(1)?,
        hook: Some(hook).filter(|hook| !hook.is_empty()),
        form: row.get(3)?,
        secret: row.get(4)?,
        every: row.get(5)?,
        by: row.get(6)?,
        since: row.get(7)?,
        posted: row.get(8)?,
        failures: row.get(9)?,
        due: row.get(10)?,
    })
}

fn news(row: &Row<'_>) -> rusqlite::Result<NewsRow> {
    Ok(NewsRow {
        n: row.get(0)?,
        story: row.get(1)?,
        at: row.get(2)?,
        news: row.get(3)?,
    })
}

impl Reader {
    /// Who follows stories, in the order in which they began.
    ///
    /// # Errors
    /// Those of the database.
    pub fn followers(&self) -> Result<Vec<Follower>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM follower ORDER BY n");
        self.all(&sql, [], row)
    }

    /// The stories that are followed, by id.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where what was told cannot be unpacked.
    pub fn followed(&self) -> Result<Vec<Followed>, Error> {
        let sql = "SELECT story, drawn, told FROM followed ORDER BY story";
        let rows: Vec<(String, i64, Option<Vec<u8>>)> =
            self.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let followed = rows.into_iter().map(|(story, drawn, told)| {
            let lost = || self.damaged(format!("what was told of story {story}"));
            let told = told
                .map(|told| unpack(&told).ok_or_else(lost))
                .transpose()?;
            Ok(Followed { story, drawn, told })
        });
        followed.collect()
    }

    /// What tells a story's report from others; none where it has no report.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drawn(&self, story: u32) -> Result<Option<i64>, Error> {
        let sql = "SELECT drawn FROM story WHERE n = ? AND report IS NOT NULL";
        self.one(sql, [story], |row| row.get(0))
    }

    /// Whether some report of a story that is followed was not told of.
    ///
    /// # Errors
    /// Those of the database.
    pub fn news_wait(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM followed f JOIN story s \
                   ON s.id = coalesce((SELECT now FROM alias WHERE id = f.story), f.story) \
                   WHERE s.report IS NOT NULL AND (s.drawn <> f.drawn OR s.id <> f.story))";
        Ok(self.one(sql, [], |row| row.get(0))?.unwrap_or(false))
    }

    /// News of a story behind a number, in order, so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn news_after(&self, story: &str, n: i64, most: u32) -> Result<Vec<NewsRow>, Error> {
        let sql =
            "SELECT n, story, at, news FROM news WHERE story = ? AND n > ? ORDER BY n LIMIT ?";
        self.all(sql, params![story, n, most], news)
    }

    /// The latest news of a story, the last first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn latest_news(&self, story: &str, most: u32) -> Result<Vec<NewsRow>, Error> {
        let sql = "SELECT n, story, at, news FROM news WHERE story = ? ORDER BY n DESC LIMIT ?";
        self.all(sql, params![story, most], news)
    }

    /// News that people were not told of, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn untold_news(&self) -> Result<Vec<NewsRow>, Error> {
        let sql = "SELECT n, story, at, news FROM news WHERE told = 0 ORDER BY n";
        self.all(sql, [], news)
    }
}

/// Follows a story, in place of who followed it by the same hook: what is new from now on is told. `told` is what its
/// report of that number has. Articles may be added meanwhile. Gives the follower's number.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn follow(
    path: &Path,
    follower: &Follower,
    drawn: i64,
    told: Option<&[u8]>,
) -> Result<i64, Error> {
    let reader = Reader::open(path)?;
    let told = told.map(pack);
    reader.change(
        "INSERT OR IGNORE INTO followed (story, drawn, told) VALUES (?, ?, ?)",
        params![follower.story, drawn, told],
    )?;
    let hook = follower.hook.as_deref().unwrap_or_default();
    reader.change(
        "INSERT OR REPLACE INTO follower (story, hook, form, secret, every, by, since, posted, failures, due) \
         SELECT ?, ?, ?, ?, ?, ?, ?, coalesce(max(n), 0), 0, 0 FROM news",
        params![
            follower.story,
            hook,
            follower.form,
            follower.secret,
            follower.every,
            follower.by,
            follower.since
        ],
    )?;
    let sql = "SELECT n FROM follower WHERE story = ? AND hook = ?";
    let n = reader.one(sql, params![follower.story, hook], |row| row.get(0))?;
    Ok(n.unwrap_or_default())
}

/// Follows a story no more; whether somebody did.
///
/// # Errors
/// Those of opening a store, and of the database.
pub fn unfollow(path: &Path, n: i64) -> Result<bool, Error> {
    let reader = Reader::open(path)?;
    let gone = reader.change("DELETE FROM follower WHERE n = ?", [n])?;
    reader.change(
        "DELETE FROM followed WHERE story NOT IN (SELECT story FROM follower)",
        [],
    )?;
    reader.change(
        "DELETE FROM news WHERE story NOT IN (SELECT story FROM followed)",
        [],
    )?;
    Ok(gone > 0)
}

impl Batch<'_> {
    /// Keeps what is new in a story that is followed, and what its report has now, where nobody else did meanwhile.
    /// `now` is the story's id now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn noticed(
        &self,
        before: &Followed,
        now: &Followed,
        news: &[String],
        at: i64,
    ) -> Result<(), Error> {
        let told = now.told.as_deref().map(pack);
        let own = self.run(
            "UPDATE followed SET drawn = ?, told = ? WHERE story = ? AND drawn = ?",
            params![now.drawn, told, before.story, before.drawn],
        )?;
        if own == 0 {
            return Ok(());
        }
        if before.story != now.story {
            for table in ["followed", "follower", "news"] {
                // Who follows both follows one.
                let sql = format!("UPDATE OR IGNORE {table} SET story = ?2 WHERE story = ?1");
                self.run(&sql, [&before.story, &now.story])?;
                let sql = format!("DELETE FROM {table} WHERE story = ?");
                self.run(&sql, [&before.story])?;
            }
        }
        for news in news {
            self.run(
                "INSERT INTO news (story, at, told, news) VALUES (?, ?, 0, ?)",
                params![now.story, at, news],
            )?;
        }
        self.run(
            "DELETE FROM news WHERE story = ?1 AND n <= (SELECT n FROM news WHERE story = ?1 \
             ORDER BY n DESC LIMIT 1 OFFSET ?2)",
            params![now.story, KEPT],
        )?;
        Ok(())
    }

    /// Notes that people were told of all news up to this number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn news_told(&self, n: i64) -> Result<(), Error> {
        self.run("UPDATE news SET told = 1 WHERE told = 0 AND n <= ?", [n])?;
        Ok(())
    }

    /// Notes how far a follower's hook took the news, and how it fares.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follower_told(&self, follower: &Follower) -> Result<(), Error> {
        self.run(
            "UPDATE follower SET posted = ?, failures = ?, due = ? WHERE n = ?",
            params![follower.posted, follower.failures, follower.due, follower.n],
        )?;
        Ok(())
    }

    /// Keeps a follower of another store, who is told of what is new from now on; none that is there already.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_follower(&self, follower: &Follower) -> Result<(), Error> {
        self.run(
            "INSERT OR IGNORE INTO followed (story, drawn, told) VALUES (?, -1, NULL)",
            [&follower.story],
        )?;
        self.run(
            "INSERT OR IGNORE INTO follower (story, hook, form, secret, every, by, since, posted, failures, due) \
             SELECT ?, ?, ?, ?, ?, ?, ?, coalesce(max(n), 0), 0, 0 FROM news",
            params![
                follower.story,
                follower.hook.as_deref().unwrap_or_default(),
                follower.form,
                follower.secret,
                follower.every,
                follower.by,
                follower.since
            ],
        )?;
        Ok(())
    }
}
