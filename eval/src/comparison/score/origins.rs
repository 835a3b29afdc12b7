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
            let Some(at) = nearest(claim, found) else {
                continue;
            };
            let (low, high, corroborated) = found.origins[at];
            let in_range = low <= most && least <= high;
            self.origins[0] += 1;
            self.origins[1] += usize::from(in_range);
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

/// The found claim that states the gold one in most articles, two at least. Passages that only come near a claim
/// are in no count of it.
fn nearest(claim: &Claim, found: &Found) -> Option<usize> {
    let articles = |readings: &[super::Place]| {
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
    let counts = found.firm_claims.iter().map(|readings| articles(readings));
    let best = counts
        .enumerate()
        .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
    (best.1 >= 2).then_some(best.0)
}
