//! In: what a reader chose: keys of claims, quotations and disputes of a story, or words of an article. Out: the
//! passages that these are, each once, in the order chosen. Refuses what leads nowhere, and words that the article does
//! not have.

use crate::clean::{one_line, shorten};
use crate::lasting;
use crate::offsets::CodePoints;
use crate::wire::{Article, Mention, Story};

/// What was chosen is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// No claim, quotation or dispute of the story has this key.
    #[error(
        "the story has nothing with the key {key:?}; its JSON gives each claim, quotation and dispute a key"
    )]
    Key {
        /// As it was given.
        key: String,
    },
    /// There is nothing to draft.
    #[error("the story has no dispute; name a claim of it by its key")]
    NoDispute,
    /// The article does not have these words.
    #[error(
        "these words do not stand in the article: {words:?}; copy them from its text, whatever white space is between them"
    )]
    Words {
        /// Their beginning.
        words: String,
    },
}

impl ChoiceError {
    /// Of a key that leads nowhere.
    pub(crate) fn key(key: &str) -> Self {
        let key = shorten(&one_line(key), SHOWN).into_owned();
        Self::Key { key }
    }
}

/// Characters of words that are shown where they are not found.
const SHOWN: usize = 120;

/// The passages of what keys lead to: of a claim those that state it, of a quotation its readings, of a dispute those
/// of all its sides. An id (`c3`) is as good as a key, as long as the story is not compared anew.
///
/// # Errors
/// [`ChoiceError::Key`].
pub fn by_keys<'s>(story: &'s Story, keys: &[String]) -> Result<Vec<&'s Mention>, ChoiceError> {
    let mut chosen: Vec<&Mention> = Vec::new();
    for key in keys {
        let passages = of_key(story, key.trim());
        if passages.is_empty() {
            return Err(ChoiceError::key(key));
        }
        for passage in passages {
            if !chosen.contains(&passage) {
                chosen.push(passage);
            }
        }
    }
    Ok(chosen)
}

fn of_key<'s>(story: &'s Story, key: &str) -> Vec<&'s Mention> {
    let id = lasting::find(story, key).unwrap_or(key);
    if let Some(claim) = story.claims.iter().find(|one| one.id == id) {
        return crate::view::stated(claim).collect();
    }
    if let Some(quote) = story.quotes.iter().find(|one| one.id == id) {
        return quote.readings.iter().map(|one| &one.mention).collect();
    }
    let dispute = story.disputes.iter().filter(|one| one.id == id);
    let sides = dispute.flat_map(|one| &one.sides);
    sides.flat_map(|side| &side.mentions).collect()
}

/// The passages of an article that have these words, whatever white space stands between them.
///
/// # Errors
/// [`ChoiceError::Words`].
pub fn by_words(article: &Article, words: &[String]) -> Result<Vec<Mention>, ChoiceError> {
    let points = CodePoints::new(&article.text);
    // The text without white space, and where each of its bytes stands.
    let mut bare = String::with_capacity(article.text.len());
    let mut places = Vec::with_capacity(article.text.len());
    for (at, c) in article
        .text
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
    {
        bare.push(c);
        places.extend(std::iter::repeat_n((at, at + c.len_utf8()), c.len_utf8()));
    }
    let mut chosen: Vec<Mention> = Vec::new();
    for given in words {
        let wanted: String = given.chars().filter(|c| !c.is_whitespace()).collect();
        let found = bare.find(&wanted).filter(|_| !wanted.is_empty());
        let place = found.and_then(|from| {
            let (start, _) = places.get(from)?;
            let (_, end) = places.get(from + wanted.len() - 1)?;
            Some((*start, *end))
        });
        let Some((start, end)) = place else {
            let words = shorten(&one_line(given), SHOWN).into_owned();
            return Err(ChoiceError::Words { words });
        };
        let passage = Mention {
            article: article.id.clone(),
            start: points.of_byte(start),
            end: points.of_byte(end),
            text: article.text.get(start..end).unwrap_or_default().to_owned(),
        };
        if !chosen.contains(&passage) {
            chosen.push(passage);
        }
    }
    Ok(chosen)
}
