//! A page on its way to an article. In: a page that was read alone. Out: its article once it is known what recurs at
//! its outlet. Refuses a reading that leaves less of the article's own than the page alone gave.

use std::collections::HashSet;

use model::{Article, Block, SkipReason, SourceRun, Text, Warning};

use super::{Outlet, Recurring, Seen, key};
use crate::finish::Identity;
use crate::furniture::{recurring, shape};
use crate::lines::lines;
use crate::says::{Said, title};

/// Of the words of sentences that the page alone gave so many stay at least, one in so many: what loses more is
/// another version of an article that was read before.
const LEAST: usize = 2;
/// Own words of a page of plain text that are an article, however much of the page recurs.
const OWN: usize = 100;

/// A page, read alone.
#[derive(Debug)]
pub struct Draft {
    /// The article as the page alone gives it.
    pub article: Article,
    pub(crate) outlet: Outlet,
    pub(crate) seen: Vec<Seen>,
    plain: Option<Box<Plain>>,
}

/// What a page of plain text is read from, once more.
#[derive(Debug)]
pub(crate) struct Plain {
    pub identity: Identity,
    pub text: String,
    pub said: Said,
    pub read: fn(Identity, &str, Said, &Recurring) -> Result<Article, SkipReason>,
}

impl Draft {
    /// Of a page with markup: its lines are those of its article.
    pub(crate) fn of_html(article: Article) -> Self {
        let lines = article
            .blocks
            .iter()
            .map(|block| article.text.get(block.span));
        Self {
            seen: lines.map(|line| seen(line, |_| true)).collect(),
            outlet: outlet(&article, article.url.as_deref(), article.outlet.as_deref()),
            plain: None,
            article,
        }
    }

    /// Of plain text, with its address and outlet where they were told: its lines are all that it has.
    pub(crate) fn of_text(article: Article, plain: Plain) -> Self {
        let (url, told) = (plain.said.url.as_deref(), plain.said.outlet.as_deref());
        let url = url.or(plain.said.url_hint.as_deref());
        let outlet = outlet(&article, url, told);
        let blocks = article
            .blocks
            .iter()
            .map(|block| key(article.text.get(block.span)));
        let kept: HashSet<u64> = blocks.collect();
        Self {
            seen: lines(&plain.text)
                .iter()
                .map(|line| seen(&line.text, |key| kept.contains(&key)))
                .collect(),
            outlet,
            plain: Some(Box::new(plain)),
            article,
        }
    }

    /// Of a page that nothing is taken from.
    pub(crate) fn whole(article: Article) -> Self {
        Self {
            outlet: Outlet::Folder(String::new()),
            seen: Vec::new(),
            plain: None,
            article,
        }
    }

    /// The outlet's name, where something tells it: what [`super::Shelves`] has it under.
    pub fn outlet(&self) -> Option<&str> {
        match &self.outlet {
            Outlet::Told(name) => Some(name),
            Outlet::Folder(_) => None,
        }
    }

    /// The article without what recurs at its outlet.
    pub fn knowing(self, recurring: &Recurring) -> Article {
        if !self.seen.iter().any(|line| recurring.holds(line.key)) {
            return self.article;
        }
        let alone = own_words(&self.article, recurring);
        let Some(plain) = self.plain else {
            return trimmed(self.article, recurring);
        };
        let Plain {
            identity,
            text,
            said,
            read,
        } = *plain;
        match read(identity, &text, said, recurring) {
            Ok(read) if own_words(&read, recurring) >= alone.min(OWN) => read,
            _ => self.article,
        }
    }
}

fn seen(line: &str, kept: impl Fn(u64) -> bool) -> Seen {
    let (shape, key) = (shape::of(line, false), key(line));
    Seen {
        key,
        words: shape.words as u32,
        told: shape.body && kept(key),
    }
}

/// Words of an article's sentences that do not recur.
fn own_words(article: &Article, recurring: &Recurring) -> usize {
    let lines = article
        .blocks
        .iter()
        .map(|block| article.text.get(block.span));
    lines
        .filter(|line| recurring.how(line).is_none())
        .map(|line| shape::of(line, false))
        .filter(|shape| shape.body)
        .map(|shape| shape.words)
        .sum()
}

/// Whose a page is.
fn outlet(article: &Article, url: Option<&str>, told: Option<&str>) -> Outlet {
    let fetched = Some(article.path.as_str()).filter(|path| path.starts_with("http"));
    let site = url
        .or(fetched)
        .and_then(title::host_of)
        .map(str::to_lowercase);
    match site.or_else(|| told.map(|name| name.trim().to_lowercase())) {
        Some(name) if !name.is_empty() => Outlet::Told(name),
        _ => {
            let folder = article
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            Outlet::Folder(folder.to_owned())
        }
    }
}

/// An article without those of its paragraphs that recur.
fn trimmed(mut article: Article, known: &Recurring) -> Article {
    let lines: Vec<&str> = article
        .blocks
        .iter()
        .map(|block| article.text.get(block.span))
        .collect();
    let recurs: Vec<_> = lines.iter().map(|line| known.how(line)).collect();
    let gone = recurring::gone(&lines, &recurs, &vec![true; lines.len()]);
    let words = |kept: bool| -> usize {
        let lines = lines.iter().zip(&gone).filter(|(_, gone)| kept != **gone);
        lines.map(|(line, _)| shape::words(line)).sum()
    };
    let count = gone.iter().filter(|gone| **gone).count();
    if count == 0 || words(true) * LEAST < words(true) + words(false) {
        return article;
    }
    let (mut text, mut ranges, mut source) = (String::new(), Vec::new(), Vec::new());
    for (block, _) in article.blocks.iter().zip(&gone).filter(|(_, gone)| !**gone) {
        let range = block.span.range();
        let start = text.len();
        text.push_str(article.text.get(block.span));
        ranges.push((start..text.len(), block.kind));
        source.extend(
            article
                .source
                .iter()
                .filter_map(|run| moved(run, &range, start)),
        );
        text.push('\n');
    }
    let text = Text::new(&text);
    article.blocks = ranges
        .into_iter()
        .filter_map(|(range, kind)| {
            Some(Block {
                span: text.trimmed(range)?,
                kind,
            })
        })
        .collect();
    (article.text, article.source) = (text, source);
    article.warnings.push(Warning::Recurring { count });
    article.warnings.sort();
    article
}

/// The part of a stretch that stands in a paragraph which now starts elsewhere.
fn moved(run: &SourceRun, block: &std::ops::Range<usize>, start: usize) -> Option<SourceRun> {
    let (from, to) = (run.text as usize, (run.text + run.len) as usize);
    let (first, last) = (from.max(block.start), to.min(block.end));
    (first < last).then(|| SourceRun {
        text: (first - block.start + start) as u32,
        source: run.source + (first - from) as u32,
        len: (last - first) as u32,
    })
}
