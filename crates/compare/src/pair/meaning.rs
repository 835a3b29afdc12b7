//! What the encoder adds to pairs of statements: candidates that share few words, and how much each
//! says of the other. In: statements and their passages. Out: rough pairs, features.

use std::collections::HashMap;

use encoder::{Stretch, VIEWS};

use super::{Best, Cosines, PLAIN_SAID, Rough, neighbours};
use crate::features::FEATURES;
use crate::passages::{ALL, PLAIN, Passages, VERBS, both_ways, near_pairs};
use crate::shared::shared_terms;
use crate::terms::Terms;

/// A statement's nearest in other articles, by the mean of its pieces, are candidates too: so many, with
/// a cosine of so much.
const NEAREST: usize = 40;
const LEAST_NEAR: f32 = 0.4;
/// The same where the multilingual encoder read both: vectors of two languages are less alike.
const LEAST_NEAR_ACROSS: f32 = 0.2;

/// The first feature that is the encoder's; [`PLAIN_SAID`] and the three behind it follow, and at last how the
/// best stretches match.
const SAID: usize = 32;
const STRETCH: usize = 42;

/// Adds the pairs that mean much the same in whatever words.
pub(super) fn add_nearest(terms: &Terms, passages: &Passages, rough: &mut Vec<Rough>) {
    let apart = |a: usize, b: usize| terms.said[a].article != terms.said[b].article;
    let across = |a: usize, b: usize| passages.across(a as u32, b as u32).is_some();
    let own = |a, b| apart(a, b) && !across(a, b);
    let mut pairs = near_pairs(&passages.statements, NEAREST, LEAST_NEAR, own);
    if let Some(common) = &passages.common {
        let may = |a, b| apart(a, b) && across(a, b);
        let common = &common.passages.statements;
        pairs.extend(near_pairs(common, NEAREST, LEAST_NEAR_ACROSS, may));
    }
    pairs.retain(|&(a, b)| rough.binary_search_by_key(&(b, a), |r| (r.b, r.a)).is_err());
    rough.extend(pairs.into_iter().map(|(a, b)| {
        let (cosine, shared) = shared_terms(&terms.said[a as usize], &terms.said[b as usize]);
        Rough {
            a,
            b,
            cosine,
            shared,
        }
    }));
    rough.sort_unstable_by_key(|pair| (pair.b, pair.a));
}

/// How much of two statements each says of the other, as the encoder reads them.
pub(super) struct Meaning {
    /// For each rough pair, how much of `a` is said in `b`, and the other way round.
    said: Vec<[(f32, f32); VIEWS]>,
    /// The harmonic mean of both.
    both: Vec<f32>,
    /// For each rough pair, the logarithms of the matched mass of the best stretches, of the statements and of
    /// their sentences, and the parts that the stretches are of the statements.
    stretch: Vec<[f32; 4]>,
    /// For each statement and article, the best of `both`.
    best: Best,
}

impl Meaning {
    pub(super) fn of(terms: &Terms, rough: &[Rough], passages: &Passages) -> Self {
        let sentence_of = &passages.sentence_of;
        let mut room = Vec::new();
        // Statements of one sentence meet those of another many times.
        let mut met: HashMap<(u32, u32), f32> = HashMap::new();
        let mut said = Vec::with_capacity(rough.len());
        let mut stretch = Vec::with_capacity(rough.len());
        for pair in rough {
            let space = passages.space_of(pair.a, pair.b);
            let (sentences, passages) = (&space.sentences, &space.statements);
            let (a, b) = (pair.a as usize, pair.b as usize);
            let meeting = passages[a].meet(&passages[b], &mut room);
            said.push(meeting.said());
            let own = meeting.stretch();
            let mass =
                |found: &Option<Stretch>| found.as_ref().map_or(0.0, |found| found.mass.ln_1p());
            let (one, other) = (sentence_of[a], sentence_of[b]);
            let whole = *met.entry((one, other)).or_insert_with(|| {
                let (one, other) = (&sentences[one as usize], &sentences[other as usize]);
                // Most sentences are one statement.
                if (passages[a].len(), passages[b].len()) == (one.len(), other.len()) {
                    return mass(&own);
                }
                mass(&one.meet(other, &mut room).stretch())
            });
            stretch.push(own.map_or([0.0, whole, 0.0, 0.0], |own| {
                let [a, b] = own.parts;
                [own.mass.ln_1p(), whole, a.max(b), a.min(b)]
            }));
        }
        let both: Vec<f32> = said.iter().map(|said| both_ways(said[ALL])).collect();
        let best = Best::of(terms, rough, |at| both[at]);
        Self {
            said,
            both,
            best,
            stretch,
        }
    }

    pub(super) fn features(
        &self,
        terms: &Terms,
        cosines: &Cosines<'_>,
        at: usize,
        f: &mut [f32; FEATURES],
    ) {
        let pair = &cosines.rough[at];
        let article = |said: u32| terms.said[said as usize].article;
        let best_a = self.best.get(pair.a, article(pair.b));
        let best_b = self.best.get(pair.b, article(pair.a));
        let views = [
            (ALL, SAID + 1),
            (PLAIN, PLAIN_SAID),
            (VERBS, PLAIN_SAID + 2),
        ];
        for (view, place) in views {
            let (a, b) = self.said[at][view];
            (f[place], f[place + 1]) = (a.max(b), a.min(b));
        }
        f[STRETCH..STRETCH + 4].copy_from_slice(&self.stretch[at]);
        f[SAID] = self.both[at];
        f[SAID + 3] = (self.both[at] / best_a.max(0.01)).min(self.both[at] / best_b.max(0.01));
        f[SAID + 4] = f32::from(self.both[at] >= best_a && self.both[at] >= best_b);
        let near = |da: i64, db: i64| {
            let next = neighbours(terms, pair, da, db);
            let found = next.and_then(|(a, b)| cosines.place(a.min(b), a.max(b)));
            found.map_or(0.0, |at| self.both[at])
        };
        f[SAID + 5] = near(-1, -1).max(near(1, 1));
    }
}
