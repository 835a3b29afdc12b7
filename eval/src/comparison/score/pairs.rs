//! In: groups of passages. Out: pairs of passages of different articles, and what of the found pairs
//! is right by the gold ones.

use std::collections::BTreeSet;

use super::super::gold::Place;
use crate::measure::Tally;

/// Two passages.
pub(super) type Pair = (Place, Place);

/// Pairs of passages of different articles, the lower first, each once.
pub(super) fn pairs(groups: &[Vec<Place>]) -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for (at, a) in group.iter().enumerate() {
            for b in &group[at + 1..] {
                if a.article != b.article {
                    pairs.insert((a.min(b).clone(), a.max(b).clone()));
                }
            }
        }
    }
    pairs
}

pub(super) fn same_pair(a: &Pair, b: &Pair) -> bool {
    (a.0.matches(&b.0) && a.1.matches(&b.1)) || (a.0.matches(&b.1) && a.1.matches(&b.0))
}

/// Counts pairs: what matches a sure gold pair is right, what matches only a doubtful one is left
/// out, everything else is wrong. Gives the wrong pairs and the missed ones as well.
pub(super) fn tally_pairs(
    sure: &BTreeSet<Pair>,
    doubtful: &BTreeSet<Pair>,
    found: &BTreeSet<Pair>,
) -> (Tally, Vec<Pair>, Vec<Pair>) {
    let mut tally = Tally {
        gold: sure.len(),
        ..Tally::default()
    };
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    for pair in found {
        if sure.iter().any(|gold| same_pair(gold, pair)) {
            tally.right += 1;
            tally.found += 1;
        } else if !doubtful.iter().any(|gold| same_pair(gold, pair)) {
            tally.found += 1;
            wrong.push(pair.clone());
        }
    }
    for gold in sure {
        if found.iter().any(|pair| same_pair(gold, pair)) {
            tally.hit += 1;
        } else {
            missed.push(gold.clone());
        }
    }
    (tally, wrong, missed)
}
