//! In: the JSON-LD of a page and its blocks. Out: the text that it says its article has, and which of the
//! blocks are words of it. Refuses to be the text where the page has one: it comes without
//! paragraphs, cut short, or with what was added later.

use std::collections::HashSet;
use std::iter::zip;

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::blocks::{Block, Page};
use super::json_ld::Records;
use super::source;
use crate::says::title::tidy;

/// Words in a row by which a block is known in a text.
const RUN: usize = 4;
/// What joins the hashes of the words of a run: an odd number whose bits are mixed.
const RUN_FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// Tenths of a block's runs that are in the text if the block is.
const FOUND: usize = 7;
/// Words of a text from which it may stand for the page's.
const WORDS: usize = 40;
/// Tenths of it that the page shows if it is the page's whole text, and of what is read of the page.
const WHOLE: usize = 8;
const MOST: usize = 6;
/// Levels of nesting that are looked at.
const DEPTH: usize = 12;

/// The text that a page's records give as its article's.
pub(crate) struct Stated {
    text: String,
    /// How many words it has.
    words: usize,
    /// Which blocks are words of it.
    sure: Vec<bool>,
    /// Words of those blocks.
    found: usize,
    /// Words of the page that are no link.
    shown: usize,
}

impl Stated {
    /// Reads a page's records: the longest text in them.
    pub fn read(records: &Records, blocks: &[Block]) -> Self {
        let mut longest = "";
        for value in &records.values {
            collect(value, &mut longest, 0);
        }
        let text = if longest.contains('<') {
            source::plain(longest)
        } else {
            longest.to_owned()
        };
        let known: HashSet<u64> = runs(&text).collect();
        let is = |block: &Block| block.prose && !known.is_empty() && has(&known, &block.text);
        let sure: Vec<bool> = blocks.iter().map(is).collect();
        let numbered = zip(blocks, &sure).filter(|(_, sure)| **sure);
        Self {
            words: words(&text).count(),
            text,
            found: numbered.map(|(block, _)| block.words).sum(),
            sure,
            shown: blocks
                .iter()
                .filter(|block| !block.linked)
                .map(|block| block.words)
                .sum(),
        }
    }

    /// Whether the page shows so little of its article that it is this text.
    pub fn is_all(&self) -> bool {
        let less = |words: usize| words * 2 < self.words;
        self.words >= WORDS && less(self.found) && less(self.shown)
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = String> + '_ {
        let lines = self.text.lines().map(tidy);
        lines.filter(|line| !line.is_empty())
    }

    /// Where it is the whole text: what it does not have goes if it stands behind the text, or is a
    /// sentence in an element of a form in which nothing else is of the text. `from`: the block behind the
    /// article's opening.
    pub fn confirm(&self, page: &Page, from: usize, kept: &mut [bool]) {
        let blocks = &page.blocks;
        let form = |block: &Block| page.elements[block.holder].form;
        let read = zip(blocks, kept.iter()).filter(|(block, kept)| **kept && block.prose);
        let read: usize = read.map(|(block, _)| block.words).sum();
        let whole = self.found * 10 >= self.words * WHOLE && self.found * 10 >= read * MOST;
        let Some(last) = self.sure.iter().rposition(|sure| *sure).filter(|_| whole) else {
            return;
        };
        let sure = zip(blocks, &self.sure).filter(|(_, sure)| **sure);
        let forms: HashSet<u64> = sure.map(|(block, _)| form(block)).collect();
        for (at, block) in blocks.iter().enumerate().skip(from) {
            if self.sure[at] {
                kept[at] = true;
            } else if at > last || block.prose && !forms.contains(&form(block)) {
                kept[at] = false;
            }
        }
    }
}

/// Whether a block's words stand in a text of these runs.
fn has(known: &HashSet<u64>, block: &str) -> bool {
    let (mut all, mut found) = (0, 0);
    for run in runs(block) {
        all += 1;
        found += usize::from(known.contains(&run));
    }
    all > 0 && found * 10 >= all * FOUND
}

fn collect<'a>(value: &'a Value, longest: &mut &'a str, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, longest, depth + 1)),
        Value::Object(object) => {
            if let Some(Value::String(body)) = object.get("articleBody")
                && body.len() > longest.len()
            {
                *longest = body;
            }
            object
                .values()
                .for_each(|value| collect(value, longest, depth + 1));
        }
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Hashes of the runs of words in a text.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let hashes: Vec<u64> = words(text).map(|word| xxh3_64(word.as_bytes())).collect();
    let len = RUN.min(hashes.len().max(1));
    let starts = (hashes.len() + 1).saturating_sub(len);
    let run = move |at: usize| {
        let run = hashes[at..at + len].iter();
        run.fold(0u64, |hash, word| {
            hash.rotate_left(17).wrapping_mul(RUN_FACTOR) ^ word
        })
    };
    (0..starts).map(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_known_in_the_stated_text() {
        let script = std::borrow::Cow::Borrowed(
            r#"{"@graph": [{"@type": "NewsArticle", "articleBody": "The ferry sank off Selen on Monday. Nobody was hurt, the harbour office said."}]}"#,
        );
        let stated = Stated::read(&Records::parse(&[script]), &[]);
        assert!(stated.words == 14 && !stated.is_all());
        let known: HashSet<u64> = runs(&stated.text).collect();
        assert!(has(&known, "Nobody was hurt, the harbour office said."));
        assert!(!has(
            &known,
            "Read more about the ferries of Selen and its harbour."
        ));
    }
}
