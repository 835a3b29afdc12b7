//! In: a gold story as the program reads it. Out: how much of it candidates reach, and F1 of its pairs under given
//! weights. Doubtful claims count for nothing.

use std::collections::{BTreeSet, HashMap};

use compare::weights::Weights;
use eval::measure::{harmonic, share};
use model::{ArticleIx, Mention};

use super::labels::{At, Label};
use crate::stories::Read;

impl Read {
    /// How many pairs of readings the gold has; how many of them are pairs of statements; how many are
    /// candidates.
    pub(super) fn reach(&self) -> (usize, usize, usize) {
        let mut stated: BTreeSet<At> = BTreeSet::new();
        let mut found: BTreeSet<(At, At)> = BTreeSet::new();
        for (story, docs, sentences) in self.stories() {
            for (article, doc) in ArticleIx::all().zip(&docs) {
                for statement in &doc.statements {
                    let span = statement.span;
                    let place = self.place(story, &Mention { article, span });
                    stated.extend(place.iter().flat_map(|place| self.readings(place)));
                }
            }
            for (a, b, _) in compare::candidates(story, &docs, sentences) {
                let (Some(a), Some(b)) = (self.place(story, &a), self.place(story, &b)) else {
                    continue;
                };
                for one in self.readings(&a) {
                    for other in self.readings(&b) {
                        found.insert((one.min(other), one.max(other)));
                    }
                }
            }
        }
        let (mut all, mut statements, mut candidates) = (0, 0, 0);
        for (claim, one) in self.gold.claims.iter().enumerate() {
            for (i, a) in one.readings.iter().enumerate() {
                for (j, b) in one.readings.iter().enumerate().skip(i + 1) {
                    if one.doubtful || a.article == b.article {
                        continue;
                    }
                    let (a, b) = ((claim, i), (claim, j));
                    all += 1;
                    statements += usize::from(stated.contains(&a) && stated.contains(&b));
                    candidates += usize::from(found.contains(&(a, b)));
                }
            }
        }
        (all, statements, candidates)
    }

    /// F1 of the story's pairs, as in the gold's guide.
    pub(super) fn f1(&self, weights: &Weights) -> f64 {
        let mut found: BTreeSet<(At, At)> = BTreeSet::new();
        let (mut right, mut wrong) = (0usize, 0usize);
        for (story, docs, sentences) in self.stories() {
            let mut known: HashMap<Mention, Option<(usize, Vec<At>)>> = HashMap::new();
            for group in compare::align_with(story, &docs, sentences, weights) {
                let members: Vec<(usize, Vec<At>)> = group
                    .iter()
                    .filter_map(|mention| {
                        known
                            .entry(*mention)
                            .or_insert_with(|| {
                                let place = self.place(story, mention)?;
                                Some((place.article, self.readings(&place)))
                            })
                            .clone()
                    })
                    .collect();
                for (i, a) in members.iter().enumerate() {
                    for b in members[i + 1..].iter().filter(|b| b.0 != a.0) {
                        for one in &a.1 {
                            for other in b.1.iter().filter(|other| other.0 == one.0) {
                                found.insert((*one.min(other), *one.max(other)));
                            }
                        }
                        match self.label(&a.1, &b.1) {
                            Label::Same => right += 1,
                            Label::Apart => wrong += 1,
                            Label::Doubtful => {}
                        }
                    }
                }
            }
        }
        let (mut all, mut got) = (0usize, 0usize);
        for (claim, one) in self
            .gold
            .claims
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.doubtful)
        {
            for (i, a) in one.readings.iter().enumerate() {
                for (j, b) in one.readings.iter().enumerate().skip(i + 1) {
                    if a.article != b.article {
                        all += 1;
                        got += usize::from(found.contains(&((claim, i), (claim, j))));
                    }
                }
            }
        }
        harmonic(share(right, right + wrong), share(got, all))
    }
}
