//! What readers decide and note. In: a mark. Out: the marks of a story's articles, in the order in which they came, and
//! what of them holds. They are the users' data: a store that is drawn anew, exported, imported or merged has them all.

use data_encoding::HEXLOWER;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Batch, Error, Reader};

/// What a reader does with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Has checked it: it holds.
    Checked,
    /// A passage does not state what the others do.
    WrongMatch,
    /// Two claims are one.
    OneClaim,
    /// An article's quotation is given to somebody who did not say it.
    WrongSpeaker,
    /// An article tells of something else than its story.
    NotThisStory,
    /// Has something to say about it.
    Note,
}

/// A passage that a mark is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The article's id.
    pub article: String,
    /// Its words; empty for the whole article.
    pub exact: String,
    /// The code point at which they stood; where the page has changed they are looked for.
    pub start: u32,
}

/// What a reader decided or noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Made of the rest ([`Mark::named`]).
    #[serde(default)]
    pub id: String,
    /// What it does.
    pub kind: MarkKind,
    /// Whose it is.
    pub by: String,
    /// When it was made, seconds since 1970.
    pub at: i64,
    /// The story's id when it was made.
    pub story: String,
    /// What lasts of the claim, quotation or dispute; empty for an article or a story.
    #[serde(default)]
    pub key: String,
    /// The passages that it is about.
    pub about: Vec<Marked>,
    /// Those that they are set apart from, or put together with.
    #[serde(default)]
    pub with: Vec<Marked>,
    /// What its maker has to say.
    #[serde(default)]
    pub note: String,
    /// Who took it back, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<(String, i64)>,
}

/// Letters of a name and of a note, and passages of a mark, at most.
const NAME: usize = 120;
const NOTE: usize = 4_000;
const PASSAGES: usize = 2_000;

impl Mark {
    /// The same with the id that is made of what it says: one that comes twice is one.
    #[must_use]
    pub fn named(mut self) -> Self {
        let said = (
            (self.kind, &self.by, self.at, &self.story, &self.key),
            (&self.about, &self.with, &self.note),
        );
        let hash = Sha256::digest(serde_json::to_vec(&said).unwrap_or_default());
        self.id = format!("m{}", HEXLOWER.encode(&hash[..10]));
        self
    }

    /// Why it cannot be kept, for people; nothing where it can.
    pub fn fault(&self) -> Option<String> {
        let two = matches!(self.kind, MarkKind::WrongMatch | MarkKind::OneClaim);
        let said = self.by.chars().chain(self.note.chars());
        if self.by.trim().is_empty() || self.by.chars().count() > NAME {
            return Some(format!(
                "a mark has the name of who makes it, {NAME} letters at most"
            ));
        }
        if self.note.chars().count() > NOTE {
            return Some(format!("a note has at most {NOTE} letters"));
        }
        if said.clone().any(|c| c.is_control() && c != '\n') {
            return Some("a mark has no control characters".to_owned());
        }
        if self.about.is_empty() || two && self.with.is_empty() {
            return Some("a mark says what it is about".to_owned());
        }
        if self.about.len() + self.with.len() > PASSAGES {
            return Some(format!("a mark is about {PASSAGES} passages at most"));
        }
        (self.kind == MarkKind::Note && self.note.trim().is_empty())
            .then(|| "a note says something".to_owned())
    }

    fn articles(&self) -> impl Iterator<Item = &str> {
        self.about
            .iter()
            .chain(&self.with)
            .map(|one| one.article.as_str())
    }
}

const COLUMNS: &str = "m.id, m.mark, m.undone_by, m.undone_at";

fn row(row: &Row<'_>) -> rusqlite::Result<Option<Mark>> {
    let (id, mark): (String, String) = (row.get(0)?, row.get(1)?);
    let undone: Option<String> = row.get(2)?;
    let at: Option<i64> = row.get(3)?;
    // One that cannot be read any more says nothing.
    let mark = serde_json::from_str::<Mark>(&mark).ok();
    Ok(mark.map(|mark| Mark {
        id,
        undone: undone.zip(at),
        ..mark
    }))
}

impl Reader {
    /// The marks of the articles that are in a story, in the order in which they came, those that were taken back among
    /// them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn marks_of(&self, story: u32) -> Result<Vec<Mark>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM mark m WHERE m.n IN (SELECT d.mark FROM article a \
             JOIN marked d ON d.article = a.id WHERE a.story = ?) ORDER BY m.n"
        );
        let marks = self.all(&sql, [story], row)?;
        Ok(marks.into_iter().flatten().collect())
    }

    /// All marks, in the order in which they came.
    ///
    /// # Errors
    /// Those of the database.
    pub fn marks(&self) -> Result<Vec<Mark>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM mark m ORDER BY m.n");
        let marks = self.all(&sql, [], row)?;
        Ok(marks.into_iter().flatten().collect())
    }

    /// A mark.
    ///
    /// # Errors
    /// Those of the database.
    pub fn mark_by_id(&self, id: &str) -> Result<Option<Mark>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM mark m WHERE m.id = ?");
        Ok(self.one(&sql, [id], row)?.flatten())
    }
}

impl Batch<'_> {
    /// Keeps a mark, once; the stories of its articles wait to be drawn. Whether it is new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn mark(&self, mark: &Mark) -> Result<bool, Error> {
        let (by, at) = mark.undone.clone().unzip();
        let bare = Mark {
            undone: None,
            ..mark.clone()
        };
        let words = serde_json::to_string(&bare).unwrap_or_default();
        let new = self.run(
            "INSERT OR IGNORE INTO mark (id, story, mark, undone_by, undone_at) VALUES (?, ?, ?, ?, ?)",
            params![mark.id, mark.story, words, by, at],
        )?;
        if new == 0 {
            // Who took it back elsewhere took it back.
            if let Some((by, at)) = &mark.undone {
                self.undo(&mark.id, by, *at)?;
            }
            return Ok(false);
        }
        for article in mark.articles() {
            self.run(
                "INSERT OR IGNORE INTO marked (article, mark) SELECT ?, n FROM mark WHERE id = ?",
                params![article, mark.id],
            )?;
        }
        self.disturb(&mark.id)?;
        Ok(true)
    }

    /// Takes a mark back; whether there was one that held.
    ///
    /// # Errors
    /// Those of the database.
    pub fn undo(&self, id: &str, by: &str, at: i64) -> Result<bool, Error> {
        let sql = "UPDATE mark SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at IS NULL";
        let undone = self.run(sql, params![by, at, id])?;
        self.disturb(id)?;
        Ok(undone > 0)
    }

    /// The stories of a mark's articles wait to be drawn.
    fn disturb(&self, id: &str) -> Result<(), Error> {
        self.run(
            "UPDATE story SET fresh = 0 WHERE n IN (SELECT a.story FROM mark m \
             JOIN marked d ON d.mark = m.n JOIN article a ON a.id = d.article WHERE m.id = ?)",
            [id],
        )?;
        Ok(())
    }
}
