//! What grouping keeps of a document: a few kilobytes, made once, on any thread.
//!
//! In: a document. Out: sampled hashes of its five-word shingles (who shares text with whom) and
//! its weighed words in three bags: title, body, names (what it is about). It refuses nothing: a
//! document without text is sketched by its title, one without a title by its text.

use model::{Document, Genre, Token, TokenClass};
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::background;
use crate::shingles::sampled;
use crate::terms::{Terms, gather, heaviest, term};

/// Terms kept of a body; the tail beyond adds under .002 to any cosine measured
/// (`cargo xtask eval stories`).
const BODY_TERMS: usize = 120;

/// Terms kept of a title and of the names.
const TITLE_TERMS: usize = 24;
const NAME_TERMS: usize = 40;

/// Words of a news report that carry its event; what comes later is more often background.
const LEAD_WORDS: usize = 120;

/// What a word behind the lead weighs beside one in it.
const TAIL_WEIGHT: f32 = 0.5;

/// Numbers repeat by chance more than words of equal rarity do.
const NUMBER_WEIGHT: f32 = 0.6;

const SECONDS_A_DAY: i64 = 86_400;

/// A title's word that stands in more than this part of the background is a function word.
const COMMON: f32 = 0.25;

/// What grouping keeps of a document: made once per document, on any thread.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sketch {
    /// Sampled shingle hashes, rising, none twice.
    pub(crate) shingles: Box<[u64]>,
    /// Weighed counts (no idf yet), terms rising.
    pub(crate) title: Terms,
    pub(crate) body: Terms,
    pub(crate) names: Terms,
    /// Day of publication, counted from 1970.
    pub(crate) day: Option<i32>,
    /// Whether it tells of several events, and so is in none of their stories.
    pub(crate) apart: bool,
}

impl Sketch {
    /// Sampled shingle hashes, rising, none twice: two texts that share several share passages.
    pub fn shingles(&self) -> &[u64] {
        &self.shingles
    }

    /// The day of publication, counted from 1970.
    pub fn day(&self) -> Option<i32> {
        self.day
    }
}

#[cfg(test)]
impl Sketch {
    /// The sketch of a text of these words alone.
    pub(crate) fn of_words(body: Terms) -> Self {
        Self {
            shingles: Box::default(),
            title: Terms::new(),
            body,
            names: Terms::new(),
            day: None,
            apart: false,
        }
    }
}

/// Draws the sketch of one document.
pub fn sketch(doc: &Document) -> Sketch {
    let words: Vec<&Token> = doc
        .tokens
        .iter()
        .filter(|t| t.class != TokenClass::Mark)
        .collect();
    Sketch {
        shingles: sampled(doc.article.text.as_str()),
        title: title(doc, &words),
        body: body(&words),
        names: names(doc),
        day: doc
            .article
            .published
            .map(|p| p.order().div_euclid(SECONDS_A_DAY) as i32),
        apart: doc.article.is(Genre::RoundUp),
    }
}

fn body(words: &[&Token]) -> Terms {
    let raw = words
        .iter()
        .enumerate()
        .filter(|(_, t)| !t.stop)
        .map(|(at, t)| {
            let place = if at < LEAD_WORDS { 1.0 } else { TAIL_WEIGHT };
            let class = if t.class == TokenClass::Number {
                NUMBER_WEIGHT
            } else {
                1.0
            };
            (term(t.stem), place * class)
        })
        .collect();
    keep(gather(raw), BODY_TERMS)
}

/// Dampens repetition and keeps what weighs most by the background.
fn keep(counts: Terms, limit: usize) -> Terms {
    let damped: Terms = counts
        .into_iter()
        .map(|(t, count)| (t, (1.0 + count).ln()))
        .collect();
    if damped.len() <= limit {
        return damped;
    }
    let mut weighed: Vec<(f32, u32, f32)> = damped
        .into_iter()
        .map(|(t, count)| (count * idf(t), t, count))
        .collect();
    weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    weighed.truncate(limit);
    let mut kept: Terms = weighed
        .into_iter()
        .map(|(_, t, count)| (t, count))
        .collect();
    kept.sort_unstable_by_key(|entry| entry.0);
    kept
}

/// The background's inverse document frequency.
fn idf(term: u32) -> f32 {
    ((background::documents() as f32 + 1.0) / (background::frequency(term) as f32 + 0.5)).ln()
}

/// A title is no layer of the document, so its words are cut here. A word that the text has too
/// takes its stem from there, so that the two agree in every language.
fn title(doc: &Document, words: &[&Token]) -> Terms {
    let Some(title) = &doc.article.title else {
        return Terms::new();
    };
    let english = doc
        .article
        .language
        .as_deref()
        .is_none_or(|l| l.starts_with("en"));
    let stemmer = english.then(|| Stemmer::create(Algorithm::English));
    let mut raw = Terms::new();
    for word in title_words(title) {
        let mut low = word.to_lowercase().replace('\u{2019}', "'");
        if low.contains('.') {
            low.push('.');
        }
        let key = xxh3_64(low.as_bytes());
        let common = background::documents() as f32 * COMMON;
        let stem = match (words.iter().find(|t| t.key == key), &stemmer) {
            (Some(token), _) => token.stem,
            (None, Some(stemmer)) => xxh3_64(stemmer.stem(&low).as_bytes()),
            (None, None) => key,
        };
        let number = low.starts_with(|c: char| c.is_ascii_digit());
        if background::frequency(term(stem)) as f32 <= common && (number || low.len() > 1) {
            raw.push((term(stem), if number { NUMBER_WEIGHT } else { 1.0 }));
        }
    }
    let terms = gather(raw)
        .into_iter()
        .map(|(t, count)| (t, (1.0 + count).ln()))
        .collect();
    heaviest(terms, TITLE_TERMS)
}

/// The words of a headline: letters and digits, with apostrophes and full stops inside them
/// (`U.S.`), without a possessive's ending.
fn title_words(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '.' | '-')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| {
            word.strip_suffix("'s")
                .or_else(|| word.strip_suffix("\u{2019}s"))
                .unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
}

/// The words of the names, told by their capitals inside sentences: grouping then needs no tagger,
/// and does as well (giveme5w .951 with the tagger's names, .958 so; ecbplus .944 both).
fn names(doc: &Document) -> Terms {
    let mut raw = Terms::new();
    for sentence in &doc.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let tokens = doc.tokens.get(range).unwrap_or_default();
        for token in tokens.iter().skip(1) {
            let capital = doc.get(token.span).starts_with(char::is_uppercase);
            if capital && token.class == TokenClass::Word && !token.stop {
                raw.push((term(token.stem), 1.0));
            }
        }
    }
    keep(gather(raw), NAME_TERMS)
}
