//! In: a gold story as the program reads it. Out: its candidate pairs of statements, with what the gold says of each.
//! Pairs of which it says nothing sure are left out.

use std::collections::HashMap;

use compare::features::FEATURES;
use eval::comparison::Place;

use crate::logistic::Row;
use crate::stories::Read;

/// Of the statements in one pair of readings, those count that are so nearly its most alike.
const NEARLY: f32 = 0.8;

/// How alike two statements are, by what was read of them.
fn likeness(features: &[f32; FEATURES]) -> f32 {
    features[1] + features[32]
}

/// What the gold says of a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Same,
    Apart,
    Doubtful,
}

/// A reading: its claim and which of the claim's.
pub(super) type At = (usize, usize);

impl Read {
    /// For each sure or doubtful claim, whether a place is one of its readings.
    pub(super) fn readings(&self, place: &Place) -> Vec<At> {
        let mut found = Vec::new();
        for (claim, one) in self.gold.claims.iter().enumerate() {
            for (reading, other) in one.readings.iter().enumerate() {
                if place.matches(other) {
                    found.push((claim, reading));
                }
            }
        }
        found
    }

    pub(super) fn label(&self, a: &[At], b: &[At]) -> Label {
        let mut label = Label::Apart;
        for (claim, _) in a
            .iter()
            .filter(|one| b.iter().any(|other| one.0 == other.0))
        {
            if !self.gold.claims[*claim].doubtful {
                return Label::Same;
            }
            label = Label::Doubtful;
        }
        label
    }

    /// Candidates with what the gold says of them. A reading may be longer than a statement: of the
    /// pairs of statements that lie in one pair of readings only those that are nearly its most alike
    /// are taken for what it says, and the others are left out.
    pub(super) fn rows(&self) -> Vec<Row<FEATURES>> {
        let mut rows: Vec<(Row<FEATURES>, Vec<(At, At)>)> = Vec::new();
        let mut best: HashMap<(At, At), f32> = HashMap::new();
        for (story, docs, sentences) in self.stories() {
            for (a, b, features) in compare::candidates(story, &docs, sentences) {
                let (Some(a), Some(b)) = (self.place(story, &a), self.place(story, &b)) else {
                    continue;
                };
                let (a, b) = (self.readings(&a), self.readings(&b));
                let label = self.label(&a, &b);
                if label == Label::Doubtful {
                    continue;
                }
                let shared: Vec<(At, At)> = a
                    .iter()
                    .flat_map(|one| b.iter().map(move |other| (*one, *other)))
                    .filter(|(one, other)| one.0 == other.0 && !self.gold.claims[one.0].doubtful)
                    .collect();
                for pair in &shared {
                    let best = best.entry(*pair).or_default();
                    *best = best.max(likeness(&features));
                }
                let row = Row {
                    features,
                    yes: label == Label::Same,
                    weight: 1.0,
                };
                rows.push((row, shared));
            }
        }
        let near = |likeness: f32, pair: &(At, At)| likeness >= NEARLY * best[pair];
        let mut rows: Vec<Row<FEATURES>> = rows
            .into_iter()
            .filter(|(row, shared)| {
                !row.yes
                    || shared
                        .iter()
                        .any(|pair| near(likeness(&row.features), pair))
            })
            .map(|(row, _)| row)
            .collect();
        // Stories with many copies have many easy pairs: they count by the root of their number.
        let same = rows.iter().filter(|row| row.yes).count().max(1) as f64;
        rows.iter_mut()
            .for_each(|row| row.weight = 1.0 / same.sqrt());
        rows
    }
}
