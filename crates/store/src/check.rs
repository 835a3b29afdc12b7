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

impl Fault {
    fn at(place: &str, what: String) -> Self {
        let place = place.to_owned();
        Self { place, what }
    }
}

/// What could be read; what is damaged is a fault.
fn held<T>(
    faults: &mut Vec<Fault>,
    place: &str,
    read: Result<T, Error>,
) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Error::Damaged { what, .. }) => {
            faults.push(Fault::at(place, format!("it is damaged ({what})")));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Faults that are named.
const MOST: usize = 1_000;

/// Versions that are looked at together.
const TOGETHER: u32 = 256;

impl Reader {
    /// Looks at everything; `seen` is told how many versions and stories were looked at. Gives how many
    /// passages were compared, and what does not hold.
    ///
    /// # Errors
    /// Those of the database that keep it from being read at all.
    pub fn check(&self, seen: &dyn Fn(usize)) -> Result<(u64, Vec<Fault>), Error> {
        let _still = self.stands_still();
        let mut faults = Vec::new();
        let mut mentions = 0;
        let file = |what| Fault::at("the file", what);
        if let Some(found) = held(&mut faults, "the file", self.file_faults())? {
            faults.extend(found.into_iter().map(file));
        }
        let last = self.one("SELECT max(seq) FROM version", [], |row| row.get(0));
        let last: Option<u32> = held(&mut faults, "the file", last)?.flatten().flatten();
        for first in (0..=last.unwrap_or(0)).step_by(TOGETHER as usize) {
            let end = first.saturating_add(TOGETHER - 1);
            // Where they cannot be listed, those that can be read are found one by one.
            let listed = held(&mut faults, "the file", self.seqs(first, end))?;
            for seq in listed.unwrap_or_else(|| (first..=end).collect()) {
                let place = self.version_name(seq);
                if let Some((count, found)) = held(&mut faults, &place, self.version_faults(seq))? {
                    mentions += count;
                    faults.extend(found.into_iter().map(|what| Fault::at(&place, what)));
                }
                seen(1);
                if faults.len() > MOST {
                    faults.push(file("there are more faults than are named here".to_owned()));
                    return Ok((mentions, faults));
                }
            }
        }
        let reported = held(&mut faults, "the file", self.reported())?;
        for (n, id) in reported.unwrap_or_default() {
            let place = format!("story {id}");
            if let Some((count, found)) = held(&mut faults, &place, self.report_faults(n))? {
                mentions += count;
                faults.extend(found.into_iter().map(|what| Fault::at(&place, what)));
            }
            seen(1);
        }
        Ok((mentions, faults))
    }

    /// A version as people know it, as far as it can be read.
    fn version_name(&self, seq: u32) -> String {
        let sql = "SELECT v.number, a.id, v.path FROM version v JOIN article a ON a.n = v.article \
                   WHERE v.seq = ?";
        let named = self.one(sql, [seq], |row| {
            let (number, id, path): (u32, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("version {number} of article {id} ({path})"))
        });
        if let Ok(Some(named)) = named {
            return named;
        }
        let sql = "SELECT id, page FROM article WHERE seq = ?";
        let newest = self.one(sql, [seq], |row| {
            let (id, page): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(format!("the newest version of article {id} ({page})"))
        });
        let newest = newest.ok().flatten();
        newest.unwrap_or_else(|| format!("the version that came as number {}", seq + 1))
    }

    fn file_faults(&self) -> Result<Vec<String>, Error> {
        let lines: Vec<String> = self.all("PRAGMA integrity_check(20)", [], |row| row.get(0))?;
        let mut found: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        found.extend(self.row_faults()?);
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
        found.extend(self.list_faults(&version)?);
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
pub(crate) struct Texts(HashMap<String, (String, Vec<usize>)>);

impl Texts {
    pub(crate) fn add(&mut self, id: &str, article: &Article) {
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
    pub(crate) fn compare(
        &self,
        value: &Value,
        own: Option<&str>,
        faults: &mut Vec<String>,
    ) -> u64 {
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
                if let Some(Value::Array(sentences)) = fields.get("sentences") {
                    self.in_order(sentences, own, faults);
                }
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

    /// Compares sentences, first code point and one past the last of each, with the text that they are of.
    fn in_order(&self, sentences: &[Value], own: Option<&str>, faults: &mut Vec<String>) {
        let len = own.and_then(|id| Some(self.0.get(id)?.1.len()));
        let mut at = 0;
        for sentence in sentences {
            let end = |which: usize| sentence.get(which)?.as_u64();
            let fits = end(0).zip(end(1)).filter(|(start, end)| {
                at <= *start && start <= end && len.is_some_and(|len| (*end as usize) < len)
            });
            match fits {
                Some((_, end)) => at = end,
                None => {
                    faults.push(format!("the sentence {sentence} is none of its text"));
                    return;
                }
            }
        }
    }
}
