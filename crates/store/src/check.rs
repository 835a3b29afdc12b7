//! In: a store. Out: everything in it that does not hold: a hash that is not that of its bytes, a passage
//! that is not a slice of its text, an index that lost an article. Nothing is changed.

use std::collections::HashMap;

use model::Article;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Error, Reader};

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: an article, a version, a story, the file.
    pub place: String,
    /// What.
    pub what: String,
}

/// Versions that are looked at together.
const TOGETHER: u32 = 256;

impl Reader {
    /// Looks at everything; `seen` is told how many versions and stories were looked at. Gives how many
    /// passages were compared, and what does not hold.
    ///
    /// # Errors
    /// Those of the database that keep it from being read at all.
    pub fn check(&self, seen: &dyn Fn(usize)) -> Result<(u64, Vec<Fault>), Error> {
        let mut faults = Vec::new();
        let mut fault = |place: String, what: String| faults.push(Fault { place, what });
        for line in self.file_faults()? {
            fault("the file".to_owned(), line);
        }
        let mut mentions = 0;
        let last: Option<Option<u32>> =
            self.one("SELECT max(seq) FROM version", [], |row| row.get(0))?;
        for first in (0..=last.flatten().unwrap_or(0)).step_by(TOGETHER as usize) {
            for seq in self.seqs(first, first.saturating_add(TOGETHER - 1))? {
                let place = format!("version {seq}");
                match self.version_faults(seq) {
                    Ok((held, found)) => {
                        mentions += held;
                        found
                            .into_iter()
                            .for_each(|what| fault(place.clone(), what));
                    }
                    Err(Error::Damaged { what, .. }) => fault(place, what),
                    Err(other) => return Err(other),
                }
                seen(1);
            }
        }
        for (n, id) in self.reported()? {
            match self.report_faults(n) {
                Ok((held, found)) => {
                    mentions += held;
                    found
                        .into_iter()
                        .for_each(|what| fault(format!("story {id}"), what));
                }
                Err(Error::Damaged { what, .. }) => fault(format!("story {id}"), what),
                Err(other) => return Err(other),
            }
            seen(1);
        }
        Ok((mentions, faults))
    }

    fn file_faults(&self) -> Result<Vec<String>, Error> {
        let lines: Vec<String> = self.all("PRAGMA integrity_check(20)", [], |row| row.get(0))?;
        let mut found: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let lost = [
            (
                "SELECT count(*) FROM article WHERE n NOT IN (SELECT rowid FROM words)",
                "articles are not in the index of words",
            ),
            (
                "SELECT count(*) FROM article WHERE seq NOT IN (SELECT seq FROM version) \
                 OR story NOT IN (SELECT n FROM story)",
                "articles without their version or story",
            ),
        ];
        for (sql, what) in lost {
            let count: Option<i64> = self.one(sql, [], |row| row.get(0))?;
            let count = count.unwrap_or(0);
            found.extend((count > 0).then(|| format!("{count} {what}")));
        }
        Ok(found)
    }

    fn seqs(&self, first: u32, last: u32) -> Result<Vec<u32>, Error> {
        let sql = "SELECT seq FROM version WHERE seq BETWEEN ? AND ? ORDER BY seq";
        self.all(sql, [first, last], |row| row.get(0))
    }

    fn version_faults(&self, seq: u32) -> Result<(u64, Vec<String>), Error> {
        let mut found = Vec::new();
        let Some(version) = self.versions_between(seq, seq)?.pop() else {
            return Ok((0, found));
        };
        let hash = Sha256::digest(self.original(seq)?);
        if hash[..] != version.article.sha256.0[..] {
            found.push("its bytes are not those of its hash".to_owned());
        }
        let layers: Value = serde_json::from_slice(&self.layers(seq)?)
            .map_err(|_| self.damaged(format!("the layers of version {seq}")))?;
        let mut texts = Texts::default();
        texts.add(version.article.id.as_str(), &version.article);
        let own = version.article.id.as_str().to_owned();
        let held = texts.compare(&layers, Some(&own), &mut found);
        Ok((held, found))
    }

    /// The stories that have a report: number and id, by number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reported(&self) -> Result<Vec<(u32, String)>, Error> {
        let sql = "SELECT n, id FROM story WHERE report IS NOT NULL ORDER BY n";
        self.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn report_faults(&self, story: u32) -> Result<(u64, Vec<String>), Error> {
        let mut found = Vec::new();
        let Some(report) = self.report(story)? else {
            return Ok((0, found));
        };
        let made_of = report.made_of;
        let report: Value = serde_json::from_slice(&report.story)
            .map_err(|_| self.damaged(format!("the report of story {story}")))?;
        let mut texts = Texts::default();
        for (id, number) in made_of {
            let version = self.version(&id, number)?;
            match version {
                Some(version) => texts.add(&id, &version.article),
                None => found.push(format!(
                    "it quotes version {number} of {id}, which is not there"
                )),
            }
        }
        let held = texts.compare(&report, None, &mut found);
        Ok((held, found))
    }
}

/// Texts by article, with the byte where each code point starts.
#[derive(Default)]
struct Texts(HashMap<String, (String, Vec<usize>)>);

impl Texts {
    fn add(&mut self, id: &str, article: &Article) {
        let text = article.text.as_str().to_owned();
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let starts = starts.collect();
        self.0.insert(id.to_owned(), (text, starts));
    }

    fn slice(&self, id: &str, start: usize, end: usize) -> Option<&str> {
        let (text, starts) = self.0.get(id)?;
        text.get(*starts.get(start)?..*starts.get(end)?)
    }

    /// Compares every `{"start", "end", "text"}` with its slice; of `own` where it names no article. Gives
    /// how many hold.
    fn compare(&self, value: &Value, own: Option<&str>, faults: &mut Vec<String>) -> u64 {
        match value {
            Value::Array(items) => items
                .iter()
                .map(|item| self.compare(item, own, faults))
                .sum(),
            Value::Object(fields) => {
                let inside: u64 = fields
                    .values()
                    .map(|field| self.compare(field, own, faults))
                    .sum();
                let number = |key: &str| fields.get(key)?.as_u64().map(|at| at as usize);
                let (Some(start), Some(end)) = (number("start"), number("end")) else {
                    return inside;
                };
                let Some(text) = fields.get("text").and_then(Value::as_str) else {
                    return inside;
                };
                let id = fields.get("article").and_then(Value::as_str).or(own);
                let slice = id.and_then(|id| self.slice(id, start, end));
                if slice == Some(text) {
                    return inside + 1;
                }
                faults.push(format!(
                    "the passage {start} to {end} of {} is not “{text}”",
                    id.unwrap_or("no article")
                ));
                inside
            }
            _ => 0,
        }
    }
}
