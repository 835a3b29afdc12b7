//! Words that stand in many stories: what is left of page furniture, and set phrases that no list
//! knows.
//!
//! In: which article is in which story. Out: the shingles that stand in [`STORIES`] of them or
//! more. A statement quoted by forty outlets stays in one story and is none of them; the footer of
//! one outlet is in all its stories.

use std::ops::Range;

use model::DocumentIx;

use crate::copies::Postings;
use crate::passages::Words;
use crate::shingles::sampled;
use crate::sketch::Sketch;
use crate::terms::HashKeyed;

/// Stories in which the same five words do not come from one event.
const STORIES: u32 = 5;

/// The shingles of a batch that are furniture.
pub(crate) struct Furniture(HashKeyed<u64, ()>);

impl Furniture {
    /// Counts, for the shingles that repeat, the stories they stand in.
    pub(crate) fn new(
        repeated: &Postings,
        sketches: &[Sketch],
        stories: &[(u32, Vec<DocumentIx>)],
    ) -> Self {
        let mut counts: HashKeyed<u64, (u32, u32)> = HashKeyed::default();
        for (story, articles) in stories {
            for &article in articles {
                for &hash in sketches[article.at()].shingles.iter() {
                    if repeated.often(hash, STORIES) {
                        let entry = counts.entry(hash).or_insert((0, u32::MAX));
                        if entry.1 != *story {
                            *entry = (entry.0 + 1, *story);
                        }
                    }
                }
            }
        }
        counts.retain(|_, (stories, _)| *stories >= STORIES);
        Self(counts.into_keys().map(|hash| (hash, ())).collect())
    }

    /// For one story of a stream: shingles that stand in so many texts beside its own that they cannot
    /// be of its event.
    pub(crate) fn around(repeated: &Postings, sketches: &[Sketch]) -> Self {
        let mut own: HashKeyed<u64, u32> = HashKeyed::default();
        for &hash in sketches.iter().flat_map(|sketch| sketch.shingles.iter()) {
            *own.entry(hash).or_default() += 1;
        }
        own.retain(|&hash, texts| repeated.often(hash, *texts + STORIES));
        Self(own.into_keys().map(|hash| (hash, ())).collect())
    }

    /// Whether half of a passage's sampled shingles, or more, are furniture.
    pub(crate) fn covers(&self, words: &Words, passage: &Range<usize>) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let tokens = &words.tokens[passage.clone()];
        let ends = tokens.first().zip(tokens.last());
        let span = ends.map(|(&first, &last)| {
            let span = |token: u32| words.doc.tokens[token as usize].span;
            span(first).hull(span(last))
        });
        let shingles = span
            .map(|span| sampled(words.doc.get(span)))
            .unwrap_or_default();
        let known = shingles
            .iter()
            .filter(|hash| self.0.contains_key(hash))
            .count();
        let all = shingles.len();
        known > 0 && 2 * known >= all
    }
}
