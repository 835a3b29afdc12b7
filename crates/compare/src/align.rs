//! In: scored pairs. Out: groups of statements that state one claim. Groups join where the *mean*
//! over all their cross pairs is high (average linkage), so that a chain of middling matches never
//! becomes one claim; a pair that is no candidate counts as zero.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::pair::Pair;

/// A mean score as an orderable key: millionths.
fn key(sum: f64, pairs: usize) -> u64 {
    (sum / pairs.max(1) as f64 * 1e6) as u64
}

/// Groups the statements `0..count`: every group sorted, groups by their first statement. Each
/// statement is in one group; most are alone.
pub(crate) fn align(count: usize, pairs: &[Pair], join: f32) -> Vec<Vec<u32>> {
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|one| vec![one]).collect();
    // Sums of scores between groups; only candidates are kept, so this is sparse.
    let mut sums: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); count];
    let mut heap = BinaryHeap::new();
    for pair in pairs {
        let score = f64::from(pair.score);
        sums[pair.a as usize].insert(pair.b, score);
        sums[pair.b as usize].insert(pair.a, score);
        heap.push((key(score, 1), Reverse(pair.a), Reverse(pair.b)));
    }
    let least = key(f64::from(join), 1);
    while let Some((mean, Reverse(a), Reverse(b))) = heap.pop() {
        if mean < least {
            break;
        }
        let size = |group: u32, members: &[Vec<u32>]| members[group as usize].len();
        let Some(&sum) = sums[a as usize].get(&b) else {
            continue;
        };
        let current = key(sum, size(a, &members) * size(b, &members));
        if current != mean || members[a as usize].is_empty() || members[b as usize].is_empty() {
            continue;
        }
        // The group with the smaller number takes the other in.
        let moved = std::mem::take(&mut members[b as usize]);
        members[a as usize].extend(moved);
        for (other, sum) in std::mem::take(&mut sums[b as usize]) {
            sums[other as usize].remove(&b);
            if other == a {
                continue;
            }
            *sums[a as usize].entry(other).or_insert(0.0) += sum;
        }
        sums[a as usize].remove(&b);
        let neighbours: Vec<(u32, f64)> = sums[a as usize].iter().map(|(o, s)| (*o, *s)).collect();
        for (other, sum) in neighbours {
            sums[other as usize].insert(a, sum);
            let mean = key(sum, size(a, &members) * size(other, &members));
            if mean >= least {
                heap.push((mean, Reverse(a.min(other)), Reverse(a.max(other))));
            }
        }
    }
    let mut groups: Vec<Vec<u32>> = members
        .into_iter()
        .filter(|group| !group.is_empty())
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair::FEATURES;

    fn pair(a: u32, b: u32, score: f32) -> Pair {
        Pair {
            a,
            b,
            features: [0.0; FEATURES],
            score,
        }
    }

    #[test]
    fn a_chain_does_not_become_one_claim() {
        let pairs = [pair(0, 1, 0.9), pair(1, 2, 0.8), pair(2, 3, 0.9)];
        assert_eq!(align(4, &pairs, 0.5), vec![vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_group_that_agrees_throughout_is_one() {
        let pairs = [pair(0, 1, 0.9), pair(0, 2, 0.7), pair(1, 2, 0.8)];
        assert_eq!(align(3, &pairs, 0.5), vec![vec![0, 1, 2]]);
    }

    #[test]
    fn nothing_in_common_stays_apart() {
        assert_eq!(align(2, &[pair(0, 1, 0.2)], 0.5), vec![vec![0], vec![1]]);
        assert!(align(0, &[], 0.5).is_empty());
    }
}
