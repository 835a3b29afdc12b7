//! In: a gold story and the engine. Out: what the program read of its articles, and where in the gold's own text a
//! passage of it stands. An article that was not read has no place.

use std::collections::HashMap;

use crossread::Input;
use crossread::model::{ArticleId, ArticleIx, Document, Findings, Mention, SourceRun, Story};

use super::gold::{Gold, Page, Place};
use super::map::Map;
use crate::documents::{Given, article, in_order, published};
use crate::lab::Lab;

/// How a story's articles are given to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As JSONL records: outlet, title, date and text, furniture and all.
    Records,
    /// The same, with claims lined up by words alone.
    Words,
    /// As plain text files: the text's bytes, nothing else.
    Text,
    /// As `page` would give them if it made no mistake: the gold's furniture taken out. Tells what
    /// the later stages do by themselves.
    Clean,
}

impl Mode {
    /// All, the default first.
    pub const ALL: [(Mode, &str); 4] = [
        (Mode::Records, "records"),
        (Mode::Words, "by words"),
        (Mode::Text, "text files"),
        (Mode::Clean, "clean text"),
    ];
}

type Indices = HashMap<ArticleId, usize>;

/// A gold story as the program reads it.
pub struct Reading {
    /// What was read.
    pub findings: Findings,
    /// Each gold article's place in the gold's text; `None` where it was not read.
    pub(super) maps: Vec<Option<Map>>,
    /// The gold's article of each article read.
    index_of: Indices,
}

impl Reading {
    /// Runs the program on a story.
    pub fn of(lab: &Lab, gold: &Gold, mode: Mode) -> Self {
        let (findings, index_of) = match mode {
            Mode::Records | Mode::Words | Mode::Text => pages(lab, gold, mode),
            Mode::Clean => clean(lab, gold),
        };
        let mut maps: Vec<Option<Map>> = gold.pages.iter().map(|_| None).collect();
        for doc in &findings.documents {
            if let Some(&index) = index_of.get(&doc.article.id) {
                maps[index] = Some(Map::new(&doc.article, &gold.pages[index].text));
            }
        }
        Self {
            findings,
            maps,
            index_of,
        }
    }

    /// The document of a story's article.
    pub fn document(&self, story: &Story, article: ArticleIx) -> Option<&Document> {
        let index = *story.articles.get(article.at())?;
        self.findings.documents.get(index.at())
    }

    /// Which of the gold's articles a story's article is.
    pub fn index(&self, story: &Story, article: ArticleIx) -> Option<usize> {
        let id = &self.document(story, article)?.article.id;
        self.index_of.get(id).copied()
    }

    /// Where a passage stands in the gold's text.
    pub fn place(&self, story: &Story, mention: &Mention) -> Option<Place> {
        let article = self.index(story, mention.article)?;
        let range = self.maps[article].as_ref()?.to_gold(mention.span.range())?;
        Some(Place {
            article,
            start: range.start,
            end: range.end,
        })
    }
}

/// Through `page`: every article a file of its own.
fn pages(lab: &Lab, gold: &Gold, mode: Mode) -> (Findings, Indices) {
    let name = |id: &str| match mode {
        Mode::Text => format!("{id}.txt"),
        _ => format!("{id}.jsonl"),
    };
    let inputs = gold
        .ids
        .iter()
        .zip(&gold.pages)
        .map(|(id, page)| Input {
            path: name(id),
            bytes: bytes(id, page, mode),
            ..Input::default()
        })
        .collect();
    let findings = lab.read(inputs);
    let index_of = findings
        .documents
        .iter()
        .filter_map(|doc| {
            let path = &doc.article.path;
            let index = gold.ids.iter().position(|id| {
                // A container's articles are named FILE:LINE.
                path.strip_prefix(&name(id))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            })?;
            Some((doc.article.id.clone(), index))
        })
        .collect();
    (findings, index_of)
}

fn bytes(id: &str, page: &Page, mode: Mode) -> Vec<u8> {
    if mode == Mode::Text {
        return page.text.clone().into_bytes();
    }
    let record = serde_json::json!({
        "id": id,
        "outlet": page.outlet,
        "title": page.title,
        "published": page.date,
        "text": page.text,
    });
    format!("{record}\n").into_bytes()
}

/// Past `page`: the gold's furniture and the lines that repeat the title taken out.
fn clean(lab: &Lab, gold: &Gold) -> (Findings, Indices) {
    let mut articles = Vec::new();
    let mut index_of = Indices::new();
    for (index, (id, page)) in gold.ids.iter().zip(&gold.pages).enumerate() {
        let mut keep = vec![true; page.text.len()];
        for (place, _) in gold
            .furniture
            .iter()
            .filter(|(place, _)| place.article == index)
        {
            keep[place.range()].fill(false);
        }
        let mut text = String::new();
        let mut runs = Vec::new();
        let mut at = 0;
        for line in page.text.split_inclusive('\n') {
            let title = page
                .title
                .as_deref()
                .is_some_and(|title| title.trim() == line.trim());
            for (offset, c) in line.char_indices() {
                if keep[at + offset] && !title {
                    runs.push((text.len(), at + offset, c.len_utf8()));
                    text.push(c);
                }
            }
            // A line of which nothing is left must not join its neighbours.
            if !text.is_empty() && !text.ends_with('\n') && line.ends_with('\n') {
                text.push('\n');
            }
            at += line.len();
        }
        let mut one = article(Given {
            id: id.clone(),
            title: page.title.clone(),
            outlet: page.outlet.clone(),
            published: page.date.as_deref().and_then(published),
            language: "en".to_owned(),
            text,
        });
        one.source = join(runs);
        index_of.insert(one.id.clone(), index);
        articles.push(one);
    }
    in_order(&mut articles);
    let documents = lab.annotate(articles);
    let stories = lab.group(&documents);
    let stories = lab.compare(&documents, stories);
    (
        Findings {
            documents,
            skipped: Vec::new(),
            stories,
        },
        index_of,
    )
}

/// Neighbouring stretches as one.
fn join(runs: Vec<(usize, usize, usize)>) -> Vec<SourceRun> {
    let mut joined: Vec<SourceRun> = Vec::new();
    for (text, source, len) in runs {
        let (text, source, len) = (text as u32, source as u32, len as u32);
        match joined.last_mut() {
            Some(last) if last.text + last.len == text && last.source + last.len == source => {
                last.len += len;
            }
            _ => joined.push(SourceRun { text, source, len }),
        }
    }
    joined
}
