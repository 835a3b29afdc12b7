//! Paraphrases of one utterance that share few words, as the encoder reads them. In: units of quotations
//! and their passages. Out: pairs to look at, and how much of each other two of them must say. Refuses
//! two speakers, and sources that share no word.

use std::collections::HashMap;

use encoder::Passage;
use model::NameIx;

use super::Unit;
use crate::passages::{Reader, alike, near_pairs};
use crate::reprints::MANY;

/// The nearest units of other articles, by the mean of their pieces, that are looked at: so many, with a
/// cosine of so much.
const NEAREST: usize = 8;
const LEAST_NEAR: f32 = 0.4;
/// How much of each other two units must say where words do not tie them, by who said it.
const SAME_SPEAKER: f32 = 0.55;
const OTHER: f32 = 0.65;
/// What alike means for a paraphrase that would chain two utterances.
pub(super) const CHAIN: f32 = 0.5;
/// Content words below which meaning ties nothing.
const LEAST_WORDS: usize = 3;

/// Units as the encoder read them; what many articles have in the same words was read once.
pub(super) struct Meanings {
    /// What was read.
    passages: Vec<Passage>,
    /// The unit that each was read for.
    unit: Vec<u32>,
    /// For each unit, its passage.
    passage: Vec<u32>,
    room: Vec<i32>,
}

impl Meanings {
    /// Reads units; nothing where the encoder was not run.
    pub(super) fn of(units: &[Unit], reader: &Reader<'_>) -> Self {
        let words = |unit: &Unit| -> Vec<u64> { unit.words.iter().map(|word| word.key).collect() };
        let mut alike: HashMap<(Vec<u64>, Option<NameIx>), Vec<u32>> = HashMap::new();
        for (at, unit) in (0u32..).zip(units) {
            alike
                .entry((words(unit), unit.speaker))
                .or_default()
                .push(at);
        }
        let mut first: Vec<u32> = (0..units.len() as u32).collect();
        for same in alike.values().filter(|same| same.len() >= MANY) {
            same.iter().for_each(|&at| first[at as usize] = same[0]);
        }
        let unit: Vec<u32> = (0u32..)
            .zip(&first)
            .filter(|(at, first)| at == *first)
            .map(|(at, _)| at)
            .collect();
        let read =
            |&at: &u32| reader.passage(units[at as usize].article, &units[at as usize].parts);
        let place = |at: &u32| unit.binary_search(at).unwrap_or_default() as u32;
        Self {
            passages: unit.iter().map(read).collect(),
            passage: first.iter().map(place).collect(),
            unit,
            room: Vec::new(),
        }
    }

    /// Adds units of different articles that mean much the same in whatever words.
    pub(super) fn add_nearest(&self, units: &[Unit], pairs: &mut Vec<(u32, u32)>) {
        let article = |at: usize| units[self.unit[at] as usize].article;
        let apart = |a: usize, b: usize| article(a) != article(b);
        let near = near_pairs(&self.passages, NEAREST, LEAST_NEAR, apart);
        let unit = |at: u32| self.unit[at as usize];
        pairs.extend(near.into_iter().map(|(a, b)| (unit(a), unit(b))));
        pairs.sort_unstable();
        pairs.dedup();
    }

    /// How much two units say of each other.
    pub(super) fn alike(&mut self, a: u32, b: u32) -> f32 {
        let passage = |at: u32| &self.passages[self.passage[at as usize] as usize];
        alike(passage(a), passage(b), &mut self.room)
    }
}

/// How much of each other two units must say to be one utterance in other words; `None` where they
/// cannot be: two speakers, or sources that share no word.
pub(super) fn least(a: &Unit, b: &Unit) -> Option<f32> {
    let one = a.words.iter().filter(|word| !word.stop).count();
    let other = b.words.iter().filter(|word| !word.stop).count();
    let same = a.speaker.is_some() && a.speaker == b.speaker;
    let conflict = matches!((a.speaker, b.speaker), (Some(x), Some(y)) if x != y);
    let shared = a.source.iter().any(|s| b.source.binary_search(s).is_ok());
    if a.article == b.article || conflict || one.min(other) < LEAST_WORDS {
        return None;
    }
    if same {
        Some(SAME_SPEAKER)
    } else if shared || a.source.is_empty() || b.source.is_empty() {
        Some(OTHER)
    } else {
        None
    }
}
