//! How many independent origins a claim can have, against the gold's honest count.

use super::super::found::Found;
use super::super::gold::{Claim, Gold};
use super::{Notes, Sums};

impl Sums {
    /// Each sure gold claim whose origins are counted, by the found claim that has most of its
    /// articles.
    pub(super) fn origins(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        for claim in gold.claims.iter().filter(|claim| !claim.doubtful) {
            let Some((least, most)) = claim.origins else {
                continue;
            };
            let Some((at, _)) = nearest(claim, &found.claims) else {
                continue;
            };
            let (low, high, corroborated) = found.origins[at];
            // Passages that only come near a claim are in no count of it: the range is of those that state it, and
            // where these are not all of the gold's, more origins may stand behind the others.
            let firm = nearest(claim, &found.firm_claims);
            let in_range = firm.is_none_or(|(at, with)| {
                let (low, high, _) = found.origins[at];
                low <= most && (least <= high || with < articles(claim))
            });
            if firm.is_some() {
                self.origins[0] += 1;
                self.origins[1] += usize::from(in_range);
            }
            let (all, corroborates) = match (least, most) {
                (_, 1) => (&mut self.one_origin, corroborated),
                (2.., _) => (&mut self.more_origins, corroborated),
                _ => continue,
            };
            all[0] += 1;
            all[1] += usize::from(corroborates);
            if corroborated != (least > 1) || !in_range {
                let expected = format!("{least} to {most} origins");
                let verdict = if corroborated {
                    "corroborated"
                } else {
                    "not corroborated"
                };
                let words = claim.readings.iter().map(|place| note.words(place));
                let words = words.collect::<Vec<_>>().join("  \u{2016}  ");
                let given = format!("{low} to {high}, {verdict}");
                note.add("origins", expected, given, words, 0.85);
            }
        }
    }
}

/// The articles of a gold claim.
fn articles(claim: &Claim) -> usize {
    let mut articles: Vec<usize> = claim.readings.iter().map(|gold| gold.article).collect();
    articles.sort_unstable();
    articles.dedup();
    articles.len()
}

/// The claim with readings of the gold one in most articles, two at least; and in how many.
fn nearest(claim: &Claim, claims: &[Vec<super::Place>]) -> Option<(usize, usize)> {
    let held = |readings: &Vec<super::Place>| {
        let mut articles: Vec<usize> = claim
            .readings
            .iter()
            .filter(|gold| readings.iter().any(|ours| ours.matches(gold)))
            .map(|gold| gold.article)
            .collect();
        articles.sort_unstable();
        articles.dedup();
        articles.len()
    };
    let best = claims
        .iter()
        .map(held)
        .enumerate()
        .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
    (best.1 >= 2).then_some(best)
}
