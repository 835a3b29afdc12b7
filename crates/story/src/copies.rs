//! Near-copies, found in one pass without comparing all pairs.
//!
//! In: the sampled shingles of articles, in order of arrival. Out: for each article the earlier ones
//! that it shares text with, and the one that it nearly repeats, so that a wire report printed forty
//! times counts once when stories are formed. Who copied whom, and passage by passage, is
//! `lineage`'s work; here it is only asked which texts cannot be told apart by what they say.
//!
//! Cost: an article of 500 words posts about 60 sampled shingles (8 bytes each, in a table at most
//! seven tenths full), and looks up as many. A copy posts only what its source has not, so a report's
//! fame does not lengthen the lists; a shingle that stands in [`FURNITURE`] different texts is
//! furniture or a set phrase, and is no evidence.

use serde::{Deserialize, Serialize};

use crate::shingles::sampled;

/// Different texts in which a shingle stands before it says nothing about where a text is from.
const FURNITURE: u32 = 24;

/// Sampled shingles that must be shared at least: 4 of 1 in 8 speak for about 32 shared ones.
const SHARED: u32 = 4;

/// Sampled shingles from which two texts may share a passage worth looking at: three paragraphs
/// have about five.
const HINT: u32 = 3;

/// Part of the smaller text that must stand in the larger one.
const CONTAINED: f32 = 0.6;

/// Part of the larger text that must stand in the smaller one: below it, the larger one is a
/// digest that holds a short report among others, and says more than that report.
const CONTAINING: f32 = 0.3;

/// Part of both that must be shared for the later one to add no shingle worth posting.
const SAME: f32 = 0.8;

/// Earlier articles named as sharing text with a new one: those that share most.
const NAMED: usize = 6;

/// What an article has from earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The earlier article that it nearly repeats.
    pub(crate) repeats: Option<u32>,
    /// Earlier articles that share text with it and how many sampled shingles, most first.
    pub(crate) shares: Vec<(u32, u32)>,
}

/// Which shingle stands in which article: an open table of slots, each a shingle's key and an
/// article's number; 0 where a slot is free.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Postings {
    slots: Vec<u64>,
    used: usize,
    /// Sampled shingles of each article.
    lengths: Vec<u32>,
    /// Articles before this one are no longer looked for.
    oldest: u32,
    #[serde(skip)]
    shared: Vec<u32>,
}

impl Postings {
    /// Looks up the next article's shingles among those of the earlier ones and posts them. It can repeat only those
    /// that `may` allows.
    pub(crate) fn add(&mut self, shingles: &[u64], may: impl Fn(u32) -> bool) -> Found {
        let article = self.lengths.len() as u32;
        self.lengths.push(shingles.len() as u32);
        self.shared.resize(self.lengths.len(), 0);
        let mut touched: Vec<u32> = Vec::new();
        let mut here: Vec<u32> = Vec::new();
        let mut known = vec![0_u32; shingles.len()];
        for (&hash, known) in shingles.iter().zip(&mut known) {
            here.clear();
            self.each(hash, |other| here.push(other));
            *known = here.len() as u32;
            if *known >= FURNITURE {
                continue;
            }
            for &other in here.iter().filter(|&&other| other >= self.oldest) {
                let shared = &mut self.shared[other as usize];
                if *shared == 0 {
                    touched.push(other);
                }
                *shared += 1;
            }
        }
        let mut found: Vec<(u32, u32)> = touched
            .drain(..)
            .map(|other| (std::mem::take(&mut self.shared[other as usize]), other))
            .filter(|&(count, _)| count >= HINT)
            .collect();
        // Of equal ones the earlier, whatever the order of the slots.
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let length = |other: u32| self.lengths[other as usize] as usize;
        let best = found.iter().copied().find(|&(count, other)| {
            let (small, large) = parts(count, shingles.len(), length(other));
            count >= SHARED && small >= CONTAINED && large >= CONTAINING && may(other)
        });
        let same = best
            .is_some_and(|(count, other)| parts(count, shingles.len(), length(other)).1 >= SAME);
        for (&hash, &known) in shingles.iter().zip(&known) {
            if known < FURNITURE && !(same && known > 0) {
                self.post(hash, article);
            }
        }
        found.truncate(NAMED);
        Found {
            repeats: best.map(|(_, other)| other),
            shares: found
                .into_iter()
                .map(|(count, other)| (other, count))
                .collect(),
        }
    }

    /// Whether a shingle stands in at least so many different texts.
    pub(crate) fn often(&self, hash: u64, texts: u32) -> bool {
        let mut count = 0;
        self.each(hash, |_| count += 1);
        count >= texts
    }

    /// No longer looks for the articles before one; their slots go when the table next grows.
    pub(crate) fn forget(&mut self, before: u32) {
        self.oldest = self.oldest.max(before);
    }

    fn each(&self, hash: u64, mut visit: impl FnMut(u32)) {
        if self.slots.is_empty() {
            return;
        }
        let mask = self.slots.len() - 1;
        let key = key(hash);
        let mut at = place(key) & mask;
        while self.slots[at] != 0 {
            if self.slots[at] >> 32 == key {
                visit(self.slots[at] as u32 - 1);
            }
            at = (at + 1) & mask;
        }
    }

    fn post(&mut self, hash: u64, article: u32) {
        if self.used * 10 >= self.slots.len() * 7 {
            self.grow();
        }
        self.insert(key(hash) << 32 | u64::from(article + 1));
    }

    fn insert(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = place(slot >> 32) & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
        self.used += 1;
    }

    /// Makes room: without the slots of forgotten articles, and twice as much where that is not
    /// enough.
    fn grow(&mut self) {
        const FEWEST: usize = 1 << 12;
        let oldest = self.oldest;
        let lives = |slot: u64| slot != 0 && slot as u32 > oldest;
        let living = self.slots.iter().filter(|&&slot| lives(slot)).count();
        let size = (living * 20 / 7).next_power_of_two().max(FEWEST);
        let old = std::mem::replace(&mut self.slots, vec![0; size]);
        self.used = 0;
        for slot in old.into_iter().filter(|&slot| lives(slot)) {
            self.insert(slot);
        }
    }
}

/// What a slot keeps of a shingle's hash, 32 bits: among the 60 million shingles of a million
/// articles one in seventy meets a stranger, and four with one article never.
fn key(hash: u64) -> u64 {
    hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32
}

/// Where the slots of a key begin.
fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24) as usize
}

/// Near-copies alone, without stories: texts come one by one, each is told the earlier ones of which
/// it has half of the words, or which have half of its own.
#[derive(Clone, Debug, Default)]
pub struct NearCopies(Postings);

impl NearCopies {
    /// The earlier texts that the next one nearly repeats or is nearly a part of, by their numbers, most
    /// shared text first; a few at most.
    pub fn add(&mut self, text: &str) -> Vec<u32> {
        const HALF: f32 = 0.5;
        let own = sampled(text);
        let found = self.0.add(&own, |_| true);
        let half = |&(other, count): &(u32, u32)| {
            parts(count, own.len(), self.0.lengths[other as usize] as usize).0 >= HALF
        };
        found
            .shares
            .into_iter()
            .filter(half)
            .map(|(other, _)| other)
            .collect()
    }
}

/// What part of the smaller and of the larger of two is shared.
fn parts(shared: u32, a: usize, b: usize) -> (f32, f32) {
    (
        shared as f32 / a.min(b).max(1) as f32,
        shared as f32 / a.max(b).max(1) as f32,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: u64, to: u64) -> Vec<u64> {
        (from..to)
            .map(|n| xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes()))
            .collect()
    }

    fn add(postings: &mut Postings, shingles: &[u64]) -> Found {
        postings.add(shingles, |_| true)
    }

    #[test]
    fn copies_and_excerpts_are_found_and_strangers_are_not() {
        let mut postings = Postings::default();
        assert_eq!(add(&mut postings, &text(0, 60)), Found::default());
        assert_eq!(add(&mut postings, &text(100, 160)), Found::default());
        let copy = add(&mut postings, &text(2, 60));
        assert_eq!((copy.repeats, copy.shares), (Some(0), vec![(0, 58)]));
        let excerpt = add(&mut postings, &[text(110, 120), text(300, 340)].concat());
        assert_eq!((excerpt.repeats, excerpt.shares), (None, vec![(1, 10)]));
    }

    #[test]
    fn furniture_is_no_evidence_and_the_forgotten_are_not_found() {
        let mut postings = Postings::default();
        for article in 0..40 {
            let own = text(1000 * (article + 1), 1000 * (article + 1) + 50);
            let found = add(&mut postings, &[text(0, 10), own].concat());
            assert_eq!(found.shares.is_empty(), article == 0 || article >= 24);
        }
        assert!(postings.often(text(3, 4)[0], 20) && !postings.often(text(1000, 1001)[0], 2));
        postings.forget(2);
        assert_eq!(add(&mut postings, &text(1000, 1050)).repeats, None);
        assert_eq!(add(&mut postings, &text(3000, 3050)).repeats, Some(2));
    }
}
