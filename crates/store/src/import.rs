//! Lines of an export back to a store. In: lines as [`crate::Reader::export`] writes them. Out: the store, whole and in
//! its place, or nothing at all.
//!
//! Refuses lines that are none of these, cut off, or of a later version; bytes that are not those of their hash; texts,
//! names and passages that are not those of the article's record; versions, batches and stories that do not go together.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use model::Article;
use rusqlite::params;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::check::Texts;
use crate::transfer::{Beside, Kept, Line, Rest, VERSION};
use crate::{Batch, Error, Reader, TransferError, Writer, articles, pack, record};

/// Versions that are written to a store together.
const TOGETHER: usize = 1_000;

/// Versions that can have come together. The program takes 512 at a time; what a line claims is made room for.
const BATCH: u32 = 1 << 16;

impl Writer {
    /// Makes a store of lines; it appears at `path` only when it is whole. Where the store of just these lines is there
    /// already, as an import left it that was stopped before its stories were drawn, it stays as it is.
    ///
    /// # Errors
    /// [`TransferError`]; nothing is at `path` then that was not there before.
    pub fn import(
        path: &Path,
        lines: &mut dyn BufRead,
        seen: &dyn Fn(usize),
    ) -> Result<(), TransferError> {
        if path.exists() {
            return match Reader::open(path)?.is_of(lines, seen)? {
                true => Ok(()),
                false => Err(TransferError::There(path.display().to_string())),
            };
        }
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
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
                Ok(store.take_in_log()?)
            });
        let moved = filled.and_then(|()| Ok(std::fs::rename(&part, path)?));
        remove();
        moved
    }

    fn fill(&self, lines: &mut dyn BufRead, seen: &dyn Fn(usize)) -> Result<(), TransferError> {
        let mut lines = Lines::of(lines);
        let mut batch = self.batch()?;
        let mut last = None;
        while let Some(line) = lines.next()? {
            // In the order in which they came: none twice.
            if last >= Some(line.crossread.seq) {
                return Err(lines.fault("not in its place"));
            }
            last = Some(line.crossread.seq);
            batch.put(line).map_err(|put| put.at(lines.number))?;
            if lines.number.is_multiple_of(TOGETHER) {
                batch.commit()?;
                batch = self.batch()?;
            }
            seen(1);
        }
        let number = lines.number;
        let rest = lines.rest()?;
        batch.put_beside(rest).map_err(|put| put.at(number))?;
        let lost = self.row_faults()?.into_iter().next();
        if let Some(lost) = lost {
            return Err(Put::Line(format!("not what the lines before are: {lost}")).at(number));
        }
        batch.commit()?;
        Ok(())
    }
}

impl Reader {
    /// Whether the store holds just the versions of these lines.
    fn is_of(&self, lines: &mut dyn BufRead, seen: &dyn Fn(usize)) -> Result<bool, TransferError> {
        let [_, versions, _] = self.counts()?;
        let mut lines = Lines::of(lines);
        while let Some(line) = lines.next()? {
            let kept = line.crossread;
            let sql = "SELECT a.id = ? AND v.number = ? AND lower(hex(v.sha256)) = ? FROM version v \
                       JOIN article a ON a.n = v.article WHERE v.seq = ?";
            let values = params![line.id, kept.number, kept.sha256, kept.seq];
            if self.one(sql, values, |row| row.get(0))? != Some(true) {
                return Ok(false);
            }
            seen(1);
        }
        Ok(lines.rest()?.lines as u64 == versions)
    }
}

/// Lines as they are read.
struct Lines<'l> {
    from: &'l mut dyn BufRead,
    text: String,
    /// The one at hand, counted from 1.
    number: usize,
    rest: Option<Beside>,
}

impl<'l> Lines<'l> {
    fn of(from: &'l mut dyn BufRead) -> Self {
        Self {
            from,
            text: String::new(),
            number: 0,
            rest: None,
        }
    }

    fn fault(&self, what: impl Into<String>) -> TransferError {
        Put::Line(what.into()).at(self.number)
    }

    /// The next version, until the last line was read.
    fn next(&mut self) -> Result<Option<Line>, TransferError> {
        loop {
            self.text.clear();
            if self.from.read_line(&mut self.text).map_err(no_text)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.rest.is_some() {
                return Err(self.fault("one after the last"));
            }
            if let Ok(line) = serde_json::from_str(&self.text) {
                return Ok(Some(line));
            }
            let last: Rest = serde_json::from_str(&self.text)
                .map_err(|error| self.fault(format!("no line of an export ({error})")))?;
            if last.crossread.version > VERSION {
                return Err(self.fault("of a newer Crossread; update the program"));
            }
            self.rest = Some(last.crossread);
        }
    }

    /// What the last line says, when all were read.
    fn rest(mut self) -> Result<Beside, TransferError> {
        let rest = self.rest.take();
        let rest = rest.ok_or_else(|| self.fault("not the last: the export is cut off"))?;
        if rest.lines + 1 != self.number {
            return Err(self.fault("not the one that it says: lines are missing"));
        }
        Ok(rest)
    }
}

/// What is no text at all is told as lines that are no export's are.
fn no_text(error: io::Error) -> TransferError {
    match error.kind() {
        io::ErrorKind::InvalidData => {
            Put::Line("no line of an export (not UTF-8)".to_owned()).at(1)
        }
        _ => error.into(),
    }
}

/// Why a line is not taken.
enum Put {
    Store(Error),
    Line(String),
}

impl Put {
    fn at(self, line: usize) -> TransferError {
        match self {
            // Two of what there is one of.
            Self::Store(Error::Database { source, .. })
                if source.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
            {
                let what = format!("one that does not go with those before ({source})");
                TransferError::Line { line, what }
            }
            Self::Store(error) => error.into(),
            Self::Line(what) => TransferError::Line { line, what },
        }
    }
}

impl From<Error> for Put {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// The article of a line, where all that the line says of it holds.
fn article(line: &Line, hash: [u8; 32]) -> Result<Article, Put> {
    let kept: &Kept = &line.crossread;
    let fault = |what: &str| Put::Line(what.to_owned());
    if model::Sha256(hash).to_string() != kept.sha256 {
        return Err(fault("one whose bytes are not those of its hash"));
    }
    let article = record::read(kept.record.get().as_bytes(), model::Sha256(hash));
    let article = article.ok_or_else(|| fault("one whose record does not fit its text"))?;
    if article.text.as_str() != line.text {
        return Err(fault("one whose text is not that of its record"));
    }
    let own = (&line.id[..], &kept.path, &line.url, &line.outlet);
    let recorded = (
        article.id.as_str(),
        &article.path,
        &article.url,
        &article.outlet,
    );
    let says = (&line.title, &line.language, &line.published, kept.day);
    let published = articles::published(&article);
    let day = articles::day_of(&article);
    if own != recorded || says != (&article.title, &article.language, &published, day) {
        return Err(fault("one that says otherwise than its record"));
    }
    let layers: Value = serde_json::from_str(kept.layers.get())
        .map_err(|_| fault("one whose annotations cannot be read"))?;
    let mut texts = Texts::default();
    texts.add(&line.id, &article);
    let mut faults = Vec::new();
    texts.compare(&layers, Some(&line.id), &mut faults);
    match faults.into_iter().next() {
        Some(what) => Err(Put::Line(format!(
            "one whose annotations do not fit: {what}"
        ))),
        None => Ok(article),
    }
}

impl Batch<'_> {
    fn put(&self, line: Line) -> Result<(), Put> {
        let original = BASE64
            .decode(line.crossread.original.as_bytes())
            .map_err(|_| Put::Line("not in base 64".to_owned()))?;
        let hash: [u8; 32] = Sha256::digest(&original).into();
        article(&line, hash)?;
        let kept = line.crossread;
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

    fn put_beside(&self, rest: Beside) -> Result<(), Put> {
        let fault = |what: &str| Put::Line(what.to_owned());
        for &(first, last, _) in &rest.batches {
            if last.checked_sub(first).is_none_or(|more| more >= BATCH) {
                return Err(fault("of batches that nobody can have added"));
            }
        }
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
            if let Some(what) = search.fault() {
                return Err(Put::Line(format!(
                    "of a search that cannot be kept: {what}"
                )));
            }
            self.put_search(search)?;
        }
        for mark in &rest.marks {
            self.mark(mark)?;
        }
        for follower in &rest.followers {
            self.take_follower(follower)?;
        }
        for (key, value) in &rest.settings {
            self.set(key, value)?;
        }
        if let Some((seq, made, state)) = rest.state {
            let state = BASE64.decode(state.as_bytes());
            let state = state.map_err(|_| fault("of a stream that is not in base 64"))?;
            self.state(seq, &made, &state)?;
        }
        Ok(())
    }
}
