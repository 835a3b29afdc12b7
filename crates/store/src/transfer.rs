//! A store as lines of JSON. In: a store. Out: a line for every version of every article, which
//! is a record that `crossread read` takes too, and a last line with what there is beside them. Read again
//! (`import`), they make the same store: the same versions, stories, names of stories and history. Reports are
//! not in it: they are drawn anew.

use std::io::{self, Write};

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::stories::{self, Event};
use crate::{Error, Follower, Mark, Reader, SavedSearch, unpack};

/// The version of these lines.
pub(crate) const VERSION: u32 = 1;

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
    #[error(
        "line {line} of the export is {what}. Nothing was imported: export the store anew, or add the lines as \
         articles (`crossread add FILE.jsonl --db NEW`)"
    )]
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
pub(crate) struct Line {
    pub id: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub text: String,
    pub crossread: Kept,
}

/// What the store keeps of it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub n: i64,
    pub page: String,
    pub added: i64,
    pub day: Option<i64>,
    pub story: u32,
    pub newest: bool,
    pub seq: u32,
    pub number: u32,
    pub sha256: String,
    pub path: String,
    pub source: String,
    pub fetched: i64,
    pub original: String,
    pub record: Box<RawValue>,
    pub layers: Box<RawValue>,
}

/// What there is beside the articles.
#[derive(Serialize, Deserialize)]
pub(crate) struct Rest {
    pub crossread: Beside,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Beside {
    pub version: u32,
    /// How many lines came before.
    pub lines: usize,
    pub batches: Vec<(u32, u32, i64)>,
    /// Number, id, when it changed.
    pub stories: Vec<(u32, String, i64)>,
    pub aliases: Vec<(String, String)>,
    pub events: Vec<Event>,
    /// Where articles were taken out, the stream cannot be had again from those that are left.
    pub state: Option<(u32, String, String)>,
    #[serde(default)]
    pub searches: Vec<SavedSearch>,
    #[serde(default)]
    pub settings: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<Follower>,
}

impl Reader {
    /// Writes the store as lines; `seen` is told after each version.
    ///
    /// # Errors
    /// Those of the database, and of `out`.
    pub fn export(&self, out: &mut dyn Write, seen: &dyn Fn(usize)) -> Result<(), TransferError> {
        let _still = self.stands_still();
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
                followers: self.followers()?,
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
