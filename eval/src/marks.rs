//! In: a store's export (`crossread export FILE`), in which are the articles and what readers decided of them. Out: the
//! same articles read without these decisions, and how much of what the readers decided comes out so. A desk that is
//! corrected is an evaluation set of its own news.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use crossread::Input;
use crossread::report::{self, wire};
use serde::Deserialize;
use serde_json::value::RawValue;
use store::{Mark, MarkKind, Marked};

use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::share;

const KIND: &str = "marks";

/// A line of an export: of an article, or the last.
#[derive(Deserialize)]
struct Line<'l> {
    id: Option<String>,
    #[serde(borrow)]
    crossread: &'l RawValue,
}

/// What the store kept of an article.
#[derive(Deserialize)]
struct Kept {
    story: u32,
    newest: bool,
}

/// What stands in the last line.
#[derive(Deserialize)]
struct Rest {
    #[serde(default)]
    stories: Vec<(u32, String, i64)>,
    #[serde(default)]
    aliases: Vec<(String, String)>,
    #[serde(default)]
    marks: Vec<Mark>,
}

/// A store's export.
struct Export {
    /// The newest versions, a record a line.
    records: String,
    /// The story in which the store has each article.
    story_of: HashMap<String, u32>,
    rest: Rest,
}

impl Export {
    fn read(text: &str) -> Result<Self> {
        let mut records = String::new();
        let mut story_of = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let place = || format!("line {}: this is no export of a store", number + 1);
            let read: Line<'_> = serde_json::from_str(line).with_context(place)?;
            let Some(id) = read.id else {
                let rest = serde_json::from_str(read.crossread.get()).with_context(place)?;
                return Ok(Self {
                    records,
                    story_of,
                    rest,
                });
            };
            let kept: Kept = serde_json::from_str(read.crossread.get()).with_context(place)?;
            if kept.newest {
                records.push_str(line);
                records.push('\n');
                story_of.insert(id, kept.story);
            }
        }
        anyhow::bail!("the export has no last line: it was cut off, export the store anew")
    }

    /// The articles that the store has in a mark's story, beside those that it is about.
    fn others(&self, mark: &Mark) -> Vec<&str> {
        let aliases: HashMap<&str, &str> = self
            .rest
            .aliases
            .iter()
            .map(|(id, now)| (id.as_str(), now.as_str()))
            .collect();
        let mut id = mark.story.as_str();
        for _ in 0..aliases.len() {
            id = aliases.get(id).copied().unwrap_or(id);
        }
        let story = self.rest.stories.iter().find(|(_, of, _)| of == id);
        let about = |id: &str| mark.about.iter().any(|one| one.article == id);
        let here = self
            .story_of
            .iter()
            .filter(|(id, of)| story.is_some_and(|(n, ..)| n == *of) && !about(id));
        let mut here: Vec<&str> = here.map(|(id, _)| id.as_str()).collect();
        here.sort_unstable();
        here
    }
}

/// A passage as code points of an article.
type Place<'a> = (&'a str, u32, u32);

fn place(of: &Marked) -> Place<'_> {
    let length = of.exact.chars().count() as u32;
    (&of.article, of.start, of.start + length)
}

fn meets(of: &Marked, mention: &wire::Mention) -> bool {
    let (article, start, end) = place(of);
    mention.article == article && mention.start < end && start < mention.end
}

/// Scores what readers decided of the articles in a file.
pub fn score(lab: &Lab, file: &Path) -> Result<Scores> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let export = Export::read(&text).with_context(|| file.display().to_string())?;
    let findings = lab.read(vec![Input {
        path: "export.jsonl".to_owned(),
        bytes: export.records.clone().into_bytes(),
        ..Input::default()
    }]);
    let read = report::assemble(&findings);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut scores = Scores::default();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let holding = export
        .rest
        .marks
        .iter()
        .filter(|mark| mark.undone.is_none());
    for mark in holding {
        for (what, right) in judged(&export, &read, mark) {
            let count = counts.entry(what).or_default();
            count.0 += usize::from(right);
            count.1 += 1;
            if !right {
                let words = |of: &[Marked]| {
                    let words: Vec<&str> = of.iter().map(|one| one.exact.as_str()).collect();
                    words.join(" \u{2016} ")
                };
                scores.cases.push(Case {
                    set: name.to_string(),
                    place: format!("{}, by {}", mark.story, mark.by),
                    expected: what.to_owned(),
                    found: words(&mark.with),
                    context: words(&mark.about),
                    weight: 1.0,
                });
            }
        }
    }
    for (what, (right, all)) in counts {
        scores.add(KIND, &name, what, share(right, all), Better::Neither);
        scores.add(
            KIND,
            &name,
            format!("{what}: decisions"),
            all as f64,
            Better::Neither,
        );
    }
    Ok(scores)
}

/// What is to be so by a mark, and whether it is.
fn judged(export: &Export, read: &wire::Report, mark: &Mark) -> Vec<(&'static str, bool)> {
    let pairs = || {
        let about = mark.about.iter();
        about.flat_map(|one| mark.with.iter().map(move |other| (one, other)))
    };
    match mark.kind {
        MarkKind::WrongMatch => pairs()
            .map(|(a, b)| ("wrong matches are apart", !is_one_claim(read, a, b)))
            .collect(),
        MarkKind::OneClaim => pairs()
            .map(|(a, b)| ("what is one claim is one", is_one_claim(read, a, b)))
            .collect(),
        MarkKind::WrongSpeaker => mark
            .about
            .iter()
            .map(|one| ("wrong speakers are not given", !has_speaker(read, one)))
            .collect(),
        MarkKind::Checked if mark.key.starts_with('c') => mark
            .about
            .windows(2)
            .map(|two| {
                (
                    "checked claims are found",
                    is_one_claim(read, &two[0], &two[1]),
                )
            })
            .collect(),
        MarkKind::NotThisStory => {
            let together = |one: &str, other: &str| {
                let has = |story: &&wire::Story, id: &str| story.articles.iter().any(|a| a == id);
                read.stories
                    .iter()
                    .any(|story| has(&story, one) && has(&story, other))
            };
            let others = export.others(mark);
            let apart = |one: &Marked| !others.iter().any(|other| together(&one.article, other));
            mark.about
                .iter()
                .filter(|_| !others.is_empty())
                .map(|one| ("articles of other stories are apart", apart(one)))
                .collect()
        }
        MarkKind::Checked | MarkKind::Note => Vec::new(),
    }
}

/// Whether a claim has both passages as stating it.
fn is_one_claim(read: &wire::Report, one: &Marked, other: &Marked) -> bool {
    let claims = read.stories.iter().flat_map(|story| &story.claims);
    claims.into_iter().any(|claim| {
        let has = |of: &Marked| {
            let states = claim.readings.iter().filter(|reading| !reading.near);
            states
                .into_iter()
                .any(|reading| meets(of, &reading.mention))
        };
        has(one) && has(other)
    })
}

/// Whether a quotation there is given to somebody.
fn has_speaker(read: &wire::Report, of: &Marked) -> bool {
    let quotes = read.stories.iter().flat_map(|story| &story.quotes);
    quotes
        .flat_map(|quote| &quote.readings)
        .any(|reading| meets(of, &reading.mention) && reading.speaker.is_some())
}

#[cfg(test)]
mod tests {
    use crossread::{Engine, Options};

    use super::*;

    /// Two outlets with one sentence that both have, and one of each.
    fn lab() -> Lab {
        Lab {
            data: Default::default(),
            engine: Engine::new(Options::default()).unwrap(),
            only: None,
        }
    }

    fn line(id: &str, text: &str) -> String {
        let kept = serde_json::json!({"story": 0, "newest": true});
        let outlet = format!("Outlet {id}");
        let record = serde_json::json!({
            "id": id, "outlet": outlet, "published": "2024-05-05", "text": text, "crossread": kept,
        });
        record.to_string()
    }

    #[test]
    fn what_readers_decided_is_held_against_what_is_read() {
        let (one, other) = (
            "Two firefighters died in the warehouse in Hallowmere on Sunday.",
            "Two firefighters died on Sunday in the Hallowmere warehouse.",
        );
        let marked = |article: &str, exact: &str| serde_json::json!({"article": article, "exact": exact, "start": 0});
        let mark = |kind: &str| {
            serde_json::json!({
                "kind": kind, "by": "Ada", "at": 1, "story": "s", "key": "c1",
                "about": [marked("a", one)], "with": [marked("b", other)],
            })
        };
        let rest = serde_json::json!({"crossread": {
            "stories": [[0, "s", 1]], "aliases": [],
            "marks": [mark("one-claim"), mark("wrong-match"), mark("not-this-story")],
        }});
        let text = format!("{}\n{}\n{rest}\n", line("a", one), line("b", other));
        let folder = std::env::temp_dir().join(format!("crossread-marks-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("desk.jsonl");
        std::fs::write(&file, text).unwrap();
        let scores = score(&lab(), &file).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let value = |name: &str| {
            let figure = scores.figures.iter().find(|figure| figure.name == name);
            figure.unwrap().value
        };
        assert_eq!(value("what is one claim is one"), 1.0);
        assert_eq!(value("wrong matches are apart"), 0.0);
        assert_eq!(value("articles of other stories are apart"), 0.0);
        assert_eq!(scores.cases.len(), 2);
    }

    #[test]
    fn what_is_no_export_is_refused() {
        assert!(Export::read("{}\n").is_err());
        assert!(Export::read(&line("a", "Two died.")).is_err());
    }
}
