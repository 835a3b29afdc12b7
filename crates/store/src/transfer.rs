//! A store as lines of JSON, and back. In: a store. Out: a line for every version of every article, which
//! is a record that `crossread read` takes too, and a last line with what there is beside them. Read again,
//! they make the same store: the same versions, stories, names of stories and history. Reports are not in
//! it: they are drawn anew.
//!
//! Refuses lines that are none of these, cut off, or of a later version.

use std::io::{self, BufRead, Write};
use std::path::Path;

use data_encoding::BASE64;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::stories::{self, Event};
use crate::{Error, Mark, Reader, SavedSearch, Writer, pack, unpack};

/// The version of these lines.
const VERSION: u32 = 1;

/// Versions that are written to a store together.
const TOGETHER: usize = 1_000;

/// Why lines and a store do not become each other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransferError {
    /// The store.
    #[error(transparent)]
    Store(#[from] Error),
    /// The lines cannot be read or written.
    #[error("cannot read or write the export: {0}")]
    Io(#[from] io::Error),
    /// A line is not what it should be.
    #[error("line {line} of the export is {what}")]
    Line {
        /// The line, counted from 1.
        line: usize,
        /// What it is.
        what: String,
    },
    /// There is a store already.
    #[error("{0} is there already; an import makes a new store, give another --db")]
    There(String),
}

/// A version of an article.
#[derive(Serialize, Deserialize)]
struct Line {
    id: String,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    language: Option<String>,
    text: String,
    crossread: Kept,
}

/// What the store keeps of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    n: i64,
    page: String,
    added: i64,
    day: Option<i64>,
    story: u32,
    newest: bool,
    seq: u32,
    number: u32,
    sha256: String,
    path: String,
    source: String,
    fetched: i64,
    original: String,
    record: Box<RawValue>,
    layers: Box<RawValue>,
}

/// What there is beside the articles.
#[derive(Serialize, Deserialize)]
struct Rest {
    crossread: Beside,
}

#[derive(Serialize, Deserialize)]
struct Beside {
    version: u32,
    /// How many lines came before.
    lines: usize,
    batches: Vec<(u32, u32, i64)>,
    /// Number, id, when it changed.
    stories: Vec<(u32, String, i64)>,
    aliases: Vec<(String, String)>,
    events: Vec<Event>,
    /// Where articles were taken out, the stream cannot be had again from those that are left.
    state: Option<(u32, String, String)>,
    #[serde(default)]
    searches: Vec<SavedSearch>,
    #[serde(default)]
    settings: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mark>,
}

impl Reader {
    /// Writes the store as lines; `seen` is told after each version.
    ///
    /// # Errors
    /// Those of the database, and of `out`.
    pub fn export(&self, out: &mut dyn Write, seen: &dyn Fn(usize)) -> Result<(), TransferError> {
        let seqs: Vec<u32> =
            self.all("SELECT seq FROM version ORDER BY seq", [], |row| row.get(0))?;
        for &seq in &seqs {
            let line = self.line(seq)?;
            serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
            seen(1);
        }
        let stream = self.stream()?;
        let gaps = stream.len as usize != seqs.len();
        let rest = Rest {
            crossread: Beside {
                version: VERSION,
                lines: seqs.len(),
                batches: self.batches()?,
                stories: self.all("SELECT n, id, changed FROM story ORDER BY n", [], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?,
                aliases: self.all("SELECT id, now FROM alias ORDER BY id", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?,
                events: self.all(
                    "SELECT story, at, kind, article, other FROM event ORDER BY n",
                    [],
                    stories::event,
                )?,
                state: gaps.then(|| (stream.covers, stream.made, BASE64.encode(&stream.state))),
                searches: self.searches()?,
                marks: self.marks()?,
                settings: self.all("SELECT key, value FROM setting ORDER BY key", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?,
            },
        };
        serde_json::to_writer(&mut *out, &rest).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(())
    }

    fn line(&self, seq: u32) -> Result<Line, TransferError> {
        type Row = (i64, String, i64, u32, u32, i64, u32, Vec<u8>);
        let sql = "SELECT a.n, a.page, a.added, a.story, a.seq, v.fetched, v.number, v.record \
                   FROM version v JOIN article a ON a.n = v.article WHERE v.seq = ?";
        let row: Option<Row> = self.one(sql, [seq], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ))
        })?;
        let lost = || self.damaged(format!("version {seq}"));
        let (n, page, added, story, newest, fetched, number, record) = row.ok_or_else(lost)?;
        let version = self.versions_between(seq, seq)?.pop().ok_or_else(lost)?;
        let article = version.article;
        let raw = |bytes: Option<Vec<u8>>| -> Result<Box<RawValue>, Error> {
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            let raw = text.and_then(|text| RawValue::from_string(text).ok());
            raw.ok_or_else(lost)
        };
        Ok(Line {
            id: article.id.to_string(),
            published: crate::articles::published(&article),
            text: article.text.as_str().to_owned(),
            crossread: Kept {
                n,
                page,
                added,
                day: crate::articles::day_of(&article),
                story,
                newest: newest == seq,
                seq,
                number,
                sha256: article.sha256.to_string(),
                path: article.path,
                source: version.source,
                fetched,
                original: BASE64.encode(&self.original(seq)?),
                record: raw(unpack(&record))?,
                layers: raw(Some(self.layers(seq)?))?,
            },
            url: article.url,
            outlet: article.outlet,
            title: article.title,
            language: article.language,
        })
    }
}

impl Writer {
    /// Makes a store of lines; it appears at `path` only when it is whole.
    ///
    /// # Errors
    /// [`TransferError`]; nothing is at `path` then.
    pub fn import(
        path: &Path,
        lines: &mut dyn BufRead,
        seen: &dyn Fn(usize),
    ) -> Result<(), TransferError> {
        if path.exists() {
            return Err(TransferError::There(path.display().to_string()));
        }
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = std::path::PathBuf::from(part);
        let remove = || {
            for end in ["", "-wal", "-shm", ".lock"] {
                let mut name = part.as_os_str().to_owned();
                name.push(end);
                let _ = std::fs::remove_file(name);
            }
        };
        remove();
        let filled = Writer::open(&part)
            .map_err(TransferError::from)
            .and_then(|store| {
                store.fill(lines, seen)?;
                let done =
                    store
                        .connection
                        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
                Ok(done.map_err(|e| store.error(e))?)
            });
        let moved = filled.and_then(|()| Ok(std::fs::rename(&part, path)?));
        remove();
        moved
    }

    fn fill(&self, lines: &mut dyn BufRead, seen: &dyn Fn(usize)) -> Result<(), TransferError> {
        let (mut text, mut number) = (String::new(), 0);
        let mut batch = self.batch()?;
        let mut rest: Option<Beside> = None;
        loop {
            text.clear();
            if lines.read_line(&mut text)? == 0 {
                break;
            }
            number += 1;
            let fault = |what: String| TransferError::Line { line: number, what };
            if rest.is_some() {
                return Err(fault("one after the last".to_owned()));
            }
            if let Ok(line) = serde_json::from_str::<Line>(&text) {
                batch.put(line).map_err(|what| match what {
                    Put::Store(error) => TransferError::Store(error),
                    Put::Line(what) => fault(what),
                })?;
                if number % TOGETHER == 0 {
                    batch.commit()?;
                    batch = self.batch()?;
                }
                seen(1);
                continue;
            }
            let last: Rest = serde_json::from_str(&text)
                .map_err(|error| fault(format!("no line of an export ({error})")))?;
            if last.crossread.version > VERSION {
                return Err(fault("of a newer Crossread; update the program".to_owned()));
            }
            rest = Some(last.crossread);
        }
        let fault = |what: &str| TransferError::Line {
            line: number,
            what: what.to_owned(),
        };
        let rest = rest.ok_or_else(|| fault("not the last: the export is cut off"))?;
        if rest.lines + 1 != number {
            return Err(fault("not the one that it says: lines are missing"));
        }
        batch.put_beside(rest)?;
        batch.commit()?;
        Ok(())
    }
}

/// Why a line is not taken.
enum Put {
    Store(Error),
    Line(String),
}

impl From<Error> for Put {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl crate::Batch<'_> {
    fn put(&self, line: Line) -> Result<(), Put> {
        let kept = line.crossread;
        let original = BASE64
            .decode(kept.original.as_bytes())
            .map_err(|_| Put::Line("not in base 64".to_owned()))?;
        let hash = Sha256::digest(&original);
        let told = model::Sha256(hash.into()).to_string();
        if told != kept.sha256 {
            return Err(Put::Line(
                "one whose bytes are not those of its hash".to_owned(),
            ));
        }
        if kept.number == 1 {
            self.run(
                "INSERT INTO article (n, id, page, seq, versions, added, story) \
                 VALUES (?, ?, ?, ?, 1, ?, ?)",
                params![kept.n, line.id, kept.page, kept.seq, kept.added, kept.story],
            )?;
        }
        if kept.newest {
            self.run(
                "UPDATE article SET seq = ?, versions = ?, outlet = ?, title = ?, url = ?, \
                 language = ?, published = ?, day = ? WHERE n = ?",
                params![
                    kept.seq,
                    kept.number,
                    line.outlet,
                    line.title,
                    line.url,
                    line.language,
                    line.published,
                    kept.day,
                    kept.n,
                ],
            )?;
            self.run(
                "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                params![kept.n, line.title, line.text],
            )?;
        }
        self.run(
            "INSERT INTO version (seq, article, number, sha256, path, source, fetched, original, \
             record, layers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                kept.seq,
                kept.n,
                kept.number,
                &hash[..],
                kept.path,
                kept.source,
                kept.fetched,
                pack(&original),
                pack(kept.record.get().as_bytes()),
                pack(kept.layers.get().as_bytes()),
            ],
        )?;
        Ok(())
    }

    fn put_beside(&self, rest: Beside) -> Result<(), Error> {
        for (first, last, at) in rest.batches {
            self.came(first, last, at)?;
        }
        for (n, id, changed) in rest.stories {
            self.touch(n, &id, changed)?;
        }
        for (id, now) in rest.aliases {
            self.alias(&id, &now)?;
        }
        for event in rest.events {
            let (article, other) = (event.article.as_deref(), event.other.as_deref());
            self.event(&event.story, event.at, &event.kind, article, other)?;
        }
        for search in &rest.searches {
            self.put_search(search)?;
        }
        for mark in &rest.marks {
            self.mark(mark)?;
        }
        for (key, value) in &rest.settings {
            self.set(key, value)?;
        }
        if let Some((seq, made, state)) = rest.state {
            let state = BASE64.decode(state.as_bytes()).unwrap_or_default();
            self.state(seq, &made, &state)?;
        }
        Ok(())
    }
}
