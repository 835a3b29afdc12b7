//! In: changes. Out: all of them in the store, or none. A [`Batch`] that is not committed leaves no trace.

use model::Article;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::articles::{day_of, published};
use crate::stories::Drawn;
use crate::stream::GROUPED;
use crate::{Error, Writer};

/// Changes that come together.
pub struct Batch<'s> {
    transaction: Transaction<'s>,
    writer: &'s Writer,
}

/// A version of a page that is new to the store.
pub struct NewVersion<'a> {
    /// The article as it was read, under its public id.
    pub article: &'a Article,
    /// Its number in the stream of stories: the next.
    pub seq: u32,
    /// The story it was placed in.
    pub story: u32,
    /// What made it come: a command, a feed.
    pub source: &'a str,
    /// When it was fetched, seconds since 1970.
    pub fetched: i64,
    /// Its bytes, packed.
    pub original: &'a [u8],
    /// Its record, packed.
    pub record: &'a [u8],
    /// Its annotations, packed.
    pub layers: &'a [u8],
}

impl Writer {
    /// Begins changes.
    ///
    /// # Errors
    /// [`Error::Busy`], [`Error::Full`], [`Error::Damaged`].
    pub fn batch(&self) -> Result<Batch<'_>, Error> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        Ok(Batch {
            transaction: begun.map_err(|e| self.error(e))?,
            writer: self,
        })
    }

    /// Gives back the room that was let go, and brings the log into the file.
    ///
    /// # Errors
    /// [`Error::Full`]: a second copy needs room beside the first.
    pub fn compact(&self) -> Result<(), Error> {
        let compact = || -> rusqlite::Result<()> {
            let connection = &self.connection;
            connection.execute("INSERT INTO words(words) VALUES ('optimize')", [])?;
            connection.execute_batch("VACUUM")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        };
        compact().map_err(|e| self.error(e))
    }
}

impl Batch<'_> {
    fn did<T>(&self, done: rusqlite::Result<T>) -> Result<T, Error> {
        done.map_err(|e| self.writer.error(e))
    }

    pub(crate) fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, Error> {
        let run = self
            .transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(values));
        self.did(run)
    }

    /// Makes all changes last.
    ///
    /// # Errors
    /// [`Error::Full`] and others of the database; nothing is changed then.
    pub fn commit(self) -> Result<(), Error> {
        let writer = self.writer;
        self.transaction.commit().map_err(|e| writer.error(e))
    }

    /// Adds the first version of a page; gives the article's number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add(&self, page: &str, new: &NewVersion<'_>) -> Result<i64, Error> {
        let article = new.article;
        self.run(
            "INSERT INTO article (id, page, seq, versions, outlet, title, url, language, published, \
             day, added, story) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                article.id.as_str(),
                page,
                new.seq,
                article.outlet,
                article.title,
                article.url,
                article.language,
                published(article),
                day_of(article),
                new.fetched,
                new.story,
            ],
        )?;
        let n = self.transaction.last_insert_rowid();
        self.version(n, 1, new)?;
        Ok(n)
    }

    /// Adds a later version of a page.
    ///
    /// # Errors
    /// Those of the database.
    pub fn change(&self, n: i64, number: u32, new: &NewVersion<'_>) -> Result<(), Error> {
        let article = new.article;
        self.run(
            "UPDATE article SET seq = ?, versions = ?, outlet = ?, title = ?, url = ?, language = ?, \
             published = ?, day = ?, story = ? WHERE n = ?",
            params![
                new.seq,
                number,
                article.outlet,
                article.title,
                article.url,
                article.language,
                published(article),
                day_of(article),
                new.story,
                n,
            ],
        )?;
        self.run("DELETE FROM words WHERE rowid = ?", [n])?;
        self.version(n, number, new)
    }

    fn version(&self, n: i64, number: u32, new: &NewVersion<'_>) -> Result<(), Error> {
        let article = new.article;
        self.run(
            "INSERT INTO version (seq, article, number, sha256, path, source, fetched, original, \
             record, layers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                new.seq,
                n,
                number,
                &article.sha256.0[..],
                article.path,
                new.source,
                new.fetched,
                new.original,
                new.record,
                new.layers,
            ],
        )?;
        self.run(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            params![n, article.title, article.text.as_str()],
        )?;
        Ok(())
    }

    /// Takes a page and all its versions out; gives the story that it was in. The stream keeps its
    /// numbers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove(&self, id: &str, at: i64) -> Result<Option<u32>, Error> {
        let found = self
            .transaction
            .query_row("SELECT n, story FROM article WHERE id = ?", [id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional();
        let Some((n, story)): Option<(i64, u32)> = self.did(found)? else {
            return Ok(None);
        };
        self.run("DELETE FROM words WHERE rowid = ?", [n])?;
        self.run("DELETE FROM version WHERE article = ?", [n])?;
        self.run("DELETE FROM article WHERE n = ?", [n])?;
        // No report may go on quoting it: not that of its story, nor one that was drawn when it was in another.
        let quoted = format!("[{},", serde_json::json!(id));
        let sql = "SELECT n FROM story WHERE n = ?1 OR instr(made_of, ?2) > 0";
        let quoting: Vec<u32> = self
            .writer
            .all(sql, params![story, quoted], |row| row.get(0))?;
        for quoting in quoting {
            self.forget(quoting)?;
            self.run(
                "UPDATE story SET report = NULL, made_of = NULL, low = NULL, high = NULL, corroborated = 0, \
                 disputes = 0, fresh = 0, title = (SELECT title FROM article WHERE story = ?1 \
                 AND title IS NOT NULL ORDER BY seq LIMIT 1) WHERE n = ?1",
                [quoting],
            )?;
        }
        if let Some(of) = self.writer.story_id_of(story)? {
            self.event(&of, at, "removed", Some(id), None)?;
        }
        Ok(Some(story))
    }

    /// Articles that are in one of these stories, with their newest versions' numbers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn members(&self, story: u32) -> Result<Vec<(i64, u32)>, Error> {
        let sql = "SELECT n, seq FROM article WHERE story = ? ORDER BY seq";
        self.writer
            .all(sql, [story], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Moves an article into another story.
    ///
    /// # Errors
    /// Those of the database.
    pub fn move_to(&self, n: i64, story: u32) -> Result<(), Error> {
        self.run(
            "UPDATE article SET story = ? WHERE n = ?",
            params![story, n],
        )?;
        Ok(())
    }

    /// The public id of the article that a version is of.
    ///
    /// # Errors
    /// Those of the database.
    pub fn id_of(&self, seq: u32) -> Result<Option<String>, Error> {
        let sql = "SELECT a.id FROM version v JOIN article a ON a.n = v.article WHERE v.seq = ?";
        self.writer.one(sql, [seq], |row| row.get(0))
    }

    /// Whether a story's id was given already, to one that is or is no more.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_story(&self, id: &str) -> Result<bool, Error> {
        let found = self.transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM story WHERE id = ?1) \
             OR EXISTS (SELECT 1 FROM alias WHERE id = ?1)",
            [id],
            |row| row.get(0),
        );
        self.did(found)
    }

    /// Counts a story's articles anew and marks its report as out of date; opens it under this id where it
    /// is new. One without articles is taken out; gives how many there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn touch(&self, story: u32, id: &str, at: i64) -> Result<u32, Error> {
        let counted = self.transaction.query_row(
            "SELECT count(*), count(DISTINCT outlet), min(day), max(day), \
             (SELECT title FROM article WHERE story = ?1 AND title IS NOT NULL ORDER BY seq LIMIT 1) \
             FROM article WHERE story = ?1",
            [story],
            |row| {
                let days: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
                let title: Option<String> = row.get(4)?;
                Ok((row.get(0)?, row.get(1)?, days, title))
            },
        );
        let (articles, outlets, (first, last), title): (u32, u32, _, _) = self.did(counted)?;
        if articles == 0 {
            self.forget(story)?;
            self.run("DELETE FROM story WHERE n = ?", [story])?;
            return Ok(0);
        }
        self.run(
            "INSERT INTO story (n, id, title, first, last, articles, outlets, changed) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (n) DO UPDATE SET \
             title = coalesce(title, ?3), first = ?4, last = ?5, articles = ?6, outlets = ?7, \
             changed = ?8, fresh = 0",
            params![story, id, title, first, last, articles, outlets, at],
        )?;
        Ok(articles)
    }

    /// Notes that a story goes on under another id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn alias(&self, id: &str, now: &str) -> Result<(), Error> {
        self.run("UPDATE alias SET now = ?2 WHERE now = ?1", [id, now])?;
        self.run(
            "INSERT INTO alias (id, now) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET now = excluded.now",
            [id, now],
        )?;
        Ok(())
    }

    /// Notes what happened to a story.
    ///
    /// # Errors
    /// Those of the database.
    pub fn event(
        &self,
        story: &str,
        at: i64,
        kind: &str,
        article: Option<&str>,
        other: Option<&str>,
    ) -> Result<(), Error> {
        self.run(
            "INSERT INTO event (story, at, kind, article, other) VALUES (?, ?, ?, ?, ?)",
            params![story, at, kind, article, other],
        )?;
        Ok(())
    }

    /// Takes out what a story's last report said.
    fn forget(&self, story: u32) -> Result<(), Error> {
        self.count_names(story, -1)?;
        for table in ["named", "quote", "copied"] {
            self.run(&format!("DELETE FROM {table} WHERE story = ?"), [story])?;
        }
        Ok(())
    }

    /// Puts a story's report in the place of its last.
    ///
    /// # Errors
    /// Those of the database.
    pub fn draw(&self, story: u32, drawn: &Drawn) -> Result<(), Error> {
        self.forget(story)?;
        let made_of = serde_json::to_string(&drawn.made_of).unwrap_or_default();
        self.run(
            "UPDATE story SET title = ?, earlier = ?, low = ?, high = ?, corroborated = ?, \
             disputes = ?, report = ?, made_of = ?, fresh = 1, drawn = ? WHERE n = ?",
            params![
                drawn.title,
                drawn.earlier,
                drawn.origins.map(|o| o.0),
                drawn.origins.map(|o| o.1),
                drawn.corroborated,
                drawn.disputes,
                drawn.report,
                made_of,
                which(&drawn.report, &made_of),
                story,
            ],
        )?;
        let mut numbers = std::collections::HashMap::new();
        for name in &drawn.names {
            let n = self.name(&name.kind, &name.name, &name.key)?;
            numbers.insert(name.local.as_str(), n);
            self.run(
                "INSERT OR REPLACE INTO named (name, story, local, mentions) VALUES (?, ?, ?, ?)",
                params![n, story, name.local, name.mentions],
            )?;
        }
        for (local, speaker, readings) in &drawn.quotes {
            let Some(name) = numbers.get(speaker.as_str()) else {
                continue;
            };
            self.run(
                "INSERT OR IGNORE INTO quote (story, local, name, readings) VALUES (?, ?, ?, ?)",
                params![story, local, name, readings],
            )?;
        }
        self.count_names(story, 1)?;
        for copy in &drawn.copies {
            self.run(
                "INSERT INTO copied (story, local, a, b, kind, direction) VALUES (?, ?, ?, ?, ?, ?)",
                params![story, copy.0, copy.1, copy.2, copy.3, copy.4],
            )?;
        }
        Ok(())
    }

    /// Counts a story in or out where its names stand.
    fn count_names(&self, story: u32, by: i64) -> Result<(), Error> {
        self.run(
            "UPDATE name SET stories = stories + ?2 \
             WHERE n IN (SELECT name FROM named WHERE story = ?1)",
            params![story, by],
        )?;
        Ok(())
    }

    /// The number of a name across stories, given where it is new.
    fn name(&self, kind: &str, name: &str, key: &str) -> Result<i64, Error> {
        let sql = "SELECT n FROM name WHERE kind = ? AND key = ?";
        if let Some(n) = self.writer.one(sql, [kind, key], |row| row.get(0))? {
            return Ok(n);
        }
        let next = "SELECT coalesce(max(n), 0) + 1 FROM name";
        let next = self.writer.one(next, [], |row| row.get(0))?;
        let n: i64 = next.unwrap_or(1);
        self.run(
            "INSERT INTO name (n, id, kind, name, key) VALUES (?, ?, ?, ?, ?)",
            params![n, format!("n-{n}"), kind, name, key],
        )?;
        self.run(
            "INSERT INTO names (rowid, name) VALUES (?, ?)",
            params![n, name],
        )?;
        Ok(n)
    }

    /// Notes which versions came together.
    ///
    /// # Errors
    /// Those of the database.
    pub fn came(&self, first: u32, last: u32, at: i64) -> Result<(), Error> {
        self.run(
            "INSERT INTO batch (first, last, at) VALUES (?, ?, ?)",
            params![first, last, at],
        )?;
        Ok(())
    }

    /// Keeps the state of the stream when it had taken all versions below `seq`, in place of the last.
    ///
    /// # Errors
    /// Those of the database.
    pub fn state(&self, seq: u32, made: &str, bytes: &[u8]) -> Result<(), Error> {
        /// Bytes of a part: the database takes a thousand million at most.
        const PART: usize = 32 << 20;
        self.run("DELETE FROM state", [])?;
        for (part, bytes) in (0i64..).zip(bytes.chunks(PART)) {
            self.run(
                "INSERT INTO state (part, seq, made, bytes) VALUES (?, ?, ?, ?)",
                params![part, seq, made, bytes],
            )?;
        }
        Ok(())
    }

    /// Has every story compared again.
    ///
    /// # Errors
    /// Those of the database.
    pub fn all_stale(&self) -> Result<(), Error> {
        self.run("UPDATE story SET fresh = 0 WHERE fresh = 1", [])?;
        Ok(())
    }

    /// Takes out every story, for a stream that is made anew; ids stay known.
    ///
    /// # Errors
    /// Those of the database.
    pub fn clear_stories(&self) -> Result<(), Error> {
        for table in ["story", "named", "quote", "copied"] {
            self.run(&format!("DELETE FROM {table}"), [])?;
        }
        self.run("UPDATE name SET stories = 0", [])?;
        let before = self.writer.reached()?.grouped;
        self.set(GROUPED, &(before + 1).to_string())
    }
}

/// What tells a report from others: the first bytes of its hash. The same report is the same, whenever it was drawn.
fn which(report: &[u8], made_of: &str) -> i64 {
    const BYTES: usize = 7;
    let hash = Sha256::new().chain_update(report).chain_update(made_of);
    let hash = hash.finalize();
    let bytes = hash.iter().take(BYTES);
    bytes.fold(0, |which, byte| (which << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reader, pack, record};
    use model::Sha256;

    fn put(store: &Writer, seq: u32, words: &str) -> Result<(), Error> {
        let mut article = Article::nothing();
        article.id = model::ArticleId::new(&format!("a{seq}"));
        article.text = model::Text::new(words);
        article.sha256 = Sha256(sha2::Sha256::digest(words).into());
        let new = NewVersion {
            article: &article,
            seq,
            story: seq,
            source: "test",
            fetched: 5,
            original: &pack(words.as_bytes()),
            record: &pack(&record::write(&article)),
            layers: &pack(b"{}"),
        };
        let batch = store.batch()?;
        batch.add(&format!("id:{seq}"), &new)?;
        batch.touch(seq, &format!("s-{seq}"), 5)?;
        batch.came(seq, seq, 5)?;
        batch.commit()
    }

    #[test]
    fn a_full_disk_keeps_what_was_committed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let store = Writer::open(&path).expect("a store");
        put(&store, 0, "A bridge fell.").expect("added");
        let pages: i64 = store
            .connection
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .expect("a count");
        let limit = |pages: i64| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            let set = store
                .connection
                .query_row(&sql, [], |row| row.get::<_, i64>(0));
            set.expect("set");
        };
        limit(pages + 1);
        let long = "Nobody knew why the bridge fell. ".repeat(4_000);
        let full = put(&store, 1, &long).expect_err("refused");
        assert!(matches!(full, Error::Full(_)), "{full}");
        assert!(full.to_string().contains("is full"));
        let reader = Reader::open(&path).expect("a store");
        assert_eq!(reader.counts().expect("counts"), [1, 1, 1]);
        limit(1_000_000);
        put(&store, 1, &long).expect("added");
        assert_eq!(reader.counts().expect("counts"), [2, 2, 2]);
    }

    #[test]
    fn a_damaged_file_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let store = Writer::open(&path).expect("a store");
        for seq in 0..40 {
            // Numbers that do not pack well: the versions fill the middle of the file.
            let numbers =
                (0..600u64).map(|at| (u64::from(seq) * 7_919 + at * at * 104_729) % 99_991);
            let text = numbers.map(|number| format!("Bridge {number} fell. "));
            put(&store, seq, &text.collect::<String>()).expect("added");
        }
        drop(store);
        let mut bytes = std::fs::read(&path).expect("read");
        let (half, end) = (bytes.len() / 2, bytes.len() / 2 + 30_000);
        bytes[half..end].fill(0x5a);
        std::fs::write(&path, bytes).expect("written");
        let store = Reader::open(&path).expect("opened");
        let (_, faults) = store.check(&|_| {}).expect("checked");
        let named = |part: &str| faults.iter().filter(|f| f.place.contains(part)).count();
        // What is lost is named, and not what is there.
        assert!(
            named("of article a") > 2 && named("of article a") < 40,
            "{faults:?}"
        );
        assert!(
            faults.iter().any(|fault| fault.what.contains("damaged")),
            "{faults:?}"
        );
    }
}
