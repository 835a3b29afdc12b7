//! The arithmetic of the scorers: counts to precision and recall, B-cubed for clusters, shingles
//! for texts, ranks for scores. Everything is exact and without order effects.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// What was right, what was found, what there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found things that are right.
    pub right: usize,
    /// Things found.
    pub found: usize,
    /// Gold things that were found.
    pub hit: usize,
    /// Gold things.
    pub gold: usize,
}

impl Tally {
    /// Adds another's counts.
    pub fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.found += other.found;
        self.hit += other.hit;
        self.gold += other.gold;
    }

    /// Share of the found things that are right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of the gold things that were found.
    pub fn recall(&self) -> f64 {
        share(self.hit, self.gold)
    }

    /// Precision, recall and their harmonic mean.
    pub fn prf(&self) -> [f64; 3] {
        let (p, r) = (self.precision(), self.recall());
        [p, r, harmonic(p, r)]
    }
}

/// A share of two counts; 0 of 0 is 0.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Harmonic mean; 0 where both are.
pub fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 {
        0.0
    } else {
        2.0 * a * b / (a + b)
    }
}

/// Mean; 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// Mean over what is right of the share that is right among all with a score as high; 0 where nothing is right.
/// Equal scores keep their order.
pub fn average_precision(scored: &[(f32, bool)]) -> f64 {
    let mut order: Vec<&(f32, bool)> = scored.iter().collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let right = order.iter().enumerate().filter(|(_, one)| one.1);
    let shares = right.zip(1..).map(|((at, _), count)| share(count, at + 1));
    mean(&shares.collect::<Vec<f64>>())
}

/// B-cubed precision, recall and F1 (Bagga & Baldwin 1998): each item is judged by the share of
/// its found cluster that has its gold label, and the share of its label that is in its cluster.
pub fn b_cubed<G: Ord + Clone, F: Ord + Clone>(items: &[(G, F)]) -> [f64; 3] {
    let mut gold: BTreeMap<G, usize> = BTreeMap::new();
    let mut found: BTreeMap<F, usize> = BTreeMap::new();
    let mut both: BTreeMap<(G, F), usize> = BTreeMap::new();
    for (g, f) in items {
        *gold.entry(g.clone()).or_default() += 1;
        *found.entry(f.clone()).or_default() += 1;
        *both.entry((g.clone(), f.clone())).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((g, f), count) in &both {
        let count = *count as f64;
        precision += count * count / found[f] as f64;
        recall += count * count / gold[g] as f64;
    }
    let all = (items.len().max(1)) as f64;
    let (precision, recall) = (precision / all, recall / all);
    [precision, recall, harmonic(precision, recall)]
}

/// Precision and recall of a text against the true one: bags of runs of four words (`\w+`), as in
/// the scrapinghub article extraction benchmark. `None` where both are empty.
pub fn shingles(truth: &str, found: &str) -> Option<(f64, f64)> {
    let (truth, found) = (bag(truth), bag(found));
    if truth.is_empty() && found.is_empty() {
        return None;
    }
    let shared: usize = truth
        .iter()
        .map(|(key, count)| (*count).min(found.get(key).copied().unwrap_or(0)))
        .sum();
    Some((
        share(shared, found.values().sum()),
        share(shared, truth.values().sum()),
    ))
}

fn bag(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = words(text).collect();
    let mut bag = HashMap::new();
    if words.is_empty() {
        return bag;
    }
    for run in words.windows(4.min(words.len())) {
        *bag.entry(run.to_vec()).or_default() += 1;
    }
    bag
}

/// The words of a text, as the pattern `\w+` finds them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// Spearman's rank correlation; ties share their mean rank.
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(&b) {
        ab += (x - mean_a) * (y - mean_b);
        aa += (x - mean_a) * (x - mean_a);
        bb += (y - mean_b) * (y - mean_b);
    }
    if aa == 0.0 || bb == 0.0 {
        0.0
    } else {
        ab / (aa * bb).sqrt()
    }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&x, &y| values[x].total_cmp(&values[y]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    while at < order.len() {
        let same = order[at..]
            .iter()
            .take_while(|&&i| values[i] == values[order[at]])
            .count();
        for &i in &order[at..at + same] {
            ranks[i] = at as f64 + (same as f64 - 1.0) / 2.0;
        }
        at += same;
    }
    ranks
}

/// Exact matches between two lists, each thing counted once.
pub fn exact<T: Ord + Hash + Clone>(gold: &[T], found: &[T]) -> Tally {
    let gold: std::collections::BTreeSet<&T> = gold.iter().collect();
    let found: std::collections::BTreeSet<&T> = found.iter().collect();
    let right = gold.intersection(&found).count();
    Tally {
        right,
        found: found.len(),
        hit: right,
        gold: gold.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn precision_is_averaged_over_what_is_right() {
        let scored = [(0.2, true), (0.9, true), (0.5, false), (0.1, false)];
        near(average_precision(&scored), (1.0 + 2.0 / 3.0) / 2.0);
        assert_eq!(average_precision(&[(0.5, false)]), 0.0);
    }

    #[test]
    fn b_cubed_of_a_worked_example() {
        // Gold {a b} {c}; found {a} {b c}.
        let [p, r, f] = b_cubed(&[("x", 1), ("x", 2), ("y", 2)]);
        near(p, (1.0 + 0.5 + 0.5) / 3.0);
        near(r, (0.5 + 0.5 + 1.0) / 3.0);
        near(f, harmonic(p, r));
        assert_eq!(b_cubed::<u8, u8>(&[]), [0.0; 3]);
    }

    #[test]
    fn shingles_count_runs_of_four_words() {
        let (p, r) = shingles("one two three four five", "one two three four six").unwrap();
        near(p, 0.5);
        near(r, 0.5);
        assert_eq!(shingles("one two", "one, two!"), Some((1.0, 1.0)));
        assert_eq!(shingles("one two three four five", ""), Some((0.0, 0.0)));
        assert_eq!(shingles("", ""), None);
    }

    #[test]
    fn ranks_are_shared_by_ties() {
        near(spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]), 1.0);
        near(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), -1.0);
        near(spearman(&[1.0, 1.0, 1.0], &[3.0, 2.0, 1.0]), 0.0);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [1.5, 0.0, 1.5]);
    }

    #[test]
    fn exact_counts_each_thing_once() {
        let tally = exact(&[1, 2, 3], &[2, 2, 9]);
        assert_eq!(
            tally,
            Tally {
                right: 1,
                found: 2,
                hit: 1,
                gold: 3
            }
        );
        near(tally.prf()[2], 0.4);
    }
}
