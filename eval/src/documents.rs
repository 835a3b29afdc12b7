//! In: texts of the sets. Out: articles as `page` would make them of clean text, so that what
//! comes after `page` can be measured alone: nothing is taken out and offsets stay those of the
//! set.

use crossread::model::{
    Article, ArticleId, ArticleIx, Block, BlockKind, Document, DocumentIx, NonEmpty, Published,
    Sha256, Story, Text,
};
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

/// What a set knows of an article.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its language.
    pub language: String,
    /// Its text; a paragraph a line.
    pub text: String,
}

/// A record of a set of stories.
#[derive(Deserialize)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// When it was published, where that is known.
    pub date: Option<String>,
    /// Its headline.
    pub title: String,
    /// Its text; a paragraph a line.
    pub text: String,
    /// Its outlet.
    pub source: Option<String>,
    /// The story it belongs to.
    pub label: String,
}

impl Told {
    /// What it says of its article.
    pub fn given(&self) -> Given {
        Given {
            id: self.id.clone(),
            title: Some(self.title.clone()),
            outlet: self.source.clone(),
            published: self.date.as_deref().and_then(published),
            language: "en".to_owned(),
            text: self.text.clone(),
        }
    }
}

/// The article.
pub fn article(given: Given) -> Article {
    let text = Text::new(&given.text);
    let blocks = text
        .as_str()
        .lines()
        .filter_map(|line| text.span_of(line.trim()))
        .map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        })
        .collect();
    Article {
        id: ArticleId::new(&given.id),
        path: given.id,
        url: None,
        sha256: Sha256([0; 32]),
        outlet: given.outlet,
        owner: None,
        title: given.title.filter(|title| !title.is_empty()),
        authors: Vec::new(),
        published: given.published,
        about: Default::default(),
        language: Some(given.language),
        text,
        blocks,
        credits: Vec::new(),
        signs: Vec::new(),
        warnings: Vec::new(),
        source: Vec::new(),
    }
}

/// A date as the sets write it: `2018-01-02`, `2018-01-02T03:32:53`, perhaps with a `Z`.
pub fn published(words: &str) -> Option<Published> {
    let words = words.trim().trim_end_matches('Z');
    if let Ok(at) = words.parse::<DateTime>()
        && words.contains('T')
    {
        return Some(Published {
            date: at.date(),
            time: Some(at.time()),
            offset: None,
        });
    }
    words
        .get(..10)
        .and_then(|day| day.parse::<Date>().ok())
        .map(Published::day)
}

/// Orders articles as the engine does: by time, then id.
pub fn in_order(articles: &mut [Article]) {
    articles.sort_by_cached_key(|article| {
        (
            article.published.map_or(i64::MAX, |p| p.order()),
            article.id.clone(),
        )
    });
}

/// A number that scatters texts evenly and is the same everywhere (FNV-1a): the sets are shuffled
/// by it where their order would tell the answer.
pub fn scatter(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The words of a document's name, date or quotation, with `range` in bytes.
pub fn words(doc: &Document, range: std::ops::Range<usize>) -> &str {
    doc.article.text.as_str().get(range).unwrap_or_default()
}

/// Documents as one story, whatever grouping would make of them; none where there are none.
pub fn one_story(docs: &[Document]) -> Option<Story> {
    Some(Story {
        id: "given".to_owned(),
        earlier: None,
        place: None,
        keywords: Vec::new(),
        title_from: ArticleIx::default(),
        articles: NonEmpty::new(DocumentIx::of(docs.len()).collect())?,
        ids: NonEmpty::new(docs.iter().map(|doc| doc.article.id.clone()).collect())?,
        days: None,
        copies: Vec::new(),
        rewrites: Vec::new(),
        names: Vec::new(),
        name_of: docs
            .iter()
            .map(|doc| vec![None; doc.entities.len()])
            .collect(),
        decided: model::Decided::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_sets_are_read() {
        assert_eq!(published("2018-01-02").map(|p| p.time), Some(None));
        assert!(published("2014-03-10T16:52:50Z").is_some_and(|p| p.time.is_some()));
        assert_eq!(published(""), None);
    }

    #[test]
    fn a_line_is_a_block_and_nothing_moves() {
        let given = Given {
            text: " One.\n\nTwo. ".to_owned(),
            ..Given::default()
        };
        let article = article(given);
        let words: Vec<&str> = article
            .blocks
            .iter()
            .map(|b| article.text.get(b.span))
            .collect();
        assert_eq!(words, ["One.", "Two."]);
        assert_eq!(article.text.as_str(), " One.\n\nTwo. ");
    }
}
