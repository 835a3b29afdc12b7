//! What claims cost by words alone: sentences of different articles lined up by the cosine of their
//! words, weighted by how few sentences of the story have them. In: a gold story and the sentences of
//! its articles. Out: the counts at each threshold, and how alike a pair of readings is.

use std::collections::{BTreeSet, HashMap};

use super::super::gold::Place;
use super::pairs::{Pair, tally_pairs};
use crate::measure::Tally;

/// Thresholds that are tried, in hundredths: from 5 to 95.
pub(super) const STEPS: usize = 19;

/// Sentences of a story and their words.
pub(super) struct Sentences {
    places: Vec<Place>,
    /// Words with their weights, of length one.
    vectors: Vec<HashMap<String, f64>>,
}

impl Sentences {
    /// Reads sentences of a story's articles, given their texts.
    pub(super) fn of(places: &[Place], texts: &[&str]) -> Self {
        let words = |place: &Place| -> BTreeSet<String> {
            let text = texts[place.article].get(place.range()).unwrap_or_default();
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect()
        };
        let words: Vec<BTreeSet<String>> = places.iter().map(words).collect();
        let mut frequency: HashMap<&str, usize> = HashMap::new();
        for word in words.iter().flatten() {
            *frequency.entry(word).or_default() += 1;
        }
        let weight = |word: &str| (1.0 + places.len() as f64 / frequency[word] as f64).ln();
        let vectors = words
            .iter()
            .map(|words| {
                // In the words' order, so that the sum has the same bits every time.
                let square: f64 = words.iter().map(|word| weight(word).powi(2)).sum();
                words
                    .iter()
                    .map(|word| (word.clone(), weight(word) / square.sqrt()))
                    .collect()
            })
            .collect();
        Self {
            places: places.to_vec(),
            vectors,
        }
    }

    fn cosine(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.vectors[a], &self.vectors[b]);
        let mut shared: Vec<f64> = a
            .iter()
            .filter_map(|(word, weight)| Some(weight * b.get(word)?))
            .collect();
        shared.sort_by(f64::total_cmp);
        shared.iter().sum()
    }

    /// The sentence that has most of a place.
    fn at(&self, place: &Place) -> Option<usize> {
        let overlaps = self.places.iter().enumerate();
        overlaps
            .map(|(at, sentence)| (sentence.overlap(place), at))
            .filter(|(overlap, _)| *overlap > 0)
            .max_by_key(|&(overlap, at)| (overlap, std::cmp::Reverse(at)))
            .map(|(_, at)| at)
    }

    /// How alike the sentences of two readings are; 0 where one is in no sentence.
    pub(super) fn alike(&self, pair: &Pair) -> f64 {
        let sentences = self.at(&pair.0).zip(self.at(&pair.1));
        sentences.map_or(0.0, |(a, b)| self.cosine(a, b))
    }

    /// Lines sentences up by their cosine: the counts at each threshold.
    pub(super) fn lined_up(
        &self,
        sure: &BTreeSet<Pair>,
        doubtful: &BTreeSet<Pair>,
    ) -> [Tally; STEPS] {
        let mut scored: Vec<(f64, Pair)> = Vec::new();
        for (a, one) in self.places.iter().enumerate() {
            for (b, other) in self.places.iter().enumerate().skip(a + 1) {
                if one.article != other.article {
                    let pair = (one.min(other).clone(), one.max(other).clone());
                    scored.push((self.cosine(a, b), pair));
                }
            }
        }
        std::array::from_fn(|step| {
            let least = 0.05 * (step + 1) as f64;
            let found = scored.iter().filter(|(cosine, _)| *cosine >= least);
            let found = found.map(|(_, pair)| pair.clone()).collect();
            tally_pairs(sure, doubtful, &found).0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_same_words_are_lined_up() {
        let texts = [
            "The bridge opened. Ten came.",
            "A bridge opened. Rain fell.",
        ];
        let place = |article: usize, start: usize, end: usize| Place {
            article,
            start,
            end,
        };
        let places = [
            place(0, 0, 18),
            place(0, 19, 28),
            place(1, 0, 16),
            place(1, 17, 27),
        ];
        let sentences = Sentences::of(&places, &texts);
        let pair = (place(0, 4, 17), place(1, 0, 15));
        assert!(sentences.alike(&pair) > 0.3);
        assert_eq!(sentences.alike(&(place(0, 19, 28), place(1, 17, 27))), 0.0);
        let sure = BTreeSet::from([pair]);
        let counts = sentences.lined_up(&sure, &BTreeSet::new());
        assert_eq!((counts[2].right, counts[2].found, counts[2].hit), (1, 1, 1));
        assert_eq!(counts[STEPS - 1].found, 0);
    }
}
