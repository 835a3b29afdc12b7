//! What the rows of a story draw on: its names and the articles by id, and the columns that many tables share.

use std::collections::{HashMap, HashSet};

use super::column::Columns;
use super::days;
use crate::json::word;
use crate::wire::{Article, Mention, Name, Story};

/// Articles by id: where a table finds the outlet, the address and the day of a passage. An article that is not there
/// leaves them null.
#[derive(Default)]
pub struct Articles<'a>(HashMap<&'a str, &'a Article>);

impl<'a> Articles<'a> {
    /// These.
    pub fn new(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let articles = articles.into_iter();
        Self(
            articles
                .map(|article| (article.id.as_str(), article))
                .collect(),
        )
    }

    pub(super) fn get(&self, id: &str) -> Option<&'a Article> {
        self.0.get(id).copied()
    }
}

/// A story with what its rows draw on.
pub struct Of<'a> {
    pub story: &'a Story,
    pub articles: &'a Articles<'a>,
    names: HashMap<&'a str, &'a Name>,
}

impl<'a> Of<'a> {
    pub fn new(story: &'a Story, articles: &'a Articles<'a>) -> Self {
        let names = story.names.iter();
        Self {
            story,
            articles,
            names: names.map(|name| (name.id.as_str(), name)).collect(),
        }
    }

    /// The clearest spelling of a name.
    pub fn name(&self, id: Option<&String>) -> Option<String> {
        let name = self.names.get(id?.as_str())?;
        Some(name.name.clone())
    }

    /// Those of several.
    pub fn names(&self, ids: &[String]) -> Vec<String> {
        ids.iter().filter_map(|id| self.name(Some(id))).collect()
    }

    /// The outlets of some passages, once each, in order of first appearance.
    pub fn outlets<'m>(&self, mentions: impl Iterator<Item = &'m Mention>) -> Vec<String> {
        distinct(mentions.filter_map(|mention| {
            let article = self.articles.get(&mention.article)?;
            article.outlet.as_ref()
        }))
    }

    /// A passage with its article.
    pub fn passage(&self, mention: &'a Mention) -> Passage<'a> {
        Passage {
            mention,
            article: self.articles.get(&mention.article),
        }
    }
}

/// The words once each, in order of first appearance.
pub fn distinct<'w>(words: impl Iterator<Item = &'w String>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.filter(|word| seen.insert(*word)).cloned().collect()
}

/// A passage with its article, where that is known.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    pub mention: &'a Mention,
    pub article: Option<&'a Article>,
}

impl<'a> Passage<'a> {
    /// Its article, by id too.
    pub fn cited(self) -> Cited<'a> {
        (&self.mention.article, self.article)
    }
}

/// An article's id, and the article where it is known.
pub type Cited<'a> = (&'a str, Option<&'a Article>);

/// The columns of a row's article.
pub fn article_columns<'a, R: 'a>(
    columns: Columns<'a, R>,
    of: fn(&R) -> Cited<'a>,
) -> Columns<'a, R> {
    let published = move |row: &R| of(row).1?.published.as_deref();
    outlet_columns(columns, of)
        .with(
            "title",
            "Its headline; null where the page has none.",
            move |row| of(row).1?.title.clone(),
        )
        .with("url", "Its address; null where unknown.", move |row| {
            of(row).1?.url.clone()
        })
        .with(
            "published",
            "The day of its publication, as its page counts days; null where the page does not say.",
            move |row| published(row).and_then(days::day),
        )
        .with(
            "published_at",
            "The moment of its publication; null where only the day is known, or nothing.",
            move |row| published(row).and_then(days::instant),
        )
        .with(
            "language",
            "ISO 639 code of its language; null where the text is too short to tell.",
            move |row| of(row).1?.language.clone(),
        )
        .with(
            "genre",
            "What sort of piece it is, such as opinion, which confirms nothing; null for a plain report.",
            move |row| of(row).1?.genre.map(|genre| word(&genre)),
        )
}

/// The first of them, where a row should be short.
pub fn outlet_columns<'a, R: 'a>(
    columns: Columns<'a, R>,
    of: fn(&R) -> Cited<'a>,
) -> Columns<'a, R> {
    columns
        .with("article_id", "Id of the article.", move |row| {
            of(row).0.to_owned()
        })
        .with(
            "outlet",
            "Who published it; null where the page does not say.",
            move |row| of(row).1?.outlet.clone(),
        )
}

/// The columns of a row's passage.
pub fn passage_columns<'a, R: 'a>(
    columns: Columns<'a, R>,
    of: fn(&R) -> Passage<'a>,
) -> Columns<'a, R> {
    columns
        .with(
            "start",
            "First code point of the passage in the article's text.",
            move |row| of(row).mention.start,
        )
        .with("end", "One past its last code point.", move |row| {
            of(row).mention.end
        })
        .with("text", "The passage, to the letter.", move |row| {
            of(row).mention.text.clone()
        })
}
